#pragma once

#include "support/oracle/deal_law.hpp"

#include <attain/model/scenario.hpp>

#include <vector>

namespace attain::oracle {

/// What multiplies the knobs of a stream, by step from day one; empty: 1 in all steps.
struct StreamKnobs {
  std::vector<double> leads;
  std::vector<double> amount;  ///< Of the deals that are won in the step.
  std::vector<StageKnobs> stages;
};

struct TerritoryKnobs {
  std::vector<StreamKnobs> streams;
  std::vector<double> dated_amount;  ///< Of deals with a due date.
};

/// What a replication drew once that has the same effect on all deals of a territory.
struct TerritoryLuck {
  std::vector<std::vector<bool>> exists;    ///< [rule][period]
  std::vector<std::vector<double>> factor;  ///< [shock][step from day one]
};

/// The multipliers of a territory by rules, whose conditions are on the calendar alone, and shocks.
/// Throws std::invalid_argument where something depends on the state, which has no exact solution.
TerritoryKnobs knobs_of(const Scenario& scenario, std::size_t territory, const TerritoryLuck& luck);

}  // namespace attain::oracle
