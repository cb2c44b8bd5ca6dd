#include "amounts.hpp"

#include <attain/base/significant.hpp>
#include <attain/plan/amount_table.hpp>

#include <algorithm>
#include <cmath>

namespace attain {

namespace {

/// The quantile whose nearer tail has the probability (v - 1/2) 2^-32.
double quantile_at(const Distribution& shape, bool upper, double v) {
  const double tail = (std::min(v, 0x1p31) - 0.5) * 0x1p-32;
  return upper ? shape.upper_quantile(tail) : shape.quantile(tail);
}

/// The quadratic through both ends and the middle of each cell.
AmountTable quantile_table(const Distribution& shape) {
  using namespace amount_table;
  constexpr std::size_t cells_an_octave = std::size_t{1} << fraction_bits;
  constexpr std::size_t cells = 2 * cells_a_side;
  AmountTable table;
  table.coefficients.resize(coefficients * cells);
  float* constant = table.coefficients.data();
  float* linear = constant + cells;
  float* square = linear + cells;
  std::size_t cell = 0;
  for (const bool upper : {false, true}) {
    for (int octave = 0; octave < octaves; ++octave) {
      const double begin = std::ldexp(1.0, octave);
      // One quantile at each end and middle of the octave's cells.
      std::vector<double> at(2 * cells_an_octave + 1);
      for (std::size_t i = 0; i < at.size(); ++i) {
        at[i] =
            quantile_at(shape, upper, begin * (1 + static_cast<double>(i) / (2 * cells_an_octave)));
      }
      for (std::size_t i = 0; i < cells_an_octave; ++i, ++cell) {
        const double left = at[2 * i];
        const double middle = at[2 * i + 1];
        const double right = at[2 * i + 2];
        constant[cell] = to_24_bits(left);
        linear[cell] = to_24_bits(4 * middle - 3 * left - right);
        square[cell] = to_24_bits(2 * left - 4 * middle + 2 * right);
      }
    }
  }
  return table;
}

/// Walker's alias method in the form of Vose (1991).
AliasTable alias_table(const Distribution::Empirical& law) {
  const std::size_t count = law.values.size();
  AliasTable table{
      std::vector<std::uint32_t>(count, 0xffffffffU), std::vector<std::uint32_t>(count), {}};
  std::vector<double> weight(count);
  std::vector<std::uint32_t> small;
  std::vector<std::uint32_t> large;
  for (std::uint32_t i = 0; i < count; ++i) {
    table.values.push_back(to_24_bits(law.values[i]));
    table.alias[i] = i;
    weight[i] = law.probabilities[i] * static_cast<double>(count);
    (weight[i] < 1 ? small : large).push_back(i);
  }
  while (!small.empty() && !large.empty()) {
    const std::uint32_t low = small.back();
    const std::uint32_t high = large.back();
    small.pop_back();
    table.keep[low] =
        static_cast<std::uint32_t>(std::min(std::floor(weight[low] * 0x1p32 + 0.5), 0xffffffffp0));
    table.alias[low] = high;
    weight[high] -= 1 - weight[low];
    if (weight[high] < 1) {
      large.pop_back();
      small.push_back(high);
    }
  }
  return table;
}

}  // namespace

AmountPlan AmountPlans::fixed(Money amount) {
  AmountPlan plan;
  plan.fixed = amount;
  plan.expected = amount.units();
  return plan;
}

AmountPlan AmountPlans::plan(const Distribution& amount) {
  if (const auto* law = std::get_if<Distribution::Fixed>(&amount.family())) {
    return fixed(money_from_units(law->value));
  }
  AmountPlan plan;
  plan.expected = amount.mean();
  if (const auto* law = std::get_if<Distribution::Empirical>(&amount.family())) {
    plan.kind = AmountPlan::Kind::alias;
    plan.alias = std::make_shared<AliasTable>(alias_table(*law));
    return plan;
  }
  plan.kind = AmountPlan::Kind::quantiles;
  plan.mean = to_24_bits(amount.mean());
  plan.quantiles = table_for(amount.with_mean_one());
  return plan;
}

std::shared_ptr<const AmountTable> AmountPlans::table_for(const Distribution& shape) {
  for (const AmountShape& used : shapes_) {
    if (used.distribution == shape) return used.table;
  }
  for (const AmountShape& known : known_) {
    if (known.distribution == shape) return shapes_.emplace_back(known).table;
  }
  return shapes_
      .emplace_back(AmountShape{shape, std::make_shared<AmountTable>(quantile_table(shape))})
      .table;
}

}  // namespace attain
