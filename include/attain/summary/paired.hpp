#pragma once

#include <attain/engine/simulate.hpp>
#include <attain/summary/estimate.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace attain {

/// A difference between two scenarios that see the same luck, with its 95 % interval.
struct Difference {
  double value = 0;
  double low = 0;
  double high = 0;
};

/// How often something happens in the first only, and in the second only, of two scenarios.
struct PairedCounts {
  std::uint64_t replications = 0;
  std::uint64_t first = 0;
  std::uint64_t second = 0;
  std::uint64_t first_only = 0;
  std::uint64_t second_only = 0;

  void add(bool in_first, bool in_second);
};

/// P(second) - P(first), interval by McNemar's variance (b + c - (b - c)^2 / n) / n^2.
Difference difference_of_chances(const PairedCounts& counts);

/// Sum and sum of squares of paired differences of money in cents, exact.
struct PairedSums {
  std::uint64_t replications = 0;
  __extension__ __int128 sum = 0;
  WideSum squares = 0;

  void add(std::int64_t difference);
};

/// The mean difference in units of the currency.
Difference mean_difference(const PairedSums& sums);

}  // namespace attain
