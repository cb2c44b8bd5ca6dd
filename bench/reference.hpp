#pragma once

#include <attain/model/scenario.hpp>

#include <cstddef>

namespace attain::bench {

inline constexpr std::size_t reference_territories = 17;

/// The scenario that all speeds are given for: 4 stages, 28 open deals, 4 leads a week, 13 weeks in
/// weekly steps, lognormal amounts; `territories` of them, alike but for their names. Each has
/// `named` named deals on top. bench/peers/reference.py has the same numbers.
Scenario reference_scenario(std::size_t territories, int named = 0);

}  // namespace attain::bench
