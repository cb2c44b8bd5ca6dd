#pragma once

#include "support/deal_by_deal_stays.hpp"

#include <attain/model/scenario.hpp>

#include <map>
#include <string>
#include <vector>

namespace attain::testing {

/// Of a whole territory, at the end of the step before; utilization of the step that begins.
struct DealState {
  Money booked;
  long wins = 0;
  long leads = 0;
  std::map<std::string, double> activities;  ///< By name.
  long open_deals = 0;
  double pipeline = 0;  ///< In units of the currency.
  double utilization = 0;
};

/// What a step does to the four knobs of a territory.
struct DealMultipliers {
  std::vector<double> leads;               ///< By stream.
  std::vector<std::vector<double>> speed;  ///< By stream and stage.
  std::vector<std::vector<double>> odds;   ///< Likewise.
  std::vector<double> amount;              ///< By stream.
  double amount_of_dated = 1;
};

/// A territory in one step from day one (0 is the first).
struct TerritoryStep {
  const Scenario& scenario;
  std::size_t territory = 0;
  int step = 0;

  [[nodiscard]] const Territory& here() const { return scenario.territories[territory]; }
  [[nodiscard]] int steps_of_period() const { return scenario.calendar.steps_done + step; }
  /// Of the period, from 0.
  [[nodiscard]] int week() const { return steps_of_period() / scenario.calendar.steps_per_week(); }
  [[nodiscard]] std::chrono::year_month_day first_day() const {
    return scenario.calendar.day_of_step(steps_of_period());
  }
  [[nodiscard]] bool closed() const {
    const auto index = static_cast<std::size_t>(week());
    return index < scenario.closed_weeks.size() && scenario.closed_weeks[index];
  }
};

/// [territory][rule] whether chance has the rule there in this replication.
std::vector<std::vector<bool>> draw_rules(const Scenario& scenario, Luck& luck);

bool holds(const Condition& condition, const TerritoryStep& now, const DealState& state);

/// The share of a full-grown seller that a newcomer is; 1 without a ramp.
double ramp_factor(const TerritoryStep& now);

/// Hours a week for deals; infinite without a limit, 0 in a closed week.
double hours_there(const TerritoryStep& now);

/// Of rules, ramp, seasons and closed weeks; capacity is left out. `exists` has an entry by index
/// of rule: whether chance has it there.
DealMultipliers multipliers(const TerritoryStep& now, const DealState& state,
                            const std::vector<bool>& exists);

/// The share that advances if odds are multiplied; 0 for 0, 1 for 1.
double with_odds(double share, double factor);

}  // namespace attain::testing
