#include "support/oracle/compare_with_engine.hpp"

#include "support/oracle/bookings_checks.hpp"
#include "support/oracle/solver.hpp"

#include <numeric>

namespace attain::oracle {

namespace {

/// Sums over the flows of one stream, or of all of them, of a number per flow.
template <class Number>
auto over_flows(const TerritoryPlan& plan, const TerritoryTally& tally,
                std::optional<std::size_t> stream, const Number& number) {
  decltype(number(tally.flows[0])) sum = 0;
  for (std::size_t f = 0; f < tally.flows.size(); ++f) {
    if (!stream || plan.flows[f].stream == *stream) sum += number(tally.flows[f]);
  }
  return sum;
}

std::uint64_t total(const std::vector<std::uint64_t>& by_week) {
  return std::accumulate(by_week.begin(), by_week.end(), std::uint64_t{0});
}

class TerritoryComparison {
 public:
  TerritoryComparison(Agreement& agreement, std::string name, const TerritoryLaw& law,
                      const TerritoryPlan& plan, const TerritoryTally& tally, int steps_per_week)
      : agreement_(agreement),
        name_(std::move(name)),
        law_(law),
        plan_(plan),
        tally_(tally),
        steps_per_week_(steps_per_week) {}

  void wins() {
    const CountLaw law = law_.wins(law_.all(), {});
    const double mean = law.mean();
    std::uint64_t sum = 0;
    long double squares = 0;
    for (std::size_t n = 0; n < tally_.wins.size(); ++n) {
      const long double apart = static_cast<long double>(n) - static_cast<long double>(mean);
      sum += n * tally_.wins[n];
      squares += apart * apart * static_cast<long double>(tally_.wins[n]);
    }
    const double variance = law.variance();
    agreement_.count(Kind::wins_mean, name_, sum, law);
    agreement_.sum(Kind::wins_variance, name_, squares, variance,
                   law.fourth_central_moment() - variance * variance);
    agreement_.distribution(Kind::wins_distribution, name_, tally_.wins, law.probabilities());
    for (int week = 0; week < weeks(); ++week) {
      const auto of_week = [week](const FlowTally& flow) { return flow.wins[week]; };
      agreement_.count(Kind::wins_by_week, at(week),
                       over_flows(plan_, tally_, std::nullopt, of_week),
                       law_.wins(steps_of(week), {}));
    }
  }

  void bookings() {
    for (int week = 0; week < weeks(); ++week) {
      const BookingsLaw law = law_.bookings({0, steps_of(week).to}, {});
      const bool last = week + 1 == weeks();
      const Moments& moments = tally_.bookings.moments[week];
      agreement_.sum(last ? Kind::bookings_mean : Kind::bookings_by_week, at(week),
                     units(moments.sum), law.mean(), law.variance(), skewness(law));
      check_variance(agreement_, last ? Kind::bookings_variance : Kind::bookings_by_week,
                     at(week) + ", variance", moments, law);
    }
  }

  void streams(std::size_t count) {
    for (std::size_t s = 0; s < count; ++s) {
      const TerritoryLaw::Part part{s, false};
      const std::string what = name_ + ", stream " + std::to_string(s + 1);
      const auto leads = [](const FlowTally& flow) { return total(flow.leads); };
      const auto won = [](const FlowTally& flow) { return total(flow.wins); };
      const auto booked = [](const FlowTally& flow) { return units(flow.bookings); };
      agreement_.count(Kind::leads, what, over_flows(plan_, tally_, s, leads),
                       law_.leads(law_.all(), part));
      agreement_.count(Kind::stream_wins, what, over_flows(plan_, tally_, s, won),
                       law_.wins(law_.all(), part));
      const BookingsLaw law = law_.bookings(law_.all(), part);
      agreement_.sum(Kind::stream_bookings, what, over_flows(plan_, tally_, s, booked), law.mean(),
                     law.variance(), skewness(law));
    }
  }

  void stages(std::size_t stream, std::size_t count) {
    for (std::size_t stage = 0; stage < count; ++stage) {
      for (int week = 0; week < weeks(); ++week) stage_in_week(stream, stage, week);
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
      }
    }
  }

 private:
  void stage_in_week(std::size_t stream, std::size_t stage, int week) {
    const std::string what = at(week) + ", stream " + std::to_string(stream + 1) + ", stage " +
                             std::to_string(stage + 1);
    const Steps steps = steps_of(week);
    const auto entered = [&](const FlowTally& flow) { return flow.entered[stage][week]; };
    const auto open = [&](const FlowTally& flow) { return flow.open[stage][week]; };
    agreement_.count(Kind::stage_entries, what, over_flows(plan_, tally_, stream, entered),
                     law_.entered(stage, steps, {stream, false}));
    agreement_.count(Kind::stage_occupancy, what, over_flows(plan_, tally_, stream, open),
                     law_.open(stage, steps.to - 1, {stream, true}));
    if (steps_per_week_ > 1 || week == 0) return;
    // With weekly steps the deals at the start of a step are those of the end of the one before.
    const auto present = [&](const FlowTally& flow) { return flow.present[stage][week]; };
    agreement_.count(Kind::stage_occupancy, what + ", at the start",
                     over_flows(plan_, tally_, stream, present),
                     law_.open(stage, steps.from - 1, {stream, false}));
  }

  [[nodiscard]] int weeks() const { return law_.steps / steps_per_week_; }
  [[nodiscard]] Steps steps_of(int week) const {
    return {week * steps_per_week_, (week + 1) * steps_per_week_};
  }
  [[nodiscard]] std::string at(int week) const {
    return name_ + ", week " + std::to_string(week + 1);
  }

  Agreement& agreement_;
  std::string name_;
  const TerritoryLaw& law_;
  const TerritoryPlan& plan_;
  const TerritoryTally& tally_;
  int steps_per_week_;
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
    TerritoryComparison comparison(agreement, name, law, plan.territories[t],
                                   outcomes.territories[t], believed.calendar.steps_per_week());
    comparison.wins();
    comparison.bookings();
    comparison.streams(territory.streams.size());
    for (std::size_t s = 0; s < territory.streams.size(); ++s) {
      comparison.stages(s, territory.streams[s].funnel.stages.size());
    }
    comparison.named_deals();
    bookings.push_back(law.bookings(law.all(), {}));
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
