#include <attain/summary/explain.hpp>

#include "support/oracle/build_scenario.hpp"
#include "support/oracle/reference_scenarios.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace attain;
using attain::oracle::calendar;
using attain::oracle::canonical_scenario;
using attain::oracle::counted;
using attain::oracle::dollars;
using attain::oracle::named;
using attain::oracle::scenario;
using attain::oracle::stage;
using attain::oracle::stream;
using attain::oracle::territory;
using D = Distribution;

namespace {

Explanation explained(const Scenario& made, std::int64_t replications = 20'000) {
  SimulationOptions options;
  options.seed = 7;
  options.replications = replications;
  options.simd = best_simd_width();
  return explain(made, 0, options);
}

}  // namespace

TEST_CASE("an explanation puts arithmetic and simulation side by side", "[unit][explain]") {
  const Explanation made = explained(canonical_scenario(Step::week));
  CHECK(made.expected_wins == Approx(4.2686 + 1.7748).margin(0.01));
  CHECK(std::abs(made.simulated.mean - made.expected_bookings) < 4 * made.standard_error);
  // R12: P(bookings >= 100k) = .569 in continuous time.
  CHECK(made.attain->probability == Approx(0.569).margin(0.015));
  CHECK(made.leads_per_week == 6);
}

TEST_CASE("an explanation says the same whichever territories stand beside", "[unit][explain]") {
  Scenario with_others = canonical_scenario(Step::week);
  Territory other = with_others.territories[0];
  other.name = "Other";
  other.region = {"Elsewhere"};
  with_others.territories.push_back(other);
  with_others.region_targets["Elsewhere"].quota = dollars(5);
  const Explanation alone = explained(canonical_scenario(Step::week), 2'000);
  const Explanation beside = explained(with_others, 2'000);
  CHECK(alone.attain->count == beside.attain->count);
  CHECK(alone.takes[1].leads_per_week.value == beside.takes[1].leads_per_week.value);
}

TEST_CASE("what it takes is more for 80 % than for an even chance", "[unit][explain]") {
  Scenario made = canonical_scenario(Step::week);
  made.territories[0].quota = dollars(150'000);
  made.territories[0].streams[0].funnel.stages[1].activities = {{"meeting", 1, 0.5}};
  const Explanation explanation = explained(made);
  REQUIRE(explanation.takes.size() == 2);
  const WhatItTakes& even = explanation.takes[0];
  const WhatItTakes& likely = explanation.takes[1];
  for (const WhatItTakes* takes : {&even, &likely}) {
    CHECK(takes->leads == Reach::reachable);
    CHECK(takes->leads_per_week.low < takes->leads_per_week.value);
    CHECK(*takes->leads_per_week.high > takes->leads_per_week.value);
    CHECK(takes->pipeline == Reach::reachable);
    CHECK(takes->day_one.value ==
          Approx(explanation.arithmetic.pipeline + 20'000 * takes->added_deals.value));
    REQUIRE(takes->activities.size() == 1);
    CHECK(takes->activities[0].needed.value > takes->activities[0].now);
  }
  CHECK(likely.leads_per_week.value > *even.leads_per_week.high);
  CHECK(likely.added_deals.value > even.added_deals.value);
  // Activities of new deals are proportional to their number.
  const ActivityExpectation& meeting = explanation.arithmetic.activities[0];
  CHECK(likely.activities[0].needed.value ==
        Approx((meeting.from_open + meeting.from_new * likely.leads_per_week.value / 6) / 13));
}

TEST_CASE("a chance that is there already is said to be there", "[unit][explain]") {
  Scenario made = canonical_scenario(Step::week);
  made.territories[0].quota = dollars(40'000);
  const Explanation explanation = explained(made, 4'000);
  CHECK(explanation.takes[0].leads == Reach::there);
  CHECK(explanation.takes[0].leads_per_week.value < 6);
  CHECK(explanation.takes[0].pipeline == Reach::there);
  CHECK(explanation.takes[0].added_deals.value < 0);
  CHECK(explanation.takes[0].day_one.value ==
        Approx(explanation.arithmetic.pipeline + 20'000 * explanation.takes[0].added_deals.value));
}

TEST_CASE("where named deals alone make the chance, no other deal is needed", "[unit][explain]") {
  Scenario made = canonical_scenario(Step::week);
  Stage sure = stage(1, D::fixed(1));
  made.territories[0].streams[0].funnel.stages.back() = sure;
  made.territories[0].quota = dollars(40'000);
  made.territories[0].open.push_back(named("Acme", 2, 0.0, dollars(50'000)));
  const Explanation explanation = explained(made, 1'000);
  const WhatItTakes& takes = explanation.takes[1];
  CHECK(takes.pipeline == Reach::there);
  CHECK(takes.met_by_rest);
  CHECK(takes.day_one.value == Approx(50'000));
}

TEST_CASE("a quota that no number of deals makes is out of reach", "[unit][explain]") {
  const Scenario made =
      scenario("slow", calendar(4, Step::week),
               {territory("T", dollars(1'000'000),
                          {stream("new", 2, {stage(0.5, D::fixed(9))}, D::fixed(10))})});
  const Explanation explanation = explained(made, 1'000);
  CHECK(explanation.takes[0].leads == Reach::never);
  CHECK(explanation.takes[0].pipeline == Reach::never);
  CHECK(explanation.last_useful_week[0].week == 0);
  CHECK(explanation.last_useful_week[0].ever_won);
}

TEST_CASE("without new deals, the first stream is asked for them", "[unit][explain]") {
  Scenario made = canonical_scenario(Step::week);
  made.territories[0].streams[0].leads_per_week = 0;
  const Explanation explanation = explained(made, 4'000);
  CHECK(explanation.leads_per_week == 0);
  CHECK(explanation.takes[0].leads == Reach::reachable);
  CHECK(explanation.takes[0].leads_per_week.value > 1);
}

TEST_CASE("what is looked at stays within what the engine counts", "[unit][explain]") {
  // 2,000 deals a week and 800 open ones: ten times as many would be more than fit.
  Scenario made =
      scenario("many", calendar(4, Step::week),
               {territory("Web", dollars(900'000'000),
                          {stream("web", 2'000, {stage(0.5, D::exponential(1))}, D::fixed(1'000))},
                          {counted(0, 800)})});
  const Explanation explanation = explained(made, 640);
  CHECK(explanation.takes[1].leads == Reach::never);
  CHECK(explanation.takes[1].pipeline == Reach::never);
  CHECK(explanation.limits.leads_per_week > 2'000);
  CHECK(explanation.limits.leads_per_week < 20'000);
}

TEST_CASE("without a quota there is arithmetic and nothing else", "[unit][explain]") {
  Scenario made = canonical_scenario(Step::week);
  made.territories[0].quota.reset();
  const Explanation explanation = explained(made, 1'000);
  CHECK_FALSE(explanation.attain.has_value());
  CHECK(explanation.takes.empty());
  CHECK(explanation.deals.empty());
  CHECK(explanation.expected_bookings > 0);
  CHECK(explanation.last_useful_week.size() == 1);
}

TEST_CASE("the last useful week is the last with a tenth to close in time", "[unit][explain]") {
  // Won after exactly 3.5 weeks in a period of 10: in weekly steps a deal of week 7 has 4 steps and
  // leaves K = 3 or 4 steps later, at even odds; one of week 8 has 3.
  const Scenario made =
      scenario("clock", calendar(10, Step::week),
               {territory("T", {},
                          {stream("new", 2, {stage(0.5, D::fixed(3.5))}, D::fixed(10)),
                           stream("never", 1, {stage(0, D::fixed(1))}, D::fixed(10))})});
  const Explanation explanation = explained(made, 100);
  const LastUsefulWeek& last = explanation.last_useful_week[0];
  CHECK(last.week == 7);
  CHECK(last.first_week == Approx(1));
  CHECK(last.last_week == 0);
  CHECK(explanation.arithmetic.in_time_by_week[0][6] == Approx(0.5));
  CHECK_FALSE(explanation.last_useful_week[1].ever_won);
}

TEST_CASE("the biggest deals say what they mean for the chance", "[unit][explain]") {
  // Quota is one deal's amount: it is made if and only if the big deal is won.
  const Scenario made = scenario(
      "big", calendar(13, Step::week),
      {territory("T", dollars(90'000),
                 {stream("new", 1, {stage(0.5, D::exponential(2))}, D::fixed(100))},
                 {named("Acme", 0, 1.0, dollars(90'000)), named("small", 0, 1.0, dollars(100)),
                  counted(0, 3), named("zero", 0, 90.0, dollars(0))})});
  const Explanation explanation = explained(made, 4'000);
  REQUIRE(explanation.deals.size() == 2);
  CHECK(explanation.deals[0].open == 0);
  CHECK(explanation.deals[0].if_won->probability == 1);
  CHECK(explanation.deals[0].if_not_won->probability == 0);
  CHECK(explanation.attain->probability == Approx(0.5).margin(0.03));
}
