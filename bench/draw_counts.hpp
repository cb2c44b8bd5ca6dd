#pragma once

#include <attain/plan/plan.hpp>

#include <cstdint>

namespace attain::bench {

/// How much randomness a scenario without named deals needs, per territory-quarter.
struct DrawCounts {
  double deals = 0;  ///< Draws that move deals: one for each deal present in a step.
  double slots = 0;  ///< Those that 64 lanes in lockstep make: every lane as many as the fullest.
  double cells = 0;  ///< Cells (deals that came into a stage in one step) that are gone through
                     ///< for all 64 lanes together.
  double arrivals = 0;  ///< 32-bit draws for new deals.
  double amounts = 0;   ///< 32-bit draws for amounts.
};

/// Counts in `blocks` x 64 replications, deal by deal, with the engine's own draws.
DrawCounts count_draws(const Plan& plan, std::uint64_t seed, int blocks);

}  // namespace attain::bench
