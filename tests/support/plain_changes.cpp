#include "plain_changes.hpp"

#include <attain/plan/departure_law.hpp>

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

}  // namespace

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
    : plan_(plan), territory_(territory), multipliers_(territory.dynamics.channels, 1.0F) {
  for (const RuleMask& mask : territory.dynamics.masks) {
    const std::uint32_t draw =
        wide_draw(mask.shared ? shared : own, odd, address(mask.place, 0, 0));
    exists_.push_back(happens(draw, mask.chance));
  }
  for (const FlowPlan& flow : territory.flows) clocks_.emplace_back(flow.stages.size());
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
      const double missing =
          territory_.quota->units() - static_cast<double>(state.booked_cents) / 100;
      return missing > 0 ? state.pipeline / missing : infinite;
    }
    case Variable::utilization:
      if (closed || dynamics.hours.empty() || state.hours_asked <= 0) return 0;
      return dynamics.hours[now] > 0 ? state.hours_asked / dynamics.hours[now] : infinite;
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
  float capacity = 1;
  const bool closed = !dynamics.closed.empty() && dynamics.closed[now];
  if (!dynamics.hours.empty() && !closed && state.hours_asked > dynamics.hours[now]) {
    capacity = static_cast<float>(dynamics.hours[now] / state.hours_asked);
  }
  std::fill(multipliers_.begin(), multipliers_.end(), 1.0F);
  for (std::size_t i = dynamics.first_operation[now]; i < dynamics.first_operation[now + 1]; ++i) {
    const Operation& operation = dynamics.operations[i];
    float factor = operation.by == Operation::By::capacity ? capacity : operation.factor;
    if (operation.mask != Operation::everywhere) {
      const auto mask = static_cast<std::size_t>(operation.mask);
      if (!exists_[mask] || !holds(dynamics.masks[mask], step, state)) factor = 1;
    }
    multipliers_[operation.channel] *= factor;
  }
  for (std::size_t f = 0; f < clocks_.size(); ++f) {
    for (std::size_t s = 0; s < clocks_[f].size(); ++s) {
      StageClock& clock = clocks_[f][s];
      clock.time += static_cast<double>(multiplier(territory_.flows[f].stages[s].speed_channel));
      clock.before.push_back(static_cast<std::int32_t>(clock.time * 64 + 0.5));
    }
  }
}

float PlainChanges::multiplier(std::size_t channel) const {
  return channel == no_channel ? 1.0F : multipliers_[channel];
}

Departure PlainChanges::by_clock(const ClockTable& table, int from, int to) const {
  from = std::min(from, table.last);
  to = std::min(to, table.last);
  if (table.lost_at_once) return {to > from ? law::certain : 0, 0};
  const auto at = [&](std::size_t first, int clock) {
    return plan_.survivals[first + static_cast<std::size_t>(clock)];
  };
  const float there =
      table.advance_share * at(table.advance, from) + table.lost_share * at(table.lost, from);
  const float left =
      table.advance_share * at(table.advance, to) + table.lost_share * at(table.lost, to);
  if (there <= 0) return {law::certain, 0};
  const law::Chances<float> both =
      table.advance == table.lost
          ? law::of_one_stay(at(table.advance, from), at(table.advance, to), table.advance_share)
          : law::of_two_stays(table.advance_share, at(table.advance, from), at(table.advance, to),
                              table.lost_share, at(table.lost, from), at(table.lost, to));
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
    chance = by_clock(plan_.clocks[clock], before[now] - entry, before[now + 1] - entry);
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
