#include "plain_changes.hpp"

#include <attain/plan/departure_law.hpp>
#include <attain/plan/quantile_cells.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace attain::testing {

namespace {

namespace law = departure_law;

std::uint32_t threshold_of(float chance) {
  return chance < 1 ? static_cast<std::uint32_t>(chance * law::scale) << 1U : law::certain;
}

float chance_of(std::uint32_t threshold) {
  return threshold == law::certain ? 1 : static_cast<float>(threshold >> 1U) / law::scale;
}

float exp_of_minus(float x) {
  const int twos = static_cast<int>(x * 1.44269504F + 0.5F);
  const auto n = static_cast<float>(twos);
  const float r = (n * 0.693359375F - x) + n * -2.12194440e-4F;
  float sum = 1.0F / 5040;
  for (const float coefficient : {1.0F / 720, 1.0F / 120, 1.0F / 24, 1.0F / 6, 0.5F, 1.0F, 1.0F}) {
    sum = sum * r + coefficient;
  }
  return sum * std::bit_cast<float>(static_cast<std::uint32_t>(127 - twos) << 23U);
}

float exp_of(float x) {
  const float within = std::clamp(x, -64.0F, 64.0F);
  const float n = std::nearbyint(within * 1.44269504F);
  const float r = (within - n * 0.693359375F) - n * -2.12194440e-4F;
  float sum = 1.0F / 5040;
  for (const float coefficient : {1.0F / 720, 1.0F / 120, 1.0F / 24, 1.0F / 6, 0.5F, 1.0F, 1.0F}) {
    sum = sum * r + coefficient;
  }
  return std::ldexp(sum, static_cast<int>(n));
}

std::uint32_t fixed_draw(double probability) {
  return static_cast<std::uint32_t>(probability * 0x1p32);
}

}  // namespace

float value_at(const ValueTable& table, std::uint32_t draw) {
  const bool upper = draw >= 0x80000000U;
  const std::uint32_t from_end = upper ? ~draw : draw;
  const float v = static_cast<float>(static_cast<std::int32_t>(from_end)) + 1.0F;
  int exponent = 0;
  const float fraction = std::frexp(v, &exponent) * 2 - 1;  // v = (1 + fraction) 2^(exponent - 1)
  const float scaled = fraction * ValueCells::cells_an_octave;
  const int within = static_cast<int>(scaled);
  const float place = scaled - static_cast<float>(within);
  const auto cell = static_cast<std::size_t>((upper ? ValueCells::cells_a_side : 0) +
                                             (exponent - 1) * ValueCells::cells_an_octave + within);
  constexpr std::size_t cells = ValueCells::cells;
  const std::vector<float>& c = table.coefficients;
  return (c[2 * cells + cell] * place + c[cells + cell]) * place + c[cell];
}

int poisson(float mean, float uniform) {
  float chance = exp_of_minus(mean);
  float sum = chance;
  int count = 0;
  for (int k = 1;; ++k) {
    const bool worth_it = chance > 0x1p-30F || static_cast<float>(k) <= mean;
    if (!(uniform >= sum) || !worth_it) return count;
    ++count;
    chance *= mean * (1.0F / static_cast<float>(k));
    sum += chance;
  }
}

PlainChanges::PlainChanges(const Plan& plan, const TerritoryPlan& territory, const PairKey& own,
                           const PairKey& shared, unsigned odd)
    : plan_(plan),
      territory_(territory),
      own_(own),
      shared_(shared),
      odd_(odd),
      exists_(territory.dynamics.masks.size()),
      multipliers_(territory.dynamics.channels, 1.0F) {
  const DynamicsPlan& dynamics = territory.dynamics;
  const auto once = [this](const auto& each) {
    return each.fixed ? fixed_draw(*each.fixed) : draw(each.shared, address(each.place, 0, 0));
  };
  for (const LaneValue& value : dynamics.values) {
    values_.push_back(value_at(*value.table, once(value)));
  }
  for (const LaneChoice& choice : dynamics.choices) choices_.push_back(once(choice) >> 28U);
  shock_z_.resize(dynamics.shocks.size());
  shocks_.resize(dynamics.shocks.size());
  for (const FlowPlan& flow : territory.flows) clocks_.emplace_back(flow.stages.size());
}

std::uint32_t PlainChanges::draw(bool shared, Address at) const {
  return wide_draw(shared ? shared_ : own_, odd_, at);
}

void PlainChanges::begin_period(std::uint32_t period) {
  for (std::size_t m = 0; m < exists_.size(); ++m) {
    const RuleMask& mask = territory_.dynamics.masks[m];
    const std::uint32_t drawn = draw(mask.shared, address(mask.place, period, 0));
    exists_[m] = mask.chance_value == no_value
                     ? happens(drawn, mask.chance)
                     : static_cast<float>(drawn >> 8U) * 0x1p-24F < values_[mask.chance_value];
  }
}

void PlainChanges::go_on_with_shocks(int step) {
  const int from_start = plan_.first_step + step;
  const int in_period = from_start % plan_.period_steps;
  for (std::size_t i = 0; i < shocks_.size(); ++i) {
    const ShockPlan& shock = territory_.dynamics.shocks[i];
    const bool begins =
        in_period % (shock.per_week ? plan_.steps_per_week : plan_.period_steps) == 0;
    if (step > 0 && !begins) continue;
    const int when =
        shock.per_week ? plan_.first_week() + plan_.week_of(step) : from_start / plan_.period_steps;
    const float fresh =
        value_at(*plan_.normal,
                 draw(shock.shared, address(shock.place, static_cast<std::uint32_t>(when), 0)));
    float& z = shock_z_[i];
    z = step > 0 && shock.per_week ? shock.persistence * z + shock.innovation * fresh : fresh;
    const float sd = shock.sd_value == no_value ? shock.sd : values_[shock.sd_value];
    shocks_[i] = exp_of(sd * z - sd * sd * 0.5F);
  }
}

double PlainChanges::hours_asked(const PlainState& state) const {
  double hours = 0;
  const auto add = [&](int count, const StagePlan& stage) {
    const double share =
        stage.hours_value == no_value ? 1 : static_cast<double>(values_[stage.hours_value]);
    hours += count * (stage.hours * share);
  };
  for (std::size_t f = 0; f < state.in_stage.size(); ++f) {
    for (std::size_t s = 0; s < state.in_stage[f].size(); ++s) {
      add(state.in_stage[f][s], territory_.flows[f].stages[s]);
    }
  }
  for (std::size_t i = 0; i < state.named_stage.size(); ++i) {
    if (state.named_stage[i] < 0) continue;
    add(1, territory_.flows[territory_.named[i].flow]
               .stages[static_cast<std::size_t>(state.named_stage[i])]);
  }
  return hours;
}

double PlainChanges::hours_there(int step) const {
  const DynamicsPlan& dynamics = territory_.dynamics;
  double hours = 1;
  if (dynamics.capacity) {
    hours = dynamics.capacity->constant;
    for (const CapacityPlan::Term& term : dynamics.capacity->terms) {
      hours += term.coefficient * static_cast<double>(values_[term.value]);
    }
    hours = std::max(hours, 0.0);
    for (const std::size_t factor : dynamics.capacity->factors) {
      hours *= static_cast<double>(values_[factor]);
    }
  }
  return dynamics.hours[static_cast<std::size_t>(step)] * hours;
}

float PlainChanges::effort(int step, const PlainState& state) const {
  const EffortPlan& effort = *territory_.dynamics.effort;
  const auto span = static_cast<std::size_t>(plan_.period_of(step) - plan_.period_of(0));
  const std::optional<Money>& goal = territory_.goals[span].quota;
  if (!goal) return 1;
  const auto quota = static_cast<double>(goal->cents);
  const auto booked = static_cast<double>(state.booked_cents);
  if (booked >= quota) return static_cast<float>(1 - effort.coast);
  const double reach = state.to_come + booked - quota;
  const double sd = std::sqrt(state.to_come_variance);
  const double z = sd > 0 ? std::clamp(reach / sd, -64.0, 64.0) : reach >= 0 ? 64 : -64;
  const double rounded = std::floor(z * 64 + 0.5);
  const auto distance = static_cast<std::size_t>(std::min(std::abs(rounded), 513.0));
  const double reached = booked / quota;
  const double e = 1 + effort.bonus_pull * static_cast<double>(effort.bell[distance]) +
                   effort.goal_gradient * (reached * reached) -
                   (rounded < effort.give_up_below * 64 ? effort.give_up : 0);
  return static_cast<float>(std::clamp(e, 0.7, 1.3));
}

double PlainChanges::value_of(std::size_t variable, int step, const PlainState& state) const {
  const DynamicsPlan& dynamics = territory_.dynamics;
  const auto now = static_cast<std::size_t>(step);
  const bool closed = !dynamics.closed.empty() && dynamics.closed[now];
  constexpr double infinite = std::numeric_limits<double>::infinity();
  switch (static_cast<Variable>(variable)) {
    case Variable::booked: return static_cast<double>(state.booked_cents);
    case Variable::wins: return state.wins;
    case Variable::leads: return state.leads;
    case Variable::open_deals: return state.open_deals;
    case Variable::pipeline: return state.pipeline;
    case Variable::coverage: {
      const auto span = static_cast<std::size_t>(plan_.period_of(step) - plan_.period_of(0));
      const double missing =
          static_cast<double>(territory_.goals[span].quota->cents - state.booked_cents) / 100;
      return missing > 0 ? state.pipeline / missing : infinite;
    }
    case Variable::utilization:
      if (closed || dynamics.hours.empty() || hours_asked(state) <= 0) return 0;
      return hours_there(step) > 0 ? hours_asked(state) / hours_there(step) : infinite;
    case Variable::activities: break;
  }
  const std::size_t kind = variable - static_cast<std::size_t>(Variable::activities);
  const auto found = state.activities.find(kind == 0 ? "" : dynamics.activities[kind - 1]);
  return found == state.activities.end() ? 0 : found->second;
}

bool PlainChanges::holds(const RuleMask& mask, int step, const PlainState& state) const {
  return std::all_of(
      mask.conditions.begin(), mask.conditions.end(), [&](const LaneCondition& condition) {
        const std::size_t at = condition.low.size() > 1 ? static_cast<std::size_t>(step) : 0;
        const double value = value_of(condition.variable, step, state);
        return value >= condition.low[at] && value <= condition.high[at];
      });
}

void PlainChanges::begin(int step, const PlainState& state) {
  step_ = step;
  const DynamicsPlan& dynamics = territory_.dynamics;
  if (dynamics.empty()) return;
  const auto now = static_cast<std::size_t>(step);
  if (step == 0 || plan_.steps_left(step) == plan_.period_steps) {
    begin_period(static_cast<std::uint32_t>(plan_.period_of(step)));
  }
  go_on_with_shocks(step);
  const float works = dynamics.effort ? effort(step, state) : 1;
  float capacity = 1;
  const bool closed = !dynamics.closed.empty() && dynamics.closed[now];
  if (!dynamics.hours.empty() && !closed && hours_asked(state) > hours_there(step)) {
    capacity = static_cast<float>(hours_there(step) / hours_asked(state));
  }
  std::fill(multipliers_.begin(), multipliers_.end(), 1.0F);
  for (std::size_t i = dynamics.first_operation[now]; i < dynamics.first_operation[now + 1]; ++i) {
    const Operation& operation = dynamics.operations[i];
    float factor = operation.factor;
    switch (operation.by) {
      case Operation::By::value: factor = values_[operation.source]; break;
      case Operation::By::shock: factor = shocks_[operation.source]; break;
      case Operation::By::effort: factor = works; break;
      case Operation::By::capacity: factor = capacity; break;
      case Operation::By::factor: break;
    }
    if (operation.mask != Operation::everywhere) {
      const auto mask = static_cast<std::size_t>(operation.mask);
      if (!exists_[mask] || !holds(dynamics.masks[mask], step, state)) factor = 1;
    }
    float& multiplied = multipliers_[operation.channel];
    multiplied = std::min(multiplied * factor, 1e30F);
  }
  for (std::size_t f = 0; f < clocks_.size(); ++f) {
    for (std::size_t s = 0; s < clocks_[f].size(); ++s) {
      StageClock& clock = clocks_[f][s];
      clock.time += static_cast<double>(multiplier(territory_.flows[f].stages[s].speed_channel));
      clock.time = std::min(clock.time, 0x1p24);
      clock.before.push_back(static_cast<std::int32_t>(clock.time * 64 + 0.5));
    }
  }
}

float PlainChanges::multiplier(std::size_t channel) const {
  return channel == no_channel ? 1.0F : multipliers_[channel];
}

float PlainChanges::amount_multiplier(const AmountPlan& amount, std::size_t channel) const {
  if (amount.mean_value == no_value) return multiplier(channel);
  const float value = values_[amount.mean_value];
  return channel == no_channel ? value : multiplier(channel) * value;
}

const AmountTable& PlainChanges::amount_table(const AmountPlan& amount) const {
  return amount.choice == no_value ? *amount.quantiles : *amount.cases[choices_[amount.choice]];
}

int PlainChanges::whole_steps(std::size_t flow, std::size_t stage, int born, int step) const {
  const std::vector<std::int32_t>& before = clocks_[flow][stage].before;
  const auto at = [&before](int when) {
    // No clock runs where nothing changes.
    return static_cast<std::size_t>(when) < before.size() ? before[static_cast<std::size_t>(when)]
                                                          : when * 64;
  };
  return (at(step) - at(born) + 32) >> 6;
}

Departure PlainChanges::by_clock(const StagePlan& stage, const ClockTable& table, int from,
                                 int to) const {
  if (table.lost_at_once) return {to > from ? law::certain : 0, 0};
  from = std::min(from >> table.shift, table.last);
  to = std::min(to >> table.shift, table.last);
  const auto at = [&](std::size_t first, std::size_t choice, int clock) {
    const std::size_t which = choice == no_value ? 0 : choices_[choice];
    return plan_.survivals[first + which * static_cast<std::size_t>(table.last + 1) +
                           static_cast<std::size_t>(clock)];
  };
  const bool one_stay = table.advance == table.lost;
  const float advance_from = at(table.advance, stage.advance_choice, from);
  const float advance_to = at(table.advance, stage.advance_choice, to);
  const float lost_from = one_stay ? advance_from : at(table.lost, stage.lost_choice, from);
  const float lost_to = one_stay ? advance_to : at(table.lost, stage.lost_choice, to);
  const bool drawn = stage.advance_value != no_value;
  const float advance_share = drawn ? values_[stage.advance_value] : table.advance_share;
  const float lost_share = drawn ? 1 - advance_share : table.lost_share;
  const float there = advance_share * advance_from + lost_share * lost_from;
  const float left = advance_share * advance_to + lost_share * lost_to;
  if (there <= 0) return {law::certain, 0};
  const law::Chances<float> both = one_stay
                                       ? law::of_one_stay(advance_from, advance_to, advance_share)
                                       : law::of_two_stays(advance_share, advance_from, advance_to,
                                                           lost_share, lost_from, lost_to);
  return {left <= 0 ? law::certain : threshold_of(both.leave), threshold_of(both.advance)};
}

Departure PlainChanges::chance(Departure usual, std::size_t flow, std::size_t stage,
                               std::size_t clock, int born) const {
  const StagePlan& planned = territory_.flows[flow].stages[stage];
  Departure chance = usual;
  if (planned.speed_channel != no_channel) {
    const std::vector<std::int32_t>& before = clocks_[flow][stage].before;
    const std::int32_t entry = before[static_cast<std::size_t>(born)];
    const auto now = static_cast<std::size_t>(step_);
    chance = by_clock(planned, plan_.clocks[clock], before[now] - entry, before[now + 1] - entry);
  }
  const float odds = multiplier(planned.odds_channel);
  if (odds == 1 || chance.advance == 0) return chance;
  const law::Chances<float> own{chance_of(chance.leave), chance_of(chance.advance)};
  float advance = 0;
  if (odds > 0 && planned.one_share >= 0) {
    const float advancing = odds * planned.one_share;
    advance = own.leave * (advancing / ((1 - planned.one_share) + advancing));
  } else if (odds > 0) {
    advance = law::with_odds(own, odds);
  }
  chance.advance = threshold_of(advance);
  return chance;
}

}  // namespace attain::testing
