#pragma once

#include "support/oracle/bookings_law.hpp"
#include "support/oracle/count_law.hpp"

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace attain::oracle {

/// The laws of a number in several worlds, each with a probability; they sum to 1.
template <class Law>
class Mixture {
 public:
  struct Part {
    double probability;
    Law law;
  };

  Mixture() = default;
  /// Of one world.
  Mixture(Law law) { add(1, std::move(law)); }  // NOLINT(google-explicit-constructor)

  void add(double probability, Law law) { parts_.push_back({probability, std::move(law)}); }
  [[nodiscard]] const std::vector<Part>& parts() const { return parts_; }

  [[nodiscard]] double mean() const {
    double sum = 0;
    for (const Part& part : parts_) sum += part.probability * part.law.mean();
    return sum;
  }

 private:
  std::vector<Part> parts_;
};

using CountMixture = Mixture<CountLaw>;
using BookingsMixture = Mixture<BookingsLaw>;

double variance(const CountMixture& mixture);
double fourth_central_moment(const CountMixture& mixture);
std::vector<double> probabilities(const CountMixture& mixture);

/// E[(X - E X)^n] for n = 0 to 6, in units of the currency.
std::array<double, 7> central_moments(const BookingsMixture& mixture);
/// How fine the grid has to be with so many worlds: many are smoother together than one.
std::int64_t cells_for(std::size_t worlds);
std::vector<Chance> at_least(const BookingsMixture& mixture, const std::vector<Money>& thresholds);

}  // namespace attain::oracle
