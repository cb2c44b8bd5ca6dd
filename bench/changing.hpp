#pragma once

#include <attain/model/scenario.hpp>

#include <cstddef>

namespace attain::bench {

/// The reference scenario with everything that may change a funnel: five rules that look at the
/// state, hours that run short, two shocks, and six uncertain numbers (a lead rate, two advances, a
/// mean amount and what a discount takes off amounts, a mean stay). bench/peers/changing_peer.py
/// has the same numbers.
Scenario changing_scenario(std::size_t territories);

}  // namespace attain::bench
