// Each scenario that ships tells a story in its first comment; here is what the story claims.

#include "story.hpp"

#include <attain/summary/explain.hpp>
#include <attain/summary/side_runs.hpp>
#include <attain/summary/without_deal.hpp>

using namespace attain;
using namespace attain::story;

TEST_CASE("Seventeen account managers: the ordinary quarter looks like a bad one",
          "[unit][story]") {
  const Scenario scenario = shipped("seventeen-account-managers");
  REQUIRE(scenario.territories.size() == 17);
  const Summary summary = run(scenario);
  const Outlook& company = summary.company.outlook;
  const double forecast = company.forecast->units();
  CHECK(between(summary.company.at_quota->mean, 4.5, 5.5));
  CHECK(between(summary.lowest->mean, 0.26, 0.32));
  CHECK(between(company.bookings.mean.mean / forecast, 0.90, 0.94));
  CHECK(between(forecast / company.quota->units(), 0.88, 0.92));
  // Fewer than two of the five would make it again, and the lowest is not always the same.
  CHECK(*summary.company.at_quota->repeat < 2);
  for (const TerritorySummary& territory : summary.territories) {
    CHECK(territory.lowest->probability < 0.5);
    CHECK(between(*territory.outlook.attainment(), 0.53, 1.20));
  }
}

TEST_CASE("Seventeen account managers: chances are only as sure as the rates", "[unit][story]") {
  const Scenario scenario = shipped("seventeen-account-managers");
  const Plan plan = build_plan(scenario);
  const SimulationOptions options = options_of(scenario);
  Summary summary =
      summarize(scenario, plan, simulate(plan, options), expectations(scenario, plan));
  add_side_runs(summary, scenario, plan, options);
  for (const TerritorySummary& territory : summary.territories) {
    INFO(territory.outlook.name);
    const double p = chance(territory.outlook);
    const Uncertainty& known = territory.outlook.uncertainty.value();
    CHECK(known.attain->low < p);
    CHECK(p < known.attain->high);
    // 10 to 20 points either way for chances that are not small.
    if (p > 0.3) {
      CHECK(between(p - known.attain->low, 0.08, 0.2));
      CHECK(between(known.attain->high - p, 0.08, 0.2));
    }
    // One quarter is mostly luck; what is not known of the seat is the smaller part.
    CHECK(known.luck.value > 3 * known.ignorance.value().value);
  }
  // Of the company, in which luck averages out and the win rate of all does not, it is a good part.
  const Uncertainty& company = summary.company.outlook.uncertainty.value();
  CHECK(between(company.ignorance.value().value / company.luck.value, 0.25, 0.65));
  const WithoutShocks& calm = summary.without_shocks.value();
  CHECK(*summary.company.outlook.bookings.mean.sd > 1.02 * *calm.bookings.mean.sd);
  CHECK(calm.bookings.mean.mean == Approx(company_bookings(summary)).epsilon(0.01));
}

TEST_CASE("Seventeen identical seats give nearly the same picture by luck alone", "[unit][story]") {
  const Scenario scenario = shipped("seventeen-identical");
  REQUIRE(scenario.territories.size() == 17);
  for (const Territory& territory : scenario.territories) {
    CHECK(territory.quota == scenario.territories[0].quota);
    CHECK(territory.streams[0].leads_per_week == scenario.territories[0].streams[0].leads_per_week);
    CHECK(territory.open.size() == scenario.territories[0].open.size());
  }
  const Summary identical = run(scenario);
  const Summary managers = run(shipped("seventeen-account-managers"));
  // Each lies where 8 of 10 quarters of the other do.
  const auto within = [](const Summary& one, const Summary& other) {
    return between(one.company.at_quota->mean, static_cast<double>(other.company.at_quota->p10),
                   static_cast<double>(other.company.at_quota->p90)) &&
           between(one.lowest->mean, other.lowest->p10, other.lowest->p90);
  };
  CHECK(within(identical, managers));
  CHECK(within(managers, identical));
  CHECK(managers.identical_seats->same_picture);
  CHECK(identical.identical_seats->same_picture);
}

TEST_CASE("Three times coverage is too much for one team and too little for the other",
          "[unit][story]") {
  const Scenario scenario = shipped("coverage-three-times");
  SimulationOptions options = options_of(scenario);
  const auto coverage_for_80 = [&](std::size_t territory) {
    const Explanation explanation = explain(scenario, territory, options);
    const WhatItTakes& takes = explanation.takes.back();
    REQUIRE(takes.target == Approx(0.8));
    REQUIRE(takes.pipeline == Reach::reachable);
    return takes.day_one.value / scenario.territories[territory].quota->units();
  };
  CHECK(between(coverage_for_80(0), 1.4, 1.7));
  CHECK(between(coverage_for_80(1), 3.3, 3.9));
}

TEST_CASE("A team with three times coverage hears that half of it is enough", "[unit][story]") {
  Scenario scenario = shipped("coverage-three-times");
  Territory& enterprise = scenario.territories[0];
  REQUIRE(enterprise.open[1].count == 12);
  enterprise.open[1].count = 34;
  const Explanation explanation = explain(scenario, 0, options_of(scenario));
  const double quota = enterprise.quota->units();
  CHECK(explanation.attain->probability > 0.95);
  CHECK(between(explanation.arithmetic.pipeline / quota, 2.9, 3.1));
  const WhatItTakes& takes = explanation.takes.back();
  CHECK(takes.pipeline == Reach::there);
  CHECK_FALSE(takes.met_by_rest);
  CHECK(between(takes.day_one.value / quota, 1.3, 1.8));
  CHECK(takes.day_one.low <= takes.day_one.value);
  CHECK(*takes.day_one.high >= takes.day_one.value);
}

TEST_CASE("The biggest deal carries half of its territory's chance", "[unit][story]") {
  const Scenario scenario = shipped("biggest-deal");
  const auto places = find_deals(scenario, "Puerto Grande");
  REQUIRE(places.size() == 1);
  const LostDeal lost = without_deal(scenario, places[0], options_of(scenario));
  const LostDealEffect& territory = lost.effects.front();
  const LostDealEffect& company = lost.effects.back();
  CHECK(territory.without->probability < territory.with->probability / 2);
  CHECK(territory.change->high < company.change->low);
  CHECK(company.change->high < 0);
}

TEST_CASE("The starter's chances are worth talking about", "[unit][story]") {
  const Summary summary = run(shipped("starter"));
  for (const TerritorySummary& territory : summary.territories) {
    CHECK(between(territory.outlook.attain->probability, 0.05, 0.95));
  }
}

TEST_CASE("Mid quarter: the board's sum is expected, and no promise", "[unit][story]") {
  const Scenario scenario = shipped("mid-quarter");
  const Summary summary = run(scenario);
  const Outlook& company = summary.company.outlook;
  REQUIRE(summary.categories == std::vector<std::string>{"commit", "best case"});
  const RollUp& board = company.roll_up;
  const double commit = board.booked.units() + board.categories[0];
  CHECK(board.booked == Money{39'200'000});
  CHECK(commit == Approx(880'000));
  CHECK(commit + board.categories[1] == Approx(company.quota->units()));
  CHECK(between(company.attain->probability, 0.35, 0.45));
  CHECK(between(*company.attainment(), 0.95, 1.0));
  CHECK(between(company.bookings.p20.value, 1'015'000, 1'045'000));
  CHECK(company.bookings.p10.value > commit);
  CHECK(summary.company.sum_of_quotas.units() ==
        Approx(1.0667 * company.quota->units()).epsilon(0.001));
  for (const TerritorySummary& territory : summary.territories) {
    CHECK(between(territory.outlook.attain->probability, 0.05, 0.95));
  }
  Scenario without_relief = scenario;
  Territory& ohio = without_relief.territories[0];
  REQUIRE(ohio.relief);
  ohio.quota = ohio.relief->before;
  ohio.relief.reset();
  const Summary other = run(without_relief);
  CHECK(between(summary.territories[0].outlook.attain->probability, 0.37, 0.43));
  CHECK(between(other.territories[0].outlook.attain->probability, 0.14, 0.18));
  CHECK(other.company.outlook.attain->count == company.attain->count);
}

TEST_CASE("Mid quarter: every owner has something to compare with", "[unit][story]") {
  const Scenario scenario = shipped("mid-quarter");
  const auto all = explain(scenario, 0, options_of(scenario)).expectations;
  REQUIRE(all.size() == 6);
  CHECK(all[0].owner == "marketing");
  CHECK(all[0].weeks.back().mean == Approx(4 * 8).epsilon(0.01));
  CHECK(all[1].owner == "inside sales");
  CHECK(all[1].what == "meeting");
  CHECK(all[4].what == "wins");
  CHECK(all[5].what == "bookings");
}

TEST_CASE("Renewals: slips cost as much as customers who leave", "[unit][story]") {
  const Scenario scenario = shipped("renewals");
  double leaving = 0;
  double late = 0;
  const Plan plan = build_plan(scenario);
  for (std::size_t i = 0; i < scenario.territories.size(); ++i) {
    const TerritoryArithmetic numbers = arithmetic(scenario, plan, i);
    for (const OpenDealsExpectation& row : numbers.open) {
      REQUIRE(row.dated);
      leaving += row.count * row.amount * (1 - row.win_ever);
      late += row.count * row.amount * (row.win_ever - row.win_in_period);
    }
  }
  CHECK(between(leaving, 112'000, 124'000));
  CHECK(between(late, 112'000, 128'000));
  const Summary summary = run(scenario);
  CHECK(summary.company.outlook.roll_up.pipeline + summary.company.outlook.roll_up.categories[0] +
            summary.company.outlook.roll_up.categories[1] ==
        Approx(1'030'000));
  CHECK(between(summary.company.outlook.attain->probability, 0.33, 0.43));
  for (const TerritorySummary& territory : summary.territories) {
    CHECK(between(territory.outlook.attain->probability, 0.05, 0.95));
  }
  Scenario on_time = scenario;
  for (Territory& territory : on_time.territories) {
    for (OpenDeals& open : territory.open) open.due->slip_chance = 0;
  }
  CHECK(between(run(on_time).company.outlook.attain->probability, 0.75, 0.85));
  const LostDeal lost = without_deal(scenario, find_deals(scenario, "Lorelei Shipping").front(),
                                     options_of(scenario));
  CHECK(lost.effects.front().without->probability < 0.01);
}
