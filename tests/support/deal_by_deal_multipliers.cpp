#include "support/deal_by_deal_multipliers.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace attain::testing {

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

double value_of(const Condition& condition, const TerritoryStep& now, const DealState& state) {
  const double booked = state.booked.units();
  switch (condition.variable) {
    case StateVariable::week: return now.week() + 1;
    case StateVariable::weeks_left: return now.weeks_of_a_period() - now.week();
    case StateVariable::period: return now.period() + 1;
    case StateVariable::attainment: return booked / now.quota().value().units();
    case StateVariable::pace: {
      if (now.steps_of_period() == 0) return 1;
      const double done =
          static_cast<double>(now.steps_of_period()) / now.scenario.calendar.period_steps;
      return booked / (now.quota().value().units() * done);
    }
    case StateVariable::booked: return booked;
    case StateVariable::wins: return static_cast<double>(state.wins);
    case StateVariable::leads: return static_cast<double>(state.leads);
    case StateVariable::activities: {
      double sum = 0;
      for (const auto& [name, count] : state.activities) {
        if (condition.activity.empty() || condition.activity == name) sum += count;
      }
      return sum;
    }
    case StateVariable::open_deals: return static_cast<double>(state.open_deals);
    case StateVariable::pipeline: return state.pipeline;
    case StateVariable::coverage: {
      const Money missing = now.quota().value() - state.booked;
      return missing.cents > 0 ? state.pipeline / missing.units() : infinite;
    }
    case StateVariable::utilization: return state.utilization;
  }
  return 0;
}

/// The odds that turn the stage's own share into `to`.
double odds_factor(const Effect& effect, const Stage& stage) {
  if (!effect.to) return effect.factor;
  if (*effect.to == 1) return infinite;
  return *effect.to / (1 - *effect.to) * (1 - stage.advance) / stage.advance;
}

/// Multiplies what the effect is on, within one stream.
void apply_to_stream(const Effect& effect, const Stream& stream, std::size_t index,
                     DealMultipliers& product) {
  const std::vector<Stage>& stages = stream.funnel.stages;
  switch (effect.on.knob) {
    case Knob::leads: product.leads[index] *= effect.factor; return;
    case Knob::amount: product.amount[index] *= effect.factor; return;
    case Knob::speed:
    case Knob::advance:
      for (std::size_t s = 0; s < stages.size(); ++s) {
        if (!effect.on.stage.empty() && effect.on.stage != stages[s].name) continue;
        if (effect.on.knob == Knob::speed) {
          product.speed[index][s] *= effect.factor;
        } else {
          product.odds[index][s] *= odds_factor(effect, stages[s]);
        }
      }
  }
}

Effect factor_on(const KnobOf& on, double factor) {
  Effect effect;
  effect.on = on;
  effect.factor = factor;
  return effect;
}

void apply(const Effect& effect, const Territory& territory,
           const std::vector<std::size_t>& streams, bool dated, DealMultipliers& product) {
  for (const std::size_t s : streams) apply_to_stream(effect, territory.streams[s], s, product);
  if (dated && effect.on.knob == Knob::amount) product.amount_of_dated *= effect.factor;
}

/// Indices in the order in which rules are multiplied, which is not that of the file.
std::vector<std::size_t> by_name(const std::vector<Rule>& rules) {
  std::vector<std::size_t> order(rules.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return rules[a].name < rules[b].name; });
  return order;
}

void apply_rules(const TerritoryStep& now, const DealState& state, const TerritoryLuck& luck,
                 DealMultipliers& product) {
  const std::vector<Rule>& rules = now.scenario.rules;
  const int period_one = now.scenario.calendar.steps_done / now.scenario.calendar.period_steps;
  const auto period = static_cast<std::size_t>(now.period() - period_one);
  for (const std::size_t i : by_name(rules)) {
    if (!(luck.rules[period][i] < rules[i].chance)) continue;
    const bool all_hold = std::all_of(rules[i].when.begin(), rules[i].when.end(),
                                      [&](const Condition& c) { return holds(c, now, state); });
    if (!all_hold) continue;
    for (const Selected& selected : rules[i].where) {
      if (selected.territory != now.territory) continue;
      for (const Effect& effect : rules[i].then)
        apply(effect, now.here(), selected.streams, selected.whole, product);
    }
  }
}

void apply_shocks(const TerritoryStep& now, const TerritoryLuck& luck,
                  const std::vector<std::size_t>& all, DealMultipliers& product) {
  const TerritoryStep day_one{now.scenario, now.territory, 0};
  const auto period = static_cast<std::size_t>(now.period() - day_one.period());
  const auto week = static_cast<std::size_t>(now.week_from_start() - day_one.week_from_start());
  for (std::size_t i = 0; i < now.scenario.shocks.size(); ++i) {
    const Shock& shock = now.scenario.shocks[i];
    const double z = luck.shocks[i].at(shock.per == Shock::Per::period ? period : week);
    const double factor = std::exp(shock.sd * z - shock.sd * shock.sd / 2);
    apply(factor_on(shock.on, factor), now.here(), all, true, product);
  }
}

double season_factor(const Season& season, const TerritoryStep& now) {
  if (season.by == Season::By::month)
    return season.factors.at(static_cast<unsigned>(now.first_day().month()) - 1);
  return season.factors.at(
      std::min(static_cast<std::size_t>(now.week()), season.factors.size() - 1));
}

}  // namespace

bool holds(const Condition& condition, const TerritoryStep& now, const DealState& state) {
  const double value = value_of(condition, now, state);
  const bool above = condition.low_included ? value >= condition.low : value > condition.low;
  const bool below = condition.high_included ? value <= condition.high : value < condition.high;
  return above && below;
}

double ramp_factor(const TerritoryStep& now) {
  const std::optional<Ramp>& ramp = now.here().ramp;
  if (!ramp) return 1;
  const std::chrono::year_month_day start{ramp->start};
  const std::chrono::year_month_day today = now.first_day();
  int months = (static_cast<int>(today.year()) - static_cast<int>(start.year())) * 12 +
               static_cast<int>(static_cast<unsigned>(today.month())) -
               static_cast<int>(static_cast<unsigned>(start.month()));
  if (today.day() < start.day()) --months;
  const int last = static_cast<int>(ramp->by_month.size()) - 1;
  return ramp->by_month[static_cast<std::size_t>(std::clamp(months, 0, last))];
}

double hours_there(const TerritoryStep& now) {
  if (now.closed()) return 0;
  if (!now.here().capacity) return infinite;
  const Capacity& capacity = *now.here().capacity;
  double hours = capacity.hours_per_week * capacity.selling_share;
  for (const OtherTime& other : capacity.other_time) hours -= other.hours;
  hours = std::max(hours, 0.0);
  return now.here().ramp && now.here().ramp->hours ? hours * ramp_factor(now) : hours;
}

DealMultipliers multipliers(const TerritoryStep& now, const DealState& state,
                            const TerritoryLuck& luck) {
  const Territory& territory = now.here();
  DealMultipliers product;
  std::vector<std::size_t> all;
  for (std::size_t s = 0; s < territory.streams.size(); ++s) {
    const std::vector<double> ones(territory.streams[s].funnel.stages.size(), 1.0);
    product.leads.push_back(1);
    product.amount.push_back(1);
    product.speed.push_back(ones);
    product.odds.push_back(ones);
    all.push_back(s);
  }
  apply_rules(now, state, luck, product);
  apply_shocks(now, luck, all, product);
  if (territory.ramp) {
    const double factor = ramp_factor(now);
    for (const std::size_t s : all) {
      const bool own = territory.streams[s].source == Source::own && territory.ramp->own_leads;
      if (own || territory.ramp->all_leads) product.leads[s] *= factor;
    }
    if (territory.ramp->advance)
      apply(factor_on({Knob::advance, {}}, factor), territory, all, true, product);
  }
  for (const Season& season : now.scenario.seasons)
    apply(factor_on(season.on, season_factor(season, now)), territory, all, true, product);
  if (now.closed()) {
    apply(factor_on({Knob::leads, {}}, 0), territory, all, true, product);
    apply(factor_on({Knob::speed, {}}, 0), territory, all, true, product);
  }
  return product;
}

double with_odds(double share, double factor) {
  if (factor == 0 || share == 0) return 0;
  if (share == 1 || factor == infinite) return 1;
  return factor * share / (1 - share + factor * share);
}

}  // namespace attain::testing
