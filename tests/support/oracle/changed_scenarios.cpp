#include "support/oracle/changed_scenarios.hpp"

#include "support/build_rules.hpp"
#include "support/oracle/build_scenario.hpp"

#include <utility>

namespace attain::oracle {

namespace {

using D = Distribution;
using V = StateVariable;
using testing::add_rule;
using testing::advance_to;
using testing::at_most;
using testing::between;
using testing::times;

std::vector<Stage> usual_stages() {
  return {stage(0.6, D::gamma(1.5, 0.8)), stage(0.55, D::exponential(2)),
          stage(0.65, D::lognormal(1.5, 0.7))};
}

/// The odds in them depend on how long a deal has been there.
std::vector<Stage> stages_by_outcome() {
  return {stage(0.6, D::gamma(1.5, 0.8), D::weibull(5, 0.7)),
          stage(0.5, D::lognormal(3, 0.6), D::exponential(1.2))};
}

std::vector<OpenDeals> open_deals() {
  return {counted(0, 5), counted(1, 4, 2.0), counted(1, 2, 0.0),
          named("Aged", 1, 1.5, dollars(12'000)), named("Found", 0, {})};
}

Territory seller(std::string name, std::int64_t quota, double leads_per_week,
                 const Distribution& amount) {
  return territory(std::move(name), dollars(quota),
                   {stream("new", leads_per_week, usual_stages(), amount)},
                   {counted(0, 4), counted(1, 3, 1.0), counted(2, 3)});
}

/// Amounts on a lattice, also with their factors; rules on one stream beside rules on all.
Scenario in_weeks_5_to_8() {
  Stream field = stream("field", 4, usual_stages(), D::fixed(4'000));
  field.enter = {0.75, 0.25, 0};
  field.funnel.stages[2].owner = "legal";
  Stream partner = stream("partner", 2, {stage(0.5, D::weibull(2, 0.6))},
                          D::empirical({2'000, 6'000, 12'000}, {3, 2, 1}));
  OpenDeals from_partner = counted(0, 3, 1.0);
  from_partner.stream = 1;
  Territory here = territory("Here", dollars(158'000), {field, partner}, open_deals());
  here.open.push_back(from_partner);
  here.open.push_back(slipping(due("Dated", 27, 0.7, dollars(20'000)), 0.4, D::exponential(2)));
  here.open.push_back(renewals(12, {}, 0.8, D::fixed(2'000)));
  Scenario made = scenario("rules in weeks 5 to 8", calendar(13, Step::week), {here});
  add_rule(made, "freeze", {between(V::week, 5, 8)}, {times(Knob::leads, 0.4)}).where = {
      {0, {0}, false}};
  add_rule(made, "campaign", {between(V::week, 5, 8)},
           {times(Knob::advance, 1.6, "stage 2"), times(Knob::amount, 1.25)});
  add_rule(made, "partner days", {between(V::week, 5, 8)},
           {times(Knob::leads, 1.5), times(Knob::amount, 0.5)})
      .where = {{0, {1}, false}};
  return made;
}

Scenario in_some_days() {
  Territory here =
      territory("Here", dollars(85'000),
                {stream("new", 5, stages_by_outcome(), D::lognormal(9'000, 0.6))}, open_deals());
  here.booked = dollars(9'000);
  Scenario made = scenario("rules in days, under way", calendar_from(59, 10, Step::day), {here});
  add_rule(made, "push", {at_most(V::weeks_left, 3)},
           {advance_to(0.78, "stage 2"), times(Knob::amount, 0.9)});
  add_rule(made, "quiet", {between(V::week, 3, 5)},
           {times(Knob::leads, 0.5), times(Knob::advance, 0.6)});
  return made;
}

/// Each stage on a clock of its own, none of them in whole steps.
Scenario constant_speeds() {
  Stream orders = stream("orders", 3, {stage(0.9, D::fixed(1.5))}, D::fixed(500));
  Territory here = territory("Here", dollars(270'000),
                             {stream("new", 5, stages_by_outcome(), D::gamma(9'000, 0.6)), orders},
                             open_deals());
  here.open.push_back(counted(1, 3, 5.25));
  Scenario made = scenario("constant speeds", calendar(13, Step::week), {here});
  add_rule(made, "slow", {}, {times(Knob::speed, 0.7, "stage 1")});
  add_rule(made, "fast", {}, {times(Knob::speed, 2.3, "stage 2"), times(Knob::advance, 1.4)});
  return made;
}

/// Clocks that stand still for two weeks, and hurry at the end.
Scenario changing_speed() {
  Territory here =
      territory("Here", dollars(235'000),
                {stream("new", 5, stages_by_outcome(), D::gamma(9'000, 0.6)),
                 stream("clockwork", 3, {stage(0.8, D::fixed(2)), stage(0.7, D::fixed(1.375))},
                        D::fixed(1'000))},
                open_deals());
  Scenario made = scenario("speeds that change", calendar(13, Step::week), {here});
  add_rule(made, "halt", {between(V::week, 5, 6)}, {times(Knob::speed, 0)});
  add_rule(made, "push", {at_most(V::weeks_left, 3)},
           {times(Knob::speed, 1.75), times(Knob::advance, 1.5, "stage 2")});
  return made;
}

Scenario two_sellers(std::string name, const Calendar& period, const Distribution& amount) {
  Scenario made =
      scenario(std::move(name), period,
               {seller("North", 60'000, 4, amount), seller("South", 75'000, 5, amount)});
  made.territories[0].segment = "public";
  made.territories[1].segment = "private";
  return made;
}

Scenario by_chance() {
  Scenario made = two_sellers("two rules by chance", calendar(13, Step::week), D::fixed(5'000));
  add_rule(made, "freeze", {between(V::week, 3, 9)}, {times(Knob::leads, 0.3)}).chance = 0.3;
  Rule& rumour = add_rule(made, "rumour", {}, {times(Knob::advance, 0.6, "stage 3")});
  rumour.chance = 0.6;
  rumour.chance_per_territory = true;
  return made;
}

Shock shock(std::string name, KnobOf on, double sd) {
  Shock made;
  made.name = std::move(name);
  made.on = std::move(on);
  made.sd = sd;
  return made;
}

/// One shock for all, and a rule by chance beside it.
Scenario shared_shock() {
  Scenario made = two_sellers("a shock on leads, shared by all", calendar(13, Step::week),
                              D::lognormal(5'000, 0.6));
  made.shocks = {shock("economy", {Knob::leads, {}}, 0.3)};
  made.shocks[0].shared_by = Shock::SharedBy::all;
  add_rule(made, "freeze", {between(V::week, 3, 9)}, {times(Knob::leads, 0.5)}).chance = 0.4;
  return made;
}

Scenario shocks_of_territories() {
  Scenario made =
      two_sellers("a shock on odds in each territory", calendar(13, Step::week), D::fixed(5'000));
  made.shocks = {shock("competitor", {Knob::advance, "stage 2"}, 0.5)};
  return made;
}

/// Also on deals with a date.
Scenario shocks_of_segments() {
  Scenario made = two_sellers("a shock on amounts in each segment", calendar(13, Step::week),
                              D::lognormal(5'000, 0.6));
  Territory third = made.territories[0];
  third.name = "West";
  third.open.push_back(renewals(10, 40, 0.8, D::gamma(2'000, 0.5)));
  made.territories.push_back(third);
  made.shocks = {shock("budgets", {Knob::amount, {}}, 0.25)};
  made.shocks[0].shared_by = Shock::SharedBy::attribute;
  made.shocks[0].attribute = "segment";
  made.shocks[0].group = {"public", "private", "public"};
  return made;
}

Scenario weekly_shock() {
  Scenario made = two_sellers("a shock by week", calendar(2, Step::week), D::exponential(5'000));
  for (Territory& here : made.territories) {
    here.quota->cents /= 4;
    here.streams[0].funnel.stages = {stage(0.8, D::exponential(0.4))};
    here.streams[0].enter = {1};
    here.open = {counted(0, 3)};
  }
  made.shocks = {shock("mood", {Knob::leads, {}}, 0.6)};
  made.shocks[0].per = Shock::Per::week;
  made.shocks[0].persistence = 0.8;
  made.shocks[0].shared_by = Shock::SharedBy::all;
  return made;
}

std::size_t add_number(Scenario& made, std::string name, const NumberLaw& law) {
  made.uncertain.push_back({std::move(name), law, false});
  return made.uncertain.size() - 1;
}

Scenario uncertain_leads_and_amounts() {
  Scenario made = two_sellers("uncertain leads and mean amounts", calendar(13, Step::week),
                              D::lognormal(5'000, 0.6));
  made.territories.pop_back();
  Stream& stream = made.territories[0].streams[0];
  const NumberLaw leads = NumberLaw::lognormal_between(3, 5);
  stream.leads_per_week = leads.mean();
  stream.leads_uncertain = add_number(made, "leads", leads);
  stream.funnel.amount_uncertain.mean =
      add_number(made, "amount", NumberLaw::lognormal(5'000, 0.2));
  return made;
}

/// One funnel for both, and one rate of their own.
Scenario uncertain_rates() {
  Scenario made = two_sellers("uncertain shares", calendar(13, Step::week), D::fixed(5'000));
  const NumberLaw rate = NumberLaw::beta_observed(0.55, 40);
  const std::size_t own = add_number(made, "advance", rate);
  made.uncertain[own].per_territory = true;
  for (Territory& here : made.territories) {
    here.streams[0].funnel.stages[1].advance = rate.mean();
    here.streams[0].funnel.stages[1].advance_uncertain = own;
  }
  return made;
}

Scenario uncertain_stay() {
  Scenario made = two_sellers("an uncertain stay beside an uncertain share",
                              calendar(13, Step::week), D::fixed(5'000));
  const NumberLaw share = NumberLaw::logit_normal_between(0.45, 0.8);
  const std::size_t of_share = add_number(made, "share", share);
  const std::size_t of_stay = add_number(made, "stay", NumberLaw::lognormal(2, 0.4));
  for (Territory& here : made.territories) {
    std::vector<Stage>& stages = here.streams[0].funnel.stages;
    stages[2].advance = share.mean();
    stages[2].advance_uncertain = of_share;
    stages[1].weeks_to_advance_uncertain.mean = of_stay;
    stages[1].weeks_to_lost_uncertain.mean = of_stay;
    here.open.push_back(named("Aged", 1, 3.0, dollars(10'000)));
  }
  return made;
}

/// Multipliers, chances and sds that are known in part only.
Scenario uncertain_changes() {
  Scenario made =
      two_sellers("uncertain multipliers and chances", calendar(13, Step::week), D::fixed(5'000));
  made.territories.pop_back();
  const NumberLaw factor = NumberLaw::lognormal_between(1.2, 2.5);
  Rule& push = add_rule(made, "push", {at_most(V::weeks_left, 6)},
                        {times(Knob::advance, factor.mean(), "stage 3")});
  push.then[0].factor_uncertain = add_number(made, "factor", factor);
  const NumberLaw chance = NumberLaw::beta(0.5, 0.2);
  Rule& freeze = add_rule(made, "freeze", {between(V::week, 2, 9)}, {times(Knob::leads, 0.2)});
  freeze.chance = chance.mean();
  freeze.chance_uncertain = add_number(made, "chance", chance);
  return made;
}

Scenario uncertain_sd() {
  Scenario made =
      two_sellers("a shock of uncertain size", calendar(13, Step::week), D::exponential(5'000));
  made.territories.pop_back();
  const NumberLaw sd = NumberLaw::lognormal(0.25, 0.4);
  made.shocks = {shock("economy", {Knob::leads, {}}, sd.mean())};
  made.shocks[0].sd_uncertain = add_number(made, "sd", sd);
  return made;
}

Calendar periods(int steps, int count, int done) {
  Calendar made = calendar_from(steps, done, Step::week);
  made.periods = count;
  return made;
}

/// From inside the second of three periods on: chances and bookings start anew in each.
Scenario three_periods() {
  Scenario made = two_sellers("periods with a chance each", periods(6, 3, 8), D::fixed(5'000));
  for (Territory& here : made.territories) {
    here.quotas = {dollars(30'000), dollars(35'000), dollars(40'000)};
    here.quota = here.quotas[1];
    here.actual = {dollars(20'000)};
    here.booked = dollars(10'000);
  }
  add_rule(made, "freeze", {between(V::week, 2, 5)}, {times(Knob::leads, 0.2)}).chance = 0.5;
  add_rule(made, "third", {between(V::period, 3, 3)}, {times(Knob::amount, 1.5)});
  return made;
}

Scenario shocks_of_periods() {
  Scenario made = two_sellers("a shock in each period", periods(6, 2, 0), D::lognormal(5'000, 0.6));
  for (Territory& here : made.territories) {
    here.quotas = {dollars(35'000), dollars(40'000)};
    here.quota = here.quotas[0];
  }
  made.shocks = {shock("economy", {Knob::leads, {}}, 0.4)};
  made.shocks[0].shared_by = Shock::SharedBy::all;
  return made;
}

}  // namespace

std::vector<Scenario> changed_scenarios() {
  return {in_weeks_5_to_8(),
          in_some_days(),
          constant_speeds(),
          changing_speed(),
          by_chance(),
          shared_shock(),
          shocks_of_territories(),
          shocks_of_segments(),
          weekly_shock(),
          uncertain_leads_and_amounts(),
          uncertain_rates(),
          uncertain_stay(),
          uncertain_changes(),
          uncertain_sd(),
          three_periods(),
          shocks_of_periods()};
}

}  // namespace attain::oracle
