// Each kind of check must notice a law that is slightly wrong: what was simulated is compared with
// the exact solution of something else, and the check has to fail.

#include "support/oracle/build_scenario.hpp"
#include "support/oracle/continuous_time.hpp"
#include "support/oracle/controls.hpp"
#include "support/oracle/reference_scenarios.hpp"
#include "support/oracle/solver.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>
#include <utility>
#include <vector>

namespace attain::oracle {

namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool enough_time = false;
#else
constexpr bool enough_time = true;
#endif

Simulated simulated(const std::string& name) {
  return oracle::simulated(name, reference_scenarios());
}

void unchanged(Scenario&) {}

Stage& first_stage(Scenario& scenario) {
  return scenario.territories[0].streams[0].funnel.stages[0];
}

void advance_of_second_stage_up(Scenario& scenario) {
  scenario.territories[0].streams[0].funnel.stages[1].advance *= 1.01;
}

/// As many wins as before, but none of them from the open pipeline.
void open_deals_as_new_ones(Scenario& scenario) {
  Territory& territory = scenario.territories[0];
  const TerritoryLaw right = solve(territory, scenario.calendar);
  territory.open.clear();
  const TerritoryLaw new_alone = solve(territory, scenario.calendar);
  territory.streams[0].leads_per_week *=
      right.wins(right.all(), {}).mean() / new_alone.wins(new_alone.all(), {}).mean();
}

/// The stays of the first two stages change places; the whole takes as long as before.
void swap_first_stages(Scenario& scenario) {
  std::vector<Stage>& stages = scenario.territories[0].streams[0].funnel.stages;
  std::swap(stages[0], stages[1]);
}

void later_entries(Scenario& scenario) {
  std::vector<double>& enter = scenario.territories[0].streams[0].enter;
  enter[0] -= 0.01;
  enter[1] += 0.01;
}

void wider_amounts(Scenario& scenario) {
  scenario.territories[0].streams[0].funnel.amount = Distribution::gamma(20'000, 0.52);
}

void forget_ages(Scenario& scenario) {
  for (OpenDeals& open : scenario.territories[0].open) open.weeks_in_stage.reset();
}

void ages_a_moment_later(Scenario& scenario) {
  for (OpenDeals& open : scenario.territories[0].open) {
    if (open.weeks_in_stage) *open.weeks_in_stage += 1.0 / 64;
  }
}

void more_leads(Scenario& scenario, double factor) {
  scenario.territories[0].streams[0].leads_per_week *= factor;
}

/// Attained would mean more than the quota, not at least the quota.
void quota_a_cent_higher(Scenario& scenario) {
  for (Territory& territory : scenario.territories) {
    if (territory.quota) territory.quota->cents += 1;
  }
}

template <class Change>
void each_dated(Scenario& scenario, const Change& change) {
  for (Territory& territory : scenario.territories) {
    for (OpenDeals& open : territory.open) {
      if (open.due) change(*open.due);
    }
  }
}

void slips_ignored(Scenario& scenario) {
  each_dated(scenario, [](DueDate& due) { due.slip_chance = 0; });
}

/// A deal that has slipped might slip once more: of a fixed slip it would be twice as long then.
void slips_drawn_twice(Scenario& scenario) {
  each_dated(scenario, [](DueDate& due) {
    const auto* slip = std::get_if<Distribution::Fixed>(&due.slip_weeks.family());
    if (slip == nullptr || due.slip_chance == 0 || slip->value == 0) return;
    due.slip_weeks = Distribution::empirical({slip->value, 2 * slip->value},
                                             {1 - due.slip_chance, due.slip_chance});
  });
}

/// What was due before day one would not be there.
void overdue_deals_dropped(Scenario& scenario) {
  const auto day_one = scenario.calendar.day_one();
  for (Territory& territory : scenario.territories) {
    std::erase_if(territory.open, [day_one](const OpenDeals& open) {
      return open.due && open.due->date && *open.due->date < day_one;
    });
  }
}

void decided_a_step_late(Scenario& scenario) {
  const int days = scenario.calendar.step == Step::week ? 7 : 1;
  each_dated(scenario, [&](DueDate& due) {
    if (due.date) *due.date += std::chrono::days(days);
  });
}

/// Due days would be rounded to the step's end, and those of the last day fall out.
void decided_a_day_late(Scenario& scenario) {
  each_dated(scenario, [](DueDate& due) {
    if (due.date) *due.date += std::chrono::days(1);
  });
}

void booked_counted_twice(Scenario& scenario) {
  for (Territory& territory : scenario.territories) territory.booked.cents *= 2;
}

/// Owners would answer for the deals that start in their stage, too.
void starts_taken_for_advances(Scenario& scenario) {
  Stream& stream = scenario.territories[0].streams[0];
  stream.leads_per_week *= stream.enter[0];
  for (std::size_t s = 1; s < stream.enter.size(); ++s) stream.enter[s] = 0;
  stream.enter[0] = 1;
}

void expect_failures(const std::string& scenario_name, const std::vector<Control>& controls,
                     std::set<Kind>& controlled) {
  oracle::expect_failures(simulated(scenario_name), controls, controlled);
}

}  // namespace

TEST_CASE("a slightly wrong law fails each kind of check", "[oracle][engine]") {
  if (!enough_time) return;
  const auto more_leads_in_first = [](Scenario& s) { more_leads(s, 1.01); };
  std::set<Kind> controlled;
  expect_failures(
      "C1, weekly steps",
      {{"0.1 % more leads", {Kind::leads}, [](Scenario& s) { more_leads(s, 1.001); }},
       {"advance +1 %", {Kind::wins_mean, Kind::attained}, advance_of_second_stage_up},
       {"open deals taken for new ones",
        {Kind::wins_variance, Kind::wins_distribution},
        open_deals_as_new_ones},
       {"no random phase",
        {Kind::wins_mean, Kind::wins_by_week, Kind::bookings_by_week},
        unchanged,
        {.random_phase = false}},
       {"stays of one stage 3 % shorter",
        {Kind::wins_by_week},
        [](Scenario& s) { first_stage(s).weeks_to_advance = Distribution::exponential(1.94); }},
       {"amounts of another family",
        {Kind::bookings_distribution},
        [](Scenario& s) {
          s.territories[0].streams[0].funnel.amount =
              Distribution::gamma(20'000, s.territories[0].streams[0].funnel.amount.cv());
        }},
       {"amounts +1 %",
        {Kind::bookings_mean},
        [](Scenario& s) {
          s.territories[0].streams[0].funnel.amount =
              Distribution::lognormal(20'200, std::sqrt(std::expm1(0.64)));
        }}},
      controlled);
  expect_failures(
      "stays that differ by outcome",
      {{"amounts' cv +4 %", {Kind::bookings_variance}, wider_amounts},
       {"wrong order of stages", {Kind::stage_occupancy}, swap_first_stages},
       {"lost deals stay as long as others",
        {Kind::stage_occupancy},
        [](Scenario& s) { first_stage(s).weeks_to_lost = first_stage(s).weeks_to_advance; }},
       {"ages ignored", {Kind::wins_mean}, forget_ages}},
      controlled);
  expect_failures("two streams with entry shares",
                  {{"1 % of the deals start a stage later",
                    {Kind::stage_entries, Kind::stream_wins},
                    later_entries},
                   {"1 % more leads", {Kind::stream_bookings}, more_leads_in_first}},
                  controlled);
  expect_failures("open deals by age",
                  {{"ages ignored", {Kind::named_deal}, forget_ages},
                   {"ages 1/64 week off", {Kind::named_deal}, ages_a_moment_later}},
                  controlled);
  expect_failures("very old deals", {{"dead deals alive", {Kind::named_deal}, forget_ages}},
                  controlled);
  expect_failures(
      "fixed stays",
      {{"stays of exactly the age are over", {Kind::wins_by_week}, ages_a_moment_later}},
      controlled);
  expect_failures(
      "immediate orders",
      {{"quota a cent higher", {Kind::attained, Kind::territories_at_quota}, quota_a_cent_higher}},
      controlled);
  expect_failures(
      "several territories",
      {{"1 % more leads in one", {Kind::group_bookings, Kind::group_attained}, more_leads_in_first},
       {"quota a cent higher", {Kind::territories_at_quota}, quota_a_cent_higher}},
      controlled);
  const std::vector<Kind> of_dates{Kind::dated_deals, Kind::wins_by_week};
  const std::vector<Control> wrong_dates{{"slips ignored", of_dates, slips_ignored},
                                         {"slips drawn twice", of_dates, slips_drawn_twice},
                                         {"overdue deals dropped", of_dates, overdue_deals_dropped},
                                         {"decided a step late", of_dates, decided_a_step_late},
                                         {"decided a day late", of_dates, decided_a_day_late}};
  expect_failures("renewals", wrong_dates, controlled);
  expect_failures("renewals, daily steps", wrong_dates, controlled);
  expect_failures("dated deals",
                  {{"slips drawn twice", {Kind::named_deal}, slips_drawn_twice},
                   {"slips ignored", {Kind::named_deal}, slips_ignored}},
                  controlled);
  expect_failures(
      "mid-quarter",
      {{"spread over the whole period", of_dates, unchanged, {.spread_over_rest = false}},
       {"booked counted twice",
        {Kind::bookings_mean, Kind::bookings_by_week, Kind::attained, Kind::group_bookings,
         Kind::group_attained},
        booked_counted_twice},
       {"10 % more leads", {Kind::progress}, [](Scenario& s) { more_leads(s, 1.1); }},
       {"starts taken for advances", {Kind::progress}, starts_taken_for_advances}},
      controlled);
  CHECK(controlled.size() == static_cast<std::size_t>(Kind::progress) + 1);
}

TEST_CASE("continuous time is not the law of weekly steps", "[oracle][engine]") {
  if (!enough_time) return;
  const Simulated right = simulated("three lead rates");
  const ContinuousFunnel continuous{2, {0.5, 0.5, 0.4}};
  const std::vector<std::uint64_t>& wins = right.outcomes.territories[2].flows[0].wins;
  Agreement steps(right.outcomes.replications);
  Agreement flow(right.outcomes.replications);
  const TerritoryLaw law = solve(right.scenario.territories[2], right.scenario.calendar);
  for (int week = 0; week < 13; ++week) {
    CountLaw in_week;
    in_week.add_poisson(continuous.expected_new_wins(12, week + 1) -
                        continuous.expected_new_wins(12, week));
    flow.count(Kind::wins_by_week, "continuous", wins[week], in_week);
    steps.count(Kind::wins_by_week, "steps", wins[week], law.wins({week, week + 1}, {}));
  }
  CHECK(std::abs(flow.worst().z) > bound_for(many_checks));
  CHECK(std::abs(steps.worst().z) < bound_for(many_checks));
  // The step's error is made when the funnel fills; later weeks have it no more.
  CHECK(std::abs(flow.checks().front().z) > std::abs(flow.checks().back().z));
}

}  // namespace attain::oracle
