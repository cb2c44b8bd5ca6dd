#pragma once

#include <attain/plan/plan.hpp>

#include <memory>
#include <vector>

namespace attain {

/// Amount plans from distributions; equal shapes share one table.
class AmountPlans {
 public:
  AmountPlan plan(const Distribution& amount);
  static AmountPlan fixed(Money amount);

 private:
  struct Shape {
    Distribution distribution;
    std::shared_ptr<const AmountTable> table;
  };
  std::shared_ptr<const AmountTable> table_for(const Distribution& shape);

  std::vector<Shape> shapes_;
};

}  // namespace attain
