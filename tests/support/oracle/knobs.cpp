#include "support/oracle/knobs.hpp"

#include <stdexcept>

namespace attain::oracle {

namespace {

/// The value of a variable in a step from day one.
double value_of(StateVariable variable, const Calendar& calendar, int step) {
  const int from_start = calendar.steps_done + step;
  const int in_period = from_start % calendar.period_steps;
  const int per_week = calendar.step == Step::week ? 1 : 7;
  switch (variable) {
    case StateVariable::week: return in_period / per_week + 1;
    case StateVariable::weeks_left:
      return (calendar.period_steps + per_week - 1) / per_week - in_period / per_week;
    case StateVariable::period: return from_start / calendar.period_steps + 1;
    default: throw std::invalid_argument("a rule that looks at the state has no exact solution");
  }
}

bool holds(const Condition& condition, const Calendar& calendar, int step) {
  const double value = value_of(condition.variable, calendar, step);
  if (value < condition.low || (value == condition.low && !condition.low_included)) return false;
  return value < condition.high || (value == condition.high && condition.high_included);
}

bool hold(const std::vector<Condition>& conditions, const Calendar& calendar, int step) {
  for (const Condition& condition : conditions) {
    if (!holds(condition, calendar, step)) return false;
  }
  return true;
}

/// The odds that turn one share into another.
double odds_between(double from, double to) { return to * (1 - from) / (from * (1 - to)); }

class Multiplied {
 public:
  Multiplied(const Territory& territory, const Calendar& calendar)
      : territory_(territory), ones_(static_cast<std::size_t>(calendar.steps()), 1.0) {
    for (const Stream& stream : territory.streams) {
      knobs_.streams.push_back(
          {ones_, ones_, std::vector(stream.funnel.stages.size(), StageKnobs{ones_, ones_})});
    }
    knobs_.dated_amount = ones_;
  }

  void by(const Effect& effect, double factor, const Selected& where, std::size_t step) {
    const std::string& stage = effect.on.stage;
    if (effect.on.knob == Knob::amount && where.whole) knobs_.dated_amount[step] *= factor;
    for (const std::size_t s : where.streams) {
      StreamKnobs& stream = knobs_.streams.at(s);
      if (effect.on.knob == Knob::leads) stream.leads[step] *= factor;
      if (effect.on.knob == Knob::amount) stream.amount[step] *= factor;
      const std::vector<Stage>& stages = territory_.streams[s].funnel.stages;
      for (std::size_t i = 0; i < stages.size(); ++i) {
        if (!stage.empty() && stages[i].name != stage) continue;
        if (effect.on.knob == Knob::speed) stream.stages[i].speed[step] *= factor;
        if (effect.on.knob != Knob::advance) continue;
        stream.stages[i].odds[step] *=
            effect.to ? odds_between(stages[i].advance, *effect.to) : factor;
      }
    }
  }

  [[nodiscard]] const TerritoryKnobs& knobs() const { return knobs_; }
  [[nodiscard]] std::size_t steps() const { return ones_.size(); }

 private:
  const Territory& territory_;
  std::vector<double> ones_;
  TerritoryKnobs knobs_;
};

}  // namespace

TerritoryKnobs knobs_of(const Scenario& scenario, std::size_t territory,
                        const TerritoryLuck& luck) {
  const Calendar& calendar = scenario.calendar;
  const Territory& here = scenario.territories[territory];
  if (here.capacity || here.effort || here.ramp || !scenario.seasons.empty() ||
      !scenario.closed_weeks.empty()) {
    throw std::invalid_argument("hours, effort, ramps and seasons have no exact solution here");
  }
  Multiplied multiplied(here, calendar);
  for (std::size_t r = 0; r < scenario.rules.size(); ++r) {
    const Rule& rule = scenario.rules[r];
    for (const Selected& where : rule.where) {
      if (where.territory != territory) continue;
      for (std::size_t step = 0; step < multiplied.steps(); ++step) {
        const int from_start = calendar.steps_done + static_cast<int>(step);
        const auto period = static_cast<std::size_t>(from_start / calendar.period_steps);
        if (!luck.exists.at(r).at(period)) continue;
        if (!hold(rule.when, calendar, static_cast<int>(step))) continue;
        for (const Effect& effect : rule.then) multiplied.by(effect, effect.factor, where, step);
      }
    }
  }
  Selected all{territory, {}, true};
  for (std::size_t s = 0; s < here.streams.size(); ++s) all.streams.push_back(s);
  for (std::size_t s = 0; s < scenario.shocks.size(); ++s) {
    for (std::size_t step = 0; step < multiplied.steps(); ++step) {
      multiplied.by({scenario.shocks[s].on, 1, {}, {}}, luck.factor.at(s).at(step), all, step);
    }
  }
  return multiplied.knobs();
}

}  // namespace attain::oracle
