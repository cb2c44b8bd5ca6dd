#include "support/oracle/compare_with_engine.hpp"

#include "support/oracle/bookings_checks.hpp"
#include "support/oracle/compare_groups.hpp"
#include "support/oracle/territory_worlds.hpp"

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
  TerritoryComparison(Agreement& agreement, std::string name, const TerritoryWorlds& law,
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
    const CountMixture law = law_.wins(law_.all(), {});
    const double mean = law.mean();
    long double squares = 0;
    for (std::size_t n = 0; n < tally_.wins.size(); ++n) {
      const long double apart = static_cast<long double>(n) - static_cast<long double>(mean);
      squares += apart * apart * static_cast<long double>(tally_.wins[n]);
    }
    const double of_one = variance(law);
    agreement_.count(Kind::wins_mean, name_, sum_of(tally_.wins), law);
    agreement_.sum(Kind::wins_variance, name_, squares, of_one,
                   fourth_central_moment(law) - of_one * of_one);
    agreement_.distribution(Kind::wins_distribution, name_, tally_.wins, probabilities(law));
    for (int week = 0; week < calendar_.weeks(); ++week) {
      const auto of_week = [week](const FlowTally& flow) { return flow.wins[week]; };
      agreement_.count(Kind::wins_by_week, at(week), over_flows(plan_, tally_, {}, of_week),
                       law_.wins(steps_of(week), {}));
    }
  }

  void bookings() {
    for (int week = 0; week < calendar_.weeks(); ++week) {
      const bool last = week + 1 == calendar_.weeks();
      check_moments(agreement_, last ? Kind::bookings_mean : Kind::bookings_by_week,
                    last ? Kind::bookings_variance : Kind::bookings_by_week, at(week),
                    tally_.bookings.moments[week], law_.booked_by(steps_of(week).to - 1));
    }
    if (calendar_.periods == 1) return;
    check_moments(agreement_, Kind::bookings_mean, Kind::bookings_variance, name_ + ", year",
                  tally_.bookings.year,
                  law_.mixed([](const TerritoryLaw& law) { return law.year(); }));
  }

  void chances(const std::vector<double>& thresholds) {
    const std::vector<ReportedSpan> spans = reported_spans(calendar_);
    for (std::size_t i = 0; i < spans.size(); ++i) {
      const ReportedSpan& span = spans[i];
      const Targets targets{name_ + span.name, span.quota(territory_, calendar_),
                            i == 0 ? territory_.forecast : std::nullopt, tally_.bookings.goals[i],
                            span.histogram(tally_.bookings)};
      check_chances(agreement_, Kind::attained, targets,
                    law_.mixed([&](const TerritoryLaw& law) { return span.bookings(law); }),
                    thresholds);
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
        for (int week = 0; week < calendar_.weeks(); ++week) stage_in_week(s, stage, week);
      }
    }
  }

  void dated_deals() {
    const TerritoryLaw::Part part{.stream = {}, .without_named = false, .dated = true};
    const TerritoryLaw::Part counted{.stream = {}, .without_named = true, .dated = true};
    flows(part, name_ + ", dated");
    for (int week = 0; week < calendar_.weeks(); ++week) {
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
                       law_.win_chance(deal, law_.all()));
      for (int week = 0; week < calendar_.weeks(); ++week) {
        agreement_.event(Kind::named_deal, at(week) + ", " + deal, tally_.named_wins[i][week],
                         law_.win_chance(deal, steps_of(week)));
        agreement_.event(Kind::named_deal, at(week) + ", " + deal + " open",
                         tally_.named_pipeline[i][week],
                         law_.open_chance(deal, plan_.flows[plan_.named[i].flow].pipeline_from,
                                          steps_of(week).to - 1));
      }
    }
  }

  /// What was counted week by week, in the first replications alone.
  void progress() {
    for (std::size_t i = 0; i < plan_.progress.size(); ++i) {
      const ProgressPlan& item = plan_.progress[i];
      for (int week = 0; week < calendar_.weeks(); ++week) {
        const CountMixture law = law_.mixed([&](const TerritoryLaw& one) {
          return progress_law(one, item, {0, steps_of(week).to});
        });
        const std::vector<std::uint64_t> counts(tally_.progress[i][week].begin(),
                                                tally_.progress[i][week].end());
        const auto replications = static_cast<std::int64_t>(
            std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}));
        Agreement first(replications);
        const std::string what = at(week) + ", progress of " + item.owner + " " + item.stage;
        first.count(Kind::progress, what, sum_of(counts), law);
        first.distribution(Kind::progress, what, counts, probabilities(law));
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
    const BookingsMixture law = law_.bookings(law_.all(), part);
    agreement_.sum(Kind::stream_bookings, what, over_flows(plan_, tally_, part, booked), law.mean(),
                   central_moments(law)[2], skewness(law));
  }

  /// From the scenario alone: whose leads, and which stages have this owner and name.
  [[nodiscard]] CountLaw progress_law(const TerritoryLaw& law, const ProgressPlan& item,
                                      Steps range) const {
    if (item.kind == ProgressPlan::Kind::wins) return law.wins(range, {});
    CountLaw sum;
    for (std::size_t s = 0; s < territory_.streams.size(); ++s) {
      const Stream& stream = territory_.streams[s];
      if (item.kind == ProgressPlan::Kind::leads) {
        if (stream.owner == item.owner) sum.add(law.leads(range, {s, false}));
        continue;
      }
      for (std::size_t stage = 1; stage < stream.funnel.stages.size(); ++stage) {
        const Stage& here = stream.funnel.stages[stage];
        if (here.owner != item.owner || here.name != item.stage) continue;
        sum.add(law.advanced(stage, range, {s, false}));
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

  /// Weeks are those of a period; its last one may be in part, and so may the first simulated one.
  [[nodiscard]] Steps steps_of(int week) const {
    const auto week_at = [this](int step) {
      return calendar_.week_of(calendar_.steps_done + step) - calendar_.weeks_done();
    };
    int from = 0;
    while (week_at(from) < week) ++from;
    int to = from;
    while (to < law_.steps() && week_at(to) == week) ++to;
    return {from, to};
  }
  [[nodiscard]] std::string at(int week) const {
    return name_ + ", week " + std::to_string(week + 1);
  }

  Agreement& agreement_;
  std::string name_;
  const TerritoryWorlds& law_;
  const Territory& territory_;
  const Calendar& calendar_;
  const TerritoryPlan& plan_;
  const TerritoryTally& tally_;
};

}  // namespace

Agreement compare(const Scenario& believed, const Plan& plan, const Outcomes& outcomes,
                  LawVariant variant) {
  Agreement agreement(outcomes.replications);
  const std::vector<World> worlds = worlds_of(believed, variant);
  for (std::size_t t = 0; t < believed.territories.size(); ++t) {
    const Territory& territory = believed.territories[t];
    const TerritoryWorlds law(worlds, t);
    TerritoryComparison comparison(agreement, believed.name + ": " + territory.name, law, territory,
                                   believed.calendar, plan.territories[t], outcomes.territories[t]);
    comparison.wins();
    comparison.bookings();
    comparison.streams();
    comparison.dated_deals();
    comparison.named_deals();
    comparison.progress();
    comparison.chances(believed.thresholds);
  }
  std::vector<Group> groups = region_groups(believed);
  groups.push_back(company_group(believed));
  GroupComparison of_groups(agreement, believed, worlds);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    of_groups.compare(groups[g], outcomes.groups[g]);
  }
  return agreement;
}

}  // namespace attain::oracle
