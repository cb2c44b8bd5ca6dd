#pragma once

#include "amounts.hpp"

#include <attain/model/scenario.hpp>
#include <attain/plan/plan.hpp>

#include <functional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace attain {

/// Adds a territory's deals with a due date to its plan: flows of one stage, in which they wait to
/// be decided. Named ones share a flow, renewals without names have one for each kind of amount.
class DatedFlows {
 public:
  using LawOf = std::function<LawIndex(const DueDate&)>;

  /// All must outlive this object.
  DatedFlows(TerritoryPlan& plan, AmountPlans& amounts, LawOf law_of)
      : plan_(plan), amounts_(amounts), law_of_(std::move(law_of)) {}

  OpenEntryPlan add_named(const OpenDeals& deal);
  /// All renewals of the territory at once, into `plan.entries`.
  void add_renewals(const std::vector<OpenDeals>& open);

 private:
  std::size_t flow_with(const Distribution& amount, LawIndex law);

  TerritoryPlan& plan_;
  AmountPlans& amounts_;
  LawOf law_of_;
  std::unordered_map<std::string, std::size_t> flow_of_amount_;  ///< By the amount as a text.
};

}  // namespace attain
