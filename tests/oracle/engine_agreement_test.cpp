// The engine against the exact solver: every number that both know, in 1,000,000 replications of
// each reference scenario.

#include "support/oracle/changed_scenarios.hpp"
#include "support/oracle/compare_with_engine.hpp"
#include "support/oracle/reference_scenarios.hpp"

#include <attain/engine/simulate.hpp>

#include <fmt/format.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <iostream>
#include <vector>

namespace attain::oracle {

namespace {

#if defined(__SANITIZE_ADDRESS__)
// Many times slower, and here the numbers are not the point.
constexpr std::int64_t usual_replications = 20'000;
#else
constexpr std::int64_t usual_replications = 1'000'000;
#endif

void print(const Check& check) {
  std::cout << fmt::format("  z {:6.2f}  {}, {}\n", check.z, name_of(check.kind), check.what);
}

/// Simulates the scenarios with the seeds that follow `seed`, prints and asserts.
void expect_agreement(const std::vector<Scenario>& scenarios, std::int64_t replications,
                      std::uint64_t seed) {
  Agreement agreement(replications);
  for (const Scenario& scenario : scenarios) {
    const Plan plan = build_plan(scenario);
    SimulationOptions options;
    options.seed = ++seed;
    options.replications = replications;
    options.threads = 2;
    options.simd = best_simd_width();
    agreement.add(compare(scenario, plan, simulate(plan, options)));
  }

  const std::size_t checks = agreement.checks().size();
  const double bound = bound_for(checks);
  std::vector<Check> sorted = agreement.checks();
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Check& a, const Check& b) { return std::abs(a.z) > std::abs(b.z); });
  std::cout << fmt::format(
      "engine and exact solution: {} checks in {} scenarios of {} replications\n"
      "  right ones all stay below {:.2f} 99.9 % of the time; solver's error at most {:.3f} "
      "standard errors; largest:\n",
      checks, scenarios.size(), replications, bound, agreement.solver_error());
  for (std::size_t i = 0; i < 3; ++i) print(sorted[i]);
  const auto beyond =
      static_cast<std::size_t>(std::count_if(sorted.begin(), sorted.end(), [&](const Check& check) {
        return !(std::abs(check.z) < bound);
      }));
  for (std::size_t i = 3; i < std::min<std::size_t>(beyond, 40); ++i) print(sorted[i]);

  INFO(name_of(sorted.front().kind) << ", " << sorted.front().what);
  CHECK(beyond == 0);
  CHECK(agreement.solver_error() < 0.1);
  CHECK(checks > 1000);
}

}  // namespace

TEST_CASE("the engine agrees with the exact solution in all that it counts", "[oracle][engine]") {
  expect_agreement(reference_scenarios(), usual_replications, 0);
}

TEST_CASE(
    "the engine agrees with the exact solution where rules, shocks and uncertain numbers have one",
    "[oracle][engine]") {
  expect_agreement(changed_scenarios(), usual_replications, 200);
}

// Sees errors a quarter of the size, such as one unit of a comparison of 16 bits in daily steps.
TEST_CASE("the engine agrees with the exact solution on other luck, and more of it",
          "[.][slow][oracle][engine]") {
  expect_agreement(reference_scenarios(), 16 * usual_replications, 100);
  expect_agreement(changed_scenarios(), 16 * usual_replications, 300);
}

}  // namespace attain::oracle
