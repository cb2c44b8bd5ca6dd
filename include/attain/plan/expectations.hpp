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
  /// Weeks until it has left its present stage with a chance of 50 and 80 %; none: not within the
  /// longest dwell that is looked at.
  std::optional<double> half_left_weeks;
  std::optional<double> most_left_weeks;
  /// P(won in the period | still in its present stage at the end of this week); none where it
  /// cannot still be there.
  std::vector<std::optional<double>> win_if_still_here;  ///< By week.
};

struct TerritoryExpectation {
  std::vector<StreamExpectation> streams;
  std::vector<DealExpectation> deals;  ///< As in TerritoryPlan::named.
  double wins = 0;
  double bookings = 0;
};

/// One for each territory. `plan` must be built from `scenario`.
std::vector<TerritoryExpectation> expectations(const Scenario& scenario, const Plan& plan);

}  // namespace attain
