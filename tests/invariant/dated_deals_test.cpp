// What must hold to the byte or in every single future where deals have dates and a quarter does
// not begin at its start.

#include "support/fingerprint.hpp"
#include "support/mixed_scenario.hpp"
#include "support/oracle/build_scenario.hpp"

#include <attain/engine/simulate.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <numeric>

using namespace attain;
using namespace attain::testing;
using oracle::dollars;
using oracle::due;
using oracle::renewals;
using oracle::slipping;

namespace {

SimulationOptions options_for(std::int64_t replications) {
  SimulationOptions options;
  options.seed = 20'270'104;
  options.replications = replications;
  return options;
}

}  // namespace

TEST_CASE("How a count of renewals is divided does not matter", "[invariant]") {
  Scenario scenario = mixed_scenario();
  const SimulationOptions options = options_for(500);
  const std::string before = fingerprint(simulate(build_plan(scenario), options));
  std::vector<OpenDeals>& open = scenario.territories[0].open;
  bool divided = false;
  for (std::size_t i = 0; i < open.size() && !divided; ++i) {
    if (!open[i].due || open[i].count < 3) continue;
    open.insert(open.begin(), open[i]);
    open[0].count = 2;
    open[i + 1].count -= 2;
    divided = true;
  }
  REQUIRE(divided);
  CHECK(fingerprint(simulate(build_plan(scenario), options)) == before);
}

TEST_CASE("What was done before changes no luck of the weeks that are left", "[invariant]") {
  // Orders are won in the week in which they come, so that a week has no memory of those before.
  Scenario whole = oracle::scenario(
      "orders", oracle::calendar(13, Step::week),
      {oracle::territory("T", dollars(1'000),
                         {oracle::stream("orders", 5, {oracle::stage(0.7, Distribution::fixed(0))},
                                         Distribution::gamma(3'000, 0.8))})});
  const SimulationOptions options = options_for(200);
  const auto booked = [&options](const Scenario& scenario) {
    std::vector<std::int64_t> by_week;
    const Plan plan = build_plan(scenario);
    for (std::int64_t r = 0; r < options.replications; ++r) {
      const auto future = replay(plan, options.seed, r, options.simd)[0];
      for (std::size_t week = 0; week < future.booked.size(); ++week) {
        by_week.push_back(future.booked[week] - (week > 0 ? future.booked[week - 1] : 0));
      }
    }
    return by_week;
  };
  const std::vector<std::int64_t> all = booked(whole);
  whole.calendar.steps_done = 6;
  const std::vector<std::int64_t> rest = booked(whole);
  REQUIRE(rest.size() == all.size() / 13 * 7);
  for (std::size_t i = 0; i < rest.size(); ++i) {
    REQUIRE(rest[i] == all[i / 7 * 13 + 6 + i % 7]);
  }
}

TEST_CASE("Another dated deal changes no other deal's luck", "[invariant]") {
  Scenario scenario = mixed_scenario();
  const SimulationOptions options = options_for(2'000);
  const auto before = simulate_bookings(build_plan(scenario), options)[0];
  std::vector<OpenDeals>& open = scenario.territories[0].open;
  const auto difference = [&] {
    const auto after = simulate_bookings(build_plan(scenario), options)[0];
    std::vector<std::int64_t> differences;
    for (std::size_t r = 0; r < after.size(); ++r) differences.push_back(after[r] - before[r]);
    return differences;
  };
  open.insert(open.begin(), slipping(due("Another", 50, 0.6, dollars(11'000)), 0.5,
                                     Distribution::exponential(2)));
  const auto named = difference();
  CHECK(std::count(named.begin(), named.end(), dollars(11'000).cents) > 900);
  for (const std::int64_t d : named) REQUIRE((d == 0 || d == dollars(11'000).cents));
  open.front() = renewals(2, {}, 0.9, Distribution::fixed(7));
  for (const std::int64_t d : difference()) {
    REQUIRE((d == 0 || d == dollars(7).cents || d == dollars(14).cents));
  }
}

TEST_CASE("A better chance of a renewal never lowers a future", "[invariant]") {
  for (const Step step : {Step::week, Step::day}) {
    Scenario scenario = mixed_scenario_resumed(step);
    const SimulationOptions options = options_for(3'000);
    std::vector<std::int64_t> before(3'000, 0);
    std::int64_t sum = 0;
    for (const double chance : {0.0, 0.3, 0.31, 0.85, 0.999, 1.0}) {
      for (OpenDeals& open : scenario.territories[0].open) {
        if (open.due) open.due->chance = chance;
      }
      const auto after = simulate_bookings(build_plan(scenario), options)[0];
      CAPTURE(chance);
      for (std::size_t r = 0; r < after.size(); ++r) REQUIRE(after[r] >= before[r]);
      const std::int64_t more = std::accumulate(after.begin(), after.end(), std::int64_t{0});
      CHECK(more > sum);
      sum = more;
      before = after;
    }
  }
}

TEST_CASE("What is due behind the end brings nothing and stays open", "[invariant]") {
  Scenario scenario = mixed_scenario();
  const SimulationOptions options = options_for(300);
  const auto bookings = simulate_bookings(build_plan(scenario), options);
  std::vector<OpenDeals>& open = scenario.territories[1].open;
  open.push_back(due("Late", 91, 1, dollars(1)));
  open.push_back(renewals(5, 91, 1, Distribution::fixed(1)));
  open.push_back(slipping(due("Slips", 90, 1, dollars(1)), 1, Distribution::fixed(1.0 / 7)));
  const Plan plan = build_plan(scenario);
  CHECK(simulate_bookings(plan, options) == bookings);
  const TerritoryTally tally = simulate(plan, options).territories[1];
  CHECK(tally.named_pipeline[0].back() == 300);
  CHECK(tally.named_pipeline[1].back() == 300);
  CHECK(tally.flows.back().open[0].back() == 1'500);
  // Negative control: a day earlier it does.
  open.back().due->date = *open.back().due->date - std::chrono::days(1);
  CHECK(simulate_bookings(build_plan(scenario), options) != bookings);
}

TEST_CASE("What was booked before day one is added to every future", "[invariant]") {
  Scenario scenario = mixed_scenario();
  const SimulationOptions options = options_for(500);
  const Outcomes without = simulate(build_plan(scenario), options);
  scenario.territories[0].booked += Money{777};
  scenario.territories[0].quota->cents += 777;
  const Outcomes with = simulate(build_plan(scenario), options);
  for (std::size_t week = 0; week < 13; ++week) {
    CHECK(with.territories[0].bookings.moments[week].sum ==
          without.territories[0].bookings.moments[week].sum + WideSum{500 * 777});
    CHECK(with.groups.back().bookings.moments[week].sum ==
          without.groups.back().bookings.moments[week].sum + WideSum{500 * 777});
  }
  CHECK(with.territories[0].bookings.goals.front().at_quota ==
        without.territories[0].bookings.goals.front().at_quota);
  CHECK(with.territories[0].bookings.goals.front().at_quota > 100);
  CHECK(with.territories[0].bookings.goals.front().at_quota < 400);
  CHECK(with.territories[0].wins == without.territories[0].wins);
}
