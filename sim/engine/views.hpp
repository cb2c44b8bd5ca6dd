#pragma once

#include "kernel.hpp"

#include <attain/engine/outcomes.hpp>

#include <memory>
#include <vector>

namespace attain::engine {

/// The plain-pointer view of a territory's plan that the kernel takes, and the sums it adds to.
class TerritoryWork {
 public:
  TerritoryWork(const Plan& plan, const TerritoryPlan& territory);
  TerritoryWork(TerritoryWork&&) = default;

  [[nodiscard]] const TerritoryView& view() const { return view_; }
  /// Number of cells, of flow stages and of named deals that Scratch must hold.
  [[nodiscard]] std::size_t cells() const { return cells_; }
  [[nodiscard]] std::size_t stages() const { return stages_; }

  /// What has been added up so far, as part of a tally.
  void write_sums(TerritoryTally& tally) const;

 private:
  FlowView flow_view(const Plan& plan, const FlowPlan& flow);
  std::uint64_t* new_row(std::size_t size);

  TerritoryView view_{};
  std::vector<FlowView> flows_;
  std::vector<NamedView> named_;
  std::vector<std::unique_ptr<StageView[]>> stage_views_;
  std::vector<std::unique_ptr<ArrivalView[]>> arrival_views_;
  std::vector<std::unique_ptr<OpenCellView[]>> open_views_;
  std::vector<std::unique_ptr<std::uint64_t[]>> rows_;
  std::vector<std::unique_ptr<WideUnsigned>> bookings_;
  std::size_t cells_ = 0;
  std::size_t stages_ = 0;
};

/// Working memory that fits every territory of a plan.
class ScratchMemory {
 public:
  ScratchMemory(std::size_t cells, std::size_t stages, std::size_t named, std::size_t progress);
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
  Scratch scratch_{};
};

/// The keys of replications 64 `block` .. 64 `block` + 63.
void fill_keys(LaneKeys& keys, std::uint64_t seed, std::uint64_t block, std::uint64_t territory);

}  // namespace attain::engine
