// The engine against the deal-by-deal simulation where luck is shared: shocks, uncertain numbers,
// effort and several periods, by week, by period and in the year.

#include "support/deal_by_deal_build.hpp"
#include "support/deal_by_deal_checks.hpp"
#include "support/deal_by_deal_tally.hpp"
#include "support/dynamic_scenarios.hpp"

#include <attain/engine/simulate.hpp>

#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>

namespace attain::testing {

namespace {

/// The engine's own error is then small beside that of the other.
constexpr std::int64_t times_as_many = 10;

oracle::Agreement engine_beside(const Scenario& believed, const DealTally& tally) {
  const Plan plan = build_plan(believed);
  SimulationOptions options;
  options.seed = 11;
  options.replications = times_as_many * tally.count();
  options.threads = 2;
  options.simd = best_simd_width();
  oracle::Agreement agreement = compare_with_outcomes(tally, plan, simulate(plan, options));
  if (believed.territories.size() == 1) return agreement;
  std::vector<std::vector<double>> bookings;
  for (const std::vector<std::int64_t>& cents : simulate_bookings(plan, options)) {
    std::vector<double>& units = bookings.emplace_back();
    for (const std::int64_t each : cents) units.push_back(static_cast<double>(each) / 100);
  }
  agreement.add(compare_covariances(tally, bookings));
  return agreement;
}

Scenario of_luck(const std::string& name) {
  for (Scenario& scenario : scenarios_of_luck()) {
    if (scenario.name.starts_with(name)) return std::move(scenario);
  }
  throw std::out_of_range("no scenario is called " + name);
}

void expect_luck_to_agree(std::int64_t replications, std::uint64_t seed) {
  for (const Scenario& scenario : scenarios_of_luck()) {
    const DealTally tally = simulate_deal_by_deal(scenario, replications, ++seed);
    expect_agreement(engine_beside(scenario, tally), "engine, " + scenario.name);
  }
}

/// What is to be compared with the deals of the right scenario.
using Compare = std::function<oracle::Agreement(const Scenario& wrong, const DealTally& right)>;

oracle::Agreement deals_beside(const Scenario& wrong, const DealTally& right) {
  return compare_tallies(right, simulate_deal_by_deal(wrong, right.count(), 122));
}

/// Whether each kind of error would be seen.
void expect_errors_to_be_seen(const Compare& compare) {
  std::map<std::string, DealTally> simulated;
  const auto control = [&](const std::string& name, const std::string& error,
                           const std::function<void(Scenario&)>& make_wrong) {
    const Scenario right = of_luck(name);
    if (!simulated.contains(name))
      simulated.emplace(name, simulate_deal_by_deal(right, 2 * usual_replications, 121));
    Scenario wrong = right;
    make_wrong(wrong);
    expect_failure(compare(wrong, simulated.at(name)), name + ": " + error);
  };
  const auto each_own = [](std::size_t shock) {
    return [shock](Scenario& s) { s.shocks[shock].shared_by = Shock::SharedBy::territory; };
  };
  control("shocks shared", "a fifth of the sd", [](Scenario& s) { s.shocks[0].sd *= 0.8; });
  control("shocks shared", "one economy each", each_own(0));
  control("shocks shared", "one mood each", each_own(1));
  control("shocks shared", "no persistence", [](Scenario& s) { s.shocks[1].persistence = 0; });
  control("shocks shared", "a steady pace", [](Scenario& s) { s.shocks.pop_back(); });
  control("two quarters", "the first quota throughout",
          [](Scenario& s) { s.territories[0].quotas[1] = s.territories[0].quotas[0]; });
  control("two quarters", "one long period", [](Scenario& s) { s.rules[0].when[0].low = 14; });
  for (const char* name : {"uncertain funnel", "uncertain stays", "uncertain hours", "everything"})
    control(name, "numbers at their means", [](Scenario& s) { s = at_means(s); });
  control("uncertain funnel", "an amount for each",
          [](Scenario& s) { s.uncertain[0].per_territory = true; });
  control("effort", "none", [](Scenario& s) { s.territories[0].effort.reset(); });
  control("effort", "nobody gives up", [](Scenario& s) { s.territories[0].effort->give_up = 0; });
  control("effort", "nobody coasts", [](Scenario& s) { s.territories[0].effort->coast = 0; });
  control("effort", "no bonus", [](Scenario& s) { s.territories[0].effort->bonus_pull = 0; });
  control("effort", "no goal", [](Scenario& s) { s.territories[0].effort->goal_gradient = 0; });
  control("effort and hours", "no effort", [](Scenario& s) { s.territories[0].effort.reset(); });
  control("short periods", "closed weeks of all periods", [](Scenario& s) {
    s.closed_weeks.resize(15);
    s.closed_weeks[12] = true;
  });
}

}  // namespace

TEST_CASE("deal by deal, what shocks, uncertain numbers, effort and periods do can be seen",
          "[.][slow][oracle][deal_by_deal]") {
  expect_errors_to_be_seen(deals_beside);
}

TEST_CASE("the engine with a wrong scenario differs from the deal-by-deal simulation",
          "[engine_luck][oracle][deal_by_deal]") {
  expect_errors_to_be_seen(engine_beside);
}

TEST_CASE("the engine differs from deal-by-deal simulations that do not begin periods anew",
          "[engine_luck][oracle][deal_by_deal]") {
  const auto control = [](const std::string& name, const std::string& error,
                          const DealVariant& variant) {
    const Scenario right = of_luck(name);
    const DealTally wrong = simulate_deal_by_deal(right, 2 * usual_replications, 123, variant);
    expect_failure(engine_beside(right, wrong), name + ": " + error);
  };
  control("two quarters", "state counts on", {.counts_start_anew = false});
  control("two quarters", "a rule drawn once", {.rules_drawn_anew = false});
  control("short periods", "rules drawn once", {.rules_drawn_anew = false});
  control("two quarters", "shocks drawn once", {.shocks_drawn_anew = false});
  control("short periods", "weekly shocks begin anew", {.shocks_run_on = false});
}

TEST_CASE(
    "the engine agrees with the deal-by-deal simulation in shocks, uncertain numbers, effort and "
    "periods",
    "[engine_luck][oracle][deal_by_deal]") {
  expect_luck_to_agree(usual_replications, 130);
}

TEST_CASE("the engine agrees with more of the deal-by-deal simulation of shared luck",
          "[.][slow][engine_luck][oracle][deal_by_deal]") {
  expect_luck_to_agree(10 * usual_replications, 150);
}

}  // namespace attain::testing
