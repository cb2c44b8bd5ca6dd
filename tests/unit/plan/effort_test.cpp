#include "plan/effort.hpp"
#include "plan/passage.hpp"
#include "support/oracle/build_scenario.hpp"
#include "support/oracle/reference_scenarios.hpp"

#include <attain/engine/simulate.hpp>
#include <attain/plan/expectations.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using namespace attain;
using namespace attain::oracle;
using D = Distribution;

namespace {

Effort some_effort() {
  Effort effort;
  effort.bonus_pull = 0.1;
  return effort;
}

EffortPlan effort_of(const Scenario& made, const Plan& plan, std::size_t index = 0,
                     KnownWinTables* known = nullptr) {
  Territory territory = made.territories[index];
  territory.effort = some_effort();
  if (!territory.quota) territory.quota = dollars(1);
  const auto effort = effort_plan(plan, plan.territories[index], territory, known);
  REQUIRE(effort);
  return *effort;
}

double chance(const WinTable& table, int left, int clock) {
  const auto row = static_cast<std::size_t>(left) * static_cast<std::size_t>(table.last + 1);
  return table.chances[row + static_cast<std::size_t>(std::min(clock, table.last))];
}

/// What is to come on day one, in cents and their square, from tables and numbers of deals.
Worth to_come(const Plan& plan, const TerritoryPlan& territory, const EffortPlan& effort) {
  Worth sum = effort.new_leads[static_cast<std::size_t>(plan.steps_left(0))];
  const auto add = [&](double deals, double wins, const Worth& amount) {
    const double second = amount.variance + amount.mean * amount.mean;
    sum.mean += deals * wins * amount.mean;
    sum.variance += deals * (wins * second - std::pow(wins * amount.mean, 2));
  };
  for (std::size_t f = 0; f < territory.flows.size(); ++f) {
    const FlowPlan& flow = territory.flows[f];
    for (std::size_t i = 0; i < flow.open.size(); ++i) {
      const WinTable& table = *effort.flows[f].open[i];
      add(flow.open[i].count, flow.stream ? chance(table, plan.steps_left(0), 0) : table.chances[0],
          effort.flows[f].amount);
    }
  }
  for (std::size_t i = 0; i < territory.named.size(); ++i) {
    const WinTable& table = *effort.named[i].wins;
    const bool dated = !territory.flows[territory.named[i].flow].stream;
    add(1, dated ? table.chances[0] : chance(table, plan.steps_left(0), 0), effort.named[i].amount);
  }
  return sum;
}

Scenario funnel_of_two(Calendar period) {
  Stream made = stream(
      "new", 3, {stage(0.5, D::lognormal(2, 0.8)), stage(0.6, D::fixed(2.5), D::gamma(4, 2))},
      D::lognormal(1000, 0.5));
  made.enter = {0.75, 0.25};
  return scenario("two stages", period,
                  {territory("T", dollars(20'000), {made},
                             {counted(0, 4), counted(1, 3, 1.5), named("Acme", 0, 3.0)})});
}

}  // namespace

TEST_CASE("What is to come on day one has the mean of the closed forms", "[unit][effort]") {
  for (const Scenario& made : reference_scenarios()) {
    const Plan plan = build_plan(made);
    const auto expected = expectations(made, plan);
    for (std::size_t i = 0; i < made.territories.size(); ++i) {
      INFO(made.name << ", " << made.territories[i].name);
      const Worth coming = to_come(plan, plan.territories[i], effort_of(made, plan, i));
      const double closed_form = expected[i].bookings - made.territories[i].booked.units();
      CHECK(coming.mean / 100 == Approx(closed_form).epsilon(2e-6).margin(1e-6));
    }
  }
}

TEST_CASE("What is to come on day one varies as bookings do", "[unit][effort]") {
  for (Scenario made : reference_scenarios()) {
    const Plan plan = build_plan(made);
    SimulationOptions options;
    options.seed = 3;
    options.replications = 50'000;
    options.simd = best_simd_width();
    const auto bookings = simulate_bookings(plan, options);
    for (std::size_t i = 0; i < made.territories.size(); ++i) {
      INFO(made.name << ", " << made.territories[i].name);
      const Worth coming = to_come(plan, plan.territories[i], effort_of(made, plan, i));
      const auto n = static_cast<double>(bookings[i].size());
      double mean = 0;
      for (const std::int64_t cents : bookings[i]) mean += static_cast<double>(cents) / n;
      double second = 0;
      double fourth = 0;
      for (const std::int64_t cents : bookings[i]) {
        const double square = std::pow(static_cast<double>(cents) - mean, 2);
        second += square / n;
        fourth += square * square / n;
      }
      // Amounts are rounded to cents: half a cent squared for each win, and what it is in variance.
      const double error = std::sqrt((fourth - second * second) / n) + 1;
      CHECK(std::abs(second - coming.variance) < 4.5 * error);
    }
  }
}

TEST_CASE("A chance to win by clock and steps left is that of the passage through the funnel",
          "[unit][effort]") {
  for (const Step step : {Step::week, Step::day}) {
    const Scenario made = funnel_of_two(calendar(13, step));
    const Plan plan = build_plan(made);
    const EffortPlan effort = effort_of(made, plan);
    const TerritoryPlan& territory = plan.territories[0];
    const FlowPlan& flow = territory.flows[0];
    Passages passages(plan);
    const auto agrees = [&](const WinTable& table, std::size_t stage, LawIndex law) {
      const auto if_still_here = passages.win_if_still_here(flow, stage, law);
      for (int clock = 0; clock <= table.last; ++clock) {
        const double wins = if_still_here[static_cast<std::size_t>(clock)];
        CHECK(chance(table, plan.steps - clock, clock) == Approx(wins).margin(1e-6));
      }
    };
    for (std::size_t s = 0; s < flow.stages.size(); ++s) {
      const WinTable& table = *effort.flows[0].stages[s];
      agrees(table, s, flow.stages[s].law);
      const std::vector<double>& within = passages.win_within(flow, s);
      for (int left = 0; left <= plan.steps; ++left) {
        CHECK(chance(table, left, 0) ==
              Approx(within[static_cast<std::size_t>(left)]).margin(1e-6));
      }
    }
    for (std::size_t i = 0; i < flow.open.size(); ++i) {
      agrees(*effort.flows[0].open[i], flow.open[i].stage, flow.open[i].law);
    }
    agrees(*effort.named[0].wins, territory.named[0].stage, territory.named[0].law);
  }
}

TEST_CASE("Chances to win end with the period", "[unit][effort]") {
  Calendar two_quarters = calendar(13, Step::week);
  two_quarters.periods = 2;
  two_quarters.steps_done = 3;
  const Scenario made =
      scenario("two quarters", two_quarters,
               {territory("T", dollars(1'000),
                          {stream("new", 1, {stage(0.4, D::exponential(2))}, D::fixed(100))},
                          {named("aged", 0, 1.0), due("soon", 5 * 7 + 1, 0.8, dollars(10)),
                           due("later", 14 * 7, 0.7, dollars(10))})});
  const Plan plan = build_plan(made);
  const EffortPlan effort = effort_of(made, plan);
  // An exponential stay has no memory: the same whatever the clock, in either quarter.
  for (int left = 0; left <= 13; ++left) {
    for (const int clock : {0, 7, 15, 22}) {
      CHECK(chance(*effort.named[0].wins, left, clock) ==
            Approx(0.4 * (1 - std::exp(-left / 2.0))).margin(1e-6));
    }
  }
  // Day one is in week 4: ten steps of the first quarter, then the second one.
  const std::vector<float>& soon = effort.named[1].wins->chances;
  const std::vector<float>& later = effort.named[2].wins->chances;
  REQUIRE(later.size() == 23);
  CHECK(soon[0] == Approx(0.8));
  CHECK(later[9] == 0);
  CHECK(later[10] == Approx(0.7));
}

TEST_CASE("Deals of equal laws and equal rests share a table, in all territories",
          "[unit][effort]") {
  Scenario made = funnel_of_two(calendar(13, Step::week));
  Territory other = made.territories[0];
  other.name = "U";
  other.streams.push_back(other.streams[0]);
  other.streams[1].name = "dearer";
  other.streams[1].funnel.amount = D::fixed(5000);
  made.territories.push_back(other);
  const Plan plan = build_plan(made);
  KnownWinTables known;
  const EffortPlan first = effort_of(made, plan, 0, &known);
  const EffortPlan second = effort_of(made, plan, 1, &known);
  CHECK(first.flows[0].stages == second.flows[0].stages);
  CHECK(second.flows[0].stages == second.flows[1].stages);
  CHECK(first.named[0].wins == second.named[0].wins);
  CHECK(first.flows[0].stages[0] != first.flows[0].stages[1]);
  CHECK(first.flows[0].open[0] != first.flows[0].stages[0]);
}

TEST_CASE("What is certain to the cent has no variance and its exact worth", "[unit][effort]") {
  Scenario made = scenario("certain", calendar(4, Step::week),
                           {territory("T", dollars(1), {},
                                      {due("Acme", 20, 1, Money{12'345'678'901'23}),
                                       renewals(3, 10, 1, D::fixed(0.07))})});
  const Plan plan = build_plan(made);
  const Worth coming = to_come(plan, plan.territories[0], effort_of(made, plan));
  CHECK(coming.mean == 12'345'678'901'23.0 + 21);
  CHECK(coming.variance == 0);
}

TEST_CASE("Nothing answers without effort, without any strength or without a quota",
          "[unit][effort]") {
  Scenario made = funnel_of_two(calendar(13, Step::week));
  const Plan plan = build_plan(made);
  Territory& territory = made.territories[0];
  const auto answers = [&] {
    return effort_plan(plan, plan.territories[0], territory).has_value();
  };
  CHECK_FALSE(answers());
  territory.effort = Effort{};
  CHECK_FALSE(answers());
  territory.effort = some_effort();
  CHECK(answers());
  territory.quota.reset();
  CHECK_FALSE(answers());
}

TEST_CASE("Whether people give up is asked of z, and the pull is a bell over it",
          "[unit][effort]") {
  Scenario made = funnel_of_two(calendar(13, Step::week));
  const Plan plan = build_plan(made);
  Territory& territory = made.territories[0];
  const auto with = [&](double below) {
    territory.effort = some_effort();
    territory.effort->give_up_below = below;
    return *effort_plan(plan, plan.territories[0], territory);
  };
  CHECK(with(0.1).give_up_below == Approx(-1.2815515655).epsilon(1e-7));
  CHECK(with(0.75).give_up_below == Approx(0.6744897502).epsilon(1e-7));
  CHECK(with(0).give_up_below == -std::numeric_limits<double>::infinity());
  const std::vector<float> bell = with(0.1).bell;
  REQUIRE(bell.size() == 514);
  CHECK(bell[0] == 1);
  CHECK(bell[64] == Approx(std::exp(-0.5)).epsilon(1e-7));
  CHECK(bell[512] == Approx(std::exp(-32.0)).epsilon(1e-7));
  CHECK(bell[513] == 0);
}
