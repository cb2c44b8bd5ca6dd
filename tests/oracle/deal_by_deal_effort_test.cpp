// What the deal-by-deal simulation takes to be still to come, and effort that answers to it.

#include "support/deal_by_deal_build.hpp"
#include "support/deal_by_deal_checks.hpp"
#include "support/deal_by_deal_tally.hpp"
#include "support/oracle/solver.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

namespace attain::testing {

namespace {

using namespace attain::oracle;
using D = Distribution;

/// Deals of all kinds.
Scenario lively(Step step) {
  Stream funnel = stream("new", 4,
                         {stage(0.6, D::gamma(1.5, 0.8), D::weibull(3, 0.7)),
                          stage(0.5, D::lognormal(2, 0.6)), stage(0.7, D::fixed(1.5))},
                         D::gamma(20'000, 0.5));
  funnel.enter = {0.75, 0.25, 0};
  const OpenDeals slipped =
      slipping(due("Dated", 23, 0.7, dollars(40'000)), 0.3, D::exponential(3));
  Territory here =
      territory("Here", dollars(400'000), {funnel},
                {counted(0, 5, 2.0), counted(1, 4), counted(2, 3, 0.5), counted(0, 3, 80.0),
                 named("Acme", 1, 1.25, dollars(90'000)), named("Borealis", 0, {}), slipped,
                 renewals(6, {}, 0.9, D::gamma(5'000, 0.4))});
  here.effort = Effort{};
  return scenario("lively", calendar(13, step), {here});
}

StillToCome on_day_one(const Scenario& scenario) {
  Luck luck(1);
  return DealByDeal(scenario).simulate(luck).territories[0].to_come.at(0);
}

}  // namespace

TEST_CASE("deal by deal, what is still to come on day one is what the exact solution says",
          "[oracle][deal_by_deal]") {
  for (const Step step : {Step::week, Step::day}) {
    const Scenario made = lively(step);
    const BookingsLaw law =
        solve(made.territories[0], made.calendar).booked_by(made.calendar.steps() - 1);
    const StillToCome found = on_day_one(made);
    CHECK(found.mean == Approx(law.mean()).epsilon(1e-7));
    CHECK(found.variance == Approx(law.variance()).epsilon(1e-7));
    Scenario until_week_8 = made;
    until_week_8.calendar = calendar(8, step);
    Scenario two_periods = until_week_8;
    two_periods.calendar.periods = 2;
    CHECK(on_day_one(two_periods).mean == Approx(on_day_one(until_week_8).mean));
    CHECK(on_day_one(until_week_8).mean < 0.9 * found.mean);
  }
}

TEST_CASE("deal by deal, what is still to come stays right, on average, as the period goes on",
          "[oracle][deal_by_deal]") {
  DealByDeal simulator(lively(Step::week));
  Luck luck(101);
  std::vector<PowerSums> errors(13), surplus(13);
  for (std::int64_t r = 0; r < usual_replications; ++r) {
    const SimulatedTerritory found = simulator.simulate(luck).territories[0];
    const auto units = [](std::int64_t cents) { return static_cast<double>(cents) / 100; };
    for (std::size_t week = 0; week < 13; ++week) {
      const double before = week > 0 ? units(found.booked[week - 1]) : 0;
      const double error = units(found.booked[12]) - before - found.to_come[week].mean;
      errors[week].add(error);
      surplus[week].add(error * error - found.to_come[week].variance);
    }
  }
  Agreement agreement(usual_replications);
  for (std::size_t week = 0; week < 13; ++week) {
    const std::string when = "week " + std::to_string(week + 1);
    agreement.sum(Kind::bookings_mean, when, errors[week].first, 0,
                  errors[week].variance(usual_replications));
    agreement.sum(Kind::bookings_variance, when, surplus[week].first, 0,
                  surplus[week].variance(usual_replications));
  }
  expect_agreement(agreement, "what is still to come");
}

TEST_CASE("deal by deal, effort is the factor that the formula says", "[oracle][deal_by_deal]") {
  const Effort all{0.1, 0.05, 0.15, 0.1, 0.08};
  const StillToCome to_come{50'000, 1e8};
  const auto at = [&](std::int64_t booked) {
    return effort_factor(all, dollars(100'000), dollars(booked), to_come);
  };
  CHECK(at(50'000) == Approx(1 + 0.1 + 0.05 * 0.25));
  CHECK(at(60'000) == Approx(1 + 0.1 * std::exp(-0.5) + 0.05 * 0.36));
  // z = -1.5: chance 6.7 %.
  CHECK(at(35'000) == Approx(1 + 0.1 * std::exp(-1.125) + 0.05 * 0.35 * 0.35 - 0.15));
  CHECK(at(40'000) == Approx(1 + 0.1 * std::exp(-0.5) + 0.05 * 0.16));
  CHECK(at(100'000) == Approx(0.92));
  CHECK(at(250'000) == Approx(0.92));
  CHECK(effort_factor(all, {}, dollars(1), to_come) == 1);
  CHECK(effort_factor(all, dollars(10), dollars(5), {}) == Approx(1 + 0.05 * 0.25 - 0.15));
  const Effort strong{1, 0, 0.9, 0.1, 0.5};
  CHECK(effort_factor(strong, dollars(100'000), dollars(50'000), to_come) == 1.3);
  CHECK(effort_factor(strong, dollars(100'000), dollars(0), to_come) == 0.7);
  CHECK(effort_factor(strong, dollars(100'000), dollars(100'000), to_come) == 0.5);
}

TEST_CASE("deal by deal, effort changes speed, and leads of own streams alone",
          "[oracle][deal_by_deal]") {
  // Quota is made, and everything is half as fast.
  Stream own = stream("own", 1'000, {stage(0, D::fixed(0))}, D::fixed(1));
  own.source = Source::own;
  Stream marketing = own;
  marketing.name = "marketing";
  marketing.source = Source::marketing;
  Stream deals = stream("deals", 0, {stage(1, D::fixed(2))}, D::fixed(1'000));
  OpenDeals two = counted(0, 2, 0.0);
  two.stream = 2;
  Territory here = territory("Here", dollars(10), {own, marketing, deals}, {two});
  here.booked = dollars(10);
  here.effort = Effort{0, 0, 0, 0.1, 0.5};
  Scenario made = scenario("made it", calendar(6, Step::week), {here});
  Luck luck(102);
  const auto simulated = [&] { return DealByDeal(made).simulate(luck).territories[0]; };
  SimulatedTerritory found = simulated();
  CHECK(found.wins == std::vector<long>{0, 0, 0, 2, 0, 0});
  CHECK(static_cast<double>(found.streams[0].leads[0]) == Approx(500).epsilon(0.25));
  CHECK(static_cast<double>(found.streams[1].leads[0]) == Approx(1'000).epsilon(0.2));
  // In the second period the quota is out of reach, and they give up.
  made.calendar = periods_of(2, 3);
  made.territories[0].quotas = {dollars(10), dollars(1'000'000)};
  made.territories[0].effort->give_up = 0.25;
  found = simulated();
  CHECK(found.wins == std::vector<long>{0, 0, 0, 2, 0, 0});
  CHECK(static_cast<double>(found.streams[0].leads[3]) == Approx(750).epsilon(0.2));
  made.territories[0].quota.reset();
  made.territories[0].quotas.clear();
  CHECK(simulated().wins == std::vector<long>{0, 2, 0, 0, 0, 0});
}

}  // namespace attain::testing
