#pragma once

#include <attain/model/scenario.hpp>

#include <vector>

namespace attain::testing {

/// Scenarios with what has no exact solution, in which each of their parts matters: rules on every
/// variable of the state, capacity, ramp, seasons, closed weeks, chances. For comparisons of the
/// engine with the deal-by-deal simulation.
std::vector<Scenario> dynamic_scenarios();

/// Without rules, capacity, ramp, seasons and closed weeks.
Scenario without_dynamics(Scenario scenario);

}  // namespace attain::testing
