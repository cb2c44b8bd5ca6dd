#pragma once

// A part of kernel.cpp, and of nothing else: it has to be inlined into its loop.

#include "kernel_dynamics.hpp"

#include <attain/plan/quantile_cells.hpp>

namespace attain::engine {

namespace {

/// Wins of one step, packed: lane | ordinal << 8. Worked on in whole chunks; what lies behind
/// `size` in the last chunk is any valid win, and is not booked.
struct Wins {
  static constexpr int chunk = 16;
  static constexpr int room = 256;
  alignas(64) std::uint32_t packed[room] = {};
  int size = 0;
};

/// What the amounts of a step depend on in each lane, or null.
struct LaneAmounts {
  const float* multiplier;
  const std::int32_t* cases;  ///< Which of AmountView::cases.
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

inline void quantile_chunk(const AmountView& amount, const std::uint32_t* packed,
                           const std::int32_t* cases, const std::uint32_t* draws, float* units) {
  using Cells = AmountCells;
  std::int32_t cell[Wins::chunk];
  float place[Wins::chunk];
  for (int i = 0; i < Wins::chunk; ++i) {
    const std::uint32_t upper = draws[i] >> 31U;
    const std::uint32_t from_end = draws[i] ^ (0U - upper);
    const auto as_float = static_cast<float>(static_cast<std::int32_t>(from_end)) + 1.0F;
    std::uint32_t bits;
    std::memcpy(&bits, &as_float, sizeof bits);
    cell[i] = static_cast<std::int32_t>(((bits - Cells::float_of_one) >> Cells::shift) +
                                        upper * Cells::cells_a_side);
    place[i] = static_cast<float>(static_cast<std::int32_t>(bits & ((1U << Cells::shift) - 1))) *
               (1.0F / (1U << Cells::shift));
  }
  if (cases != nullptr) {
    for (int i = 0; i < Wins::chunk; ++i) {
      const float* const at = amount.cases[cases[packed[i] & 255U]] + cell[i];
      units[i] =
          ((at[2 * Cells::cells] * place[i] + at[Cells::cells]) * place[i] + at[0]) * amount.mean;
    }
    return;
  }
  const float* constant = amount.quantiles;
  const float* linear = constant + Cells::cells;
  const float* square = linear + Cells::cells;
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

/// One more than the largest amount marks what has to be cut.
inline std::int64_t cents_of(double exact) {
  constexpr auto over = static_cast<double>(largest_amount.cents + 1);
  return nearest(exact < over ? exact : over);
}

/// Draws the amounts of a chunk of wins, in cents.
inline void amount_chunk(const LaneKeys& keys, const AmountView& amount, Address at,
                         const std::uint32_t* packed, const LaneAmounts& by_lane,
                         std::int64_t* cents) {
  const float* const multiplier = by_lane.multiplier;
  if (amount.kind == AmountPlan::Kind::fixed) {
    for (int i = 0; i < Wins::chunk; ++i) cents[i] = amount.fixed_cents;
    if (multiplier == nullptr) return;
    for (int i = 0; i < Wins::chunk; ++i) {
      cents[i] = cents_of(static_cast<double>(amount.fixed_cents) *
                          static_cast<double>(multiplier[packed[i] & 255U]));
    }
    return;
  }
  std::uint32_t draws[Wins::chunk];
  float units[Wins::chunk];
  draw_chunk(keys, at, packed, draws);
  if (amount.kind == AmountPlan::Kind::quantiles) {
    quantile_chunk(amount, packed, by_lane.cases, draws, units);
  } else {
    alias_chunk(amount, draws, units);
  }
  if (multiplier == nullptr) {
    for (int i = 0; i < Wins::chunk; ++i) cents[i] = cents_of(static_cast<double>(units[i]) * 100);
    return;
  }
  for (int i = 0; i < Wins::chunk; ++i) {
    cents[i] = cents_of(static_cast<double>(units[i]) *
                        static_cast<double>(multiplier[packed[i] & 255U]) * 100);
  }
}

/// Draws the amounts of `wins` and adds them to `booked`; returns their sum.
inline std::uint64_t book(const LaneKeys& keys, const AmountView& amount, Address at,
                          const Wins& wins, const LaneAmounts& by_lane, std::int64_t* booked,
                          std::uint64_t& cut_amounts) {
  std::int64_t total = 0;
  for (int first = 0; first < wins.size; first += Wins::chunk) {
    alignas(64) std::int64_t cents[Wins::chunk];
    amount_chunk(keys, amount, at, wins.packed + first, by_lane, cents);
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
                        const std::int16_t* won, const LaneAmounts& by_lane, std::int64_t* booked,
                        BlockResult& result) {
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
      *flow.sums.bookings += book(keys, flow.amount, at, wins, by_lane, booked, result.cut_amounts);
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
  *flow.sums.bookings += book(keys, flow.amount, at, wins, by_lane, booked, result.cut_amounts);
}

}  // namespace

}  // namespace attain::engine
