#include "add_parts.hpp"
#include "current_period.hpp"
#include "expected_weeks.hpp"
#include "flows.hpp"
#include "identical_seats.hpp"
#include "roll_up.hpp"
#include "span_bookings.hpp"

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
        whole_(plan.spans.size() - 1),
        span_reader_(replications_),
        weekly_quantiles_(replications_, {weekly_levels.begin(), weekly_levels.end()}),
        activities_(activity_kinds(plan)),
        categories_(deal_categories(scenario)) {}

  Summary summarize() {
    Summary summary;
    summary.replications = outcomes_.replications;
    summary.activities = activities_;
    summary.categories = categories_;
    summary.cut_amounts = outcomes_.cut_amounts;
    summary.cut_leads = outcomes_.cut_leads;
    for (std::size_t i = 0; i < plan_.territories.size(); ++i) {
      summary.territories.push_back(territory(i));
    }
    std::vector<const Outlook*> outlooks;
    for (const TerritorySummary& each : summary.territories) outlooks.push_back(&each.outlook);
    std::vector<GroupSummary> groups = this->groups(whole_, outlooks);
    summary.company = std::move(groups.back());
    groups.pop_back();
    summary.regions = std::move(groups);
    if (whole_ > 0) add_periods(summary, outlooks);
    if (summary.company.at_quota) {
      summary.lowest = lowest();
      summary.identical_seats =
          identical_seats(plan_, outcomes_, *summary.company.at_quota, *summary.lowest);
    }
    return summary;
  }

 private:
  Outlook outlook(const std::string& name, const Goals& goals, const BookingsTally& tally,
                  const BookedBefore& before, std::size_t span) const {
    Outlook made;
    made.name = name;
    if (span != whole_) made.period = plan_.spans[span].period;
    made.quota = goals.quota;
    made.forecast = goals.forecast;
    const GoalTally& reached = tally.goals[span];
    if (goals.quota) {
      made.attain = chance_of(reached.at_quota, replications_);
      for (std::size_t i = 0; i < plan_.thresholds.size(); ++i) {
        made.thresholds.push_back(
            {plan_.thresholds[i], chance_of(reached.at_threshold[i], replications_)});
      }
    }
    if (goals.forecast) made.attain_forecast = chance_of(reached.at_forecast, replications_);
    made.bookings = span_reader_.read(bookings_of(plan_, tally, span, before));
    made.roll_up.booked = booked_in(plan_, span, before);
    return made;
  }

  void add_weekly_bookings(std::vector<WeekSummary>& weeks, const BookingsTally& tally,
                           const BookedBefore& before) const {
    const double count = cents_per_unit * static_cast<double>(replications_);
    for (std::size_t week = 0; week < weeks.size(); ++week) {
      const Counted booked = bookings_at_end_of(plan_, tally, week, before);
      weeks[week].bookings_mean = static_cast<double>(booked.moments.sum) / count;
      const auto values = weekly_quantiles_.values(booked, cents_per_unit);
      std::copy(values.begin(), values.end(), weeks[week].bookings.begin());
    }
  }

  /// The weeks of a span, of those of the whole.
  [[nodiscard]] std::vector<WeekSummary> weeks_of(const std::vector<WeekSummary>& all,
                                                  std::size_t span) const {
    const Span& weeks = plan_.spans[span];
    return {all.begin() + weeks.first_week, all.begin() + weeks.end_week};
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

  /// Without weeks, expectations and what is open on day one.
  Outlook territory_outlook(std::size_t index, std::size_t span) const {
    const TerritoryPlan& planned = plan_.territories[index];
    const BookingsTally& tally = outcomes_.territories[index].bookings;
    Outlook made = outlook(planned.name, planned.goals[span], tally, booked_before(planned), span);
    StreamFlows flows = stream_flows(plan_, outcomes_, index, span);
    made.wins = flows.dated.wins;
    for (const StreamSummary& stream : flows.streams) made.wins += stream.wins;
    made.streams = std::move(flows.streams);
    made.dated = flows.dated;
    made.expected_is_exact = !funnel_changes(scenario_, index);
    return made;
  }

  TerritorySummary territory(std::size_t index) const {
    const TerritoryPlan& planned = plan_.territories[index];
    const TerritoryTally& tally = outcomes_.territories[index];
    TerritorySummary made;
    made.outlook = territory_outlook(index, whole_);
    const Money booked = made.outlook.roll_up.booked;
    made.outlook.roll_up = roll_up(scenario_.territories[index], scenario_.calendar, categories_);
    made.outlook.roll_up.booked = booked;
    made.outlook.expected_wins = expected_[index].wins;
    made.outlook.expected_bookings = expected_[index].bookings + planned.actual.units();
    made.outlook.weeks = weekly_flows(plan_, outcomes_, index, activities_);
    add_weekly_bookings(made.outlook.weeks, tally.bookings, booked_before(planned));
    const std::vector<OpenDeals>& open = scenario_.territories[index].open;
    for (std::size_t i = 0; i < open.size(); ++i) {
      if (open[i].named()) made.deals.push_back(deal(index, made.deals.size(), i));
    }
    made.expectations = expected_by_week(plan_, outcomes_, index);
    if (planned.goals[whole_].quota) made.lowest = chance_of(tally.lowest, replications_);
    made.utilization = utilization_of(tally.utilization, replications_);
    return made;
  }

  std::vector<GroupSummary> groups(std::size_t span,
                                   const std::vector<const Outlook*>& territories) const {
    std::vector<GroupSummary> made;
    for (std::size_t i = 0; i < plan_.groups.size(); ++i)
      made.push_back(group(i, span, territories));
    return made;
  }

  GroupSummary group(std::size_t index, std::size_t span,
                     const std::vector<const Outlook*>& territories) const {
    const Group& planned = plan_.groups[index];
    const GroupTally& tally = outcomes_.groups[index];
    const BookedBefore before = booked_before(plan_, planned.territories);
    GroupSummary made;
    made.territories = planned.territories;
    made.sum_of_quotas = handed_out(planned, span);
    made.outlook =
        outlook(planned.name, plan_.group_goals[index][span], tally.bookings, before, span);
    std::vector<WeekSummary> weeks(static_cast<std::size_t>(plan_.weeks()));
    for (WeekSummary& week : weeks) week.activities.assign(activities_.size(), 0.0);
    add_weekly_bookings(weeks, tally.bookings, before);
    made.outlook.weeks = weeks_of(weeks, span);
    add_parts(made.outlook, planned.territories, territories);
    made.at_quota = at_quota(planned, tally, span);
    return made;
  }

  /// What was handed out to the territories of a group: as in Group::sum_of_quotas.
  [[nodiscard]] Money handed_out(const Group& group, std::size_t span) const {
    if (whole_ == 0) return group.sum_of_quotas;
    const std::optional<int>& only = plan_.spans[span].period;
    Money sum;
    for (const std::size_t member : group.territories) {
      const Territory& territory = scenario_.territories[member];
      for (int period = 0; period < scenario_.calendar.periods; ++period) {
        const std::optional<Money> quota = quota_in(territory, period);
        if (!quota || (only && *only != period + 1)) continue;
        sum += territory.relief ? territory.relief->before : *quota;
      }
    }
    return sum;
  }

  void add_periods(Summary& summary, const std::vector<const Outlook*>& of_year) const {
    const Scenario current = current_period_of(scenario_);
    const std::vector<TerritoryExpectation> expected =
        expectations(current, build_plan(current, &plan_));
    for (std::size_t span = 0; span < whole_; ++span) {
      PeriodSummary made;
      made.period = *plan_.spans[span].period;
      std::vector<const Outlook*> outlooks;
      for (std::size_t i = 0; i < plan_.territories.size(); ++i) {
        Outlook& outlook = made.territories.emplace_back(territory_outlook(i, span));
        outlook.weeks = weeks_of(of_year[i]->weeks, span);
        if (span > 0) continue;
        outlook.expected_wins = expected[i].wins;
        outlook.expected_bookings = expected[i].bookings;
      }
      for (const Outlook& outlook : made.territories) outlooks.push_back(&outlook);
      made.regions = groups(span, outlooks);
      made.company = std::move(made.regions.back());
      made.regions.pop_back();
      summary.periods.push_back(std::move(made));
    }
  }

  std::optional<AtQuota> at_quota(const Group& group, const GroupTally& tally,
                                  std::size_t span) const {
    AtQuota made;
    WideSum pairs = 0;
    for (const std::size_t member : group.territories) {
      if (!plan_.territories[member].goals[span].quota) continue;
      ++made.of;
      const std::uint64_t x = outcomes_.territories[member].bookings.goals[span].at_quota;
      if (x > 0) pairs += static_cast<WideSum>(x) * (x - 1);
    }
    if (made.of == 0) return {};
    const std::vector<std::uint64_t>& counts = tally.at_quota[span];
    const auto n = static_cast<double>(replications_);
    std::uint64_t sum = 0;
    for (std::size_t count = 0; count < counts.size(); ++count) sum += count * counts[count];
    made.mean = static_cast<double>(sum) / n;
    made.p10 = count_quantile(counts, 0.1);
    made.p50 = count_quantile(counts, 0.5);
    made.p90 = count_quantile(counts, 0.9);
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
  std::size_t whole_;  ///< The last of the spans: the year, else the only period.
  SpanReader span_reader_;
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
  for (const PeriodSummary& period : periods) {
    for (const Outlook& territory : period.territories) widen(widest, territory);
    for (const GroupSummary& region : period.regions) widen(widest, region.outlook);
    widen(widest, period.company.outlook);
  }
  return widest;
}

Summary summarize(const Scenario& scenario, const Plan& plan, const Outcomes& outcomes,
                  const std::vector<TerritoryExpectation>& expected) {
  return Summarizer(scenario, plan, outcomes, expected).summarize();
}

}  // namespace attain
