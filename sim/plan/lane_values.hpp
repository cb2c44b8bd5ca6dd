#pragma once

#include <attain/model/scenario.hpp>
#include <attain/plan/plan.hpp>

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace attain {

/// Tables of numbers that are drawn once a replication: each function of each law once.
class ValueTables {
 public:
  /// `known` ones are taken over where they are asked for.
  explicit ValueTables(std::vector<ValueShape> known = {}) : known_(std::move(known)) {}

  /// Those that were asked for.
  [[nodiscard]] const std::vector<ValueShape>& shapes() const { return shapes_; }

  std::shared_ptr<const ValueTable> table(const NumberLaw& law, ValueAs as, double target);

 private:
  std::vector<ValueShape> shapes_;
  std::vector<ValueShape> known_;
};

/// Quantiles of the standard normal distribution.
std::shared_ptr<const ValueTable> normal_table();

/// The numbers that a territory draws, in its DynamicsPlan.
class LaneValues {
 public:
  LaneValues(const Scenario& scenario, ValueTables& tables, DynamicsPlan& dynamics)
      : scenario_(scenario), tables_(tables), dynamics_(dynamics) {}

  /// The index of a value in DynamicsPlan::values; made when it is first asked for.
  std::size_t value(std::size_t number, ValueAs as, double target = 0);
  /// Likewise in DynamicsPlan::choices.
  std::size_t choice(std::size_t number);

  /// The largest value that can be drawn, about.
  [[nodiscard]] double largest(std::size_t value) const;

 private:
  [[nodiscard]] std::uint64_t place(std::size_t number) const;

  const Scenario& scenario_;
  ValueTables& tables_;
  DynamicsPlan& dynamics_;
};

/// The i-th of the 16 equally likely values that stand for a dwell or cv that is uncertain, within
/// what distributions can have.
double case_of(const NumberLaw& law, std::size_t index);

}  // namespace attain
