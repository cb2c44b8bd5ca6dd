#pragma once

// A part of kernel.cpp, and of nothing else: it has to be inlined into its loop.

#include "kernel_draws.hpp"

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

/// The hours that there are, where they are uncertain, by lane.
inline void set_hours(const DynamicsView& dynamics, const Scratch& scratch) {
  double* const there = scratch.hours_there;
  if (!dynamics.has_capacity) {
    for (int lane = 0; lane < lanes; ++lane) there[lane] = 1;
    return;
  }
  const CapacityView& capacity = dynamics.capacity;
  for (int lane = 0; lane < lanes; ++lane) there[lane] = capacity.constant;
  for (int t = 0; t < capacity.term_count; ++t) {
    const CapacityPlan::Term& term = capacity.terms[t];
    const float* value = scratch.value + static_cast<std::ptrdiff_t>(term.value) * lanes;
    for (int lane = 0; lane < lanes; ++lane) {
      there[lane] += term.coefficient * static_cast<double>(value[lane]);
    }
  }
  for (int lane = 0; lane < lanes; ++lane) there[lane] = there[lane] > 0 ? there[lane] : 0;
  for (int f = 0; f < capacity.factor_count; ++f) {
    const float* value = scratch.value + static_cast<std::ptrdiff_t>(capacity.factors[f]) * lanes;
    for (int lane = 0; lane < lanes; ++lane) there[lane] *= static_cast<double>(value[lane]);
  }
}

/// What is drawn once, and everything at its start.
inline void begin_dynamics(const TerritoryView& territory, const BlockLuck& luck,
                           const Scratch& scratch) {
  const DynamicsView& dynamics = territory.dynamics;
  draw_values(dynamics, luck, scratch);
  set_hours(dynamics, scratch);
  for (int m = 0; m < dynamics.mask_count; ++m) scratch.held_step[m] = -1;
  for (int i = 0; i < dynamics.variable_count * lanes; ++i) scratch.variable[i] = 0;
  for (int lane = 0; lane < lanes; ++lane) scratch.came[lane] = 0;
  for (std::ptrdiff_t cell = 0; cell < territory.cell_count; ++cell) {
    scratch.survivals_step[cell] = -1;
  }
  std::ptrdiff_t stages = 0;
  for (int f = 0; f < territory.flow_count; ++f) stages += territory.flows[f].stage_count;
  for (std::ptrdiff_t i = 0; i < stages * lanes; ++i) scratch.time[i] = 0;
  for (std::ptrdiff_t stage = 0; stage < stages; ++stage) {
    std::memset(clock_at(territory, scratch, stage, 0), 0, lanes * sizeof(std::int32_t));
    scratch.last_change[stage] = -1;
  }
  for (int i = 0; i < territory.named_count * lanes; ++i) scratch.named_entry[i] = 0;
}

/// In which lanes a rule exists in the period.
inline void set_existence(const RuleMaskView& mask, const BlockLuck& luck, const Now& now,
                          const Scratch& scratch, std::int16_t* exists) {
  if (mask.chance == certain) {
    for (int lane = 0; lane < lanes; ++lane) exists[lane] = -1;
    return;
  }
  alignas(64) std::uint32_t draws[lanes];
  wide_draws(mask.shared ? luck.shared : luck.keys, address(mask.place, now.period, 0), draws);
  if (mask.chance_value < 0) {
    for (int lane = 0; lane < lanes; ++lane) exists[lane] = draws[lane] < mask.chance ? -1 : 0;
    return;
  }
  const float* chance = scratch.value + mask.chance_value * lanes;
  for (int lane = 0; lane < lanes; ++lane) {
    const float draw = static_cast<float>(static_cast<std::int32_t>(draws[lane] >> 8U)) * 0x1p-24F;
    exists[lane] = draw < chance[lane] ? -1 : 0;
  }
}

/// What starts anew in each period: the state that rules look at, and which rules exist.
inline void begin_period(const TerritoryView& territory, const BlockLuck& luck, const Now& now,
                         const BlockResult& result, const Scratch& scratch) {
  const DynamicsView& dynamics = territory.dynamics;
  for (int m = 0; m < dynamics.mask_count; ++m) {
    set_existence(dynamics.masks[m], luck, now, scratch, scratch.exists + m * lanes);
  }
  for (int v = 0; v < dynamics.variable_count; ++v) {
    const bool counts =
        v == static_cast<int>(Variable::leads) || v >= static_cast<int>(Variable::activities);
    if (!counts) continue;
    for (int lane = 0; lane < lanes; ++lane) scratch.variable[v * lanes + lane] = 0;
  }
  for (int lane = 0; lane < lanes; ++lane) scratch.wins_before[lane] = result.wins[lane];
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
      const int value = flow.stages[stage].hours_value;
      for (int lane = 0; lane < lanes; ++lane) {
        deals[lane] += counts[lane];
        worth[lane] += counts[lane] * mean;
      }
      if (value < 0) {
        for (int lane = 0; lane < lanes; ++lane) hours[lane] += counts[lane] * asked;
      } else {
        const float* const share = scratch.value + value * lanes;
        for (int lane = 0; lane < lanes; ++lane) {
          hours[lane] += counts[lane] * (asked * static_cast<double>(share[lane]));
        }
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
      const int value = flow.stages[stage].hours_value;
      const double asked = flow.stages[stage].hours;
      hours[lane] +=
          value < 0 ? asked : asked * static_cast<double>(scratch.value[value * lanes + lane]);
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
    for (int lane = 0; lane < lanes; ++lane) {
      to[lane] = result.wins[lane] - scratch.wins_before[lane];
    }
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
  const double hours = dynamics.hours != nullptr ? dynamics.hours[now.step] : 0;
  alignas(64) double there[lanes];
  for (int lane = 0; lane < lanes; ++lane) there[lane] = hours * scratch.hours_there[lane];
  for (int lane = 0; lane < lanes; ++lane) {
    const bool over = dynamics.hours != nullptr && !closed && asked[lane] > there[lane];
    scratch.capacity[lane] = over ? static_cast<float>(there[lane] / asked[lane]) : 1.0F;
  }
  if (dynamics.hours != nullptr && !closed) {
    const std::ptrdiff_t row = static_cast<std::ptrdiff_t>(now.week) * lanes;
    for (int lane = 0; lane < lanes; ++lane) result.hours_asked[row + lane] += asked[lane];
    for (int lane = 0; lane < lanes; ++lane) result.hours_there[row + lane] += there[lane];
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
      const double missing =
          (dynamics.quota_cents[now.step] - static_cast<double>(booked[lane])) / 100;
      to[lane] = missing > 0 ? worth[lane] / missing : infinite;
    }
  }
  if (is_used(dynamics, Variable::utilization)) {
    double* to = variable(scratch, Variable::utilization);
    for (int lane = 0; lane < lanes; ++lane) {
      const bool none = closed || dynamics.hours == nullptr || asked[lane] <= 0;
      to[lane] = none ? 0 : there[lane] > 0 ? asked[lane] / there[lane] : infinite;
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

/// A product that stays finite, so that no 0 behind it makes it no number.
[[gnu::always_inline]] inline float bounded(float product) {
  return product < 1e30F ? product : 1e30F;
}

/// What an operation multiplies with, by lane; null: with one factor.
[[gnu::always_inline]] inline const float* lanes_of(const Operation& operation,
                                                    const Scratch& scratch) {
  const auto row = static_cast<std::ptrdiff_t>(operation.source) * lanes;
  switch (operation.by) {
    case Operation::By::value: return scratch.value + row;
    case Operation::By::shock: return scratch.shock + row;
    case Operation::By::effort: return scratch.effort;
    case Operation::By::capacity: return scratch.capacity;
    case Operation::By::factor: break;
  }
  return nullptr;
}

/// The multipliers of this step, in the order of the operations.
inline void set_multipliers(const DynamicsView& dynamics, const Now& now, const Scratch& scratch) {
  for (int i = 0; i < dynamics.channels * lanes; ++i) scratch.multiplier[i] = 1;
  const std::size_t end = dynamics.first_operation[now.step + 1];
  for (std::size_t i = dynamics.first_operation[now.step]; i < end; ++i) {
    const Operation& operation = dynamics.operations[i];
    float* to = scratch.multiplier + static_cast<std::ptrdiff_t>(operation.channel) * lanes;
    const float* const by_lane = lanes_of(operation, scratch);
    const float factor = operation.factor;
    if (by_lane != nullptr && operation.mask == Operation::everywhere) {
      for (int lane = 0; lane < lanes; ++lane) to[lane] = bounded(to[lane] * by_lane[lane]);
      continue;
    }
    if (by_lane != nullptr) {
      const std::int16_t* holds = holding(dynamics, operation.mask, now, scratch);
      for (int lane = 0; lane < lanes; ++lane) {
        to[lane] = bounded(to[lane] * (holds[lane] != 0 ? by_lane[lane] : 1.0F));
      }
      continue;
    }
    if (operation.mask == Operation::everywhere) {
      for (int lane = 0; lane < lanes; ++lane) to[lane] = bounded(to[lane] * factor);
      continue;
    }
    const std::int16_t* holds = holding(dynamics, operation.mask, now, scratch);
    for (int lane = 0; lane < lanes; ++lane) {
      to[lane] = bounded(to[lane] * (holds[lane] != 0 ? factor : 1.0F));
    }
  }
}

/// Lets the clocks of stages whose speed may change go on by this step.
inline void move_clocks(const TerritoryView& territory, const Now& now, const Scratch& scratch) {
  constexpr double most = 1 << 24;  // Steps; their 64ths have 32 bits.
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
        const double later = time[lane] + static_cast<double>(speed[lane]);
        time[lane] = later < most ? later : most;
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

/// What of a stage's law differs from lane to lane, whatever its speed; null: it does not.
struct LaneLaw {
  const float* advance = nullptr;  ///< [lane] in place of the table's share.
  const std::int32_t* advance_case = nullptr;
  const std::int32_t* lost_case = nullptr;
};

inline LaneLaw lane_law(const StageView& stage, const Scratch& scratch) {
  const auto case_of = [&scratch](int choice) {
    return choice < 0 ? nullptr : scratch.choice + choice * lanes;
  };
  return {stage.advance_value < 0 ? nullptr : scratch.value + stage.advance_value * lanes,
          case_of(stage.advance_choice), case_of(stage.lost_choice)};
}

/// Where a lane's entries begin in a table that may have cases.
[[gnu::always_inline]] inline std::int32_t first_entry(const ClockView& table, bool varies,
                                                       const std::int32_t* cases, int lane) {
  return varies ? cases[lane] * (table.last + 1) : 0;
}

/// The chance of a deal in one lane whose stage's clock goes from `before` to `after`, and stood at
/// `entry` when it came.
[[gnu::always_inline]] inline Departure look_up_chance(const ClockView& table, const LaneLaw& law,
                                                       int lane, std::int32_t entry,
                                                       std::int32_t before, std::int32_t after) {
  using namespace departure_law;
  const std::int32_t from = at_most((before - entry) >> table.shift, table.last);
  const std::int32_t to = at_most((after - entry) >> table.shift, table.last);
  const float* const advance =
      table.advance + first_entry(table, table.advance_varies, law.advance_case, lane);
  const bool one_stay = table.advance == table.lost;
  const float* const lost =
      one_stay ? advance : table.lost + first_entry(table, table.lost_varies, law.lost_case, lane);
  const float advance_share = law.advance != nullptr ? law.advance[lane] : table.advance_share;
  const float lost_share = law.advance != nullptr ? 1 - law.advance[lane] : table.lost_share;
  const float there =
      one_stay ? advance[from] : advance_share * advance[from] + lost_share * lost[from];
  const float left = one_stay ? advance[to] : advance_share * advance[to] + lost_share * lost[to];
  const Chances<float> both = one_stay ? of_one_stay(advance[from], advance[to], advance_share)
                                       : of_two_stays(advance_share, advance[from], advance[to],
                                                      lost_share, lost[from], lost[to]);
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

/// The survivals of a cell before this step, of each outcome: those at the end of the last one,
/// because reading tables is most of the work.
struct KeptSurvivals {
  float* advance;      ///< [lane]
  float* lost;         ///< [lane]
  std::int32_t* step;  ///< Before which they hold.
};

/// Reads one outcome's survivals in all lanes; `cases` where they vary.
inline void read_survivals(const ClockView& table, const float* entries, const std::int32_t* cases,
                           const std::int32_t* clock, float* survivals) {
  if (cases == nullptr) {
    gather(entries, clock, survivals);
    return;
  }
  const std::int32_t size = table.last + 1;
  alignas(64) std::int32_t at[lanes];
  for (int lane = 0; lane < lanes; ++lane) at[lane] = clock[lane] + cases[lane] * size;
  gather(entries, at, survivals);
}

/// The thresholds of those of whom `before` are there, which takes nobody where nobody is.
inline void set_thresholds(const float* before, const float* after, const float* leave,
                           const float* advance, LaneChances& chances) {
  for (int lane = 0; lane < lanes; ++lane) {
    const bool all_leave = before[lane] <= 0 || after[lane] <= 0;
    chances.leave[lane] = threshold_of(all_leave ? 1.0F : leave[lane]);
  }
  for (int lane = 0; lane < lanes; ++lane) {
    chances.advance[lane] = threshold_of(before[lane] <= 0 ? 0.0F : advance[lane]);
  }
}

inline void chances_of_one_stay(const ClockView& table, const float* before, const float* after,
                                LaneChances& chances) {
  alignas(64) float leave[lanes];
  alignas(64) float advance[lanes];
  const float share = table.advance_share;
  for (int lane = 0; lane < lanes; ++lane) {
    const auto both = departure_law::of_one_stay(before[lane], after[lane], share);
    leave[lane] = both.leave;
    advance[lane] = both.advance;
  }
  set_thresholds(before, after, leave, advance, chances);
}

/// `before` and `after` of those that will advance and of those that will be lost.
inline void chances_of_two_stays(const ClockView& table, const LaneLaw& law,
                                 const KeptSurvivals& before, const float* advance_after,
                                 const float* lost_after, LaneChances& chances) {
  alignas(64) float there[lanes];
  alignas(64) float left[lanes];
  alignas(64) float leave[lanes];
  alignas(64) float advance[lanes];
  for (int lane = 0; lane < lanes; ++lane) {
    const float advance_share = law.advance != nullptr ? law.advance[lane] : table.advance_share;
    const float lost_share = law.advance != nullptr ? 1 - law.advance[lane] : table.lost_share;
    there[lane] = advance_share * before.advance[lane] + lost_share * before.lost[lane];
    left[lane] = advance_share * advance_after[lane] + lost_share * lost_after[lane];
    const auto both =
        departure_law::of_two_stays(advance_share, before.advance[lane], advance_after[lane],
                                    lost_share, before.lost[lane], lost_after[lane]);
    leave[lane] = both.leave;
    advance[lane] = both.advance;
  }
  set_thresholds(there, left, leave, advance, chances);
}

/// The same as look_up_chance in all lanes. Separate loops, each of a kind that vectorises.
inline void look_up_chances(const ClockView& table, const LaneLaw& law, const std::int32_t* entry,
                            const std::int32_t* before, const std::int32_t* after, int step,
                            const KeptSurvivals& kept, LaneChances& chances) {
  if (table.lost_at_once) {
    for (int lane = 0; lane < lanes; ++lane) {
      chances.leave[lane] = after[lane] > before[lane] ? certain : 0;
      chances.advance[lane] = 0;
    }
    return;
  }
  const std::int32_t* const advance_case = table.advance_varies ? law.advance_case : nullptr;
  const std::int32_t* const lost_case = table.lost_varies ? law.lost_case : nullptr;
  const bool one_stay = table.advance == table.lost;
  const std::int32_t shift = table.shift;
  const std::int32_t last = table.last;
  alignas(64) std::int32_t clock[lanes];
  if (*kept.step != step) {
    for (int lane = 0; lane < lanes; ++lane) {
      clock[lane] = at_most((before[lane] - entry[lane]) >> shift, last);
    }
    read_survivals(table, table.advance, advance_case, clock, kept.advance);
    if (!one_stay) read_survivals(table, table.lost, lost_case, clock, kept.lost);
  }
  *kept.step = step + 1;
  for (int lane = 0; lane < lanes; ++lane) {
    clock[lane] = at_most((after[lane] - entry[lane]) >> shift, last);
  }
  alignas(64) float advance_after[lanes];
  read_survivals(table, table.advance, advance_case, clock, advance_after);
  if (one_stay) {
    chances_of_one_stay(table, kept.advance, advance_after, chances);
  } else {
    alignas(64) float lost_after[lanes];
    read_survivals(table, table.lost, lost_case, clock, lost_after);
    chances_of_two_stays(table, law, kept, advance_after, lost_after, chances);
    std::memcpy(kept.lost, lost_after, sizeof lost_after);
  }
  std::memcpy(kept.advance, advance_after, sizeof advance_after);
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
