#pragma once

#include <attain/engine/simulate.hpp>
#include <attain/plan/arithmetic.hpp>
#include <attain/summary/summary.hpp>
#include <attain/summary/uncertainty.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace attain {

/// Why a territory's chance is what it is, and what it would take to have a better one. Money in
/// units of the currency, weeks count from 1,
/// the one of day one.

/// What one named deal means for the chance of quota.
struct DealEffect {
  std::size_t open = 0;              ///< Index into Territory::open.
  std::optional<Chance> if_won;      ///< Of quota; none if it was never won.
  std::optional<Chance> if_not_won;  ///< None if it was always won.
};

/// What is expected of a named deal, week by week.
struct NamedDeal {
  std::size_t open = 0;  ///< Index into Territory::open.
  DealExpectation expected;
};

/// The last week in which a new deal, if it will be won at all, still closes in the period with a
/// chance of at least `useful_chance`.
inline constexpr double useful_chance = 0.1;

struct LastUsefulWeek {
  int week = 0;           ///< 0: not even the first.
  double first_week = 0;  ///< That chance of a deal created in the first week, and in the last one.
  double last_week = 0;
  bool ever_won = true;  ///< False: no new deal of this stream can be won.
};

/// A value that has to be met, and where simulation error may have put it: where the chance's
/// Wilson interval meets the target. No `high`: it is beyond what was looked at.
struct NeededValue {
  double value = 0;
  double low = 0;
  std::optional<double> high;
};

enum class Reach {
  there,  ///< With what there is now; the value needed is at most that.
  reachable,
  never,  ///< Not within what was looked at.
};

struct NeededActivity {
  std::string name;
  double now = 0;  ///< A week.
  NeededValue needed;
};

/// What it takes to make quota with a probability of `target`, changing one thing at a time.
struct WhatItTakes {
  double target = 0;

  /// New deals a week, all streams scaled alike.
  Reach leads = Reach::never;
  NeededValue leads_per_week;              ///< Unless never.
  std::vector<NeededActivity> activities;  ///< At that rate.

  /// More open deals on day one, of the kinds that are in the pipeline now; or, where the target is
  /// there, as few as are enough: deals without a name go in their mix, named ones stay.
  Reach pipeline = Reach::never;
  NeededValue added_deals;   ///< Unless never; whole numbers, below 0: so many fewer are enough.
  NeededValue day_one;       ///< The worth of the pipeline with these deals.
  bool met_by_rest = false;  ///< Without any deal that could go; so `day_one` may be even less.
};

/// How far `WhatItTakes` looks.
struct SearchLimits {
  double leads_per_week = 0;
  int added_deals = 0;
};

/// The chance of quota without one kind of what changes the funnel.
struct WithoutChange {
  enum class Kind { hours, rules, effort, ramp, seasons, shocks };
  Kind kind;
  Chance attain;
};

struct Explanation {
  std::int64_t replications = 0;
  std::uint64_t seed = 0;
  TerritoryArithmetic arithmetic;
  double expected_wins = 0;  ///< In closed form.
  double expected_bookings = 0;
  double expected_from_open = 0;  ///< The part of the deals that are open on day one.
  MeanEstimate simulated;         ///< Bookings.
  double standard_error = 0;      ///< Of the simulated mean.
  double simulated_wins = 0;      ///< Mean, from day one on.
  /// Mean of the hours that deals ask for as a share of those there are; none without a limit.
  std::optional<double> utilization;
  Quantile p10, p20, p50, p90;
  std::vector<ExpectationSummary> expectations;  ///< What should be true by the end of each week.
  std::vector<NamedDeal> named;                  ///< In the order of Territory::open.
  std::optional<Chance> attain;  ///< None without a quota, and then what follows is empty.
  /// How far the chance moves because inputs are uncertain; none if none is.
  std::optional<ChanceRange> attain_range;
  std::optional<Chance> attain_forecast;
  std::vector<LastUsefulWeek> last_useful_week;  ///< By stream; not empty without a quota.
  std::vector<DealEffect> deals;  ///< The three named ones that most is expected of, by what they
                                  ///< mean for the chance.
  std::vector<WithoutChange> without;  ///< Of the kinds that the territory has.
  double leads_per_week = 0;           ///< Now, all streams.
  std::vector<double> lead_shares;     ///< By stream; sums to 1.
  std::vector<std::size_t> added_to;   ///< Streams that added deals belong to.
  std::vector<WhatItTakes> takes;      ///< Even chance, 80 %.
  SearchLimits limits;
};

/// Explains one territory of the scenario, in the period of day one. The same luck as in a run of
/// the whole scenario with the same options. `options.replications` > 1.
Explanation explain(const Scenario& scenario, std::size_t territory,
                    const SimulationOptions& options);

}  // namespace attain
