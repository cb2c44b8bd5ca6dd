#pragma once

#include "object.hpp"

#include <attain/model/scenario.hpp>

#include <optional>
#include <string>
#include <vector>

namespace attain::reading {

/// What holds for territories that do not say otherwise.
struct Defaults {
  std::optional<std::string> funnel;
  Spot funnel_spot;
  double leads_per_week = 0;
  Source source = Source::marketing;
  std::string segment;
  bool has_quota = false;  ///< Stated, even as `none` or as a value that was refused.
  std::optional<Money> quota;
  std::optional<Money> forecast;
};

void read_version(const Object& scenario);
Calendar read_calendar(const Object& scenario);
RunSettings read_run(const Object& scenario);
std::vector<double> read_thresholds(const Object& scenario);
Defaults read_defaults(const Object& scenario);
StatedTargets read_company(const Object& scenario);
/// Into `region_targets` of `result`, whose territories must be complete.
void read_region_targets(const Object& scenario, const std::vector<std::string>& regions,
                         Scenario& result);

}  // namespace attain::reading
