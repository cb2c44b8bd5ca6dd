#include "support/deal_by_deal_luck.hpp"

#include <algorithm>
#include <boost/random/normal_distribution.hpp>
#include <cmath>
#include <map>
#include <string>

namespace attain::testing {

namespace {

/// Indices in the order of names, so that what is drawn does not depend on the order of the file.
template <class Named>
std::vector<std::size_t> by_name(const std::vector<Named>& things) {
  std::vector<std::size_t> order(things.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return things[a].name < things[b].name; });
  return order;
}

int periods_left(const Calendar& calendar) {
  return calendar.periods - calendar.steps_done / calendar.period_steps;
}

/// Weeks, whole or in part, of the first period that is simulated and of each later one.
std::vector<int> weeks_of_periods(const Calendar& calendar) {
  const int per_week = calendar.step == Step::week ? 1 : 7;
  const int whole = (calendar.period_steps + per_week - 1) / per_week;
  std::vector<int> weeks(static_cast<std::size_t>(periods_left(calendar)), whole);
  weeks[0] -= calendar.steps_done % calendar.period_steps / per_week;
  return weeks;
}

std::vector<double> draw_shock(const Shock& shock, const Calendar& calendar, Luck& luck,
                               const DealVariant& variant) {
  boost::random::normal_distribution<> normal;
  std::vector<double> path;
  if (shock.per == Shock::Per::period) {
    for (int period = 0; period < periods_left(calendar); ++period) {
      const double fresh = normal(luck);
      path.push_back(period == 0 || variant.shocks_drawn_anew ? fresh : path[0]);
    }
    return path;
  }
  const double innovation = std::sqrt(1 - shock.persistence * shock.persistence);
  for (const int weeks : weeks_of_periods(calendar)) {
    for (int week = 0; week < weeks; ++week) {
      const double fresh = normal(luck);
      const bool begins = path.empty() || (week == 0 && !variant.shocks_run_on);
      path.push_back(begins ? fresh : shock.persistence * path.back() + innovation * fresh);
    }
  }
  return path;
}

/// Those who have it in common see one path.
std::string sharing_key(const Shock& shock, std::size_t territory) {
  switch (shock.shared_by) {
    case Shock::SharedBy::all: return {};
    case Shock::SharedBy::attribute: return shock.group.at(territory);
    case Shock::SharedBy::territory: return std::to_string(territory);
  }
  return {};
}

}  // namespace

std::vector<TerritoryLuck> draw_luck(const Scenario& scenario, Luck& luck,
                                     const DealVariant& variant) {
  std::vector<TerritoryLuck> drawn(scenario.territories.size());
  const auto periods = static_cast<std::size_t>(periods_left(scenario.calendar));
  for (TerritoryLuck& there : drawn) {
    there.rules.assign(periods, std::vector<double>(scenario.rules.size()));
    there.shocks.resize(scenario.shocks.size());
  }
  for (std::size_t period = 0; period < periods; ++period) {
    for (const std::size_t i : by_name(scenario.rules)) {
      const double shared = uniform(luck);
      for (TerritoryLuck& there : drawn) {
        const double own = scenario.rules[i].chance_per_territory ? uniform(luck) : shared;
        there.rules[period][i] = variant.rules_drawn_anew ? own
                                 : period == 0            ? own
                                                          : there.rules[0][i];
      }
    }
  }
  for (const std::size_t i : by_name(scenario.shocks)) {
    std::map<std::string, std::vector<double>> paths;
    for (std::size_t t = 0; t < drawn.size(); ++t) {
      const auto [path, is_new] = paths.try_emplace(sharing_key(scenario.shocks[i], t));
      if (is_new) path->second = draw_shock(scenario.shocks[i], scenario.calendar, luck, variant);
      drawn[t].shocks[i] = path->second;
    }
  }
  return drawn;
}

}  // namespace attain::testing
