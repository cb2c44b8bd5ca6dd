#pragma once

#include <attain/random/distribution.hpp>

#include <functional>
#include <vector>

namespace attain::oracle {

struct Atom {
  double value;
  double probability;
};

/// What the solver needs to know about a distribution of positive numbers. Only the parameters that
/// a scenario states (mean and cv, a value, a list) are taken from `Distribution`; shapes, cdfs and
/// integrals are found here with Boost.Math, so that those of `Distribution` are checked as well.
class FamilyLaw {
 public:
  explicit FamilyLaw(const Distribution& distribution);

  /// The values that have a probability of their own; empty for a continuous family.
  [[nodiscard]] const std::vector<Atom>& atoms() const { return atoms_; }
  [[nodiscard]] bool continuous() const { return atoms_.empty(); }

  /// P(X > x).
  [[nodiscard]] double survival(double x) const;
  /// P(X >= x), one minus the left limit of the cdf.
  [[nodiscard]] double survival_from(double x) const;
  /// The integral of P(X > x) between two points that are not negative, by quadrature.
  [[nodiscard]] double integrated_survival(double from, double to) const;
  [[nodiscard]] double mean() const { return raw_moment(1); }
  /// E[X^power].
  [[nodiscard]] double raw_moment(int power) const;

 private:
  std::vector<Atom> atoms_;
  std::function<double(double)> survival_;
  std::function<double(int)> moment_;
};

/// The shape of the Weibull distribution with the given coefficient of variation.
double weibull_shape(double cv);

}  // namespace attain::oracle
