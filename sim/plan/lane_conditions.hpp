#pragma once

#include <attain/model/scenario.hpp>
#include <attain/plan/dynamics_plan.hpp>

#include <vector>

namespace attain {

/// [simulated step] whether the conditions on week, weeks left and period hold.
std::vector<bool> active_steps(const std::vector<Condition>& when, const Calendar& calendar);

/// The other conditions, on what the territory stands at. Attainment and pace become bounds on
/// cents booked, so that they are exact. Adds to the kinds of activities that `dynamics` looks at.
std::vector<LaneCondition> lane_conditions(const std::vector<Condition>& when,
                                           const Territory& territory, const Calendar& calendar,
                                           DynamicsPlan& dynamics);

}  // namespace attain
