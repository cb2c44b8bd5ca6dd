#pragma once

#include "support/build_rules.hpp"

#include <attain/model/scenario.hpp>

#include <string>
#include <utility>
#include <vector>

namespace attain::testing {

/// Small builders for shocks, uncertain numbers and periods, beside those of build_rules.hpp.

inline Shock& add_shock(Scenario& scenario, std::string name, KnobOf on, double sd,
                        Shock::SharedBy shared_by = Shock::SharedBy::territory) {
  Shock shock;
  shock.name = std::move(name);
  shock.on = std::move(on);
  shock.sd = sd;
  shock.shared_by = shared_by;
  scenario.shocks.push_back(std::move(shock));
  return scenario.shocks.back();
}

inline void make_weekly(Shock& shock, double persistence) {
  shock.per = Shock::Per::week;
  shock.persistence = persistence;
}

inline void share_by(Shock& shock, std::string attribute, std::vector<std::string> group) {
  shock.shared_by = Shock::SharedBy::attribute;
  shock.attribute = std::move(attribute);
  shock.group = std::move(group);
}

/// The index by which places in the scenario name it.
inline std::size_t add_number(Scenario& scenario, std::string name, const NumberLaw& law,
                              bool per_territory = false) {
  scenario.uncertain.push_back({std::move(name), law, per_territory});
  return scenario.uncertain.size() - 1;
}

/// Periods of so many weeks, the first one from its beginning.
inline Calendar periods_of(int periods, int weeks, Step step = Step::week) {
  Calendar made = oracle::calendar(weeks, step);
  made.periods = periods;
  return made;
}

inline void set_quotas(Territory& territory, std::vector<std::int64_t> units, int current = 0) {
  for (const std::int64_t each : units) territory.quotas.emplace_back(oracle::dollars(each));
  territory.quota = territory.quotas[static_cast<std::size_t>(current)];
}

}  // namespace attain::testing
