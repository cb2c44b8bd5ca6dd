#pragma once

#include <attain/model/scenario.hpp>

namespace attain::testing {

/// Three territories in two regions that use every feature of the engine: several streams, entry
/// shares, all kinds of amounts, counted and named deals with and without age and amount, deals
/// with a due date, renewals, certain stages, large lead rates, bookings before day one.
Scenario mixed_scenario(Step step = Step::week);

/// The same from day one inside the period on; with daily steps from the middle of a week, and with
/// a last week in part.
Scenario mixed_scenario_resumed(Step step);

}  // namespace attain::testing
