#pragma once

#include <attain/summary/estimate.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace attain {

/// How far a chance itself moves because inputs are uncertain: 5 to 95 % of it over their draws,
/// without simulation error.
struct ChanceRange {
  double low = 0;
  double high = 0;
};

/// Why bookings differ from one future to another, as parts of their variance (in units of the
/// currency, squared): what chance does with inputs that are known, and what is not known of them.
struct Uncertainty {
  Estimate luck;
  std::optional<Estimate> ignorance;  ///< None where it cannot be told from the luck in it.
  std::optional<ChanceRange> attain;  ///< None without a quota.
};

/// Bookings over replications that share one draw of all uncertain numbers, in units of the
/// currency.
struct DrawResult {
  double mean = 0;
  double variance = 0;         ///< Within the draw, without bias.
  std::uint64_t at_quota = 0;  ///< Replications.
};

/// Ignorance is the variance of the draws' means less the luck in them, luck the mean variance
/// within a draw; their intervals are jackknife ones over the draws. `chance` is that of quota,
/// from elsewhere; its range is that of the beta distribution with this mean and the variance of
/// the draws' shares less the luck in them. At least three draws of at least two `replications`.
Uncertainty uncertainty_of(const std::vector<DrawResult>& draws, std::uint64_t replications,
                           const std::optional<double>& chance);

/// 5 to 95 % of the beta distribution with this mean and variance; the mean itself where the
/// variance is none.
ChanceRange range_of_chance(double mean, double variance);

}  // namespace attain
