#pragma once

#include "object.hpp"

#include <attain/model/scenario.hpp>

#include <chrono>
#include <optional>

namespace attain::reading {

/// The calendar as it was read, sound or not.
struct CalendarDraft {
  Calendar calendar;
  /// The day on which open deals stand as the file says: stated, else the start. None if a date or
  /// a length is not sound: then other dates are not compared with the calendar.
  std::optional<std::chrono::sys_days> as_of;
  Spot as_of_spot;                                  ///< Of a stated one.
  std::optional<std::chrono::sys_days> stated_end;  ///< Also where it was rounded.
  bool periods_are_known = false;                   ///< Else no list is held against them.

  /// Whether an end that was stated and rounded is that of all that is simulated.
  [[nodiscard]] bool has_stated_last_day() const { return stated_end && calendar.periods == 1; }
};

CalendarDraft read_calendar(const Object& scenario);

}  // namespace attain::reading
