#pragma once

#include <string>

namespace attain {

/// What is known of a number that is not known exactly: a positive quantity (lognormal), or a
/// probability (logit-normal, beta). A value type, valid once built: the factories throw
/// std::invalid_argument, naming the parameter.
class NumberLaw {
 public:
  enum class Family { lognormal, logit_normal, beta };

  /// mean > 0, 0 < cv <= 10.
  static NumberLaw lognormal(double mean, double cv);
  /// 5 % and 95 % quantiles, 0 < low < high.
  static NumberLaw lognormal_between(double low, double high);
  /// 0 < mean < 1, 0 < sd < sqrt(mean (1 - mean)).
  static NumberLaw beta(double mean, double sd);
  /// As if `observed` cases had shown this rate: Beta(rate x observed, (1 - rate) x observed).
  static NumberLaw beta_observed(double rate, double observed);
  /// 5 % and 95 % quantiles, 0 < low < high < 1.
  static NumberLaw logit_normal_between(double low, double high);

  [[nodiscard]] Family family() const { return family_; }
  [[nodiscard]] double mean() const { return mean_; }
  [[nodiscard]] double sd() const;
  /// The x with P(X <= x) = probability, 0 < probability < 1.
  [[nodiscard]] double quantile(double probability) const;
  /// The x with P(X > x) = probability; keeps its digits for small probabilities.
  [[nodiscard]] double upper_quantile(double probability) const;
  /// As people write it: "mean 4.1, 5 to 95 %: 3 to 5".
  [[nodiscard]] std::string describe() const;

  bool operator==(const NumberLaw&) const = default;

 private:
  NumberLaw(Family family, double first, double second);

  Family family_;
  double first_;   ///< Mean of the log (logit); of beta its first parameter.
  double second_;  ///< Standard deviation of the log (logit); of beta its second parameter.
  double mean_;
};

}  // namespace attain
