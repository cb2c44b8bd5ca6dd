#include "support/oracle/bookings_checks.hpp"

#include <cmath>

namespace attain::oracle {

namespace {

__extension__ using WideInteger = __int128;

/// The smallest whole number of cents that is at least `share` (in millionths) of the quota.
Money share_of(Money quota, double share) {
  const WideInteger product =
      static_cast<WideInteger>(quota.cents) * static_cast<WideInteger>(std::llround(share * 1e6));
  return {static_cast<std::int64_t>((product + 999'999) / 1'000'000)};
}

/// Quarters of a standard deviation from two below the mean to four above, moved to edges of bins,
/// which the histogram counts exactly.
std::vector<std::uint32_t> bins_around(const BookingsLaw& law) {
  const double deviation = std::sqrt(law.variance());
  std::vector<std::uint32_t> bins;
  for (int quarter = -8; quarter <= 16; ++quarter) {
    const double cents = 100 * (law.mean() + 0.25 * quarter * deviation);
    if (cents < 1) continue;
    const std::uint32_t bin = Histogram::bin_of(static_cast<std::uint64_t>(cents));
    if (bin > (bins.empty() ? 0 : bins.back())) bins.push_back(bin);
  }
  return bins;
}

}  // namespace

long double units(WideSum cents) { return static_cast<long double>(cents) / 100; }

double skewness(const BookingsLaw& law) {
  const double variance = law.variance();
  return variance > 0 ? law.cumulant(3) / std::pow(variance, 1.5) : 0;
}

void check_variance(Agreement& agreement, Kind kind, const std::string& what,
                    const Moments& moments, const BookingsLaw& law) {
  // Variance and skewness of (x - mean)^2 follow from the cumulants of x.
  const auto n = static_cast<long double>(agreement.replications());
  const double k2 = law.variance();
  const double k3 = law.cumulant(3);
  const double k4 = law.cumulant(4);
  const double m4 = k4 + 3 * k2 * k2;
  const double m6 = law.cumulant(6) + 15 * k4 * k2 + 10 * k3 * k3 + 15 * k2 * k2 * k2;
  const double variance = m4 - k2 * k2;
  const double skew =
      variance > 0 ? (m6 - 3 * k2 * m4 + 2 * k2 * k2 * k2) / std::pow(variance, 1.5) : 0;
  const long double mean = law.mean();
  const long double squares = static_cast<long double>(moments.squares) / 10'000;
  const long double about_mean = squares - 2 * mean * units(moments.sum) + n * mean * mean;
  agreement.sum(kind, what, about_mean, k2, variance, skew);
}

double check_chances(Agreement& agreement, Kind kind, const Targets& targets,
                     const BookingsLaw& law, const std::vector<double>& thresholds) {
  std::vector<Money> amounts;
  std::vector<std::uint64_t> found;
  std::vector<std::string> what;
  const auto add = [&](const std::string& label, Money target, std::uint64_t hits) {
    what.push_back(targets.name + ", " + label);
    amounts.push_back(target);
    found.push_back(hits);
  };
  if (targets.quota) {
    add("quota", *targets.quota, targets.tally.at_quota);
    for (std::size_t i = 0; i < thresholds.size(); ++i) {
      add("threshold " + std::to_string(thresholds[i]), share_of(*targets.quota, thresholds[i]),
          targets.tally.at_threshold[i]);
    }
  }
  if (targets.forecast) add("forecast", *targets.forecast, targets.tally.at_forecast);
  const std::vector<std::uint32_t> bins = bins_around(law);
  for (const std::uint32_t bin : bins) {
    amounts.push_back({static_cast<std::int64_t>(Histogram::lower_edge(bin))});
  }

  const std::vector<Chance> chances = law.at_least(amounts);
  for (std::size_t i = 0; i < found.size(); ++i) {
    agreement.event(kind, what[i], found[i], chances[i]);
  }
  const Histogram& histogram = targets.tally.histograms.back();
  std::vector<std::uint64_t> counts;
  std::vector<double> probabilities;
  std::uint64_t below = 0;
  double at_least = 1;
  for (std::size_t i = 0; i < bins.size(); ++i) {
    const double chance = chances[found.size() + i].value;
    counts.push_back(histogram.count_below(bins[i]) - below);
    probabilities.push_back(at_least - chance);
    below += counts.back();
    at_least = chance;
  }
  counts.push_back(histogram.total() - below);
  probabilities.push_back(at_least);
  agreement.distribution(Kind::bookings_distribution, targets.name, counts, probabilities);
  return targets.quota ? chances[0].value : 0;
}

}  // namespace attain::oracle
