#pragma once

// A part of kernel.cpp, and of nothing else: it has to be inlined into its loop.

#include "kernel_flows.hpp"

namespace attain::engine {

namespace {

/// A named deal in all lanes.
struct NamedState {
  std::int32_t* base;       ///< [lane] index of its departure less the step.
  std::int16_t* stage;      ///< [lane]; -1: gone.
  std::uint64_t* in_stage;  ///< Named deals of its flow by stage, over all lanes.
};

/// Lanes in which a named deal leaves its stage, with the draws that say so.
struct Movers {
  int size = 0;
  std::uint8_t lane[lanes];
  std::uint32_t draw[lanes];
};

/// How a named deal leaves its stage in this step, in a lane in which it is open.
inline Departure chance_of_named(const StepContext& step, int index, int lane,
                                 const NamedState& state) {
  const Departure usual = step.territory.departures[state.base[lane] + step.now.step];
  if (!step.changes()) return usual;
  const NamedView& deal = step.territory.named[index];
  const FlowView& flow = step.territory.flows[deal.flow];
  const int stage = state.stage[lane];
  const StageView& view = flow.stages[stage];
  Departure chance = usual;
  if (view.speed_channel >= 0) {
    // It has not left the stage of day one if it is still in it.
    const ClockView& clock = stage == deal.stage ? deal.clock : view.clock;
    chance = look_up_chance(clock, lane_law(view, step.scratch), lane,
                            step.scratch.named_entry[index * lanes + lane],
                            step.clock(flow, stage, step.now.step)[lane],
                            step.clock(flow, stage, step.now.step + 1)[lane]);
  }
  if (view.odds_channel >= 0) {
    chance.advance = changed_odds(chance, view.one_share, step.multiplier(view.odds_channel)[lane]);
  }
  return chance;
}

/// What all lanes' deals do at first in a step. Separate loops, each of a kind that vectorises.
inline void first_movers(const StepContext& step, int index, const NamedState& state,
                         Movers& movers) {
  alignas(64) std::uint32_t draws[lanes];
  alignas(64) std::uint32_t thresholds[lanes];
  alignas(64) std::uint8_t leaves[lanes];
  wide_draws(step.keys, step.now.once(step.territory.named[index].place), draws);
  if (step.changes()) {
    for (int lane = 0; lane < lanes; ++lane) {
      thresholds[lane] =
          state.stage[lane] < 0 ? 0 : chance_of_named(step, index, lane, state).leave;
    }
  } else {
    for (int lane = 0; lane < lanes; ++lane) {
      thresholds[lane] = step.territory.departures[state.base[lane] + step.now.step].leave;
    }
  }
  for (int lane = 0; lane < lanes; ++lane) {
    leaves[lane] = static_cast<std::uint8_t>(static_cast<int>(state.stage[lane] >= 0) &
                                             (static_cast<int>(draws[lane] < thresholds[lane]) |
                                              static_cast<int>(thresholds[lane] == certain)));
  }
  int size = 0;
  for (int lane = 0; lane < lanes; ++lane) {
    movers.lane[size] = static_cast<std::uint8_t>(lane);
    movers.draw[size] = draws[lane];
    size += leaves[lane];
  }
  movers.size = size;
}

inline void book_named(const StepContext& step, const NamedView& deal, const FlowView& flow,
                       int lane) {
  alignas(64) std::int64_t cents[Wins::chunk];
  cents[0] = deal.amount.fixed_cents;
  const LaneAmounts by_lane = step.amounts(deal.amount, flow.amount_channel);
  if (deal.amount.kind != AmountPlan::Kind::fixed || by_lane.multiplier != nullptr) {
    alignas(64) std::uint32_t packed[Wins::chunk] = {static_cast<std::uint32_t>(lane)};
    amount_chunk(step.keys, deal.amount, step.now.once(deal.amount_place), packed, by_lane, cents);
  }
  if (cents[0] > largest_amount.cents) {
    cents[0] = largest_amount.cents;
    ++step.result.cut_amounts;
  }
  step.booked[lane] += cents[0];
  *flow.sums.bookings += static_cast<std::uint64_t>(cents[0]);
}

/// A named deal is in a new stage, or has won.
inline void count_named_entry(const StepContext& step, const FlowView& flow, int stage, int lane) {
  ++flow.sums.entered[stage * step.now.weeks + step.now.week];
  const int item = flow.stages[stage].progress;
  if (step.progress != nullptr && item >= 0) ++step.progress[item * lanes + lane];
  for (int a = 0; a < flow.stages[stage].activity_count; ++a) {
    const ActivityView& activity = flow.stages[stage].activities[a];
    step.scratch.variable[activity.variable * lanes + lane] += activity.on_entry;
  }
}

inline void count_named_win(const StepContext& step, const NamedView& deal, const FlowView& flow,
                            int lane) {
  ++deal.wins[step.now.week];
  ++flow.sums.wins[step.now.week];
  ++step.result.wins[lane];
  if (step.recorder != nullptr && step.recorder->lane == lane) ++step.recorder->wins[step.now.step];
}

/// Activities of named deals that rules look at, by those who are there as the step begins.
inline void count_named_presence(const StepContext& step, int index) {
  const FlowView& flow = step.territory.flows[step.territory.named[index].flow];
  const std::int16_t* const stages = step.scratch.named_stage + index * lanes;
  for (int lane = 0; lane < lanes; ++lane) {
    if (stages[lane] < 0) continue;
    const StageView& stage = flow.stages[stages[lane]];
    for (int a = 0; a < stage.activity_count; ++a) {
      step.scratch.variable[stage.activities[a].variable * lanes + lane] +=
          stage.activities[a].per_step;
    }
  }
}

/// One step of one named deal. In the lanes in which it advances, it goes on in its new stage.
inline void step_named(const StepContext& step, int index, const NamedState& state) {
  const NamedView& deal = step.territory.named[index];
  const FlowView& flow = step.territory.flows[deal.flow];
  if (step.changes()) count_named_presence(step, index);
  Movers movers;
  first_movers(step, index, state, movers);
  for (std::uint32_t pass = 1; movers.size > 0; ++pass) {
    const Address at = step.now.once(deal.place, pass);
    int again = 0;
    for (int i = 0; i < movers.size; ++i) {
      const int lane = movers.lane[i];
      const int from = state.stage[lane];
      const bool advances =
          happens(movers.draw[i], chance_of_named(step, index, lane, state).advance);
      --state.in_stage[from];
      if (step.recorder != nullptr && step.recorder->lane == lane) {
        step.recorder->moves[step.recorder->move_count++] = {index, step.now.step, from, advances};
      }
      if (!advances || from + 1 == flow.stage_count) {
        state.stage[lane] = -1;
        state.base[lane] = 0;
        if (!advances) continue;
        count_named_win(step, deal, flow, lane);
        book_named(step, deal, flow, lane);
        continue;
      }
      ++state.in_stage[from + 1];
      count_named_entry(step, flow, from + 1, lane);
      const Departure* law = flow.stages[from + 1].law;
      state.stage[lane] = static_cast<std::int16_t>(from + 1);
      state.base[lane] = static_cast<std::int32_t>(law - step.territory.departures) - step.now.step;
      if (flow.stages[from + 1].speed_channel >= 0) {
        step.scratch.named_entry[index * lanes + lane] =
            step.clock(flow, from + 1, step.now.step)[lane];
      }
      const std::uint32_t draw =
          wide_draw(key_of_lane(step.keys, lane), static_cast<unsigned>(lane) & 1U, at);
      movers.lane[again] = static_cast<std::uint8_t>(lane);
      movers.draw[again] = draw;
      again += happens(draw, chance_of_named(step, index, lane, state).leave) ? 1 : 0;
    }
    movers.size = again;
  }
}

}  // namespace

}  // namespace attain::engine
