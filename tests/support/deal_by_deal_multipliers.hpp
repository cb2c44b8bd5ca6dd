#pragma once

#include "support/deal_by_deal_luck.hpp"

#include <attain/model/scenario.hpp>

#include <map>
#include <string>
#include <vector>

namespace attain::testing {

/// Of a whole territory, at the end of the step before; utilization of the step that begins. What
/// is booked and counted: since the period's start.
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
  [[nodiscard]] int steps_from_start() const { return scenario.calendar.steps_done + step; }
  /// From 0.
  [[nodiscard]] int period() const { return steps_from_start() / scenario.calendar.period_steps; }
  /// Of the period, before this one.
  [[nodiscard]] int steps_of_period() const {
    return steps_from_start() % scenario.calendar.period_steps;
  }
  [[nodiscard]] int steps_left() const {
    return scenario.calendar.period_steps - steps_of_period();
  }
  /// Of the period, from 0.
  [[nodiscard]] int week() const { return steps_of_period() / steps_per_week(); }
  /// Of all periods' weeks, whole or in part, from 0.
  [[nodiscard]] int week_from_start() const { return period() * weeks_of_a_period() + week(); }
  [[nodiscard]] int weeks_of_a_period() const {
    return (scenario.calendar.period_steps + steps_per_week() - 1) / steps_per_week();
  }
  [[nodiscard]] std::optional<Money> quota() const { return quota_in(here(), period()); }
  [[nodiscard]] std::chrono::year_month_day first_day() const {
    return scenario.calendar.day_of_step(steps_from_start());
  }
  [[nodiscard]] bool closed() const {
    const auto index = static_cast<std::size_t>(week_from_start());
    return index < scenario.closed_weeks.size() && scenario.closed_weeks[index];
  }

 private:
  [[nodiscard]] int steps_per_week() const { return scenario.calendar.steps_per_week(); }
};

bool holds(const Condition& condition, const TerritoryStep& now, const DealState& state);

/// The share of a full-grown seller that a newcomer is; 1 without a ramp.
double ramp_factor(const TerritoryStep& now);

/// Hours a week for deals; infinite without a limit, 0 in a closed week.
double hours_there(const TerritoryStep& now);

/// Of rules, shocks, ramp, seasons and closed weeks; capacity and effort are left out.
DealMultipliers multipliers(const TerritoryStep& now, const DealState& state,
                            const TerritoryLuck& luck);

/// The share that advances if odds are multiplied; 0 for 0, 1 for 1.
double with_odds(double share, double factor);

}  // namespace attain::testing
