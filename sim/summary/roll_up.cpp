#include "roll_up.hpp"

#include <algorithm>
#include <unordered_set>

namespace attain {

std::vector<std::string> deal_categories(const Scenario& scenario) {
  std::vector<Category> known = scenario.categories;
  std::stable_sort(known.begin(), known.end(),
                   [](const Category& a, const Category& b) { return a.chance > b.chance; });
  std::vector<std::string> names;
  std::unordered_set<std::string> seen;
  for (const Category& category : known) {
    names.push_back(category.name);
    seen.insert(category.name);
  }
  for (const Territory& territory : scenario.territories) {
    for (const OpenDeals& open : territory.open) {
      const std::string& name = open.labels.category;
      if (!name.empty() && seen.insert(name).second) names.push_back(name);
    }
  }
  return names;
}

RollUp roll_up(const Territory& territory, const Calendar& calendar,
               const std::vector<std::string>& categories) {
  RollUp made;
  made.booked = territory.booked;
  made.categories.assign(categories.size(), 0.0);
  for (const OpenDeals& open : territory.open) {
    const double worth = open.count * mean_amount(open, territory);
    const auto category = std::find(categories.begin(), categories.end(), open.labels.category);
    if (open.due && open.due->date && *open.due->date > calendar.last_day()) {
      made.due_later += worth;
    } else if (category != categories.end()) {
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
  to.due_later += from.due_later;
  to.categories.resize(from.categories.size());
  for (std::size_t i = 0; i < from.categories.size(); ++i) to.categories[i] += from.categories[i];
}

}  // namespace attain
