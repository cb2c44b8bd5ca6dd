#pragma once

#include <attain/model/scenario.hpp>
#include <attain/plan/plan.hpp>

#include <map>
#include <utility>

namespace attain {

/// Clock tables that are made already: by law and by how far they go.
using KnownClocks = std::map<std::pair<LawIndex, int>, std::size_t>;

/// Compiles what changes a territory's funnel (rules, capacity, ramp, seasons, closed weeks) into
/// `plan.territories[index].dynamics` and into the channels and clocks of its flows, which must be
/// complete otherwise. Leaves everything as it is where nothing changes.
void add_dynamics(Plan& plan, const Scenario& scenario, std::size_t index, KnownClocks& clocks);

}  // namespace attain
