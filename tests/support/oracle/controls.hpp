#pragma once

#include "support/oracle/agreement.hpp"
#include "support/oracle/deal_law.hpp"

#include <attain/engine/outcomes.hpp>
#include <attain/model/scenario.hpp>
#include <attain/plan/plan.hpp>

#include <functional>
#include <set>
#include <string>
#include <vector>

namespace attain::oracle {

/// As many checks as no list here has, so that the bound is stricter than that of the agreement.
inline constexpr std::size_t many_checks = 10'000;

/// A wrong belief of what was simulated, which checks must notice.
struct Control {
  std::string error;
  std::vector<Kind> kinds;  ///< That have to notice it.
  std::function<void(Scenario&)> make_wrong;
  LawVariant variant = {};
};

struct Simulated {
  Scenario scenario;
  Plan plan;
  Outcomes outcomes;
};

/// 1,000,000 replications of the scenario of this name.
Simulated simulated(const std::string& name, const std::vector<Scenario>& scenarios);

/// Compares, prints and asserts; gathers the kinds that have had a control.
void expect_failures(const Simulated& right, const std::vector<Control>& controls,
                     std::set<Kind>& controlled);

}  // namespace attain::oracle
