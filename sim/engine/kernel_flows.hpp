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
  int first_entered;  ///< The first stage that has cells of those who come.

  [[nodiscard]] int entered_at(int stage, int step) const {
    return open_count + (stage - first_entered) * steps + step;
  }
  [[nodiscard]] std::int16_t* counts_of(int cell) const {
    return counts + static_cast<std::ptrdiff_t>(cell) * lanes;
  }
};

/// What a step of a territory works on.
struct StepContext {
  const TerritoryView& territory;
  const LaneKeys& keys;
  const Now& now;
  const std::int16_t* active;  ///< [lane]
  const Scratch& scratch;
  std::int16_t* progress;  ///< Null where it is not wanted.
  std::int64_t* booked;    ///< [lane]
  BlockResult& result;
  Recorder* recorder;

  [[nodiscard]] bool changes() const { return territory.dynamics.any; }
  /// [lane] of a channel, or null where nothing touches the knob.
  [[nodiscard]] const float* multiplier(int channel) const {
    return channel < 0 ? nullptr : scratch.multiplier + channel * lanes;
  }
  /// What an amount depends on by lane; `channel` as above.
  [[nodiscard]] LaneAmounts amounts(const AmountView& amount, int channel) const {
    const float* const multiplied = multiplier(channel);
    const std::int32_t* const cases =
        amount.choice < 0 ? nullptr : scratch.choice + amount.choice * lanes;
    if (amount.mean_value < 0) return {multiplied, cases};
    const float* const value = scratch.value + amount.mean_value * lanes;
    if (multiplied == nullptr) return {value, cases};
    for (int lane = 0; lane < lanes; ++lane) scratch.amount[lane] = multiplied[lane] * value[lane];
    return {scratch.amount, cases};
  }
  [[nodiscard]] const std::int32_t* clock(const FlowView& flow, int stage, int step) const {
    return clock_at(territory, scratch, flow.first_stage + stage, step);
  }
};

/// A cell that moves: where its deals are, and how they leave where nothing changes that.
struct MovingCell {
  int cell;
  int entry;  ///< The step in which its deals came; 0 for those of day one.
  Address at;
  Departure chance;
  const ClockView& clock;
};

inline KeptSurvivals kept_of(const Scratch& scratch, std::ptrdiff_t cell) {
  float* const survivals = scratch.survivals + cell * 2 * lanes;
  return {survivals, survivals + lanes, scratch.survivals_step + cell};
}

/// Moves a cell of a stage of which speed or odds may differ from lane to lane.
inline int move_cell_by_lane(const StepContext& step, const FlowView& flow, int stage,
                             const MovingCell& moving, std::int16_t* counts, int most,
                             const float* shares, std::int16_t* left, std::int16_t* next_entered) {
  const StageView& view = flow.stages[stage];
  const bool usual_clock =
      !view.varies() &&
      (view.speed_channel < 0 || step.scratch.last_change[flow.first_stage + stage] < moving.entry);
  if (usual_clock && view.odds_channel < 0) {
    return move_cell(step.keys, moving.at, moving.chance, counts, most, left, next_entered);
  }
  LaneChances chances;
  if (!usual_clock) {
    look_up_chances(moving.clock, lane_law(view, step.scratch),
                    step.clock(flow, stage, moving.entry), step.clock(flow, stage, step.now.step),
                    step.clock(flow, stage, step.now.step + 1), step.now.step,
                    kept_of(step.scratch, flow.first_cell + moving.cell), chances);
  } else {
    spread(moving.chance, chances);
  }
  if (view.odds_channel >= 0) change_odds(step.multiplier(view.odds_channel), shares, chances);
  return draw_and_move(step.keys, moving.at, chances, counts, most, left, next_entered);
}

/// One step of one stage: what is here moves; adds up what left, and what goes on into
/// `next_entered`.
inline void step_stage(const StepContext& step, const FlowView& flow, const FlowCells& cells,
                       int stage, std::int16_t* next_entered, std::uint64_t& in_stage) {
  alignas(64) std::int16_t left[lanes] = {};
  const Now& now = step.now;
  const StageView& view = flow.stages[stage];
  const bool by_lane = view.speed_channel >= 0 || view.odds_channel >= 0;
  alignas(64) float shares[lanes];
  const bool one_share = view.odds_channel >= 0 && view.one_share >= 0;
  if (one_share) {
    const float* const odds = step.multiplier(view.odds_channel);
    for (int lane = 0; lane < lanes; ++lane) {
      shares[lane] = share_with_odds(view.one_share, odds[lane]);
    }
  }
  const auto move = [&](const MovingCell& moving) {
    const int most = cells.most[moving.cell];
    std::int16_t* counts = cells.counts_of(moving.cell);
    const int stay =
        by_lane ? move_cell_by_lane(step, flow, stage, moving, counts, most,
                                    one_share ? shares : nullptr, left, next_entered)
                : move_cell(step.keys, moving.at, moving.chance, counts, most, left, next_entered);
    cells.most[moving.cell] = static_cast<std::int16_t>(stay);
  };
  for (int open = 0; open < flow.open_count; ++open) {
    const OpenCellView& deals = flow.open[open];
    if (deals.stage != stage || cells.most[open] == 0) continue;
    move({open, 0, now.once(deals.place), deals.law[now.step], deals.clock});
  }
  for (int entry = 0; entry <= now.step && stage >= flow.first_entered; ++entry) {
    const int cell = cells.entered_at(stage, entry);
    if (cells.most[cell] == 0) continue;
    move({cell, entry, now.at(view.place, entry), view.law[now.step - entry], view.clock});
  }
  in_stage -= sum(left);
  if (step.changes()) take_from(step.scratch.in_lane + (flow.first_stage + stage) * lanes, left);
}

/// Counts have 16 bits: where multipliers bring more deals than have room, the rest is left out and
/// reported.
inline void cut_leads(const StepContext& step, std::int16_t* arrived) {
  constexpr double most = 31'000;  // Open deals of day one have their room below 32,767.
  const double room = most - step.territory.open_count;
  for (int lane = 0; lane < lanes; ++lane) {
    const double left = room - step.scratch.came[lane];
    const double came = arrived[lane] < left ? arrived[lane] : left > 0 ? left : 0;
    step.scratch.came[lane] += came;
    step.result.cut_leads += static_cast<std::uint64_t>(arrived[lane] - came);
    arrived[lane] = static_cast<std::int16_t>(came);
  }
}

/// New deals of one step: into the cells where they start.
inline void let_leads_arrive(const StepContext& step, const FlowView& flow,
                             const FlowCells& cells) {
  const Now& now = step.now;
  const float* const multiplier = step.multiplier(flow.leads_channel);
  for (int i = 0; i < flow.arrival_count; ++i) {
    const ArrivalView& arrival = flow.arrivals[i];
    alignas(64) std::int16_t arrived[lanes] = {};
    if (multiplier == nullptr) {
      add_arrivals(step.keys, arrival, now, step.active, arrived);
    } else {
      add_arrivals(step.keys, arrival, now, step.active, multiplier, arrived);
    }
    if (step.changes()) cut_leads(step, arrived);
    add_to(cells.counts_of(cells.entered_at(arrival.stage, now.step)), arrived);
    flow.sums.leads[arrival.stage * now.weeks + now.week] += sum(arrived);
    if (step.recorder != nullptr) step.recorder->leads[now.step] += arrived[step.recorder->lane];
    if (is_used(step.territory.dynamics, Variable::leads)) {
      double* leads = variable(step.scratch, Variable::leads);
      for (int lane = 0; lane < lanes; ++lane) leads[lane] += arrived[lane];
    }
    if (step.progress == nullptr) continue;
    add_to(step.progress + flow.leads_progress * lanes, arrived);
    // Who starts in a stage has not advanced into it; it will be added with those who have.
    const int item = flow.stages[arrival.stage].progress;
    if (item >= 0) take_from(step.progress + item * lanes, arrived);
  }
}

/// Those who came into a stage in this step.
inline void count_entered(const StepContext& step, const FlowView& flow, int stage,
                          const std::int16_t* entered, std::uint64_t& in_stage) {
  const std::uint64_t came = sum(entered);
  flow.sums.entered[stage * step.now.weeks + step.now.week] += came;
  in_stage += came;
  const int item = flow.stages[stage].progress;
  if (step.progress != nullptr && item >= 0) add_to(step.progress + item * lanes, entered);
  if (!step.changes()) return;
  std::int16_t* const in_lane = step.scratch.in_lane + (flow.first_stage + stage) * lanes;
  add_activities(flow.stages[stage], step.scratch, in_lane, entered);
  add_to(in_lane, entered);
}

/// One step of one flow: leads arrive, stages first to last, wins are booked.
inline void step_flow(const StepContext& step, const FlowView& flow, const FlowCells& cells,
                      std::uint64_t* in_stage) {
  const Now& now = step.now;
  for (int stage = 0; stage < flow.stage_count; ++stage) {
    flow.sums.present[stage * now.weeks + now.week] += in_stage[stage];
    if (stage < flow.first_entered) continue;
    std::memset(cells.counts_of(cells.entered_at(stage, now.step)), 0,
                lanes * sizeof(std::int16_t));
  }
  let_leads_arrive(step, flow, cells);
  alignas(64) std::int16_t won[lanes] = {};
  alignas(64) constexpr std::int16_t nobody[lanes] = {};
  for (int stage = 0; stage < flow.stage_count; ++stage) {
    if (stage >= flow.first_entered) {
      const int cell = cells.entered_at(stage, now.step);
      const std::int16_t* entered = cells.counts_of(cell);
      count_entered(step, flow, stage, entered, in_stage[stage]);
      cells.most[cell] = static_cast<std::int16_t>(largest(entered));
    } else if (step.changes()) {
      count_entered(step, flow, stage, nobody, in_stage[stage]);
    }
    // Where the next stage has no cells, nobody is here either.
    const bool has_next = stage + 1 < flow.stage_count && stage + 1 >= flow.first_entered;
    step_stage(step, flow, cells, stage,
               has_next ? cells.counts_of(cells.entered_at(stage + 1, now.step)) : won,
               in_stage[stage]);
  }
  flow.sums.wins[now.week] += sum(won);
  for (int lane = 0; lane < lanes; ++lane) step.result.wins[lane] += won[lane];
  if (step.recorder != nullptr) step.recorder->wins[now.step] += won[step.recorder->lane];
  book_counts(step.keys, flow, now, won, step.amounts(flow.amount, flow.amount_channel),
              step.booked, step.result);
}

}  // namespace

}  // namespace attain::engine
