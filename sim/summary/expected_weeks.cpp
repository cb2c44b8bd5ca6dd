#include "expected_weeks.hpp"

#include "span_bookings.hpp"

namespace attain {

namespace {

/// Mean counts of one item by week, not yet cumulative, over all replications.
class WeeklyMeans {
 public:
  WeeklyMeans(const TerritoryPlan& plan, const TerritoryTally& tally, double replications,
              std::size_t weeks)
      : plan_(plan), tally_(tally), replications_(replications), weeks_(weeks) {}

  [[nodiscard]] std::vector<double> of(std::size_t item) const {
    std::vector<double> means(weeks_, 0.0);
    for (std::size_t f = 0; f < plan_.flows.size(); ++f) {
      const FlowPlan& flow = plan_.flows[f];
      const FlowTally& tally = tally_.flows[f];
      for (std::size_t s = 0; s < flow.stages.size(); ++s) {
        if (flow.leads_progress == item) add(means, tally.leads[s], 1);
        if (flow.stages[s].progress != item) continue;
        add(means, tally.entered[s], 1);
        add(means, tally.leads[s], -1);  // They start there, and have not advanced into it.
      }
      if (item + 1 == plan_.progress.size()) add(means, tally.wins, 1);
    }
    return means;
  }

 private:
  void add(std::vector<double>& means, const std::vector<std::uint64_t>& counts, int sign) const {
    for (std::size_t week = 0; week < weeks_; ++week) {
      means[week] += sign * static_cast<double>(counts[week]) / replications_;
    }
  }

  const TerritoryPlan& plan_;
  const TerritoryTally& tally_;
  double replications_;
  std::size_t weeks_;
};

std::string what_of(const ProgressPlan& item) {
  switch (item.kind) {
    case ProgressPlan::Kind::leads: return "leads";
    case ProgressPlan::Kind::stage: return item.stage;
    case ProgressPlan::Kind::wins: break;
  }
  return "wins";
}

/// The smallest count with at least this share of the replications at it or below.
double quantile_of(const std::vector<std::uint32_t>& replications, double probability) {
  return static_cast<double>(
      count_quantile({replications.begin(), replications.end()}, probability));
}

ExpectationSummary bookings_by_week(const Plan& plan, const BookingsTally& tally,
                                    const BookedBefore& before, std::uint64_t replications) {
  constexpr double cents_per_unit = 100;
  const QuantileReader reader(replications, {0.1, 0.9});
  ExpectationSummary made{"sales", "bookings", {}};
  for (std::size_t week = 0; week < tally.moments.size(); ++week) {
    const auto values =
        reader.values(bookings_at_end_of(plan, tally, week, before), cents_per_unit);
    made.weeks.push_back(
        {mean_of(tally.moments[week], replications, cents_per_unit).mean, values[0], values[1]});
  }
  return made;
}

}  // namespace

std::vector<ExpectationSummary> expected_by_week(const Plan& plan, const Outcomes& outcomes,
                                                 std::size_t territory) {
  const TerritoryPlan& planned = plan.territories[territory];
  const TerritoryTally& tally = outcomes.territories[territory];
  const auto weeks = static_cast<std::size_t>(plan.weeks());
  const WeeklyMeans means(planned, tally, static_cast<double>(outcomes.replications), weeks);
  std::vector<ExpectationSummary> all;
  for (std::size_t item = 0; item < planned.progress.size(); ++item) {
    const ProgressPlan& counted = planned.progress[item];
    const bool is_wins = counted.kind == ProgressPlan::Kind::wins;
    ExpectationSummary made{is_wins ? "sales" : counted.owner, what_of(counted), {}};
    const std::vector<double> in_week = means.of(item);
    double to_date = 0;
    for (std::size_t week = 0; week < weeks; ++week) {
      to_date += in_week[week];
      const std::vector<std::uint32_t>& counts = tally.progress[item][week];
      made.weeks.push_back({to_date, quantile_of(counts, 0.1), quantile_of(counts, 0.9)});
    }
    all.push_back(std::move(made));
  }
  all.push_back(bookings_by_week(plan, tally.bookings, booked_before(planned),
                                 static_cast<std::uint64_t>(outcomes.replications)));
  return all;
}

}  // namespace attain
