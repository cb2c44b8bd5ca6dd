#pragma once

#include <attain/model/scenario.hpp>
#include <attain/plan/plan.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace attain {

/// The expected bookings of one territory as products that a planner can check in a spreadsheet.
/// Money in units of the currency.

/// New deals of a stream that start in one stage:
/// bookings = leads x each of `advance` x share_in_time x amount.
struct NewDeals {
  std::size_t stream = 0;
  std::size_t stage = 0;        ///< In which they start.
  double leads = 0;             ///< In the period.
  std::vector<double> advance;  ///< Of each stage from `stage` on.
  double share_in_time = 0;  ///< Of those that will be won: closes in the period. 0 if none will.
  double wins = 0;
  double amount = 0;  ///< Mean of a won deal.
  double bookings = 0;
};

/// Deals on day one that are alike, or a named one: bookings = count x win_in_period x amount.
struct OpenDealsExpectation {
  std::string deal;    ///< Empty if they are counted.
  bool dated = false;  ///< Has a due date, and then neither stream, stage nor weeks in it.
  std::size_t stream = 0;
  std::size_t stage = 0;
  std::optional<double> weeks_in_stage;
  int count = 1;
  double amount = 0;
  bool amount_is_stated = false;  ///< Else a mean.
  bool in_pipeline = false;       ///< Is dated, or in a stage that counts as pipeline.
  double win_in_period = 0;       ///< Of each.
  double win_ever = 0;
  double bookings = 0;
};

/// Expected count of an activity in the period.
struct ActivityExpectation {
  std::string name;
  double from_open = 0;  ///< By the deals that are open on day one.
  double from_new = 0;   ///< By new deals: proportional to their number.
};

struct TerritoryArithmetic {
  double booked = 0;                       ///< Before day one.
  std::vector<NewDeals> new_deals;         ///< By stream and stage of entry, where leads come.
  std::vector<OpenDealsExpectation> open;  ///< As in Territory::open.
  /// [stream][week] P(closes in the period | created in that week and won at all); 0 if none is.
  std::vector<std::vector<double>> in_time_by_week;
  std::vector<ActivityExpectation> activities;  ///< By name, in the order of first mention.
  double pipeline = 0;                          ///< On day one.
};

/// `plan` must be built from `scenario`; its arithmetic is that of its territory of that index.
TerritoryArithmetic arithmetic(const Scenario& scenario, const Plan& plan, std::size_t territory);

}  // namespace attain
