#include <attain/summary/paired.hpp>

#include <cmath>

namespace attain {

namespace {

Difference with_half_width(double value, double half) {
  return {value, value - half, value + half};
}

}  // namespace

void PairedCounts::add(bool in_first, bool in_second) {
  ++replications;
  first += in_first ? 1 : 0;
  second += in_second ? 1 : 0;
  first_only += in_first && !in_second ? 1 : 0;
  second_only += in_second && !in_first ? 1 : 0;
}

Difference difference_of_chances(const PairedCounts& counts) {
  const auto n = static_cast<double>(counts.replications);
  const auto b = static_cast<double>(counts.second_only);
  const auto c = static_cast<double>(counts.first_only);
  const double variance = (b + c - (b - c) * (b - c) / n) / (n * n);
  return with_half_width((b - c) / n, z_95 * std::sqrt(variance));
}

void PairedSums::add(std::int64_t difference) {
  ++replications;
  sum += difference;
  const auto size = static_cast<std::uint64_t>(difference < 0 ? -difference : difference);
  squares += static_cast<WideSum>(size) * size;
}

Difference mean_difference(const PairedSums& sums) {
  // The spread of differences is that of their opposites, so that a sum below 0 needs no other way.
  const bool is_negative = sums.sum < 0;
  const Moments moments{static_cast<WideSum>(is_negative ? -sums.sum : sums.sum), sums.squares};
  const MeanEstimate size = mean_of(moments, sums.replications, 100);
  return with_half_width(is_negative ? -size.mean : size.mean, size.half_width.value_or(0));
}

}  // namespace attain
