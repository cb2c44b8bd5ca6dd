#include "expected_weeks.hpp"
#include "flows.hpp"
#include "identical_seats.hpp"
#include "roll_up.hpp"

#include <attain/summary/summary.hpp>

#include <algorithm>
#include <numeric>

namespace attain {

namespace {

constexpr double cents_per_unit = 100;

class Summarizer {
 public:
  Summarizer(const Scenario& scenario, const Plan& plan, const Outcomes& outcomes,
             const std::vector<TerritoryExpectation>& expected)
      : scenario_(scenario),
        plan_(plan),
        outcomes_(outcomes),
        expected_(expected),
        replications_(static_cast<std::uint64_t>(outcomes.replications)),
        period_quantiles_(replications_, {0.1, 0.2, 0.5, 0.9}),
        weekly_quantiles_(replications_, {weekly_levels.begin(), weekly_levels.end()}),
        activities_(activity_kinds(plan)),
        categories_(deal_categories(scenario)) {}

  Summary summarize() {
    Summary summary;
    summary.replications = outcomes_.replications;
    summary.activities = activities_;
    summary.categories = categories_;
    summary.cut_amounts = outcomes_.cut_amounts;
    for (std::size_t i = 0; i < plan_.territories.size(); ++i) {
      summary.territories.push_back(territory(i));
    }
    for (std::size_t i = 0; i < plan_.groups.size(); ++i) {
      GroupSummary made = group(i, summary.territories);
      if (i + 1 < plan_.groups.size()) {
        summary.regions.push_back(std::move(made));
      } else {
        summary.company = std::move(made);
      }
    }
    if (summary.company.at_quota) {
      summary.lowest = lowest();
      summary.identical_seats =
          identical_seats(plan_, outcomes_, *summary.company.at_quota, *summary.lowest);
    }
    return summary;
  }

 private:
  Outlook outlook(const std::string& name, const std::optional<Money>& quota,
                  const std::optional<Money>& forecast, const BookingsTally& tally,
                  Money booked) const {
    Outlook made;
    made.name = name;
    made.quota = quota;
    made.forecast = forecast;
    if (quota) {
      made.attain = chance_of(tally.at_quota, replications_);
      for (std::size_t i = 0; i < plan_.thresholds.size(); ++i) {
        made.thresholds.push_back(
            {plan_.thresholds[i], chance_of(tally.at_threshold[i], replications_)});
      }
    }
    if (forecast) made.attain_forecast = chance_of(tally.at_forecast, replications_);
    made.bookings.mean = mean_of(tally.moments.back(), replications_, cents_per_unit);
    const auto quantiles =
        period_quantiles_.read(counted(tally, tally.moments.size() - 1, booked), cents_per_unit);
    made.bookings.p10 = quantiles[0];
    made.bookings.p20 = quantiles[1];
    made.bookings.p50 = quantiles[2];
    made.bookings.p90 = quantiles[3];
    return made;
  }

  void add_weekly_bookings(std::vector<WeekSummary>& weeks, const BookingsTally& tally,
                           Money booked) const {
    const double count = cents_per_unit * static_cast<double>(replications_);
    for (std::size_t week = 0; week < weeks.size(); ++week) {
      weeks[week].bookings_mean = static_cast<double>(tally.moments[week].sum) / count;
      const auto values = weekly_quantiles_.values(counted(tally, week, booked), cents_per_unit);
      std::copy(values.begin(), values.end(), weeks[week].bookings.begin());
    }
  }

  /// The `index`-th of the named ones, which stands at `open`.
  DealSummary deal(std::size_t territory, std::size_t index, std::size_t open) const {
    DealSummary made;
    made.deal = scenario_.territories[territory].open[open].deal;
    made.open = open;
    const auto& wins = outcomes_.territories[territory].named_wins[index];
    made.win =
        chance_of(std::accumulate(wins.begin(), wins.end(), std::uint64_t{0}), replications_);
    made.expected = expected_[territory].deals[index];
    return made;
  }

  TerritorySummary territory(std::size_t index) const {
    const TerritoryPlan& planned = plan_.territories[index];
    const TerritoryTally& tally = outcomes_.territories[index];
    TerritorySummary made;
    Outlook& outlook_of = made.outlook;
    outlook_of =
        outlook(planned.name, planned.quota, planned.forecast, tally.bookings, planned.booked);
    StreamFlows flows = stream_flows(plan_, outcomes_, index);
    outlook_of.wins = flows.dated.wins;
    for (const StreamSummary& stream : flows.streams) outlook_of.wins += stream.wins;
    outlook_of.streams = std::move(flows.streams);
    outlook_of.dated = flows.dated;
    outlook_of.roll_up = roll_up(scenario_.territories[index], scenario_.calendar, categories_);
    outlook_of.expected_wins = expected_[index].wins;
    outlook_of.expected_bookings = expected_[index].bookings;
    outlook_of.expected_is_exact = !funnel_changes(scenario_, index);
    outlook_of.weeks = weekly_flows(plan_, outcomes_, index, activities_);
    add_weekly_bookings(outlook_of.weeks, tally.bookings, planned.booked);
    const std::vector<OpenDeals>& open = scenario_.territories[index].open;
    for (std::size_t i = 0; i < open.size(); ++i) {
      if (open[i].named()) made.deals.push_back(deal(index, made.deals.size(), i));
    }
    made.expectations = expected_by_week(plan_, outcomes_, index);
    if (planned.quota) made.lowest = chance_of(tally.lowest, replications_);
    return made;
  }

  static void add_streams(std::vector<StreamSummary>& to, const std::vector<StreamSummary>& from) {
    for (const StreamSummary& stream : from) {
      const auto known = std::find_if(to.begin(), to.end(), [&stream](const StreamSummary& other) {
        return other.name == stream.name;
      });
      if (known == to.end()) {
        to.push_back(stream);
        continue;
      }
      known->leads += stream.leads;
      known->wins += stream.wins;
      known->bookings += stream.bookings;
    }
  }

  static void add_weeks(std::vector<WeekSummary>& to, const std::vector<WeekSummary>& from) {
    for (std::size_t week = 0; week < to.size(); ++week) {
      to[week].pipeline += from[week].pipeline;
      to[week].leads += from[week].leads;
      to[week].wins += from[week].wins;
      for (std::size_t kind = 0; kind < to[week].activities.size(); ++kind) {
        to[week].activities[kind] += from[week].activities[kind];
      }
    }
  }

  GroupSummary group(std::size_t index, const std::vector<TerritorySummary>& territories) const {
    const Group& planned = plan_.groups[index];
    const GroupTally& tally = outcomes_.groups[index];
    GroupSummary made;
    made.territories = planned.territories;
    made.sum_of_quotas = planned.sum_of_quotas;
    Outlook& total = made.outlook;
    Money booked;
    for (const std::size_t member : planned.territories) {
      booked += plan_.territories[member].booked;
    }
    total = outlook(planned.name, planned.quota, planned.forecast, tally.bookings, booked);
    total.weeks.resize(static_cast<std::size_t>(plan_.weeks()));
    for (WeekSummary& week : total.weeks) week.activities.assign(activities_.size(), 0.0);
    for (const std::size_t member : planned.territories) {
      const Outlook& part = territories[member].outlook;
      total.wins += part.wins;
      total.expected_wins += part.expected_wins;
      total.expected_bookings += part.expected_bookings;
      total.expected_is_exact = total.expected_is_exact && part.expected_is_exact;
      add_streams(total.streams, part.streams);
      total.dated.wins += part.dated.wins;
      total.dated.bookings += part.dated.bookings;
      add_roll_up(total.roll_up, part.roll_up);
      add_weeks(total.weeks, part.weeks);
    }
    add_weekly_bookings(total.weeks, tally.bookings, booked);
    made.at_quota = at_quota(planned, tally);
    return made;
  }

  std::optional<AtQuota> at_quota(const Group& group, const GroupTally& tally) const {
    AtQuota made;
    WideSum pairs = 0;
    for (const std::size_t member : group.territories) {
      if (!plan_.territories[member].quota) continue;
      ++made.of;
      const std::uint64_t x = outcomes_.territories[member].bookings.at_quota;
      if (x > 0) pairs += static_cast<WideSum>(x) * (x - 1);
    }
    if (made.of == 0) return {};
    const auto n = static_cast<double>(replications_);
    std::uint64_t sum = 0;
    for (std::size_t count = 0; count < tally.at_quota.size(); ++count) {
      sum += count * tally.at_quota[count];
    }
    made.mean = static_cast<double>(sum) / n;
    made.p10 = count_quantile(tally.at_quota, 0.1);
    made.p50 = count_quantile(tally.at_quota, 0.5);
    made.p90 = count_quantile(tally.at_quota, 0.9);
    if (replications_ > 1) made.repeat = static_cast<double>(pairs) / (n * (n - 1));
    return made;
  }

  LowestSummary lowest() const {
    constexpr double millionths = 1e6;
    const QuantileReader reader(replications_, {0.1, 0.5, 0.9});
    const auto values =
        reader.values({outcomes_.lowest_attainment, outcomes_.lowest_moments}, millionths);
    LowestSummary made{mean_of(outcomes_.lowest_moments, replications_, millionths).mean, values[0],
                       values[1], values[2], 0};
    std::uint64_t most = 0;
    for (std::size_t i = 0; i < plan_.territories.size(); ++i) {
      const std::uint64_t times = outcomes_.territories[i].lowest;
      // Of equals the first by name, so that the order in the file does not show.
      const bool earlier = times == most && times > 0 &&
                           plan_.territories[i].name < plan_.territories[made.most_often].name;
      if (times > most || earlier) {
        most = times;
        made.most_often = i;
      }
    }
    return made;
  }

  const Scenario& scenario_;
  const Plan& plan_;
  const Outcomes& outcomes_;
  const std::vector<TerritoryExpectation>& expected_;
  std::uint64_t replications_;
  QuantileReader period_quantiles_;
  QuantileReader weekly_quantiles_;
  std::vector<std::string> activities_;
  std::vector<std::string> categories_;
};

void widen(double& widest, const Outlook& outlook) {
  if (outlook.attain) widest = std::max(widest, outlook.attain->half_width());
  if (outlook.attain_forecast) widest = std::max(widest, outlook.attain_forecast->half_width());
}

}  // namespace

bool Outlook::quota_is_booked() const { return quota && roll_up.booked >= *quota; }

std::optional<double> Outlook::attainment() const {
  if (!quota) return {};
  return bookings.mean.mean / quota->units();
}

double Summary::widest_half_width() const {
  double widest = 0;
  for (const TerritorySummary& territory : territories) widen(widest, territory.outlook);
  for (const GroupSummary& region : regions) widen(widest, region.outlook);
  widen(widest, company.outlook);
  return widest;
}

Summary summarize(const Scenario& scenario, const Plan& plan, const Outcomes& outcomes,
                  const std::vector<TerritoryExpectation>& expected) {
  return Summarizer(scenario, plan, outcomes, expected).summarize();
}

}  // namespace attain
