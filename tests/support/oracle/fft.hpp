#pragma once

#include <complex>
#include <vector>

namespace attain::oracle {

using Spectrum = std::vector<std::complex<double>>;

/// The discrete Fourier transform sum_j x_j exp(-2 pi i j k / n), radix 2, iterative (Cooley and
/// Tukey 1965). The length must be a power of two.
void transform(Spectrum& values);

/// The inverse of `transform`, division by the length included.
void transform_back(Spectrum& values);

}  // namespace attain::oracle
