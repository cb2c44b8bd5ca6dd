#pragma once

#include <attain/engine/outcomes.hpp>

#include <string>

namespace attain::testing {

/// All that a simulation counted, as text: equal texts mean equal outcomes, number for number.
std::string fingerprint(const Outcomes& outcomes);
std::string fingerprint(const TerritoryTally& tally);

}  // namespace attain::testing
