#pragma once

#include <attain/engine/outcomes.hpp>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace attain {

/// The 97.5 % quantile of the standard normal: half of a 95 % interval in standard errors.
inline constexpr double z_95 = 1.959963984540054;

/// How likely something is, estimated from replications, with its 95 % Wilson interval. The
/// interval is simulation error alone.
struct Chance {
  std::uint64_t count = 0;  ///< Replications in which it happened.
  double probability = 0;
  double low = 0;
  double high = 1;

  [[nodiscard]] double half_width() const { return (high - low) / 2; }
};

/// `count` of `replications` (Wilson 1927, score interval). 0 < replications, count <=
/// replications.
Chance chance_of(std::uint64_t count, std::uint64_t replications);

/// A number with its 95 % interval.
struct Estimate {
  double value = 0;
  double low = 0;
  double high = 0;
};

/// Mean and standard deviation over replications, in the unit of the values.
struct MeanEstimate {
  double mean = 0;
  std::optional<double> sd;          ///< None for a single replication.
  std::optional<double> half_width;  ///< Of the mean's 95 % interval (normal).
};

/// Exact sums, divided once at the end; `unit` is how many counts make one unit (100 cents).
MeanEstimate mean_of(const Moments& moments, std::uint64_t replications, double unit);

/// Ranks l and u such that the order statistics X_(l) and X_(u) enclose the quantile at
/// `probability` with at least 95 %, whatever the distribution: the largest l and the smallest u
/// with P(Bin(n, p) <= l - 1) <= 2.5 % and P(Bin(n, p) >= u) <= 2.5 %. Ranks count from 1; l = 0
/// and u = n + 1 mean that there is none.
std::pair<std::uint64_t, std::uint64_t> quantile_ranks(std::uint64_t n, double probability);

/// A quantile with its 95 % interval, which includes what a histogram's bins hide.
struct Quantile {
  double value = 0;
  double low = 0;
  std::optional<double> high;  ///< None where too few replications bound it.
};

/// Values over replications, and what is known of them besides.
struct Counted {
  const Histogram& histogram;
  const Moments& moments;   ///< Of the same values.
  std::uint64_t least = 0;  ///< None of the values is below; bins reach below it.
};

/// Reads the same quantiles of many counts of `replications` values each. Where all replications
/// have one value the quantile is that, without what bins hide.
class QuantileReader {
 public:
  QuantileReader(std::uint64_t replications, std::vector<double> probabilities);

  /// In the order of the probabilities; `unit` as in `mean_of`.
  [[nodiscard]] std::vector<Quantile> read(const Counted& counted, double unit) const;
  /// The values alone.
  [[nodiscard]] std::vector<double> values(const Counted& counted, double unit) const;

 private:
  struct Ranks {
    std::uint64_t low, middle, high;
  };
  std::uint64_t replications_;
  std::vector<Ranks> ranks_;
};

/// The quantile of a count: the smallest n with at least `probability` of the replications at n or
/// below. `replications[n]` had the count n.
std::uint64_t count_quantile(const std::vector<std::uint64_t>& replications, double probability);

}  // namespace attain
