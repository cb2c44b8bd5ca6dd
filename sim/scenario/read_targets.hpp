#pragma once

#include "read_calendar.hpp"

#include <attain/model/scenario.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace attain::reading {

/// A quota as a territory has it.
struct Quota {
  std::optional<Money> to_make;  ///< After relief; nothing for `none`.
  std::optional<QuotaRelief> relief;
};

struct Forecast {
  Money amount;
  std::optional<std::chrono::sys_days> called;
};

/// Reads quotas and forecasts in all their forms. Of a list with one per period the first counts,
/// which is said once in a scenario.
class TargetReader {
 public:
  /// `dates`, with which the days of calls are compared, must outlive the reader.
  explicit TargetReader(const CalendarDraft& dates) : dates_(dates) {}

  /// Nothing where the key is not there or what it says was refused.
  std::optional<Quota> quota(const Object& object, Owner owner);
  std::optional<Forecast> forecast(const Object& object, Owner owner);
  StatedTargets company(const Object& scenario);
  /// What `groups` says of regions, of which there are these.
  std::map<std::string, StatedTargets> regions(const Object& scenario,
                                               const std::vector<std::string>& names);

 private:
  StatedTargets stated(const Node& node, const Path& path, Findings& findings);
  template <typename ReadValue>
  auto first_of(const Object& object, Owner owner, std::string_view name, ReadValue read_value);

  const CalendarDraft& dates_;
  bool has_noted_lists_ = false;
};

}  // namespace attain::reading
