#include "stay_grid.hpp"

#include <attain/model/scenario.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace attain {

namespace {

template <class WorkOut>
double once(std::vector<double>& known, long long clock, const WorkOut& work_out) {
  // Beyond, clocks are far apart, and a table would be mostly empty.
  constexpr long long most = 1 << 18;
  if (clock >= most) return work_out();
  const auto index = static_cast<std::size_t>(clock);
  if (index >= known.size()) {
    known.resize(std::max(index + 1, 2 * known.size()), std::numeric_limits<double>::quiet_NaN());
  }
  if (std::isnan(known[index])) known[index] = work_out();
  return known[index];
}

}  // namespace

double StayGrid::excess_mean(long long clock) {
  const double x = weeks_of_64ths(clock, steps_per_week_);
  if (clock < 0) return weeks_.excess_mean(x);
  return once(excess_, clock, [&] { return weeks_.excess_mean(x); });
}

double StayGrid::survival(long long clock) {
  const double x = weeks_of_64ths(clock, steps_per_week_);
  return once(survival_, clock, [&] { return weeks_.survival(x); });
}

StayGrid& StayGrids::of(const Distribution& weeks) {
  const auto known = std::find_if(grids_.begin(), grids_.end(),
                                  [&](const StayGrid& grid) { return grid.weeks() == weeks; });
  if (known != grids_.end()) return *known;
  return grids_.emplace_back(weeks, steps_per_week_);
}

}  // namespace attain
