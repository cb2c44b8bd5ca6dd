#pragma once

namespace attain {

/// `value` rounded to 24 significant bits, the precision of a float.
///
/// What libm or Boost computes passes through here once before the engine uses it: glibc's exp and
/// pow differ in the last bit between CPUs with and without FMA, and results must not.
inline float to_24_bits(double value) {
  // Volatile, because g++ 12 drops the rounding of two neighbours that go back to double when it
  // vectorises them (-O2 and more).
  const volatile float rounded = static_cast<float>(value);
  return rounded;
}

}  // namespace attain
