#include "changing.hpp"

#include "reference.hpp"

#include <array>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace attain::bench {

namespace {

constexpr std::array<double, 4> hours{0.5, 1.5, 3, 2};  // A deal and week, by stage.
constexpr double selling_hours = 34;
constexpr double unbounded = std::numeric_limits<double>::infinity();

Condition below(StateVariable variable, double high) {
  return {variable, {}, -unbounded, high, true, false};
}

Condition at_most(StateVariable variable, double high) {
  return {variable, {}, -unbounded, high, true, true};
}

Condition at_least(StateVariable variable, double low) {
  return {variable, {}, low, unbounded, true, true};
}

Effect times(Knob knob, double factor, std::string stage = {}) {
  return {{knob, std::move(stage)}, factor, {}, {}};
}

/// `discount` is an uncertain number.
void add_rules(Scenario& scenario, std::size_t discount) {
  std::vector<Selected> everywhere;
  for (std::size_t i = 0; i < scenario.territories.size(); ++i) {
    everywhere.push_back({i, {0}, true});
  }
  const auto add = [&](const char* name, std::vector<Condition> when, std::vector<Effect> then) {
    Rule rule;
    rule.name = name;
    rule.where = everywhere;
    rule.when = std::move(when);
    rule.then = std::move(then);
    scenario.rules.push_back(std::move(rule));
  };
  using enum StateVariable;
  Effect cheaper = times(Knob::amount, scenario.uncertain[discount].law.mean());
  cheaper.factor_uncertain = discount;
  add("catch up", {below(pace, 0.9)}, {times(Knob::leads, 1.2)});
  add("hold back", {at_least(attainment, 1)}, {times(Knob::speed, 0.5, "negotiation")});
  add("last push", {at_most(weeks_left, 3), below(attainment, 1)},
      {times(Knob::advance, 1.4, "negotiation"), times(Knob::speed, 2, "negotiation"), cheaper});
  add("thin pipeline", {below(coverage, 5)}, {times(Knob::advance, 1.1, "meeting")});
  add("too many", {at_least(open_deals, 35)}, {times(Knob::advance, 0.9, "lead")});
}

void add_shocks(Scenario& scenario) {
  Shock economy;
  economy.name = "economy";
  economy.on = {Knob::leads, {}};
  economy.sd = 0.1;
  economy.shared_by = Shock::SharedBy::all;
  Shock mood;
  mood.name = "mood";
  mood.on = {Knob::advance, "negotiation"};
  mood.sd = 0.2;
  mood.per = Shock::Per::week;
  mood.persistence = 0.8;
  scenario.shocks = {economy, mood};
}

/// The number behind, each territory with a draw of its own.
std::size_t add_uncertain(Scenario& scenario, const char* name, const NumberLaw& law) {
  scenario.uncertain.push_back({name, law, true});
  return scenario.uncertain.size() - 1;
}

void make_uncertain(Scenario& scenario) {
  const std::size_t leads = add_uncertain(scenario, "leads", NumberLaw::lognormal(4, 0.2));
  const std::size_t proposal =
      add_uncertain(scenario, "proposal", NumberLaw::beta_observed(0.6, 100));
  const std::size_t negotiation =
      add_uncertain(scenario, "negotiation", NumberLaw::beta_observed(0.7, 85));
  const std::size_t stay = add_uncertain(scenario, "stay", NumberLaw::lognormal(2, 0.2));
  const std::size_t amount = add_uncertain(scenario, "amount", NumberLaw::lognormal(40'000, 0.1));
  for (Territory& territory : scenario.territories) {
    Stream& stream = territory.streams.front();
    stream.leads_uncertain = leads;
    stream.funnel.amount_uncertain.mean = amount;
    Stage& third = stream.funnel.stages[2];
    third.advance_uncertain = proposal;
    third.weeks_to_advance_uncertain.mean = stay;
    third.weeks_to_lost_uncertain.mean = stay;
    stream.funnel.stages[3].advance_uncertain = negotiation;
  }
}

}  // namespace

Scenario changing_scenario(std::size_t territories) {
  Scenario scenario = reference_scenario(territories);
  for (Territory& territory : scenario.territories) {
    for (std::size_t stage = 0; stage < hours.size(); ++stage) {
      territory.streams.front().funnel.stages[stage].hours = hours[stage];
    }
    territory.capacity.emplace();
    territory.capacity->hours_per_week = selling_hours;
  }
  make_uncertain(scenario);
  add_rules(scenario, add_uncertain(scenario, "discount", NumberLaw::lognormal(0.94, 0.03)));
  add_shocks(scenario);
  return scenario;
}

}  // namespace attain::bench
