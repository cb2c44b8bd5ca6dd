#pragma once

// A part of kernel.cpp, and of nothing else: it has to be inlined into its loop.

#include "kernel_cells.hpp"

namespace attain::engine {

namespace {

/// The step that is simulated, and how draws address it.
struct Now {
  int step;                  ///< From the first one that is simulated.
  std::uint32_t from_start;  ///< From the calendar's start.
  std::uint32_t first;       ///< The same of step 0.
  int week;                  ///< From the one of step 0.
  int weeks;                 ///< That are simulated.
  std::uint32_t period;      ///< From the calendar's start, like the next one.
  std::uint32_t week_from_start;
  bool begins_period;
  bool begins_week;
  bool ends_week;

  /// The address of what happens now to those who entered in step `entry`.
  [[nodiscard]] Address at(std::uint64_t place, int entry) const {
    return address(place, from_start, first + static_cast<std::uint32_t>(entry));
  }
  /// The address of what happens now once, or for the n-th time.
  [[nodiscard]] Address once(std::uint64_t place, std::uint32_t n = 0) const {
    return address(place, from_start, n);
  }
};

/// Poisson arrivals by inversion, added to `entered`.
inline void add_arrivals(const LaneKeys& keys, const ArrivalView& arrival, const Now& now,
                         const std::int16_t* active, std::int16_t* entered) {
  alignas(64) std::uint32_t draws[lanes];
  alignas(64) std::int32_t flipped[lanes];
  alignas(64) std::int32_t arrived[lanes];
  for (std::uint32_t part = 0; part <= arrival.full_parts; ++part) {
    const bool is_full = part < arrival.full_parts;
    const std::uint32_t* cumulative = is_full ? arrival.full : arrival.rest;
    const int size = is_full ? arrival.full_size : arrival.rest_size;
    wide_draws(keys, now.once(arrival.place, part), draws);
    // Signed comparisons, which every instruction set has: both sides with the top bit turned over.
    std::int32_t most = INT32_MIN;
    for (int lane = 0; lane < lanes; ++lane) {
      flipped[lane] = static_cast<std::int32_t>(draws[lane] ^ 0x80000000U);
      most = flipped[lane] > most ? flipped[lane] : most;
      arrived[lane] = 0;
    }
    for (int k = 0; k < size; ++k) {
      const auto threshold = static_cast<std::int32_t>(cumulative[k] ^ 0x80000000U);
      if (threshold > most) break;
      for (int lane = 0; lane < lanes; ++lane) arrived[lane] += flipped[lane] >= threshold ? 1 : 0;
    }
    for (int lane = 0; lane < lanes; ++lane) {
      entered[lane] += static_cast<std::int16_t>(arrived[lane] & active[lane]);
    }
  }
}

/// exp(-x) for 0 <= x <= 64, with relative error below 3e-7: the same bits on every machine, which
/// libm does not promise. Range reduction by ln 2 in two parts (Cody and Waite 1980), then a
/// Taylor polynomial on [-0.35, 0.35].
inline float exp_of_minus(float x) {
  const auto twos = static_cast<std::int32_t>(x * 1.44269504F + 0.5F);
  const auto n = static_cast<float>(twos);
  const float r = (n * 0.693359375F - x) + n * -2.12194440e-4F;
  float sum = 1.0F / 5040;
  sum = sum * r + 1.0F / 720;
  sum = sum * r + 1.0F / 120;
  sum = sum * r + 1.0F / 24;
  sum = sum * r + 1.0F / 6;
  sum = sum * r + 0.5F;
  sum = sum * r + 1;
  sum = sum * r + 1;
  const std::uint32_t bits = static_cast<std::uint32_t>(127 - twos) << 23U;
  float power;
  std::memcpy(&power, &bits, sizeof power);
  return sum * power;
}

/// Poisson arrivals where each lane has a multiplier of its own, added to `entered`. The same draws
/// as without; a larger mean only adds to what a smaller one draws.
inline void add_arrivals(const LaneKeys& keys, const ArrivalView& arrival, const Now& now,
                         const std::int16_t* active, const float* multiplier,
                         std::int16_t* entered) {
  constexpr auto full_mean = static_cast<float>(ArrivalPlan::full_mean);
  constexpr float nothing = 0x1p-30F;  // Adds nothing to a sum near 1.
  constexpr float most_mean = 16'000;  // Counts have 16 bits; deals beyond that are cut anyway.
  alignas(64) std::int16_t unchanged[lanes] = {};
  add_arrivals(keys, arrival, now, active, unchanged);
  alignas(64) float rest[lanes];
  float most = 0;
  int changed = 0;
  for (int lane = 0; lane < lanes; ++lane) {
    const bool same = multiplier[lane] == 1;
    const float mean = arrival.mean * multiplier[lane];
    rest[lane] = same ? 0.0F : mean < most_mean ? mean : most_mean;
    changed += same ? 0 : 1;
    most = rest[lane] > most ? rest[lane] : most;
  }
  alignas(64) std::int32_t arrived[lanes] = {};
  for (std::uint32_t part = 0; changed > 0 && most > 0; ++part) {
    alignas(64) std::uint32_t draws[lanes];
    alignas(64) float mean[lanes];
    alignas(64) float draw[lanes];
    alignas(64) float chance[lanes];
    alignas(64) float sum[lanes];
    wide_draws(keys, now.once(arrival.place, part), draws);
    for (int lane = 0; lane < lanes; ++lane) {
      mean[lane] = rest[lane] < full_mean ? rest[lane] : full_mean;
      rest[lane] -= mean[lane];
      draw[lane] = static_cast<float>(static_cast<std::int32_t>(draws[lane] >> 8U)) * 0x1p-24F;
      chance[lane] = exp_of_minus(mean[lane]);
      sum[lane] = chance[lane];
    }
    int going = lanes;
    for (int k = 1; going > 0; ++k) {
      const float inverse = 1.0F / static_cast<float>(k);
      going = 0;
      for (int lane = 0; lane < lanes; ++lane) {
        // Above the mean the chances fall, and at last add nothing.
        const int more = static_cast<int>(draw[lane] >= sum[lane]) &
                         (static_cast<int>(chance[lane] > nothing) |
                          static_cast<int>(static_cast<float>(k) <= mean[lane]));
        arrived[lane] += more;
        going += more;
        chance[lane] *= mean[lane] * inverse;
        sum[lane] += chance[lane];
      }
    }
    most -= full_mean;
  }
  for (int lane = 0; lane < lanes; ++lane) {
    const auto other = static_cast<std::int16_t>(arrived[lane] & active[lane]);
    entered[lane] = static_cast<std::int16_t>(entered[lane] +
                                              (multiplier[lane] == 1 ? unchanged[lane] : other));
  }
}

}  // namespace

}  // namespace attain::engine
