#pragma once

#include <attain/plan/departure_law.hpp>
#include <attain/plan/plan.hpp>

#include <cstddef>
#include <cstdint>

namespace attain::engine {

__extension__ using WideUnsigned = unsigned __int128;

/// What the loop sees of a plan: plain pointers, because kernel.cpp is compiled for several
/// instruction sets and must not instantiate templates that other files share.

/// Replications in lockstep. Neighbours 2n and 2n + 1 share key material (random/draws.hpp).
inline constexpr int lanes = 64;
inline constexpr int pairs = lanes / 2;

struct alignas(64) LaneKeys {
  std::uint32_t word[4][pairs];
};

/// See ClockTable.
struct ClockView {
  const float* advance;
  const float* lost;  ///< The same as `advance` where the stay is one.
  std::int32_t last;
  float advance_share;
  float lost_share;
  bool lost_at_once;
};

/// What a deal in a stage adds to a variable of Variable::activities and behind.
struct ActivityView {
  int variable;
  double on_entry;
  double per_step;
};

struct StageView {
  const Departure* law;
  std::uint64_t place;
  int progress;       ///< Item in Scratch::progress; -1: none.
  int speed_channel;  ///< -1: none, and then no clock.
  int odds_channel;   ///< -1: none.
  ClockView clock;
  float one_share;  ///< Advancing, of those who leave, whatever the clock; -1: it depends on that.
  double hours;
  int activity_count;
  const ActivityView* activities;
};

struct ArrivalView {
  int stage;
  std::uint64_t place;
  float mean;  ///< A step.
  std::uint32_t full_parts;
  const std::uint32_t* full;
  int full_size;
  const std::uint32_t* rest;
  int rest_size;
};

struct OpenCellView {
  int stage;
  const Departure* law;
  int count;
  std::uint64_t place;
  ClockView clock;  ///< Where the stage has a speed channel.
};

struct AmountView {
  AmountPlan::Kind kind;
  std::int64_t fixed_cents;
  float mean;
  const float* quantiles;
  const std::uint32_t* alias_keep;
  const std::uint32_t* alias_other;
  const float* alias_values;
  std::uint32_t alias_size;
};

/// Sums over lanes, added to: one row of weeks for each stage, wins one row (see FlowTally).
struct FlowSums {
  std::uint64_t* leads;
  std::uint64_t* wins;
  std::uint64_t* entered;
  std::uint64_t* present;
  std::uint64_t* open;
  WideUnsigned* bookings;
};

struct FlowView {
  std::ptrdiff_t first_cell;   ///< In Scratch: its open cells, then one a stage and step of entry.
  std::ptrdiff_t first_stage;  ///< In Scratch.
  int stage_count;
  int pipeline_from;
  int first_entered;  ///< The first stage that deals without a name can come into.
  const StageView* stages;
  int arrival_count;
  const ArrivalView* arrivals;
  int open_count;
  const OpenCellView* open;
  AmountView amount;
  std::uint64_t amount_place;
  double amount_mean;  ///< In units of the currency.
  bool dated;          ///< Belongs to no stream.
  int leads_channel;   ///< -1: none, like the next one.
  int amount_channel;
  int leads_progress;  ///< Item in Scratch::progress; -1: none.
  FlowSums sums;
};

struct NamedView {
  int flow;
  int stage;
  LawIndex law;
  ClockView clock;  ///< Of the stage of day one, where that has a speed channel.
  std::uint64_t place;
  double amount_mean;
  AmountView amount;
  std::uint64_t amount_place;
  std::uint64_t* wins;      ///< By week.
  std::uint64_t* pipeline;  ///< By week.
};

struct LaneConditionView {
  int variable;
  const double* low;
  const double* high;
  int by_step;  ///< 1: one pair of bounds for each step, 0: the same for all.
};

struct RuleMaskView {
  const LaneConditionView* conditions;
  int condition_count;
  std::uint32_t chance;
  std::uint64_t place;
  bool shared;
};

/// See DynamicsPlan.
struct DynamicsView {
  bool any;
  int channels;
  int mask_count;
  const RuleMaskView* masks;
  const Operation* operations;
  const std::size_t* first_operation;
  int variable_count;
  const bool* used;     ///< By variable.
  const double* hours;  ///< By step; null: no limit.
  const bool* closed;   ///< By step; null: never.
  double quota;         ///< In units of the currency; 0: none.
};

struct TerritoryView {
  int steps;       ///< That are simulated.
  int first_step;  ///< Of the period; draws are addressed by steps of the period.
  int steps_per_week;
  int weeks;                  ///< That are simulated, whole or in part.
  std::int64_t booked_cents;  ///< Before the first step.
  const Departure* departures;
  int flow_count;
  const FlowView* flows;
  int named_count;
  const NamedView* named;
  int progress_count;  ///< Items in Scratch::progress.
  DynamicsView dynamics;
};

/// One lane's future, for `replay`. Arrays of one number a step; `moves` has room for every stage
/// of every named deal.
struct Recorder {
  struct Move {
    int named;
    int step;
    int from_stage;
    bool advanced;
  };
  int lane;
  int* leads;
  int* wins;
  Move* moves;
  int move_count;
};

/// Working memory, reused from block to block.
struct Scratch {
  std::int16_t* counts;       ///< [cell][lane] deals in a cell.
  std::int16_t* most;         ///< [cell] the largest count of any lane.
  std::uint64_t* in_stage;    ///< [flow][stage] deals there, over all lanes, without named ones.
  std::int32_t* named_base;   ///< [named][lane] departure index less the step; see named deals.
  std::int16_t* named_stage;  ///< [named][lane]; -1: gone.
  std::uint64_t* named_in_stage;  ///< [flow][stage] named deals there, over all lanes.
  std::int16_t* progress;         ///< [item][lane] counted so far.

  // Only where something changes the funnel.
  float* multiplier;        ///< [channel][lane] of this step.
  std::int16_t* exists;     ///< [mask][lane] -1: its chance came up.
  std::int16_t* holds;      ///< [mask][lane] -1: in this step.
  std::int32_t* held_step;  ///< [mask] the step of `holds`.
  double* variable;         ///< [variable][lane] see Variable.
  float* capacity;          ///< [lane] what capacity does to speed in this step.
  std::int16_t* in_lane;    ///< [flow][stage][lane] deals there, without named ones.
  double* time;             ///< [flow][stage][lane] sum of speeds so far.
  std::int32_t* clock;      ///< [flow][stage][step][lane] the same before each step, in 64ths.
  std::int32_t*
      last_change;  ///< [flow][stage] the last step in which speed was not 1 in all lanes.
  std::int32_t* named_entry;  ///< [named][lane] its stage's clock when it came.
};

struct BlockResult {
  std::int64_t* booked;  ///< [week][lane] cumulative, in cents.
  std::int32_t* wins;    ///< [lane] from the first step on.
  std::uint64_t cut_amounts;
  /// [week][item][lane] TerritoryPlan::progress at the week's end, wins last; null: not wanted.
  std::int16_t* progress;
  /// [week][lane] hours that open deals ask for, summed over steps as hours a week; only where
  /// hours are limited.
  double* hours_asked;
};

/// The quarter of one territory in lanes [first_lane, end_lane); the others stay at zero. `shared`
/// are the keys of luck that territories have in common.
using BlockFunction = void(const TerritoryView&, const LaneKeys&, const LaneKeys& shared,
                           int first_lane, int end_lane, Scratch&, BlockResult&, Recorder*);

/// Histogram bins (Histogram::bin_of) of 64 amounts below 2^63.
using BinsFunction = void(const std::int64_t* values, std::uint32_t* bins);

struct Kernel {
  BlockFunction* simulate_block;
  BinsFunction* bins;
};

Kernel sse2_kernel();
Kernel avx2_kernel();
Kernel avx512_kernel();

}  // namespace attain::engine
