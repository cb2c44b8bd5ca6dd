#pragma once

#include <string>
#include <variant>
#include <vector>

namespace attain {

/// A distribution of a positive quantity: weeks in a stage, or the amount of a deal.
///
/// A value type, valid once built: the factories throw std::invalid_argument, naming the parameter.
/// Continuous families are given by mean and cv (standard deviation / mean). `fixed` and
/// `empirical` have atoms, so P(X > x) and P(X >= x) differ for them.
class Distribution {
 public:
  struct Exponential {
    double mean;
    bool operator==(const Exponential&) const = default;
  };
  struct Gamma {
    double mean, cv;
    double shape, scale;
    bool operator==(const Gamma&) const = default;
  };
  struct Lognormal {
    double mean, cv;
    double mu, sigma;
    bool operator==(const Lognormal&) const = default;
  };
  struct Weibull {
    double mean, cv;
    double shape, scale;
    bool operator==(const Weibull&) const = default;
  };
  struct Fixed {
    double value;
    bool operator==(const Fixed&) const = default;
  };
  struct Empirical {
    std::vector<double> values;         ///< Ascending, distinct.
    std::vector<double> probabilities;  ///< Of the values; they sum to 1.
    bool operator==(const Empirical&) const = default;
  };
  using Family = std::variant<Exponential, Gamma, Lognormal, Weibull, Fixed, Empirical>;

  /// mean > 0.
  static Distribution exponential(double mean);
  /// mean > 0, 0.01 <= cv <= 10 (as for lognormal and weibull).
  static Distribution gamma(double mean, double cv);
  static Distribution lognormal(double mean, double cv);
  static Distribution weibull(double mean, double cv);
  /// value >= 0.
  static Distribution fixed(double value);
  /// Values >= 0 in any order, repeated ones allowed; weights >= 0 with a positive sum, or none
  /// (all equal). 1 to 10,000 values.
  static Distribution empirical(const std::vector<double>& values,
                                const std::vector<double>& weights = {});

  [[nodiscard]] const Family& family() const { return family_; }
  [[nodiscard]] double mean() const;
  [[nodiscard]] double variance() const;
  [[nodiscard]] double cv() const;

  /// P(X > x).
  [[nodiscard]] double survival(double x) const;
  /// P(X >= x).
  [[nodiscard]] double survival_from(double x) const;
  /// E[max(X - x, 0)], the integral of P(X > t) for t from x on; mean - x for x < 0. In place of
  /// the integrated cdf G(x) = x - mean + excess_mean(x), because it keeps its digits in the tail.
  [[nodiscard]] double excess_mean(double x) const;
  /// The smallest x with P(X <= x) >= probability, for 0 < probability < 1.
  [[nodiscard]] double quantile(double probability) const;
  /// The x with P(X > x) = probability; keeps its digits for small probabilities.
  [[nodiscard]] double upper_quantile(double probability) const;

  /// The same shape with mean 1 (as it is where the mean is 0).
  [[nodiscard]] Distribution with_mean_one() const;

  /// The same family and cv with another mean, or the same family and mean with another cv; throws
  /// std::invalid_argument where the family has no such parameter.
  [[nodiscard]] Distribution with_mean(double mean) const;
  [[nodiscard]] Distribution with_cv(double cv) const;

  /// As people write it, e.g. "exponential, mean 2" or "gamma, mean 2, cv 80 %".
  [[nodiscard]] std::string describe() const;

  bool operator==(const Distribution&) const = default;

 private:
  explicit Distribution(Family family) : family_(std::move(family)) {}
  Family family_;
};

}  // namespace attain
