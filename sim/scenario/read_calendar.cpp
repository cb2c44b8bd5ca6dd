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
      fmt::format("the period from {} to {} has {} {}; it is rounded to {} {}, to {}",
                  date_text(calendar.start), date_text(end), length, length == 1 ? "day" : "days",
                  calendar.period_steps, calendar.period_steps == 1 ? "week" : "weeks",
                  date_text(calendar.last_day())),
      "write 'step: day' to simulate it exactly");
}

/// Whether the length could be read; an `end` can only if start and step are known.
bool read_length(const Object& object, bool start_and_step_are_known, CalendarDraft& draft) {
  Calendar& calendar = draft.calendar;
  const auto weeks = object.whole_number("weeks");
  const auto end = object.date("end");
  if (object.has("weeks") && object.has("end")) {
    object.report_conflict({"weeks", "end", "keep one of the two"}, Path(object.path(), "weeks"));
    return false;
  }
  if (object.has("end")) {
    const bool is_sound =
        end && start_and_step_are_known && !report_bad_end(object, calendar.start, *end);
    if (is_sound) take_end(object, *end, calendar);
    draft.stated_end = end;
    return is_sound;
  }
  if (weeks) calendar.period_steps = static_cast<int>(*weeks);
  calendar.period_steps *= calendar.steps_per_week();
  return weeks.has_value() || !object.has("weeks");
}

/// How many periods there are; what follows them is only checked if that is sound.
void read_periods(const Object& object, CalendarDraft& draft) {
  const auto periods = object.whole_number("periods");
  draft.periods_are_known = object.is_mapping() && (periods || !object.has("periods"));
  if (periods) draft.calendar.periods = static_cast<int>(*periods);
}

/// Whether all periods together are short enough; else they do not count.
bool check_all_weeks(const Object& object, CalendarDraft& draft) {
  Calendar& calendar = draft.calendar;
  if (calendar.all_steps() <= most_weeks * calendar.steps_per_week()) return true;
  const int most_periods = most_weeks * calendar.steps_per_week() / calendar.period_steps;
  const bool is_daily = calendar.step == Step::day;
  object.findings().error(
      object.find("periods")->spot, Path(object.path(), "periods"),
      fmt::format("{} periods of {} {} are more than {} weeks in all", calendar.periods,
                  calendar.period_steps, is_daily ? "days" : "weeks", most_weeks),
      most_periods == 1 ? "leave 'periods' out, or make the period shorter"
                        : fmt::format("write at most {} of this length, or make the period shorter",
                                      most_periods));
  calendar.periods = 1;
  draft.periods_are_known = false;
  return false;
}

/// Whether the day lies in one of the periods.
bool check_as_of(const Object& object, const CalendarDraft& draft, sys_days as_of) {
  const Calendar& calendar = draft.calendar;
  const Path path(object.path(), "as_of");
  const Spot spot = object.find("as_of")->spot;
  if (as_of < calendar.start) {
    object.findings().error(spot, path,
                            fmt::format("'as_of' is {}, before the start of the period, {}",
                                        date_text(as_of), date_text(calendar.start)),
                            "leave it out to simulate from the start");
    return false;
  }
  if (as_of > calendar.last_day() && draft.has_stated_last_day() && as_of <= *draft.stated_end) {
    object.findings().error(spot, path,
                            fmt::format("'as_of' is {}, after {}, to which the period is rounded",
                                        date_text(as_of), date_text(calendar.last_day())),
                            fmt::format("write 'step: day', with which the period ends on {}",
                                        date_text(*draft.stated_end)));
    return false;
  }
  if (as_of > calendar.last_day()) {
    object.findings().error(
        spot, path,
        fmt::format("'as_of' is {}, after the last day of the {}period, {}", date_text(as_of),
                    calendar.periods == 1 ? "" : "last ", date_text(calendar.last_day())),
        calendar.periods == 1
            ? "write the start and the length of the period that is running, or how many there "
              "are, as in 'periods: 2'"
            : "write the start of a later period, or more 'periods'");
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
      fmt::format("give 'booked' and the ages of deals as of {}, or write 'step: day' to start on "
                  "the day itself",
                  date_text(calendar.day_one())));
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
  const bool length_is_known = read_length(object, both_are_known, draft);
  read_periods(object, draft);
  const auto as_of = object.date("as_of");
  if (!both_are_known || !length_is_known || !draft.periods_are_known) return draft;
  if (!check_all_weeks(object, draft)) return draft;
  if (!object.has("as_of")) {
    draft.as_of = calendar.start;
  } else if (as_of && check_as_of(object, draft, *as_of)) {
    take_as_of(object, *as_of, calendar);
    draft.as_of = as_of;
    draft.as_of_spot = object.find("as_of")->spot;
  }
  return draft;
}

}  // namespace attain::reading
