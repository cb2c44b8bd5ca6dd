#pragma once

#include <attain/engine/simulate.hpp>
#include <attain/scenario/read_scenario.hpp>
#include <attain/summary/summary.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

/// What the tests of the shipped scenarios have in common.
namespace attain::story {

/// A scenario that ships, with `--set` values in place of its own.
inline Scenario shipped(const std::string& name, std::vector<std::string> settings = {}) {
  const ScenarioSource source =
      load_scenario_file(std::string(ATTAIN_SOURCE_DIR) + "/scenarios/" + name + ".yaml");
  ReadOptions options = options_for_files();
  options.settings = std::move(settings);
  ReadResult result = read_scenario(source, options);
  INFO(messages_of(result));
  REQUIRE(result.scenario.has_value());
  CHECK(result.diagnostics.empty());
  return std::move(*result.scenario);
}

inline Scenario without_rule(Scenario scenario, const std::string& name) {
  const auto rule = std::find_if(scenario.rules.begin(), scenario.rules.end(),
                                 [&](const Rule& one) { return one.name == name; });
  REQUIRE(rule != scenario.rules.end());
  scenario.rules.erase(rule);
  return scenario;
}

inline SimulationOptions options_of(const Scenario& scenario) {
  SimulationOptions options;
  options.seed = scenario.run.seed;
  options.replications = scenario.run.replications;
  options.threads = 2;
  options.simd = best_simd_width();
  return options;
}

inline Summary run(const Scenario& scenario) {
  const Plan plan = build_plan(scenario);
  return summarize(scenario, plan, simulate(plan, options_of(scenario)),
                   expectations(scenario, plan));
}

inline double chance(const Outlook& outlook) { return outlook.attain.value().probability; }
inline double company_chance(const Summary& summary) { return chance(summary.company.outlook); }
inline double company_bookings(const Summary& summary) {
  return summary.company.outlook.bookings.mean.mean;
}
/// The chance of the i-th territory.
inline double chance(const Summary& summary, std::size_t i) {
  return chance(summary.territories[i].outlook);
}

inline bool between(double value, double low, double high) { return low <= value && value <= high; }

/// Whether a chance is what the story says, in points of 100: rounding, and four standard errors
/// of 20,000 replications.
inline bool about(double chance, double points) {
  return between(100 * chance, points - 1.9, points + 1.9);
}

inline void check_chances_are_worth_talking_about(const Summary& summary) {
  for (const TerritorySummary& territory : summary.territories) {
    INFO(territory.outlook.name);
    CHECK(between(chance(territory.outlook), 0.05, 0.95));
  }
  CHECK(between(company_chance(summary), 0.05, 0.95));
}

}  // namespace attain::story
