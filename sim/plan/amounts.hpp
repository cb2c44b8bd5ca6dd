#pragma once

#include <attain/plan/plan.hpp>

#include <memory>
#include <utility>
#include <vector>

namespace attain {

/// Amount plans from distributions; equal shapes share one table.
class AmountPlans {
 public:
  /// `known` shapes are taken over where they are asked for.
  explicit AmountPlans(std::vector<AmountShape> known = {}) : known_(std::move(known)) {}

  /// The shapes of all plans so far.
  [[nodiscard]] const std::vector<AmountShape>& shapes() const { return shapes_; }

  AmountPlan plan(const Distribution& amount);
  static AmountPlan fixed(Money amount);
  /// The shape of the same family, of mean 1, with another cv.
  std::shared_ptr<const AmountTable> shape_with_cv(const Distribution& amount, double cv);

 private:
  std::shared_ptr<const AmountTable> table_for(const Distribution& shape);

  std::vector<AmountShape> shapes_;
  std::vector<AmountShape> known_;
};

}  // namespace attain
