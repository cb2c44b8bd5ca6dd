#pragma once

#include <attain/random/distribution.hpp>

#include <cstddef>
#include <deque>
#include <vector>

namespace attain {

/// A dwell time at clocks of 64ths of a step, each worked out once: tables of stages and of deals
/// that are open on day one look at the same ones.
class StayGrid {
 public:
  StayGrid(Distribution weeks, int steps_per_week)
      : weeks_(std::move(weeks)), steps_per_week_(steps_per_week) {}

  /// E[max(X - x, 0)] in weeks; the clock may be below 0.
  double excess_mean(long long clock);
  /// P(X > x).
  double survival(long long clock);

  [[nodiscard]] const Distribution& weeks() const { return weeks_; }

 private:
  Distribution weeks_;
  int steps_per_week_;
  std::vector<double> excess_;    ///< [clock] NaN: not worked out yet.
  std::vector<double> survival_;  ///< Likewise.
};

/// One grid for each distribution.
class StayGrids {
 public:
  explicit StayGrids(int steps_per_week) : steps_per_week_(steps_per_week) {}

  /// Stays where it is.
  StayGrid& of(const Distribution& weeks);

 private:
  int steps_per_week_;
  std::deque<StayGrid> grids_;
};

}  // namespace attain
