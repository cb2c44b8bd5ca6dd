#pragma once

// A part of kernel.cpp, and of nothing else: it has to be inlined into its loop.

#include "kernel.hpp"

#include <immintrin.h>
#include <cstring>

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

}  // namespace

}  // namespace attain::engine
