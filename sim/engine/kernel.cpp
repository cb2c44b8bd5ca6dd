// The hot loop: one territory, 64 replications in lockstep. Compiled once for each instruction set
// (ATTAIN_KERNEL names the variant). Everything but the entry point is in an unnamed namespace and
// no shared template is instantiated, so that no function compiled for a wider machine can end up
// in the rest of the program. Only + - x, comparisons and integers: every variant gives the same
// bytes.

#include "kernel.hpp"

#include <attain/plan/amount_table.hpp>
#include <attain/random/draws.hpp>

#include <cstring>

#define ATTAIN_JOIN_(a, b) a##b
#define ATTAIN_JOIN(a, b) ATTAIN_JOIN_(a, b)

namespace attain::engine {

namespace {

#if defined(__AVX512BW__)
constexpr int register_bytes = 64;
#elif defined(__AVX2__)
constexpr int register_bytes = 32;
#else
constexpr int register_bytes = 16;
#endif

// GCC's vector extension: plain operators, one register each.
typedef std::int16_t Counts __attribute__((vector_size(register_bytes)));
typedef std::uint32_t Words __attribute__((vector_size(register_bytes)));

constexpr int counts_in_register = register_bytes / 2;
constexpr int words_in_register = register_bytes / 4;
constexpr int registers = lanes / counts_in_register;  // that hold one count for every lane

constexpr std::uint32_t certain = 0xffffffffU;

inline Counts load(const std::int16_t* from) {
  Counts to;
  std::memcpy(&to, from, sizeof to);
  return to;
}
inline Words load(const std::uint32_t* from) {
  Words to;
  std::memcpy(&to, from, sizeof to);
  return to;
}
inline void store(std::int16_t* to, Counts from) { std::memcpy(to, &from, sizeof from); }
inline Counts all(std::int16_t value) { return Counts{} + value; }
inline Counts larger(Counts a, Counts b) { return a > b ? a : b; }

inline int largest(const std::int16_t* counts) {
  typedef std::int16_t Short __attribute__((vector_size(16)));
  Short most{};
  for (int i = 0; i < lanes / 8; ++i) {
    Short next;
    std::memcpy(&next, counts + 8 * i, sizeof next);
    most = most > next ? most : next;
  }
  std::int16_t last[8];
  std::memcpy(last, &most, sizeof last);
  int result = last[0];
  for (int i = 1; i < 8; ++i) result = last[i] > result ? last[i] : result;
  return result;
}

inline std::uint64_t sum(const std::int16_t* counts) {
  std::int32_t total = 0;
  for (int lane = 0; lane < lanes; ++lane) total += counts[lane];
  return static_cast<std::uint64_t>(total);
}

/// A narrow draw for the lanes of one register, as signed numbers (see narrow_draw).
inline Counts narrow_draws(Words key_low, Words key_high, std::uint32_t address_low) {
  Words x = key_low + address_low;
  x ^= x >> 16U;
  x *= 0x21f0aaadU;
  x ^= x >> 15U;
  x ^= key_high;
  x *= 0xd35a2d97U;
  x ^= x >> 15U;
  Counts halves;
  std::memcpy(&halves, &x, sizeof halves);
  return halves;
}

/// A wide draw for every lane.
inline void wide_draws(const LaneKeys& keys, Address at, std::uint32_t* draws) {
  for (int pair = 0; pair < pairs; ++pair) {
    draws[2 * pair] = mixed_word(keys.word[0][pair], keys.word[1][pair], at);
    draws[2 * pair + 1] = mixed_word(keys.word[2][pair], keys.word[3][pair], at);
  }
}

inline PairKey key_of_lane(const LaneKeys& keys, int lane) {
  const int pair = lane / 2;
  return {{keys.word[0][pair], keys.word[1][pair], keys.word[2][pair], keys.word[3][pair]}};
}

/// What left a cell in a step, for every lane.
struct Leaving {
  alignas(64) std::int16_t left[lanes];
  alignas(64) std::int16_t advanced[lanes];
};

/// The whole 32-bit comparison for the lanes in which 16 bits of some draw tied with a threshold.
[[gnu::noinline]] void settle(const LaneKeys& keys, Address at, Departure chance,
                              const std::int16_t* counts, const std::int16_t* tied,
                              Leaving& leaving) {
  for (int lane = 0; lane < lanes; ++lane) {
    if (tied[lane] == 0) continue;
    const PairKey key = key_of_lane(keys, lane);
    leaving.left[lane] = 0;
    leaving.advanced[lane] = 0;
    for (int deal = 0; deal < counts[lane]; ++deal) {
      const std::uint32_t draw = narrow_draw(key, static_cast<unsigned>(lane) & 1U,
                                             nth(at, static_cast<std::uint32_t>(deal)));
      leaving.left[lane] += happens(draw, chance.leave) ? 1 : 0;
      leaving.advanced[lane] += happens(draw, chance.advance) ? 1 : 0;
    }
  }
}

/// One uniform number for each deal of the cell, against both thresholds.
inline void draw_departures(const LaneKeys& keys, Address at, Departure chance,
                            const std::int16_t* counts, int most, Leaving& leaving) {
  const auto leave_high = static_cast<std::int16_t>(chance.leave >> 16U ^ 0x8000U);
  const auto advance_high = static_cast<std::int16_t>(chance.advance >> 16U ^ 0x8000U);
  alignas(64) std::int16_t tied[lanes];
  Counts any_tied{};
  for (int r = 0; r < registers; ++r) {
    const Words key_low = load(keys.word[0] + r * words_in_register);
    const Words key_high = load(keys.word[1] + r * words_in_register) ^ at.high;
    const Counts here = load(counts + r * counts_in_register);
    Counts left{};
    Counts advanced{};
    Counts ties{};
    Counts deal{};
    for (int n = 0; n < most; ++n) {
      const Counts draw =
          narrow_draws(key_low, key_high, at.low + static_cast<std::uint32_t>(n) * 0x9e3779b9U);
      const Counts present = here > deal;
      left -= (draw < leave_high) & present;
      advanced -= (draw < advance_high) & present;
      ties |= ((draw == leave_high) | (draw == advance_high)) & present;
      deal += 1;
    }
    store(leaving.left + r * counts_in_register, left);
    store(leaving.advanced + r * counts_in_register, advanced);
    store(tied + r * counts_in_register, ties);
    any_tied |= ties;
  }
  std::uint64_t tie_bits[register_bytes / 8];
  std::memcpy(tie_bits, &any_tied, sizeof any_tied);
  std::uint64_t any = 0;
  for (const std::uint64_t bits : tie_bits) any |= bits;
  if (any != 0) [[unlikely]] settle(keys, at, chance, counts, tied, leaving);
}

/// Moves the deals of one cell; adds to what left the stage and what entered the next one. Returns
/// the largest count that is left in any lane.
inline int move_cell(const LaneKeys& keys, Address at, Departure chance, std::int16_t* counts,
                     int most, std::int16_t* stage_left, std::int16_t* next_entered) {
  if (chance.leave == 0) return most;
  if (chance.leave == certain && (chance.advance == certain || chance.advance == 0)) {
    // What is certain is settled without a draw.
    const std::int16_t all_advance = chance.advance == certain ? 1 : 0;
    for (int lane = 0; lane < lanes; ++lane) {
      stage_left[lane] += counts[lane];
      next_entered[lane] += static_cast<std::int16_t>(counts[lane] * all_advance);
      counts[lane] = 0;
    }
    return 0;
  }
  Leaving leaving;
  draw_departures(keys, at, chance, counts, most, leaving);
  for (int r = 0; r < registers; ++r) {
    const int at_lane = r * counts_in_register;
    const Counts left = load(leaving.left + at_lane);
    store(counts + at_lane, load(counts + at_lane) - left);
    store(stage_left + at_lane, load(stage_left + at_lane) + left);
    store(next_entered + at_lane, load(next_entered + at_lane) + load(leaving.advanced + at_lane));
  }
  return largest(counts);
}

/// Poisson arrivals by inversion, added to `entered`.
inline void add_arrivals(const LaneKeys& keys, const ArrivalView& arrival, int step,
                         const std::int16_t* active, std::int16_t* entered) {
  alignas(64) std::uint32_t draws[lanes];
  alignas(64) std::int32_t flipped[lanes];
  alignas(64) std::int32_t arrived[lanes];
  for (std::uint32_t part = 0; part < arrival.parts; ++part) {
    wide_draws(keys, address(arrival.place, static_cast<std::uint32_t>(step), part), draws);
    // Signed comparisons, which every instruction set has: both sides with the top bit turned over.
    std::int32_t most = INT32_MIN;
    for (int lane = 0; lane < lanes; ++lane) {
      flipped[lane] = static_cast<std::int32_t>(draws[lane] ^ 0x80000000U);
      most = flipped[lane] > most ? flipped[lane] : most;
      arrived[lane] = 0;
    }
    for (int k = 0; k < arrival.cumulative_size; ++k) {
      const auto threshold = static_cast<std::int32_t>(arrival.cumulative[k] ^ 0x80000000U);
      if (threshold > most) break;
      for (int lane = 0; lane < lanes; ++lane) arrived[lane] += flipped[lane] >= threshold ? 1 : 0;
    }
    for (int lane = 0; lane < lanes; ++lane) {
      entered[lane] += static_cast<std::int16_t>(arrived[lane] & active[lane]);
    }
  }
}

/// Wins of one step, packed: lane | ordinal << 8.
struct Wins {
  static constexpr int room = 256;
  alignas(64) std::uint32_t packed[room];
  int size = 0;
};

/// Half to even, by letting the addition of 1.5 x 2^52 drop the fraction; |x| < 2^51.
inline std::int64_t nearest(double x) {
  const double shifted = x + 0x1.8p52;
  std::int64_t bits;
  std::memcpy(&bits, &shifted, sizeof bits);
  std::int64_t zero_bits;
  const double zero = 0x1.8p52;
  std::memcpy(&zero_bits, &zero, sizeof zero_bits);
  return bits - zero_bits;
}

inline std::int64_t cents_of(float units, std::uint64_t& cut) {
  const double cents = static_cast<double>(units) * 100.0;
  const auto limit = static_cast<double>(largest_amount.cents);
  cut += cents > limit ? 1 : 0;
  return nearest(cents > limit ? limit : cents);
}

inline float quantile(const float* table, std::uint32_t draw) {
  using namespace amount_table;
  const bool upper = draw >> 31U != 0;
  const std::uint32_t from_end = (upper ? ~draw : draw) + 1;
  const auto as_float = static_cast<float>(static_cast<std::int32_t>(from_end - 1)) + 1.0F;
  std::uint32_t bits;
  std::memcpy(&bits, &as_float, sizeof bits);
  const std::uint32_t cell =
      ((bits - float_of_one) >> shift) + (upper ? static_cast<std::uint32_t>(cells_a_side) : 0U);
  const auto place =
      static_cast<float>(static_cast<std::int32_t>(bits & ((1U << shift) - 1))) * (1.0F / (1U << shift));
  const float* c = table + cell * coefficients;
  return (c[2] * place + c[1]) * place + c[0];
}

inline float alias_value(const AmountView& amount, std::uint32_t draw) {
  const std::uint64_t scaled = static_cast<std::uint64_t>(draw) * amount.alias_size;
  const auto column = static_cast<std::uint32_t>(scaled >> 32U);
  const bool keep = happens(static_cast<std::uint32_t>(scaled), amount.alias_keep[column]);
  return amount.alias_values[keep ? column : amount.alias_other[column]];
}

/// Draws the amounts of `wins` and adds them to `booked`; returns their sum.
inline std::int64_t book(const LaneKeys& keys, const AmountView& amount, Address at,
                         const Wins& wins, std::int64_t* booked, std::uint64_t& cut_amounts) {
  alignas(64) std::int64_t cents[Wins::room];
  std::uint64_t cut = 0;
  if (amount.kind == AmountPlan::Kind::fixed) {
    for (int i = 0; i < wins.size; ++i) cents[i] = amount.fixed_cents;
  } else {
    alignas(64) std::uint32_t draws[Wins::room];
    for (int i = 0; i < wins.size; ++i) {
      const std::uint32_t lane = wins.packed[i] & 255U;
      const std::uint32_t first = (lane & 1U) * 2 * pairs + lane / 2;
      const std::uint32_t* words = &keys.word[0][0];
      draws[i] = mixed_word(words[first], words[first + pairs], nth(at, wins.packed[i] >> 8U));
    }
    if (amount.kind == AmountPlan::Kind::quantiles) {
      for (int i = 0; i < wins.size; ++i) {
        cents[i] = cents_of(quantile(amount.quantiles, draws[i]) * amount.mean, cut);
      }
    } else {
      for (int i = 0; i < wins.size; ++i) cents[i] = cents_of(alias_value(amount, draws[i]), cut);
    }
  }
  std::int64_t total = 0;
  for (int i = 0; i < wins.size; ++i) {
    booked[wins.packed[i] & 255U] += cents[i];
    total += cents[i];
  }
  cut_amounts += cut;
  return total;
}

/// Books `won[lane]` deals of one step, in rounds of at most one deal a lane.
inline void book_counts(const LaneKeys& keys, const FlowView& flow, int step,
                        const std::int16_t* won, std::int64_t* booked, BlockResult& result) {
  const Address at = address(flow.amount_place, static_cast<std::uint32_t>(step), 0);
  const int most = largest(won);
  Wins wins;
  for (int round = 0; round < most; ++round) {
    if (wins.size + lanes > Wins::room) {
      *flow.sums.bookings +=
          static_cast<std::uint64_t>(book(keys, flow.amount, at, wins, booked, result.cut_amounts));
      wins.size = 0;
    }
    // Without a branch: every lane is written, and kept if it has so many wins.
    int size = wins.size;
    for (int lane = 0; lane < lanes; ++lane) {
      wins.packed[size] = static_cast<std::uint32_t>(lane | round << 8);
      size += won[lane] > round ? 1 : 0;
    }
    wins.size = size;
  }
  *flow.sums.bookings +=
      static_cast<std::uint64_t>(book(keys, flow.amount, at, wins, booked, result.cut_amounts));
}

/// Where a flow's cells lie in Scratch: its open ones, then one for each stage and step of entry.
struct FlowCells {
  std::int16_t* counts;
  std::int16_t* most;
  int open_count;
  int steps;

  [[nodiscard]] int entered_at(int stage, int step) const {
    return open_count + stage * steps + step;
  }
  [[nodiscard]] std::int16_t* counts_of(int cell) const {
    return counts + static_cast<std::ptrdiff_t>(cell) * lanes;
  }
};

/// One step of one stage: what is here moves; adds up what left, and what goes on into
/// `next_entered`.
inline void step_stage(const LaneKeys& keys, const FlowView& flow, const FlowCells& cells,
                       int stage, int step, std::int16_t* next_entered, std::uint64_t& in_stage) {
  alignas(64) std::int16_t left[lanes] = {};
  const StageView& view = flow.stages[stage];
  for (int open = 0; open < flow.open_count; ++open) {
    const OpenCellView& deals = flow.open[open];
    if (deals.stage != stage || cells.most[open] == 0) continue;
    const Address at = address(deals.place, static_cast<std::uint32_t>(step), 0);
    cells.most[open] =
        static_cast<std::int16_t>(move_cell(keys, at, deals.law[step], cells.counts_of(open),
                                            cells.most[open], left, next_entered));
  }
  for (int entry = 0; entry <= step; ++entry) {
    const int cell = cells.entered_at(stage, entry);
    if (cells.most[cell] == 0) continue;
    const Address at =
        address(view.place, static_cast<std::uint32_t>(step), static_cast<std::uint32_t>(entry));
    cells.most[cell] =
        static_cast<std::int16_t>(move_cell(keys, at, view.law[step - entry], cells.counts_of(cell),
                                            cells.most[cell], left, next_entered));
  }
  in_stage -= sum(left);
}

/// One step of one flow: leads arrive, stages first to last, wins are booked.
inline void step_flow(const LaneKeys& keys, const FlowView& flow, const FlowCells& cells, int step,
                      int steps_per_week, int weeks, const std::int16_t* active,
                      std::uint64_t* in_stage, std::int64_t* booked, BlockResult& result,
                      Recorder* recorder) {
  const int week = step / steps_per_week;
  for (int stage = 0; stage < flow.stage_count; ++stage) {
    flow.sums.present[stage * weeks + week] += in_stage[stage];
    std::memset(cells.counts_of(cells.entered_at(stage, step)), 0, lanes * sizeof(std::int16_t));
  }
  for (int i = 0; i < flow.arrival_count; ++i) {
    const ArrivalView& arrival = flow.arrivals[i];
    alignas(64) std::int16_t arrived[lanes] = {};
    add_arrivals(keys, arrival, step, active, arrived);
    std::int16_t* entered = cells.counts_of(cells.entered_at(arrival.stage, step));
    for (int lane = 0; lane < lanes; ++lane) entered[lane] += arrived[lane];
    flow.sums.leads[week] += sum(arrived);
    if (recorder != nullptr) recorder->leads[step] += arrived[recorder->lane];
  }
  alignas(64) std::int16_t won[lanes] = {};
  for (int stage = 0; stage < flow.stage_count; ++stage) {
    const int cell = cells.entered_at(stage, step);
    const std::int16_t* entered = cells.counts_of(cell);
    const std::uint64_t came = sum(entered);
    flow.sums.entered[stage * weeks + week] += came;
    in_stage[stage] += came;
    cells.most[cell] = static_cast<std::int16_t>(largest(entered));
    const bool last = stage + 1 == flow.stage_count;
    step_stage(keys, flow, cells, stage, step,
               last ? won : cells.counts_of(cells.entered_at(stage + 1, step)), in_stage[stage]);
  }
  flow.sums.wins[week] += sum(won);
  for (int lane = 0; lane < lanes; ++lane) result.wins[lane] += won[lane];
  if (recorder != nullptr) recorder->wins[step] += won[recorder->lane];
  book_counts(keys, flow, step, won, booked, result);
}

/// A named deal in all lanes: its stage, and the index of its departure less the step.
struct NamedState {
  std::int32_t* base;
  std::int16_t* stage;
  std::uint64_t* in_stage;  ///< Named deals of its flow by stage, over all lanes.
};

inline void book_named(const LaneKeys& keys, const NamedView& deal, int step, int lane,
                       std::int64_t* booked, const FlowView& flow, BlockResult& result) {
  Wins wins;
  wins.packed[0] = static_cast<std::uint32_t>(lane);
  wins.size = 1;
  const Address at = address(deal.amount_place, static_cast<std::uint32_t>(step), 0);
  *flow.sums.bookings +=
      static_cast<std::uint64_t>(book(keys, deal.amount, at, wins, booked, result.cut_amounts));
}

/// One step of one named deal. A lane that advances goes round again in its new stage.
inline void step_named(const LaneKeys& keys, const TerritoryView& territory, int index, int step,
                       const NamedState& state, std::int64_t* booked, BlockResult& result,
                       Recorder* recorder) {
  const NamedView& deal = territory.named[index];
  const FlowView& flow = territory.flows[deal.flow];
  const int weeks = territory.steps / territory.steps_per_week;
  const int week = step / territory.steps_per_week;
  alignas(64) std::int16_t waiting[lanes];
  for (int lane = 0; lane < lanes; ++lane) {
    waiting[lane] = static_cast<std::int16_t>(state.stage[lane] >= 0 ? 1 : 0);
  }
  for (std::uint32_t pass = 0;; ++pass) {
    alignas(64) std::uint32_t draws[lanes];
    alignas(64) std::uint8_t movers[lanes];
    wide_draws(keys, address(deal.place, static_cast<std::uint32_t>(step), pass), draws);
    int moving = 0;
    for (int lane = 0; lane < lanes; ++lane) {
      const std::uint32_t leave = territory.departures[state.base[lane] + step].leave;
      const bool leaves = happens(draws[lane], leave) && waiting[lane] != 0;
      movers[moving] = static_cast<std::uint8_t>(lane);
      moving += leaves ? 1 : 0;
      waiting[lane] = 0;
    }
    bool again = false;
    for (int i = 0; i < moving; ++i) {
      const int lane = movers[i];
      const int from = state.stage[lane];
      const bool advances =
          happens(draws[lane], territory.departures[state.base[lane] + step].advance);
      --state.in_stage[from];
      state.stage[lane] = -1;
      state.base[lane] = 0;
      if (recorder != nullptr && recorder->lane == lane) {
        recorder->moves[recorder->move_count++] = {index, step, from, advances};
      }
      if (!advances) continue;
      if (from + 1 == flow.stage_count) {
        ++deal.wins[week];
        ++flow.sums.wins[week];
        ++result.wins[lane];
        if (recorder != nullptr && recorder->lane == lane) ++recorder->wins[step];
        book_named(keys, deal, step, lane, booked, flow, result);
        continue;
      }
      ++state.in_stage[from + 1];
      ++flow.sums.entered[(from + 1) * weeks + week];
      state.stage[lane] = static_cast<std::int16_t>(from + 1);
      state.base[lane] =
          static_cast<std::int32_t>(flow.stages[from + 1].law - territory.departures) - step;
      waiting[lane] = 1;
      again = true;
    }
    if (!again) return;
  }
}

inline FlowCells cells_of(const FlowView& flow, int steps, const Scratch& scratch) {
  return {scratch.counts + flow.first_cell * lanes, scratch.most + flow.first_cell,
          flow.open_count, steps};
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
    in_stage[deals.stage] += static_cast<std::uint64_t>(deals.count) *
                             static_cast<std::uint64_t>(active_lanes);
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

/// What stands at the end of a week: cumulative bookings of each lane, and what is open.
void close_week(const TerritoryView& territory, int week, const std::int64_t* booked,
                const Scratch& scratch, BlockResult& result) {
  const int weeks = territory.steps / territory.steps_per_week;
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

void simulate_block(const TerritoryView& territory, const LaneKeys& keys, int first_lane,
                    int end_lane, Scratch& scratch, BlockResult& result, Recorder* recorder) {
  alignas(64) std::int16_t active[lanes];
  for (int lane = 0; lane < lanes; ++lane) {
    active[lane] = static_cast<std::int16_t>(lane >= first_lane && lane < end_lane ? -1 : 0);
    result.wins[lane] = 0;
  }
  alignas(64) std::int64_t booked[lanes] = {};
  for (int f = 0; f < territory.flow_count; ++f) {
    const FlowView& flow = territory.flows[f];
    std::memset(scratch.named_in_stage + flow.first_stage, 0,
                static_cast<std::size_t>(flow.stage_count) * sizeof(std::uint64_t));
    place_open_deals(flow, cells_of(flow, territory.steps, scratch), active, end_lane - first_lane,
                     scratch.in_stage + flow.first_stage);
  }
  place_named_deals(territory, active, scratch);

  const int weeks = territory.steps / territory.steps_per_week;
  for (int step = 0; step < territory.steps; ++step) {
    const int week = step / territory.steps_per_week;
    for (int f = 0; f < territory.flow_count; ++f) {
      const FlowView& flow = territory.flows[f];
      for (int stage = 0; stage < flow.stage_count; ++stage) {
        flow.sums.present[stage * weeks + week] += scratch.named_in_stage[flow.first_stage + stage];
      }
      step_flow(keys, flow, cells_of(flow, territory.steps, scratch), step,
                territory.steps_per_week, weeks, active, scratch.in_stage + flow.first_stage,
                booked, result, recorder);
    }
    for (int i = 0; i < territory.named_count; ++i) {
      const NamedState state{
          scratch.named_base + i * lanes, scratch.named_stage + i * lanes,
          scratch.named_in_stage + territory.flows[territory.named[i].flow].first_stage};
      step_named(keys, territory, i, step, state, booked, result, recorder);
    }
    if ((step + 1) % territory.steps_per_week == 0) {
      close_week(territory, week, booked, scratch, result);
    }
  }
}

void bins(const std::int64_t* values, std::uint32_t* bins) {
  // A double's exponent and leading 7 bits of fraction number the bins from 256 on; see
  // Histogram::bin_of. Adding 2^52 to the bits of an integer below 2^52 makes it a double.
  for (int lane = 0; lane < lanes; ++lane) {
    const std::int64_t integer_bits = values[lane] | 0x4330000000000000;
    double value;
    std::memcpy(&value, &integer_bits, sizeof value);
    value -= 0x1p52;
    std::uint64_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    const auto wide = static_cast<std::uint32_t>((bits >> 45U) - ((1023U + 7U - 1U) << 7U));
    bins[lane] = values[lane] < 256 ? static_cast<std::uint32_t>(values[lane]) : wide;
  }
}

}  // namespace

Kernel ATTAIN_JOIN(ATTAIN_KERNEL, _kernel)() { return {simulate_block, bins}; }

}  // namespace attain::engine
