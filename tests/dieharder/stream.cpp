// Writes the engine's random words to standard output without end, in the order in which the engine
// uses them: neighbouring replications side by side, then the deals of a cell, then cells, stages
// and steps, then the next block. For dieharder (run.sh).

#include <attain/random/draws.hpp>

#include <cstdint>
#include <cstdio>
#include <vector>

int main() {
  using namespace attain;
  constexpr std::uint64_t territory = 0x5eed'0f'a7e1;
  constexpr int pairs = 32;
  constexpr std::uint64_t places[] = {0x1234'5678'9abc'def0, 0x0fed'cba9'8765'4321, 7, 8};
  std::vector<std::uint32_t> words;
  for (std::uint64_t block = 0;; ++block) {
    PairKey keys[pairs];
    for (std::uint64_t p = 0; p < pairs; ++p) keys[p] = pair_key(7, block * pairs + p, territory);
    words.clear();
    for (std::uint32_t step = 0; step < 13; ++step) {
      for (const std::uint64_t place : places) {
        for (std::uint32_t entry = 0; entry <= step; ++entry) {
          const Address at = address(place, step, entry);
          for (std::uint32_t deal = 0; deal < 3; ++deal) {
            for (const PairKey& key : keys) {
              const Address here = nth(at, deal);
              words.push_back(mixed_word(key.word[0], key.word[1], here));
            }
          }
        }
        // Wide draws (amounts, arrivals, named deals) take both halves of the key.
        const Address at = address(place ^ 0x55, step, 0);
        for (const PairKey& key : keys) {
          words.push_back(wide_draw(key, 0, at));
          words.push_back(wide_draw(key, 1, at));
        }
      }
    }
    if (std::fwrite(words.data(), sizeof words[0], words.size(), stdout) != words.size()) return 0;
  }
}
