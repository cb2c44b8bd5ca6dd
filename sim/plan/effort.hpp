#pragma once

#include <attain/model/scenario.hpp>
#include <attain/plan/plan.hpp>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace attain {

/// Tables that are made already, by the law of the stage and the laws of the stages behind it.
using KnownWinTables = std::map<std::vector<LawIndex>, std::shared_ptr<const WinTable>>;

/// How a territory's people answer to its quota: none if they do not, or there is no quota in the
/// periods that are simulated. Flows, their laws and their amounts must be complete. Territories
/// that are given the same `known` share their tables.
std::optional<EffortPlan> effort_plan(const Plan& plan, const TerritoryPlan& territory_plan,
                                      const Territory& territory, KnownWinTables* known = nullptr);

}  // namespace attain
