#pragma once

#include <cstdint>

namespace attain {

/// The layout of an AmountTable, shared by what fills it and what reads it.
///
/// A draw u of 32 bits is folded to its distance v from the nearer end, 1 <= v <= 2^31, so that the
/// tail probability is (v - 1/2) 2^-32. As a float, v has an exponent (31 octaves and the last
/// one's end) and a fraction; the exponent and the fraction's leading bits choose a cell, its other
/// bits are the place t in it, 0 <= t < 1. The quantile is (c2 t + c1) t + c0. Octaves keep the
/// relative error even in both tails; it is below 1e-5 for a lognormal with cv 2.
namespace amount_table {

inline constexpr int fraction_bits = 5;  ///< 32 cells an octave.
inline constexpr int octaves = 32;
inline constexpr int cells_a_side = octaves << fraction_bits;
inline constexpr int coefficients = 3;
inline constexpr std::uint32_t float_of_one = 0x3f800000U;
inline constexpr int shift = 23 - fraction_bits;

}  // namespace amount_table
}  // namespace attain
