#pragma once

#include <attain/engine/histogram.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace attain {

__extension__ using WideSum = unsigned __int128;

/// Sum and sum of squares of a non-negative integer over replications: exact, so that the order of
/// adding never shows.
struct Moments {
  WideSum sum = 0;
  WideSum squares = 0;

  void add(std::uint64_t value) {
    sum += value;
    squares += static_cast<WideSum>(value) * value;
  }
  void merge(const Moments& other) {
    sum += other.sum;
    squares += other.squares;
  }
};

/// Replications in which bookings reach goals by the end of a span.
struct GoalTally {
  std::uint64_t at_quota = 0;  ///< Replications with booked >= quota.
  std::uint64_t at_forecast = 0;
  std::vector<std::uint64_t> at_threshold;  ///< Of Plan::thresholds.
};

/// Bookings of a territory or group over replications.
struct BookingsTally {
  /// By week: bookings at its end since its period's start, in cents.
  std::vector<Moments> moments;
  std::vector<Histogram> histograms;  ///< Likewise.
  Moments year;                       ///< Of all periods, where Plan::spans has the year.
  Histogram year_histogram;
  std::vector<GoalTally> goals;  ///< As in Plan::spans.
};

/// Sums over replications of what flows through a territory, by week.
struct FlowTally {
  std::vector<std::vector<std::uint64_t>> leads;    ///< [stage][week] new deals that start there.
  std::vector<std::uint64_t> wins;                  ///< [week], named deals included.
  std::vector<std::vector<std::uint64_t>> entered;  ///< [stage][week] deals that came into it.
  std::vector<std::vector<std::uint64_t>> present;  ///< [stage][week] at the start of each step.
  std::vector<std::vector<std::uint64_t>> open;     ///< [stage][week] at the end of the week,
                                                    ///< without named deals.
  WideSum bookings = 0;                             ///< In cents, named deals included.
};

/// Hours that open deals ask for as a share of the hours there are, in millionths.
struct UtilizationTally {
  std::vector<Moments> weeks;  ///< Empty where hours are not limited.
  Moments period;
  Histogram period_histogram;
};

struct TerritoryTally {
  BookingsTally bookings;
  std::vector<FlowTally> flows;                        ///< As in TerritoryPlan::flows.
  std::vector<std::vector<std::uint64_t>> named_wins;  ///< [deal][week] won in that week.
  std::vector<std::vector<std::uint64_t>>
      named_pipeline;               ///< [deal][week] open in a pipeline stage at its end.
  std::vector<std::uint64_t> wins;  ///< [n] replications with n wins.
  /// [item][week][n] of the replications below progress_replications, those in which
  /// TerritoryPlan::progress stands at n at the week's end.
  std::vector<std::vector<std::vector<std::uint32_t>>> progress;
  UtilizationTally utilization;
  std::uint64_t lowest = 0;  ///< Replications in which its attainment is the lowest, by the last
                             ///< span.
};

struct GroupTally {
  BookingsTally bookings;
  /// [span][n] replications in which n territories make quota.
  std::vector<std::vector<std::uint64_t>> at_quota;
};

/// What a simulation counted. Integers only: merging is associative and exact.
struct Outcomes {
  std::int64_t replications = 0;
  std::vector<TerritoryTally> territories;
  std::vector<GroupTally> groups;  ///< As in Plan::groups.
  Histogram lowest_attainment;     ///< Of the territories with a quota, in millionths.
  Moments lowest_moments;
  std::uint64_t cut_amounts = 0;  ///< Amounts that were cut at 1e12.
  std::uint64_t cut_leads = 0;    ///< Leads beyond the deals that a territory has room for.

  void merge(const Outcomes& other);
  void merge(Outcomes&& other);
};

}  // namespace attain
