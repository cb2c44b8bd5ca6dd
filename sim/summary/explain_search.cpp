#include "explain_search.hpp"

#include <algorithm>
#include <cmath>

namespace attain {

namespace {

/// The smallest count in 0 .. n for which `holds`, which is monotone; n + 1 if it never does.
template <class Holds>
std::uint64_t smallest_count(std::uint64_t n, const Holds& holds) {
  std::uint64_t low = 0;
  std::uint64_t high = n + 1;
  while (low < high) {
    const std::uint64_t middle = (low + high) / 2;
    if (holds(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

constexpr double tolerance = 0.01;

}  // namespace

NeededCounts needed_counts(double target, std::uint64_t replications) {
  const auto smallest = [&](auto end) {
    return smallest_count(replications, [&](std::uint64_t count) {
      return end(chance_of(count, replications)) >= target;
    });
  };
  return {smallest([](const Chance& chance) { return chance.probability; }),
          smallest([](const Chance& chance) { return chance.high; }),
          smallest([](const Chance& chance) { return chance.low; })};
}

void Lever::try_first(double amount) {
  amount = whole_ ? std::ceil(amount) : amount;
  if (amount > 0 && amount < limit_) at(amount);
}

std::uint64_t Lever::at(double amount) {
  const auto [entry, is_new] = known_.try_emplace(amount, 0);
  if (is_new) entry->second = count_(amount);
  return entry->second;
}

std::optional<Lever::Bracket> Lever::bracket(std::uint64_t needed) {
  // Up from the largest known amount that is not enough, doubling, to the first one that is.
  double low = 0;
  std::uint64_t count_at_low = at(0);
  for (const auto& [amount, count] : known_) {
    if (count >= needed) return Bracket{low, amount, count_at_low, count};
    low = amount;
    count_at_low = count;
  }
  while (low < limit_) {
    double high = std::min(low > 0 ? 2 * low : limit_ / 64, limit_);
    if (whole_) high = std::ceil(high);
    const std::uint64_t count = at(high);
    if (count >= needed) return Bracket{low, high, count_at_low, count};
    low = high;
    count_at_low = count;
  }
  return {};
}

double Lever::crossing(const Bracket& around, std::uint64_t needed) {
  const auto rise = static_cast<double>(around.count_at_high - around.count_at_low);
  const auto part = static_cast<double>(needed - around.count_at_low);
  return around.low + (around.high - around.low) * part / rise;
}

std::optional<double> Lever::least(std::uint64_t needed) {
  if (at(0) >= needed) return 0;
  std::optional<Bracket> around = bracket(needed);
  if (!around) return {};
  for (;;) {
    const double width = around->high - around->low;
    if (width <= std::max(tolerance * around->high, whole_ ? 1.0 : 0.0)) break;
    // By regula falsi, but an eighth away from both ends, so that both of them move.
    double next =
        std::clamp(crossing(*around, needed), around->low + width / 8, around->high - width / 8);
    if (whole_) next = std::clamp(std::round(next), around->low + 1, around->high - 1);
    const std::uint64_t count = at(next);
    if (count >= needed) {
      around->high = next;
      around->count_at_high = count;
    } else {
      around->low = next;
      around->count_at_low = count;
    }
  }
  const double crossed = crossing(*around, needed);
  return whole_ ? std::ceil(crossed) : crossed;
}

std::optional<NeededValue> needed_value(Lever& lever, const NeededCounts& needed) {
  const std::optional<double> value = lever.least(needed.value);
  if (!value) return {};
  NeededValue result;
  result.value = *value;
  result.low = std::min(lever.least(needed.low).value_or(*value), *value);
  result.high = lever.least(needed.high);
  if (result.high) result.high = std::max(*result.high, *value);
  return result;
}

}  // namespace attain
