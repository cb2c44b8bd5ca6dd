#pragma once

// A part of kernel.cpp, and of nothing else: it has to be inlined into its loop.

#include "kernel_registers.hpp"

#include <attain/random/draws.hpp>

namespace attain::engine {

namespace {

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
template <class LaneOrSameChances>
[[gnu::noinline, gnu::cold]] void settle(const LaneKeys& keys, Address at,
                                         const LaneOrSameChances& chances,
                                         const std::int16_t* counts, int first_lane,
                                         Leaving& leaving) {
  for (int i = 0; i < Leaving::lanes_at_once; ++i) {
    const int r = i / counts_in_register;
    const int element = i % counts_in_register;
    if (leaving.tied[r][element] == 0) continue;
    const int lane = first_lane + i;
    const PairKey key = key_of_lane(keys, lane);
    const Departure chance = chances.of(lane);
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

/// Chances that differ from lane to lane.
struct LaneChances {
  alignas(64) std::uint32_t leave[lanes];
  alignas(64) std::uint32_t advance[lanes];

  [[nodiscard]] Departure of(int lane) const { return {leave[lane], advance[lane]}; }
};

/// Chances that are the same in all lanes.
struct SameChances {
  Departure chance;

  [[nodiscard]] Departure of(int) const { return chance; }
};

inline Counts high_half(std::uint32_t threshold) {
  return all(static_cast<std::int16_t>(threshold >> 16U ^ 0x8000U));
}

/// What the first 16 bits of draws are compared with, for the lanes of one register.
struct FirstHalves {
  Counts leave;
  Counts advance;
};

inline FirstHalves first_halves(const SameChances& chances, int) {
  return {high_half(chances.chance.leave), high_half(chances.chance.advance)};
}

inline FirstHalves first_halves(const LaneChances& chances, int first_lane) {
  alignas(64) std::int16_t leave[counts_in_register];
  alignas(64) std::int16_t advance[counts_in_register];
  for (int i = 0; i < counts_in_register; ++i) {
    leave[i] = static_cast<std::int16_t>(chances.leave[first_lane + i] >> 16U ^ 0x8000U);
    advance[i] = static_cast<std::int16_t>(chances.advance[first_lane + i] >> 16U ^ 0x8000U);
  }
  return {load(leave), load(advance)};
}

/// One uniform number for each deal of the cell in lanes from `first_lane` on, against both
/// thresholds. Two registers at a time: one loop, and enough independent work for the CPU.
template <class LaneOrSameChances>
inline Leaving draw_departures(const LaneKeys& keys, Address at, const LaneOrSameChances& chances,
                               const std::int16_t* counts, int first_lane, int most) {
  constexpr int group = Leaving::registers_at_once;
  FirstHalves high[group];
  Words key_low[group];
  Words key_high[group];
  Counts here[group];
  Leaving leaving;
  for (int r = 0; r < group; ++r) {
    const int pair = first_lane / 2 + r * words_in_register;
    key_low[r] = load(keys.word[0] + pair);
    key_high[r] = load(keys.word[1] + pair) ^ at.high;
    here[r] = load(counts + first_lane + r * counts_in_register);
    high[r] = first_halves(chances, first_lane + r * counts_in_register);
    leaving.left[r] = leaving.advanced[r] = leaving.tied[r] = Counts{};
  }
  std::uint32_t low = at.low;
  Counts deal{};
  for (int n = 0; n < most; ++n) {
    for (int r = 0; r < group; ++r) {
      const Counts draw = narrow_draws(key_low[r], key_high[r], low);
      const Counts present = here[r] > deal;
      leaving.left[r] -= (draw < high[r].leave) & present;
      leaving.advanced[r] -= (draw < high[r].advance) & present;
      leaving.tied[r] |= ((draw == high[r].leave) | (draw == high[r].advance)) & present;
    }
    deal += 1;
    low += address_stride;
  }
  Counts tied = leaving.tied[0];
  for (int r = 1; r < group; ++r) tied |= leaving.tied[r];
  if (any(tied)) [[unlikely]]
    settle(keys, at, chances, counts, first_lane, leaving);
  return leaving;
}

/// Draws for the deals of one cell and moves them; adds to what left the stage and what entered the
/// next one. Returns the largest count that is left in any lane.
template <class LaneOrSameChances>
inline int draw_and_move(const LaneKeys& keys, Address at, const LaneOrSameChances& chances,
                         std::int16_t* counts, int most, std::int16_t* stage_left,
                         std::int16_t* next_entered) {
  Counts most_left{};
  for (int first = 0; first < lanes; first += Leaving::lanes_at_once) {
    const Leaving leaving = draw_departures(keys, at, chances, counts, first, most);
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

/// The same for a cell with the same chances in all lanes, where much can be known without a draw.
inline int move_cell(const LaneKeys& keys, Address at, Departure chance, std::int16_t* counts,
                     int most, std::int16_t* stage_left, std::int16_t* next_entered) {
  if (chance.leave == 0) return most;
  if (chance.leave == certain && (chance.advance == certain || chance.advance == 0)) {
    const int all_advance = chance.advance == certain ? 1 : 0;
    for (int lane = 0; lane < lanes; ++lane) {
      stage_left[lane] = static_cast<std::int16_t>(stage_left[lane] + counts[lane]);
      next_entered[lane] =
          static_cast<std::int16_t>(next_entered[lane] + counts[lane] * all_advance);
      counts[lane] = 0;
    }
    return 0;
  }
  return draw_and_move(keys, at, SameChances{chance}, counts, most, stage_left, next_entered);
}

}  // namespace

}  // namespace attain::engine
