// Working hours: exact cases, and what no number of hours can do.

#include "support/build_rules.hpp"
#include "support/fingerprint.hpp"
#include "support/lively_scenario.hpp"
#include "support/oracle/agreement.hpp"
#include "support/oracle/solver.hpp"

#include <attain/engine/simulate.hpp>

#include <catch2/catch.hpp>
#include <numeric>

using namespace attain;
using namespace attain::oracle;
using namespace attain::testing;

namespace {

Outcomes run(const Scenario& scenario, std::int64_t replications) {
  SimulationOptions options;
  options.seed = 3;
  options.replications = replications;
  options.threads = 2;
  options.simd = best_simd_width();
  return simulate(build_plan(scenario), options);
}

/// All that was counted but the hours' own numbers.
std::string bytes_without_hours(const Scenario& scenario) {
  Outcomes outcomes = run(scenario, 300);
  for (TerritoryTally& tally : outcomes.territories) tally.utilization = {};
  return fingerprint(outcomes);
}

std::uint64_t total(const std::vector<std::uint64_t>& by_week) {
  return std::accumulate(by_week.begin(), by_week.end(), std::uint64_t{0});
}

}  // namespace

TEST_CASE("Two deals of 2 weeks with half the hours they need both close in week 4",
          "[invariant][capacity]") {
  const auto step = GENERATE(Step::week, Step::day);
  Stage work = stage(1, Distribution::fixed(2));
  work.hours = 10;
  Territory here = territory("Here", {}, {stream("new", 0, {work}, Distribution::fixed(1'000))},
                             {counted(0, 2, 0.0)});
  here.capacity = hours_a_week(10);
  const std::int64_t replications = 1'000;
  const auto wins =
      run(scenario("half", calendar(8, step), {here}), replications).territories[0].flows[0].wins;
  CHECK(wins == std::vector<std::uint64_t>{0, 0, 0, 2 * replications, 0, 0, 0, 0});
  // With all the hours they need they close in week 2.
  here.capacity = hours_a_week(20);
  const auto in_time =
      run(scenario("enough", calendar(8, step), {here}), replications).territories[0].flows[0].wins;
  CHECK(in_time == std::vector<std::uint64_t>{0, 2 * replications, 0, 0, 0, 0, 0, 0});
}

TEST_CASE("With a million hours a week nothing is limited, to the byte", "[invariant][capacity]") {
  for (const Step step : {Step::week, Step::day}) {
    Scenario scenario = lively_scenario(step);
    const std::string limited = bytes_without_hours(scenario);
    for (Territory& here : scenario.territories) here.capacity = hours_a_week(1e6);
    const std::string unlimited = bytes_without_hours(scenario);
    for (Territory& here : scenario.territories) here.capacity.reset();
    CHECK(unlimited == bytes_without_hours(scenario));
    CHECK(limited != unlimited);
  }
}

TEST_CASE("At twice the load no more is closed than there are hours for", "[invariant][capacity]") {
  constexpr double mean_weeks = 3;
  constexpr double hours = 2;
  constexpr double hours_a_week_there = 15;
  constexpr int weeks = 52;
  const auto step = GENERATE(Step::week, Step::day);
  for (const Distribution& stay :
       {Distribution::fixed(mean_weeks), Distribution::gamma(mean_weeks, 0.3),
        Distribution::weibull(mean_weeks, 0.7), Distribution::exponential(mean_weeks)}) {
    Stage work = stage(1, stay);
    work.hours = hours;
    Territory here = territory("Here", {}, {stream("new", 5, {work}, Distribution::fixed(1'000))});
    here.capacity = hours_a_week(hours_a_week_there);
    const std::int64_t replications = 2'000;
    const auto hours_of_closed = [&] {
      const Outcomes outcomes = run(scenario("twice", calendar(weeks, step), {here}), replications);
      return static_cast<double>(total(outcomes.territories[0].flows[0].wins)) /
             static_cast<double>(replications) * mean_weeks * hours;
    };
    CAPTURE(stay.describe());
    CHECK(hours_of_closed() < weeks * hours_a_week_there);
    // Control: without a limit nearly all that comes is closed.
    here.capacity.reset();
    CHECK(hours_of_closed() > 1.7 * weeks * hours_a_week_there);
  }
}

TEST_CASE("A constant speed leaves every deal's win share as it is", "[invariant][speed]") {
  // Long enough that every deal is decided; stays that differ by outcome, so that age matters.
  Territory here =
      territory("Here", {},
                {stream("new", 0,
                        {stage(0.6, Distribution::gamma(1.5, 0.8), Distribution::weibull(4, 0.7)),
                         stage(0.5, Distribution::gamma(2, 0.6), Distribution::exponential(1.2))},
                        Distribution::fixed(1'000))},
                {named("Aged", 0, 2.0), named("Fresh", 0, 0.0), named("Found", 0, {}),
                 named("Late", 1, 3.0), named("Found late", 1, {})});
  Scenario made = scenario("patience", calendar(120, Step::week), {here});
  const std::int64_t replications = 200'000;
  const TerritoryLaw law = solve(here, made.calendar);
  for (const double speed : {0.4, 1.0, 1.7, 5.0}) {
    made.rules.clear();
    add_rule(made, "pace", {}, {times(Knob::speed, speed)});
    const Outcomes outcomes = run(made, replications);
    Agreement agreement(replications);
    for (std::size_t i = 0; i < here.open.size(); ++i) {
      agreement.event(Kind::named_deal, here.open[i].deal,
                      total(outcomes.territories[0].named_wins[i]),
                      {law.win_chance(here.open[i].deal, law.all()), 0});
    }
    CAPTURE(speed, agreement.worst().what);
    CHECK(std::abs(agreement.worst().z) < 4.5);
    CHECK(agreement.checks().size() == 5);
  }
}
