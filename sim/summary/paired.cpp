#include <attain/summary/paired.hpp>

#include <cmath>

namespace attain {

namespace {

constexpr double z_95 = 1.959963984540054;

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
  constexpr double cents = 100;
  const auto n = static_cast<double>(sums.replications);
  const auto sum = static_cast<double>(sums.sum);
  const double mean = sum / (n * cents);
  if (sums.replications < 2) return {mean, mean, mean};
  const double about_mean = static_cast<double>(sums.squares) - sum * (sum / n);
  const double variance = about_mean > 0 ? about_mean / (n - 1) : 0;
  return with_half_width(mean, z_95 * std::sqrt(variance / n) / cents);
}

}  // namespace attain
