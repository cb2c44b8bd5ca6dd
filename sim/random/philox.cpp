#include <attain/random/philox.hpp>

#include <Random123/philox.h>

namespace attain {

std::array<std::uint32_t, 4> philox_words(std::array<std::uint32_t, 4> counter,
                                          std::array<std::uint32_t, 2> key) {
  const r123::Philox4x32::ctr_type ctr{{counter[0], counter[1], counter[2], counter[3]}};
  const r123::Philox4x32::key_type keys{{key[0], key[1]}};
  const auto words = r123::Philox4x32{}(ctr, keys);
  return {words[0], words[1], words[2], words[3]};
}

}  // namespace attain
