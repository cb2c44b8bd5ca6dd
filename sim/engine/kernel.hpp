#pragma once

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

struct StageView {
  const Departure* law;
  std::uint64_t place;
  int progress;  ///< Item in Scratch::progress; -1: none.
};

struct ArrivalView {
  int stage;
  std::uint64_t place;
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
  const StageView* stages;
  int arrival_count;
  const ArrivalView* arrivals;
  int open_count;
  const OpenCellView* open;
  AmountView amount;
  std::uint64_t amount_place;
  int leads_progress;  ///< Item in Scratch::progress; -1: none.
  FlowSums sums;
};

struct NamedView {
  int flow;
  int stage;
  LawIndex law;
  std::uint64_t place;
  AmountView amount;
  std::uint64_t amount_place;
  std::uint64_t* wins;      ///< By week.
  std::uint64_t* pipeline;  ///< By week.
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
};

struct BlockResult {
  std::int64_t* booked;  ///< [week][lane] cumulative, in cents.
  std::int32_t* wins;    ///< [lane] from the first step on.
  std::uint64_t cut_amounts;
  /// [week][item][lane] TerritoryPlan::progress at the week's end, wins last; null: not wanted.
  std::int16_t* progress;
};

/// The quarter of one territory in lanes [first_lane, end_lane); the others stay at zero.
using BlockFunction = void(const TerritoryView&, const LaneKeys&, int first_lane, int end_lane,
                           Scratch&, BlockResult&, Recorder*);

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
