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
  std::optional<Money> to_make;  ///< In the period of day one, after relief; nothing for `none`.
  std::optional<QuotaRelief> relief;
  std::vector<std::optional<Money>> by_period;  ///< Where there are several periods.
};

struct Forecast {
  Money amount;
  std::optional<std::chrono::sys_days> called;
};

/// Reads quotas and forecasts in all their forms, and what was booked in earlier periods.
class TargetReader {
 public:
  /// `dates`, with which the days of calls are compared, must outlive the reader.
  explicit TargetReader(const CalendarDraft& dates) : dates_(dates) {}

  /// Nothing where the key is not there or what it says was refused.
  std::optional<Quota> quota(const Object& object, Owner owner);
  std::optional<Forecast> forecast(const Object& object, Owner owner);
  /// Bookings of the periods that are over: one for each, 0 where none are stated.
  std::vector<Money> actual(const Object& territory);
  StatedTargets company(const Object& scenario);
  /// What `groups` says of regions, of which there are these.
  std::map<std::string, StatedTargets> regions(const Object& scenario,
                                               const std::vector<std::string>& names);

 private:
  StatedTargets stated(const Node& node, const Path& path, Findings& findings);
  std::optional<Quota> quota_by_period(const Slot& slot, Findings& findings);
  [[nodiscard]] Quota in_every_period(Quota quota) const;

  const CalendarDraft& dates_;
};

}  // namespace attain::reading
