#include "progress.hpp"

#include <algorithm>

namespace attain {

namespace {

std::size_t item_of(std::vector<ProgressPlan>& items, const ProgressPlan& item) {
  const auto known = std::find_if(items.begin(), items.end(), [&item](const ProgressPlan& other) {
    return other.kind == item.kind && other.owner == item.owner && other.stage == item.stage;
  });
  if (known != items.end()) return static_cast<std::size_t>(known - items.begin());
  items.push_back(item);
  return items.size() - 1;
}

}  // namespace

void add_progress(TerritoryPlan& plan, const Territory& territory) {
  using Kind = ProgressPlan::Kind;
  for (std::size_t i = 0; i < territory.streams.size(); ++i) {
    FlowPlan& flow = plan.flows[i];
    if (flow.arrivals.empty()) continue;
    flow.leads_progress = item_of(plan.progress, {Kind::leads, territory.streams[i].owner, {}});
  }
  for (std::size_t i = 0; i < territory.streams.size(); ++i) {
    const std::vector<Stage>& stages = territory.streams[i].funnel.stages;
    // Nobody advances into the first stage.
    for (std::size_t s = 1; s < stages.size(); ++s) {
      plan.flows[i].stages[s].progress =
          item_of(plan.progress, {Kind::stage, stages[s].owner, stages[s].name});
    }
  }
  plan.progress.push_back({Kind::wins, {}, {}});
}

void take_progress(FlowPlan& flow, const FlowPlan& of_stream) {
  for (std::size_t s = 0; s < flow.stages.size(); ++s) {
    flow.stages[s].progress = of_stream.stages[s].progress;
  }
}

}  // namespace attain
