#include <attain/summary/estimate.hpp>

#include <boost/math/distributions/binomial.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace attain {

namespace {

constexpr double tail = 0.025;

/// P(Bin(n, p) <= k), also for k below 0.
double binomial_cdf(double n, double p, double k) {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return boost::math::cdf(boost::math::binomial_distribution<double>(n, p), k);
}

/// P(Bin(n, p) >= k), with its digits in the upper tail.
double binomial_from(double n, double p, double k) {
  if (k <= 0) return 1;
  if (k > n) return 0;
  const boost::math::binomial_distribution<double> law(n, p);
  return boost::math::cdf(boost::math::complement(law, k - 1));
}

/// The smallest k in [low, high] for which `holds`, which stays true once it is; high + 1 if none.
template <class Holds>
std::uint64_t first_that(std::uint64_t low, std::uint64_t high, const Holds& holds) {
  while (low <= high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (holds(middle)) {
      if (middle == 0) return 0;
      high = middle - 1;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

/// The value that all replications have; none if they differ.
std::optional<std::uint64_t> only_value(const Moments& moments, std::uint64_t replications) {
  // The square of the sum is n times the sum of squares for equal values, and less for others.
  const WideSum value = moments.sum / replications;
  const bool equal = moments.sum % replications == 0 && moments.squares == value * moments.sum;
  return equal ? std::optional(static_cast<std::uint64_t>(value)) : std::nullopt;
}

/// Values by rank, and how far from the true ones they may be: anywhere in their bins.
class OrderStatistics {
 public:
  OrderStatistics(const Counted& counted, std::uint64_t replications)
      : counted_(counted), only_(only_value(counted.moments, replications)) {}

  [[nodiscard]] double middle(std::uint64_t rank) const {
    if (only_) return static_cast<double>(*only_);
    return std::max(counted_.histogram.value_at_rank(rank), static_cast<double>(counted_.least));
  }
  [[nodiscard]] std::uint64_t lowest(std::uint64_t rank) const {
    return only_ ? *only_ : std::max(Histogram::lower_edge(bin_at(rank)), counted_.least);
  }
  [[nodiscard]] std::uint64_t highest(std::uint64_t rank) const {
    if (only_) return *only_;
    const std::uint32_t bin = bin_at(rank);
    return Histogram::lower_edge(bin) + Histogram::width(bin) - 1;
  }

 private:
  [[nodiscard]] std::uint32_t bin_at(std::uint64_t rank) const {
    return Histogram::bin_of(static_cast<std::uint64_t>(counted_.histogram.value_at_rank(rank)));
  }

  const Counted& counted_;
  std::optional<std::uint64_t> only_;
};

}  // namespace

Chance chance_of(std::uint64_t count, std::uint64_t replications) {
  const auto n = static_cast<double>(replications);
  const double p = static_cast<double>(count) / n;
  const double spread = 1 + z_95 * z_95 / n;
  const double centre = (p + z_95 * z_95 / (2 * n)) / spread;
  const double half = z_95 / spread * std::sqrt(p * (1 - p) / n + z_95 * z_95 / (4 * n * n));
  Chance chance{count, p, std::max(centre - half, 0.0), std::min(centre + half, 1.0)};
  // Both ends are exact there; rounding would leave 1e-18 or so.
  if (count == 0) chance.low = 0;
  if (count == replications) chance.high = 1;
  return chance;
}

MeanEstimate mean_of(const Moments& moments, std::uint64_t replications, double unit) {
  const WideSum n = replications;
  const auto count = static_cast<double>(replications);
  MeanEstimate estimate;
  estimate.mean = static_cast<double>(moments.sum) / (count * unit);
  if (replications < 2) return estimate;
  // About the whole number below the mean, so that nothing is lost by subtracting squares:
  // sum (x - q)^2 = squares - q sum - q r, with sum = n q + r.
  const WideSum q = moments.sum / n;
  const WideSum r = moments.sum % n;
  const auto about_q = static_cast<double>(moments.squares - q * (moments.sum + r));
  const auto rest = static_cast<double>(r);
  const double variance = std::max(about_q - rest * rest / count, 0.0) / (count - 1);
  estimate.sd = std::sqrt(variance) / unit;
  estimate.half_width = z_95 * *estimate.sd / std::sqrt(count);
  return estimate;
}

std::pair<std::uint64_t, std::uint64_t> quantile_ranks(std::uint64_t n, double probability) {
  const auto size = static_cast<double>(n);
  // l is one less than the first rank for which the lower tail is too heavy.
  const std::uint64_t too_high = first_that(1, n, [&](std::uint64_t l) {
    return binomial_cdf(size, probability, static_cast<double>(l) - 1) > tail;
  });
  const std::uint64_t upper = first_that(1, n, [&](std::uint64_t u) {
    return binomial_from(size, probability, static_cast<double>(u)) <= tail;
  });
  return {too_high - 1, upper};
}

QuantileReader::QuantileReader(std::uint64_t replications, std::vector<double> probabilities)
    : replications_(replications) {
  for (const double probability : probabilities) {
    const auto [low, high] = quantile_ranks(replications, probability);
    // 0.1 x 1000 is a little more than 100 in binary; the rank meant is 100.
    const double rank = std::ceil(static_cast<double>(replications) * probability - 1e-6);
    const auto middle =
        std::clamp<std::uint64_t>(static_cast<std::uint64_t>(rank), 1, replications);
    ranks_.push_back({low, middle, high});
  }
}

std::vector<Quantile> QuantileReader::read(const Counted& counted, double unit) const {
  const OrderStatistics values(counted, replications_);
  std::vector<Quantile> quantiles;
  for (const Ranks& ranks : ranks_) {
    Quantile quantile;
    quantile.value = values.middle(ranks.middle) / unit;
    const std::uint64_t low = ranks.low >= 1 ? values.lowest(ranks.low) : counted.least;
    quantile.low = static_cast<double>(low) / unit;
    if (ranks.high <= replications_) {
      quantile.high = static_cast<double>(values.highest(ranks.high)) / unit;
    }
    quantiles.push_back(quantile);
  }
  return quantiles;
}

std::vector<double> QuantileReader::values(const Counted& counted, double unit) const {
  const OrderStatistics all(counted, replications_);
  std::vector<double> values;
  for (const Ranks& ranks : ranks_) values.push_back(all.middle(ranks.middle) / unit);
  return values;
}

std::uint64_t count_quantile(const std::vector<std::uint64_t>& replications, double probability) {
  const std::uint64_t all =
      std::accumulate(replications.begin(), replications.end(), std::uint64_t{0});
  const double wanted = static_cast<double>(all) * probability - 1e-6;
  std::uint64_t up_to = 0;
  for (std::size_t n = 0; n < replications.size(); ++n) {
    up_to += replications[n];
    if (static_cast<double>(up_to) >= wanted) return n;
  }
  return replications.empty() ? 0 : replications.size() - 1;
}

}  // namespace attain
