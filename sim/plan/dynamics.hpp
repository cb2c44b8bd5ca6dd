#pragma once

#include "clocks.hpp"
#include "effort.hpp"
#include "lane_values.hpp"

#include <attain/model/scenario.hpp>
#include <attain/plan/plan.hpp>

#include <memory>
#include <vector>

namespace attain {

class AmountPlans;

/// What the dynamics of all territories of a plan have in common.
struct DynamicsTools {
  /// `like` as in build_plan.
  DynamicsTools(const Scenario& scenario, AmountPlans& of_plan, const Plan* like)
      : tables(like != nullptr ? like->value_shapes : std::vector<ValueShape>{}),
        clocks{{}, grids_like(scenario.calendar.steps_per_week(), like)},
        closed(closed_steps(scenario)),
        amounts(of_plan) {}

  ValueTables tables;
  KnownClocks clocks;
  KnownWinTables wins;
  std::vector<bool> closed;  ///< [simulated step]
  AmountPlans& amounts;

 private:
  static StayGrids grids_like(int steps_per_week, const Plan* like) {
    const bool fits = like != nullptr && like->stays && like->steps_per_week == steps_per_week;
    return fits ? *like->stays : StayGrids(steps_per_week);
  }
};

/// Compiles what changes a territory's funnel (rules, shocks, effort, capacity, ramp, seasons,
/// closed weeks, uncertain numbers) into `plan.territories[index].dynamics` and into the channels
/// and clocks of its flows, which must be complete otherwise. Leaves everything as it is where
/// nothing changes.
void add_dynamics(Plan& plan, const Scenario& scenario, std::size_t index, DynamicsTools& tools);

}  // namespace attain
