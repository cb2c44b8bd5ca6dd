// The hot loop: one territory, 64 replications in lockstep. Compiled once for each instruction set
// (ATTAIN_KERNEL names the variant). Everything but the entry point is in an unnamed namespace and
// no shared template is instantiated, so that no function compiled for a wider machine can end up
// in the rest of the program. Only + - x / of floats, comparisons and integers: every variant gives
// the same bytes. What is inlined into the loop stands in the headers called kernel_...

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

void simulate_block(const TerritoryView& territory, const LaneKeys& keys, const LaneKeys& shared,
                    int first_lane, int end_lane, Scratch& scratch, BlockResult& result,
                    Recorder* recorder) {
  alignas(64) std::int16_t active[lanes];
  for (int lane = 0; lane < lanes; ++lane) {
    active[lane] = static_cast<std::int16_t>(lane >= first_lane && lane < end_lane ? -1 : 0);
    result.wins[lane] = 0;
  }
  alignas(64) std::int64_t booked[lanes] = {};
  for (int lane = first_lane; lane < end_lane; ++lane) booked[lane] = territory.booked_cents;
  for (int f = 0; f < territory.flow_count; ++f) {
    const FlowView& flow = territory.flows[f];
    std::memset(scratch.named_in_stage + flow.first_stage, 0,
                static_cast<std::size_t>(flow.stage_count) * sizeof(std::uint64_t));
    place_open_deals(flow, cells_of(flow, territory.steps, scratch), active, end_lane - first_lane,
                     scratch.in_stage + flow.first_stage);
  }
  place_named_deals(territory, active, scratch);
  std::int16_t* const progress = result.progress != nullptr ? scratch.progress : nullptr;
  if (progress != nullptr) {
    std::memset(progress, 0,
                static_cast<std::size_t>(territory.progress_count) * lanes * sizeof *progress);
  }

  const bool changes = territory.dynamics.any;
  if (changes) {
    std::memset(result.hours_asked, 0,
                static_cast<std::size_t>(territory.weeks) * lanes * sizeof(double));
    begin_dynamics(territory, keys, shared, scratch);
    count_open_deals(territory, active, scratch);
  }

  const int first_week = territory.first_step / territory.steps_per_week;
  for (int step = 0; step < territory.steps; ++step) {
    const int period_step = territory.first_step + step;
    const Now now{step, static_cast<std::uint32_t>(period_step),
                  static_cast<std::uint32_t>(territory.first_step),
                  period_step / territory.steps_per_week - first_week, territory.weeks};
    const StepContext context{territory, keys,   now,    active,  scratch,
                              progress,  booked, result, recorder};
    if (changes) {
      look(territory, now, booked, result, scratch);
      set_multipliers(territory.dynamics, now, scratch);
      move_clocks(territory, now, scratch);
    }
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
    const bool ends_week = (period_step + 1) % territory.steps_per_week == 0;
    if (ends_week || step + 1 == territory.steps) {
      close_week(territory, now.week, booked, scratch, result);
    }
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
