#include "support/deal_by_deal_build.hpp"
#include "support/dynamic_scenarios.hpp"

namespace attain::testing {

namespace {

using namespace attain::oracle;
using D = Distribution;
using V = StateVariable;

Stage& stage_of(Territory& territory, std::size_t stage) {
  return territory.streams[0].funnel.stages[stage];
}

void make_both_stays_uncertain(Stage& stage, const UncertainMoments& uncertain) {
  stage.weeks_to_advance_uncertain = stage.weeks_to_lost_uncertain = uncertain;
}

Scenario three(std::string name, const Calendar& calendar) {
  return scenario(
      std::move(name), calendar,
      {seller("North", 180'000, 4), seller("South", 220'000, 5), seller("West", 260'000, 6)});
}

Scenario economy_and_mood() {
  Scenario made = three("shocks shared by all, by segment, by nobody", calendar(13, Step::week));
  add_shock(made, "economy", {Knob::leads, {}}, 0.3, Shock::SharedBy::all);
  Shock& mood = add_shock(made, "mood", {Knob::advance, "stage 2"}, 0.6);
  make_weekly(mood, 0.8);
  share_by(mood, "segment", {"government", "commercial", "government"});
  make_weekly(add_shock(made, "pace", {Knob::speed, {}}, 0.3), 0.5);
  return made;
}

Scenario two_quarters() {
  Territory here = seller("Here", 0, 5);
  set_quotas(here, {180'000, 260'000});
  Scenario made = scenario("two quarters", periods_of(2, 13), {here});
  add_shock(made, "demand", {Knob::leads, {}}, 0.3);
  add_rule(made, "push", {at_most(V::weeks_left, 3)},
           {times(Knob::advance, 1.5, "stage 3"), times(Knob::speed, 2, "stage 3"),
            times(Knob::amount, 0.9)});
  add_rule(made, "hold back", {at_least(V::attainment, 1)}, {times(Knob::speed, 0.4)});
  add_rule(made, "behind", {below(V::pace, 0.9)}, {times(Knob::leads, 1.4)});
  add_rule(made, "freeze", {between(V::week, 2, 6)}, {times(Knob::leads, 0.3)}).chance = 0.4;
  add_rule(made, "second", {at_least(V::period, 2), above(V::wins, 4)}, {times(Knob::speed, 1.3)});
  return made;
}

Scenario unknown_funnel() {
  Territory north = seller("North", 180'000, 4);
  Territory south = seller("South", 220'000, 5);
  Scenario made = scenario("uncertain funnel", calendar(13, Step::week), {});
  const std::size_t amount = add_number(made, "amount", NumberLaw::lognormal(20'000, 0.25));
  const std::size_t advance = add_number(made, "advance", NumberLaw::beta_observed(0.55, 30));
  const std::size_t own = add_number(made, "own", NumberLaw::logit_normal_between(0.3, 0.9), true);
  const std::size_t weeks = add_number(made, "weeks", NumberLaw::lognormal(1.5, 0.4));
  for (Territory* here : {&north, &south}) {
    here->streams[0].funnel.amount_uncertain.mean = amount;
    stage_of(*here, 1).advance_uncertain = advance;
    stage_of(*here, 2).advance_uncertain = own;
    stage_of(*here, 2).advance = made.uncertain[own].law.mean();
    make_both_stays_uncertain(stage_of(*here, 0), {weeks, {}});
  }
  north.streams[0].leads_uncertain =
      add_number(made, "leads", NumberLaw::lognormal_between(2.5, 6));
  north.streams[0].leads_per_week = made.uncertain.back().law.mean();
  south.streams[0].funnel.amount_uncertain.cv =
      add_number(made, "cv", NumberLaw::lognormal(0.8, 0.3));
  made.territories = {north, south};
  return made;
}

/// Stays, shares and speeds at once: the share that advances depends on clock and draw.
Scenario unknown_stays() {
  Territory here =
      territory("Here", dollars(380'000),
                {stream("new", 5,
                        {stage(0.6, D::gamma(1.5, 0.8), D::weibull(5, 0.7)),
                         stage(0.5, D::lognormal(4, 0.6), D::exponential(1.2))},
                        D::gamma(20'000, 0.5))},
                {counted(0, 5, 2.0), counted(1, 6, 5.0), counted(1, 5), counted(1, 4, 0.0),
                 named("Old", 1, 9.0, dollars(30'000)), named("Found", 0, {}, dollars(30'000))});
  Scenario made = scenario("uncertain stays that differ by outcome", calendar(13, Step::week), {});
  stage_of(here, 0).weeks_to_advance_uncertain.cv =
      add_number(made, "cv", NumberLaw::lognormal(0.8, 0.5));
  stage_of(here, 0).weeks_to_lost_uncertain.mean =
      add_number(made, "lost", NumberLaw::lognormal(5, 0.5));
  stage_of(here, 1).weeks_to_advance_uncertain.mean =
      add_number(made, "mean", NumberLaw::lognormal(4, 0.4));
  stage_of(here, 1).advance_uncertain = add_number(made, "rate", NumberLaw::beta(0.5, 0.12));
  made.territories = {here};
  make_weekly(add_shock(made, "speed", {Knob::speed, {}}, 0.4), 0.7);
  add_shock(made, "odds", {Knob::advance, {}}, 0.4);
  add_rule(made, "review", {between(V::week, 3, 8)}, {advance_to(0.75, "stage 2")});
  return made;
}

Scenario people() {
  Territory here = seller("Here", 300'000, 3);
  Stream own = field(2.5);
  own.name = "own";
  own.source = Source::own;
  here.streams.push_back(own);
  here.open.push_back(slipping(due("Dated", 30, 0.6, dollars(50'000)), 0.5, D::fixed(3)));
  here.open.push_back(renewals(8, {}, 0.85, D::gamma(4'000, 0.5)));
  here.effort = Effort{0.3, 0.25, 0.3, 0.4, 0.3};
  return scenario("effort", calendar(13, Step::week), {here});
}

Scenario people_in_periods() {
  Territory here = seller("Here", 0, 3);
  here.streams[0].source = Source::own;
  here.streams[0].leads_uncertain = 0;
  set_quotas(here, {150'000, 120'000, 210'000}, 1);
  here.actual = {dollars(155'000)};
  here.booked = dollars(30'000);
  here.effort = Effort{0.3, 0.2, 0.3, 0.2, 0.3};
  here.capacity = hours_a_week(32);
  Calendar calendar = calendar_from(60, 81, Step::day);
  calendar.periods = 3;
  Scenario made =
      scenario("effort and hours from within the second of three periods", calendar, {here});
  add_number(made, "leads", NumberLaw::lognormal(3, 0.3));
  return made;
}

Scenario short_periods() {
  Scenario made = three("short periods in days, from within one", calendar_from(30, 11, Step::day));
  made.calendar.periods = 3;
  for (Territory& here : made.territories) {
    set_quotas(here, {90'000, 70'000, 60'000});
    here.booked = dollars(25'000);
  }
  made.territories[0].open.push_back(renewals(12, {}, 0.85, D::gamma(4'000, 0.5)));
  made.territories[1].open.push_back(
      slipping(due("Dated", 40, 0.7, dollars(40'000)), 0.4, D::exponential(3)));
  made.closed_weeks = {false, false, true, false, false, false, false, true};
  make_weekly(add_shock(made, "weather", {Knob::leads, {}}, 0.5, Shock::SharedBy::all), 0.9);
  add_shock(made, "prices", {Knob::amount, {}}, 0.3, Shock::SharedBy::all);
  Rule& rumour = add_rule(made, "rumour", {at_least(V::week, 2)}, {times(Knob::leads, 0.4)});
  rumour.chance = 0.5;
  rumour.chance_per_territory = true;
  Rule& big = add_rule(made, "big month", {}, {times(Knob::amount, 1.5)});
  big.chance = 0.35;
  big.where.erase(big.where.begin());
  add_rule(made, "busy", {above(V::leads, 14)}, {times(Knob::speed, 0.6)});
  return made;
}

Scenario unknown_dynamics() {
  Scenario made = three("uncertain hours, factors, chances and shocks", periods_of(2, 9));
  const std::size_t hours = add_number(made, "hours", NumberLaw::lognormal(36, 0.25), true);
  const std::size_t share = add_number(made, "share", NumberLaw::beta(0.8, 0.1));
  const std::size_t admin = add_number(made, "admin", NumberLaw::lognormal(6, 0.5));
  const std::size_t asked = add_number(made, "asked", NumberLaw::lognormal(3, 0.3));
  for (Territory& here : made.territories) {
    set_quotas(here, {130'000, 150'000});
    here.capacity = hours_a_week(36);
    here.capacity->hours_uncertain = hours;
    stage_of(here, 2).hours_uncertain = asked;
  }
  made.territories[0].capacity->selling_share = 0.8;
  made.territories[0].capacity->share_uncertain = share;
  made.territories[1].capacity->other_time = {{"meetings", 4, {}}, {"admin", 6, admin}};
  Rule& coach = add_rule(made, "coach", {at_least(V::week, 3)},
                         {times(Knob::advance, 1.6, "stage 1"), times(Knob::amount, 1.2)});
  coach.chance = 0.5;
  coach.chance_uncertain = add_number(made, "chance", NumberLaw::beta(0.5, 0.25));
  coach.then[0].factor_uncertain =
      add_number(made, "odds", NumberLaw::lognormal_between(1, 2.5), true);
  coach.then[0].factor = made.uncertain.back().law.mean();
  coach.then[1].factor_uncertain = add_number(made, "price", NumberLaw::lognormal(1.2, 0.2));
  Shock& shock = add_shock(made, "economy", {Knob::leads, {}}, 0.4, Shock::SharedBy::all);
  shock.sd_uncertain = add_number(made, "sd", NumberLaw::lognormal(0.4, 0.5));
  add_rule(made, "late", {at_most(V::weeks_left, 2), below(V::attainment, 1)},
           {times(Knob::speed, 1.5)});
  return made;
}

/// All of it in daily steps.
Scenario everything() {
  Territory north = seller("North", 0, 3);
  Stream own = field(2);
  own.name = "own";
  own.source = Source::own;
  north.streams.push_back(own);
  Scenario made = scenario("everything, daily steps", periods_of(2, 6, Step::day), {});
  const std::size_t leads = add_number(made, "leads", NumberLaw::lognormal(2, 0.4), true);
  const std::size_t advance = add_number(made, "advance", NumberLaw::beta_observed(0.65, 25));
  north.streams[1].leads_uncertain = leads;
  stage_of(north, 2).advance_uncertain = advance;
  make_both_stays_uncertain(stage_of(north, 0),
                            {add_number(made, "weeks", NumberLaw::lognormal(1.5, 0.5)), {}});
  set_quotas(north, {110'000, 120'000});
  north.effort = Effort{0.25, 0.2, 0.3, 0.2, 0.25};
  north.capacity = hours_a_week(40);
  Territory south = north;
  south.name = "South";
  south.effort.reset();
  made.territories = {north, south};
  make_weekly(add_shock(made, "economy", {Knob::leads, {}}, 0.4, Shock::SharedBy::all), 0.8);
  add_shock(made, "mood", {Knob::advance, "stage 3"}, 0.5, Shock::SharedBy::all);
  add_rule(made, "push", {at_most(V::weeks_left, 2), below(V::attainment, 1)},
           {advance_to(0.8, "stage 3"), times(Knob::speed, 1.5)})
      .chance = 0.6;
  made.seasons = {{Season::By::week, {0.8, 1, 1.2}, {Knob::leads, {}}}};
  return made;
}

}  // namespace

std::vector<Scenario> scenarios_of_luck() {
  return {economy_and_mood(),  two_quarters(),  unknown_funnel(),   unknown_stays(), people(),
          people_in_periods(), short_periods(), unknown_dynamics(), everything()};
}

}  // namespace attain::testing
