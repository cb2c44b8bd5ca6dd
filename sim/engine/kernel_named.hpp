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

/// What all lanes' deals do at first in a step. Separate loops, each of a kind that vectorises.
inline void first_movers(const LaneKeys& keys, Address at, const Departure* departures, int step,
                         const NamedState& state, Movers& movers) {
  alignas(64) std::uint32_t draws[lanes];
  alignas(64) std::uint32_t thresholds[lanes];
  alignas(64) std::uint8_t leaves[lanes];
  wide_draws(keys, at, draws);
  for (int lane = 0; lane < lanes; ++lane) {
    thresholds[lane] = departures[state.base[lane] + step].leave;
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

inline void book_named(const LaneKeys& keys, const NamedView& deal, const Now& now, int lane,
                       std::int64_t* booked, std::uint64_t& cut_amounts, WideUnsigned& bookings) {
  alignas(64) std::int64_t cents[Wins::chunk];
  cents[0] = deal.amount.fixed_cents;
  if (deal.amount.kind != AmountPlan::Kind::fixed) {
    alignas(64) std::uint32_t packed[Wins::chunk] = {static_cast<std::uint32_t>(lane)};
    amount_chunk(keys, deal.amount, now.once(deal.amount_place), packed, cents);
  }
  if (cents[0] > largest_amount.cents) {
    cents[0] = largest_amount.cents;
    ++cut_amounts;
  }
  booked[lane] += cents[0];
  bookings += static_cast<std::uint64_t>(cents[0]);
}

/// One step of one named deal. In the lanes in which it advances, it goes on in its new stage.
inline void step_named(const LaneKeys& keys, const TerritoryView& territory, int index,
                       const Now& now, const NamedState& state, std::int16_t* progress,
                       std::int64_t* booked, BlockResult& result, Recorder* recorder) {
  const NamedView& deal = territory.named[index];
  const FlowView& flow = territory.flows[deal.flow];
  const int step = now.step;
  const int week = now.week;
  Movers movers;
  first_movers(keys, now.once(deal.place), territory.departures, step, state, movers);
  for (std::uint32_t pass = 1; movers.size > 0; ++pass) {
    const Address at = now.once(deal.place, pass);
    int again = 0;
    for (int i = 0; i < movers.size; ++i) {
      const int lane = movers.lane[i];
      const int from = state.stage[lane];
      const bool advances =
          happens(movers.draw[i], territory.departures[state.base[lane] + step].advance);
      --state.in_stage[from];
      if (recorder != nullptr && recorder->lane == lane) {
        recorder->moves[recorder->move_count++] = {index, step, from, advances};
      }
      if (!advances || from + 1 == flow.stage_count) {
        state.stage[lane] = -1;
        state.base[lane] = 0;
        if (!advances) continue;
        ++deal.wins[week];
        ++flow.sums.wins[week];
        ++result.wins[lane];
        if (recorder != nullptr && recorder->lane == lane) ++recorder->wins[step];
        book_named(keys, deal, now, lane, booked, result.cut_amounts, *flow.sums.bookings);
        continue;
      }
      ++state.in_stage[from + 1];
      ++flow.sums.entered[(from + 1) * now.weeks + week];
      const int item = flow.stages[from + 1].progress;
      if (progress != nullptr && item >= 0) ++progress[item * lanes + lane];
      const Departure* law = flow.stages[from + 1].law;
      state.stage[lane] = static_cast<std::int16_t>(from + 1);
      state.base[lane] = static_cast<std::int32_t>(law - territory.departures) - step;
      const std::uint32_t draw =
          wide_draw(key_of_lane(keys, lane), static_cast<unsigned>(lane) & 1U, at);
      movers.lane[again] = static_cast<std::uint8_t>(lane);
      movers.draw[again] = draw;
      again += happens(draw, law[0].leave) ? 1 : 0;
    }
    movers.size = again;
  }
}

}  // namespace

}  // namespace attain::engine
