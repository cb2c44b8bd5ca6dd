#include "read_calendar.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attain::reading {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr int most_weeks = 104;

bool report_bad_end(const Object& object, sys_days start, sys_days end) {
  const Path path(object.path(), "end");
  const Spot spot = object.find("end")->spot;
  if (end < start) {
    object.findings().error(
        spot, path, fmt::format("the period ends on {}, before its start", date_text(end)),
        fmt::format("'end' is the last day of the period that starts on {}", date_text(start)));
    return true;
  }
  if (end >= start + days(most_weeks * 7)) {
    object.findings().error(
        spot, path,
        fmt::format("the period from {} to {} has {} days, more than {} weeks", date_text(start),
                    date_text(end), (end - start).count() + 1, most_weeks),
        fmt::format("the last day that can be is {}", date_text(start + days(most_weeks * 7 - 1))));
    return true;
  }
  return false;
}

/// The length of a period that ends with the day `end`; with `step: week` the nearest whole weeks.
void take_end(const Object& object, sys_days end, Calendar& calendar) {
  const auto length = static_cast<int>((end - calendar.start).count()) + 1;
  calendar.period_steps = calendar.step == Step::day ? length : std::max((length + 3) / 7, 1);
  if (calendar.last_day() == end) return;
  object.findings().note(
      object.find("end")->spot, Path(object.path(), "end"),
      fmt::format("the period from {} to {} has {} days; it is rounded to {} {}, to {}",
                  date_text(calendar.start), date_text(end), length, calendar.period_steps,
                  calendar.period_steps == 1 ? "week" : "weeks", date_text(calendar.last_day())),
      "write 'step: day' to simulate it exactly");
}

/// Whether the length could be read; an `end` can only if start and step are known.
bool read_length(const Object& object, bool start_and_step_are_known, Calendar& calendar) {
  const auto weeks = object.whole_number("weeks");
  const auto end = object.date("end");
  if (object.has("weeks") && object.has("end")) {
    object.findings().error(object.key_spot("weeks"), Path(object.path(), "weeks"),
                            "'weeks' stands beside 'end'", "keep one of the two");
    return false;
  }
  if (object.has("end")) {
    const bool is_sound =
        end && start_and_step_are_known && !report_bad_end(object, calendar.start, *end);
    if (is_sound) take_end(object, *end, calendar);
    return is_sound;
  }
  if (weeks) calendar.period_steps = static_cast<int>(*weeks);
  calendar.period_steps *= calendar.steps_per_week();
  return weeks.has_value() || !object.has("weeks");
}

/// Whether the day lies in the period.
bool check_as_of(const Object& object, const Calendar& calendar, sys_days as_of) {
  const Path path(object.path(), "as_of");
  const Spot spot = object.find("as_of")->spot;
  if (as_of < calendar.start) {
    object.findings().error(spot, path,
                            fmt::format("'as_of' is {}, before the start of the period, {}",
                                        date_text(as_of), date_text(calendar.start)),
                            "leave it out to simulate the whole period");
    return false;
  }
  if (as_of > calendar.last_day()) {
    object.findings().error(
        spot, path,
        fmt::format("'as_of' is {}, after the last day of the period, {}", date_text(as_of),
                    date_text(calendar.last_day())),
        "one period is simulated; write the start and the length of the one that is running");
    return false;
  }
  return true;
}

void take_as_of(const Object& object, sys_days as_of, Calendar& calendar) {
  const auto done = static_cast<int>((as_of - calendar.start).count());
  calendar.steps_done = calendar.step == Step::day ? done : done / 7;
  if (calendar.day_one() == as_of) return;
  object.findings().note(
      object.find("as_of")->spot, Path(object.path(), "as_of"),
      fmt::format("'as_of' is taken back from {} to {}, the first day of its week, because whole "
                  "weeks are simulated",
                  date_text(as_of), date_text(calendar.day_one())),
      "write 'step: day' to start on the day itself");
}

}  // namespace

CalendarDraft read_calendar(const Object& scenario) {
  CalendarDraft draft;
  const Node* node = scenario.find("calendar");
  if (node == nullptr) return draft;
  const Path path(scenario.path(), "calendar");
  const Object object(*node, Owner::calendar, path, scenario.findings());
  Calendar& calendar = draft.calendar;
  const auto start = object.date("start");
  if (start) calendar.start = *start;
  const auto step = object.choice("step");
  if (step) calendar.step = *step == 0 ? Step::week : Step::day;
  const bool step_is_known = step.has_value() || !object.has("step");
  const bool both_are_known = start && step_is_known;
  const bool length_is_known = read_length(object, both_are_known, calendar);
  const auto as_of = object.date("as_of");
  if (!both_are_known || !length_is_known) return draft;
  if (!object.has("as_of")) {
    draft.as_of = calendar.start;
  } else if (as_of && check_as_of(object, calendar, *as_of)) {
    take_as_of(object, *as_of, calendar);
    draft.as_of = as_of;
    draft.as_of_spot = object.find("as_of")->spot;
  }
  return draft;
}

}  // namespace attain::reading
