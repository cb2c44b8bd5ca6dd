#include "support/oracle/fft.hpp"

#include <cmath>
#include <numbers>
#include <stdexcept>
#include <utility>

namespace attain::oracle {

namespace {

void reverse_bits(Spectrum& values) {
  const std::size_t size = values.size();
  for (std::size_t i = 1, j = 0; i < size; ++i) {
    std::size_t bit = size >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) std::swap(values[i], values[j]);
  }
}

/// exp(-2 pi i k / size) for k below size / 2, each computed on its own so that no error adds up.
Spectrum unit_roots(std::size_t size) {
  Spectrum roots(size / 2);
  for (std::size_t k = 0; k < roots.size(); ++k) {
    const double angle = -2 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(size);
    roots[k] = {std::cos(angle), std::sin(angle)};
  }
  return roots;
}

}  // namespace

void transform(Spectrum& values) {
  const std::size_t size = values.size();
  if (size == 0 || (size & (size - 1)) != 0) {
    throw std::invalid_argument("the length of a transform is not a power of two");
  }
  reverse_bits(values);
  const Spectrum roots = unit_roots(size);
  for (std::size_t half = 1; half < size; half *= 2) {
    const std::size_t stride = size / (2 * half);
    for (std::size_t block = 0; block < size; block += 2 * half) {
      for (std::size_t k = 0; k < half; ++k) {
        const std::complex<double> a = values[block + k];
        const std::complex<double> b = values[block + k + half];
        const std::complex<double> w = roots[k * stride];
        // Written out because operator* of std::complex checks for infinities.
        const std::complex<double> turned{b.real() * w.real() - b.imag() * w.imag(),
                                          b.real() * w.imag() + b.imag() * w.real()};
        values[block + k] = a + turned;
        values[block + k + half] = a - turned;
      }
    }
  }
}

void transform_back(Spectrum& values) {
  for (std::complex<double>& value : values) value = std::conj(value);
  transform(values);
  const double scale = 1.0 / static_cast<double>(values.size());
  for (std::complex<double>& value : values) value = std::conj(value) * scale;
}

}  // namespace attain::oracle
