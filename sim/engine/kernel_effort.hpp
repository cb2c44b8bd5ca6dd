#pragma once

// A part of kernel.cpp, and of nothing else: it has to be inlined into its loop.

#include "kernel_flows.hpp"

namespace attain::engine {

namespace {

/// What is still to come in the period by those who are open, by lane: in cents and their square.
struct ToCome {
  alignas(64) double mean[lanes];
  alignas(64) double variance[lanes];
};

/// Over a flow's deals, by lane: the sum of their chances to be won, and of the squares of those.
/// Kept apart from amounts, so that what is certain has a variance of 0 to the last bit.
struct ChanceSums {
  alignas(64) double chances[lanes];
  alignas(64) double squares[lanes];
};

inline void add_to_sums(const std::int16_t* counts, double chance, ChanceSums& sums) {
  const double square = chance * chance;
  for (int lane = 0; lane < lanes; ++lane) {
    sums.chances[lane] += counts[lane] * chance;
    sums.squares[lane] += counts[lane] * square;
  }
}

inline void add_to_sums(const std::int16_t* counts, const float* chances, ChanceSums& sums) {
  for (int lane = 0; lane < lanes; ++lane) {
    const double chance = chances[lane];
    sums.chances[lane] += counts[lane] * chance;
    sums.squares[lane] += counts[lane] * (chance * chance);
  }
}

inline void add_to_come(const ChanceSums& sums, double amount, double amount_variance,
                        ToCome& to_come) {
  const double amount_square = amount * amount;
  for (int lane = 0; lane < lanes; ++lane) {
    to_come.mean[lane] += sums.chances[lane] * amount;
    to_come.variance[lane] += sums.chances[lane] * amount_variance +
                              (sums.chances[lane] - sums.squares[lane]) * amount_square;
  }
}

/// The chances of those with so many steps left, by clock.
inline const float* row_of(const WinTableView& table, int left) {
  return table.chances + static_cast<std::ptrdiff_t>(left) * (table.last + 1);
}

/// A clock of 64ths in whole steps, half up.
inline std::int32_t whole_steps(std::int32_t clock) { return (clock + 32) >> 6; }

/// The deals of one cell, which came in step `entry`.
inline void add_cell(const TerritoryView& territory, const FlowView& flow, int stage, int entry,
                     const WinTableView& table, const Now& now, const std::int16_t* counts,
                     const Scratch& scratch, ChanceSums& sums) {
  const float* const row = row_of(table, territory.dynamics.effort.left[now.step]);
  const std::ptrdiff_t index = flow.first_stage + stage;
  if (flow.stages[stage].speed_channel < 0 || scratch.last_change[index] < entry) {
    const double chance = row[at_most(now.step - entry, table.last)];
    add_to_sums(counts, chance, sums);
    return;
  }
  const std::int32_t* const then = clock_at(territory, scratch, index, entry);
  const std::int32_t* const today = clock_at(territory, scratch, index, now.step);
  alignas(64) std::int32_t clocks[lanes];
  alignas(64) float chances[lanes];
  for (int lane = 0; lane < lanes; ++lane) {
    clocks[lane] = at_most(whole_steps(today[lane] - then[lane]), table.last);
  }
  gather(row, clocks, chances);
  add_to_sums(counts, chances, sums);
}

/// The deals of a flow that have no name.
inline void add_flow(const TerritoryView& territory, int index, const Now& now,
                     const Scratch& scratch, ToCome& to_come) {
  const FlowView& flow = territory.flows[index];
  const FlowWorthView& worth = territory.dynamics.effort.flows[index];
  const FlowCells cells{scratch.counts + flow.first_cell * lanes, scratch.most + flow.first_cell,
                        flow.open_count, territory.steps, flow.first_entered};
  ChanceSums sums{};
  for (int open = 0; open < flow.open_count; ++open) {
    if (cells.most[open] == 0) continue;
    if (flow.dated) {
      const double chance = worth.open[open].chances[now.step];
      add_to_sums(cells.counts_of(open), chance, sums);
    } else {
      add_cell(territory, flow, flow.open[open].stage, 0, worth.open[open], now,
               cells.counts_of(open), scratch, sums);
    }
  }
  for (int stage = flow.first_entered; stage < flow.stage_count; ++stage) {
    for (int entry = 0; entry < now.step; ++entry) {
      const int cell = cells.entered_at(stage, entry);
      if (cells.most[cell] == 0) continue;
      add_cell(territory, flow, stage, entry, worth.stages[stage], now, cells.counts_of(cell),
               scratch, sums);
    }
  }
  add_to_come(sums, worth.mean, worth.variance, to_come);
}

/// A named deal's chance in a lane in which it is open.
inline float chance_of_named_to_win(const TerritoryView& territory, int index, int lane,
                                    const Now& now, const Scratch& scratch) {
  const EffortView& effort = territory.dynamics.effort;
  const NamedView& deal = territory.named[index];
  const FlowView& flow = territory.flows[deal.flow];
  const WinTableView& own = effort.named[index].wins;
  if (flow.dated) return own.chances[now.step];
  const int stage = scratch.named_stage[index * lanes + lane];
  const StageView& view = flow.stages[stage];
  const bool moved = stage != deal.stage;
  const WinTableView& table = moved ? effort.flows[deal.flow].stages[stage] : own;
  std::int32_t clock = 0;
  if (view.speed_channel >= 0) {
    const std::int32_t* const today =
        clock_at(territory, scratch, flow.first_stage + stage, now.step);
    clock = whole_steps(today[lane] - scratch.named_entry[index * lanes + lane]);
  } else {
    const std::ptrdiff_t law = moved ? view.law - territory.departures : deal.law;
    clock = static_cast<std::int32_t>(scratch.named_base[index * lanes + lane] - law) + now.step;
  }
  return row_of(table, effort.left[now.step])[at_most(clock, table.last)];
}

inline void add_named(const TerritoryView& territory, int index, const Now& now,
                      const Scratch& scratch, ToCome& to_come) {
  const NamedWorthView& worth = territory.dynamics.effort.named[index];
  ChanceSums sums{};
  for (int lane = 0; lane < lanes; ++lane) {
    if (scratch.named_stage[index * lanes + lane] < 0) continue;
    const double chance = chance_of_named_to_win(territory, index, lane, now, scratch);
    sums.chances[lane] = chance;
    sums.squares[lane] = chance * chance;
  }
  add_to_come(sums, worth.mean, worth.variance, to_come);
}

/// z in 64ths, half up, where `reach` is what is to come and booked less the quota.
inline std::int32_t rounded_z(double reach, double variance) {
  // Beyond 64 no chance is told from 0 or 1; there it stands where nothing is left to chance.
  constexpr double most = 64;
  const double sd = __builtin_sqrt(variance);
  const double settled = reach >= 0 ? most : -most;
  const double free = reach / (sd > 0 ? sd : 1);
  const double z = sd > 0 ? free : settled;
  const double within = z < -most ? -most : z > most ? most : z;
  const double halves_up = within * 64 + 0.5;
  const auto cut = static_cast<std::int32_t>(halves_up);
  return cut - (cut > halves_up ? 1 : 0);
}

/// The effort of this step in all lanes, by what stands at the end of the step before. `booked` is
/// that of the period.
inline void set_effort(const TerritoryView& territory, const Now& now, const std::int64_t* booked,
                       const Scratch& scratch) {
  const EffortView& effort = territory.dynamics.effort;
  const double quota = territory.dynamics.quota_cents[now.step];
  if (quota <= 0) {
    for (int lane = 0; lane < lanes; ++lane) scratch.effort[lane] = 1;
    return;
  }
  ToCome to_come;
  const Worth leads = effort.new_leads[effort.left[now.step]];
  for (int lane = 0; lane < lanes; ++lane) {
    to_come.mean[lane] = leads.mean;
    to_come.variance[lane] = leads.variance;
  }
  for (int f = 0; f < territory.flow_count; ++f) add_flow(territory, f, now, scratch, to_come);
  for (int i = 0; i < territory.named_count; ++i) add_named(territory, i, now, scratch, to_come);

  alignas(64) std::int32_t z[lanes];
  alignas(64) std::int32_t distance[lanes];
  alignas(64) float bell[lanes];
  for (int lane = 0; lane < lanes; ++lane) {
    const double reach = to_come.mean[lane] + static_cast<double>(booked[lane]) - quota;
    z[lane] = rounded_z(reach, to_come.variance[lane]);
    distance[lane] = at_most(z[lane] < 0 ? -z[lane] : z[lane], 513);
  }
  gather(effort.bell, distance, bell);
  for (int lane = 0; lane < lanes; ++lane) {
    const auto have = static_cast<double>(booked[lane]);
    const double reached = have / quota;
    const double given_up = z[lane] < effort.give_up_below * 64 ? effort.give_up : 0;
    const double e = 1 + effort.bonus_pull * static_cast<double>(bell[lane]) +
                     effort.goal_gradient * (reached * reached) - given_up;
    const double within = e < 0.7 ? 0.7 : e > 1.3 ? 1.3 : e;
    scratch.effort[lane] = static_cast<float>(have >= quota ? 1 - effort.coast : within);
  }
}

}  // namespace

}  // namespace attain::engine
