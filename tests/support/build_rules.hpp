#pragma once

#include "support/oracle/build_scenario.hpp"

#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace attain::testing {

/// Small builders for what changes a funnel, beside those of build_scenario.hpp.

inline constexpr double without_bound = std::numeric_limits<double>::infinity();

/// Both ends belong to it.
inline Condition between(StateVariable variable, double low, double high) {
  return {variable, {}, low, high, true, true};
}
inline Condition at_least(StateVariable variable, double low) {
  return between(variable, low, without_bound);
}
inline Condition at_most(StateVariable variable, double high) {
  return between(variable, -without_bound, high);
}
inline Condition above(StateVariable variable, double low) {
  return {variable, {}, low, without_bound, false, true};
}
inline Condition below(StateVariable variable, double high) {
  return {variable, {}, -without_bound, high, true, false};
}

/// Of all stages, if none is named. `advance` is on the odds.
inline Effect times(Knob knob, double factor, std::string stage = {}) {
  return {{knob, std::move(stage)}, factor, {}, {}};
}
inline Effect advance_to(double share, std::string stage) {
  return {{Knob::advance, std::move(stage)}, 1, {}, share};
}

inline std::vector<Selected> everywhere(const Scenario& scenario) {
  std::vector<Selected> where;
  for (std::size_t t = 0; t < scenario.territories.size(); ++t) {
    std::vector<std::size_t> streams(scenario.territories[t].streams.size());
    for (std::size_t s = 0; s < streams.size(); ++s) streams[s] = s;
    where.push_back({t, streams, true});
  }
  return where;
}

/// In all territories and streams that the scenario has by now.
inline Rule& add_rule(Scenario& scenario, std::string name, std::vector<Condition> when,
                      std::vector<Effect> then) {
  Rule rule;
  rule.name = std::move(name);
  rule.where = everywhere(scenario);
  rule.when = std::move(when);
  rule.then = std::move(then);
  scenario.rules.push_back(std::move(rule));
  return scenario.rules.back();
}

inline Capacity hours_a_week(double hours) {
  Capacity made;
  made.hours_per_week = hours;
  return made;
}

}  // namespace attain::testing
