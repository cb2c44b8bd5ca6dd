#include <attain/model/scenario.hpp>

#include <algorithm>

namespace attain {

namespace {

void complete(Group& group, const Scenario& scenario, const StatedTargets& stated) {
  bool any_quota = false;
  bool all_forecasts = true;
  Money forecasts;
  for (const std::size_t index : group.territories) {
    const Territory& territory = scenario.territories[index];
    if (territory.quota) {
      any_quota = true;
      group.sum_of_quotas += *territory.quota;
      all_forecasts = all_forecasts && territory.forecast.has_value();
    }
    if (territory.forecast) forecasts += *territory.forecast;
  }
  group.quota = stated.quota;
  if (!group.quota && any_quota) group.quota = group.sum_of_quotas;
  group.forecast = stated.forecast;
  if (!group.forecast && any_quota && all_forecasts) group.forecast = forecasts;
}

}  // namespace

std::vector<Group> region_groups(const Scenario& scenario) {
  std::vector<Group> groups;
  std::map<std::string, std::size_t> index_of;
  for (std::size_t i = 0; i < scenario.territories.size(); ++i) {
    for (const std::string& name : scenario.territories[i].region) {
      const auto [entry, is_new] = index_of.try_emplace(name, groups.size());
      if (is_new) groups.push_back({.name = name, .territories = {}, .quota = {}, .forecast = {}, .sum_of_quotas = {}});
      std::vector<std::size_t>& members = groups[entry->second].territories;
      if (members.empty() || members.back() != i) members.push_back(i);
    }
  }
  for (Group& group : groups) {
    const auto stated = scenario.region_targets.find(group.name);
    complete(group, scenario,
             stated == scenario.region_targets.end() ? StatedTargets{} : stated->second);
  }
  return groups;
}

Group company_group(const Scenario& scenario) {
  Group company{.name = "Company", .territories = {}, .quota = {}, .forecast = {}, .sum_of_quotas = {}};
  for (std::size_t i = 0; i < scenario.territories.size(); ++i) company.territories.push_back(i);
  complete(company, scenario, scenario.company);
  return company;
}

}  // namespace attain
