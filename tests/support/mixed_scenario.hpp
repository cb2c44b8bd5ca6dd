#pragma once

#include <attain/model/scenario.hpp>

namespace attain::testing {

/// Three territories in two regions that use every feature of the engine: several streams, entry
/// shares, all kinds of amounts, counted and named deals with and without age and amount, certain
/// stages, large lead rates.
Scenario mixed_scenario(Step step = Step::week);

}  // namespace attain::testing
