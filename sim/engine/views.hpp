#pragma once

#include "kernel.hpp"

#include <attain/engine/outcomes.hpp>

#include <memory>
#include <vector>

namespace attain::engine {

/// How much working memory a territory takes.
struct ScratchSize {
  std::size_t cells = 0;
  std::size_t stages = 0;
  std::size_t named = 0;
  std::size_t progress = 0;
  std::size_t channels = 0;  ///< From here on 0 where nothing changes the funnel.
  std::size_t moving_cells = 0;
  std::size_t masks = 0;
  std::size_t variables = 0;
  std::size_t values = 0;
  std::size_t choices = 0;
  std::size_t shocks = 0;
  std::size_t clocks = 0;

  void make_room_for(const ScratchSize& other);
};

/// The plain-pointer view of a territory's plan that the kernel takes, and the sums it adds to.
class TerritoryWork {
 public:
  TerritoryWork(const Plan& plan, const TerritoryPlan& territory);
  TerritoryWork(TerritoryWork&&) = default;

  [[nodiscard]] const TerritoryView& view() const { return view_; }
  [[nodiscard]] ScratchSize scratch_size() const;

  /// What has been added up so far, as part of a tally.
  void write_sums(TerritoryTally& tally) const;

 private:
  FlowView flow_view(const Plan& plan, const TerritoryPlan& territory, const FlowPlan& flow);
  StageView stage_view(const Plan& plan, const TerritoryPlan& territory, const StagePlan& stage);
  DynamicsView dynamics_view(const Plan& plan, const TerritoryPlan& territory);
  void add_draws(const Plan& plan, const DynamicsPlan& dynamics, DynamicsView& view);
  AmountView amount_view(const AmountPlan& amount);
  /// A copy that lives as long as this object.
  template <class Item>
  Item* keep(const std::vector<Item>& items);
  std::uint64_t* new_row(std::size_t size);

  TerritoryView view_{};
  std::vector<FlowView> flows_;
  std::vector<NamedView> named_;
  std::vector<std::unique_ptr<StageView[]>> stage_views_;
  std::vector<std::unique_ptr<ArrivalView[]>> arrival_views_;
  std::vector<std::unique_ptr<OpenCellView[]>> open_views_;
  std::vector<std::unique_ptr<std::uint64_t[]>> rows_;
  std::vector<std::shared_ptr<const void>> kept_;
  std::vector<std::unique_ptr<WideUnsigned>> bookings_;
  std::size_t cells_ = 0;
  std::size_t stages_ = 0;
};

/// Working memory that fits every territory of a plan.
class ScratchMemory {
 public:
  explicit ScratchMemory(const ScratchSize& size);
  [[nodiscard]] Scratch& scratch() { return scratch_; }

 private:
  struct alignas(64) Line {
    std::byte bytes[64];
  };
  std::vector<Line> counts_;
  std::vector<std::int16_t> most_;
  std::vector<std::uint64_t> in_stage_;
  std::vector<std::uint64_t> named_in_stage_;
  std::vector<Line> named_base_;
  std::vector<Line> named_stage_;
  std::vector<Line> progress_;
  std::vector<Line> multiplier_;
  std::vector<Line> value_;
  std::vector<Line> choice_;
  std::vector<Line> shock_z_;
  std::vector<Line> shock_;
  std::vector<Line> hours_there_;
  std::vector<Line> wins_before_;
  std::vector<Line> came_;
  std::vector<Line> amount_;
  std::vector<Line> exists_;
  std::vector<Line> holds_;
  std::vector<std::int32_t> held_step_;
  std::vector<Line> variable_;
  std::vector<Line> capacity_;
  std::vector<Line> effort_;
  std::vector<Line> in_lane_;
  std::vector<Line> time_;
  std::vector<Line> survivals_;
  std::vector<std::int32_t> survivals_step_;
  std::vector<Line> clock_;
  std::vector<std::int32_t> last_change_;
  std::vector<Line> named_entry_;
  Scratch scratch_{};
};

/// The keys of replications 64 `block` .. 64 `block` + 63.
void fill_keys(LaneKeys& keys, std::uint64_t seed, std::uint64_t block, std::uint64_t territory);

}  // namespace attain::engine
