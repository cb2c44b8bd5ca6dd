#include <attain/summary/explain.hpp>
#include <attain/summary/summary.hpp>

#include <attain/engine/simulate.hpp>

#include "support/oracle/build_scenario.hpp"

#include <catch2/catch.hpp>

using namespace attain;
using namespace attain::oracle;

namespace {

Stage meeting() {
  Stage made = stage(0.5, Distribution::exponential(2));
  made.activities = {{"meeting", 2, 0.5}, {"call", 1, 0}};
  return made;
}

/// Two weeks in days. East has a named deal and counted ones with an amount of their own.
Scenario small() {
  Stream flow = stream("new", 3, {meeting(), stage(0.6, Distribution::exponential(1))},
                       Distribution::lognormal(1'000, 0.5));
  flow.funnel.pipeline_from = 1;
  OpenDeals renewing = counted(1, 2);
  renewing.amount = dollars(300);
  Territory east =
      territory("East", dollars(5'000), {flow}, {renewing, named("Acme", 0, 1.0, dollars(700))});
  Territory west = territory("West", {}, {flow});
  east.forecast = dollars(4'000);
  east.region = {"North"};
  Scenario made = scenario("small", calendar(2, Step::day), {east, west});
  made.company.quota = dollars(6'000);
  return made;
}

BookingsTally tally(const std::vector<std::uint64_t>& weeks_of_one, std::uint64_t replications) {
  BookingsTally made;
  for (const std::uint64_t cents : weeks_of_one) {
    Moments moments;
    Histogram histogram;
    for (std::uint64_t r = 0; r < replications; ++r) moments.add(cents);
    histogram.add(Histogram::bin_of(cents), static_cast<std::uint32_t>(replications));
    made.moments.push_back(moments);
    made.histograms.push_back(histogram);
  }
  return made;
}

/// What an engine might have counted over 10 replications, written down by hand.
Outcomes by_hand(const Plan& plan) {
  Outcomes outcomes;
  outcomes.replications = 10;
  for (std::size_t i = 0; i < plan.territories.size(); ++i) {
    TerritoryTally territory;
    territory.bookings = tally({100'000, 300'000}, 10);
    territory.bookings.goals.resize(1);
    for (const FlowPlan& flow : plan.territories[i].flows) {
      (void)flow;
      FlowTally counts;
      counts.leads = {{20, 40}, {0, 0}};
      counts.wins = {10, 30};
      counts.entered = {{20, 40}, {5, 15}};
      counts.present = {{70, 140}, {7, 14}};
      counts.open = {{900, 900}, {30, 60}};
      counts.bookings = 123'400;
      territory.flows.push_back(counts);
    }
    for (std::size_t deal = 0; deal < plan.territories[i].named.size(); ++deal) {
      territory.named_wins.push_back({1, 3});
      territory.named_pipeline.push_back({5, 2});
    }
    for (std::size_t item = 0; item < plan.territories[i].progress.size(); ++item) {
      territory.progress.push_back({{2, 6, 2}, {0, 4, 5, 1}});
    }
    territory.lowest = i == 0 ? 10 : 0;
    outcomes.territories.push_back(territory);
  }
  outcomes.territories[0].bookings.goals = {{4, 7, {10, 8, 4, 1}}};
  for (const Group& group : plan.groups) {
    GroupTally counts;
    counts.bookings = tally({200'000, 600'000}, 10);
    counts.bookings.goals = {{0, 0, {9, 9, 9, 9}}};
    counts.at_quota = {std::vector<std::uint64_t>(group.territories.size() + 1, 0)};
    counts.at_quota[0][0] = 6;
    counts.at_quota[0][1] = 4;
    outcomes.groups.push_back(counts);
  }
  outcomes.lowest_attainment.add(Histogram::bin_of(600'000), 10);
  for (int i = 0; i < 10; ++i) outcomes.lowest_moments.add(600'000);
  outcomes.cut_amounts = 3;
  return outcomes;
}

struct Summarized {
  Scenario scenario = small();
  Plan plan = build_plan(scenario);
  Summary summary = summarize(scenario, plan, by_hand(plan), expectations(scenario, plan));
};

}  // namespace

TEST_CASE("Chances and bookings of a territory are what was counted", "[unit][summary]") {
  const Summarized made;
  const Outlook& east = made.summary.territories[0].outlook;
  CHECK(east.attain->probability == 0.4);
  CHECK(east.attain_forecast->probability == 0.7);
  REQUIRE(east.thresholds.size() == 4);
  CHECK(east.thresholds[1].at == 0.8);
  CHECK(east.thresholds[1].chance.probability == 0.8);
  CHECK(east.bookings.mean.mean == 3'000);
  CHECK(*east.bookings.mean.sd == 0);
  CHECK(*east.attainment() == 0.6);
  CHECK(east.bookings.p20.value == Approx(3'000).epsilon(0.004));
  CHECK(made.summary.territories[0].lowest->probability == 1);
  CHECK(made.summary.cut_amounts == 3);
}

TEST_CASE("Without a quota there is no chance and no attainment", "[unit][summary]") {
  const Summarized made;
  const Outlook& west = made.summary.territories[1].outlook;
  CHECK_FALSE(west.attain);
  CHECK_FALSE(west.attain_forecast);
  CHECK(west.thresholds.empty());
  CHECK_FALSE(west.attainment());
  CHECK_FALSE(made.summary.territories[1].lowest);
  CHECK(west.bookings.mean.mean == 3'000);
}

TEST_CASE("Streams gather the flows of their counted deals", "[unit][summary]") {
  const Summarized made;
  REQUIRE(made.plan.territories[0].flows.size() == 2);
  const auto& streams = made.summary.territories[0].outlook.streams;
  REQUIRE(streams.size() == 1);
  CHECK(streams[0].leads == 12);
  CHECK(streams[0].wins == 8);
  CHECK(*streams[0].bookings == Approx(246.8));
  CHECK(made.summary.territories[0].outlook.wins == 8);
}

TEST_CASE("Weeks have pipeline, leads and activities", "[unit][summary]") {
  const Summarized made;
  const auto& weeks = made.summary.territories[0].outlook.weeks;
  REQUIRE(weeks.size() == 2);
  CHECK(weeks[1].leads == 8);
  CHECK(weeks[1].wins == 6);
  CHECK(weeks[0].bookings_mean == 1'000);
  CHECK(weeks[1].bookings[3] == Approx(3'000).epsilon(0.004));
  // From the second stage on: 60 of 1,000 and 60 of 300, and 2 times Acme at 700, of 10.
  CHECK(weeks[1].pipeline == Approx((60 * 1'000 + 60 * 300 + 2 * 700) / 10.0));
  REQUIRE(made.summary.activities == std::vector<std::string>{"call", "meeting"});
  // Of both flows: 40 entered, 140 days' deals were there, at 0.5 a week.
  CHECK(weeks[1].activities[0] == Approx(2 * 40 / 10.0));
  CHECK(weeks[1].activities[1] == Approx(2 * (40 * 2 + 140 * 0.5 / 7) / 10.0));
}

TEST_CASE("A named deal has its chance, and what is expected of it", "[unit][summary]") {
  const Summarized made;
  REQUIRE(made.summary.territories[0].deals.size() == 1);
  const DealSummary& deal = made.summary.territories[0].deals[0];
  CHECK(deal.deal == "Acme");
  CHECK(made.scenario.territories[0].open[deal.open].amount == dollars(700));
  CHECK(deal.win.probability == 0.4);
  CHECK(deal.expected.win_ever == Approx(0.3));
}

TEST_CASE("Expectations by week are cumulative, by item and owner", "[unit][summary]") {
  const Summarized made;
  const auto& all = made.summary.territories[0].expectations;
  // Of two flows: the stream's, and that of its counted deals with an amount of their own.
  const auto means = [&all](std::size_t item) {
    return std::vector<double>{all[item].weeks[0].mean, all[item].weeks[1].mean};
  };
  REQUIRE(all.size() == 4);
  CHECK(all[0].what == "leads");
  CHECK(all[0].owner == "marketing");
  CHECK(means(0) == std::vector<double>{2, 6});
  CHECK(all[1].what == "stage 2");
  CHECK(all[1].owner == "sales");
  CHECK(means(1) == std::vector<double>{1, 4});
  CHECK(all[2].what == "wins");
  CHECK(means(2) == std::vector<double>{2, 8});
  CHECK(all[3].what == "bookings");
  CHECK(means(3) == std::vector<double>{1'000, 3'000});
  // 2, 6 and 2 of 10 replications at 0, 1 and 2; then 4, 5 and 1 at 1, 2 and 3.
  CHECK(all[2].weeks[0].p10 == 0);
  CHECK(all[2].weeks[0].p90 == 2);
  CHECK(all[2].weeks[1].p10 == 1);
  CHECK(all[2].weeks[1].p90 == 2);
}

TEST_CASE("What is certain is exact everywhere, and nothing is below what is booked",
          "[unit][summary]") {
  // Three times a cent more than half of a bin; West's deal is won in half of all futures.
  const Stage sure = stage(1, Distribution::fixed(1));
  const Stream flow = stream("new", 0, {sure}, Distribution::fixed(1));
  Territory east = territory("East", dollars(5'000), {flow}, {due("Sure", 3, 1, {333'331})});
  east.booked = {9'999'337};
  Territory west = territory("West", dollars(5'000), {flow}, {due("Maybe", 3, 0.3, {40'000})});
  west.booked = {4'999'900};
  west.region = {"North"};
  const Scenario made = scenario("certain", calendar(2, Step::week), {east, west});
  const Plan plan = build_plan(made);
  SimulationOptions options;
  options.replications = 1'000;
  const Summary summary = summarize(made, plan, simulate(plan, options), expectations(made, plan));
  const Outlook& certain = summary.territories[0].outlook;
  const double sum = (9'999'337 + 333'331) / 100.0;
  CHECK(certain.bookings.p10.value == sum);
  CHECK(certain.bookings.p90.low == sum);
  CHECK(certain.bookings.p90.high == sum);
  for (const double value : certain.weeks[1].bookings) CHECK(value == sum);
  const ExpectedByWeek& expected = summary.territories[0].expectations.back().weeks[1];
  CHECK(expected.mean == Approx(sum));
  CHECK(expected.p10 == sum);
  CHECK(expected.p90 == sum);

  const Outlook& maybe = summary.territories[1].outlook;
  const Outlook& north = summary.regions[0].outlook;
  for (const Outlook* outlook : {&maybe, &north}) {
    CHECK(outlook->bookings.p10.value >= 49'999);
    CHECK(outlook->bookings.p10.low >= 49'999);
    CHECK(outlook->weeks[1].bookings[0] >= 49'999);
  }
  CHECK(summary.territories[1].expectations.back().weeks[1].p10 >= 49'999);
  const double both = 99'993.37 + 49'999;
  CHECK(summary.company.outlook.bookings.p10.value >= both);
  CHECK(summary.company.outlook.weeks[0].bookings[0] >= both);
  const Explanation explained = explain(made, 1, options);
  CHECK(explained.p10.low >= 49'999);
  CHECK(explained.expectations.back().weeks[1].p10 >= 49'999);
}

TEST_CASE("Quota is made where that much is booked", "[unit][summary]") {
  Outlook outlook;
  outlook.roll_up.booked = dollars(100);
  CHECK_FALSE(outlook.quota_is_booked());
  outlook.quota = Money{10'001};
  CHECK_FALSE(outlook.quota_is_booked());
  outlook.quota = dollars(100);
  CHECK(outlook.quota_is_booked());
}

TEST_CASE("Groups add up, and say how many make quota again", "[unit][summary]") {
  const Summarized made;
  REQUIRE(made.summary.regions.size() == 1);
  CHECK(made.summary.regions[0].outlook.name == "North");
  const GroupSummary& company = made.summary.company;
  CHECK(company.outlook.quota == dollars(6'000));
  CHECK(company.sum_of_quotas == dollars(5'000));
  // East has two flows, the stream's and that of its counted deals with an amount of their own.
  CHECK(company.outlook.wins == 12);
  CHECK(company.outlook.streams.size() == 1);
  CHECK(company.outlook.streams[0].leads == 18);
  CHECK(*company.outlook.expected_wins ==
        Approx(*made.summary.territories[0].outlook.expected_wins +
               *made.summary.territories[1].outlook.expected_wins));
  REQUIRE(company.at_quota);
  CHECK(company.at_quota->of == 1);
  CHECK(company.at_quota->mean == 0.4);
  CHECK(company.at_quota->p50 == 0);
  CHECK(company.at_quota->p90 == 1);
  // One territory with 4 of 10 at quota.
  CHECK(*company.at_quota->repeat == Approx(4.0 * 3 / (10 * 9)));
  CHECK(made.summary.lowest->mean == Approx(0.6));
  CHECK(made.summary.lowest->most_often == 0);
}

TEST_CASE("A simulated summary agrees with its closed forms", "[unit][summary]") {
  const Scenario scenario = small();
  const Plan plan = build_plan(scenario);
  SimulationOptions options;
  options.replications = 200'000;
  const Summary summary =
      summarize(scenario, plan, simulate(plan, options), expectations(scenario, plan));
  const Outlook& east = summary.territories[0].outlook;
  // Four standard errors of a mean with a standard deviation of about 1.5 wins.
  CHECK(std::abs(east.wins - *east.expected_wins) < 4 * 1.5 / std::sqrt(200'000));
  const double error = *east.bookings.mean.half_width / 1.96;
  CHECK(std::abs(east.bookings.mean.mean - *east.expected_bookings) < 4 * error);
  CHECK(summary.company.outlook.wins == Approx(east.wins + summary.territories[1].outlook.wins));
  // A week's end is a later week's beginning: bookings only grow.
  CHECK(east.weeks[0].bookings_mean < east.weeks[1].bookings_mean);
  CHECK(east.weeks[1].bookings_mean == east.bookings.mean.mean);
}
