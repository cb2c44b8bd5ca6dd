// The deal-by-deal simulation beside the program's own: two samples, each with its error.

#include "support/deal_by_deal_tally.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace attain::testing {

namespace {

using What = Place::What;

/// Totals below are not normal enough; what differs in them shows in the sums, too.
constexpr double smallest_total_variance = 100;

/// Mean of what the outcomes counted, and its variance where they have it.
struct Found {
  double mean = 0;
  std::optional<double> variance;
};

Found found(const Moments& moments, std::int64_t replications) {
  const auto n = static_cast<long double>(replications);
  const long double mean = static_cast<long double>(moments.sum) / n;
  const long double square = static_cast<long double>(moments.squares) / n;
  // Cents to units of the currency.
  return {static_cast<double>(mean / 100), static_cast<double>((square - mean * mean) / 1e4L)};
}

Found found(const std::vector<std::uint64_t>& how_often, std::int64_t replications) {
  Moments moments;
  for (std::size_t n = 0; n < how_often.size(); ++n) {
    moments.sum += n * static_cast<WideSum>(how_often[n]);
    moments.squares += static_cast<WideSum>(n) * n * how_often[n];
  }
  Found in_hundreds = found(moments, replications);
  return {in_hundreds.mean * 100, *in_hundreds.variance * 1e4};
}

template <class Number>
Found sum_of_flows(const TerritoryPlan& plan, const TerritoryTally& tally,
                   std::optional<std::size_t> stream, bool all, std::int64_t replications,
                   const Number& number) {
  std::uint64_t sum = 0;
  for (std::size_t f = 0; f < tally.flows.size(); ++f) {
    if (all || plan.flows[f].stream == stream) sum += number(tally.flows[f]);
  }
  return {static_cast<double>(sum) / static_cast<double>(replications), {}};
}

Found counted(const Place& place, const Plan& plan, const Outcomes& outcomes) {
  const TerritoryPlan& territory = plan.territories[place.territory];
  const TerritoryTally& tally = outcomes.territories[place.territory];
  const std::int64_t n = outcomes.replications;
  const auto share = [n](std::uint64_t count) {
    return Found{static_cast<double>(count) / static_cast<double>(n), {}};
  };
  const auto flows = [&](std::optional<std::size_t> stream, bool all, const auto& number) {
    return sum_of_flows(territory, tally, stream, all, n, number);
  };
  const auto wins = [&](const FlowTally& flow) { return flow.wins[place.week]; };
  switch (place.what) {
    case What::leads:
      return flows(place.stream, false, [&](const FlowTally& flow) {
        std::uint64_t sum = 0;
        for (const auto& of_stage : flow.leads) sum += of_stage[place.week];
        return sum;
      });
    case What::stream_wins: return flows(place.stream, false, wins);
    case What::dated_wins: return flows({}, false, wins);
    case What::wins: return flows({}, true, wins);
    case What::all_wins: return found(tally.wins, n);
    case What::entered:
      return flows(place.stream, false,
                   [&](const FlowTally& flow) { return flow.entered[place.stage][place.week]; });
    case What::open:
      return flows(place.stream, false,
                   [&](const FlowTally& flow) { return flow.open[place.stage][place.week]; });
    case What::booked: return found(tally.bookings.moments[place.week], n);
    case What::attained: return share(tally.bookings.goals[place.week].at_quota);
    case What::year_booked: return found(tally.bookings.year, n);
    case What::named_won: {
      const auto& by_week = tally.named_wins[place.stream];
      return share(std::accumulate(by_week.begin(), by_week.end(), std::uint64_t{0}));
    }
    case What::company_booked: return found(outcomes.groups.back().bookings.moments[place.week], n);
    case What::company_attained:
      return share(outcomes.groups.back().bookings.goals[place.week].at_quota);
    case What::company_year_booked: return found(outcomes.groups.back().bookings.year, n);
  }
  return {};
}

bool is_money(const Place& place) {
  return place.what == What::booked || place.what == What::company_booked ||
         place.what == What::year_booked || place.what == What::company_year_booked;
}

/// Whether sums over so many replications are too small to be normal, in both samples: a rare event
/// may be in one of them and not in the other.
bool is_rare(const Place& place, double variance, double mean_of_other, std::int64_t count) {
  const double total = std::max(variance, mean_of_other) * static_cast<double>(count);
  return !is_money(place) && total > 1e-7 && total < smallest_total_variance;
}

/// Of the products of two territories' deviations from their means.
PowerSums products(const std::vector<double>& a, const std::vector<double>& b) {
  const auto mean = [](const std::vector<double>& x) {
    return std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
  };
  const double of_a = mean(a);
  const double of_b = mean(b);
  PowerSums sums;
  for (std::size_t i = 0; i < a.size(); ++i) sums.add((a[i] - of_a) * (b[i] - of_b));
  return sums;
}

oracle::Kind kind_of(const Place& place) {
  return is_money(place) ? oracle::Kind::bookings_by_week : oracle::Kind::wins_by_week;
}

}  // namespace

oracle::Agreement compare_covariances(const DealTally& tally,
                                      const std::vector<std::vector<double>>& other) {
  oracle::Agreement agreement(tally.count());
  const std::vector<std::vector<double>>& here = tally.bookings();
  for (std::size_t a = 0; a < here.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      const PowerSums one = products(here[a], here[b]);
      const PowerSums two = products(other[a], other[b]);
      const auto n = static_cast<std::int64_t>(here[a].size());
      const auto m = static_cast<std::int64_t>(other[a].size());
      const double variance =
          one.variance(n) + two.variance(m) * static_cast<double>(n) / static_cast<double>(m);
      agreement.sum(
          oracle::Kind::bookings_variance,
          "covariance of territories " + std::to_string(b + 1) + " and " + std::to_string(a + 1),
          one.first, two.mean(m), variance);
    }
  }
  return agreement;
}

oracle::Agreement compare_tallies(const DealTally& tally, const DealTally& other) {
  const std::int64_t n = tally.count();
  const std::int64_t m = other.count();
  const double ratio = static_cast<double>(n) / static_cast<double>(m);
  oracle::Agreement agreement(n);
  for (std::size_t i = 0; i < tally.places().size(); ++i) {
    const Place& place = tally.places()[i];
    const PowerSums& sums = tally.sums()[i];
    const PowerSums& beside = other.sums()[i];
    const double here = sums.variance(n);
    const double there = beside.variance(m);
    const double variance = here + there * ratio;
    if (is_rare(place, variance, beside.mean(m), n)) continue;
    agreement.sum(kind_of(place), describe(place), sums.first, beside.mean(m), variance);
    if (!is_money(place) && place.what != What::all_wins) continue;
    const double of_variance = sums.fourth_central_moment(n) - here * here +
                               (beside.fourth_central_moment(m) - there * there) * ratio;
    agreement.sum(oracle::Kind::bookings_variance, describe(place) + ", variance",
                  static_cast<long double>(n) * static_cast<long double>(here), there, of_variance);
  }
  agreement.add(compare_covariances(tally, other.bookings()));
  return agreement;
}

oracle::Agreement compare_with_outcomes(const DealTally& tally, const Plan& plan,
                                        const Outcomes& outcomes) {
  // As a mean and variance per replication of the smaller of the two samples, which Agreement
  // takes.
  const std::int64_t n = tally.count();
  oracle::Agreement agreement(n);
  const double both = 1 + static_cast<double>(n) / static_cast<double>(outcomes.replications);
  for (std::size_t i = 0; i < tally.places().size(); ++i) {
    const Place& place = tally.places()[i];
    const PowerSums& sums = tally.sums()[i];
    const Found engine = counted(place, plan, outcomes);
    const double variance = sums.variance(n);
    if (is_rare(place, variance, engine.mean, n)) continue;
    agreement.sum(kind_of(place), describe(place), sums.first, engine.mean, variance * both);
    if (!engine.variance) continue;
    const double of_variance = sums.fourth_central_moment(n) - variance * variance;
    agreement.sum(oracle::Kind::bookings_variance, describe(place) + ", variance",
                  static_cast<long double>(n) * static_cast<long double>(variance),
                  *engine.variance, of_variance * both);
  }
  return agreement;
}

}  // namespace attain::testing
