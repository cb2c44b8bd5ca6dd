#include <attain/summary/uncertainty.hpp>

#include <boost/math/distributions/beta.hpp>

#include <algorithm>
#include <cmath>
#include <functional>

namespace attain {

namespace {

/// Sums over draws from which one draw can be taken away again: values about their mean, so that
/// little is lost by it.
struct Sums {
  double draws = 0;
  double about_mean = 0;  ///< Of the draws' means, around their common mean.
  double squares = 0;     ///< Likewise.
  double variance = 0;    ///< Of the variances within draws.

  void add(double mean, double within, double sign) {
    draws += sign;
    about_mean += sign * mean;
    squares += sign * mean * mean;
    variance += sign * within;
  }
};

double luck_of(const Sums& sums) { return sums.variance / sums.draws; }

double variance_between(const Sums& sums) {
  return (sums.squares - sums.about_mean * sums.about_mean / sums.draws) / (sums.draws - 1);
}

/// Tukey's jackknife: the spread of the estimates that leave one draw out.
Estimate jackknifed(const std::vector<DrawResult>& draws,
                    const std::function<double(const Sums&)>& estimate) {
  double centre = 0;
  for (const DrawResult& draw : draws) centre += draw.mean;
  centre /= static_cast<double>(draws.size());
  Sums all;
  for (const DrawResult& draw : draws) all.add(draw.mean - centre, draw.variance, 1);
  double sum = 0;
  double squares = 0;
  const double whole = estimate(all);
  for (const DrawResult& draw : draws) {
    Sums rest = all;
    rest.add(draw.mean - centre, draw.variance, -1);
    const double change = estimate(rest) - whole;
    sum += change;
    squares += change * change;
  }
  const double spread = std::max(squares - sum * sum / all.draws, 0.0);
  const double half = z_95 * std::sqrt((all.draws - 1) / all.draws * spread);
  // A variance is never below 0.
  return {whole, std::max(whole - half, 0.0), whole + half};
}

/// Of the draws' shares at quota, less the luck in them.
double variance_of_chance(const std::vector<DrawResult>& draws, double replications) {
  const auto count = static_cast<double>(draws.size());
  double mean = 0;
  for (const DrawResult& draw : draws) mean += static_cast<double>(draw.at_quota) / replications;
  mean /= count;
  double squares = 0;
  double luck = 0;
  for (const DrawResult& draw : draws) {
    const double share = static_cast<double>(draw.at_quota) / replications;
    squares += (share - mean) * (share - mean);
    luck += share * (1 - share) / (replications - 1);
  }
  return squares / (count - 1) - luck / count;
}

/// Six digits are more than the draws can bear, and the same on every machine.
double rounded(double chance) { return std::round(chance * 1e6) / 1e6; }

}  // namespace

ChanceRange range_of_chance(double mean, double variance) {
  const double most = mean * (1 - mean);
  if (variance <= 0 || most <= 0) return {mean, mean};
  // No distribution of this mean has more; the draws' own mean may be another by luck.
  const double size = most / std::min(variance, 0.99 * most) - 1;
  const boost::math::beta_distribution<double> law(mean * size, (1 - mean) * size);
  return {rounded(boost::math::quantile(law, 0.05)), rounded(boost::math::quantile(law, 0.95))};
}

Uncertainty uncertainty_of(const std::vector<DrawResult>& draws, std::uint64_t replications,
                           const std::optional<double>& chance) {
  const auto size = static_cast<double>(replications);
  Uncertainty made;
  made.luck = jackknifed(draws, luck_of);
  const Estimate ignorance = jackknifed(
      draws, [size](const Sums& sums) { return variance_between(sums) - luck_of(sums) / size; });
  if (ignorance.value > 0) made.ignorance = ignorance;
  if (chance) made.attain = range_of_chance(*chance, variance_of_chance(draws, size));
  return made;
}

}  // namespace attain
