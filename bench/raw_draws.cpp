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
    std::uint32_t numbers[registers_at_once * words_in_register];
    for (int word = 0; word < registers_at_once * words_in_register; ++word) {
      numbers[word] = static_cast<std::uint32_t>(first * words_in_register + word);
    }
    Words key_low[registers_at_once];
    Words key_high[registers_at_once];
    Words all[registers_at_once];
    std::memcpy(key_low, numbers, sizeof key_low);
    for (int r = 0; r < registers_at_once; ++r) {
      key_low[r] = key_low[r] * 0x85ebca6bU + 1;
      key_high[r] = key_low[r] * 0xc2b2ae35U;
      all[r] = Words{};
    }
    std::uint32_t low = 0;
    for (std::int64_t round = 0; round < rounds; ++round) {
      for (int r = 0; r < registers_at_once; ++r) all[r] ^= mixed(key_low[r], key_high[r], low);
      low += address_stride;
    }
    std::memcpy(numbers, all, sizeof all);
    for (const std::uint32_t word : numbers) result ^= word;
  }
  return result;
}

}  // namespace attain::bench::ATTAIN_KERNEL
