#pragma once

#include <compare>
#include <cstdint>

namespace attain {

/// An amount of money in whole cents of the scenario's currency.
struct Money {
  std::int64_t cents = 0;

  auto operator<=>(const Money&) const = default;
  constexpr Money& operator+=(Money other) {
    cents += other.cents;
    return *this;
  }
  friend constexpr Money operator+(Money a, Money b) { return {a.cents + b.cents}; }
  friend constexpr Money operator-(Money a, Money b) { return {a.cents - b.cents}; }

  /// In units of the currency (dollars, not cents).
  [[nodiscard]] constexpr double units() const { return static_cast<double>(cents) / 100.0; }
};

/// The largest amount that is read, drawn or fixed: 1e12 units of the currency.
inline constexpr Money largest_amount{100'000'000'000'000};

/// The nearest whole cent, half to even. `units` must be finite and at most 1e12 in size.
Money money_from_units(double units);

/// The smallest amount that is at least `share` of `quota`, in whole cents. `share` counts in
/// millionths, so that 80 % of a quota is exact.
Money at_least_share(Money quota, double share);

}  // namespace attain
