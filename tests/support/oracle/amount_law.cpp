#include "support/oracle/amount_law.hpp"

#include <cmath>

namespace attain::oracle {

namespace {

std::int64_t to_cents(double units) {
  // The default rounding mode of std::nearbyint is half to even.
  return static_cast<std::int64_t>(std::nearbyint(units * 100));
}

}  // namespace

AmountLaw::AmountLaw(const Distribution& distribution) : stated_(distribution) {
  const bool drawn = std::holds_alternative<Distribution::Empirical>(distribution.family());
  const FamilyLaw law(distribution);
  for (const oracle::Atom& atom : law.atoms()) {
    const double value = drawn ? static_cast<double>(static_cast<float>(atom.value)) : atom.value;
    atoms_.push_back({to_cents(value), atom.probability});
  }
  if (law.continuous()) continuous_ = law;
}

AmountLaw::AmountLaw(Money amount) : stated_(amount), atoms_{{amount.cents, 1.0}} {}

double AmountLaw::cdf(double cents) const {
  return cents <= 0 ? 0 : 1 - continuous_->survival(cents / 100);
}

double AmountLaw::raw_moment(int power) const {
  if (continuous_) return continuous_->raw_moment(power);
  double sum = 0;
  for (const Atom& atom : atoms_) {
    sum += atom.probability * std::pow(static_cast<double>(atom.cents) / 100, power);
  }
  return sum;
}

}  // namespace attain::oracle
