#pragma once

// A part of kernel.cpp, and of nothing else: it has to be inlined into its loop.

#include "kernel_cells.hpp"

namespace attain::engine {

namespace {

/// The step that is simulated, and how draws of the period address it.
struct Now {
  int step;                    ///< From the first one that is simulated.
  std::uint32_t period_step;   ///< From the period's start.
  std::uint32_t period_first;  ///< The same of step 0.
  int week;                    ///< From the one of step 0.
  int weeks;                   ///< That are simulated.

  /// The address of what happens now to those who entered in step `entry`.
  [[nodiscard]] Address at(std::uint64_t place, int entry) const {
    return address(place, period_step, period_first + static_cast<std::uint32_t>(entry));
  }
  /// The address of what happens now once, or for the n-th time.
  [[nodiscard]] Address once(std::uint64_t place, std::uint32_t n = 0) const {
    return address(place, period_step, n);
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

}  // namespace

}  // namespace attain::engine
