#include "support/oracle/amount_law.hpp"

#include <cmath>

namespace attain::oracle {

namespace {

std::int64_t to_cents(double units) {
  // The default rounding mode of std::nearbyint is half to even.
  return static_cast<std::int64_t>(std::nearbyint(units * 100));
}

}  // namespace

AmountLaw::AmountLaw(const Distribution& distribution, double factor)
    : stated_(distribution), factor_(factor) {
  const bool drawn = std::holds_alternative<Distribution::Empirical>(distribution.family());
  const FamilyLaw law(distribution);
  for (const oracle::Atom& atom : law.atoms()) {
    const double value = drawn ? static_cast<double>(static_cast<float>(atom.value)) : atom.value;
    atoms_.push_back({to_cents(value * factor), atom.probability});
  }
  if (law.continuous()) continuous_ = law;
}

AmountLaw::AmountLaw(Money amount, double factor)
    : stated_(amount), factor_(factor), atoms_{{to_cents(amount.units() * factor), 1.0}} {}

AmountLaw AmountLaw::times(double factor) const {
  return std::visit([factor](const auto& stated) { return AmountLaw(stated, factor); }, stated_);
}

double AmountLaw::cdf(double cents) const {
  return cents <= 0 ? 0 : 1 - continuous_->survival(cents / 100 / factor_);
}

double AmountLaw::raw_moment(int power) const {
  if (continuous_) return std::pow(factor_, power) * continuous_->raw_moment(power);
  double sum = 0;
  for (const Atom& atom : atoms_) {
    sum += atom.probability * std::pow(static_cast<double>(atom.cents) / 100, power);
  }
  return sum;
}

}  // namespace attain::oracle
