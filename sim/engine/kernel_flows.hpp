#pragma once

// A part of kernel.cpp, and of nothing else: it has to be inlined into its loop.

#include "kernel_amounts.hpp"

namespace attain::engine {

namespace {

/// Where a flow's cells lie in Scratch: its open ones, then one for each stage and step of entry.
struct FlowCells {
  std::int16_t* counts;
  std::int16_t* most;
  int open_count;
  int steps;

  [[nodiscard]] int entered_at(int stage, int step) const {
    return open_count + stage * steps + step;
  }
  [[nodiscard]] std::int16_t* counts_of(int cell) const {
    return counts + static_cast<std::ptrdiff_t>(cell) * lanes;
  }
};

/// One step of one stage: what is here moves; adds up what left, and what goes on into
/// `next_entered`.
inline void step_stage(const LaneKeys& keys, const FlowView& flow, const FlowCells& cells,
                       int stage, const Now& now, std::int16_t* next_entered,
                       std::uint64_t& in_stage) {
  alignas(64) std::int16_t left[lanes] = {};
  const StageView& view = flow.stages[stage];
  for (int open = 0; open < flow.open_count; ++open) {
    const OpenCellView& deals = flow.open[open];
    if (deals.stage != stage || cells.most[open] == 0) continue;
    cells.most[open] = static_cast<std::int16_t>(
        move_cell(keys, now.once(deals.place), deals.law[now.step], cells.counts_of(open),
                  cells.most[open], left, next_entered));
  }
  for (int entry = 0; entry <= now.step; ++entry) {
    const int cell = cells.entered_at(stage, entry);
    if (cells.most[cell] == 0) continue;
    cells.most[cell] = static_cast<std::int16_t>(
        move_cell(keys, now.at(view.place, entry), view.law[now.step - entry],
                  cells.counts_of(cell), cells.most[cell], left, next_entered));
  }
  in_stage -= sum(left);
}

/// New deals of one step: into the cells where they start. `progress` may be null.
inline void let_leads_arrive(const LaneKeys& keys, const FlowView& flow, const FlowCells& cells,
                             const Now& now, const std::int16_t* active, std::int16_t* progress,
                             Recorder* recorder) {
  for (int i = 0; i < flow.arrival_count; ++i) {
    const ArrivalView& arrival = flow.arrivals[i];
    alignas(64) std::int16_t arrived[lanes] = {};
    add_arrivals(keys, arrival, now, active, arrived);
    add_to(cells.counts_of(cells.entered_at(arrival.stage, now.step)), arrived);
    flow.sums.leads[arrival.stage * now.weeks + now.week] += sum(arrived);
    if (recorder != nullptr) recorder->leads[now.step] += arrived[recorder->lane];
    if (progress == nullptr) continue;
    add_to(progress + flow.leads_progress * lanes, arrived);
    // Who starts in a stage has not advanced into it; it will be added with those who have.
    const int item = flow.stages[arrival.stage].progress;
    if (item >= 0) take_from(progress + item * lanes, arrived);
  }
}

/// One step of one flow: leads arrive, stages first to last, wins are booked.
inline void step_flow(const LaneKeys& keys, const FlowView& flow, const FlowCells& cells,
                      const Now& now, const std::int16_t* active, std::uint64_t* in_stage,
                      std::int16_t* progress, std::int64_t* booked, BlockResult& result,
                      Recorder* recorder) {
  for (int stage = 0; stage < flow.stage_count; ++stage) {
    flow.sums.present[stage * now.weeks + now.week] += in_stage[stage];
    std::memset(cells.counts_of(cells.entered_at(stage, now.step)), 0,
                lanes * sizeof(std::int16_t));
  }
  let_leads_arrive(keys, flow, cells, now, active, progress, recorder);
  alignas(64) std::int16_t won[lanes] = {};
  for (int stage = 0; stage < flow.stage_count; ++stage) {
    const int cell = cells.entered_at(stage, now.step);
    const std::int16_t* entered = cells.counts_of(cell);
    const std::uint64_t came = sum(entered);
    flow.sums.entered[stage * now.weeks + now.week] += came;
    in_stage[stage] += came;
    cells.most[cell] = static_cast<std::int16_t>(largest(entered));
    const int item = flow.stages[stage].progress;
    if (progress != nullptr && item >= 0) add_to(progress + item * lanes, entered);
    const bool last = stage + 1 == flow.stage_count;
    step_stage(keys, flow, cells, stage, now,
               last ? won : cells.counts_of(cells.entered_at(stage + 1, now.step)),
               in_stage[stage]);
  }
  flow.sums.wins[now.week] += sum(won);
  for (int lane = 0; lane < lanes; ++lane) result.wins[lane] += won[lane];
  if (recorder != nullptr) recorder->wins[now.step] += won[recorder->lane];
  book_counts(keys, flow, now, won, booked, result);
}

}  // namespace

}  // namespace attain::engine
