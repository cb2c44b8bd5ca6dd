#pragma once

#include <attain/model/scenario.hpp>
#include <attain/plan/plan.hpp>

#include <optional>
#include <vector>

namespace attain {

/// Closed-form means of a scenario without simulation, so that simulation and arithmetic can stand
/// side by side. Weeks count from 1 at index 0; money in units of the currency.

struct StreamExpectation {
  double leads = 0;     ///< New deals in the period.
  double wins = 0;      ///< In the period, from new and open deals (named ones included).
  double bookings = 0;  ///< Likewise.
};

struct DealExpectation {
  double win_in_period = 0;
  double win_ever = 0;
  std::vector<double> won_by;  ///< By week: P(won by its end).
  /// Weeks until it has left its present stage, or is decided, with a chance of 50 and 80 %; none:
  /// not within the longest dwell that is looked at.
  std::optional<double> half_left_weeks;
  std::optional<double> most_left_weeks;
  /// P(won in the period | still in its present stage, or undecided, at the end of this week); none
  /// where it cannot still be there.
  std::vector<std::optional<double>> win_if_still_here;  ///< By week.
};

struct TerritoryExpectation {
  std::vector<StreamExpectation> streams;
  StreamExpectation dated;             ///< Deals with a due date, which belong to no stream.
  std::vector<DealExpectation> deals;  ///< As in TerritoryPlan::named.
  double wins = 0;                     ///< From day one on.
  double bookings = 0;                 ///< With what was booked before.
};

/// One for each territory. `plan` must be built from `scenario`.
std::vector<TerritoryExpectation> expectations(const Scenario& scenario, const Plan& plan);

}  // namespace attain
