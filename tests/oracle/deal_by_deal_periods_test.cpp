// Several periods of the deal-by-deal simulation: what begins anew, and what carries over.

#include "support/deal_by_deal_build.hpp"
#include "support/deal_by_deal_checks.hpp"
#include "support/deal_by_deal_tally.hpp"
#include "support/oracle/solver.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace attain::testing {

namespace {

using namespace attain::oracle;
using D = Distribution;
using V = StateVariable;
using What = Place::What;

/// Two periods of five weeks, in each of which a deal of $10,000 is certain; leads come, and meet,
/// and are lost.
Scenario certain() {
  Stage lost = stage(0, D::fixed(0));
  lost.activities = {{"meeting", 1, 0}};
  Territory here = territory("Here", {}, {stream("lost", 1'000, {lost}, D::fixed(1))});
  set_quotas(here, {100'000, 50'000});
  for (int week = 0; week < 10; ++week)
    here.open.push_back(due("deal " + std::to_string(week), 7 * week, 1, dollars(10'000)));
  return scenario("certain", periods_of(2, 5), {here});
}

SimulatedTerritory once(const Scenario& scenario, const DealVariant& variant = {}) {
  Luck luck(1);
  return DealByDeal(scenario, variant).simulate(luck).territories.at(0);
}

/// In which weeks, from 1, a rule that halves amounts applied.
std::vector<int> weeks_where(const Condition& condition, const DealVariant& variant = {}) {
  Scenario made = certain();
  add_rule(made, "half", {condition}, {times(Knob::amount, 0.5)});
  const SimulatedTerritory found = once(made, variant);
  std::vector<int> weeks;
  for (std::size_t week = 0; week < 10; ++week) {
    const std::int64_t before = week % 5 == 0 ? 0 : found.booked[week - 1];
    if (found.booked[week] - before == 500'000) weeks.push_back(static_cast<int>(week) + 1);
  }
  return weeks;
}

using Weeks = std::vector<int>;

/// Deals and clocks of every kind, without anything that changes them.
Scenario plain(const Calendar& calendar) {
  Territory here = territory(
      "Here", dollars(200'000),
      {stream(
          "new", 5,
          {stage(0.6, D::gamma(1.5, 0.8), D::weibull(5, 0.7)), stage(0.5, D::lognormal(4, 0.6))},
          D::gamma(20'000, 0.5))},
      {counted(0, 5, 2.0), counted(1, 4), named("Acme", 1, 1.0, dollars(90'000)),
       slipping(due("Dated", 20, 0.7, dollars(40'000)), 0.5, D::exponential(8))});
  return scenario("plain", calendar, {here});
}

}  // namespace

TEST_CASE("deal by deal, weeks and what is counted begin anew in each period",
          "[oracle][deal_by_deal]") {
  CHECK(weeks_where(between(V::period, 2, 2)) == Weeks{6, 7, 8, 9, 10});
  CHECK(weeks_where(between(V::week, 2, 3)) == Weeks{2, 3, 7, 8});
  CHECK(weeks_where(at_most(V::weeks_left, 2)) == Weeks{4, 5, 9, 10});
  CHECK(weeks_where(at_least(V::booked, 30'000)) == Weeks{4, 5, 9, 10});
  CHECK(weeks_where(at_least(V::wins, 4)) == Weeks{5, 10});
  CHECK(weeks_where(at_most(V::leads, 0)) == Weeks{1, 6});
  CHECK(weeks_where(at_most(V::activities, 0)) == Weeks{1, 6});
  // Of the quota of the period.
  CHECK(weeks_where(at_least(V::attainment, 0.4)) == Weeks{5, 8, 9, 10});
  // 10,000 a week are half of the first pace and all of the second; 1 before its first step.
  CHECK(weeks_where(below(V::pace, 1)) == Weeks{2, 3, 4, 5});
  CHECK(weeks_where(below(V::open_deals, 6)) == Weeks{6, 7, 8, 9, 10});
  CHECK_FALSE(weeks_where(at_least(V::wins, 4), {.counts_start_anew = false}) == Weeks{5, 10});
}

TEST_CASE("deal by deal, each period has its bookings, and the year all of them",
          "[oracle][deal_by_deal]") {
  Scenario made = certain();
  CHECK(once(made).booked_in_spans == std::vector<std::int64_t>{5'000'000, 5'000'000, 10'000'000});
  made.territories[0].booked = dollars(7'000);
  CHECK(once(made).booked_in_spans == std::vector<std::int64_t>{5'700'000, 5'000'000, 10'700'000});
  // From within the second: its first two deals are overdue.
  made.calendar.steps_done = 7;
  made.territories[0].actual = {dollars(43'000)};
  const SimulatedTerritory found = once(made);
  CHECK(found.booked == std::vector<std::int64_t>{8'700'000, 9'700'000, 10'700'000});
  CHECK(found.booked_in_spans == std::vector<std::int64_t>{10'700'000, 15'000'000});
  const DealTally tally = simulate_deal_by_deal(made, 10, 1);
  CHECK(tally.at(What::attained, 0, 0).first == 10);
  CHECK(tally.at(What::attained, 0, 1).first == 10);
  made.territories[0].quotas[1] = dollars(107'001);
  CHECK(simulate_deal_by_deal(made, 10, 1).at(What::attained, 0, 0).first == 0);
  CHECK(simulate_deal_by_deal(made, 10, 1).at(What::company_attained, 0, 1).first == 0);
}

TEST_CASE("deal by deal, closed weeks and weekly seasons know their period",
          "[oracle][deal_by_deal]") {
  Scenario made = certain();
  made.closed_weeks = {false, false, false, false, false, false, true};
  CHECK(once(made).wins == std::vector<long>{1, 1, 1, 1, 1, 1, 0, 2, 1, 1});
  made.closed_weeks.clear();
  made.seasons = {{Season::By::week, {1, 0.5, 1}, {Knob::amount, {}}}};
  const SimulatedTerritory found = once(made);
  CHECK(found.booked[1] == 1'500'000);
  CHECK(found.booked[6] == 1'500'000);
}

TEST_CASE("deal by deal, a period's last week may be in part", "[oracle][deal_by_deal]") {
  Scenario made = certain();
  made.calendar = calendar_from(17, 9, Step::day);
  made.calendar.periods = 2;
  made.territories[0].open.clear();
  // 5 and 3 days, then 7, 7 and 3.
  const std::vector<long> leads = once(made).streams[0].leads;
  REQUIRE(leads.size() == 5);
  const std::vector<int> days{5, 3, 7, 7, 3};
  for (std::size_t week = 0; week < 5; ++week)
    CHECK(static_cast<double>(leads[week]) == Approx(1'000 * days[week] / 7.0).epsilon(0.2));
}

TEST_CASE("deal by deal, deals and clocks carry over from one period to the next",
          "[oracle][deal_by_deal]") {
  Scenario made = plain(periods_of(2, 13));
  set_quotas(made.territories[0], {300'000, 350'000});
  made.territories[0].booked = dollars(10'000);
  const DealTally tally = simulate_deal_by_deal(made, 2 * usual_replications, 111);
  const std::int64_t n = tally.count();

  // One period as long as both.
  Territory long_one = made.territories[0];
  long_one.quotas.clear();
  const TerritoryLaw law = solve(long_one, calendar(26, Step::week));
  Agreement agreement(n);
  for (int week = 0; week < 26; ++week) {
    const auto index = static_cast<std::size_t>(week);
    const auto counted_as = [&](What what, const CountLaw& expected) {
      agreement.count(Kind::wins_by_week, "week " + std::to_string(week + 1),
                      static_cast<std::uint64_t>(std::llround(tally.at(what, 0, index).first)),
                      expected);
    };
    counted_as(What::wins, law.wins({week, week + 1}, {}));
    counted_as(What::leads, law.leads({week, week + 1}, {0, false}));
    const double before = week < 13 ? 0 : law.booked_by(12).mean();
    const PowerSums& booked = tally.at(What::booked, 0, index);
    agreement.sum(Kind::bookings_by_week, "booked by week " + std::to_string(week + 1),
                  booked.first, law.booked_by(week).mean() - before, booked.variance(n));
  }
  const BookingsLaw year = law.booked_by(25);
  agreement.sum(Kind::bookings_mean, "year", tally.at(What::year_booked).first, year.mean(),
                year.variance());
  agreement.event(Kind::attained, "year",
                  static_cast<std::uint64_t>(std::llround(tally.at(What::attained, 0, 2).first)),
                  year.at_least({dollars(650'000)})[0]);
  expect_agreement(agreement, "two periods");
}

}  // namespace attain::testing
