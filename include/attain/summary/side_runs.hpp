#pragma once

#include <attain/engine/simulate.hpp>
#include <attain/summary/summary.hpp>

#include <cstdint>

namespace attain {

/// What is simulated beside the main run, where the scenario has something to ask of it: draws of
/// its uncertain numbers, and the same futures without its shocks.

inline constexpr std::int64_t uncertain_draws = 250;
inline constexpr std::int64_t replications_a_draw = 64;

/// How many replications that takes beside `main_replications`.
std::int64_t side_replications(const Scenario& scenario, std::int64_t main_replications);

/// Adds luck and ignorance, and the company without shocks, to the summary of a run. `options` are
/// those of that run, its replications those that were simulated; its progress, if any, goes on
/// from 0 to `side_replications`.
void add_side_runs(Summary& summary, const Scenario& scenario, const Plan& plan,
                   const SimulationOptions& options);

/// How far the chance of quota of a plan's only territory moves because inputs are uncertain; none
/// without a quota or uncertain numbers.
std::optional<ChanceRange> range_of_only_territory(const Scenario& scenario, const Plan& plan,
                                                   const SimulationOptions& options, double chance);

}  // namespace attain
