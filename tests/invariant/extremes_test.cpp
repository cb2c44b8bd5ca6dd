// What the largest factors that a file may state do to counts, clocks and sums.

#include "support/build_rules.hpp"
#include "support/oracle/build_scenario.hpp"
#include "support/plain_engine.hpp"

#include <attain/engine/simulate.hpp>

#include <catch2/catch.hpp>

using namespace attain;
using namespace attain::oracle;
using namespace attain::testing;
using D = Distribution;

namespace {

/// Rules that all hold, each with the largest factor.
Scenario driven(double leads, int territories, const std::vector<Knob>& knobs) {
  std::vector<Territory> made;
  for (int i = 0; i < territories; ++i) {
    made.push_back(
        territory("T" + std::to_string(i), dollars(1'000),
                  {stream("new", leads, {stage(0.5, D::gamma(2, 0.8)), stage(0.9, D::fixed(30))},
                          D::lognormal(1e9, 0.5))},
                  {counted(0, 3), named("Acme", 0, 1.0)}));
  }
  Scenario scenario = oracle::scenario("driven", calendar(6, Step::week), made);
  int number = 0;
  for (const Knob knob : knobs) {
    add_rule(scenario, "rule " + std::to_string(number++), {}, {times(knob, 100)});
  }
  return scenario;
}

}  // namespace

TEST_CASE("The largest factors at once, and a stop, are what plain code makes of them",
          "[invariant][rules]") {
  std::vector<Knob> knobs{Knob::amount, Knob::amount, Knob::leads};
  for (int i = 0; i < 20; ++i) knobs.insert(knobs.end(), {Knob::speed, Knob::advance});
  Scenario scenario = driven(0.5, 1, knobs);
  // What is beyond all numbers, times nothing, is nothing.
  add_rule(scenario, "stop", {between(StateVariable::week, 3, 4)},
           {times(Knob::speed, 0), times(Knob::amount, 0), times(Knob::advance, 0)});
  const Plan plan = build_plan(scenario);
  for (const SimdWidth width : {SimdWidth::sse2, SimdWidth::avx2, SimdWidth::avx512}) {
    if (!machine_has(width)) continue;
    SimulationOptions options;
    options.replications = 128;
    options.simd = width;
    const auto bookings = simulate_bookings(plan, options);
    for (std::size_t r = 0; r < bookings[0].size(); ++r) {
      CAPTURE(name_of(width), r);
      REQUIRE(bookings[0][r] ==
              plain_quarter(plan, plan.territories[0], options.seed, r).booked_cents);
    }
  }
}

TEST_CASE("Sums of bookings beyond all bounds stay sums, and what is cut is counted",
          "[invariant][rules]") {
  const std::vector<Knob> knobs{Knob::amount, Knob::amount, Knob::leads, Knob::leads, Knob::speed};
  const Scenario scenario = driven(100, 4, knobs);
  SimulationOptions options;
  options.replications = 64;
  const Outcomes outcomes = simulate(build_plan(scenario), options);
  WideSum sum = 0;
  for (const TerritoryTally& tally : outcomes.territories) {
    CHECK(tally.bookings.moments.back().sum > 0);
    sum += tally.bookings.moments.back().sum;
  }
  CHECK((outcomes.groups.back().bookings.moments.back().sum == sum));
  CHECK(outcomes.groups.back().bookings.goals.front().at_quota == 64);
  CHECK(outcomes.cut_leads > 0);
  CHECK(outcomes.cut_amounts > 0);
}
