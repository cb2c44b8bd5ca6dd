#pragma once

#include <attain/base/significant.hpp>
#include <attain/plan/quantile_cells.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace attain {

/// Coefficients in the layout of `Cells`: the quadratic through both ends and the middle of each
/// cell. `quantile(upper, tail)` is the value whose tail on that side has that probability.
template <class Cells, class Quantile>
std::vector<float> quantile_coefficients(const Quantile& quantile) {
  constexpr auto an_octave = static_cast<std::size_t>(Cells::cells_an_octave);
  constexpr auto cells = static_cast<std::size_t>(Cells::cells);
  std::vector<float> made(Cells::coefficients * cells);
  float* const constant = made.data();
  float* const linear = constant + cells;
  float* const square = linear + cells;
  std::size_t cell = 0;
  for (const bool upper : {false, true}) {
    for (int octave = 0; octave < Cells::octaves; ++octave) {
      const double begin = std::ldexp(1.0, octave);
      // One quantile at each end and middle of the octave's cells.
      std::vector<double> at(2 * an_octave + 1);
      for (std::size_t i = 0; i < at.size(); ++i) {
        const double v = begin * (1 + static_cast<double>(i) / (2 * an_octave));
        at[i] = quantile(upper, (std::min(v, 0x1p31) - 0.5) * 0x1p-32);
      }
      for (std::size_t i = 0; i < an_octave; ++i, ++cell) {
        const double left = at[2 * i];
        const double middle = at[2 * i + 1];
        const double right = at[2 * i + 2];
        constant[cell] = to_24_bits(left);
        linear[cell] = to_24_bits(4 * middle - 3 * left - right);
        square[cell] = to_24_bits(2 * left - 4 * middle + 2 * right);
      }
    }
  }
  return made;
}

}  // namespace attain
