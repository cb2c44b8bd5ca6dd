#include "support/oracle/controls.hpp"

#include "support/oracle/compare_with_engine.hpp"

#include <attain/engine/simulate.hpp>

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <cmath>
#include <iostream>
#include <stdexcept>

namespace attain::oracle {

Simulated simulated(const std::string& name, const std::vector<Scenario>& scenarios) {
  for (const Scenario& scenario : scenarios) {
    if (scenario.name != name) continue;
    Plan plan = build_plan(scenario);
    SimulationOptions options;
    options.seed = 1;
    options.replications = 1'000'000;
    options.threads = 2;
    options.simd = best_simd_width();
    Outcomes outcomes = simulate(plan, options);
    return {scenario, std::move(plan), std::move(outcomes)};
  }
  throw std::out_of_range("no scenario is called " + name);
}

void expect_failures(const Simulated& right, const std::vector<Control>& controls,
                     std::set<Kind>& controlled) {
  const double bound = bound_for(many_checks);
  for (const Control& control : controls) {
    Scenario believed = right.scenario;
    control.make_wrong(believed);
    const Agreement found = compare(believed, right.plan, right.outcomes, control.variant);
    for (const Kind kind : control.kinds) {
      const Check worst = found.worst(kind);
      std::cout << fmt::format("control: z {:7.1f}  {} ({}: {})\n", worst.z, name_of(kind),
                               right.scenario.name, control.error);
      INFO(name_of(kind) << ": " << control.error);
      CHECK(std::abs(worst.z) > bound);
      controlled.insert(kind);
    }
  }
}

}  // namespace attain::oracle
