#pragma once

#include "kernel.hpp"

#include <memory>
#include <vector>

namespace attain::engine {

/// What an EffortView points to, beside the plan itself.
struct EffortTables {
  std::vector<std::vector<WinTableView>> wins;  ///< Of each flow its stages, then its open cells.
  std::vector<FlowWorthView> flows;
  std::vector<NamedWorthView> named;
  std::vector<std::int32_t> left;
  EffortView view{};
};

std::shared_ptr<const EffortTables> effort_tables(const Plan& plan, const EffortPlan& effort);

}  // namespace attain::engine
