#pragma once

#include "timing.hpp"

#include <attain/engine/simulate.hpp>
#include <attain/plan/plan.hpp>

#include <vector>

namespace attain::bench {

/// Microseconds per territory-quarter and core for one instruction set.
struct WidthSpeed {
  SimdWidth width;
  Samples counted{};        ///< simulate, all 17 territories.
  Samples bookings_only{};  ///< simulate_bookings, likewise.
  Samples one_counted{};    ///< simulate, one territory.
  Samples with_named{};     ///< simulate_bookings with named deals.
  Samples changing{};       ///< simulate, all 17, everything on that may change a funnel.
  Samples raw_round{};      ///< Nanoseconds for one 16-bit draw in each of 64 lanes, unused.
};

/// Seconds of the same run with one and with two threads, by the wall and on CPUs.
struct ThreadGain {
  Samples one;
  Samples two;
  Samples cpu_one;
  Samples cpu_two;
};

class EngineSpeed {
 public:
  static constexpr int named_deals = 16;

  EngineSpeed();

  /// Every candidate once.
  void round();

  [[nodiscard]] const std::vector<WidthSpeed>& widths() const { return widths_; }
  [[nodiscard]] const ThreadGain& threads() const { return threads_; }

 private:
  Plan all_;
  Plan one_;
  Plan with_named_;
  Plan changing_;
  std::vector<WidthSpeed> widths_;
  ThreadGain threads_;
};

}  // namespace attain::bench
