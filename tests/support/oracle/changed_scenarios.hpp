#pragma once

#include <attain/model/scenario.hpp>

#include <vector>

namespace attain::oracle {

/// Scenarios in which knobs are multiplied by what does not depend on the state, so that they have
/// an exact solution: rules on the calendar, chances, shocks, uncertain numbers, several periods.
/// Names are unique.
std::vector<Scenario> changed_scenarios();

}  // namespace attain::oracle
