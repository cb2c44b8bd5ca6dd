#include "support/lively_scenario.hpp"

#include "support/build_rules.hpp"

namespace attain::testing {

namespace {

using namespace attain::oracle;
using D = Distribution;
using V = StateVariable;

std::size_t add_number(Scenario& made, std::string name, const NumberLaw& law) {
  made.uncertain.push_back({std::move(name), law, made.uncertain.size() % 2 == 1});
  return made.uncertain.size() - 1;
}

Territory seller(std::string name, std::int64_t quota, double leads) {
  Stream field =
      stream("field", leads,
             {stage(0.6, D::gamma(1.5, 0.8)), stage(0.55, D::gamma(2, 0.7), D::lognormal(3, 0.9)),
              stage(0.65, D::weibull(1.5, 0.7))},
             D::lognormal(20'000, 0.8));
  field.funnel.stages[0].hours = 0.5;
  field.funnel.stages[1].hours = 1.5;
  field.funnel.stages[2].hours = 3;
  Stream own = stream("own", 1.5, {stage(0.5, D::exponential(2))}, D::gamma(8'000, 0.5));
  own.source = Source::own;
  Territory made = territory(
      std::move(name), dollars(quota), {field, own},
      {counted(0, 6), counted(1, 5, 2.0), named("Acme", 2, 1.5, dollars(60'000)),
       named("Borealis", 1, {}), slipping(due("Dated", 30, 0.6, dollars(50'000)), 0.5, D::fixed(3)),
       renewals(6, {}, 0.9, D::fixed(4'000))});
  made.quotas = {dollars(quota), dollars(quota + 20'000)};
  made.capacity = hours_a_week(45);
  made.capacity->other_time = {{"meetings", 8, {}}};
  made.effort = Effort{0.1, 0.05, 0.15, 0.1, 0.08};
  return made;
}

void add_rules(Scenario& made) {
  add_rule(made, "push", {at_most(V::weeks_left, 3)},
           {times(Knob::advance, 1.4, "stage 3"), times(Knob::speed, 2, "stage 3"),
            times(Knob::amount, 0.94)});
  add_rule(made, "hold back", {at_least(V::attainment, 1)}, {times(Knob::speed, 0.6)});
  add_rule(made, "freeze", {between(V::week, 3, 9)}, {times(Knob::leads, 0.5)}).chance = 0.4;
  Rule& rumour = add_rule(made, "rumour", {}, {times(Knob::advance, 0.8, "stage 2")});
  rumour.chance = 0.5;
  rumour.chance_per_territory = true;
}

void add_shocks(Scenario& made) {
  Shock economy;
  economy.name = "economy";
  economy.on = {Knob::leads, {}};
  economy.sd = 0.2;
  economy.shared_by = Shock::SharedBy::all;
  Shock mood = economy;
  mood.name = "mood";
  mood.on = {Knob::advance, "stage 3"};
  mood.per = Shock::Per::week;
  mood.persistence = 0.8;
  mood.shared_by = Shock::SharedBy::attribute;
  mood.attribute = "segment";
  for (const Territory& here : made.territories) mood.group.push_back(here.segment);
  Shock prices = economy;
  prices.name = "prices";
  prices.on = {Knob::amount, {}};
  prices.shared_by = Shock::SharedBy::territory;
  made.shocks = {economy, mood, prices};
  made.shocks[2].sd_uncertain =
      add_number(made, "shocks.prices.sd", NumberLaw::lognormal(0.2, 0.3));
}

void add_numbers(Scenario& made) {
  const NumberLaw leads = NumberLaw::lognormal_between(3, 5);
  const NumberLaw advance = NumberLaw::beta_observed(0.55, 60);
  const std::size_t of_leads = add_number(made, "defaults.leads_per_week", leads);
  const std::size_t of_advance = add_number(made, "funnels.field.stage 2.advance", advance);
  const std::size_t of_stay =
      add_number(made, "funnels.field.stage 1.weeks", NumberLaw::lognormal(1.5, 0.3));
  const std::size_t of_amount =
      add_number(made, "funnels.field.amount", NumberLaw::lognormal(20'000, 0.15));
  const std::size_t of_hours =
      add_number(made, "defaults.hours_per_week", NumberLaw::lognormal(45, 0.1));
  for (Territory& here : made.territories) {
    Stream& field = here.streams[0];
    field.leads_per_week = leads.mean();
    field.leads_uncertain = of_leads;
    field.funnel.stages[1].advance = advance.mean();
    field.funnel.stages[1].advance_uncertain = of_advance;
    field.funnel.stages[0].weeks_to_advance_uncertain.mean = of_stay;
    field.funnel.stages[0].weeks_to_lost_uncertain.mean = of_stay;
    field.funnel.amount_uncertain.mean = of_amount;
    here.capacity->hours_uncertain = of_hours;
  }
  made.rules[3].chance_uncertain =
      add_number(made, "rules.rumour.chance", NumberLaw::beta(0.5, 0.1));
}

}  // namespace

Scenario lively_scenario(Step step) {
  using namespace std::chrono;
  Scenario made = scenario(
      "lively", calendar(8, step),
      {seller("North", 200'000, 4), seller("South", 220'000, 5), seller("West", 150'000, 3)});
  made.calendar.periods = 2;
  made.territories[0].segment = "public";
  made.territories[1].segment = "private";
  made.territories[2].segment = "public";
  made.territories[0].region = {"East"};
  made.territories[1].region = {"East"};
  made.territories[2].ramp =
      Ramp{sys_days{year{2026} / December / 10}, {0.2, 0.5, 0.8, 1}, true, true, false, true};
  made.seasons = {{Season::By::week, {0.75, 1, 1.25, 1}, {Knob::leads, {}}}};
  add_rules(made);
  add_shocks(made);
  add_numbers(made);
  return made;
}

}  // namespace attain::testing
