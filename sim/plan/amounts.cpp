#include "amounts.hpp"

#include "quantile_table.hpp"

#include <attain/base/significant.hpp>

#include <algorithm>
#include <cmath>

namespace attain {

namespace {

AmountTable quantile_table(const Distribution& shape) {
  return {quantile_coefficients<AmountCells>([&shape](bool upper, double tail) {
    return upper ? shape.upper_quantile(tail) : shape.quantile(tail);
  })};
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
  plan.variance = amount.variance();
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

std::shared_ptr<const AmountTable> AmountPlans::shape_with_cv(const Distribution& amount,
                                                              double cv) {
  return table_for(amount.with_mean_one().with_cv(cv));
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
