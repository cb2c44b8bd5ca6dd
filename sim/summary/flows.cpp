#include "flows.hpp"

#include <algorithm>
#include <numeric>
#include <set>

namespace attain {

namespace {

constexpr double in_millionths = 1e6;

std::uint64_t sum_of(const std::vector<std::uint64_t>& counts, const Span& span) {
  return std::accumulate(counts.begin() + span.first_week, counts.begin() + span.end_week,
                         std::uint64_t{0});
}

void add_utilization(std::vector<WeekSummary>& weeks, const UtilizationTally& tally,
                     std::uint64_t replications) {
  for (std::size_t week = 0; week < tally.weeks.size(); ++week) {
    weeks[week].utilization = mean_of(tally.weeks[week], replications, in_millionths).mean;
  }
}

void add_flow(std::vector<WeekSummary>& weeks, const FlowPlan& flow, const FlowTally& tally,
              double n) {
  for (std::size_t week = 0; week < weeks.size(); ++week) {
    std::uint64_t open = 0;
    for (std::size_t stage = flow.pipeline_from; stage < flow.stages.size(); ++stage) {
      open += tally.open[stage][week];
    }
    for (const auto& of_stage : tally.leads) {
      weeks[week].leads += static_cast<double>(of_stage[week]) / n;
    }
    weeks[week].wins += static_cast<double>(tally.wins[week]) / n;
    weeks[week].pipeline += static_cast<double>(open) * flow.amount.expected / n;
  }
}

void add_activities(std::vector<WeekSummary>& weeks, const FlowPlan& flow, const FlowTally& tally,
                    double n, double step_weeks, const std::vector<std::string>& kinds) {
  for (std::size_t stage = 0; stage < flow.stages.size(); ++stage) {
    for (const Activity& activity : flow.stages[stage].activities) {
      const auto kind = static_cast<std::size_t>(
          std::lower_bound(kinds.begin(), kinds.end(), activity.name) - kinds.begin());
      for (std::size_t week = 0; week < weeks.size(); ++week) {
        const auto entered = static_cast<double>(tally.entered[stage][week]);
        const auto present = static_cast<double>(tally.present[stage][week]);
        weeks[week].activities[kind] +=
            (entered * activity.on_entry + present * activity.per_week * step_weeks) / n;
      }
    }
  }
}

}  // namespace

std::optional<Utilization> utilization_of(const UtilizationTally& tally,
                                          std::uint64_t replications) {
  if (tally.weeks.empty()) return {};
  const Counted counted{tally.period_histogram, tally.period};
  return Utilization{mean_of(tally.period, replications, in_millionths).mean,
                     QuantileReader(replications, {0.9}).values(counted, in_millionths).front()};
}

std::vector<WeekSummary> weekly_flows(const Plan& plan, const Outcomes& outcomes,
                                      std::size_t territory,
                                      const std::vector<std::string>& activities) {
  const TerritoryPlan& planned = plan.territories[territory];
  const TerritoryTally& tally = outcomes.territories[territory];
  const auto n = static_cast<double>(outcomes.replications);
  std::vector<WeekSummary> weeks(static_cast<std::size_t>(plan.weeks()));
  for (WeekSummary& week : weeks) week.activities.assign(activities.size(), 0.0);
  for (std::size_t i = 0; i < planned.flows.size(); ++i) {
    add_flow(weeks, planned.flows[i], tally.flows[i], n);
    add_activities(weeks, planned.flows[i], tally.flows[i], n, plan.step_weeks(), activities);
  }
  for (std::size_t i = 0; i < planned.named.size(); ++i) {
    for (std::size_t week = 0; week < weeks.size(); ++week) {
      const auto open = static_cast<double>(tally.named_pipeline[i][week]);
      weeks[week].pipeline += open * planned.named[i].amount.expected / n;
    }
  }
  add_utilization(weeks, tally.utilization, static_cast<std::uint64_t>(outcomes.replications));
  return weeks;
}

StreamFlows stream_flows(const Plan& plan, const Outcomes& outcomes, std::size_t territory,
                         std::size_t span) {
  const Span& weeks = plan.spans[span];
  const bool whole = span + 1 == plan.spans.size();
  const TerritoryPlan& planned = plan.territories[territory];
  const TerritoryTally& tally = outcomes.territories[territory];
  const auto n = static_cast<double>(outcomes.replications);
  struct Sums {
    std::uint64_t leads = 0, wins = 0;
    WideSum bookings = 0;
  };
  std::vector<Sums> sums(planned.streams.size() + 1);  // Dated deals behind the streams.
  for (std::size_t i = 0; i < planned.flows.size(); ++i) {
    Sums& part = sums[planned.flows[i].stream.value_or(planned.streams.size())];
    for (const auto& of_stage : tally.flows[i].leads) part.leads += sum_of(of_stage, weeks);
    part.wins += sum_of(tally.flows[i].wins, weeks);
    part.bookings += tally.flows[i].bookings;
  }
  const auto summary_of = [n, whole](const std::string& name, const Sums& part) {
    StreamSummary made{
        name, static_cast<double>(part.leads) / n, static_cast<double>(part.wins) / n, {}};
    if (whole) made.bookings = static_cast<double>(part.bookings) / (100 * n);
    return made;
  };
  StreamFlows flows;
  for (std::size_t i = 0; i < planned.streams.size(); ++i) {
    flows.streams.push_back(summary_of(planned.streams[i], sums[i]));
  }
  flows.dated = summary_of({}, sums.back());
  return flows;
}

std::vector<std::string> activity_kinds(const Plan& plan) {
  std::set<std::string> kinds;
  for (const TerritoryPlan& territory : plan.territories) {
    for (const FlowPlan& flow : territory.flows) {
      for (const StagePlan& stage : flow.stages) {
        for (const Activity& activity : stage.activities) kinds.insert(activity.name);
      }
    }
  }
  return {kinds.begin(), kinds.end()};
}

}  // namespace attain
