#pragma once

#include <attain/model/scenario.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace attain::testing {

/// Scenarios with what has no exact solution, in which each of their parts matters: rules on every
/// variable of the state, capacity, ramp, seasons, closed weeks, chances. For comparisons of the
/// engine with the deal-by-deal simulation.
std::vector<Scenario> dynamic_scenarios();

/// Likewise with shocks, uncertain numbers, effort and several periods.
std::vector<Scenario> scenarios_of_luck();

/// A stream of three stages, which the next one starts with, beside open deals of every kind. Here
/// for the scenarios above.
Stream field(double leads_per_week);
Territory seller(std::string name, std::int64_t quota, double leads_per_week);

/// Without rules, capacity, ramp, seasons and closed weeks.
Scenario without_dynamics(Scenario scenario);

}  // namespace attain::testing
