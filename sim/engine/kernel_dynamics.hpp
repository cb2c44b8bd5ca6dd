#pragma once

// A part of kernel.cpp, and of nothing else: it has to be inlined into its loop.

#include "kernel_arrivals.hpp"

namespace attain::engine {

namespace {

inline double* variable(const Scratch& scratch, Variable which) {
  return scratch.variable + static_cast<int>(which) * lanes;
}

inline bool is_used(const DynamicsView& dynamics, Variable which) {
  return static_cast<int>(which) < dynamics.variable_count &&
         dynamics.used[static_cast<int>(which)];
}

/// The clock of a stage before a step, in all lanes. Stages of all flows are numbered through.
inline std::int32_t* clock_at(const TerritoryView& territory, const Scratch& scratch,
                              std::ptrdiff_t stage, int step) {
  return scratch.clock + (stage * (territory.steps + 1) + step) * lanes;
}

/// In which lanes rules exist at all, and everything at its start.
inline void begin_dynamics(const TerritoryView& territory, const LaneKeys& keys,
                           const LaneKeys& shared, const Scratch& scratch) {
  const DynamicsView& dynamics = territory.dynamics;
  for (int m = 0; m < dynamics.mask_count; ++m) {
    const RuleMaskView& mask = dynamics.masks[m];
    std::int16_t* exists = scratch.exists + m * lanes;
    scratch.held_step[m] = -1;
    if (mask.chance == certain) {
      for (int lane = 0; lane < lanes; ++lane) exists[lane] = -1;
      continue;
    }
    alignas(64) std::uint32_t draws[lanes];
    wide_draws(mask.shared ? shared : keys, address(mask.place, 0, 0), draws);
    for (int lane = 0; lane < lanes; ++lane) exists[lane] = draws[lane] < mask.chance ? -1 : 0;
  }
  for (int i = 0; i < dynamics.variable_count * lanes; ++i) scratch.variable[i] = 0;
  std::ptrdiff_t stages = 0;
  for (int f = 0; f < territory.flow_count; ++f) stages += territory.flows[f].stage_count;
  std::memset(scratch.time, 0, static_cast<std::size_t>(stages) * lanes * sizeof(double));
  for (std::ptrdiff_t stage = 0; stage < stages; ++stage) {
    std::memset(clock_at(territory, scratch, stage, 0), 0, lanes * sizeof(std::int32_t));
    scratch.last_change[stage] = -1;
  }
  std::memset(scratch.named_entry, 0,
              static_cast<std::size_t>(territory.named_count) * lanes * sizeof(std::int32_t));
}

/// Open deals, their worth and the hours that they ask for.
inline void add_up_open_deals(const TerritoryView& territory, const Scratch& scratch, double* deals,
                              double* worth, double* hours) {
  for (int lane = 0; lane < lanes; ++lane) deals[lane] = worth[lane] = hours[lane] = 0;
  for (int f = 0; f < territory.flow_count; ++f) {
    const FlowView& flow = territory.flows[f];
    for (int stage = 0; stage < flow.stage_count; ++stage) {
      const std::int16_t* counts = scratch.in_lane + (flow.first_stage + stage) * lanes;
      const double mean = stage >= flow.pipeline_from ? flow.amount_mean : 0;
      const double asked = flow.stages[stage].hours;
      for (int lane = 0; lane < lanes; ++lane) {
        deals[lane] += counts[lane];
        worth[lane] += counts[lane] * mean;
        hours[lane] += counts[lane] * asked;
      }
    }
  }
  for (int i = 0; i < territory.named_count; ++i) {
    const NamedView& deal = territory.named[i];
    const FlowView& flow = territory.flows[deal.flow];
    for (int lane = 0; lane < lanes; ++lane) {
      const int stage = scratch.named_stage[i * lanes + lane];
      if (stage < 0) continue;
      deals[lane] += 1;
      if (stage >= flow.pipeline_from) worth[lane] += deal.amount_mean;
      hours[lane] += flow.stages[stage].hours;
    }
  }
}

/// What rules look at, as it stands before the step.
inline void look(const TerritoryView& territory, const Now& now, const std::int64_t* booked,
                 BlockResult& result, const Scratch& scratch) {
  const DynamicsView& dynamics = territory.dynamics;
  if (is_used(dynamics, Variable::booked)) {
    double* to = variable(scratch, Variable::booked);
    for (int lane = 0; lane < lanes; ++lane) to[lane] = static_cast<double>(booked[lane]);
  }
  if (is_used(dynamics, Variable::wins)) {
    double* to = variable(scratch, Variable::wins);
    for (int lane = 0; lane < lanes; ++lane) to[lane] = result.wins[lane];
  }
  const bool open = is_used(dynamics, Variable::open_deals) ||
                    is_used(dynamics, Variable::pipeline) ||
                    is_used(dynamics, Variable::coverage) ||
                    is_used(dynamics, Variable::utilization) || dynamics.hours != nullptr;
  if (!open) return;
  alignas(64) double deals[lanes];
  alignas(64) double worth[lanes];
  alignas(64) double asked[lanes];
  add_up_open_deals(territory, scratch, deals, worth, asked);
  const bool closed = dynamics.closed != nullptr && dynamics.closed[now.step];
  const double there = dynamics.hours != nullptr ? dynamics.hours[now.step] : 0;
  for (int lane = 0; lane < lanes; ++lane) {
    const bool over = dynamics.hours != nullptr && !closed && asked[lane] > there;
    scratch.capacity[lane] = over ? static_cast<float>(there / asked[lane]) : 1.0F;
  }
  if (dynamics.hours != nullptr && !closed) {
    double* sums = result.hours_asked + static_cast<std::ptrdiff_t>(now.week) * lanes;
    for (int lane = 0; lane < lanes; ++lane) sums[lane] += asked[lane];
  }
  if (is_used(dynamics, Variable::open_deals)) {
    std::memcpy(variable(scratch, Variable::open_deals), deals, sizeof deals);
  }
  if (is_used(dynamics, Variable::pipeline)) {
    std::memcpy(variable(scratch, Variable::pipeline), worth, sizeof worth);
  }
  constexpr double infinite = __builtin_inf();
  if (is_used(dynamics, Variable::coverage)) {
    double* to = variable(scratch, Variable::coverage);
    for (int lane = 0; lane < lanes; ++lane) {
      const double missing = dynamics.quota - static_cast<double>(booked[lane]) / 100;
      to[lane] = missing > 0 ? worth[lane] / missing : infinite;
    }
  }
  if (is_used(dynamics, Variable::utilization)) {
    double* to = variable(scratch, Variable::utilization);
    for (int lane = 0; lane < lanes; ++lane) {
      const bool none = closed || dynamics.hours == nullptr || asked[lane] <= 0;
      to[lane] = none ? 0 : there > 0 ? asked[lane] / there : infinite;
    }
  }
}

/// Whether a rule holds in this step, by lane.
inline const std::int16_t* holding(const DynamicsView& dynamics, int m, const Now& now,
                                   const Scratch& scratch) {
  std::int16_t* holds = scratch.holds + m * lanes;
  if (scratch.held_step[m] == now.step) return holds;
  scratch.held_step[m] = now.step;
  const RuleMaskView& mask = dynamics.masks[m];
  std::memcpy(holds, scratch.exists + m * lanes, lanes * sizeof *holds);
  for (int c = 0; c < mask.condition_count; ++c) {
    const LaneConditionView& condition = mask.conditions[c];
    const double* value = scratch.variable + condition.variable * lanes;
    const double low = condition.low[condition.by_step * now.step];
    const double high = condition.high[condition.by_step * now.step];
    for (int lane = 0; lane < lanes; ++lane) {
      const int inside =
          static_cast<int>(value[lane] >= low) & static_cast<int>(value[lane] <= high);
      holds[lane] = static_cast<std::int16_t>(holds[lane] & -inside);
    }
  }
  return holds;
}

/// The multipliers of this step, in the order of the operations.
inline void set_multipliers(const DynamicsView& dynamics, const Now& now, const Scratch& scratch) {
  for (int i = 0; i < dynamics.channels * lanes; ++i) scratch.multiplier[i] = 1;
  const std::size_t end = dynamics.first_operation[now.step + 1];
  for (std::size_t i = dynamics.first_operation[now.step]; i < end; ++i) {
    const Operation& operation = dynamics.operations[i];
    float* to = scratch.multiplier + static_cast<std::ptrdiff_t>(operation.channel) * lanes;
    if (operation.by == Operation::By::capacity) {
      for (int lane = 0; lane < lanes; ++lane) to[lane] *= scratch.capacity[lane];
      continue;
    }
    const float factor = operation.factor;
    if (operation.mask == Operation::everywhere) {
      for (int lane = 0; lane < lanes; ++lane) to[lane] *= factor;
      continue;
    }
    const std::int16_t* holds = holding(dynamics, operation.mask, now, scratch);
    for (int lane = 0; lane < lanes; ++lane) to[lane] *= holds[lane] != 0 ? factor : 1.0F;
  }
}

/// Lets the clocks of stages whose speed may change go on by this step.
inline void move_clocks(const TerritoryView& territory, const Now& now, const Scratch& scratch) {
  for (int f = 0; f < territory.flow_count; ++f) {
    const FlowView& flow = territory.flows[f];
    for (int s = 0; s < flow.stage_count; ++s) {
      if (flow.stages[s].speed_channel < 0) continue;
      const std::ptrdiff_t stage = flow.first_stage + s;
      const float* speed = scratch.multiplier + flow.stages[s].speed_channel * lanes;
      double* time = scratch.time + stage * lanes;
      std::int32_t* clock = clock_at(territory, scratch, stage, now.step + 1);
      int changed = 0;
      for (int lane = 0; lane < lanes; ++lane) {
        time[lane] += static_cast<double>(speed[lane]);
        clock[lane] = static_cast<std::int32_t>(time[lane] * 64 + 0.5);
      }
      for (int lane = 0; lane < lanes; ++lane) changed |= speed[lane] == 1 ? 0 : 1;
      if (changed != 0) scratch.last_change[stage] = now.step;
    }
  }
}

/// Activities that rules look at, by those who are in a stage and those who come into it.
inline void add_activities(const StageView& stage, const Scratch& scratch,
                           const std::int16_t* present, const std::int16_t* entered) {
  for (int a = 0; a < stage.activity_count; ++a) {
    const ActivityView& activity = stage.activities[a];
    double* to = scratch.variable + activity.variable * lanes;
    for (int lane = 0; lane < lanes; ++lane) {
      to[lane] += present[lane] * activity.per_step + entered[lane] * activity.on_entry;
    }
  }
}

inline std::uint32_t threshold_of(float chance) {
  const auto below_one = static_cast<std::uint32_t>(static_cast<std::int32_t>(
                             (chance < 1 ? chance : 0.0F) * departure_law::scale))
                         << 1U;
  return chance < 1 ? below_one : certain;
}

inline float chance_of(std::uint32_t threshold) {
  const float below_one =
      static_cast<float>(static_cast<std::int32_t>(threshold >> 1U)) / departure_law::scale;
  return threshold == certain ? 1.0F : below_one;
}

inline std::int32_t at_most(std::int32_t clock, std::int32_t last) {
  return clock < last ? clock : last;
}

/// The chance of a deal whose stage's clock goes from `before` to `after`, and stood at `entry`
/// when it came.
[[gnu::always_inline]] inline Departure look_up_chance(const ClockView& table, std::int32_t entry,
                                                       std::int32_t before, std::int32_t after) {
  using namespace departure_law;
  const std::int32_t from = at_most(before - entry, table.last);
  const std::int32_t to = at_most(after - entry, table.last);
  const float advance_from = table.advance[from];
  const float advance_to = table.advance[to];
  const float lost_from = table.lost[from];
  const float lost_to = table.lost[to];
  const float there = table.advance_share * advance_from + table.lost_share * lost_from;
  const float left = table.advance_share * advance_to + table.lost_share * lost_to;
  const Chances<float> both = table.advance == table.lost
                                  ? of_one_stay(advance_from, advance_to, table.advance_share)
                                  : of_two_stays(table.advance_share, advance_from, advance_to,
                                                 table.lost_share, lost_from, lost_to);
  if (table.lost_at_once) return {after > before ? certain : 0, 0};
  if (there <= 0) return {certain, 0};
  return {left <= 0 ? certain : threshold_of(both.leave), threshold_of(both.advance)};
}

/// The share of those who leave that advances with other odds, where it is `share` otherwise.
[[gnu::always_inline]] inline float share_with_odds(float share, float odds) {
  const float advancing = odds * share;
  const float changed = advancing / ((1 - share) + advancing);
  return odds <= 0 || share <= 0 ? 0.0F : changed;
}

/// The chance to advance with other odds; `one_share` as in StageView.
[[gnu::always_inline]] inline std::uint32_t changed_odds(Departure chance, float one_share,
                                                         float odds) {
  using namespace departure_law;
  if (odds == 1 || chance.advance == 0) return chance.advance;
  const Chances<float> own{chance_of(chance.leave), chance_of(chance.advance)};
  if (one_share >= 0) return threshold_of(own.leave * share_with_odds(one_share, odds));
  return threshold_of(odds <= 0 ? 0.0F : with_odds(own, odds));
}

/// Reads a table in all lanes.
inline void gather(const float* table, const std::int32_t* index, float* to) {
#if defined(__AVX512F__)
  for (int lane = 0; lane < lanes; lane += 16) {
    _mm512_storeu_ps(to + lane, _mm512_i32gather_ps(_mm512_loadu_si512(index + lane), table, 4));
  }
#elif defined(__AVX2__)
  for (int lane = 0; lane < lanes; lane += 8) {
    const __m256i at = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(index + lane));
    _mm256_storeu_ps(to + lane, _mm256_i32gather_ps(table, at, 4));
  }
#else
  for (int lane = 0; lane < lanes; ++lane) to[lane] = table[index[lane]];
#endif
}

/// The same as look_up_chance in all lanes. Separate loops, each of a kind that vectorises.
inline void look_up_chances(const ClockView& table, const std::int32_t* entry,
                            const std::int32_t* before, const std::int32_t* after,
                            LaneChances& chances) {
  using namespace departure_law;
  if (table.lost_at_once) {
    for (int lane = 0; lane < lanes; ++lane) {
      chances.leave[lane] = after[lane] > before[lane] ? certain : 0;
      chances.advance[lane] = 0;
    }
    return;
  }
  alignas(64) std::int32_t from[lanes];
  alignas(64) std::int32_t to[lanes];
  alignas(64) float there[lanes];
  alignas(64) float left[lanes];
  alignas(64) float leave[lanes];
  alignas(64) float advance[lanes];
  alignas(64) float advance_from[lanes];
  alignas(64) float advance_to[lanes];
  for (int lane = 0; lane < lanes; ++lane) {
    from[lane] = at_most(before[lane] - entry[lane], table.last);
    to[lane] = at_most(after[lane] - entry[lane], table.last);
  }
  gather(table.advance, from, advance_from);
  gather(table.advance, to, advance_to);
  const float advance_share = table.advance_share;
  const float lost_share = table.lost_share;
  if (table.advance == table.lost) {
    for (int lane = 0; lane < lanes; ++lane) {
      there[lane] = advance_share * advance_from[lane] + lost_share * advance_from[lane];
      left[lane] = advance_share * advance_to[lane] + lost_share * advance_to[lane];
      const Chances<float> both = of_one_stay(advance_from[lane], advance_to[lane], advance_share);
      leave[lane] = both.leave;
      advance[lane] = both.advance;
    }
  } else {
    alignas(64) float lost_from[lanes];
    alignas(64) float lost_to[lanes];
    gather(table.lost, from, lost_from);
    gather(table.lost, to, lost_to);
    for (int lane = 0; lane < lanes; ++lane) {
      there[lane] = advance_share * advance_from[lane] + lost_share * lost_from[lane];
      left[lane] = advance_share * advance_to[lane] + lost_share * lost_to[lane];
      const Chances<float> both = of_two_stays(advance_share, advance_from[lane], advance_to[lane],
                                               lost_share, lost_from[lane], lost_to[lane]);
      leave[lane] = both.leave;
      advance[lane] = both.advance;
    }
  }
  for (int lane = 0; lane < lanes; ++lane) {
    const bool nobody = there[lane] <= 0;
    const bool all_leave = left[lane] <= 0;
    leave[lane] = nobody || all_leave ? 1.0F : leave[lane];
    advance[lane] = nobody ? 0.0F : advance[lane];
  }
  for (int lane = 0; lane < lanes; ++lane) chances.leave[lane] = threshold_of(leave[lane]);
  for (int lane = 0; lane < lanes; ++lane) chances.advance[lane] = threshold_of(advance[lane]);
}

/// The same in all lanes; `shares` are share_with_odds of each where the stage has one share.
inline void change_odds(const float* odds, const float* shares, LaneChances& chances) {
  using namespace departure_law;
  alignas(64) float advance[lanes];
  if (shares != nullptr) {
    for (int lane = 0; lane < lanes; ++lane) {
      advance[lane] = chance_of(chances.leave[lane]) * shares[lane];
    }
  } else {
    for (int lane = 0; lane < lanes; ++lane) {
      const Chances<float> own{chance_of(chances.leave[lane]), chance_of(chances.advance[lane])};
      const float changed = with_odds(own, odds[lane]);
      advance[lane] = odds[lane] <= 0 || own.advance <= 0 ? 0.0F : changed;
    }
  }
  for (int lane = 0; lane < lanes; ++lane) {
    const std::uint32_t changed = threshold_of(advance[lane]);
    const bool same = odds[lane] == 1 || chances.advance[lane] == 0;
    chances.advance[lane] = same ? chances.advance[lane] : changed;
  }
}

inline void spread(Departure chance, LaneChances& chances) {
  for (int lane = 0; lane < lanes; ++lane) {
    chances.leave[lane] = chance.leave;
    chances.advance[lane] = chance.advance;
  }
}

}  // namespace

}  // namespace attain::engine
