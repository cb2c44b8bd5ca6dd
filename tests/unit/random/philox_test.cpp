#include <attain/random/draws.hpp>

#include <catch2/catch.hpp>

#include <set>

using namespace attain;

TEST_CASE("Philox gives the known answers of its authors", "[unit][random]") {
  // Salmon et al., SC'11; kat_vectors of Random123 (methods page, R10).
  using Words = std::array<std::uint32_t, 4>;
  CHECK(philox_words({0, 0, 0, 0}, {0, 0}) ==
        Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  constexpr std::uint32_t ones = 0xffffffff;
  CHECK(philox_words({ones, ones, ones, ones}, {ones, ones}) ==
        Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(philox_words({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
        Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("Addresses of different places, steps and entries differ", "[unit][random]") {
  std::set<std::uint64_t> seen;
  std::size_t made = 0;
  for (std::uint64_t place : {1ULL, 2ULL, 0x9e3779b97f4a7c15ULL}) {
    for (std::uint32_t step = 0; step < 91; ++step) {
      for (std::uint32_t entry = 0; entry <= step; ++entry) {
        const Address at = address(place, step, entry);
        seen.insert(static_cast<std::uint64_t>(at.high) << 32U | at.low);
        ++made;
      }
    }
  }
  CHECK(seen.size() == made);
}

TEST_CASE("A draw at the threshold does not happen, one below it does", "[unit][random]") {
  CHECK(happens(99, 100));
  CHECK_FALSE(happens(100, 100));
  CHECK_FALSE(happens(0, 0));
  CHECK(happens(0xffffffff, 0xffffffff));
}

TEST_CASE("Neighbouring replications share words, not draws", "[unit][random]") {
  const PairKey key = pair_key(7, 3, 42);
  const Address at = address(11, 2, 1);
  CHECK(narrow_draw(key, 0, at) != narrow_draw(key, 1, at));
  CHECK(wide_draw(key, 0, at) != wide_draw(key, 1, at));
}
