// The hot loop: one territory, 64 replications in lockstep. Compiled once for each instruction set
// (ATTAIN_KERNEL names the variant). Everything but the entry point is in an unnamed namespace and
// no shared template is instantiated, so that no function compiled for a wider machine can end up
// in the rest of the program. Only + - x / of floats, comparisons and integers: every variant gives
// the same bytes. What is inlined into the loop stands in the headers called kernel_...

#include "kernel_effort.hpp"
#include "kernel_named.hpp"

#define ATTAIN_JOIN_(a, b) a##b
#define ATTAIN_JOIN(a, b) ATTAIN_JOIN_(a, b)

namespace attain::engine {

namespace {

inline FlowCells cells_of(const FlowView& flow, int steps, const Scratch& scratch) {
  return {scratch.counts + flow.first_cell * lanes, scratch.most + flow.first_cell, flow.open_count,
          steps, flow.first_entered};
}

void place_open_deals(const FlowView& flow, const FlowCells& cells, const std::int16_t* active,
                      int active_lanes, std::uint64_t* in_stage) {
  for (int stage = 0; stage < flow.stage_count; ++stage) in_stage[stage] = 0;
  for (int open = 0; open < flow.open_count; ++open) {
    const OpenCellView& deals = flow.open[open];
    std::int16_t* counts = cells.counts_of(open);
    for (int lane = 0; lane < lanes; ++lane) {
      counts[lane] = static_cast<std::int16_t>(deals.count & active[lane]);
    }
    cells.most[open] = static_cast<std::int16_t>(deals.count);
    in_stage[deals.stage] +=
        static_cast<std::uint64_t>(deals.count) * static_cast<std::uint64_t>(active_lanes);
  }
}

void place_named_deals(const TerritoryView& territory, const std::int16_t* active,
                       const Scratch& scratch) {
  for (int i = 0; i < territory.named_count; ++i) {
    const NamedView& deal = territory.named[i];
    for (int lane = 0; lane < lanes; ++lane) {
      const bool here = active[lane] != 0;
      scratch.named_base[i * lanes + lane] = here ? static_cast<std::int32_t>(deal.law) : 0;
      scratch.named_stage[i * lanes + lane] = static_cast<std::int16_t>(here ? deal.stage : -1);
      scratch.named_in_stage[territory.flows[deal.flow].first_stage + deal.stage] += here ? 1 : 0;
    }
  }
}

/// What stands at the end of a week: cumulative bookings and progress of each lane, and what is
/// open.
void close_week(const TerritoryView& territory, int week, const std::int64_t* booked,
                const Scratch& scratch, BlockResult& result) {
  const int weeks = territory.weeks;
  if (result.progress != nullptr) {
    const int items = territory.progress_count;
    std::int16_t* to = result.progress + static_cast<std::ptrdiff_t>(week) * (items + 1) * lanes;
    std::memcpy(to, scratch.progress, static_cast<std::size_t>(items) * lanes * sizeof *to);
    for (int lane = 0; lane < lanes; ++lane) {
      to[items * lanes + lane] = static_cast<std::int16_t>(result.wins[lane]);
    }
  }
  std::memcpy(result.booked + static_cast<std::ptrdiff_t>(week) * lanes, booked,
              lanes * sizeof(std::int64_t));
  for (int f = 0; f < territory.flow_count; ++f) {
    const FlowView& flow = territory.flows[f];
    for (int stage = 0; stage < flow.stage_count; ++stage) {
      flow.sums.open[stage * weeks + week] += scratch.in_stage[flow.first_stage + stage];
    }
  }
  for (int i = 0; i < territory.named_count; ++i) {
    const NamedView& deal = territory.named[i];
    const int from = territory.flows[deal.flow].pipeline_from;
    int open = 0;
    for (int lane = 0; lane < lanes; ++lane) {
      open += scratch.named_stage[i * lanes + lane] >= from ? 1 : 0;
    }
    deal.pipeline[week] += static_cast<std::uint64_t>(open);
  }
}

/// The deals of day one that rules and capacity look at.
void count_open_deals(const TerritoryView& territory, const std::int16_t* active,
                      const Scratch& scratch) {
  for (int f = 0; f < territory.flow_count; ++f) {
    const FlowView& flow = territory.flows[f];
    std::int16_t* const in_lane = scratch.in_lane + flow.first_stage * lanes;
    std::memset(in_lane, 0, static_cast<std::size_t>(flow.stage_count) * lanes * sizeof *in_lane);
    for (int open = 0; open < flow.open_count; ++open) {
      const OpenCellView& deals = flow.open[open];
      for (int lane = 0; lane < lanes; ++lane) {
        std::int16_t& count = in_lane[deals.stage * lanes + lane];
        count = static_cast<std::int16_t>(count + (deals.count & active[lane]));
      }
    }
  }
}

Now now_of(const TerritoryView& territory, int step) {
  const int from_start = territory.first_step + step;
  const int per_week = territory.steps_per_week;
  const int period_weeks = (territory.period_steps + per_week - 1) / per_week;
  const auto week_of = [&](int steps) {
    return steps / territory.period_steps * period_weeks +
           steps % territory.period_steps / per_week;
  };
  const int week = week_of(from_start);
  const int in_period = from_start % territory.period_steps;
  const bool ends_period = in_period + 1 == territory.period_steps;
  Now now{};
  now.step = step;
  now.from_start = static_cast<std::uint32_t>(from_start);
  now.first = static_cast<std::uint32_t>(territory.first_step);
  now.week = week - week_of(territory.first_step);
  now.weeks = territory.weeks;
  now.period = static_cast<std::uint32_t>(from_start / territory.period_steps);
  now.week_from_start = static_cast<std::uint32_t>(week);
  now.begins_period = in_period == 0;
  now.begins_week = in_period % per_week == 0;
  now.ends_week = (in_period + 1) % per_week == 0 || ends_period;
  return now;
}

/// What is the same from here to the step's end for all flows and deals.
void prepare_step(const TerritoryView& territory, const BlockLuck& luck, const Now& now,
                  const std::int64_t* booked, BlockResult& result, const Scratch& scratch) {
  const DynamicsView& dynamics = territory.dynamics;
  if (now.begins_period || now.step == 0) begin_period(territory, luck, now, result, scratch);
  draw_shocks(dynamics, luck, now, scratch);
  look(territory, now, booked, result, scratch);
  if (dynamics.has_effort) set_effort(territory, now, booked, scratch);
  set_multipliers(dynamics, now, scratch);
  move_clocks(territory, now, scratch);
}

void simulate_block(const TerritoryView& territory, const BlockLuck& luck, Scratch& scratch,
                    BlockResult& result, Recorder* recorder) {
  alignas(64) std::int16_t active[lanes];
  for (int lane = 0; lane < lanes; ++lane) {
    active[lane] =
        static_cast<std::int16_t>(lane >= luck.first_lane && lane < luck.end_lane ? -1 : 0);
    result.wins[lane] = 0;
  }
  alignas(64) std::int64_t booked[lanes] = {};
  for (int lane = luck.first_lane; lane < luck.end_lane; ++lane) {
    booked[lane] = territory.booked_cents;
  }
  for (int f = 0; f < territory.flow_count; ++f) {
    const FlowView& flow = territory.flows[f];
    std::memset(scratch.named_in_stage + flow.first_stage, 0,
                static_cast<std::size_t>(flow.stage_count) * sizeof(std::uint64_t));
    place_open_deals(flow, cells_of(flow, territory.steps, scratch), active,
                     luck.end_lane - luck.first_lane, scratch.in_stage + flow.first_stage);
  }
  place_named_deals(territory, active, scratch);
  std::int16_t* const progress = result.progress != nullptr ? scratch.progress : nullptr;
  if (progress != nullptr) {
    std::memset(progress, 0,
                static_cast<std::size_t>(territory.progress_count) * lanes * sizeof *progress);
  }

  const bool changes = territory.dynamics.any;
  if (changes) {
    const auto size = static_cast<std::size_t>(territory.weeks) * lanes * sizeof(double);
    std::memset(result.hours_asked, 0, size);
    std::memset(result.hours_there, 0, size);
    begin_dynamics(territory, luck, scratch);
    count_open_deals(territory, active, scratch);
  }

  for (int step = 0; step < territory.steps; ++step) {
    const Now now = now_of(territory, step);
    if (now.begins_period && step > 0) std::memset(booked, 0, sizeof booked);
    const StepContext context{territory, luck.keys, now,    active,  scratch,
                              progress,  booked,    result, recorder};
    if (changes) prepare_step(territory, luck, now, booked, result, scratch);
    for (int f = 0; f < territory.flow_count; ++f) {
      const FlowView& flow = territory.flows[f];
      for (int stage = 0; stage < flow.stage_count; ++stage) {
        flow.sums.present[stage * now.weeks + now.week] +=
            scratch.named_in_stage[flow.first_stage + stage];
      }
      step_flow(context, flow, cells_of(flow, territory.steps, scratch),
                scratch.in_stage + flow.first_stage);
    }
    for (int i = 0; i < territory.named_count; ++i) {
      step_named(context, i,
                 {scratch.named_base + i * lanes, scratch.named_stage + i * lanes,
                  scratch.named_in_stage + territory.flows[territory.named[i].flow].first_stage});
    }
    if (changes) {
      for (int lane = 0; lane < lanes; ++lane) {
        const bool over = booked[lane] > territory.most_booked;
        result.cut_amounts += over ? 1 : 0;
        booked[lane] = over ? territory.most_booked : booked[lane];
      }
    }
    if (now.ends_week) close_week(territory, now.week, booked, scratch, result);
  }
}

void bins(const std::int64_t* values, std::uint32_t* bins) {
  // A double's exponent and leading 8 bits of fraction number the bins from 512 on; see
  // Histogram::bin_of. Setting the exponent of 2^52 makes a double of an integer of 32 bits, which
  // every instruction set can do; the halves' sum may round up to the next bin's edge, which is
  // nothing beside a bin.
  constexpr std::int64_t exponent_bits = 0x4330000000000000;
  for (int lane = 0; lane < lanes; ++lane) {
    const std::int64_t high_bits = values[lane] >> 32U | exponent_bits;
    const std::int64_t low_bits = (values[lane] & 0xffffffff) | exponent_bits;
    double high;
    double low;
    std::memcpy(&high, &high_bits, sizeof high);
    std::memcpy(&low, &low_bits, sizeof low);
    const double value = (high - 0x1p52) * 0x1p32 + (low - 0x1p52);
    std::uint64_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    const auto wide = static_cast<std::uint32_t>((bits >> 44U) - ((1023U + 8U - 1U) << 8U));
    bins[lane] = values[lane] < 512 ? static_cast<std::uint32_t>(values[lane]) : wide;
  }
}

}  // namespace

Kernel ATTAIN_JOIN(ATTAIN_KERNEL, _kernel)() { return {simulate_block, bins}; }

}  // namespace attain::engine
