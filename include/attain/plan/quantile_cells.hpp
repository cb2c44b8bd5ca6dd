#pragma once

#include <cstdint>

namespace attain {

/// The layout of a table of quantiles, shared by what fills it and what reads it.
///
/// A draw u of 32 bits is folded to its distance v from the nearer end, 1 <= v <= 2^31, so that the
/// tail probability is (v - 1/2) 2^-32. As a float, v has an exponent (31 octaves and the last
/// one's end) and a fraction; the exponent and the fraction's leading bits choose a cell, its other
/// bits are the place t in it, 0 <= t < 1. The quantile is (c2 t + c1) t + c0. Octaves keep the
/// relative error even in both tails. A table has the constants of all cells, then the linear, then
/// the square coefficients; the lower side's cells come first.
template <int FractionBits>
struct QuantileCells {
  static constexpr int cells_an_octave = 1 << FractionBits;
  static constexpr int octaves = 32;
  static constexpr int cells_a_side = octaves << FractionBits;
  static constexpr int cells = 2 * cells_a_side;
  static constexpr int coefficients = 3;
  static constexpr std::uint32_t float_of_one = 0x3f800000U;
  static constexpr int shift = 23 - FractionBits;
};

/// Of amounts: the relative error is below 1e-5 for a lognormal with cv 2.
using AmountCells = QuantileCells<5>;
/// Of numbers that are drawn once a replication: coarser, because there may be many of them.
using ValueCells = QuantileCells<3>;

}  // namespace attain
