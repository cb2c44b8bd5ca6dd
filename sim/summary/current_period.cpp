#include "current_period.hpp"

namespace attain {

namespace {

std::vector<std::optional<Money>> alone(const std::vector<std::optional<Money>>& quotas,
                                        std::size_t current) {
  if (quotas.size() <= current) return quotas;
  // A quota of nothing and not none: with none, there would be none of the year.
  std::vector<std::optional<Money>> made(current, Money{});
  made.push_back(quotas[current]);
  return made;
}

}  // namespace

Scenario current_period_of(const Scenario& scenario) {
  if (scenario.calendar.periods == 1) return scenario;
  Scenario made = scenario;
  const auto current = static_cast<std::size_t>(scenario.calendar.current_period());
  made.calendar.periods = static_cast<int>(current) + 1;
  for (Territory& territory : made.territories) {
    territory.quotas =
        current == 0 ? std::vector<std::optional<Money>>{} : alone(territory.quotas, current);
    territory.actual.assign(territory.actual.size(), Money{});
  }
  for (auto& [name, stated] : made.region_targets) stated.quotas = alone(stated.quotas, current);
  made.company.quotas = alone(made.company.quotas, current);
  return made;
}

}  // namespace attain
