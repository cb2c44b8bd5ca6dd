// Promises that hold with all that may change a funnel: what changes no byte, and common luck.

#include "support/build_rules.hpp"
#include "support/fingerprint.hpp"
#include "support/lively_scenario.hpp"

#include <attain/engine/simulate.hpp>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

using namespace attain;
using namespace attain::testing;

namespace {

SimulationOptions options_for(std::int64_t replications, std::uint64_t seed = 5) {
  SimulationOptions options;
  options.seed = seed;
  options.replications = replications;
  options.simd = best_simd_width();
  return options;
}

std::string bytes_of(const Scenario& scenario, std::int64_t replications = 300) {
  return fingerprint(simulate(build_plan(scenario), options_for(replications)));
}

std::vector<Scenario> lively_scenarios() {
  return {lively_scenario(Step::week), lively_scenario(Step::day)};
}

/// The mean of squares about the mean, and its standard error.
struct Variance {
  double value = 0;
  double error = 0;
};

Variance variance_of(const std::vector<double>& numbers) {
  const auto n = static_cast<double>(numbers.size());
  const double mean = std::accumulate(numbers.begin(), numbers.end(), 0.0) / n;
  double second = 0;
  double fourth = 0;
  for (const double x : numbers) {
    const double square = (x - mean) * (x - mean);
    second += square / n;
    fourth += square * square / n;
  }
  return {second, std::sqrt((fourth - second * second) / n)};
}

std::vector<double> company_bookings(const Scenario& scenario, const SimulationOptions& options) {
  const auto bookings = simulate_bookings(build_plan(scenario), options);
  std::vector<double> sums(bookings[0].size());
  for (const auto& territory : bookings) {
    for (std::size_t r = 0; r < sums.size(); ++r) sums[r] += static_cast<double>(territory[r]);
  }
  return sums;
}

std::vector<double> differences(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> result;
  for (std::size_t i = 0; i < a.size(); ++i) result.push_back(a[i] - b[i]);
  return result;
}

}  // namespace

TEST_CASE("Threads and widths give the same bytes with everything on", "[invariant][luck]") {
  for (const Scenario& scenario : lively_scenarios()) {
    const Plan plan = build_plan(scenario);
    SimulationOptions options = options_for(700);
    options.simd = SimdWidth::sse2;
    const std::string alone = fingerprint(simulate(plan, options));
    for (const int threads : {2, 7}) {
      options.threads = threads;
      CHECK(fingerprint(simulate(plan, options)) == alone);
    }
    for (const SimdWidth width : {SimdWidth::avx2, SimdWidth::avx512}) {
      if (!machine_has(width)) continue;
      CAPTURE(name_of(width));
      options.simd = width;
      CHECK(fingerprint(simulate(plan, options)) == alone);
    }
    options.seed += 1;
    CHECK(fingerprint(simulate(plan, options)) != alone);
  }
}

TEST_CASE("Ranges of replications merge to the whole with everything on", "[invariant][luck]") {
  const Plan plan = build_plan(lively_scenario());
  const std::string whole = fingerprint(simulate(plan, options_for(300)));
  const auto rows = simulate_bookings(plan, options_for(300));
  Outcomes merged;
  for (const auto& [first, count] : {std::pair{0, 100}, std::pair{100, 163}, std::pair{263, 37}}) {
    SimulationOptions part = options_for(count);
    part.first_replication = first;
    merged.merge(simulate(plan, part));
    const auto row = simulate_bookings(plan, part);
    for (std::size_t t = 0; t < rows.size(); ++t) {
      CHECK(row[t][0] == rows[t][static_cast<std::size_t>(first)]);
    }
  }
  CHECK(fingerprint(merged) == whole);
}

TEST_CASE("The order of rules and shocks in the file changes no byte", "[invariant][luck]") {
  for (const Scenario& scenario : lively_scenarios()) {
    const std::string before = bytes_of(scenario);
    Scenario turned = scenario;
    std::reverse(turned.rules.begin(), turned.rules.end());
    CHECK(bytes_of(turned) == before);
    std::rotate(turned.shocks.begin(), turned.shocks.begin() + 1, turned.shocks.end());
    CHECK(bytes_of(turned) == before);
    // Control: names are what luck is keyed by.
    std::swap(turned.shocks[0].name, turned.shocks[1].name);
    CHECK(bytes_of(turned) != before);
  }
}

TEST_CASE("The order of uncertain numbers changes no byte", "[invariant][luck]") {
  Scenario scenario = lively_scenario();
  const std::string before = bytes_of(scenario);
  const std::size_t last = scenario.uncertain.size() - 1;
  std::reverse(scenario.uncertain.begin(), scenario.uncertain.end());
  const auto turn = [last](UncertainIndex& index) {
    if (index) index = last - *index;
  };
  for (Territory& here : scenario.territories) {
    turn(here.capacity->hours_uncertain);
    for (Stream& stream : here.streams) {
      turn(stream.leads_uncertain);
      turn(stream.funnel.amount_uncertain.mean);
      for (Stage& stage : stream.funnel.stages) {
        turn(stage.advance_uncertain);
        turn(stage.weeks_to_advance_uncertain.mean);
        turn(stage.weeks_to_lost_uncertain.mean);
      }
    }
  }
  for (Rule& rule : scenario.rules) turn(rule.chance_uncertain);
  for (Shock& shock : scenario.shocks) turn(shock.sd_uncertain);
  CHECK(bytes_of(scenario) == before);
}

TEST_CASE("A chance of nothing is no rule, and a certain one no chance", "[invariant][luck]") {
  for (const Scenario& scenario : lively_scenarios()) {
    const std::string before = bytes_of(scenario);
    for (const double chance : {0.0, 1.0}) {
      Scenario with = scenario;
      Rule& rule =
          add_rule(with, "budget", {at_least(StateVariable::week, 2)},
                   {times(Knob::leads, 0.5), times(Knob::advance, 0.7), times(Knob::amount, 0.9)});
      const std::string certain = bytes_of(with);
      CHECK(certain != before);
      rule.chance = chance;
      for (const bool per_territory : {false, true}) {
        rule.chance_per_territory = per_territory;
        CHECK(bytes_of(with) == (chance == 0 ? before : certain));
      }
      rule.chance = 0.5;
      const std::string half = bytes_of(with);
      CHECK(half != before);
      CHECK(half != certain);
    }
  }
}

TEST_CASE("A shock of size 0 changes no byte", "[invariant][luck]") {
  Scenario scenario = lively_scenario();
  const std::string before = bytes_of(scenario);
  Shock still = scenario.shocks[1];
  still.name = "still";
  still.sd = 0;
  scenario.shocks.push_back(still);
  CHECK(bytes_of(scenario) == before);
}

TEST_CASE("Effort without strength changes no byte", "[invariant][luck]") {
  for (Scenario scenario : lively_scenarios()) {
    const std::string with_effort = bytes_of(scenario);
    for (Territory& here : scenario.territories) here.effort = Effort{0, 0, 0, 0.3, 0};
    const std::string without_strength = bytes_of(scenario);
    for (Territory& here : scenario.territories) here.effort.reset();
    CHECK(bytes_of(scenario) == without_strength);
    CHECK(with_effort != without_strength);
  }
}

TEST_CASE("A territory alone keeps its luck, with shocks and uncertain numbers",
          "[invariant][luck]") {
  for (const Scenario& scenario : lively_scenarios()) {
    const Outcomes all = simulate(build_plan(scenario), options_for(300));
    for (std::size_t t = 0; t < scenario.territories.size(); ++t) {
      const Scenario alone = only_territory(scenario, t);
      const Outcomes one = simulate(build_plan(alone), options_for(300));
      CAPTURE(scenario.territories[t].name);
      CHECK(fingerprint(one.territories.at(0)) == fingerprint(all.territories[t]));
    }
  }
}

TEST_CASE("Common luck makes a paired difference at least 4 times less variable",
          "[invariant][luck]") {
  const Scenario base = lively_scenario();
  Scenario more = base;
  for (Territory& here : more.territories) here.streams[1].leads_per_week *= 1.1;
  add_rule(more, "campaign", {between(StateVariable::week, 5, 8)}, {times(Knob::leads, 1.2)});
  const std::int64_t replications = 8'000;
  const std::vector<double> with = company_bookings(more, options_for(replications, 5));
  const Variance paired =
      variance_of(differences(with, company_bookings(base, options_for(replications, 5))));
  const Variance independent =
      variance_of(differences(with, company_bookings(base, options_for(replications, 6))));
  const double ratio = independent.value / paired.value;
  const double relative_error =
      std::hypot(paired.error / paired.value, independent.error / independent.value);
  CAPTURE(ratio, relative_error);
  CHECK(ratio * (1 - 4 * relative_error) > 4);
}
