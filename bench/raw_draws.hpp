#pragma once

#include <attain/engine/simulate.hpp>

#include <cstdint>

namespace attain::bench {

/// Makes `rounds` draws of 16 bits for each of 64 lanes, mixed as the engine does it, and uses none
/// of them. Returns something that depends on all.
using RawDraws = std::uint32_t(std::int64_t rounds);

RawDraws* raw_draws(SimdWidth width);

}  // namespace attain::bench
