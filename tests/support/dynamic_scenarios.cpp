#include "support/dynamic_scenarios.hpp"

#include "support/build_rules.hpp"

namespace attain::testing {

namespace {

using namespace attain::oracle;
using D = Distribution;
using V = StateVariable;

/// Three stages with stays, hours and activities of their own; of two stays differ by outcome.
std::vector<Stage> field_stages() {
  std::vector<Stage> stages{stage(0.6, D::gamma(1.5, 0.8)),
                            stage(0.55, D::gamma(2, 0.7), D::lognormal(3, 0.9)),
                            stage(0.65, D::weibull(1.5, 0.7), D::exponential(3))};
  stages[0].hours = 0.5;
  stages[1].hours = 1.5;
  stages[2].hours = 3;
  stages[0].activities = {{"call", 1, 0}};
  stages[1].activities = {{"meeting", 1, 0.5}};
  return stages;
}

std::vector<OpenDeals> open_deals() {
  return {counted(0, 6),
          counted(1, 5, 2.0),
          counted(2, 3, 0.7),
          named("Acme", 2, 1.5, dollars(60'000)),
          named("Borealis", 1, {}),
          named("Cedar", 2, 80.0)};
}

Scenario one(std::string name, Step step, Territory here) {
  return scenario(std::move(name), calendar(13, step), {std::move(here)});
}

Scenario quarter_end() {
  Scenario made = one("push at quarter end, hold back after quota, give up", Step::week,
                      seller("Here", 240'000, 5));
  add_rule(made, "push", {at_most(V::weeks_left, 3)},
           {times(Knob::advance, 1.4, "stage 3"), times(Knob::speed, 2, "stage 3"),
            times(Knob::amount, 0.94)});
  add_rule(made, "hold back", {at_least(V::attainment, 1)},
           {times(Knob::speed, 0.4, "stage 3"), times(Knob::leads, 0.7)});
  add_rule(made, "give up", {below(V::pace, 0.8), at_least(V::week, 6)},
           {times(Knob::leads, 0.6), times(Knob::speed, 0.8)});
  return made;
}

Scenario short_of_hours(Step step) {
  Territory here = seller("Here", 200'000, 5);
  Stream renewals = stream("renewals", 2, {stage(0.9, D::exponential(1))}, D::gamma(3'000, 0.5));
  renewals.funnel.stages[0].hours = 1;
  here.streams.push_back(renewals);
  here.capacity = hours_a_week(40);
  here.capacity->other_time = {{"meetings", 8}, {"admin", 6}};
  Scenario made = one(step == Step::week ? "capacity" : "capacity, daily steps", step, here);
  add_rule(made, "overloaded", {above(V::utilization, 1.3)}, {times(Knob::leads, 0.7)});
  add_rule(made, "careful while idle", {below(V::utilization, 1)}, {times(Knob::advance, 1.3)});
  return made;
}

Scenario newcomer() {
  using namespace std::chrono;
  Territory here = seller("New hire", 150'000, 3);
  Stream own = field(2);
  own.name = "own";
  own.source = Source::own;
  here.streams.push_back(own);
  here.capacity = hours_a_week(45);
  here.ramp =
      Ramp{sys_days{year{2026} / December / 10}, {0.2, 0.5, 0.8, 1}, true, true, false, true};
  Scenario made = one("ramp", Step::day, here);
  add_rule(made, "coach", {between(V::week, 3, 6)}, {advance_to(0.7, "stage 2")});
  return made;
}

Scenario seasonal() {
  Territory here = seller("Here", 200'000, 5);
  here.open.push_back(slipping(due("Dated", 17, 0.7, dollars(40'000)), 0.3, D::exponential(2)));
  here.open.push_back(renewals(12, {}, 0.85, D::gamma(4'000, 0.5)));
  here.capacity = hours_a_week(28);
  Scenario made = one("seasons and closed weeks", Step::week, here);
  made.seasons = {
      {Season::By::month, {0.7, 1.3, 1, 1.2, 1, 1, 1, 1, 1, 1, 1, 1}, {Knob::leads, {}}},
      {Season::By::week, {0.75, 1, 1.25, 1}, {Knob::speed, {}}},
      {Season::By::week, {1, 1, 0.9}, {Knob::amount, {}}},
      {Season::By::month, {0.8, 1, 1.2, 1, 1, 1, 1, 1, 1, 1, 1, 1}, {Knob::advance, "stage 2"}}};
  made.closed_weeks = {false, false, true, false, false, false, true, true};
  add_rule(made, "late", {at_most(V::weeks_left, 4), below(V::attainment, 0.9)},
           {times(Knob::amount, 0.9), times(Knob::speed, 1.5)});
  return made;
}

Scenario looks_at_pipeline() {
  Territory here = seller("Here", 260'000, 4);
  here.open.push_back(slipping(due("Dated", 30, 0.6, dollars(50'000)), 0.5, D::fixed(3)));
  Scenario made = one("coverage, pipeline, open deals", Step::week, here);
  add_rule(made, "prospect", {below(V::coverage, 2)}, {times(Knob::leads, 1.5)});
  add_rule(made, "relax", {above(V::coverage, 4)},
           {times(Knob::leads, 0.5), times(Knob::speed, 0.8)});
  add_rule(made, "crowded", {above(V::open_deals, 22)}, {times(Knob::speed, 0.75, "stage 1")});
  add_rule(made, "rich", {at_least(V::pipeline, 300'000)}, {times(Knob::advance, 1.6, "stage 2")});
  add_rule(made, "bonus", {at_least(V::booked, 150'000), at_most(V::week, 11)},
           {times(Knob::advance, 0.8, "stage 3")});
  return made;
}

Scenario looks_at_activities() {
  Scenario made = one("activities, leads and wins", Step::day, seller("Here", 200'000, 5));
  Condition meetings = at_least(V::activities, 45);
  meetings.activity = "meeting";
  add_rule(made, "tired", {meetings}, {times(Knob::speed, 0.6)});
  add_rule(made, "busy", {above(V::activities, 90)}, {times(Knob::leads, 0.5)});
  add_rule(made, "many leads", {above(V::leads, 30), at_least(V::week, 5)},
           {times(Knob::advance, 0.7, "stage 1")});
  add_rule(made, "first wins", {between(V::wins, 1, 5)}, {times(Knob::advance, 1.5, "stage 3")});
  return made;
}

Scenario by_chance() {
  Scenario made = scenario(
      "rules by chance", calendar(13, Step::week),
      {seller("North", 180'000, 4), seller("South", 220'000, 5), seller("West", 260'000, 6)});
  add_rule(made, "freeze", {between(V::week, 3, 9)}, {times(Knob::leads, 0.3)}).chance = 0.4;
  Rule& rumour =
      add_rule(made, "rumour", {below(V::attainment, 0.8)},
               {times(Knob::advance, 0.6, "stage 3"), times(Knob::speed, 0.5, "stage 2")});
  rumour.chance = 0.5;
  rumour.chance_per_territory = true;
  Rule& two_of_three = add_rule(made, "big year", {}, {times(Knob::amount, 1.4)});
  two_of_three.chance = 0.25;
  two_of_three.where.erase(two_of_three.where.begin());
  return made;
}

/// Odds and fractional speeds on deals of every kind, whose share that advances has a clock.
Scenario patient() {
  Territory here =
      territory("Patient", dollars(380'000),
                {stream("new", 5,
                        {stage(0.6, D::gamma(1.5, 0.8), D::weibull(5, 0.7)),
                         stage(0.5, D::lognormal(4, 0.6), D::exponential(1.2))},
                        D::gamma(20'000, 0.5))},
                {counted(0, 5, 2.0), counted(1, 6, 5.0), counted(1, 5), counted(1, 4, 0.0),
                 named("Old", 1, 9.0, dollars(30'000)), named("Found", 0, {}, dollars(30'000))});
  Scenario made = one("stays that differ by outcome, odds and speed", Step::week, here);
  add_rule(made, "behind", {below(V::pace, 0.9)},
           {times(Knob::speed, 1.3), times(Knob::advance, 2, "stage 2")});
  add_rule(made, "ahead", {above(V::pace, 1.1)},
           {times(Knob::speed, 0.55), times(Knob::advance, 0.5)});
  add_rule(made, "stop", {at_least(V::attainment, 0.8)}, {times(Knob::speed, 0, "stage 2")});
  return made;
}

/// Stays with atoms, on clocks that do not move in whole steps.
Scenario clockwork() {
  Territory here =
      territory("Clockwork", dollars(70'000),
                {stream("new", 4,
                        {stage(0.8, D::fixed(2)), stage(0.75, D::fixed(1.375)),
                         stage(0.5, D::fixed(3), D::empirical({0, 0.25, 4}))},
                        D::fixed(4'000))},
                {counted(0, 3, 2), counted(0, 3, 1), counted(0, 2), counted(1, 3, 1.375),
                 counted(1, 2, 0.375), counted(2, 4, 3), counted(2, 4, 0), counted(2, 4)});
  for (Stage& stage : here.streams[0].funnel.stages) stage.hours = 1;
  here.capacity = hours_a_week(14);
  Scenario made = one("fixed stays without enough hours", Step::week, here);
  add_rule(made, "push", {at_most(V::weeks_left, 4), below(V::attainment, 1)},
           {times(Knob::speed, 1.5), times(Knob::advance, 1.5, "stage 3")});
  return made;
}

/// From inside a quarter on, with two streams; rules on one of them see the whole territory.
Scenario under_way(Step step) {
  Territory here = seller("Here", 300'000, 4);
  Stream partner = field(2);
  partner.name = "partner";
  here.streams.push_back(partner);
  here.booked = dollars(90'000);
  here.capacity = hours_a_week(30);
  Scenario made = one(step == Step::week ? "under way" : "under way, daily steps", step, here);
  made.calendar = step == Step::week ? calendar_from(13, 5, step) : calendar_from(87, 38, step);
  add_rule(made, "behind", {below(V::pace, 1)}, {times(Knob::leads, 1.6), times(Knob::speed, 1.2)})
      .where = {{0, {1}, false}};
  add_rule(made, "ahead", {above(V::pace, 1.1)},
           {times(Knob::speed, 0.6), times(Knob::amount, 1.1)})
      .where = {{0, {0}, false}};
  add_rule(made, "last weeks", {at_most(V::weeks_left, 2)}, {advance_to(0.8, "stage 3")});
  return made;
}

}  // namespace

Stream field(double leads_per_week) {
  Stream made = stream("field", leads_per_week, field_stages(), D::lognormal(20'000, 0.8));
  made.funnel.pipeline_from = 1;
  return made;
}

Territory seller(std::string name, std::int64_t quota, double leads_per_week) {
  return territory(std::move(name), dollars(quota), {field(leads_per_week)}, open_deals());
}

std::vector<Scenario> dynamic_scenarios() {
  return {quarter_end(),
          short_of_hours(Step::week),
          short_of_hours(Step::day),
          newcomer(),
          seasonal(),
          looks_at_pipeline(),
          looks_at_activities(),
          by_chance(),
          patient(),
          clockwork(),
          under_way(Step::week),
          under_way(Step::day)};
}

Scenario without_dynamics(Scenario scenario) {
  scenario.rules.clear();
  scenario.seasons.clear();
  scenario.closed_weeks.clear();
  for (Territory& territory : scenario.territories) {
    territory.capacity.reset();
    territory.ramp.reset();
  }
  return scenario;
}

}  // namespace attain::testing
