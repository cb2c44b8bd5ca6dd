#pragma once

#include <attain/summary/summary.hpp>

namespace attain {

/// What flows through a territory, as means over replications: leads, wins, pipeline, activities
/// and utilization of every week, without the bookings of a week.
std::vector<WeekSummary> weekly_flows(const Plan& plan, const Outcomes& outcomes,
                                      std::size_t territory,
                                      const std::vector<std::string>& activities);

/// Leads, wins and bookings of every stream of a territory, and of its dated deals.
struct StreamFlows {
  std::vector<StreamSummary> streams;
  StreamSummary dated;
};
/// In a span; bookings only of the whole, the last one, as they are not counted by period.
StreamFlows stream_flows(const Plan& plan, const Outcomes& outcomes, std::size_t territory,
                         std::size_t span);

/// None where hours are not limited.
std::optional<Utilization> utilization_of(const UtilizationTally& tally,
                                          std::uint64_t replications);

/// The kinds of activities of all stages, sorted.
std::vector<std::string> activity_kinds(const Plan& plan);

}  // namespace attain
