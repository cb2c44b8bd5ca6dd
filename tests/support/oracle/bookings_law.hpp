#pragma once

#include "support/oracle/amount_law.hpp"
#include "support/oracle/fft.hpp"

#include <attain/base/money.hpp>

#include <array>
#include <complex>
#include <cstdint>
#include <vector>

namespace attain::oracle {

/// A probability and how far it may be from the truth.
struct Chance {
  double value = 0;
  double error = 0;
};

/// Where on the grid a continuous amount goes: to the next node below, the nearest, or above.
/// `down` and `up` bracket the truth, `nearest` has an error of second order.
enum class Rounding { down, nearest, up };

/// The exact law of a sum of independent parts: compound Poisson sums of iid amounts, and single
/// deals that bring an amount with some probability.
///
/// P(sum >= x) comes from the characteristic function on a grid, tilted by exp(-20 j / n) against
/// wrap-around (Gruebel and Hermesmeier 1999, ASTIN Bulletin 29). Amounts that are listed lie
/// exactly on nodes (the grid's step divides their greatest common divisor in cents), so that
/// P(sum >= x) includes their atom at x. The part of the law that holds continuous amounts is
/// smooth and is interpolated between the edges of cells: at a node, half of its mass counts.
class BookingsLaw {
 public:
  /// Poisson(mean) deals.
  void add_poisson(const AmountLaw& amount, double mean);
  /// `count` deals, each won with `probability`.
  void add_events(const AmountLaw& amount, double probability, int count = 1);
  /// `count` deals, each won with one of these amounts, or not at all.
  struct Win {
    AmountLaw amount;
    double probability = 0;
  };
  void add_events(const std::vector<Win>& wins, int count);
  /// What is there for certain.
  void add_certain(Money amount) { certain_ += amount; }
  void add(const BookingsLaw& other);

  /// In units of the currency. `order` from 1 to 6: mean, variance, third cumulant, ...
  [[nodiscard]] double cumulant(int order) const;
  [[nodiscard]] double mean() const { return cumulant(1); }
  [[nodiscard]] double variance() const { return cumulant(2); }

  /// P(sum >= threshold) of each threshold, extrapolated from two grids (Richardson); the error is
  /// the difference to what two coarser grids give.
  [[nodiscard]] std::vector<Chance> at_least(const std::vector<Money>& thresholds,
                                             std::int64_t cells = finest_cells) const;
  /// Twice divisible by 2 for the coarser grids, and a little below a power of two.
  static constexpr std::int64_t finest_cells = (1 << 16) - 4;
  /// The same on one grid of at least `cells` cells below the largest threshold.
  [[nodiscard]] std::vector<double> at_least_on_grid(const std::vector<Money>& thresholds,
                                                     std::int64_t cells, Rounding rounding) const;

 private:
  struct Part {
    AmountLaw amount;
    double poisson_mean = 0;
  };
  /// Deals that are won alike: with the amount of which part, and with which probability.
  struct Events {
    std::vector<std::size_t> parts;
    std::vector<double> probabilities;
    int count = 1;
  };
  /// Cents of a node are index * numerator / denominator.
  struct Grid {
    std::int64_t numerator = 1;
    std::int64_t denominator = 1;
    std::size_t nodes = 0;
  };

  /// The index of the part with this amount.
  std::size_t part_of(const AmountLaw& amount);
  [[nodiscard]] Grid make_grid(std::int64_t largest, std::int64_t cells) const;
  [[nodiscard]] static Spectrum severity(const AmountLaw& amount, const Grid& grid,
                                         Rounding rounding);
  /// The spectrum of the sum, from those of the amounts, at one frequency.
  [[nodiscard]] std::complex<double> spectrum(
      const std::vector<std::complex<double>>& of_parts) const;
  /// The law on the nodes: first of all outcomes, then of those without a continuous amount.
  [[nodiscard]] std::array<std::vector<double>, 2> laws_on(const Grid& grid,
                                                           Rounding rounding) const;

  std::vector<Part> parts_;
  std::vector<Events> events_;
  Money certain_;
};

}  // namespace attain::oracle
