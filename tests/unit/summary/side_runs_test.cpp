#include <attain/engine/simulate.hpp>
#include <attain/summary/side_runs.hpp>

#include "support/oracle/build_scenario.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace attain;
using namespace attain::oracle;

namespace {

constexpr double rate = 5;
constexpr double cv = 0.3;
constexpr double amount = 100;
constexpr int weeks = 4;

/// Leads that are won at once: bookings are a Poisson count times an amount.
Territory at_once(const std::string& name) {
  Territory made = territory(
      name, dollars(2'000),
      {stream("new", rate, {stage(1, Distribution::fixed(0))}, Distribution::fixed(amount))});
  return made;
}

/// Only East's rate is uncertain; North has both.
Scenario east_is_uncertain() {
  Territory east = at_once("East");
  Territory west = at_once("West");
  east.streams[0].leads_uncertain = 0;
  Scenario made = scenario("two", calendar(weeks, Step::week), {east, west});
  made.uncertain = {{"territories.East.leads_per_week", NumberLaw::lognormal(rate, cv)}};
  return made;
}

Summary with_side_runs(const Scenario& scenario, std::int64_t replications) {
  const Plan plan = build_plan(scenario);
  SimulationOptions options;
  options.replications = replications;
  Summary summary =
      summarize(scenario, plan, simulate(plan, options), expectations(scenario, plan));
  std::int64_t last = 0;
  options.progress = [&last](std::int64_t done) { last = std::max(last, done); };
  add_side_runs(summary, scenario, plan, options);
  CHECK(last <= side_replications(scenario, replications));
  return summary;
}

/// By how many standard errors an estimate with a 95 % interval is off.
double z_of(const Estimate& estimate, double truth) {
  return (estimate.value - truth) / ((estimate.high - estimate.value) / z_95);
}

}  // namespace

namespace {

/// P(at least n), N Poisson.
double poisson_reaches(double mean, int n) {
  double below = 0;
  double chance = std::exp(-mean);
  for (int k = 0; k < n; ++k) {
    below += chance;
    chance *= mean / (k + 1);
  }
  return 1 - below;
}

}  // namespace

TEST_CASE("Who makes quota would make it again with the same parameters, which are not drawn anew",
          "[unit][summary]") {
  const Summary summary = with_side_runs(east_is_uncertain(), 20'000);
  constexpr int wins = 20;
  constexpr int nodes = 4'000;
  const NumberLaw law = NumberLaw::lognormal(rate, cv);
  double mean = 0;
  double square = 0;
  for (int i = 0; i < nodes; ++i) {
    const double chance = poisson_reaches(weeks * law.quantile((i + 0.5) / nodes), wins);
    mean += chance / nodes;
    square += chance * chance / nodes;
  }
  const double west = poisson_reaches(weeks * rate, wins);
  // 250 draws measure the variance of the chance, .1, to about .006.
  CHECK(*summary.company.at_quota->repeat == Approx(square + west * west).margin(0.03));
  CHECK(*summary.company.at_quota->repeat > mean * mean + west * west + 0.05);
}

TEST_CASE("Luck and ignorance of a Poisson count with an uncertain rate are those of theory",
          "[unit][summary]") {
  const Summary summary = with_side_runs(east_is_uncertain(), 20'000);
  const double luck = amount * amount * rate * weeks;
  const double ignorance = std::pow(amount * weeks * rate * cv, 2);
  const Outlook& east = summary.territories[0].outlook;
  REQUIRE(east.uncertainty);
  CHECK(std::abs(z_of(east.uncertainty->luck, luck)) < 4);
  REQUIRE(east.uncertainty->ignorance);
  CHECK(std::abs(z_of(*east.uncertainty->ignorance, ignorance)) < 4);
  CHECK(east.uncertainty->attain->low < east.attain->probability);
  CHECK(east.uncertainty->attain->high > east.attain->probability);
  // The company has the luck of both.
  const Outlook& company = summary.company.outlook;
  CHECK(std::abs(z_of(company.uncertainty->luck, 2 * luck)) < 4);
  CHECK(std::abs(z_of(*company.uncertainty->ignorance, ignorance)) < 4);
}

TEST_CASE("The range of a chance is that of the chance given the rate", "[unit][summary]") {
  const Summary summary = with_side_runs(east_is_uncertain(), 20'000);
  // Quota is 20 of Poisson(20 x), x lognormal with mean 1 and this cv: at its 5 and 95 % quantiles
  // P(N >= 20) is .043 and .974. A beta distribution is not that law, and 250 draws are few.
  const ChanceRange& range = *summary.territories[0].outlook.uncertainty->attain;
  CHECK(range.low == Approx(0.043).margin(0.06));
  CHECK(range.high == Approx(0.974).margin(0.06));
}

TEST_CASE("Where nothing is uncertain no ignorance is looked for", "[unit][summary]") {
  const Summary summary = with_side_runs(east_is_uncertain(), 2'000);
  const Outlook& west = summary.territories[1].outlook;
  REQUIRE(west.uncertainty);
  CHECK_FALSE(west.uncertainty->ignorance);
  CHECK(west.uncertainty->attain->low == west.attain->probability);
  CHECK(west.uncertainty->attain->high == west.attain->probability);

  Scenario known = east_is_uncertain();
  known.uncertain.clear();
  known.territories[0].streams[0].leads_uncertain.reset();
  CHECK(side_replications(known, 2'000) == 0);
  const Summary without = with_side_runs(known, 2'000);
  CHECK_FALSE(without.company.outlook.uncertainty);
  CHECK_FALSE(without.without_shocks);
}

TEST_CASE("Without shocks the company is that of the scenario without them", "[unit][summary]") {
  Scenario shaken = east_is_uncertain();
  Shock economy;
  economy.name = "economy";
  economy.on.knob = Knob::leads;
  economy.sd = 0.3;
  economy.shared_by = Shock::SharedBy::all;
  shaken.shocks = {economy};
  const Summary with = with_side_runs(shaken, 4'000);
  const Summary calm = with_side_runs(east_is_uncertain(), 4'000);
  REQUIRE(with.without_shocks);
  CHECK(with.without_shocks->attain->count == calm.company.outlook.attain->count);
  CHECK(with.without_shocks->bookings.p10.value == calm.company.outlook.bookings.p10.value);
  CHECK(with.without_shocks->bookings.p90.value == calm.company.outlook.bookings.p90.value);
  // Shocks are luck: they widen it.
  CHECK(*with.company.outlook.bookings.mean.sd > 1.1 * *with.without_shocks->bookings.mean.sd);
  CHECK(with.company.outlook.uncertainty->luck.low > calm.company.outlook.uncertainty->luck.high);
}

TEST_CASE("Hours that are asked for are a share of those there are", "[unit][summary]") {
  Stage long_one = stage(1, Distribution::fixed(50));
  long_one.hours = 10;
  Territory busy =
      territory("Busy", dollars(100), {stream("new", 0, {long_one}, Distribution::fixed(1))},
                {counted(0, 2, 0.0)});
  busy.capacity = Capacity{.hours_per_week = 16, .selling_share = 0.5};
  const Summary summary =
      with_side_runs(scenario("busy", calendar(3, Step::week), {busy, at_once("Free")}), 1'000);
  // Two deals that stay, at 10 hours each where there are 8.
  const TerritorySummary& territory = summary.territories[0];
  REQUIRE(territory.utilization);
  CHECK(territory.utilization->p90 == Approx(2.5));
  CHECK(territory.utilization->mean == Approx(2.5));
  CHECK(*territory.outlook.weeks[0].utilization == Approx(2.5));
  CHECK_FALSE(summary.territories[1].utilization);
  CHECK_FALSE(summary.territories[1].outlook.weeks[0].utilization);
  CHECK_FALSE(summary.company.outlook.weeks[0].utilization);
}
