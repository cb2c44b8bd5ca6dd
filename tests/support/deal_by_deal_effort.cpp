#include "support/deal_by_deal_effort.hpp"

#include "support/oracle/deal_law.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

namespace attain::testing {

namespace {

/// How far laws are worked out, as a multiple of all steps: clocks run ahead of time where speeds
/// are above 1.
constexpr int times_as_long = 4;

/// Brings `amount` with a chance.
StillToCome perhaps(double chance, double mean, double second_moment) {
  return {chance * mean, chance * second_moment - chance * mean * chance * mean};
}

StillToCome perhaps(double chance, const Distribution& amount) {
  return perhaps(chance, amount.mean(), amount.variance() + amount.mean() * amount.mean());
}

StillToCome perhaps(double chance, const OpenDeals& open, const Distribution& otherwise) {
  if (!open.amount) return perhaps(chance, otherwise);
  const double amount = open.amount->units();
  return perhaps(chance, amount, amount * amount);
}

/// P(the last date is before the end of the step), -1 being the one before day one.
double decided_by(const OpenDeals& open, int step, const Calendar& calendar) {
  const DueDate& due = *open.due;
  const oracle::FamilyLaw slip(due.slip_weeks);
  const std::vector<int> days = possible_due_days(open, calendar);
  const int end = (step + 1) * 7 / calendar.steps_per_week();
  double chance = 0;
  for (const int day : days) {
    if (day >= end) continue;
    const double slipped_in_time = 1 - slip.survival_from((end - day) / 7.0);
    chance += 1 - due.slip_chance + due.slip_chance * slipped_in_time;
  }
  return chance / static_cast<double>(days.size());
}

}  // namespace

Prospects::Prospects(const Territory& territory, const Calendar& calendar)
    : territory_(territory), calendar_(calendar) {}

const Prospects::Exits& Prospects::exits(const WhereDeal& where) const {
  const auto [entry, is_new] =
      exits_.try_emplace({where.stream, where.stage, where.known, where.age_64ths});
  if (!is_new) return entry->second;
  Calendar longer = calendar_;
  longer.periods *= times_as_long;
  const Stage& stage = territory_.streams[where.stream].funnel.stages[where.stage];
  oracle::StageExit exit;
  switch (where.known) {
    case Known::entered: exit = oracle::exit_of_entered(stage, longer); break;
    case Known::found: exit = oracle::exit_of_found(stage, longer); break;
    case Known::aged:
      exit = oracle::exit_of_aged(
          stage, longer,
          static_cast<double>(where.age_64ths) / (64.0 * calendar_.steps_per_week()));
      break;
    case Known::too_old:  // Lost in the first step.
      exit.advance.assign(static_cast<std::size_t>(longer.steps()), 0.0);
      exit.lost = exit.advance;
      exit.lost[0] = 1;
  }
  entry->second.advance = exit.advance;
  double there = 1;
  for (std::size_t k = 0; k < exit.advance.size(); ++k) {
    entry->second.there.push_back(there);
    there -= exit.advance[k] + exit.lost[k];
  }
  return entry->second;
}

double Prospects::chance(const WhereDeal& where, int steps_left) const {
  if (where.stage == territory_.streams[where.stream].funnel.stages.size()) return 1;
  const Key key{where.stream, where.stage, where.known, where.age_64ths};
  const auto found = chances_.find({key, where.moved_steps, steps_left});
  if (found != chances_.end()) return found->second;
  const Exits& law = exits(where);
  const auto from = std::min(static_cast<std::size_t>(where.moved_steps), law.there.size() - 1);
  double won = 0;
  for (int k = 0; k < steps_left && from + static_cast<std::size_t>(k) < law.there.size(); ++k) {
    won += law.advance[from + static_cast<std::size_t>(k)] *
           chance({where.stream, where.stage + 1, Known::entered, 0, 0}, steps_left - k);
  }
  won = law.there[from] > 1e-9 ? won / law.there[from] : 0;
  chances_[{key, where.moved_steps, steps_left}] = won;
  return won;
}

StillToCome Prospects::of_deal(const WhereDeal& where, const OpenDeals* open,
                               int steps_left) const {
  const Distribution& amount = territory_.streams[where.stream].funnel.amount;
  const double won = chance(where, steps_left);
  return open != nullptr ? perhaps(won, *open, amount) : perhaps(won, amount);
}

StillToCome Prospects::of_dated(const OpenDeals& open, int step, int steps_left) const {
  const double before = decided_by(open, step - 1, calendar_);
  const double by_the_end = decided_by(open, step + steps_left - 1, calendar_);
  // What was put off by a closed week is decided as soon as it can be.
  const double decided = before < 1 - 1e-9 ? (by_the_end - before) / (1 - before) : 1;
  return perhaps(decided * open.due->chance, open, open.due->amount);
}

StillToCome Prospects::of_new_leads(int steps_left) const {
  const auto [entry, is_new] = of_new_leads_.try_emplace(steps_left);
  if (!is_new) return entry->second;
  for (std::size_t s = 0; s < territory_.streams.size(); ++s) {
    const Stream& stream = territory_.streams[s];
    const Distribution& amount = stream.funnel.amount;
    for (std::size_t stage = 0; stage < stream.enter.size(); ++stage) {
      for (int left = steps_left; left > 0; --left) {
        const double wins = stream.leads_per_week / calendar_.steps_per_week() *
                            stream.enter[stage] * chance({s, stage, Known::entered, 0, 0}, left);
        // A Poisson number of amounts.
        entry->second.add(
            {wins * amount.mean(), wins * (amount.variance() + amount.mean() * amount.mean())});
      }
    }
  }
  return entry->second;
}

double effort_factor(const Effort& effort, const std::optional<Money>& quota, Money booked,
                     const StillToCome& to_come) {
  if (!quota) return 1;
  if (booked >= *quota) return 1 - effort.coast;
  const double ahead = to_come.mean + booked.units() - quota->units();
  double pull = 0;
  double chance = ahead >= 0 ? 1 : 0;
  if (to_come.variance > 0) {
    const double z = ahead / std::sqrt(to_come.variance);
    pull = std::exp(-z * z / 2);
    chance = boost::math::cdf(boost::math::normal_distribution<>(), z);
  }
  const double done = booked.units() / quota->units();
  const double e = 1 + effort.bonus_pull * pull + effort.goal_gradient * done * done -
                   (chance < effort.give_up_below ? effort.give_up : 0);
  return std::clamp(e, 0.7, 1.3);
}

}  // namespace attain::testing
