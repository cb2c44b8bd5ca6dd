// The deal-by-deal simulation against the exact solver, without rules.

#include "support/deal_by_deal_checks.hpp"
#include "support/deal_by_deal_tally.hpp"
#include "support/oracle/reference_scenarios.hpp"

#include <catch2/catch.hpp>
#include <functional>

namespace attain::testing {

namespace {

using namespace attain::oracle;

Scenario reference(const std::string& name) {
  for (Scenario& scenario : reference_scenarios()) {
    if (scenario.name == name) return std::move(scenario);
  }
  throw std::out_of_range("no reference scenario is called " + name);
}

Stage& second_stage(Scenario& scenario) {
  return scenario.territories[0].streams[0].funnel.stages[1];
}

void expect_references_to_agree(std::int64_t replications, std::uint64_t seed) {
  for (const Scenario& scenario : reference_scenarios()) {
    // 400 leads a week would take as long as all others.
    if (scenario.name == "many leads") continue;
    const bool daily = scenario.calendar.step == Step::day;
    const DealTally tally =
        simulate_deal_by_deal(scenario, daily ? replications / 4 : replications, ++seed);
    expect_agreement(compare_with_solver(tally, scenario), scenario.name);
  }
}

}  // namespace

TEST_CASE("deal by deal, scenarios without rules agree with the exact solution",
          "[oracle][deal_by_deal]") {
  expect_references_to_agree(usual_replications, 0);
}

TEST_CASE("deal by deal, scenarios without rules agree with the exact solution on more luck",
          "[.][slow][oracle][deal_by_deal]") {
  expect_references_to_agree(10 * usual_replications, 100);
}

TEST_CASE("a slightly wrong law does not agree with what was simulated deal by deal",
          "[oracle][deal_by_deal]") {
  const auto control = [](const std::string& name, const std::string& error,
                          const std::function<void(Scenario&)>& make_wrong,
                          LawVariant variant = {}) {
    const Scenario right = reference(name);
    Scenario wrong = right;
    make_wrong(wrong);
    expect_failure(
        compare_with_solver(simulate_deal_by_deal(right, usual_replications, 99), wrong, variant),
        name + ": " + error);
  };
  const auto forget_ages = [](Scenario& s) {
    for (OpenDeals& open : s.territories[0].open) open.weeks_in_stage.reset();
  };
  control("C1, weekly steps", "no random phase", [](Scenario&) {}, {.random_phase = false});
  control("C1, weekly steps", "advance +3 %", [](Scenario& s) { second_stage(s).advance *= 1.03; });
  control("open deals by age", "ages ignored", forget_ages);
  control("stays that differ by outcome", "stays do not differ",
          [](Scenario& s) { second_stage(s).weeks_to_lost = second_stage(s).weeks_to_advance; });
  control("renewals", "no slips", [](Scenario& s) {
    for (OpenDeals& open : s.territories[0].open) {
      if (open.due) open.due->slip_chance = 0;
    }
  });
}

}  // namespace attain::testing
