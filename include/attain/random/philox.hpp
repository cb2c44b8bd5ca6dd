#pragma once

#include <array>
#include <cstdint>

namespace attain {

/// Four 32-bit words of Philox4x32-10 (Salmon et al., SC'11), by Random123.
std::array<std::uint32_t, 4> philox_words(std::array<std::uint32_t, 4> counter,
                                          std::array<std::uint32_t, 2> key);

}  // namespace attain
