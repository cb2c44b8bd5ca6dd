#include "plan/stage_law.hpp"
#include "support/oracle/build_scenario.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace attain;
using namespace attain::oracle;

/// Without closed weeks.
std::vector<attain::Departure> open_due_law(const attain::DueDate& due,
                                            const attain::Calendar& calendar) {
  return attain::due_law(due, calendar,
                         std::vector<bool>(static_cast<std::size_t>(calendar.steps())));
}

TEST_CASE("A fixed stay ends on its day, whatever the age in days", "[unit][plan]") {
  constexpr std::uint32_t certain = 0xffffffff;
  const Stage two_weeks = stage(1, Distribution::fixed(2));
  for (int age_days = 0; age_days < 14; ++age_days) {
    CAPTURE(age_days);
    const auto law = aged_law(two_weeks, age_days / 7.0, 7, 20);
    // Ages are rounded to 1/64 day, so whole days stay whole: the step in which day 14 ends.
    const int last = 13 - age_days;
    for (int clock = 0; clock < last; ++clock) {
      CHECK(law[static_cast<std::size_t>(clock)].leave == 0);
    }
    CHECK(law[static_cast<std::size_t>(last)].leave == certain);
    CHECK(law[static_cast<std::size_t>(last)].advance == certain);
  }
}

TEST_CASE("Laws are made of numbers of 24 bits, also in an optimised build", "[unit][plan]") {
  const Stage stays = stage(0.45, Distribution::exponential(2));
  const auto survival = [&stays](int clock) {
    const auto at = [&stays](int weeks) { return stays.weeks_to_advance.excess_mean(weeks); };
    return clock == 0 ? 1.0 : at(clock - 1) - at(clock);
  };
  const auto law = entered_law(stays, 1, 12);
  for (int clock = 0; clock < 12; ++clock) {
    // Volatile, so that nothing is kept with more digits than a float has.
    volatile float before = static_cast<float>(survival(clock));
    volatile float after = static_cast<float>(survival(clock + 1));
    volatile float share = 0.45F;
    volatile float gone = before - after;
    volatile float leave = gone / before;
    volatile float advance = leave * share;
    const auto threshold = [](float chance) {
      return static_cast<std::uint32_t>(chance * 0x1p31F) << 1U;
    };
    CHECK(law[static_cast<std::size_t>(clock)].advance == threshold(advance));
    CHECK(law[static_cast<std::size_t>(clock)].leave == threshold(leave));
  }
}

TEST_CASE("Nobody advances who does not leave", "[unit][plan]") {
  for (const double advance : {0.0, 0.05, 0.5, 0.97, 1.0}) {
    for (const double cv : {0.05, 1.0, 5.0}) {
      for (const double lost_weeks : {0.2, 2.0, 900.0, 5200.0}) {
        const Stage mixed =
            stage(advance, Distribution::lognormal(2, cv), Distribution::gamma(lost_weeks, cv));
        for (const auto& law :
             {entered_law(mixed, 7, 400), aged_law(mixed, 3.3, 7, 400), found_law(mixed, 7, 400)}) {
          for (const Departure& chance : law) REQUIRE(chance.advance <= chance.leave);
        }
      }
    }
  }
}

TEST_CASE("A deal older than any can be is lost at once", "[unit][plan]") {
  const Stage short_stay = stage(0.5, Distribution::exponential(2));
  const auto law = aged_law(short_stay, 50, 1, 3);
  CHECK(law[0].leave == 0xffffffff);
  CHECK(law[0].advance == 0);
  CHECK(chance_to_advance(short_stay, 50, 1) == 0);
  CHECK(is_impossibly_old(short_stay, 50));
  CHECK_FALSE(is_impossibly_old(short_stay, 40));
}

TEST_CASE("A dated deal is decided in the step of its last date", "[unit][plan]") {
  constexpr std::uint32_t certain = 0xffffffff;
  constexpr std::uint32_t quarter = 0x40000000;
  const auto law_of = [](const OpenDeals& deals, Step step) {
    return open_due_law(*deals.due, calendar(4, step));
  };
  // Due in the second week; never decided in the first; 3 in 4 at once, the rest two weeks later.
  const auto weekly =
      law_of(slipping(due("A", 13, 0.5, dollars(1)), 0.25, Distribution::fixed(2)), Step::week);
  REQUIRE(weekly.size() == 4);
  CHECK(weekly[0].leave == 0);
  CHECK(weekly[0].advance == 0);
  CHECK(weekly[1].leave == 3 * quarter);
  CHECK(weekly[1].advance == 3 * quarter / 2);
  CHECK(weekly[2].leave == 0);
  CHECK(weekly[3].leave == certain);
  CHECK(weekly[3].advance == 2 * quarter);
  // The same by days: on day 13, else on day 27, the last one.
  const auto daily =
      law_of(slipping(due("A", 13, 1, dollars(1)), 0.25, Distribution::fixed(2)), Step::day);
  REQUIRE(daily.size() == 28);
  for (std::size_t day = 0; day < 28; ++day) {
    CAPTURE(day);
    CHECK(daily[day].leave == (day == 13 ? 3 * quarter : day == 27 ? certain : 0));
    CHECK(daily[day].advance == daily[day].leave);
  }
  // Slips that end on the last day of a week, and on the first of the next.
  for (const int days : {3, 4}) {
    const auto law = law_of(
        slipping(due("A", 10, 1, dollars(1)), 1, Distribution::fixed(days / 7.0)), Step::week);
    CHECK(law[1].leave == (days == 3 ? certain : 0));
    CHECK(law[2].leave == certain);
  }
}

TEST_CASE("What is overdue is decided in the first step, what is due behind the end never",
          "[unit][plan]") {
  constexpr std::uint32_t certain = 0xffffffff;
  const auto overdue =
      open_due_law(*due("A", 20, 0.25, dollars(1)).due, calendar_from(9, 4, Step::week));
  CHECK(overdue[0].leave == certain);
  CHECK(overdue[0].advance == 0x40000000);
  for (const Step step : {Step::week, Step::day}) {
    for (const Departure& chance :
         open_due_law(*due("A", 28, 1, dollars(1)).due, calendar(4, step))) {
      CHECK(chance.leave == 0);
    }
  }
  // The last day of a daily period that ends inside a week.
  const auto last =
      open_due_law(*due("A", 86, 1, dollars(1)).due, calendar_from(87, 38, Step::day));
  CHECK(last.size() == 49);
  CHECK(last[47].leave == 0);
  CHECK(last[48].leave == certain);
}

TEST_CASE("Spread deals are decided alike on every day that is left", "[unit][plan]") {
  // With no slip a quarter each week of four: 1/4, then 1/3, 1/2 and all of those that are left.
  const auto law = open_due_law(*renewals(1, {}, 0.5, Distribution::fixed(1)).due,
                                calendar_from(10, 6, Step::week));
  REQUIRE(law.size() == 4);
  const auto share = [&law](std::size_t step) { return law[step].leave * 0x1p-32; };
  CHECK(share(0) == 0.25);
  CHECK(share(1) == Approx(1.0 / 3).epsilon(1e-6));
  CHECK(share(2) == Approx(0.5).epsilon(1e-6));
  CHECK(law[3].leave == 0xffffffff);
  for (const Departure& chance : law) {
    CHECK(std::abs(chance.advance * 0x1p-32 - 0.5 * (chance.leave * 0x1p-32)) < 1e-9);
  }
}

TEST_CASE("When a dated deal is decided does not depend on its chance", "[unit][plan]") {
  for (const double chance : {0.0, 0.1, 0.333, 0.999, 1.0}) {
    const auto law_with = [](double win) {
      return open_due_law(*slipping(renewals(1, {}, win, Distribution::fixed(1)), 0.3,
                                    Distribution::lognormal(2, 1.5))
                               .due,
                          calendar_from(87, 5, Step::day));
    };
    const auto law = law_with(chance);
    const auto other = law_with(0.5);
    for (std::size_t step = 0; step < law.size(); ++step) {
      REQUIRE(law[step].leave == other[step].leave);
      REQUIRE(law[step].advance <= law[step].leave);
      if (chance < 0.5) REQUIRE(law[step].advance <= other[step].advance);
      if (chance > 0.5) REQUIRE(law[step].advance >= other[step].advance);
    }
  }
}
