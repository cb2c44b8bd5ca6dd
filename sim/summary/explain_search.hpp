#pragma once

#include <attain/summary/explain.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>

namespace attain {

/// How many of `replications` must make quota for a target: by the estimate itself and by the ends
/// of its Wilson interval.
struct NeededCounts {
  std::uint64_t value = 0;  ///< The smallest count whose share is at least the target.
  std::uint64_t low = 0;    ///< ... whose interval's upper end is.
  std::uint64_t high = 0;   ///< ... whose interval's lower end is.
};

NeededCounts needed_counts(double target, std::uint64_t replications);

/// Something that can be had more or less of, such as new deals a week. `count` says in how many
/// replications quota is made with an amount of it; more never makes that fewer on the same luck.
class Lever {
 public:
  using Count = std::function<std::uint64_t(double)>;

  /// Looks between 0 and `limit`. `whole`: only whole numbers make sense.
  Lever(Count count, double limit, bool whole)
      : count_(std::move(count)), limit_(limit), whole_(whole) {}

  /// What is known, or worth to look at first.
  void know(double amount, std::uint64_t count) { known_[amount] = count; }
  void try_first(double amount);

  /// The least amount with which at least `needed` replications make quota; none: not within the
  /// limit. Within 1 %, and then interpolated: on common luck the count is nearly linear there, and
  /// simulation error is larger.
  std::optional<double> least(std::uint64_t needed);

 private:
  struct Bracket {
    double low, high;
    std::uint64_t count_at_low, count_at_high;
  };

  std::uint64_t at(double amount);
  std::optional<Bracket> bracket(std::uint64_t needed);
  /// Where a straight line through both ends meets `needed`.
  static double crossing(const Bracket& around, std::uint64_t needed);

  Count count_;
  double limit_;
  bool whole_;
  std::map<double, std::uint64_t> known_;
};

/// All three of `needed`, or none if the value itself is out of reach.
std::optional<NeededValue> needed_value(Lever& lever, const NeededCounts& needed);

}  // namespace attain
