// The deal-by-deal simulation where its outcome is certain, so that each number is known by hand:
// what rules look at, capacity, ramp, seasons and closed weeks.

#include "support/build_rules.hpp"
#include "support/deal_by_deal.hpp"

#include <catch2/catch.hpp>
#include <numeric>

namespace attain::testing {

namespace {

using namespace attain::oracle;
using D = Distribution;
using V = StateVariable;

/// Ten weeks; each has one certain deal of $10,000. Beside them, where it does no harm: 1,000 leads
/// a week that are lost at once, with a meeting each; two deals that stay, with a call in two weeks
/// each and 3 hours a week.
Scenario certain(std::int64_t quota) {
  Stage lost = stage(0, D::fixed(0));
  lost.activities = {{"meeting", 1, 0}};
  Stage stays = stage(0, D::fixed(1'000));
  stays.activities = {{"call", 0, 0.5}};
  stays.hours = 3;
  OpenDeals long_ones = counted(0, 2, 0.0);
  long_ones.stream = 1;
  std::vector<OpenDeals> open{long_ones};
  for (int week = 0; week < 10; ++week)
    open.push_back(due("deal " + std::to_string(week), 7 * week, 1, dollars(10'000)));
  Stream waiting = stream("waiting", 0, {stays}, D::fixed(1));
  waiting.funnel.pipeline_from = 1;
  Territory here = territory("Here", dollars(quota),
                             {stream("lost", 1'000, {lost}, D::fixed(1)), waiting}, open);
  here.capacity = hours_a_week(8);
  return scenario("certain", calendar(10, Step::week), {here});
}

SimulatedTerritory once(const Scenario& scenario, std::uint64_t seed = 1) {
  Luck luck(seed);
  return DealByDeal(scenario).simulate(luck).territories.at(0);
}

/// In which weeks, from 1, a rule that halves amounts applied.
std::vector<int> weeks_halved(const Scenario& scenario) {
  const SimulatedTerritory found = once(scenario);
  std::vector<int> weeks;
  std::int64_t before = 0;
  for (std::size_t week = 0; week < found.booked.size(); ++week) {
    const std::int64_t booked = found.booked[week] - before;
    REQUIRE((booked == 1'000'000 || booked == 500'000));
    if (booked == 500'000) weeks.push_back(static_cast<int>(week) + 1);
    before = found.booked[week];
  }
  return weeks;
}

std::vector<int> weeks_where(Condition condition, std::int64_t quota = 100'000) {
  Scenario made = certain(quota);
  add_rule(made, "half", {std::move(condition)}, {times(Knob::amount, 0.5)});
  return weeks_halved(made);
}

std::vector<int> from_to(int first, int last) {
  std::vector<int> weeks(static_cast<std::size_t>(last - first + 1));
  std::iota(weeks.begin(), weeks.end(), first);
  return weeks;
}

Condition of(std::string activity, Condition condition) {
  condition.activity = std::move(activity);
  return condition;
}

/// Two deals that take two weeks each and an hour a week.
Scenario two_deals(Step step, double hours) {
  Stage short_stage = stage(1, D::fixed(2));
  short_stage.hours = 1;
  Territory here =
      territory("Here", dollars(2'000), {stream("new", 0, {short_stage}, D::fixed(1'000))},
                {counted(0, 2, 0.0)});
  here.capacity = hours_a_week(hours);
  return scenario("two deals", calendar(8, step), {here});
}

/// The week, from 1, in which both are won; 0 if they are won in none or in several.
int week_of_both(const Scenario& scenario) {
  const SimulatedTerritory found = once(scenario);
  for (std::size_t week = 0; week < found.wins.size(); ++week) {
    if (found.wins[week] == 2) return static_cast<int>(week) + 1;
  }
  return 0;
}

/// A funnel with all kinds of luck.
Scenario lively(double hours) {
  std::vector<Stage> stages{stage(0.6, D::gamma(1.5, 0.8), D::weibull(3, 0.7)),
                            stage(0.5, D::lognormal(2, 0.6))};
  stages[0].hours = 1;
  stages[1].hours = 3;
  Territory here =
      territory("Here", dollars(200'000), {stream("new", 5, stages, D::gamma(20'000, 0.5))},
                {counted(0, 5, 2.0), counted(1, 4), named("Acme", 1, 1.0)});
  here.capacity = hours_a_week(hours);
  Territory there = here;
  there.name = "There";
  return scenario("lively", calendar(13, Step::day), {here, there});
}

SimulatedQuarter whole(const Scenario& scenario) {
  Luck luck(5);
  return DealByDeal(scenario).simulate(luck);
}

}  // namespace

TEST_CASE("deal by deal, a rule sees time as of the step that begins", "[oracle][deal_by_deal]") {
  CHECK(weeks_where(between(V::week, 5, 8)) == from_to(5, 8));
  CHECK(weeks_where(at_most(V::weeks_left, 2)) == from_to(9, 10));
  CHECK(weeks_where(between(V::period, 1, 1)) == from_to(1, 10));
  CHECK(weeks_where(at_least(V::period, 2)).empty());
}

TEST_CASE("deal by deal, a rule sees the state at the end of the step before",
          "[oracle][deal_by_deal]") {
  CHECK(weeks_where(at_least(V::booked, 30'000)) == from_to(4, 10));
  CHECK(weeks_where(at_least(V::attainment, 0.3)) == from_to(4, 10));
  CHECK(weeks_where(above(V::attainment, 0.3)) == from_to(5, 10));
  CHECK(weeks_where(at_least(V::wins, 4)) == from_to(5, 10));
  CHECK(weeks_where(at_least(V::leads, 1)) == from_to(2, 10));
  CHECK(weeks_where(of("meeting", at_least(V::activities, 1))) == from_to(2, 10));
  CHECK(weeks_where(of("call", at_least(V::activities, 3))) == from_to(4, 10));
  CHECK(weeks_where(at_least(V::activities, 100)) == from_to(2, 10));
  // Two that stay, and the dated ones until they are decided.
  CHECK(weeks_where(at_most(V::open_deals, 7)) == from_to(6, 10));
  CHECK(weeks_where(at_least(V::pipeline, 80'000)) == from_to(1, 3));
}

TEST_CASE("deal by deal, pace, coverage and utilization are ratios with ends",
          "[oracle][deal_by_deal]") {
  // Half of what the pace asks for, but 1 before the first step.
  CHECK(weeks_where(below(V::pace, 1), 200'000) == from_to(2, 10));
  CHECK(weeks_where(between(V::pace, 1, 1), 200'000) == from_to(1, 1));
  // $60,000 over $10,000 in week 5; infinite from week 6 on.
  CHECK(weeks_where(at_least(V::coverage, 6), 50'000) == from_to(5, 10));
  CHECK(weeks_where(above(V::coverage, 6), 50'000) == from_to(6, 10));
  // 6 of 8 hours.
  CHECK(weeks_where(at_least(V::utilization, 0.75)) == from_to(1, 10));
  CHECK(weeks_where(above(V::utilization, 0.75)).empty());
}

TEST_CASE("deal by deal, state counts from the middle of a period", "[oracle][deal_by_deal]") {
  Scenario made = certain(100'000);
  made.calendar.steps_done = 4;  // The deals of weeks 1 to 4 are overdue.
  made.territories[0].booked = dollars(40'000);
  add_rule(made, "half", {between(V::week, 6, 7)}, {times(Knob::amount, 0.5)});
  const SimulatedTerritory found = once(made);
  CHECK(found.booked == std::vector<std::int64_t>{9'000'000, 9'500'000, 10'000'000, 11'000'000,
                                                  12'000'000, 13'000'000});
  // 40,000 over 40 % of the quota, then 90,000 over 50 %.
  made.rules[0].when = {above(V::pace, 1)};
  CHECK(once(made).booked[1] - once(made).booked[0] == 500'000);
  CHECK(once(made).booked[0] == 9'000'000);
}

TEST_CASE("deal by deal, conditions and effects of several rules are joined",
          "[oracle][deal_by_deal]") {
  Scenario made = certain(100'000);
  add_rule(made, "b", {at_least(V::week, 3), at_most(V::week, 6)}, {times(Knob::amount, 0.5)});
  CHECK(weeks_halved(made) == from_to(3, 6));
  add_rule(made, "a", {at_least(V::week, 6)}, {times(Knob::amount, 3)});
  const SimulatedTerritory found = once(made);
  CHECK(found.booked[5] - found.booked[4] == 1'500'000);
  CHECK(found.booked[6] - found.booked[5] == 3'000'000);
  // Narrowed to streams, dated deals are not its own.
  for (Rule& rule : made.rules) rule.where[0].whole = false;
  CHECK(weeks_halved(made).empty());
}

TEST_CASE("deal by deal, two deals with half of their hours take twice as long",
          "[oracle][deal_by_deal]") {
  for (const Step step : {Step::week, Step::day}) {
    CHECK(week_of_both(two_deals(step, 2)) == 2);
    CHECK(week_of_both(two_deals(step, 1)) == 4);
    CHECK(week_of_both(two_deals(step, 0)) == 0);
    Scenario with_takers = two_deals(step, 40);
    with_takers.territories[0].capacity->other_time = {{"meetings", 30}, {"travel", 9}};
    CHECK(week_of_both(with_takers) == 4);
    with_takers.territories[0].capacity = hours_a_week(4);
    with_takers.territories[0].capacity->selling_share = 0.25;
    CHECK(week_of_both(with_takers) == 4);
  }
  const SimulatedTerritory found = once(two_deals(Step::day, 1));
  CHECK(found.hours_asked[3] == Approx(2));
  CHECK(found.hours_there[3] == Approx(1));
  CHECK(found.hours_asked[4] == 0);
}

TEST_CASE("deal by deal, a ramp grows by months from its start", "[oracle][deal_by_deal]") {
  using namespace std::chrono;
  Ramp ramp;
  ramp.start = sys_days{year{2026} / December / 15};
  ramp.by_month = {0.25, 0.5, 1};
  Scenario made = two_deals(Step::week, 2);
  made.territories[0].ramp = ramp;
  // The second month begins on the 15th of January, in week 2: .25 a week twice, then .5.
  CHECK(week_of_both(made) == 5);
  made.territories[0].ramp->hours = false;
  CHECK(week_of_both(made) == 2);

  Scenario leads = lively(1e6);
  leads.territories[0].streams[0].leads_per_week = 1'000;
  leads.territories[0].streams[0].source = Source::own;
  leads.territories[0].ramp = ramp;
  leads.territories[0].ramp->by_month = {0, 1};
  // With daily steps from the 15th on, a Friday: 3 of 7 days of week 2.
  SimulatedTerritory found = whole(leads).territories[0];
  CHECK(found.streams[0].leads[0] == 0);
  CHECK(static_cast<double>(found.streams[0].leads[1]) == Approx(1'000.0 * 3 / 7).epsilon(0.3));
  leads.territories[0].streams[0].source = Source::marketing;
  CHECK(whole(leads).territories[0].streams[0].leads[0] > 500);
  leads.territories[0].ramp->all_leads = true;
  CHECK(whole(leads).territories[0].streams[0].leads[0] == 0);
}

TEST_CASE("deal by deal, seasons go by week of the period and by month", "[oracle][deal_by_deal]") {
  Scenario made = certain(100'000);
  made.seasons = {{Season::By::week, {1, 0.5, 1, 0.5}, {Knob::amount, {}}}};
  CHECK(weeks_halved(made) == std::vector<int>{2, 4, 5, 6, 7, 8, 9, 10});
  // Weeks begin on January 4, 11, 18, 25 and February 1, 8, 15, 22, and March 1.
  std::vector<double> by_month(12, 1.0);
  by_month[1] = 0.5;
  made.seasons = {{Season::By::month, by_month, {Knob::amount, {}}}};
  CHECK(weeks_halved(made) == from_to(5, 8));
}

TEST_CASE("deal by deal, nothing happens in a closed week", "[oracle][deal_by_deal]") {
  Scenario made = certain(100'000);
  made.closed_weeks = {false, false, true, true};
  const SimulatedTerritory found = once(made);
  CHECK(found.wins == std::vector<long>{1, 1, 0, 0, 3, 1, 1, 1, 1, 1});
  CHECK(found.streams[0].leads[2] == 0);
  CHECK(found.streams[0].leads[4] > 500);
  CHECK(found.hours_asked[2] == 0);
  CHECK(found.hours_there[2] == 0);

  Scenario deals = two_deals(Step::week, 2);
  deals.closed_weeks = {false, true};
  CHECK(week_of_both(deals) == 3);
}

TEST_CASE("deal by deal, what changes nothing leaves each number as it is",
          "[oracle][deal_by_deal]") {
  Scenario made = lively(30);
  add_rule(made, "push", {at_most(V::weeks_left, 4)},
           {times(Knob::advance, 1.4, "stage 2"), times(Knob::speed, 1.3)});
  add_rule(made, "hold", {above(V::attainment, 0.7)}, {times(Knob::speed, 0.7)});
  add_rule(made, "busy", {above(V::utilization, 1.1)}, {times(Knob::leads, 0.9)});
  const SimulatedQuarter base = whole(made);
  CHECK_FALSE(whole(lively(30)) == base);

  Scenario permuted = made;
  std::swap(permuted.rules[0], permuted.rules[2]);
  CHECK(whole(permuted) == base);
  Scenario with_never = made;
  add_rule(with_never, "a never", {}, {times(Knob::leads, 5)}).chance = 0;
  CHECK(whole(with_never) == base);

  Scenario free = made;
  Scenario plenty = made;
  free.rules.pop_back();  // Looks at the hours.
  plenty.rules.pop_back();
  for (Territory& territory : free.territories) territory.capacity.reset();
  for (Territory& territory : plenty.territories) territory.capacity = hours_a_week(1e6);
  const SimulatedQuarter with_plenty = whole(plenty);
  const SimulatedQuarter without_limit = whole(free);
  for (std::size_t t = 0; t < 2; ++t) {
    CHECK(with_plenty.territories[t].booked == without_limit.territories[t].booked);
    CHECK(with_plenty.territories[t].streams == without_limit.territories[t].streams);
  }
}

TEST_CASE("deal by deal, what is closed takes no more hours than there are",
          "[oracle][deal_by_deal]") {
  // Twice the load: 10 deals a week of 2 weeks at 3 hours each.
  const auto hours_of_closed = [](double hours_there) {
    Stage work = stage(0.5, D::gamma(2, 1));
    work.hours = 3;
    Territory here = territory("Here", {}, {stream("new", 10, {work}, D::fixed(1))});
    here.capacity = hours_a_week(hours_there);
    DealByDeal year(scenario("a year", calendar(52, Step::week), {here}));
    Luck luck(3);
    double closed = 0;
    constexpr int years = 200;
    for (int i = 0; i < years; ++i) {
      const SimulatedStream flow = year.simulate(luck).territories[0].streams[0];
      const long came = std::accumulate(flow.leads.begin(), flow.leads.end(), 0L);
      closed += static_cast<double>(came - flow.stages[0].open.back());
    }
    return closed / years * 2 * 3;
  };
  CHECK(hours_of_closed(30) < 52 * 30);
  // Short ones are closed first, so that it stays well below.
  CHECK(hours_of_closed(30) > 0.6 * 52 * 30);
  CHECK(hours_of_closed(1e6) > 52 * 30);
}

}  // namespace attain::testing
