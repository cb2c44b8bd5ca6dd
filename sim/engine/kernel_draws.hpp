#pragma once

// A part of kernel.cpp, and of nothing else: it has to be inlined into its loop.

#include "kernel_arrivals.hpp"

#include <attain/plan/quantile_cells.hpp>

namespace attain::engine {

namespace {

/// Reads a table in all lanes.
inline void gather(const float* table, const std::int32_t* index, float* to) {
#if defined(__AVX512F__)
  for (int lane = 0; lane < lanes; lane += 16) {
    // With a mask, because g++ 12 warns of the register that the plain form does not set.
    const __m512i at = _mm512_loadu_si512(index + lane);
    _mm512_storeu_ps(to + lane,
                     _mm512_mask_i32gather_ps(_mm512_setzero_ps(), 0xffff, at, table, 4));
  }
#elif defined(__AVX2__)
  for (int lane = 0; lane < lanes; lane += 8) {
    const __m256i at = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(index + lane));
    _mm256_storeu_ps(to + lane, _mm256_i32gather_ps(table, at, 4));
  }
#else
  for (int lane = 0; lane < lanes; ++lane) to[lane] = table[index[lane]];
#endif
}

/// The quantiles that draws stand for (see QuantileCells).
inline void read_values(const float* table, const std::uint32_t* draws, float* values) {
  using Cells = ValueCells;
  alignas(64) std::int32_t cell[lanes];
  alignas(64) float place[lanes];
  for (int lane = 0; lane < lanes; ++lane) {
    const std::uint32_t upper = draws[lane] >> 31U;
    const std::uint32_t from_end = draws[lane] ^ (0U - upper);
    const auto as_float = static_cast<float>(static_cast<std::int32_t>(from_end)) + 1.0F;
    std::uint32_t bits;
    std::memcpy(&bits, &as_float, sizeof bits);
    cell[lane] = static_cast<std::int32_t>(((bits - Cells::float_of_one) >> Cells::shift) +
                                           upper * Cells::cells_a_side);
    place[lane] = static_cast<float>(static_cast<std::int32_t>(bits & ((1U << Cells::shift) - 1))) *
                  (1.0F / (1U << Cells::shift));
  }
  alignas(64) float constant[lanes];
  alignas(64) float linear[lanes];
  alignas(64) float square[lanes];
  gather(table, cell, constant);
  gather(table + Cells::cells, cell, linear);
  gather(table + 2 * Cells::cells, cell, square);
  for (int lane = 0; lane < lanes; ++lane) {
    values[lane] = (square[lane] * place[lane] + linear[lane]) * place[lane] + constant[lane];
  }
}

/// The draws of an uncertain number, one a replication.
inline void draw_once(const LaneValueView& value, const BlockLuck& luck, std::uint32_t* draws) {
  if (value.is_fixed) {
    for (int lane = 0; lane < lanes; ++lane) draws[lane] = value.fixed;
    return;
  }
  wide_draws(value.shared ? luck.shared : luck.keys, address(value.place, 0, 0), draws);
  if (!luck.one_draw) return;
  const std::uint32_t first = draws[0];
  for (int lane = 0; lane < lanes; ++lane) draws[lane] = first;
}

/// All that is drawn once a replication.
inline void draw_values(const DynamicsView& dynamics, const BlockLuck& luck,
                        const Scratch& scratch) {
  alignas(64) std::uint32_t draws[lanes];
  for (int v = 0; v < dynamics.value_count; ++v) {
    draw_once(dynamics.values[v], luck, draws);
    read_values(dynamics.values[v].table, draws, scratch.value + v * lanes);
  }
  for (int c = 0; c < dynamics.choice_count; ++c) {
    draw_once(dynamics.choices[c], luck, draws);
    std::int32_t* choice = scratch.choice + c * lanes;
    for (int lane = 0; lane < lanes; ++lane) {
      choice[lane] = static_cast<std::int32_t>(draws[lane] >> 28U);
    }
  }
}

/// exp(x) as exp_of_minus makes it, for x of both signs; beyond 64 it stays where it is. Without
/// branches, so that it vectorises.
inline float exp_of(float x) {
  constexpr float most = 64;
  constexpr float shift = 0x1.8p23F;  // What is added to it is rounded to whole numbers.
  const float low = x < most ? x : most;
  const float within = low > -most ? low : -most;
  const float shifted = within * 1.44269504F + shift;
  const float n = shifted - shift;
  const float r = (within - n * 0.693359375F) - n * -2.12194440e-4F;
  float sum = 1.0F / 5040;
  sum = sum * r + 1.0F / 720;
  sum = sum * r + 1.0F / 120;
  sum = sum * r + 1.0F / 24;
  sum = sum * r + 1.0F / 6;
  sum = sum * r + 0.5F;
  sum = sum * r + 1;
  sum = sum * r + 1;
  std::uint32_t bits;
  std::memcpy(&bits, &shifted, sizeof bits);
  bits = (bits + 127U) << 23U;  // The whole number stands in the low bits.
  float power;
  std::memcpy(&power, &bits, sizeof power);
  return sum * power;
}

/// A shock goes on to its next period or week, which are counted from the calendar's start.
inline void draw_shock(const DynamicsView& dynamics, int index, const BlockLuck& luck,
                       std::uint32_t when, bool is_first, const Scratch& scratch) {
  const ShockPlan& shock = dynamics.shocks[index];
  float* const z = scratch.shock_z + index * lanes;
  alignas(64) std::uint32_t draws[lanes];
  alignas(64) float fresh[lanes];
  wide_draws(shock.shared ? luck.shared : luck.keys, address(shock.place, when, 0), draws);
  read_values(dynamics.normal, draws, fresh);
  const bool goes_on = shock.per_week && !is_first;
  for (int lane = 0; lane < lanes; ++lane) {
    z[lane] = goes_on ? shock.persistence * z[lane] + shock.innovation * fresh[lane] : fresh[lane];
  }
  float* const factor = scratch.shock + index * lanes;
  const float* const sds =
      shock.sd_value == no_value
          ? nullptr
          : scratch.value + static_cast<std::ptrdiff_t>(shock.sd_value) * lanes;
  for (int lane = 0; lane < lanes; ++lane) {
    const float sd = sds != nullptr ? sds[lane] : shock.sd;
    factor[lane] = exp_of(sd * z[lane] - sd * sd * 0.5F);
  }
}

/// The shocks of the step: those of a period at its start, those of a week at its start.
inline void draw_shocks(const DynamicsView& dynamics, const BlockLuck& luck, const Now& now,
                        const Scratch& scratch) {
  for (int s = 0; s < dynamics.shock_count; ++s) {
    const bool per_week = dynamics.shocks[s].per_week;
    const bool begins = per_week ? now.begins_week : now.begins_period;
    if (!begins && now.step > 0) continue;
    draw_shock(dynamics, s, luck, per_week ? now.week_from_start : now.period, now.step == 0,
               scratch);
  }
}

}  // namespace

}  // namespace attain::engine
