#pragma once

#include "kernel.hpp"
#include "views.hpp"

#include <attain/engine/outcomes.hpp>
#include <attain/engine/simulate.hpp>

#include <optional>
#include <vector>

namespace attain::engine {

/// Simulates blocks of 64 replications of a whole plan, one at a time, and counts what happens.
/// Each thread has its own.
class Worker {
 public:
  Worker(const Plan& plan, std::uint64_t seed, SimdWidth simd);

  /// Replications [first, end) of the block, numbers within it.
  void run_block(std::uint64_t block, int first, int end);

  [[nodiscard]] const std::int64_t* final_bookings(std::size_t territory) const {
    return finals_.data() + territory * lanes;
  }
  /// Runs a block without counting, for its final bookings or one lane's future.
  void run_block_uncounted(std::uint64_t block, int first, int end);
  void run_recorded(std::uint64_t block, std::size_t territory, Recorder& recorder,
                    std::int64_t* booked_by_week);

  [[nodiscard]] Outcomes take_outcomes();

 private:
  /// What a goal is compared with, in cents; `none` where there is no goal.
  struct Goals {
    std::int64_t quota;
    std::int64_t forecast;
    std::vector<std::int64_t> thresholds;
  };
  static Goals goals_of(const std::optional<Money>& quota, const std::optional<Money>& forecast,
                        const std::vector<double>& thresholds);

  void simulate(std::uint64_t block, std::size_t territory, int first, int end, Recorder* recorder,
                bool with_progress = false);
  void count(BookingsTally& tally, const Goals& goals, const std::int64_t* booked, int first,
             int end);
  void count_territory(std::size_t territory, int first, int end);
  void count_utilization(std::size_t territory, int first, int end);
  void count_progress(std::size_t territory, int first, int end);
  void count_groups(int first, int end);
  void count_lowest(int first, int end);

  const Plan& plan_;
  std::uint64_t seed_;
  Kernel kernel_;
  std::vector<TerritoryWork> work_;
  ScratchMemory memory_;
  LaneKeys keys_{};
  LaneKeys shared_keys_{};  ///< Of luck that territories have in common, for `shared_block_`.
  bool has_shared_luck_ = false;
  std::optional<std::uint64_t> shared_block_;
  std::size_t weeks_;
  std::vector<std::int64_t> booked_;                 ///< [week][lane] of the territory at hand.
  std::vector<std::int64_t> group_booked_;           ///< [group][week][lane].
  std::vector<std::int32_t> group_at_quota_;         ///< [group][lane].
  std::vector<std::int64_t> finals_;                 ///< [territory][lane].
  std::vector<std::vector<std::size_t>> groups_of_;  ///< [territory].
  std::vector<Goals> territory_goals_;
  std::vector<Goals> group_goals_;
  std::int32_t wins_[lanes]{};
  std::vector<double> hours_asked_;               ///< [week][lane] likewise.
  std::vector<std::vector<double>> hours_there_;  ///< [territory][week]
  std::vector<std::int16_t> progress_;            ///< [week][item][lane] of the territory at hand.
  std::vector<std::size_t> by_name_;  ///< Territories with a quota, in byte order of names.
  Outcomes outcomes_;
};

}  // namespace attain::engine
