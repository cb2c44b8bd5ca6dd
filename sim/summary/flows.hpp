#pragma once

#include <attain/summary/summary.hpp>

namespace attain {

/// What flows through a territory, as means over replications: leads, wins, pipeline and
/// activities of every week, without the bookings of a week.
std::vector<WeekSummary> weekly_flows(const Plan& plan, const Outcomes& outcomes,
                                      std::size_t territory,
                                      const std::vector<std::string>& activities);

/// Leads, wins and bookings of every stream of a territory, and of its dated deals.
struct StreamFlows {
  std::vector<StreamSummary> streams;
  StreamSummary dated;
};
StreamFlows stream_flows(const Plan& plan, const Outcomes& outcomes, std::size_t territory);

/// The kinds of activities of all stages, sorted.
std::vector<std::string> activity_kinds(const Plan& plan);

}  // namespace attain
