#pragma once

#include <attain/engine/outcomes.hpp>
#include <attain/plan/plan.hpp>

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace attain {

/// Instruction sets for which the engine's loop is compiled. All give the same bytes.
enum class SimdWidth { sse2, avx2, avx512 };

/// The widest one that this machine has, or the one that ATTAIN_SIMD names.
/// Throws std::invalid_argument if ATTAIN_SIMD names none, or one that the machine has not.
SimdWidth best_simd_width();
bool machine_has(SimdWidth width);
std::string_view name_of(SimdWidth width);

struct SimulationOptions {
  std::uint64_t seed = 1;
  std::int64_t first_replication = 0;
  std::int64_t replications = 0;
  int threads = 1;
  SimdWidth simd = SimdWidth::sse2;
  /// Each block of 64 replications (those with the same number / 64) sees one draw of all uncertain
  /// numbers, so that the variance within blocks is luck alone.
  bool one_draw_a_block = false;
  /// Called from the calling thread or a worker, one at a time, with about how many replications
  /// are done; a call is left out where another one is going on.
  std::function<void(std::int64_t)> progress;
  /// Set from outside to stop early; `simulate` then throws Interrupted.
  const std::atomic<bool>* stop = nullptr;
};

class Interrupted : public std::runtime_error {
 public:
  Interrupted() : std::runtime_error("interrupted") {}
};

/// Replications [first, first + replications) of the plan, counted. The same for any number of
/// threads and any SIMD width; ranges that follow each other merge to what one range gives.
Outcomes simulate(const Plan& plan, const SimulationOptions& options);

/// Bookings of the last span (the year, else the only period) in cents of each replication:
/// [territory][replication]. For paired comparisons and tests; memory grows with replications.
std::vector<std::vector<std::int64_t>> simulate_bookings(const Plan& plan,
                                                         const SimulationOptions& options);

/// One future of one territory, step by step.
struct Future {
  struct Move {
    std::size_t named = 0;  ///< Index into TerritoryPlan::named.
    int step = 0;           ///< From 0.
    std::size_t from_stage = 0;
    bool advanced = false;  ///< Else lost. From the last stage: won.
  };
  std::vector<int> leads;            ///< By step.
  std::vector<int> wins;             ///< By step.
  std::vector<std::int64_t> booked;  ///< In cents by week, cumulative from the period's start.
  std::vector<Move> moves;           ///< Of named deals, in order.
};

/// The future of every territory in one replication; the same as its part of the whole.
std::vector<Future> replay(const Plan& plan, std::uint64_t seed, std::int64_t replication,
                           SimdWidth simd);

}  // namespace attain
