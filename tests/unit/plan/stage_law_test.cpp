#include "plan/stage_law.hpp"
#include "support/oracle/build_scenario.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace attain;
using namespace attain::oracle;

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
    volatile float kept[4] = {static_cast<float>(0.45 * survival(clock)),
                              static_cast<float>((1 - 0.45) * survival(clock)),
                              static_cast<float>(0.45 * survival(clock + 1)),
                              static_cast<float>((1 - 0.45) * survival(clock + 1))};
    const double there = static_cast<double>(kept[0]) + static_cast<double>(kept[1]);
    const double advancing = (static_cast<double>(kept[0]) - static_cast<double>(kept[2])) / there;
    const double leaving =
        advancing + (static_cast<double>(kept[1]) - static_cast<double>(kept[3])) / there;
    CHECK(law[static_cast<std::size_t>(clock)].advance ==
          static_cast<std::uint32_t>(std::floor(advancing * 0x1p32 + 0.5)));
    CHECK(law[static_cast<std::size_t>(clock)].leave ==
          static_cast<std::uint32_t>(std::floor(leaving * 0x1p32 + 0.5)));
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
