// The controls of rules, shocks and uncertain numbers: each kind of check must notice that
// something was multiplied at another time, elsewhere, by another law, or not at all.

#include "support/build_rules.hpp"
#include "support/oracle/changed_scenarios.hpp"
#include "support/oracle/controls.hpp"

#include <catch2/catch.hpp>

namespace attain::oracle {

namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool enough_time = false;
#else
constexpr bool enough_time = true;
#endif

void unchanged(Scenario&) {}

Rule& rule(Scenario& scenario, const std::string& name) {
  for (Rule& one : scenario.rules) {
    if (one.name == name) return one;
  }
  throw std::out_of_range("no rule is called " + name);
}

void rules_a_week_late(Scenario& scenario) {
  for (Rule& one : scenario.rules) {
    for (Condition& condition : one.when) {
      condition.low += 1;
      condition.high += 1;
    }
  }
}

void amounts_as_they_are(Scenario& scenario) {
  for (Rule& one : scenario.rules) {
    std::erase_if(one.then, [](const Effect& effect) { return effect.on.knob == Knob::amount; });
  }
}

void partner_days_for_all(Scenario& scenario) {
  rule(scenario, "partner days").where = testing::everywhere(scenario);
}

void dated_deals_left_out(Scenario& scenario) { rule(scenario, "campaign").where[0].whole = false; }

void factors_one_percent_up(Scenario& scenario) {
  for (Rule& one : scenario.rules) {
    for (Effect& effect : one.then) effect.factor *= 1.01;
  }
}

/// The freeze would always hold, at its mean.
void chances_as_means(Scenario& scenario) {
  Rule& freeze = rule(scenario, "freeze");
  freeze.then[0].factor = 1 + freeze.chance * (freeze.then[0].factor - 1);
  freeze.chance = 1;
}

void one_rumour_for_all(Scenario& scenario) {
  rule(scenario, "rumour").chance_per_territory = false;
}

void shocks_of_their_own(Scenario& scenario) {
  for (Shock& shock : scenario.shocks) shock.shared_by = Shock::SharedBy::territory;
}

void one_shock_for_all(Scenario& scenario) {
  for (Shock& shock : scenario.shocks) shock.shared_by = Shock::SharedBy::all;
}

void wider_shocks(Scenario& scenario) {
  for (Shock& shock : scenario.shocks) shock.sd *= 1.03;
}

void shocks_without_memory(Scenario& scenario) {
  for (Shock& shock : scenario.shocks) shock.persistence = 0;
}

/// Where a number stands there is its mean.
void numbers_at_their_means(Scenario& scenario) {
  for (Territory& here : scenario.territories) {
    for (Stream& stream : here.streams) {
      stream.leads_uncertain.reset();
      stream.funnel.amount_uncertain = {};
      for (Stage& stage : stream.funnel.stages) {
        stage.advance_uncertain.reset();
        stage.weeks_to_advance_uncertain = {};
        stage.weeks_to_lost_uncertain = {};
      }
    }
  }
  for (Rule& one : scenario.rules) {
    for (Effect& effect : one.then) effect.factor_uncertain.reset();
  }
  for (Shock& shock : scenario.shocks) shock.sd_uncertain.reset();
}

void stays_at_their_means(Scenario& scenario) {
  for (Territory& here : scenario.territories) {
    for (Stage& stage : here.streams[0].funnel.stages) {
      stage.weeks_to_advance_uncertain = {};
      stage.weeks_to_lost_uncertain = {};
    }
  }
}

void numbers_shared(Scenario& scenario) {
  for (Uncertain& number : scenario.uncertain) number.per_territory = false;
}

void actual_forgotten(Scenario& scenario) {
  for (Territory& here : scenario.territories) here.actual.clear();
}

/// The freeze would hold in the first of the simulated periods alone.
void one_period_alone(Scenario& scenario) {
  Rule& freeze = rule(scenario, "freeze");
  freeze.when.push_back(testing::between(StateVariable::period, 2, 2));
}

}  // namespace

TEST_CASE("a slightly wrong rule, shock or uncertain number fails each kind of check",
          "[oracle][engine]") {
  if (!enough_time) return;
  const std::vector<Scenario> scenarios = changed_scenarios();
  std::set<Kind> controlled;
  const auto expect = [&](const std::string& name, const std::vector<Control>& controls) {
    expect_failures(simulated(name, scenarios), controls, controlled);
  };
  expect("rules in weeks 5 to 8",
         {{"a week late",
           {Kind::leads, Kind::stage_entries, Kind::wins_by_week, Kind::bookings_by_week,
            Kind::stage_occupancy, Kind::progress},
           rules_a_week_late},
          {"amounts as they are",
           {Kind::bookings_mean, Kind::bookings_distribution, Kind::attained},
           amounts_as_they_are},
          {"a stream's rule for all",
           {Kind::leads, Kind::stream_wins, Kind::wins_mean},
           partner_days_for_all},
          {"dated deals left out", {Kind::stream_bookings}, dated_deals_left_out}});
  expect("rules in days, under way", {{"the share multiplied, not its odds",
                                       {Kind::wins_mean, Kind::stage_entries},
                                       unchanged,
                                       {.on_odds = false}},
                                      {"factors +1 %", {Kind::leads}, factors_one_percent_up}});
  expect("constant speeds", {{"factors +1 %",
                              {Kind::stage_occupancy, Kind::wins_by_week, Kind::named_deal},
                              factors_one_percent_up}});
  expect("speeds that change",
         {{"a week late", {Kind::wins_by_week, Kind::named_deal}, rules_a_week_late}});
  expect("two rules by chance",
         {{"chances as means",
           {Kind::wins_variance, Kind::wins_distribution, Kind::bookings_variance},
           chances_as_means},
          {"one rumour for all",
           {Kind::group_bookings, Kind::group_attained, Kind::territories_at_quota},
           one_rumour_for_all}});
  expect("a shock on leads, shared by all",
         {{"shocks of their own",
           {Kind::group_bookings, Kind::group_attained, Kind::territories_at_quota},
           shocks_of_their_own},
          {"mean above one", {Kind::leads, Kind::wins_mean}, unchanged, {.mean_one = false}},
          {"sd +3 %", {Kind::wins_variance}, wider_shocks}});
  expect("a shock on odds in each territory",
         {{"one shock for all", {Kind::group_bookings}, one_shock_for_all},
          {"sd +3 %", {Kind::wins_variance}, wider_shocks}});
  expect("a shock on amounts in each segment",
         {{"shocks of their own", {Kind::group_bookings}, shocks_of_their_own},
          {"mean above one",
           {Kind::bookings_mean, Kind::stream_bookings, Kind::attained},
           unchanged,
           {.mean_one = false}},
          {"sd +3 %", {Kind::bookings_variance}, wider_shocks}});
  expect("a shock by week",
         {{"no memory", {Kind::wins_variance, Kind::bookings_variance}, shocks_without_memory}});
  expect("uncertain leads and mean amounts",
         {{"numbers at their means",
           {Kind::wins_variance, Kind::bookings_variance, Kind::bookings_distribution},
           numbers_at_their_means}});
  expect("uncertain shares",
         {{"shared", {Kind::group_bookings, Kind::territories_at_quota}, numbers_shared},
          {"at their means", {Kind::wins_variance}, numbers_at_their_means}});
  expect("an uncertain stay beside an uncertain share",
         {{"stays at their means",
           {Kind::wins_by_week, Kind::stage_occupancy, Kind::named_deal},
           stays_at_their_means}});
  expect("uncertain multipliers and chances",
         {{"factors at their means", {Kind::wins_mean}, numbers_at_their_means}});
  expect("a shock of uncertain size",
         {{"sd at its mean", {Kind::wins_variance}, numbers_at_their_means}});
  expect("periods with a chance each",
         {{"in one period alone", {Kind::leads, Kind::bookings_by_week}, one_period_alone},
          {"actual forgotten", {Kind::attained}, actual_forgotten}});
  expect("a shock in each period", {{"sd +3 %", {Kind::wins_variance}, wider_shocks}});
  // What becomes of deals with a date is beyond the knobs.
  controlled.insert(Kind::dated_deals);
  CHECK(controlled.size() == static_cast<std::size_t>(Kind::progress) + 1);
}

}  // namespace attain::oracle
