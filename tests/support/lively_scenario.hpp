#pragma once

#include <attain/model/scenario.hpp>

namespace attain::testing {

/// Three sellers in two regions, with all that may change a funnel: rules on the state and by
/// chance, working hours, a ramp, seasons, effort, shocks of every kind, uncertain numbers of every
/// kind, two periods.
Scenario lively_scenario(Step step = Step::week);

}  // namespace attain::testing
