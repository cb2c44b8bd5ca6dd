#pragma once

#include "object.hpp"
#include "read_capacity.hpp"
#include "read_targets.hpp"

#include <attain/model/scenario.hpp>

#include <optional>
#include <string>
#include <vector>

namespace attain::reading {

/// What holds for territories that do not say otherwise.
struct Defaults {
  std::optional<std::string> funnel;
  Spot funnel_spot;
  MaybeUncertain leads_per_week;
  Source source = Source::marketing;
  std::string segment;
  bool has_quota = false;  ///< Stated, even as `none` or as a value that was refused.
  Quota quota;
  std::optional<Forecast> forecast;
  CapacityTerms capacity;
};

/// What forecast categories mean.
struct Categories {
  std::vector<Category> all;  ///< In the file's order.
  bool are_known = true;      ///< Else one that is not there may be one that could not be read.

  /// Null for a name that is not among them.
  [[nodiscard]] const Category* find(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> names() const;
};

void read_version(const Object& scenario);
RunSettings read_run(const Object& scenario);
std::vector<double> read_thresholds(const Object& scenario);
Defaults read_defaults(const Object& scenario, TargetReader& targets, UncertainNumbers& numbers);
Categories read_categories(const Object& scenario);

}  // namespace attain::reading
