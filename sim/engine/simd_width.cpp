#include <attain/engine/simulate.hpp>

#include <fmt/format.h>

#include <cstdlib>
#include <string>

namespace attain {

std::string_view name_of(SimdWidth width) {
  switch (width) {
    case SimdWidth::sse2: return "sse2";
    case SimdWidth::avx2: return "avx2";
    case SimdWidth::avx512: return "avx512";
  }
  return "";
}

bool machine_has(SimdWidth width) {
  switch (width) {
    case SimdWidth::sse2: return true;
    case SimdWidth::avx2: return __builtin_cpu_supports("avx2") != 0;
    case SimdWidth::avx512:
      return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
             __builtin_cpu_supports("avx512bw") != 0 && __builtin_cpu_supports("avx512vl") != 0;
  }
  return false;
}

SimdWidth best_simd_width() {
  constexpr SimdWidth widest_first[] = {SimdWidth::avx512, SimdWidth::avx2, SimdWidth::sse2};
  if (const char* wanted = std::getenv("ATTAIN_SIMD"); wanted != nullptr && *wanted != '\0') {
    for (const SimdWidth width : widest_first) {
      if (name_of(width) != wanted) continue;
      if (machine_has(width)) return width;
      throw std::invalid_argument(
          fmt::format("ATTAIN_SIMD is '{}', which this machine does not have", wanted));
    }
    throw std::invalid_argument(
        fmt::format("ATTAIN_SIMD is '{}', not sse2, avx2 or avx512", wanted));
  }
  for (const SimdWidth width : widest_first) {
    if (machine_has(width)) return width;
  }
  return SimdWidth::sse2;
}

}  // namespace attain
