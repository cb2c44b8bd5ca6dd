#pragma once

#include "support/oracle/family_law.hpp"

#include <attain/base/money.hpp>

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

namespace attain::oracle {

/// What one won deal brings, in cents as the program books them: amounts are rounded to cents, half
/// to even; one that is drawn from a list is first rounded to 24 significant bits.
class AmountLaw {
 public:
  /// Multiplied by `factor` before it is rounded to cents.
  explicit AmountLaw(const Distribution& distribution, double factor = 1);
  explicit AmountLaw(Money amount, double factor = 1);

  /// The same amount before any factor, multiplied by this one.
  [[nodiscard]] AmountLaw times(double factor) const;

  struct Atom {
    std::int64_t cents;
    double probability;
  };
  /// All possible amounts, if there is a list of them; empty for a continuous family.
  [[nodiscard]] const std::vector<Atom>& atoms() const { return atoms_; }
  /// P(amount <= cents) of a continuous family, before rounding to cents.
  [[nodiscard]] double cdf(double cents) const;
  /// E[amount^power] in units of the currency. Rounding to cents is left out for the continuous
  /// families: it moves a mean by less than a hundredth of a cent.
  [[nodiscard]] double raw_moment(int power) const;

  friend bool operator==(const AmountLaw& a, const AmountLaw& b) {
    return a.stated_ == b.stated_ && a.factor_ == b.factor_;
  }

 private:
  std::variant<Money, Distribution> stated_;
  double factor_ = 1;
  std::optional<FamilyLaw> continuous_;
  std::vector<Atom> atoms_;
};

}  // namespace attain::oracle
