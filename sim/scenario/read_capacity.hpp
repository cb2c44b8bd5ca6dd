#pragma once

#include "object.hpp"
#include "read_calendar.hpp"
#include "uncertain_numbers.hpp"

#include <attain/model/scenario.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace attain::reading {

/// What a territory, or the defaults, say about working hours.
struct CapacityTerms {
  std::optional<MaybeUncertain> hours_per_week;
  /// Stated as a share or as takers, even as a value that was refused.
  bool states_selling_time = false;
  MaybeUncertain selling_share{1, std::nullopt};
  std::vector<OtherTime> other_time;
};

/// Of the defaults or a territory.
CapacityTerms read_capacity_terms(const Object& object, UncertainNumbers& numbers);

/// The hours of a territory; none without a limit. Its selling time replaces that of the defaults
/// as a whole, be it a share or takers.
std::optional<Capacity> read_capacity(const Object& territory, const CapacityTerms& defaults,
                                      UncertainNumbers& numbers);

/// Warns of hours that limit nothing.
void warn_of_idle_hours(const Object& scenario, const CapacityTerms& defaults,
                        const std::vector<Territory>& territories);

std::optional<Ramp> read_ramp(const Object& territory, const CalendarDraft& dates);

/// The day on which so many months in a job began, if they are over on `day`. Whole months are
/// those of the calendar, from a day to the same day of the next month, or to its last day where
/// there is no such day. A part of a month is that part of the days of the month before those,
/// rounded down.
std::chrono::sys_days start_of_months(std::chrono::sys_days day, double months);

}  // namespace attain::reading
