#include "support/oracle/bookings_checks.hpp"

#include <array>
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
std::vector<std::uint32_t> bins_around(const BookingsMixture& law) {
  const double mean = law.mean();
  const double deviation = std::sqrt(central_moments(law)[2]);
  std::vector<std::uint32_t> bins;
  for (int quarter = -8; quarter <= 16; ++quarter) {
    const double cents = 100 * (mean + 0.25 * quarter * deviation);
    if (cents < 1) continue;
    const std::uint32_t bin = Histogram::bin_of(static_cast<std::uint64_t>(cents));
    if (bin > (bins.empty() ? 0 : bins.back())) bins.push_back(bin);
  }
  return bins;
}

}  // namespace

long double units(WideSum cents) { return static_cast<long double>(cents) / 100; }

double skewness(const BookingsMixture& law) {
  const std::array<double, 7> m = central_moments(law);
  return m[2] > 0 ? m[3] / std::pow(m[2], 1.5) : 0;
}

void check_moments(Agreement& agreement, Kind mean_kind, Kind variance_kind,
                   const std::string& what, const Moments& moments, const BookingsMixture& law) {
  const std::array<double, 7> m = central_moments(law);
  const double skew = m[2] > 0 ? m[3] / std::pow(m[2], 1.5) : 0;
  agreement.sum(mean_kind, what, units(moments.sum), law.mean(), m[2], skew);
  // Variance and skewness of (x - mean)^2 follow from the moments of x.
  const auto n = static_cast<long double>(agreement.replications());
  const double variance = m[4] - m[2] * m[2];
  const double skew_of_square =
      variance > 0 ? (m[6] - 3 * m[2] * m[4] + 2 * m[2] * m[2] * m[2]) / std::pow(variance, 1.5)
                   : 0;
  const long double mean = law.mean();
  const long double squares = static_cast<long double>(moments.squares) / 10'000;
  const long double about_mean = squares - 2 * mean * units(moments.sum) + n * mean * mean;
  agreement.sum(variance_kind, what + ", variance", about_mean, m[2], variance, skew_of_square);
}

void check_chances(Agreement& agreement, Kind kind, const Targets& targets,
                   const BookingsMixture& law, const std::vector<double>& thresholds) {
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

  const std::vector<Chance> chances = at_least(law, amounts);
  for (std::size_t i = 0; i < found.size(); ++i) {
    agreement.event(kind, what[i], found[i], chances[i]);
  }
  const Histogram& histogram = targets.histogram;
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
}

}  // namespace attain::oracle
