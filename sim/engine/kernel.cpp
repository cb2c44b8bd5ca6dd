// The hot loop: one territory, 64 replications in lockstep. Compiled once for each instruction set
// (ATTAIN_KERNEL names the variant). Everything but the entry point is in an unnamed namespace and
// no shared template is instantiated, so that no function compiled for a wider machine can end up
// in the rest of the program. Only + - x, comparisons and integers: every variant gives the same
// bytes. One long file for that reason: what is inlined into the loop has to be in it.

#include "kernel.hpp"

#include <attain/plan/amount_table.hpp>
#include <attain/random/draws.hpp>

#include <immintrin.h>
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

inline void add_to(std::int16_t* sums, const std::int16_t* counts) {
  for (int lane = 0; lane < lanes; ++lane) {
    sums[lane] = static_cast<std::int16_t>(sums[lane] + counts[lane]);
  }
}
inline void take_from(std::int16_t* sums, const std::int16_t* counts) {
  for (int lane = 0; lane < lanes; ++lane) {
    sums[lane] = static_cast<std::int16_t>(sums[lane] - counts[lane]);
  }
}
inline Counts all(std::int16_t value) { return Counts{} + value; }
inline Counts larger(Counts a, Counts b) { return a > b ? a : b; }

typedef std::int16_t EightCounts __attribute__((vector_size(16)));

inline int largest_of_eight(EightCounts x) {
#if defined(__SSE4_1__)
  // The one horizontal minimum that there is, on counts turned upside down.
  const EightCounts turned = 0x7fff - x;
  __m128i bits;
  std::memcpy(&bits, &turned, sizeof bits);
  return 0x7fff - (_mm_cvtsi128_si32(_mm_minpos_epu16(bits)) & 0xffff);
#else
  for (const EightCounts& swap :
       {EightCounts{4, 5, 6, 7, 0, 1, 2, 3}, EightCounts{2, 3, 0, 1, 6, 7, 4, 5},
        EightCounts{1, 0, 3, 2, 5, 4, 7, 6}}) {
    const EightCounts other = __builtin_shuffle(x, swap);
    x = x > other ? x : other;
  }
  return x[0];
#endif
}

inline int largest(Counts x) {
  EightCounts part[register_bytes / 16];
  std::memcpy(part, &x, sizeof x);
  EightCounts most = part[0];
  for (int i = 1; i < register_bytes / 16; ++i) most = most > part[i] ? most : part[i];
  return largest_of_eight(most);
}

inline int largest(const std::int16_t* counts) {
  Counts most = load(counts);
  for (int r = 1; r < registers; ++r) most = larger(most, load(counts + r * counts_in_register));
  return largest(most);
}

inline bool any(Counts mask) {
#if defined(__AVX512BW__)
  __m512i bits;
  std::memcpy(&bits, &mask, sizeof bits);
  return _mm512_test_epi16_mask(bits, bits) != 0;
#elif defined(__AVX2__)
  __m256i bits;
  std::memcpy(&bits, &mask, sizeof bits);
  return _mm256_movemask_epi8(bits) != 0;
#else
  __m128i bits;
  std::memcpy(&bits, &mask, sizeof bits);
  return _mm_movemask_epi8(bits) != 0;
#endif
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

/// What left a cell in a step, for the lanes of some registers.
struct Leaving {
  static constexpr int registers_at_once = 2;
  static constexpr int lanes_at_once = registers_at_once * counts_in_register;

  Counts left[registers_at_once];
  Counts advanced[registers_at_once];
  Counts tied[registers_at_once];
};

/// The whole 32-bit comparison for the lanes in which 16 bits of some draw tied with a threshold.
[[gnu::noinline, gnu::cold]] void settle(const LaneKeys& keys, Address at, Departure chance,
                                         const std::int16_t* counts, int first_lane,
                                         Leaving& leaving) {
  for (int i = 0; i < Leaving::lanes_at_once; ++i) {
    const int r = i / counts_in_register;
    const int element = i % counts_in_register;
    if (leaving.tied[r][element] == 0) continue;
    const int lane = first_lane + i;
    const PairKey key = key_of_lane(keys, lane);
    int left = 0;
    int advanced = 0;
    for (int deal = 0; deal < counts[lane]; ++deal) {
      const std::uint32_t draw = narrow_draw(key, static_cast<unsigned>(lane) & 1U,
                                             nth(at, static_cast<std::uint32_t>(deal)));
      left += happens(draw, chance.leave) ? 1 : 0;
      advanced += happens(draw, chance.advance) ? 1 : 0;
    }
    leaving.left[r][element] = static_cast<std::int16_t>(left);
    leaving.advanced[r][element] = static_cast<std::int16_t>(advanced);
  }
}

/// One uniform number for each deal of the cell in lanes from `first_lane` on, against both
/// thresholds. Two registers at a time: one loop, and enough independent work for the CPU.
inline Leaving draw_departures(const LaneKeys& keys, Address at, Departure chance,
                               const std::int16_t* counts, int first_lane, int most) {
  constexpr int group = Leaving::registers_at_once;
  const auto leave_high = static_cast<std::int16_t>(chance.leave >> 16U ^ 0x8000U);
  const auto advance_high = static_cast<std::int16_t>(chance.advance >> 16U ^ 0x8000U);
  Words key_low[group];
  Words key_high[group];
  Counts here[group];
  Leaving leaving;
  for (int r = 0; r < group; ++r) {
    const int pair = first_lane / 2 + r * words_in_register;
    key_low[r] = load(keys.word[0] + pair);
    key_high[r] = load(keys.word[1] + pair) ^ at.high;
    here[r] = load(counts + first_lane + r * counts_in_register);
    leaving.left[r] = leaving.advanced[r] = leaving.tied[r] = Counts{};
  }
  std::uint32_t low = at.low;
  Counts deal{};
  for (int n = 0; n < most; ++n) {
    for (int r = 0; r < group; ++r) {
      const Counts draw = narrow_draws(key_low[r], key_high[r], low);
      const Counts present = here[r] > deal;
      leaving.left[r] -= (draw < leave_high) & present;
      leaving.advanced[r] -= (draw < advance_high) & present;
      leaving.tied[r] |= ((draw == leave_high) | (draw == advance_high)) & present;
    }
    deal += 1;
    low += address_stride;
  }
  Counts tied = leaving.tied[0];
  for (int r = 1; r < group; ++r) tied |= leaving.tied[r];
  if (any(tied)) [[unlikely]]
    settle(keys, at, chance, counts, first_lane, leaving);
  return leaving;
}

/// Moves the deals of one cell; adds to what left the stage and what entered the next one. Returns
/// the largest count that is left in any lane.
inline int move_cell(const LaneKeys& keys, Address at, Departure chance, std::int16_t* counts,
                     int most, std::int16_t* stage_left, std::int16_t* next_entered) {
  if (chance.leave == 0) return most;
  if (chance.leave == certain && (chance.advance == certain || chance.advance == 0)) {
    // What is certain is settled without a draw.
    const int all_advance = chance.advance == certain ? 1 : 0;
    for (int lane = 0; lane < lanes; ++lane) {
      stage_left[lane] = static_cast<std::int16_t>(stage_left[lane] + counts[lane]);
      next_entered[lane] =
          static_cast<std::int16_t>(next_entered[lane] + counts[lane] * all_advance);
      counts[lane] = 0;
    }
    return 0;
  }
  Counts most_left{};
  for (int first = 0; first < lanes; first += Leaving::lanes_at_once) {
    const Leaving leaving = draw_departures(keys, at, chance, counts, first, most);
    for (int r = 0; r < Leaving::registers_at_once; ++r) {
      const int lane = first + r * counts_in_register;
      const Counts stay = load(counts + lane) - leaving.left[r];
      store(counts + lane, stay);
      store(stage_left + lane, load(stage_left + lane) + leaving.left[r]);
      store(next_entered + lane, load(next_entered + lane) + leaving.advanced[r]);
      most_left = larger(most_left, stay);
    }
  }
  return largest(most_left);
}

/// The step that is simulated, and how draws of the period address it.
struct Now {
  int step;                    ///< From the first one that is simulated.
  std::uint32_t period_step;   ///< From the period's start.
  std::uint32_t period_first;  ///< The same of step 0.
  int week;                    ///< From the one of step 0.
  int weeks;                   ///< That are simulated.

  /// The address of what happens now to those who entered in step `entry`.
  [[nodiscard]] Address at(std::uint64_t place, int entry) const {
    return address(place, period_step, period_first + static_cast<std::uint32_t>(entry));
  }
  /// The address of what happens now once, or for the n-th time.
  [[nodiscard]] Address once(std::uint64_t place, std::uint32_t n = 0) const {
    return address(place, period_step, n);
  }
};

/// Poisson arrivals by inversion, added to `entered`.
inline void add_arrivals(const LaneKeys& keys, const ArrivalView& arrival, const Now& now,
                         const std::int16_t* active, std::int16_t* entered) {
  alignas(64) std::uint32_t draws[lanes];
  alignas(64) std::int32_t flipped[lanes];
  alignas(64) std::int32_t arrived[lanes];
  for (std::uint32_t part = 0; part <= arrival.full_parts; ++part) {
    const bool is_full = part < arrival.full_parts;
    const std::uint32_t* cumulative = is_full ? arrival.full : arrival.rest;
    const int size = is_full ? arrival.full_size : arrival.rest_size;
    wide_draws(keys, now.once(arrival.place, part), draws);
    // Signed comparisons, which every instruction set has: both sides with the top bit turned over.
    std::int32_t most = INT32_MIN;
    for (int lane = 0; lane < lanes; ++lane) {
      flipped[lane] = static_cast<std::int32_t>(draws[lane] ^ 0x80000000U);
      most = flipped[lane] > most ? flipped[lane] : most;
      arrived[lane] = 0;
    }
    for (int k = 0; k < size; ++k) {
      const auto threshold = static_cast<std::int32_t>(cumulative[k] ^ 0x80000000U);
      if (threshold > most) break;
      for (int lane = 0; lane < lanes; ++lane) arrived[lane] += flipped[lane] >= threshold ? 1 : 0;
    }
    for (int lane = 0; lane < lanes; ++lane) {
      entered[lane] += static_cast<std::int16_t>(arrived[lane] & active[lane]);
    }
  }
}

/// Wins of one step, packed: lane | ordinal << 8. Worked on in whole chunks; what lies behind
/// `size` in the last chunk is any valid win, and is not booked.
struct Wins {
  static constexpr int chunk = 16;
  static constexpr int room = 256;
  alignas(64) std::uint32_t packed[room] = {};
  int size = 0;
};

/// Half to even, by letting the addition of 1.5 x 2^52 drop the fraction; |x| < 2^51.
inline std::int64_t nearest(double x) {
  const double shifted = x + 0x1.8p52;
  std::int64_t bits;
  std::memcpy(&bits, &shifted, sizeof bits);
  return bits - 0x4338000000000000;
}

/// 32 bits for each win of a chunk.
inline void draw_chunk(const LaneKeys& keys, Address at, const std::uint32_t* packed,
                       std::uint32_t* draws) {
  const std::uint32_t* words = &keys.word[0][0];
  for (int i = 0; i < Wins::chunk; ++i) {
    const std::uint32_t lane = packed[i] & 255U;
    const std::uint32_t first = (lane & 1U) * 2 * pairs + lane / 2;
    draws[i] = mixed_word(words[first], words[first + pairs], nth(at, packed[i] >> 8U));
  }
}

inline void quantile_chunk(const AmountView& amount, const std::uint32_t* draws, float* units) {
  using namespace amount_table;
  std::int32_t cell[Wins::chunk];
  float place[Wins::chunk];
  for (int i = 0; i < Wins::chunk; ++i) {
    const std::uint32_t upper = draws[i] >> 31U;
    const std::uint32_t from_end = draws[i] ^ (0U - upper);
    const auto as_float = static_cast<float>(static_cast<std::int32_t>(from_end)) + 1.0F;
    std::uint32_t bits;
    std::memcpy(&bits, &as_float, sizeof bits);
    cell[i] = static_cast<std::int32_t>(((bits - float_of_one) >> shift) + upper * cells_a_side);
    place[i] = static_cast<float>(static_cast<std::int32_t>(bits & ((1U << shift) - 1))) *
               (1.0F / (1U << shift));
  }
  const float* constant = amount.quantiles;
  const float* linear = constant + 2 * cells_a_side;
  const float* square = linear + 2 * cells_a_side;
  for (int i = 0; i < Wins::chunk; ++i) {
    units[i] = ((square[cell[i]] * place[i] + linear[cell[i]]) * place[i] + constant[cell[i]]) *
               amount.mean;
  }
}

inline void alias_chunk(const AmountView& amount, const std::uint32_t* draws, float* units) {
  for (int i = 0; i < Wins::chunk; ++i) {
    const std::uint64_t scaled = static_cast<std::uint64_t>(draws[i]) * amount.alias_size;
    const auto column = static_cast<std::uint32_t>(scaled >> 32U);
    const bool keep = happens(static_cast<std::uint32_t>(scaled), amount.alias_keep[column]);
    units[i] = amount.alias_values[keep ? column : amount.alias_other[column]];
  }
}

/// Draws the amounts of a chunk of wins, in cents.
inline void amount_chunk(const LaneKeys& keys, const AmountView& amount, Address at,
                         const std::uint32_t* packed, std::int64_t* cents) {
  if (amount.kind == AmountPlan::Kind::fixed) {
    for (int i = 0; i < Wins::chunk; ++i) cents[i] = amount.fixed_cents;
    return;
  }
  std::uint32_t draws[Wins::chunk];
  float units[Wins::chunk];
  draw_chunk(keys, at, packed, draws);
  if (amount.kind == AmountPlan::Kind::quantiles) {
    quantile_chunk(amount, draws, units);
  } else {
    alias_chunk(amount, draws, units);
  }
  for (int i = 0; i < Wins::chunk; ++i) {
    const double exact = static_cast<double>(units[i]) * 100.0;
    // One more than the largest amount marks what has to be cut.
    constexpr auto over = static_cast<double>(largest_amount.cents + 1);
    cents[i] = nearest(exact < over ? exact : over);
  }
}

/// Draws the amounts of `wins` and adds them to `booked`; returns their sum.
inline std::uint64_t book(const LaneKeys& keys, const AmountView& amount, Address at,
                          const Wins& wins, std::int64_t* booked, std::uint64_t& cut_amounts) {
  std::int64_t total = 0;
  for (int first = 0; first < wins.size; first += Wins::chunk) {
    alignas(64) std::int64_t cents[Wins::chunk];
    amount_chunk(keys, amount, at, wins.packed + first, cents);
    const int size = wins.size - first < Wins::chunk ? wins.size - first : Wins::chunk;
    for (int i = 0; i < size; ++i) {
      if (cents[i] > largest_amount.cents) [[unlikely]] {
        cents[i] = largest_amount.cents;
        ++cut_amounts;
      }
      booked[wins.packed[first + i] & 255U] += cents[i];
      total += cents[i];
    }
  }
  return static_cast<std::uint64_t>(total);
}

/// Books `won[lane]` deals of one step, in rounds of at most one deal a lane. Without branches:
/// every candidate is written, and kept if it has so many wins.
inline void book_counts(const LaneKeys& keys, const FlowView& flow, const Now& now,
                        const std::int16_t* won, std::int64_t* booked, BlockResult& result) {
  const Address at = now.once(flow.amount_place);
  Wins wins;
  std::uint8_t candidate[lanes];
  int candidates = 0;
  for (int lane = 0; lane < lanes; ++lane) {
    wins.packed[candidates] = static_cast<std::uint32_t>(lane);
    candidate[candidates] = static_cast<std::uint8_t>(lane);
    candidates += won[lane] > 0 ? 1 : 0;
  }
  wins.size = candidates;
  for (int round = 1; candidates > 0; ++round) {
    if (wins.size + candidates > Wins::room) {
      *flow.sums.bookings += book(keys, flow.amount, at, wins, booked, result.cut_amounts);
      wins.size = 0;
    }
    int kept = 0;
    for (int i = 0; i < candidates; ++i) {
      const int lane = candidate[i];
      wins.packed[wins.size + kept] = static_cast<std::uint32_t>(lane | round << 8);
      candidate[kept] = static_cast<std::uint8_t>(lane);
      kept += won[lane] > round ? 1 : 0;
    }
    wins.size += kept;
    candidates = kept;
  }
  *flow.sums.bookings += book(keys, flow.amount, at, wins, booked, result.cut_amounts);
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
                       int stage, const Now& now, std::int16_t* next_entered,
                       std::uint64_t& in_stage) {
  alignas(64) std::int16_t left[lanes] = {};
  const StageView& view = flow.stages[stage];
  for (int open = 0; open < flow.open_count; ++open) {
    const OpenCellView& deals = flow.open[open];
    if (deals.stage != stage || cells.most[open] == 0) continue;
    cells.most[open] = static_cast<std::int16_t>(
        move_cell(keys, now.once(deals.place), deals.law[now.step], cells.counts_of(open),
                  cells.most[open], left, next_entered));
  }
  for (int entry = 0; entry <= now.step; ++entry) {
    const int cell = cells.entered_at(stage, entry);
    if (cells.most[cell] == 0) continue;
    cells.most[cell] = static_cast<std::int16_t>(
        move_cell(keys, now.at(view.place, entry), view.law[now.step - entry],
                  cells.counts_of(cell), cells.most[cell], left, next_entered));
  }
  in_stage -= sum(left);
}

/// New deals of one step: into the cells where they start. `progress` may be null.
inline void let_leads_arrive(const LaneKeys& keys, const FlowView& flow, const FlowCells& cells,
                             const Now& now, const std::int16_t* active, std::int16_t* progress,
                             Recorder* recorder) {
  for (int i = 0; i < flow.arrival_count; ++i) {
    const ArrivalView& arrival = flow.arrivals[i];
    alignas(64) std::int16_t arrived[lanes] = {};
    add_arrivals(keys, arrival, now, active, arrived);
    add_to(cells.counts_of(cells.entered_at(arrival.stage, now.step)), arrived);
    flow.sums.leads[arrival.stage * now.weeks + now.week] += sum(arrived);
    if (recorder != nullptr) recorder->leads[now.step] += arrived[recorder->lane];
    if (progress == nullptr) continue;
    add_to(progress + flow.leads_progress * lanes, arrived);
    // Who starts in a stage has not advanced into it; it will be added with those who have.
    const int item = flow.stages[arrival.stage].progress;
    if (item >= 0) take_from(progress + item * lanes, arrived);
  }
}

/// One step of one flow: leads arrive, stages first to last, wins are booked.
inline void step_flow(const LaneKeys& keys, const FlowView& flow, const FlowCells& cells,
                      const Now& now, const std::int16_t* active, std::uint64_t* in_stage,
                      std::int16_t* progress, std::int64_t* booked, BlockResult& result,
                      Recorder* recorder) {
  for (int stage = 0; stage < flow.stage_count; ++stage) {
    flow.sums.present[stage * now.weeks + now.week] += in_stage[stage];
    std::memset(cells.counts_of(cells.entered_at(stage, now.step)), 0,
                lanes * sizeof(std::int16_t));
  }
  let_leads_arrive(keys, flow, cells, now, active, progress, recorder);
  alignas(64) std::int16_t won[lanes] = {};
  for (int stage = 0; stage < flow.stage_count; ++stage) {
    const int cell = cells.entered_at(stage, now.step);
    const std::int16_t* entered = cells.counts_of(cell);
    const std::uint64_t came = sum(entered);
    flow.sums.entered[stage * now.weeks + now.week] += came;
    in_stage[stage] += came;
    cells.most[cell] = static_cast<std::int16_t>(largest(entered));
    const int item = flow.stages[stage].progress;
    if (progress != nullptr && item >= 0) add_to(progress + item * lanes, entered);
    const bool last = stage + 1 == flow.stage_count;
    step_stage(keys, flow, cells, stage, now,
               last ? won : cells.counts_of(cells.entered_at(stage + 1, now.step)),
               in_stage[stage]);
  }
  flow.sums.wins[now.week] += sum(won);
  for (int lane = 0; lane < lanes; ++lane) result.wins[lane] += won[lane];
  if (recorder != nullptr) recorder->wins[now.step] += won[recorder->lane];
  book_counts(keys, flow, now, won, booked, result);
}

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

inline FlowCells cells_of(const FlowView& flow, int steps, const Scratch& scratch) {
  return {scratch.counts + flow.first_cell * lanes, scratch.most + flow.first_cell, flow.open_count,
          steps};
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

void simulate_block(const TerritoryView& territory, const LaneKeys& keys, int first_lane,
                    int end_lane, Scratch& scratch, BlockResult& result, Recorder* recorder) {
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

  const int first_week = territory.first_step / territory.steps_per_week;
  for (int step = 0; step < territory.steps; ++step) {
    const int period_step = territory.first_step + step;
    const Now now{step, static_cast<std::uint32_t>(period_step),
                  static_cast<std::uint32_t>(territory.first_step),
                  period_step / territory.steps_per_week - first_week, territory.weeks};
    for (int f = 0; f < territory.flow_count; ++f) {
      const FlowView& flow = territory.flows[f];
      for (int stage = 0; stage < flow.stage_count; ++stage) {
        flow.sums.present[stage * now.weeks + now.week] +=
            scratch.named_in_stage[flow.first_stage + stage];
      }
      step_flow(keys, flow, cells_of(flow, territory.steps, scratch), now, active,
                scratch.in_stage + flow.first_stage, progress, booked, result, recorder);
    }
    for (int i = 0; i < territory.named_count; ++i) {
      const NamedState state{
          scratch.named_base + i * lanes, scratch.named_stage + i * lanes,
          scratch.named_in_stage + territory.flows[territory.named[i].flow].first_stage};
      step_named(keys, territory, i, now, state, progress, booked, result, recorder);
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
