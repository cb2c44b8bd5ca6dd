#include "support/deal_by_deal_tally.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace attain::testing {

namespace {

using What = Place::What;

double units(std::int64_t cents) { return static_cast<double>(cents) / 100; }

/// Of a territory or the company, in a period from day one's on, or behind them the year.
template <class HasQuotas>
bool attains(std::int64_t cents, const HasQuotas& whose, const Calendar& calendar,
             std::size_t span) {
  const int period = calendar.steps_done / calendar.period_steps + static_cast<int>(span);
  const std::optional<Money> quota =
      period < calendar.periods ? quota_in(whose, period) : year_quota(whose, calendar);
  return quota && cents >= quota->cents;
}

template <class Visit>
void each_number_of(const SimulatedTerritory& territory, std::size_t t, const Visit& visit) {
  const std::size_t weeks = territory.wins.size();
  for (std::size_t week = 0; week < weeks; ++week) {
    visit(Place{What::wins, t, 0, 0, week}, static_cast<double>(territory.wins[week]));
    visit(Place{What::dated_wins, t, 0, 0, week}, static_cast<double>(territory.dated_wins[week]));
    visit(Place{What::booked, t, 0, 0, week}, units(territory.booked[week]));
    for (std::size_t s = 0; s < territory.streams.size(); ++s) {
      const SimulatedStream& stream = territory.streams[s];
      visit(Place{What::leads, t, s, 0, week}, static_cast<double>(stream.leads[week]));
      visit(Place{What::stream_wins, t, s, 0, week}, static_cast<double>(stream.wins[week]));
      for (std::size_t stage = 0; stage < stream.stages.size(); ++stage) {
        const SimulatedStage& here = stream.stages[stage];
        visit(Place{What::entered, t, s, stage, week}, static_cast<double>(here.entered[week]));
        visit(Place{What::open, t, s, stage, week}, static_cast<double>(here.open[week]));
      }
    }
  }
  for (std::size_t i = 0; i < territory.named.size(); ++i) {
    const bool won = territory.named[i].outcome == SimulatedDeal::Outcome::won;
    visit(Place{What::named_won, t, i, 0, 0}, won ? 1 : 0);
  }
  visit(Place{What::all_wins, t, 0, 0, 0},
        static_cast<double>(std::accumulate(territory.wins.begin(), territory.wins.end(), 0L)));
}

template <class Visit>
void each_number(const SimulatedQuarter& quarter, const Scenario& scenario, const Visit& visit) {
  const std::size_t weeks = quarter.territories.at(0).booked.size();
  std::vector<std::int64_t> company(weeks);
  std::vector<std::int64_t> in_spans(quarter.territories[0].booked_in_spans.size());
  for (std::size_t t = 0; t < quarter.territories.size(); ++t) {
    const SimulatedTerritory& territory = quarter.territories[t];
    each_number_of(territory, t, visit);
    for (std::size_t week = 0; week < weeks; ++week) company[week] += territory.booked[week];
    for (std::size_t span = 0; span < in_spans.size(); ++span) {
      const std::int64_t booked = territory.booked_in_spans[span];
      in_spans[span] += booked;
      visit(Place{What::attained, t, 0, 0, span},
            attains(booked, scenario.territories[t], scenario.calendar, span) ? 1 : 0);
    }
    if (scenario.calendar.periods > 1)
      visit(Place{What::year_booked, t, 0, 0, 0}, units(territory.booked_in_spans.back()));
  }
  for (std::size_t week = 0; week < weeks; ++week)
    visit(Place{What::company_booked, 0, 0, 0, week}, units(company[week]));
  const Group whole = company_group(scenario);
  for (std::size_t span = 0; span < in_spans.size(); ++span) {
    visit(Place{What::company_attained, 0, 0, 0, span},
          attains(in_spans[span], whole, scenario.calendar, span) ? 1 : 0);
  }
  if (scenario.calendar.periods > 1)
    visit(Place{What::company_year_booked, 0, 0, 0, 0}, units(in_spans.back()));
}

/// The steps of a week, from day one; those of the first and last week may be fewer.
oracle::Steps steps_of(const Calendar& calendar, std::size_t week) {
  const int per_week = calendar.steps_per_week();
  const int first = (calendar.weeks_done() + static_cast<int>(week)) * per_week;
  return {std::max(first - calendar.steps_done, 0),
          std::min(first + per_week - calendar.steps_done, calendar.steps())};
}

oracle::Kind kind_of(What what) {
  using oracle::Kind;
  switch (what) {
    case What::leads: return Kind::leads;
    case What::stream_wins: return Kind::stream_wins;
    case What::dated_wins: return Kind::dated_deals;
    case What::wins: return Kind::wins_by_week;
    case What::all_wins: return Kind::wins_mean;
    case What::entered: return Kind::stage_entries;
    case What::open: return Kind::stage_occupancy;
    case What::booked: return Kind::bookings_by_week;
    case What::attained: return Kind::attained;
    case What::named_won: return Kind::named_deal;
    case What::year_booked: return Kind::bookings_mean;
    case What::company_booked:
    case What::company_year_booked: return Kind::group_bookings;
    case What::company_attained: return Kind::group_attained;
  }
  return Kind::leads;
}

class SolverComparison {
 public:
  SolverComparison(oracle::Agreement& agreement, const DealTally& tally, const Scenario& believed,
                   oracle::LawVariant variant)
      : agreement_(agreement), tally_(tally), believed_(believed) {
    for (const Territory& territory : believed.territories)
      laws_.push_back(oracle::solve(territory, believed.calendar, variant));
  }

  void check(const Place& place, const PowerSums& sums) {
    const oracle::TerritoryLaw& law = laws_[place.territory];
    const oracle::Steps steps = steps_of(believed_.calendar, place.week);
    const std::size_t s = place.stream;
    switch (place.what) {
      case What::leads: return count(place, sums, law.leads(steps, {s, false}));
      case What::stream_wins: return count(place, sums, law.wins(steps, {s, false}));
      case What::dated_wins:
        return count(place, sums,
                     law.wins(steps, {.stream = {}, .without_named = false, .dated = true}));
      case What::wins: return count(place, sums, law.wins(steps, {}));
      case What::all_wins: {
        const oracle::CountLaw wins = law.wins(law.all(), {});
        count(place, sums, wins);
        return spread(oracle::Kind::wins_variance, place, sums, wins.mean(), wins.variance(),
                      wins.fourth_central_moment());
      }
      case What::entered: return count(place, sums, law.entered(place.stage, steps, {s, false}));
      case What::open: return count(place, sums, law.open(place.stage, steps.to - 1, {s, true}));
      case What::booked: return bookings(place, sums, law.booked_by(steps.to - 1));
      case What::attained: return attained(place, sums, law);
      case What::named_won:
        return agreement_.event(kind_of(place.what), describe(place), whole(sums),
                                {law.win_chance(name(place), law.all()), 0});
      case What::year_booked:
      case What::company_year_booked:  // There is one period.
      case What::company_booked:
      case What::company_attained: return;  // Territories are independent.
    }
  }

 private:
  static std::uint64_t whole(const PowerSums& sums) {
    return static_cast<std::uint64_t>(std::llround(sums.first));
  }

  void count(const Place& place, const PowerSums& sums, const oracle::CountLaw& law) {
    agreement_.count(kind_of(place.what), describe(place), whole(sums), law);
  }

  void bookings(const Place& place, const PowerSums& sums, const oracle::BookingsLaw& law) {
    const double variance = law.variance();
    const double skewness = variance > 0 ? law.cumulant(3) / std::pow(variance, 1.5) : 0;
    agreement_.sum(kind_of(place.what), describe(place), sums.first, law.mean(), variance,
                   skewness);
    spread(oracle::Kind::bookings_variance, place, sums, law.mean(), variance,
           law.cumulant(4) + 3 * variance * variance);
  }

  /// The sum of (number - mean)^2.
  void spread(oracle::Kind kind, const Place& place, const PowerSums& sums, double mean,
              double variance, double fourth) {
    const auto n = static_cast<long double>(tally_.count());
    const long double squares = sums.second - 2 * mean * sums.first + n * mean * mean;
    agreement_.sum(kind, describe(place) + ", variance", squares, variance,
                   fourth - variance * variance);
  }

  void attained(const Place& place, const PowerSums& sums, const oracle::TerritoryLaw& law) {
    const std::optional<Money>& quota = believed_.territories[place.territory].quota;
    if (!quota) return;
    agreement_.event(kind_of(place.what), describe(place), whole(sums),
                     law.booked_by(law.steps - 1).at_least({*quota})[0]);
  }

  [[nodiscard]] std::string name(const Place& place) const {
    std::size_t index = 0;
    for (const OpenDeals& open : believed_.territories[place.territory].open) {
      if (open.named() && index++ == place.stream) return open.deal;
    }
    throw std::logic_error("no such named deal");
  }

  oracle::Agreement& agreement_;
  const DealTally& tally_;
  const Scenario& believed_;
  std::vector<oracle::TerritoryLaw> laws_;
};

}  // namespace

std::string describe(const Place& place) {
  constexpr std::array<const char*, 14> names{"leads",
                                              "wins of stream",
                                              "dated wins",
                                              "wins",
                                              "all wins",
                                              "entered",
                                              "open",
                                              "booked",
                                              "attained",
                                              "booked in the year",
                                              "named deal won",
                                              "company booked",
                                              "company attained",
                                              "company booked in the year"};
  std::string text = names.at(static_cast<std::size_t>(place.what));
  text += ", territory " + std::to_string(place.territory + 1);
  text += ", stream " + std::to_string(place.stream + 1);
  text += ", stage " + std::to_string(place.stage + 1);
  return text + ", week " + std::to_string(place.week + 1);
}

void PowerSums::add(double value) {
  const long double x = value;
  first += x;
  second += x * x;
  third += x * x * x;
  fourth += x * x * x * x;
}

double PowerSums::mean(std::int64_t count) const {
  return static_cast<double>(first / static_cast<long double>(count));
}

double PowerSums::variance(std::int64_t count) const {
  const auto n = static_cast<long double>(count);
  return static_cast<double>(std::max(second / n - first / n * (first / n), 0.0L));
}

double PowerSums::fourth_central_moment(std::int64_t count) const {
  const auto n = static_cast<long double>(count);
  const long double m = first / n;
  return static_cast<double>(fourth / n - 4 * m * third / n + 6 * m * m * second / n -
                             3 * m * m * m * m);
}

void DealTally::add(const SimulatedQuarter& quarter) {
  ++count_;
  std::size_t index = 0;
  each_number(quarter, scenario_, [&](const Place& place, double value) {
    if (index == sums_.size()) {
      places_.push_back(place);
      sums_.emplace_back();
    }
    sums_[index++].add(value);
  });
  bookings_.resize(quarter.territories.size());
  for (std::size_t t = 0; t < bookings_.size(); ++t)
    bookings_[t].push_back(units(quarter.territories[t].booked_in_spans.back()));
}

const PowerSums& DealTally::at(Place::What what, std::size_t territory, std::size_t week) const {
  for (std::size_t i = 0; i < places_.size(); ++i) {
    if (places_[i].what == what && places_[i].territory == territory && places_[i].week == week)
      return sums_[i];
  }
  throw std::out_of_range("no such number");
}

DealTally simulate_deal_by_deal(const Scenario& scenario, std::int64_t replications,
                                std::uint64_t seed, const DealVariant& variant) {
  DealByDeal simulator(scenario, variant);
  DealTally tally(scenario);
  Luck luck(seed);
  for (std::int64_t r = 0; r < replications; ++r) tally.add(simulator.simulate(luck));
  return tally;
}

oracle::Agreement compare_with_solver(const DealTally& tally, const Scenario& believed,
                                      oracle::LawVariant variant) {
  oracle::Agreement agreement(tally.count());
  SolverComparison comparison(agreement, tally, believed, variant);
  for (std::size_t i = 0; i < tally.places().size(); ++i)
    comparison.check(tally.places()[i], tally.sums()[i]);
  return agreement;
}

}  // namespace attain::testing
