#include "support/oracle/compare_with_engine.hpp"

#include "support/oracle/bookings_checks.hpp"
#include "support/oracle/solver.hpp"

#include <algorithm>
#include <numeric>

namespace attain::oracle {

namespace {

/// Sums over the flows of one stream, of the dated deals, or of all, of a number per flow.
template <class Number>
auto over_flows(const TerritoryPlan& plan, const TerritoryTally& tally,
                const TerritoryLaw::Part& part, const Number& number) {
  decltype(number(tally.flows[0])) sum = 0;
  for (std::size_t f = 0; f < tally.flows.size(); ++f) {
    if (part.stream && plan.flows[f].stream != part.stream) continue;
    if (part.dated && plan.flows[f].stream) continue;
    sum += number(tally.flows[f]);
  }
  return sum;
}

std::uint64_t total(const std::vector<std::uint64_t>& by_week) {
  return std::accumulate(by_week.begin(), by_week.end(), std::uint64_t{0});
}

/// How often each number of 0, 1, 2, ... was counted: their sum.
std::uint64_t sum_of(const std::vector<std::uint64_t>& histogram) {
  std::uint64_t sum = 0;
  for (std::size_t n = 0; n < histogram.size(); ++n) sum += n * histogram[n];
  return sum;
}

class TerritoryComparison {
 public:
  TerritoryComparison(Agreement& agreement, std::string name, const TerritoryLaw& law,
                      const Territory& territory, const Calendar& calendar,
                      const TerritoryPlan& plan, const TerritoryTally& tally)
      : agreement_(agreement),
        name_(std::move(name)),
        law_(law),
        territory_(territory),
        calendar_(calendar),
        plan_(plan),
        tally_(tally) {}

  void wins() {
    const CountLaw law = law_.wins(law_.all(), {});
    const double mean = law.mean();
    long double squares = 0;
    for (std::size_t n = 0; n < tally_.wins.size(); ++n) {
      const long double apart = static_cast<long double>(n) - static_cast<long double>(mean);
      squares += apart * apart * static_cast<long double>(tally_.wins[n]);
    }
    const double variance = law.variance();
    agreement_.count(Kind::wins_mean, name_, sum_of(tally_.wins), law);
    agreement_.sum(Kind::wins_variance, name_, squares, variance,
                   law.fourth_central_moment() - variance * variance);
    agreement_.distribution(Kind::wins_distribution, name_, tally_.wins, law.probabilities());
    for (int week = 0; week < weeks(); ++week) {
      const auto of_week = [week](const FlowTally& flow) { return flow.wins[week]; };
      agreement_.count(Kind::wins_by_week, at(week), over_flows(plan_, tally_, {}, of_week),
                       law_.wins(steps_of(week), {}));
    }
  }

  void bookings() {
    for (int week = 0; week < weeks(); ++week) {
      const BookingsLaw law = law_.booked_by(steps_of(week).to - 1);
      const bool last = week + 1 == weeks();
      const Moments& moments = tally_.bookings.moments[week];
      agreement_.sum(last ? Kind::bookings_mean : Kind::bookings_by_week, at(week),
                     units(moments.sum), law.mean(), law.variance(), skewness(law));
      check_variance(agreement_, last ? Kind::bookings_variance : Kind::bookings_by_week,
                     at(week) + ", variance", moments, law);
    }
  }

  void streams() {
    for (std::size_t s = 0; s < territory_.streams.size(); ++s) {
      const std::string what = name_ + ", stream " + std::to_string(s + 1);
      flows({s, false}, what);
      const auto leads = [](const FlowTally& flow) {
        std::uint64_t sum = 0;
        for (const auto& by_week : flow.leads) sum += total(by_week);
        return sum;
      };
      agreement_.count(Kind::leads, what, over_flows(plan_, tally_, {s, false}, leads),
                       law_.leads(law_.all(), {s, false}));
      for (std::size_t stage = 0; stage < territory_.streams[s].funnel.stages.size(); ++stage) {
        for (int week = 0; week < weeks(); ++week) stage_in_week(s, stage, week);
      }
    }
  }

  void dated_deals() {
    const TerritoryLaw::Part part{.stream = {}, .without_named = false, .dated = true};
    const TerritoryLaw::Part counted{.stream = {}, .without_named = true, .dated = true};
    flows(part, name_ + ", dated");
    for (int week = 0; week < weeks(); ++week) {
      const auto open = [week](const FlowTally& flow) { return flow.open[0][week]; };
      const auto won = [week](const FlowTally& flow) { return flow.wins[week]; };
      agreement_.count(Kind::dated_deals, at(week) + ", open",
                       over_flows(plan_, tally_, counted, open),
                       law_.open(0, steps_of(week).to - 1, counted));
      agreement_.count(Kind::dated_deals, at(week) + ", won", over_flows(plan_, tally_, part, won),
                       law_.wins(steps_of(week), part));
    }
  }

  void named_deals() {
    for (std::size_t i = 0; i < plan_.named.size(); ++i) {
      const std::string& deal = plan_.named[i].deal;
      agreement_.event(Kind::named_deal, name_ + ", " + deal, total(tally_.named_wins[i]),
                       {law_.win_chance(deal, law_.all()), 0});
      for (int week = 0; week < weeks(); ++week) {
        agreement_.event(Kind::named_deal, at(week) + ", " + deal, tally_.named_wins[i][week],
                         {law_.win_chance(deal, steps_of(week)), 0});
        agreement_.event(Kind::named_deal, at(week) + ", " + deal + " open",
                         tally_.named_pipeline[i][week],
                         {law_.open_chance(deal, plan_.flows[plan_.named[i].flow].pipeline_from,
                                           steps_of(week).to - 1),
                          0});
      }
    }
  }

  /// What was counted week by week, in the first replications alone.
  void progress() {
    for (std::size_t i = 0; i < plan_.progress.size(); ++i) {
      const ProgressPlan& item = plan_.progress[i];
      for (int week = 0; week < weeks(); ++week) {
        const CountLaw law = progress_law(item, {0, steps_of(week).to});
        const std::vector<std::uint64_t> counts(tally_.progress[i][week].begin(),
                                                tally_.progress[i][week].end());
        const auto replications = static_cast<std::int64_t>(
            std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}));
        Agreement first(replications);
        const std::string what = at(week) + ", progress of " + item.owner + " " + item.stage;
        first.count(Kind::progress, what, sum_of(counts), law);
        first.distribution(Kind::progress, what, counts, law.probabilities());
        agreement_.add(first);
      }
    }
  }

 private:
  void flows(const TerritoryLaw::Part& part, const std::string& what) {
    const auto won = [](const FlowTally& flow) { return total(flow.wins); };
    const auto booked = [](const FlowTally& flow) { return units(flow.bookings); };
    agreement_.count(Kind::stream_wins, what, over_flows(plan_, tally_, part, won),
                     law_.wins(law_.all(), part));
    const BookingsLaw law = law_.bookings(law_.all(), part);
    agreement_.sum(Kind::stream_bookings, what, over_flows(plan_, tally_, part, booked), law.mean(),
                   law.variance(), skewness(law));
  }

  /// From the scenario alone: whose leads, and which stages have this owner and name.
  CountLaw progress_law(const ProgressPlan& item, Steps range) const {
    if (item.kind == ProgressPlan::Kind::wins) return law_.wins(range, {});
    CountLaw sum;
    for (std::size_t s = 0; s < territory_.streams.size(); ++s) {
      const Stream& stream = territory_.streams[s];
      if (item.kind == ProgressPlan::Kind::leads) {
        if (stream.owner == item.owner) sum.add(law_.leads(range, {s, false}));
        continue;
      }
      for (std::size_t stage = 1; stage < stream.funnel.stages.size(); ++stage) {
        const Stage& here = stream.funnel.stages[stage];
        if (here.owner != item.owner || here.name != item.stage) continue;
        sum.add(law_.advanced(stage, range, {s, false}));
      }
    }
    return sum;
  }

  void stage_in_week(std::size_t stream, std::size_t stage, int week) {
    const std::string what = at(week) + ", stream " + std::to_string(stream + 1) + ", stage " +
                             std::to_string(stage + 1);
    const Steps steps = steps_of(week);
    const auto leads = [&](const FlowTally& flow) { return flow.leads[stage][week]; };
    agreement_.count(Kind::leads, what, over_flows(plan_, tally_, {stream, false}, leads),
                     law_.leads(stage, steps, {stream, false}));
    const auto entered = [&](const FlowTally& flow) { return flow.entered[stage][week]; };
    const auto open = [&](const FlowTally& flow) { return flow.open[stage][week]; };
    agreement_.count(Kind::stage_entries, what, over_flows(plan_, tally_, {stream, false}, entered),
                     law_.entered(stage, steps, {stream, false}));
    agreement_.count(Kind::stage_occupancy, what, over_flows(plan_, tally_, {stream, false}, open),
                     law_.open(stage, steps.to - 1, {stream, true}));
    if (calendar_.steps_per_week() > 1 || week == 0) return;
    // With weekly steps the deals at the start of a step are those of the end of the one before.
    const auto present = [&](const FlowTally& flow) { return flow.present[stage][week]; };
    agreement_.count(Kind::stage_occupancy, what + ", at the start",
                     over_flows(plan_, tally_, {stream, false}, present),
                     law_.open(stage, steps.from - 1, {stream, false}));
  }

  /// Weeks are the period's; the first and the last may be in part.
  [[nodiscard]] int weeks() const {
    int week = 0;
    while (steps_of(week).to < law_.steps) ++week;
    return week + 1;
  }
  [[nodiscard]] Steps steps_of(int week) const {
    const int per_week = calendar_.steps_per_week();
    const int first = (calendar_.steps_done / per_week + week) * per_week - calendar_.steps_done;
    return {std::max(first, 0), std::min(first + per_week, law_.steps)};
  }
  [[nodiscard]] std::string at(int week) const {
    return name_ + ", week " + std::to_string(week + 1);
  }

  Agreement& agreement_;
  std::string name_;
  const TerritoryLaw& law_;
  const Territory& territory_;
  const Calendar& calendar_;
  const TerritoryPlan& plan_;
  const TerritoryTally& tally_;
};

}  // namespace

Agreement compare(const Scenario& believed, const Plan& plan, const Outcomes& outcomes,
                  LawVariant variant) {
  Agreement agreement(outcomes.replications);
  std::vector<BookingsLaw> bookings;
  std::vector<double> at_quota;
  for (std::size_t t = 0; t < believed.territories.size(); ++t) {
    const Territory& territory = believed.territories[t];
    const std::string name = believed.name + ": " + territory.name;
    const TerritoryLaw law = solve(territory, believed.calendar, variant);
    TerritoryComparison comparison(agreement, name, law, territory, believed.calendar,
                                   plan.territories[t], outcomes.territories[t]);
    comparison.wins();
    comparison.bookings();
    comparison.streams();
    comparison.dated_deals();
    comparison.named_deals();
    comparison.progress();
    bookings.push_back(law.booked_by(law.steps - 1));
    at_quota.push_back(
        check_chances(agreement, Kind::attained,
                      {name, territory.quota, territory.forecast, outcomes.territories[t].bookings},
                      bookings.back(), believed.thresholds));
  }
  std::vector<Group> groups = region_groups(believed);
  groups.push_back(company_group(believed));
  for (std::size_t g = 0; g < groups.size(); ++g) {
    // A group of one has the same bookings as its territory.
    if (groups[g].territories.size() < 2) continue;
    const std::string name = believed.name + ": " + groups[g].name;
    const GroupTally& tally = outcomes.groups[g];
    BookingsLaw sum;
    CountLaw number_at_quota;
    for (const std::size_t t : groups[g].territories) {
      sum.add(bookings[t]);
      number_at_quota.add_events(at_quota[t]);
    }
    const Moments& moments = tally.bookings.moments.back();
    agreement.sum(Kind::group_bookings, name, units(moments.sum), sum.mean(), sum.variance(),
                  skewness(sum));
    check_variance(agreement, Kind::group_bookings, name + ", variance", moments, sum);
    check_chances(agreement, Kind::group_attained,
                  {name, groups[g].quota, groups[g].forecast, tally.bookings}, sum,
                  believed.thresholds);
    agreement.distribution(Kind::territories_at_quota, name, tally.at_quota,
                           number_at_quota.probabilities());
  }
  return agreement;
}

}  // namespace attain::oracle
