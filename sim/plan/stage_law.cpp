#include "stage_law.hpp"

#include <attain/base/significant.hpp>

#include <algorithm>
#include <cmath>
#include <functional>

namespace attain {

namespace {

/// P(still there) x P(outcome) of both outcomes at one clock, 24 bits each.
struct Remaining {
  double advance = 0;
  double lost = 0;

  [[nodiscard]] double total() const { return advance + lost; }
};

Remaining rounded(double advance, double lost) { return {to_24_bits(advance), to_24_bits(lost)}; }

std::uint32_t as_threshold(double chance) {
  const double scaled = std::floor(chance * 0x1p32 + 0.5);
  return scaled >= 0xffffffffp0 ? 0xffffffffU : static_cast<std::uint32_t>(scaled);
}

/// What happens in a step to a deal still there: the one expression for a threshold.
Departure departure(const Remaining& before, const Remaining& after) {
  const double there = before.total();
  if (after.total() <= 0) {
    // Nobody is left after this step; there is nothing to settle beyond the outcome.
    if (there <= 0) return {0xffffffffU, 0};
    return {0xffffffffU, as_threshold(before.advance / there)};
  }
  // Noise in the far tail of a distribution must not bring anybody back.
  const double advancing = std::max(before.advance - after.advance, 0.0) / there;
  const double leaving = advancing + std::max(before.lost - after.lost, 0.0) / there;
  return {as_threshold(leaving), as_threshold(advancing)};
}

std::vector<Departure> departures(int steps, const std::function<Remaining(int)>& at_clock) {
  std::vector<Departure> law;
  law.reserve(static_cast<std::size_t>(steps));
  Remaining before = at_clock(0);
  for (int clock = 0; clock < steps; ++clock) {
    const Remaining after = at_clock(clock + 1);
    law.push_back(departure(before, after));
    before = after;
  }
  return law;
}

std::vector<Departure> lost_at_once(int steps) {
  return std::vector<Departure>(static_cast<std::size_t>(steps), Departure{0xffffffffU, 0});
}

double weeks_of_steps(int steps, int steps_per_week) {
  return weeks_of_64ths(64LL * steps, steps_per_week);
}

/// S(c) = P(U + X/Δ >= c) for a whole clock c.
double survival_of_clock(const Distribution& weeks, int clock, int steps_per_week) {
  if (clock == 0) return 1;
  return (weeks.excess_mean(weeks_of_steps(clock - 1, steps_per_week)) -
          weeks.excess_mean(weeks_of_steps(clock, steps_per_week))) *
         steps_per_week;
}

}  // namespace

std::vector<Departure> entered_law(const Stage& stage, int steps_per_week, int steps) {
  return departures(steps, [&](int clock) {
    return rounded(
        stage.advance * survival_of_clock(stage.weeks_to_advance, clock, steps_per_week),
        (1 - stage.advance) * survival_of_clock(stage.weeks_to_lost, clock, steps_per_week));
  });
}

std::vector<Departure> aged_law(const Stage& stage, double age_weeks, int steps_per_week,
                                int steps) {
  const long long age = age_in_64ths(age_weeks, steps_per_week);
  const auto at_clock = [&](int clock) {
    const double x = weeks_of_64ths(age + 64LL * clock, steps_per_week);
    const auto there = [&](const Distribution& weeks) {
      return clock == 0 ? weeks.survival_from(x) : weeks.survival(x);
    };
    return rounded(stage.advance * there(stage.weeks_to_advance),
                   (1 - stage.advance) * there(stage.weeks_to_lost));
  };
  if (is_impossibly_old(stage, weeks_of_64ths(age, steps_per_week))) return lost_at_once(steps);
  return departures(steps, at_clock);
}

std::vector<Departure> found_law(const Stage& stage, int steps_per_week, int steps) {
  if (stage.advance * stage.weeks_to_advance.mean() +
          (1 - stage.advance) * stage.weeks_to_lost.mean() <=
      0) {
    return std::vector<Departure>(static_cast<std::size_t>(steps),
                                  Departure{0xffffffffU, as_threshold(stage.advance)});
  }
  return departures(steps, [&](int clock) {
    const double x = weeks_of_steps(clock, steps_per_week);
    return rounded(stage.advance * stage.weeks_to_advance.excess_mean(x),
                   (1 - stage.advance) * stage.weeks_to_lost.excess_mean(x));
  });
}

std::vector<Departure> due_law(const DueDate& due, const Calendar& calendar) {
  const int days_per_step = 7 / calendar.steps_per_week();
  const int steps = calendar.steps();
  const int days = steps * days_per_step;
  // [days] P(the last date is at least so many days behind the due date).
  std::vector<double> later(static_cast<std::size_t>(days) + 1);
  for (int d = 0; d <= days; ++d) {
    later[static_cast<std::size_t>(d)] = due.slip_chance * due.slip_weeks.survival_from(d / 7.0);
  }
  const auto undecided = [&](int due_day, int step) {
    const int after = step * days_per_step - due_day;
    return after <= 0 ? 1.0 : later[static_cast<std::size_t>(after)];
  };
  // When it is decided has nothing to do with the chance, to the last bit, so that a better chance
  // never costs anybody a win.
  std::vector<Departure> law = departures(steps, [&](int step) {
    double there = 0;
    if (due.date) {
      there = undecided(due_day(*due.date, calendar), step);
    } else {
      for (int day = 0; day < days; ++day) there += undecided(day, step);
      there /= days;
    }
    return rounded(there, 0);
  });
  for (Departure& chance : law) {
    const double decided = chance.leave == 0xffffffffU ? 1 : chance.leave * 0x1p-32;
    chance.advance = as_threshold(due.chance * decided);
  }
  return law;
}

double chance_to_advance(const Stage& stage, std::optional<double> age_weeks, int steps_per_week) {
  double advance = 0;
  double lost = 0;
  if (age_weeks) {
    const double age = rounded_age(*age_weeks, steps_per_week);
    if (is_impossibly_old(stage, age)) return 0;
    advance = stage.advance * stage.weeks_to_advance.survival_from(age);
    lost = (1 - stage.advance) * stage.weeks_to_lost.survival_from(age);
  } else {
    advance = stage.advance * stage.weeks_to_advance.mean();
    lost = (1 - stage.advance) * stage.weeks_to_lost.mean();
    if (advance + lost <= 0) return stage.advance;
  }
  return advance / (advance + lost);
}

}  // namespace attain
