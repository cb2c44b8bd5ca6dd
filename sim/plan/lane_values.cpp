#include "lane_values.hpp"

#include "places.hpp"
#include "quantile_table.hpp"

#include <boost/math/distributions/normal.hpp>

#include <algorithm>
#include <functional>

namespace attain {

namespace {

double odds(double share) { return share / (1 - share); }

std::function<double(double)> function_of(ValueAs as, double mean, double target) {
  switch (as) {
    case ValueAs::share_of_mean: return [mean](double x) { return x / mean; };
    case ValueAs::odds_ratio: return [mean](double x) { return odds(x) / odds(mean); };
    case ValueAs::odds_to: return [target](double x) { return odds(target) / odds(x); };
    case ValueAs::itself: break;
  }
  return [](double x) { return x; };
}

/// Away from 0 and 1, to which quantiles of the far tails may round, and where odds have no number.
double inner_share(const NumberLaw& law, double x) {
  if (law.family() == NumberLaw::Family::lognormal) return x;
  return std::clamp(x, 1e-9, 1 - 1e-9);
}

}  // namespace

std::shared_ptr<const ValueTable> ValueTables::table(const NumberLaw& law, ValueAs as,
                                                     double target) {
  const auto is_it = [&](const ValueShape& shape) {
    return shape.law == law && shape.as == as && shape.target == target;
  };
  const auto used = std::find_if(shapes_.begin(), shapes_.end(), is_it);
  if (used != shapes_.end()) return used->table;
  const auto known = std::find_if(known_.begin(), known_.end(), is_it);
  if (known != known_.end()) return shapes_.emplace_back(*known).table;
  const auto function = function_of(as, law.mean(), target);
  ValueTable made{quantile_coefficients<ValueCells>([&](bool upper, double tail) {
    const double x = upper ? law.upper_quantile(tail) : law.quantile(tail);
    return function(inner_share(law, x));
  })};
  return shapes_.emplace_back(ValueShape{law, as, target, std::make_shared<ValueTable>(made)})
      .table;
}

std::shared_ptr<const ValueTable> normal_table() {
  const boost::math::normal_distribution<> normal;
  return std::make_shared<ValueTable>(
      ValueTable{quantile_coefficients<ValueCells>([&normal](bool upper, double tail) {
        const double z = boost::math::quantile(normal, tail);
        return upper ? -z : z;
      })});
}

std::uint64_t LaneValues::place(std::size_t number) const {
  return place_of("uncertain", scenario_.uncertain[number].name);
}

std::size_t LaneValues::value(std::size_t number, ValueAs as, double target) {
  const auto table = tables_.table(scenario_.uncertain[number].law, as, target);
  std::vector<LaneValue>& values = dynamics_.values;
  const auto known = std::find_if(values.begin(), values.end(), [&](const LaneValue& each) {
    return each.table == table && each.number == number;
  });
  if (known == values.end()) {
    values.push_back(
        {place(number), !scenario_.uncertain[number].per_territory, table, number, {}});
    return values.size() - 1;
  }
  return static_cast<std::size_t>(known - values.begin());
}

std::size_t LaneValues::choice(std::size_t number) {
  std::vector<LaneChoice>& choices = dynamics_.choices;
  const auto known = std::find_if(choices.begin(), choices.end(), [number](const LaneChoice& each) {
    return each.number == number;
  });
  if (known == choices.end()) {
    choices.push_back({place(number), !scenario_.uncertain[number].per_territory, number, {}});
    return choices.size() - 1;
  }
  return static_cast<std::size_t>(known - choices.begin());
}

double LaneValues::largest(std::size_t value) const {
  // Constants are the values at the cells' ends.
  const std::vector<float>& all = dynamics_.values[value].table->coefficients;
  return *std::max_element(all.begin(), all.begin() + ValueCells::cells);
}

double case_of(const NumberLaw& law, std::size_t index) {
  const double probability =
      (static_cast<double>(index) + 0.5) / static_cast<double>(LaneChoice::cases);
  return law.quantile(probability);
}

}  // namespace attain
