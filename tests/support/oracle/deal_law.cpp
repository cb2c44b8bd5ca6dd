#include "support/oracle/deal_law.hpp"

#include "support/oracle/family_law.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

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

double weeks_after(int steps, const Calendar& calendar) {
  return static_cast<double>(steps) / calendar.steps_per_week();
}

/// P(floor(U + X/step) = k) for k = 0, 1, ...: P(U + X/step >= k) is the mean of P(X > x) over the
/// step before k.
std::vector<double> steps_of_entered(const FamilyLaw& dwell, const Calendar& calendar,
                                     LawVariant variant) {
  const int steps = calendar.steps();
  std::vector<double> at_least{1.0};
  for (int k = 1; k <= steps; ++k) {
    const double from = weeks_after(k - 1, calendar);
    const double to = weeks_after(k, calendar);
    at_least.push_back(variant.random_phase
                           ? dwell.integrated_survival(from, to) * calendar.steps_per_week()
                           : dwell.survival_from(to));
  }
  std::vector<double> law(steps);
  for (int k = 0; k < steps; ++k) law[k] = at_least[k] - at_least[k + 1];
  return law;
}

void scale(std::vector<double>& law, double factor) {
  for (double& probability : law) probability *= factor;
}

}  // namespace

StageExit exit_of_entered(const Stage& stage, const Calendar& calendar, LawVariant variant) {
  StageExit exit{
      steps_of_entered(FamilyLaw(stage.weeks_to_advance), calendar, variant),
      steps_of_entered(FamilyLaw(stage.weeks_to_lost), calendar, variant),
  };
  scale(exit.advance, stage.advance);
  scale(exit.lost, 1 - stage.advance);
  return exit;
}

StageExit exit_of_aged(const Stage& stage, const Calendar& calendar, double weeks_in_stage) {
  const auto clock = static_cast<std::int64_t>(
      std::floor(weeks_in_stage * calendar.steps_per_week() * parts_of_step + 0.5));
  const auto steps = static_cast<std::size_t>(calendar.steps());
  const FamilyLaw to_advance(stage.weeks_to_advance);
  const FamilyLaw to_lost(stage.weeks_to_lost);
  const double age = weeks_on(clock, calendar);
  const double survivors = stage.advance * to_advance.survival_from(age) +
                           (1 - stage.advance) * to_lost.survival_from(age);
  StageExit exit{std::vector<double>(steps), std::vector<double>(steps)};
  if (survivors < no_survivors) {
    exit.lost[0] = 1;
    return exit;
  }
  for (std::size_t k = 0; k < steps; ++k) {
    const auto at = clock + static_cast<std::int64_t>(k) * parts_of_step;
    const double from = weeks_on(at, calendar);
    const double to = weeks_on(at + parts_of_step, calendar);
    const auto within = [&](const FamilyLaw& dwell) {
      return (k == 0 ? dwell.survival_from(from) : dwell.survival(from)) - dwell.survival(to);
    };
    exit.advance[k] = stage.advance * within(to_advance) / survivors;
    exit.lost[k] = (1 - stage.advance) * within(to_lost) / survivors;
  }
  return exit;
}

StageExit exit_of_found(const Stage& stage, const Calendar& calendar) {
  const auto steps = static_cast<std::size_t>(calendar.steps());
  const FamilyLaw to_advance(stage.weeks_to_advance);
  const FamilyLaw to_lost(stage.weeks_to_lost);
  const double mean_stay = stage.advance * to_advance.mean() + (1 - stage.advance) * to_lost.mean();
  StageExit exit{std::vector<double>(steps), std::vector<double>(steps)};
  if (mean_stay == 0) {
    exit.advance[0] = stage.advance;
    exit.lost[0] = 1 - stage.advance;
    return exit;
  }
  for (std::size_t k = 0; k < steps; ++k) {
    const double from = weeks_after(static_cast<int>(k), calendar);
    const double to = weeks_after(static_cast<int>(k) + 1, calendar);
    exit.advance[k] = stage.advance * to_advance.integrated_survival(from, to) / mean_stay;
    exit.lost[k] = (1 - stage.advance) * to_lost.integrated_survival(from, to) / mean_stay;
  }
  return exit;
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

DealPath follow(std::size_t start, const StageExit& first, const std::vector<StageExit>& entered) {
  const std::size_t stages = entered.size();
  const std::size_t steps = first.advance.size();
  DealPath path;
  path.entered.assign(stages, std::vector<double>(steps));
  path.present.assign(stages, std::vector<double>(steps));
  std::vector<double> coming(steps);
  coming[0] = 1;
  for (std::size_t stage = start; stage < stages; ++stage) {
    const StageExit& exit = stage == start ? first : entered[stage];
    std::vector<double> advancing(steps);
    double inside = 0;
    for (std::size_t step = 0; step < steps; ++step) {
      double losing = 0;
      for (std::size_t since = 0; since <= step; ++since) {
        advancing[step] += coming[step - since] * exit.advance[since];
        losing += coming[step - since] * exit.lost[since];
      }
      inside += coming[step] - advancing[step] - losing;
      path.present[stage][step] = inside;
    }
    path.entered[stage] = coming;
    coming = advancing;
  }
  path.won = coming;
  return path;
}

}  // namespace attain::oracle
