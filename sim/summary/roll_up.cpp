#include "roll_up.hpp"

#include <algorithm>

namespace attain {

std::vector<std::string> deal_categories(const Scenario& scenario) {
  std::vector<std::string> names;
  for (const Category& category : scenario.categories) names.push_back(category.name);
  for (const Territory& territory : scenario.territories) {
    for (const OpenDeals& open : territory.open) {
      const std::string& name = open.labels.category;
      if (name.empty() || std::find(names.begin(), names.end(), name) != names.end()) continue;
      names.push_back(name);
    }
  }
  return names;
}

RollUp roll_up(const Territory& territory, const std::vector<std::string>& categories) {
  RollUp made;
  made.booked = territory.booked.units();
  made.categories.assign(categories.size(), 0.0);
  for (const OpenDeals& open : territory.open) {
    const double worth = open.count * mean_amount(open, territory);
    const auto category = std::find(categories.begin(), categories.end(), open.labels.category);
    if (category != categories.end()) {
      made.categories[static_cast<std::size_t>(category - categories.begin())] += worth;
    } else if (open.due || open.stage >= territory.streams[open.stream].funnel.pipeline_from) {
      made.pipeline += worth;
    }
  }
  return made;
}

void add_roll_up(RollUp& to, const RollUp& from) {
  to.booked += from.booked;
  to.pipeline += from.pipeline;
  to.categories.resize(from.categories.size());
  for (std::size_t i = 0; i < from.categories.size(); ++i) to.categories[i] += from.categories[i];
}

}  // namespace attain
