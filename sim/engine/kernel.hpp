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
  std::int32_t shift;
  bool advance_varies;
  bool lost_varies;
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
  int advance_value;   ///< Row of Scratch::value in place of the clock's shares; -1: none.
  int advance_choice;  ///< Row of Scratch::choice, of a stay that varies.
  int lost_choice;
  int hours_value;  ///< Row of Scratch::value that multiplies `hours`; -1: none.
  double hours;

  /// Whether its law differs from lane to lane even if nothing changes its speed.
  [[nodiscard]] bool varies() const {
    return advance_value >= 0 || advance_choice >= 0 || lost_choice >= 0;
  }
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
  int mean_value;             ///< Row of Scratch::value that multiplies it; -1: none.
  int choice;                 ///< Row of Scratch::choice; -1: none.
  const float* const* cases;  ///< In place of `quantiles`, by choice.
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
  int chance_value;  ///< Row of Scratch::value in place of `chance`; -1: none.
  std::uint64_t place;
  bool shared;
};

/// See LaneValue and LaneChoice, whose numbers are 0 to 15.
struct LaneValueView {
  const float* table;
  std::uint64_t place;
  bool shared;
  bool is_fixed;
  std::uint32_t fixed;  ///< In place of a draw.
};

/// See CapacityPlan.
struct CapacityView {
  double constant;
  int term_count;
  const CapacityPlan::Term* terms;
  int factor_count;
  const std::size_t* factors;
};

/// See WinTable.
struct WinTableView {
  const float* chances;
  std::int32_t last;
};

/// See EffortPlan::Flow: an amount's mean and variance in cents and their square, and how likely
/// that is by stage and open cell.
struct FlowWorthView {
  double mean;
  double variance;
  const WinTableView* stages;
  const WinTableView* open;
};

struct NamedWorthView {
  double mean;
  double variance;
  WinTableView wins;
};

/// See EffortPlan.
struct EffortView {
  double bonus_pull;
  double goal_gradient;
  double give_up;
  double give_up_below;
  double coast;
  const float* bell;
  const FlowWorthView* flows;
  const NamedWorthView* named;
  const Worth* new_leads;    ///< By steps left.
  const std::int32_t* left;  ///< By step: steps left in its period.
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
  const bool* used;           ///< By variable.
  const double* hours;        ///< By step; null: no limit.
  const bool* closed;         ///< By step; null: never.
  const double* quota_cents;  ///< By step: of its period; 0: none.
  int value_count;
  const LaneValueView* values;
  int choice_count;
  const LaneValueView* choices;
  int shock_count;
  const ShockPlan* shocks;
  const float* normal;  ///< Table of the standard normal distribution.
  bool has_capacity;    ///< `hours` are to be multiplied with the following.
  CapacityView capacity;
  bool has_effort;
  EffortView effort;
};

struct TerritoryView {
  int steps;       ///< That are simulated.
  int first_step;  ///< From the start of the calendar; draws are addressed by steps from there.
  int steps_per_week;
  int period_steps;
  int weeks;                  ///< That are simulated, whole or in part.
  std::int64_t booked_cents;  ///< Before the first step.
  std::int64_t most_booked;   ///< In a period, so that sums of all have 64 bits.
  const Departure* departures;
  int flow_count;
  const FlowView* flows;
  int named_count;
  const NamedView* named;
  int progress_count;  ///< Items in Scratch::progress.
  double open_count;   ///< Deals on day one.
  std::ptrdiff_t cell_count;
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
  float* multiplier;             ///< [channel][lane] of this step.
  float* value;                  ///< [value][lane] drawn once.
  std::int32_t* choice;          ///< [choice][lane] 0 to 15, drawn once.
  float* shock_z;                ///< [shock][lane] standard normal.
  float* shock;                  ///< [shock][lane] the factor of this period or week.
  double* hours_there;           ///< [lane] what hours by step are multiplied with.
  double* wins_before;           ///< [lane] before the period.
  double* came;                  ///< [lane] deals that have come in all.
  float* amount;                 ///< [lane] what amounts are multiplied with.
  std::int16_t* exists;          ///< [mask][lane] -1: its chance came up.
  std::int16_t* holds;           ///< [mask][lane] -1: in this step.
  std::int32_t* held_step;       ///< [mask] the step of `holds`.
  double* variable;              ///< [variable][lane] see Variable.
  float* capacity;               ///< [lane] what capacity does to speed in this step.
  float* effort;                 ///< [lane] how hard people work in this step; 1 as usual.
  std::int16_t* in_lane;         ///< [flow][stage][lane] deals there, without named ones.
  double* time;                  ///< [flow][stage][lane] sum of speeds so far.
  float* survivals;              ///< [cell][outcome][lane] see KeptSurvivals.
  std::int32_t* survivals_step;  ///< [cell]
  std::int32_t* clock;           ///< [flow][stage][step][lane] `time` before each step, in 64ths.
  std::int32_t*
      last_change;  ///< [flow][stage] the last step in which speed was not 1 in all lanes.
  std::int32_t* named_entry;  ///< [named][lane] its stage's clock when it came.
};

struct BlockResult {
  std::int64_t* booked;  ///< [week][lane] since the period's start, in cents.
  std::int32_t* wins;    ///< [lane] from the first step on.
  std::uint64_t cut_amounts;
  std::uint64_t cut_leads;
  /// [week][item][lane] TerritoryPlan::progress at the week's end, wins last; null: not wanted.
  std::int16_t* progress;
  /// [week][lane] hours that open deals ask for, summed over steps as hours a week; only where
  /// hours are limited.
  double* hours_asked;
  double* hours_there;  ///< [week][lane] likewise those that there are.
};

/// Which replications are simulated: lanes [first_lane, end_lane); the others stay at zero.
struct BlockLuck {
  const LaneKeys& keys;
  const LaneKeys& shared;  ///< Of luck that territories have in common.
  int first_lane;
  int end_lane;
  bool one_draw;  ///< All lanes have the values and choices of the first one.
};

/// What happens in one territory.
using BlockFunction = void(const TerritoryView&, const BlockLuck&, Scratch&, BlockResult&,
                           Recorder*);

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
