#include "support/oracle/build_scenario.hpp"
#include "support/oracle/reference_scenarios.hpp"

#include <attain/engine/simulate.hpp>
#include <attain/plan/arithmetic.hpp>
#include <attain/plan/expectations.hpp>

#include <catch2/catch.hpp>

#include <cmath>

using namespace attain;
using attain::oracle::calendar;
using attain::oracle::canonical_amounts;
using attain::oracle::canonical_stages;
using attain::oracle::counted;
using attain::oracle::dollars;
using attain::oracle::due;
using attain::oracle::named;
using attain::oracle::reference_scenarios;
using attain::oracle::renewals;
using attain::oracle::scenario;
using attain::oracle::slipping;
using attain::oracle::stage;
using attain::oracle::stream;
using attain::oracle::territory;
using D = Distribution;

namespace {

/// C1's funnel with activities, and deals of each kind in the pipeline.
Scenario with_activities(Step step) {
  Stream made = stream("new", 6, canonical_stages(), canonical_amounts());
  made.enter = {0.8, 0.2, 0};
  made.funnel.pipeline_from = 1;
  made.funnel.stages[0].activities = {{"call", 2, 0}};
  made.funnel.stages[1].activities = {{"meeting", 1, 0.5}, {"call", 0, 1}};
  made.funnel.stages[2].activities = {{"meeting", 3, 0}};
  OpenDeals priced = counted(2, 2, 1.5);
  priced.amount = dollars(50'000);
  return scenario("activities", calendar(13, step),
                  {territory("T", dollars(150'000), {made},
                             {counted(0, 4), named("Acme", 1, 2.0, dollars(80'000)), priced,
                              counted(1, 3, 0.5), named("Borealis", 2, {})})});
}

}  // namespace

TEST_CASE("the products of new and open deals sum to the expectations", "[unit][arithmetic]") {
  for (const Scenario& made : reference_scenarios()) {
    INFO(made.name);
    const Plan plan = build_plan(made);
    const auto closed = expectations(made, plan);
    for (std::size_t i = 0; i < made.territories.size(); ++i) {
      const TerritoryArithmetic parts = arithmetic(made, plan, i);
      CHECK(parts.booked == made.territories[i].booked.units());
      double bookings = parts.booked;
      double wins = 0;
      for (const NewDeals& row : parts.new_deals) {
        double expected = row.leads * row.share_in_time * row.amount;
        for (const double advance : row.advance) expected *= advance;
        CHECK(expected == Approx(row.bookings).margin(1e-9));
        // Rounding of thresholds may lift a certainty by some 1e-9.
        CHECK(row.share_in_time <= 1 + 1e-8);
        bookings += row.bookings;
        wins += row.wins;
      }
      for (const OpenDealsExpectation& row : parts.open) {
        CHECK(row.win_in_period <= row.win_ever + 1e-7);
        bookings += row.bookings;
        wins += row.count * row.win_in_period;
      }
      CHECK(bookings == Approx(closed[i].bookings));
      CHECK(wins == Approx(closed[i].wins));
    }
  }
}

TEST_CASE("open deals keep their order, their stage's chance and their amount",
          "[unit][arithmetic]") {
  const Scenario made = with_activities(Step::week);
  const TerritoryArithmetic parts = arithmetic(made, build_plan(made), 0);
  REQUIRE(parts.open.size() == 5);
  CHECK(parts.open[1].deal == "Acme");
  CHECK(parts.open[1].amount == 80'000);
  CHECK(parts.open[2].amount == 50'000);
  CHECK(parts.open[2].amount_is_stated);
  CHECK(parts.open[3].amount == Approx(20'000));
  CHECK_FALSE(parts.open[0].in_pipeline);
  // Acme, two at 50k, three and Borealis at the mean.
  CHECK(parts.pipeline == Approx(80'000 + 100'000 + 4 * 20'000));
  // Exponential stays: the chance depends on the stage alone.
  CHECK(parts.open[1].win_in_period == Approx(parts.open[3].win_in_period).epsilon(1e-6));
  CHECK(parts.open[2].win_in_period == Approx(parts.open[4].win_in_period).epsilon(1e-6));
}

TEST_CASE("dated deals have a row each, outside of all streams", "[unit][arithmetic]") {
  Scenario made = with_activities(Step::week);
  made.territories[0].booked = dollars(12'345);
  std::vector<OpenDeals>& open = made.territories[0].open;
  open.insert(open.begin(),
              slipping(renewals(14, {}, 0.8, D::gamma(6'000, 0.4)), 0.5, D::fixed(90)));
  open.push_back(due("Dated", 90, 0.7, dollars(60'000)));
  open.push_back(due("Late", 91, 0.7, dollars(60'000)));
  const TerritoryArithmetic parts = arithmetic(made, build_plan(made), 0);
  REQUIRE(parts.open.size() == 8);
  CHECK(parts.booked == 12'345);
  CHECK(parts.open[0].dated);
  CHECK(parts.open[0].count == 14);
  CHECK(parts.open[0].amount == 6'000);
  CHECK_FALSE(parts.open[0].amount_is_stated);
  CHECK(parts.open[0].in_pipeline);
  CHECK(parts.open[0].win_in_period == Approx(0.4).margin(1e-6));
  CHECK(parts.open[0].win_ever == 0.8);
  CHECK(parts.open[0].bookings == Approx(14 * 0.4 * 6'000).epsilon(1e-6));
  CHECK_FALSE(parts.open[1].dated);
  CHECK(parts.open[6].deal == "Dated");
  CHECK(parts.open[6].amount_is_stated);
  CHECK(parts.open[6].win_in_period == Approx(0.7).margin(1e-8));
  CHECK(parts.open[7].win_in_period == 0);
  CHECK(parts.open[7].win_ever == 0.7);
  made.territories[0].open.erase(open.end() - 2, open.end());
  made.territories[0].open.erase(open.begin());
  const double staged = arithmetic(made, build_plan(made), 0).pipeline;
  CHECK(parts.pipeline == Approx(staged + 14 * 6'000 + 2 * 60'000));
}

TEST_CASE("weeks in part weigh the days that are left of them", "[unit][arithmetic]") {
  Scenario made = with_activities(Step::day);
  made.calendar = oracle::calendar_from(87, 38, Step::day);
  const TerritoryArithmetic parts = arithmetic(made, build_plan(made), 0);
  const std::vector<double>& in_time = parts.in_time_by_week[0];
  REQUIRE(in_time.size() == 8);
  double share = 0;
  // Of 49 days four are in the first week and three in the last one.
  for (std::size_t week = 0; week < 8; ++week) {
    share += in_time[week] * (week == 0 ? 4 : week == 7 ? 3 : 7) / 49;
  }
  double wins = 0;
  double ever = 0;
  for (const NewDeals& row : parts.new_deals) {
    wins += row.wins;
    ever += row.wins / row.share_in_time;
  }
  CHECK(share == Approx(wins / ever).epsilon(1e-9));
}

TEST_CASE("like entries of the pipeline keep a row each", "[unit][arithmetic]") {
  Scenario made = with_activities(Step::week);
  Territory& place = made.territories[0];
  place.open = {counted(0, 4), counted(1, 2, 3.0), counted(0, 1), counted(1, 5),
                counted(1, 1, 3.001)};
  const TerritoryArithmetic parts = arithmetic(made, build_plan(made), 0);
  REQUIRE(parts.open.size() == 5);
  CHECK(parts.open[2].win_in_period == parts.open[0].win_in_period);
  CHECK(parts.open[4].win_in_period == parts.open[1].win_in_period);
  double bookings = 0;
  for (const OpenDealsExpectation& row : parts.open) bookings += row.bookings;
  for (const NewDeals& row : parts.new_deals) bookings += row.bookings;
  CHECK(bookings == Approx(expectations(made, build_plan(made))[0].bookings));
}

TEST_CASE("expected activities are those that the engine counts", "[unit][arithmetic]") {
  Scenario resumed = with_activities(Step::day);
  resumed.calendar = oracle::calendar_from(87, 38, Step::day);
  resumed.territories[0].open.push_back(renewals(5, {}, 0.8, D::fixed(1)));
  for (const Scenario& made : {with_activities(Step::week), with_activities(Step::day), resumed}) {
    const Plan plan = build_plan(made);
    const TerritoryArithmetic parts = arithmetic(made, plan, 0);
    SimulationOptions options;
    options.seed = 5;
    options.replications = 100'000;
    options.simd = best_simd_width();
    const TerritoryTally tally = simulate(plan, options).territories[0];
    for (const ActivityExpectation& activity : parts.activities) {
      double counted_ones = 0;
      for (std::size_t f = 0; f < tally.flows.size(); ++f) {
        const FlowPlan& flow = plan.territories[0].flows[f];
        for (std::size_t s = 0; s < flow.stages.size(); ++s) {
          for (const Activity& kind : flow.stages[s].activities) {
            if (kind.name != activity.name) continue;
            for (std::size_t week = 0; week < tally.flows[f].wins.size(); ++week) {
              counted_ones += kind.on_entry * static_cast<double>(tally.flows[f].entered[s][week]);
              counted_ones += kind.per_week * plan.step_weeks() *
                              static_cast<double>(tally.flows[f].present[s][week]);
            }
          }
        }
      }
      INFO(activity.name);
      // A count per quarter has a standard deviation below its mean here: .4 % is above four
      // standard errors.
      CHECK(activity.from_new + activity.from_open ==
            Approx(counted_ones / 100'000).epsilon(0.004));
    }
    CHECK(parts.activities[0].name == "call");
    CHECK(parts.activities[1].name == "meeting");
  }
}

TEST_CASE("without open deals activities come from new ones alone", "[unit][arithmetic]") {
  Scenario made = with_activities(Step::week);
  made.territories[0].open.clear();
  const TerritoryArithmetic once = arithmetic(made, build_plan(made), 0);
  CHECK(once.activities[0].from_open == 0);
  made.territories[0].streams[0].leads_per_week *= 3;
  const TerritoryArithmetic thrice = arithmetic(made, build_plan(made), 0);
  CHECK(thrice.activities[1].from_new == Approx(3 * once.activities[1].from_new));
}

TEST_CASE("the later a deal is created, the less time it has", "[unit][arithmetic]") {
  const Scenario made = with_activities(Step::day);
  const TerritoryArithmetic parts = arithmetic(made, build_plan(made), 0);
  const std::vector<double>& in_time = parts.in_time_by_week[0];
  REQUIRE(in_time.size() == 13);
  for (std::size_t week = 1; week < 13; ++week) CHECK(in_time[week] < in_time[week - 1]);
  // Three exponential stays of 2 weeks in 12.5 of them for 2/3 of the winners (.8 x .1 of .8 x .1
  // + .2 x .2), two for the others: Erlang(3) and Erlang(2) at 6.25.
  const double x = 6.25;
  const double three = 1 - std::exp(-x) * (1 + x + x * x / 2);
  const double two = 1 - std::exp(-x) * (1 + x);
  CHECK(in_time[0] == Approx(2 * three / 3 + two / 3).margin(0.002));
}

TEST_CASE("nobody wins where a stage lets nobody pass", "[unit][arithmetic]") {
  const Scenario made = scenario(
      "none", calendar(13, Step::week),
      {territory("T", dollars(1'000),
                 {stream("new", 3, {stage(0.5, D::exponential(1)), stage(0, D::exponential(1))},
                         D::fixed(10))})});
  const TerritoryArithmetic parts = arithmetic(made, build_plan(made), 0);
  CHECK(parts.new_deals[0].share_in_time == 0);
  CHECK(parts.in_time_by_week[0][0] == 0);
}
