#include "effort_view.hpp"

namespace attain::engine {

namespace {

WinTableView view_of(const WinTable& table) { return {table.chances.data(), table.last}; }

std::vector<WinTableView> views_of(const std::vector<std::shared_ptr<const WinTable>>& tables) {
  std::vector<WinTableView> views;
  for (const std::shared_ptr<const WinTable>& table : tables) views.push_back(view_of(*table));
  return views;
}

}  // namespace

std::shared_ptr<const EffortTables> effort_tables(const Plan& plan, const EffortPlan& effort) {
  auto made = std::make_shared<EffortTables>();
  // Rows do not move in memory when more of them are added.
  for (const EffortPlan::Flow& flow : effort.flows) {
    made->wins.push_back(views_of(flow.stages));
    const WinTableView* const stages = made->wins.back().data();
    made->wins.push_back(views_of(flow.open));
    made->flows.push_back(
        {flow.amount.mean, flow.amount.variance, stages, made->wins.back().data()});
  }
  for (const EffortPlan::Named& deal : effort.named) {
    made->named.push_back({deal.amount.mean, deal.amount.variance, view_of(*deal.wins)});
  }
  for (int step = 0; step < plan.steps; ++step) made->left.push_back(plan.steps_left(step));
  made->view = {effort.bonus_pull,    effort.goal_gradient, effort.give_up,
                effort.give_up_below, effort.coast,         effort.bell.data(),
                made->flows.data(),   made->named.data(),   effort.new_leads.data(),
                made->left.data()};
  return made;
}

}  // namespace attain::engine
