#pragma once

// What is drawn for several territories, or for a whole period: chances of rules, and shocks.

#include "support/deal_by_deal_stays.hpp"

#include <attain/model/scenario.hpp>

#include <vector>

namespace attain::testing {

/// Ways to get the model wrong on purpose, for the controls that must fail.
struct DealVariant {
  bool rules_drawn_anew = true;   ///< In each period; false: once a replication.
  bool shocks_drawn_anew = true;  ///< Likewise those per period.
  bool shocks_run_on = true;      ///< false: those per week begin anew in each period.
  bool counts_start_anew = true;  ///< In each period; false: state counts from day one.
};

/// Of one territory in one replication.
struct TerritoryLuck {
  std::vector<std::vector<double>> rules;   ///< [period from day one's][rule] uniform: exists if
                                            ///< below its chance.
  std::vector<std::vector<double>> shocks;  ///< [shock][period or week from day one's] normal.
};

/// By territory.
std::vector<TerritoryLuck> draw_luck(const Scenario& scenario, Luck& luck,
                                     const DealVariant& variant);

}  // namespace attain::testing
