#pragma once

#include <attain/engine/simulate.hpp>

#include <cstdint>

namespace attain {

/// Stopping when it is exact enough, with few looks: at 1,000 replications and every doubling of
/// them, at the first at which every Wilson interval is narrow enough. The exact coverage of the
/// interval that is left is 95.0 % on average over p from 1 to 99 %, at least 94.5 % for nine p in
/// ten, and never below 93 %: it leans a little where a look is only just enough. Looking after
/// every replication, on Wald intervals, would lose most of it (docs/methods.md).
inline constexpr std::int64_t first_look = 1'000;
inline constexpr std::int64_t last_look = 2'048'000;

/// Whether a chance of quota is simulated at all: a quota of a territory, a region or the company.
bool has_quota(const Plan& plan);

/// The widest 95 % Wilson interval of a chance of quota - territories, regions and the company, in
/// each period and the year - as half of its width.
double widest_chance_of_quota(const Plan& plan, const Outcomes& outcomes);

struct SequentialOutcomes {
  Outcomes outcomes;
  double half_width = 0;  ///< Achieved.
  bool reached = false;   ///< It is at most the one that was asked for.
};

/// Simulates replications 0, 1, 2, ... until `half_width` is reached or `last_look` is; the
/// outcomes are those of one run of as many. `options.replications` and `first_replication` are not
/// used; its progress counts from the start.
SequentialOutcomes simulate_to_precision(const Plan& plan, SimulationOptions options,
                                         double half_width);

}  // namespace attain
