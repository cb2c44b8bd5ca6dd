// The engine's generator alone (narrow draws of sim/engine/kernel.cpp), compiled once for each
// instruction set.

#include <attain/random/draws.hpp>

#include <cstdint>
#include <cstring>

namespace attain::bench::ATTAIN_KERNEL {

namespace {

#if defined(__AVX512BW__)
constexpr int register_bytes = 64;
#elif defined(__AVX2__)
constexpr int register_bytes = 32;
#else
constexpr int register_bytes = 16;
#endif

typedef std::uint32_t Words __attribute__((vector_size(register_bytes)));

constexpr int words_in_register = register_bytes / 4;
constexpr int registers = 32 / words_in_register;  // 32 words of two draws each: 64 lanes
constexpr int registers_at_once = 2;

inline Words mixed(Words key_low, Words key_high, std::uint32_t low) {
  Words x = key_low + low;
  x ^= x >> 16U;
  x *= 0x21f0aaadU;
  x ^= x >> 15U;
  x ^= key_high;
  x *= 0xd35a2d97U;
  x ^= x >> 15U;
  return x;
}

}  // namespace

std::uint32_t raw_draws(std::int64_t rounds) {
  std::uint32_t result = 0;
  for (int first = 0; first < registers; first += registers_at_once) {
    Words key_low[registers_at_once];
    Words key_high[registers_at_once];
    Words all[registers_at_once];
    for (int r = 0; r < registers_at_once; ++r) {
      for (int word = 0; word < words_in_register; ++word) {
        const auto number = static_cast<std::uint32_t>((first + r) * words_in_register + word);
        key_low[r][word] = number * 0x85ebca6bU;
        key_high[r][word] = number * 0xc2b2ae35U;
        all[r][word] = 0;
      }
    }
    std::uint32_t low = 0;
    for (std::int64_t round = 0; round < rounds; ++round) {
      for (int r = 0; r < registers_at_once; ++r) all[r] ^= mixed(key_low[r], key_high[r], low);
      low += address_stride;
    }
    for (int r = 0; r < registers_at_once; ++r) {
      for (int word = 0; word < words_in_register; ++word) result ^= all[r][word];
    }
  }
  return result;
}

}  // namespace attain::bench::ATTAIN_KERNEL
