// Periods, weeks and steps of a calendar, against days counted by hand.

#include <attain/model/scenario.hpp>

#include <catch2/catch.hpp>

namespace attain {
namespace {

std::chrono::sys_days day(int year, unsigned month, unsigned of_month) {
  return std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(of_month);
}

/// Periods of whole weeks from Monday, 4 January 2027.
Calendar periods(int count, int weeks, Step step, int steps_done) {
  Calendar calendar = Calendar::of_weeks(day(2027, 1, 4), weeks, step);
  calendar.periods = count;
  calendar.steps_done = steps_done;
  return calendar;
}

TEST_CASE("weekly periods follow each other", "[unit][model]") {
  const Calendar year = periods(4, 13, Step::week, 0);
  CHECK(year.all_steps() == 52);
  CHECK(year.steps() == 52);
  CHECK(year.length_weeks() == 52);
  CHECK(year.weeks() == 52);
  CHECK(year.last_day() == day(2028, 1, 2));  // 364 days from 4 January 2027.
  CHECK(year.period_of(12) == 0);
  CHECK(year.period_of(13) == 1);
  CHECK(year.week_of(13) == 13);
  CHECK(year.week_in_period(13) == 0);
  CHECK(year.week_in_period(51) == 12);
  CHECK(year.current_period() == 0);
  CHECK(year.day_of_step(13) == day(2027, 4, 5));
}

TEST_CASE("a simulation starts within a later period", "[unit][model]") {
  const Calendar third = periods(4, 13, Step::week, 28);
  CHECK(third.current_period() == 2);
  CHECK(third.steps_into_period() == 2);
  CHECK(third.weeks_done() == 28);
  CHECK(third.weeks() == 24);
  CHECK(third.steps() == 24);
  CHECK(third.day_one() == day(2027, 7, 19));  // 196 days after 4 January.
  CHECK(third.last_day() == day(2028, 1, 2));
}

TEST_CASE("a simulation on the first day of a period has none of it behind it", "[unit][model]") {
  const Calendar second = periods(2, 13, Step::week, 13);
  CHECK(second.current_period() == 1);
  CHECK(second.steps_into_period() == 0);
  CHECK(second.weeks() == 13);
  // The last step of the first period belongs to it.
  CHECK(periods(2, 13, Step::week, 12).current_period() == 0);
}

TEST_CASE("a week of days in part belongs to one period", "[unit][model]") {
  // 87 days from 4 January to 31 March: 12 weeks and 3 days, so that each period has 13 weeks.
  Calendar half{day(2027, 1, 4), 87, Step::day, 0, 2};
  CHECK(half.period_weeks() == 13);
  CHECK(half.all_steps() == 174);
  CHECK(half.weeks() == 26);
  CHECK(half.last_day() == day(2027, 6, 26));
  CHECK(half.week_of(83) == 11);
  CHECK(half.week_of(84) == 12);
  CHECK(half.week_of(86) == 12);
  // The next period begins with a week of its own, three days after the last one began.
  CHECK(half.week_of(87) == 13);
  CHECK(half.week_in_period(87) == 0);
  CHECK(half.week_of(93) == 13);
  CHECK(half.week_of(94) == 14);
  CHECK(half.week_of(173) == 25);
  half.steps_done = 90;
  CHECK(half.current_period() == 1);
  CHECK(half.steps_into_period() == 3);
  CHECK(half.day_one() == day(2027, 4, 4));
  CHECK(half.weeks_done() == 13);
  CHECK(half.weeks() == 13);
  CHECK(half.length_weeks() == Approx(12));  // 84 days.
}

TEST_CASE("every step lies in the week that all steps before it lead to", "[unit][model]") {
  for (const Calendar& calendar : {periods(3, 5, Step::week, 0), periods(2, 3, Step::day, 0),
                                   Calendar{day(2027, 1, 4), 10, Step::day, 0, 4},
                                   Calendar{day(2027, 1, 4), 1, Step::day, 0, 8}}) {
    int week = -1;
    for (int step = 0; step < calendar.all_steps(); ++step) {
      const int within = step % calendar.period_steps;
      if (within % calendar.steps_per_week() == 0) ++week;
      INFO(step);
      CHECK(calendar.week_of(step) == week);
    }
    CHECK(calendar.weeks() == week + 1);
  }
}

TEST_CASE("closed weeks close the steps of all periods that are simulated", "[unit][model]") {
  Scenario scenario;
  scenario.calendar = Calendar{day(2027, 1, 4), 10, Step::day, 8, 2};
  // Weeks 1 and 2 of each period, from 0 on: days 0 to 6, 7 to 9, 10 to 16 and 17 to 19.
  scenario.closed_weeks = {true, false, false, true};
  const std::vector<bool> closed = closed_steps(scenario);
  REQUIRE(closed.size() == 12);
  for (std::size_t i = 0; i < closed.size(); ++i) CHECK(closed[i] == (i + 8 >= 17));
  scenario.closed_weeks = {true, true};
  const std::vector<bool> early = closed_steps(scenario);
  for (std::size_t i = 0; i < early.size(); ++i) CHECK(early[i] == (i + 8 < 10));
}

}  // namespace
}  // namespace attain
