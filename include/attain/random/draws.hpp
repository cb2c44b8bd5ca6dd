#pragma once

#include <attain/random/philox.hpp>

#include <cstdint>

namespace attain {

/// How a draw is addressed and made.
///
/// A draw is a pure function of (seed, replication, territory name, purpose and place, step,
/// ordinal): never of threads, order or policy. Philox turns seed, pair of replications and
/// territory into 128 bits of key (`PairKey`); everything else becomes a 64-bit `Address`, the same
/// for all replications; two rounds of multiply and xorshift mix both into 32 bits. The constants
/// of the rounds are the best of two rounds that the search of hash-prospector has found (C.
/// Wellons, 2018, and contributors). The stream, interleaved over replications and cells, is tested
/// with dieharder (docs/methods.md).
///
/// A *wide* draw gives each replication 32 bits. A *narrow* one shares 32 bits between the two
/// replications of a pair, 16 for each; where 16 bits do not settle a comparison, 16 more are drawn
/// with a purpose of their own.

/// Key material of replications 2n and 2n+1 in one territory.
struct PairKey {
  std::uint32_t word[4];
};

inline PairKey pair_key(std::uint64_t seed, std::uint64_t pair, std::uint64_t territory) {
  const auto words = philox_words(
      {static_cast<std::uint32_t>(pair), static_cast<std::uint32_t>(pair >> 32U),
       static_cast<std::uint32_t>(territory), static_cast<std::uint32_t>(territory >> 32U)},
      {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U)});
  return {{words[0], words[1], words[2], words[3]}};
}

/// In place of the hash of a territory's name, for luck that territories have in common.
inline constexpr std::uint64_t shared_by_all = 0;

/// The part of an address that all replications share.
struct Address {
  std::uint32_t low = 0;
  std::uint32_t high = 0;
};

/// A bijective mix of 64 bits (finalizer of splitmix64; Steele, Lea, Flood 2014).
constexpr std::uint64_t mix64(std::uint64_t x) {
  x ^= x >> 30U;
  x *= 0xbf58476d1ce4e5b9U;
  x ^= x >> 27U;
  x *= 0x94d049bb133111ebU;
  x ^= x >> 31U;
  return x;
}

/// `place` is a hash of names (see `place_of`), `entry` the step of entry or another small number.
constexpr Address address(std::uint64_t place, std::uint32_t step, std::uint32_t entry) {
  const std::uint64_t mixed =
      mix64(place + (static_cast<std::uint64_t>(step) << 32U | entry) * 0x9e3779b97f4a7c15U);
  return {static_cast<std::uint32_t>(mixed), static_cast<std::uint32_t>(mixed >> 32U)};
}

/// Between the addresses of like draws; odd, so that all 2^32 are distinct.
inline constexpr std::uint32_t address_stride = 0x9e3779b9U;

/// The address of the n-th of several like draws (deals of one cell).
constexpr Address nth(Address base, std::uint32_t n) {
  return {base.low + n * address_stride, base.high};
}

/// The address that settles what the first 16 bits of `base` left open. Other in both rounds of the
/// mix, so that the second draw is not a function of the first.
constexpr Address settling(Address base) { return {~base.low, base.high ^ 0xa511e9b3U}; }

/// 32 bits from a key of two words and an address.
constexpr std::uint32_t mixed_word(std::uint32_t key_low, std::uint32_t key_high, Address at) {
  std::uint32_t x = key_low + at.low;
  x ^= x >> 16U;
  x *= 0x21f0aaadU;
  x ^= x >> 15U;
  x ^= key_high ^ at.high;
  x *= 0xd35a2d97U;
  x ^= x >> 15U;
  return x;
}

/// The 32-bit draw of replication 2n + `odd`.
constexpr std::uint32_t wide_draw(const PairKey& key, unsigned odd, Address at) {
  return mixed_word(key.word[2 * odd], key.word[2 * odd + 1], at);
}

/// The 32 bits that a narrow draw and its settling one make together. The first half's top bit is
/// turned over because the engine compares signed 16-bit numbers.
constexpr std::uint32_t narrow_draw(const PairKey& key, unsigned odd, Address at) {
  const std::uint32_t shift = odd * 16U;
  const std::uint32_t first = mixed_word(key.word[0], key.word[1], at) >> shift & 0xffffU;
  const std::uint32_t second =
      mixed_word(key.word[0], key.word[1], settling(at)) >> shift & 0xffffU;
  return (first ^ 0x8000U) << 16U | second;
}

/// Whether a draw of 32 bits falls below `chance` x 2^32; all ones mean certainty.
constexpr bool happens(std::uint32_t draw, std::uint32_t threshold) {
  return draw < threshold || threshold == 0xffffffffU;
}

}  // namespace attain
