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
  /// Of the options only what concerns luck and the machine.
  Worker(const Plan& plan, const SimulationOptions& options);

  /// Replications [first, end) of the block, numbers within it.
  void run_block(std::uint64_t block, int first, int end);

  /// [lane] of the last span.
  [[nodiscard]] const std::int64_t* final_bookings(std::size_t territory) const {
    return finals_.data() + ((territory + 1) * spans_ - 1) * lanes;
  }
  /// Runs a block without counting, for its final bookings or one lane's future.
  void run_block_uncounted(std::uint64_t block, int first, int end);
  void run_recorded(std::uint64_t block, std::size_t territory, Recorder& recorder,
                    std::int64_t* booked_by_week);

  [[nodiscard]] Outcomes take_outcomes();

 private:
  /// What a span's bookings are compared with, in cents; `none` where there is no goal.
  struct Target {
    std::int64_t quota;
    std::int64_t forecast;
    std::vector<std::int64_t> thresholds;
  };
  using Targets = std::vector<Target>;  ///< [span]
  static Targets targets_of(const std::vector<Goals>& goals, const std::vector<double>& thresholds);

  void simulate(std::uint64_t block, std::size_t territory, int first, int end, Recorder* recorder,
                bool with_progress = false);
  void take_finals(std::size_t territory);
  /// `booked` is [week][lane], `finals` [span][lane].
  void count(BookingsTally& tally, const Targets& targets, const std::int64_t* booked,
             const std::int64_t* finals, int first, int end);
  void count_territory(std::size_t territory, int first, int end);
  void count_utilization(std::size_t territory, int first, int end);
  void count_progress(std::size_t territory, int first, int end);
  void count_groups(int first, int end);
  void count_lowest(int first, int end);

  const Plan& plan_;
  SimulationOptions options_;
  Kernel kernel_;
  std::vector<TerritoryWork> work_;
  ScratchMemory memory_;
  LaneKeys keys_{};
  LaneKeys shared_keys_{};  ///< Of luck that territories have in common, for `shared_block_`.
  bool has_shared_luck_ = false;
  std::optional<std::uint64_t> shared_block_;
  std::size_t weeks_;
  std::size_t spans_;
  std::vector<std::int64_t> booked_;                 ///< [week][lane] of the territory at hand.
  std::vector<std::int64_t> group_booked_;           ///< [group][week][lane].
  std::vector<std::int64_t> group_finals_;           ///< [group][span][lane].
  std::vector<std::int32_t> group_at_quota_;         ///< [group][span][lane].
  std::vector<std::int64_t> finals_;                 ///< [territory][span][lane].
  std::vector<std::vector<std::size_t>> groups_of_;  ///< [territory].
  std::vector<Targets> territory_targets_;
  std::vector<Targets> group_targets_;
  std::int32_t wins_[lanes]{};
  std::vector<double> hours_asked_;     ///< [week][lane] of the territory at hand.
  std::vector<double> hours_there_;     ///< Likewise.
  std::vector<std::int16_t> progress_;  ///< [week][item][lane] of the territory at hand.
  std::vector<std::size_t> by_name_;    ///< Territories with a quota, in byte order of names.
  Outcomes outcomes_;
};

}  // namespace attain::engine
