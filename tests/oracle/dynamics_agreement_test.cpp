// The engine against the deal-by-deal simulation: means and variances by week, on scenarios in
// which what happens depends on the state.

#include "support/deal_by_deal_checks.hpp"
#include "support/deal_by_deal_tally.hpp"
#include "support/dynamic_scenarios.hpp"

#include <attain/engine/simulate.hpp>

#include <catch2/catch.hpp>

namespace attain::testing {

namespace {

/// The engine's own error is then small beside that of the other.
constexpr std::int64_t times_as_many = 10;

oracle::Agreement engine_beside(const Scenario& believed, const DealTally& tally) {
  const Plan plan = build_plan(believed);
  SimulationOptions options;
  options.seed = 7;
  options.replications = times_as_many * tally.count();
  options.threads = 2;
  options.simd = best_simd_width();
  return compare_with_outcomes(tally, plan, simulate(plan, options));
}

void expect_dynamics_to_agree(std::int64_t replications, std::uint64_t seed) {
  for (const Scenario& scenario : dynamic_scenarios()) {
    const DealTally tally = simulate_deal_by_deal(scenario, replications, ++seed);
    expect_agreement(engine_beside(scenario, tally), "engine, " + scenario.name);
  }
}

}  // namespace

TEST_CASE("the engine and the deal-by-deal simulation agree where nothing depends on the state",
          "[oracle][deal_by_deal]") {
  for (const Scenario& scenario : {dynamic_scenarios()[0], dynamic_scenarios()[11]}) {
    const Scenario plain = without_dynamics(scenario);
    const DealTally tally = simulate_deal_by_deal(plain, usual_replications, 41);
    expect_agreement(engine_beside(plain, tally), "engine, without " + plain.name);
  }
}

TEST_CASE("each scenario with dynamics differs from the same without them",
          "[oracle][deal_by_deal]") {
  for (const Scenario& scenario : dynamic_scenarios()) {
    const DealTally tally = simulate_deal_by_deal(scenario, usual_replications / 4, 42);
    expect_failure(engine_beside(without_dynamics(scenario), tally),
                   "engine without " + scenario.name);
  }
}

TEST_CASE("each rule and season and limit of the scenarios with dynamics can be seen",
          "[.][slow][oracle][deal_by_deal]") {
  // One sample beside another of the same size: the engine is not needed.
  const std::int64_t replications = 2 * usual_replications;
  const auto expect_seen = [&](const Scenario& without, const DealTally& with,
                               const std::string& what) {
    expect_failure(compare_tallies(with, simulate_deal_by_deal(without, replications, 52)),
                   "without " + what);
  };
  for (const Scenario& scenario : dynamic_scenarios()) {
    const DealTally with = simulate_deal_by_deal(scenario, replications, 51);
    for (std::size_t i = 0; i < scenario.rules.size(); ++i) {
      Scenario without = scenario;
      without.rules.erase(without.rules.begin() + static_cast<std::ptrdiff_t>(i));
      expect_seen(without, with, scenario.name + ": " + scenario.rules[i].name);
    }
    for (std::size_t i = 0; i < scenario.seasons.size(); ++i) {
      Scenario without = scenario;
      without.seasons.erase(without.seasons.begin() + static_cast<std::ptrdiff_t>(i));
      expect_seen(without, with, scenario.name + ": season " + std::to_string(i + 1));
    }
    if (scenario.territories[0].capacity) {
      Scenario without = scenario;
      without.territories[0].capacity->hours_per_week *= 1.1;
      expect_seen(without, with, scenario.name + ": a tenth of the hours");
    }
  }
}

TEST_CASE(
    "the engine agrees with the deal-by-deal simulation where what happens depends on the state",
    "[engine_rules][oracle][deal_by_deal]") {
  expect_dynamics_to_agree(usual_replications, 60);
}

TEST_CASE("the engine agrees with more of the deal-by-deal simulation",
          "[.][slow][oracle][deal_by_deal]") {
  expect_dynamics_to_agree(20 * usual_replications, 80);
}

}  // namespace attain::testing
