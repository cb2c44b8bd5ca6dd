#include "support/oracle/deal_law.hpp"

#include "support/oracle/family_law.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <map>
#include <utility>

namespace attain::oracle {

namespace {

/// Below this share of survivors a deal counts as older than any deal can be.
constexpr double no_survivors = 1e-9;
/// Clocks count in these parts of a step.
constexpr std::int64_t parts_of_step = 64;

/// Weeks on a clock. One division, so that whole weeks of daily steps come out exact.
double weeks_on(std::int64_t clock_parts, const Calendar& calendar) {
  return static_cast<double>(clock_parts) /
         static_cast<double>(parts_of_step * calendar.steps_per_week());
}

/// The chance to leave with an outcome while the clock goes from one point to another.
using Leaves = std::function<double(std::int64_t from, std::int64_t to)>;

/// The stage's time before each step from day one, and behind the last one.
std::vector<std::int64_t> stage_times(const StageKnobs& knobs, const Calendar& calendar) {
  std::vector<std::int64_t> times{0};
  double sum = 0;
  for (std::size_t step = 0; step < static_cast<std::size_t>(calendar.steps()); ++step) {
    sum += knobs.speed.empty() ? 1 : knobs.speed.at(step);
    times.push_back(static_cast<std::int64_t>(std::floor(sum * parts_of_step + 0.5)));
  }
  return times;
}

double share_with_odds(double share, double odds, LawVariant variant) {
  if (!variant.on_odds) return std::min(1.0, odds * share);
  return odds == 0 ? 0 : odds * share / (1 - share + odds * share);
}

/// Of a deal that comes in step `entry` with its clock at `clock`.
StageExit exit_by_clock(const Leaves& to_advance, const Leaves& to_lost, std::int64_t clock,
                        std::size_t entry, const std::vector<std::int64_t>& times,
                        const StageKnobs& knobs, LawVariant variant) {
  StageExit exit;
  for (std::size_t step = entry; step + 1 < times.size(); ++step) {
    const std::int64_t from = clock + times[step] - times[entry];
    const std::int64_t to = clock + times[step + 1] - times[entry];
    double advance = from == to ? 0 : to_advance(from, to);
    double lost = from == to ? 0 : to_lost(from, to);
    const double leave = advance + lost;
    if (!knobs.odds.empty() && knobs.odds.at(step) != 1 && leave > 0) {
      advance = leave * share_with_odds(advance / leave, knobs.odds[step], variant);
      lost = leave - advance;
    }
    exit.advance.push_back(advance);
    exit.lost.push_back(lost);
  }
  return exit;
}

/// P(U + X/step >= clock): the mean of P(X > x) over the step before that clock.
double still_there(const FamilyLaw& dwell, std::int64_t clock, const Calendar& calendar,
                   LawVariant variant) {
  const double to = weeks_on(clock, calendar);
  if (!variant.random_phase) return dwell.survival_from(to);
  const double inside = clock > parts_of_step ? weeks_on(clock - parts_of_step, calendar) : 0;
  const double before = clock < parts_of_step ? calendar.step_weeks() - to : 0;
  if (clock == 0) return 1;
  return (before + dwell.integrated_survival(inside, to)) * calendar.steps_per_week();
}

/// Of deals that enter the stage.
Leaves leaves_of_entered(const Distribution& dwell, double share, const Calendar& calendar,
                         LawVariant variant) {
  return [law = FamilyLaw(dwell), share, calendar, variant,
          known = std::map<std::int64_t, double>()](std::int64_t from, std::int64_t to) mutable {
    const auto survival = [&](std::int64_t clock) {
      const auto [found, is_new] = known.try_emplace(clock);
      if (is_new) found->second = still_there(law, clock, calendar, variant);
      return found->second;
    };
    return share * (survival(from) - survival(to));
  };
}

/// Lost, or decided otherwise, in the first step.
StageExit exit_at_once(double advance, const Calendar& calendar) {
  const auto steps = static_cast<std::size_t>(calendar.steps());
  StageExit exit{std::vector<double>(steps), std::vector<double>(steps)};
  exit.advance[0] = advance;
  exit.lost[0] = 1 - advance;
  return exit;
}

void scale(std::vector<double>& law, double factor) {
  for (double& probability : law) probability *= factor;
}

}  // namespace

StageExits exits_of_entered(const Stage& stage, const Calendar& calendar, const StageKnobs& knobs,
                            LawVariant variant) {
  const Leaves to_advance =
      leaves_of_entered(stage.weeks_to_advance, stage.advance, calendar, variant);
  const Leaves to_lost =
      leaves_of_entered(stage.weeks_to_lost, 1 - stage.advance, calendar, variant);
  const std::vector<std::int64_t> times = stage_times(knobs, calendar);
  StageExits exits;
  for (std::size_t entry = 0; entry + 1 < times.size(); ++entry) {
    exits.push_back(exit_by_clock(to_advance, to_lost, 0, entry, times, knobs, variant));
  }
  return exits;
}

StageExit exit_of_entered(const Stage& stage, const Calendar& calendar, LawVariant variant) {
  return exits_of_entered(stage, calendar, {}, variant).front();
}

StageExit exit_of_aged(const Stage& stage, const Calendar& calendar, double weeks_in_stage,
                       const StageKnobs& knobs, LawVariant variant) {
  const auto age = static_cast<std::int64_t>(
      std::floor(weeks_in_stage * calendar.steps_per_week() * parts_of_step + 0.5));
  const FamilyLaw to_advance(stage.weeks_to_advance);
  const FamilyLaw to_lost(stage.weeks_to_lost);
  const double survivors = stage.advance * to_advance.survival_from(weeks_on(age, calendar)) +
                           (1 - stage.advance) * to_lost.survival_from(weeks_on(age, calendar));
  if (survivors < no_survivors) return exit_at_once(0, calendar);
  const auto leaves = [&](const FamilyLaw& dwell, double share) -> Leaves {
    return [&, share](std::int64_t from, std::int64_t to) {
      // Until the clock moves, a stay of exactly the age is not over.
      const auto survival = [&](std::int64_t clock) {
        const double weeks = weeks_on(clock, calendar);
        return clock == age ? dwell.survival_from(weeks) : dwell.survival(weeks);
      };
      return share * (survival(from) - survival(to)) / survivors;
    };
  };
  return exit_by_clock(leaves(to_advance, stage.advance), leaves(to_lost, 1 - stage.advance), age,
                       0, stage_times(knobs, calendar), knobs, variant);
}

StageExit exit_of_found(const Stage& stage, const Calendar& calendar, const StageKnobs& knobs,
                        LawVariant variant) {
  const FamilyLaw to_advance(stage.weeks_to_advance);
  const FamilyLaw to_lost(stage.weeks_to_lost);
  const double mean_stay = stage.advance * to_advance.mean() + (1 - stage.advance) * to_lost.mean();
  if (mean_stay == 0) {
    const double odds = knobs.odds.empty() ? 1 : knobs.odds.front();
    return exit_at_once(share_with_odds(stage.advance, odds, variant), calendar);
  }
  const auto leaves = [&](const FamilyLaw& dwell, double share) -> Leaves {
    return [&, share](std::int64_t from, std::int64_t to) {
      return share * dwell.integrated_survival(weeks_on(from, calendar), weeks_on(to, calendar)) /
             mean_stay;
    };
  };
  return exit_by_clock(leaves(to_advance, stage.advance), leaves(to_lost, 1 - stage.advance), 0, 0,
                       stage_times(knobs, calendar), knobs, variant);
}

StageExit exit_of_due(const DueDate& due, const Calendar& calendar, LawVariant variant) {
  const auto steps = static_cast<std::size_t>(calendar.steps());
  const int days_of_step = calendar.step == Step::week ? 7 : 1;
  const int days_done = calendar.steps_done * days_of_step;
  const int days_of_period = calendar.period_steps * days_of_step;
  std::vector<int> due_days;  // From day one, all alike.
  if (due.date) {
    due_days = {static_cast<int>((*due.date - calendar.start).count()) - days_done};
  } else {
    for (int day = variant.spread_over_rest ? days_done : 0; day < days_of_period; ++day) {
      due_days.push_back(day - days_done);
    }
  }
  const FamilyLaw slip(due.slip_weeks);
  std::vector<double> decided(steps);
  for (const int due_day : due_days) {
    const int from = std::max(due_day, 0);
    const double weight = 1.0 / static_cast<double>(due_days.size());
    for (std::size_t k = 0; k < steps; ++k) {
      // The days of the step are from `begin` on, and before `end`.
      const int begin = static_cast<int>(k) * days_of_step - from;
      const int end = begin + days_of_step;
      const bool on_time = begin <= 0 && end > 0;
      const double slipped = slip.survival_from(begin / 7.0) - slip.survival_from(end / 7.0);
      decided[k] += weight * ((on_time ? 1 - due.slip_chance : 0) + due.slip_chance * slipped);
    }
  }
  StageExit exit{decided, decided};
  scale(exit.advance, due.chance);
  scale(exit.lost, 1 - due.chance);
  return exit;
}

DealPath follow(const std::vector<std::vector<double>>& starting,
                const std::vector<StageExits>& exits) {
  const std::size_t stages = exits.size();
  const std::size_t steps = exits.at(0).size();
  DealPath path{starting, std::vector<std::vector<double>>(stages, std::vector<double>(steps)), {}};
  std::vector<double> coming(steps);
  for (std::size_t stage = 0; stage < stages; ++stage) {
    for (std::size_t step = 0; step < steps; ++step) path.entered[stage][step] += coming[step];
    std::vector<double> advancing(steps);
    double inside = 0;
    for (std::size_t step = 0; step < steps; ++step) {
      double leaving = 0;
      for (std::size_t entry = 0; entry <= step; ++entry) {
        const StageExit& exit = exits[stage][entry];
        const double entered = path.entered[stage][entry];
        advancing[step] += entered * exit.advance[step - entry];
        leaving += entered * (exit.advance[step - entry] + exit.lost[step - entry]);
      }
      inside += path.entered[stage][step] - leaving;
      path.present[stage][step] = inside;
    }
    coming = std::move(advancing);
  }
  path.won = std::move(coming);
  return path;
}

DealPath follow(std::size_t start, const StageExit& first, const std::vector<StageExits>& exits) {
  const std::size_t steps = first.advance.size();
  std::vector<std::vector<double>> starting(exits.size(), std::vector<double>(steps));
  const bool last = start + 1 == exits.size();
  if (!last) starting[start + 1] = first.advance;
  DealPath path = follow(starting, exits);
  double inside = 1;
  for (std::size_t step = 0; step < steps; ++step) {
    inside -= first.advance[step] + first.lost[step];
    path.present[start][step] = inside;
  }
  if (last) path.won = first.advance;
  return path;
}

DealPath follow(std::size_t start, const StageExit& first, const std::vector<StageExit>& entered) {
  std::vector<StageExits> exits;
  for (const StageExit& exit : entered) exits.emplace_back(first.advance.size(), exit);
  return follow(start, first, exits);
}

}  // namespace attain::oracle
