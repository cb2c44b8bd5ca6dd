#include "stage_law.hpp"

#include <attain/base/significant.hpp>
#include <attain/plan/departure_law.hpp>

#include <algorithm>
#include <cmath>
#include <functional>

namespace attain {

namespace {

Survival rounded(double advance, double lost) { return {to_24_bits(advance), to_24_bits(lost)}; }

std::uint32_t as_threshold(float chance) {
  using namespace departure_law;
  return chance >= 1 ? certain
                     : static_cast<std::uint32_t>(static_cast<std::int32_t>(chance * scale)) << 1U;
}

/// What happens in a step to a deal still there.
Departure departure(const Stage& stage, const Survival& before, const Survival& after) {
  using namespace departure_law;
  const auto share = to_24_bits(stage.advance);
  const auto rest = to_24_bits(1 - stage.advance);
  const float there = share * before.advance + rest * before.lost;
  if (there <= 0) return {certain, 0};
  const Chances<float> chances =
      stage.weeks_to_advance == stage.weeks_to_lost
          ? of_one_stay(before.advance, after.advance, share)
          : of_two_stays(share, before.advance, after.advance, rest, before.lost, after.lost);
  // Nobody is left after this step; there is nothing to settle beyond the outcome.
  const bool all = share * after.advance + rest * after.lost <= 0;
  return {all ? certain : as_threshold(chances.leave), as_threshold(chances.advance)};
}

std::vector<Departure> departures(const Stage& stage, int steps,
                                  const std::function<Survival(int)>& at_clock) {
  std::vector<Departure> law;
  law.reserve(static_cast<std::size_t>(steps));
  Survival before = at_clock(0);
  for (int clock = 0; clock < steps; ++clock) {
    const Survival after = at_clock(clock + 1);
    law.push_back(departure(stage, before, after));
    before = after;
  }
  return law;
}

std::vector<Departure> lost_at_once(int steps) {
  return std::vector<Departure>(static_cast<std::size_t>(steps), Departure{0xffffffffU, 0});
}

/// How long deals stay in a stage, by outcome.
class Stays {
 public:
  Stays(const Stage& stage, StayGrids& grids, int steps_per_week)
      : advance_(grids.of(stage.weeks_to_advance)),
        lost_(grids.of(stage.weeks_to_lost)),
        steps_per_week_(steps_per_week) {}

  // Clocks and ages in 64ths of a step.

  [[nodiscard]] Survival entered_at(long long clock) const {
    return of_both([&](StayGrid& weeks) { return of_clock(weeks, clock); });
  }

  /// The first moving step includes its left end: a stay of just that age is over in it.
  [[nodiscard]] Survival aged_at(long long age, long long clock) const {
    return of_both([&](StayGrid& weeks) {
      return clock == 0 ? weeks.weeks().survival_from(weeks_of_64ths(age, steps_per_week_))
                        : weeks.survival(age + clock);
    });
  }

  [[nodiscard]] Survival found_at(long long clock) const {
    return of_both([&](StayGrid& weeks) { return weeks.excess_mean(clock); });
  }

 private:
  template <class There>
  [[nodiscard]] Survival of_both(const There& there) const {
    return rounded(there(advance_), there(lost_));
  }

  /// S(c) = P(U + X/Δ >= c).
  [[nodiscard]] double of_clock(StayGrid& weeks, long long clock) const {
    if (clock <= 0) return 1;
    return (weeks.excess_mean(clock - 64) - weeks.excess_mean(clock)) * steps_per_week_;
  }

  StayGrid& advance_;
  StayGrid& lost_;
  int steps_per_week_;
};

bool is_passed_at_once(const Stage& stage) {
  return stage.advance * stage.weeks_to_advance.mean() +
             (1 - stage.advance) * stage.weeks_to_lost.mean() <=
         0;
}

/// Where so small a share is left, it can as well leave.
constexpr float nothing_left = 1e-9F;

template <class AtClock>
std::vector<Survival> survivals(Clocks clocks, const AtClock& at_clock) {
  std::vector<Survival> made;
  for (int i = 0; i <= clocks.last; ++i) {
    made.push_back(at_clock(static_cast<long long>(i) * clocks.stride));
    const float enough = nothing_left * std::max(made.front().advance, made.front().lost);
    if (made.back().advance > enough || made.back().lost > enough) continue;
    made.back() = {0, 0};
    break;
  }
  return made;
}

}  // namespace

std::vector<Departure> entered_law(const Stage& stage, int steps_per_week, int steps) {
  StayGrids grids(steps_per_week);
  const Stays stays(stage, grids, steps_per_week);
  return departures(stage, steps, [&](int step) { return stays.entered_at(64LL * step); });
}

std::vector<Survival> entered_survivals(const Stage& stage, StayGrids& grids, int steps_per_week,
                                        Clocks clocks) {
  const Stays stays(stage, grids, steps_per_week);
  return survivals(clocks, [&](long long clock) { return stays.entered_at(clock); });
}

std::vector<Departure> aged_law(const Stage& stage, double age_weeks, int steps_per_week,
                                int steps) {
  const long long age = age_in_64ths(age_weeks, steps_per_week);
  if (is_impossibly_old(stage, weeks_of_64ths(age, steps_per_week))) return lost_at_once(steps);
  StayGrids grids(steps_per_week);
  const Stays stays(stage, grids, steps_per_week);
  return departures(stage, steps, [&](int step) { return stays.aged_at(age, 64LL * step); });
}

std::vector<Survival> aged_survivals(const Stage& stage, double age_weeks, StayGrids& grids,
                                     int steps_per_week, Clocks clocks) {
  const long long age = age_in_64ths(age_weeks, steps_per_week);
  const Stays stays(stage, grids, steps_per_week);
  return survivals(clocks, [&](long long clock) { return stays.aged_at(age, clock); });
}

std::vector<Departure> found_law(const Stage& stage, int steps_per_week, int steps) {
  if (is_passed_at_once(stage)) {
    return std::vector<Departure>(static_cast<std::size_t>(steps),
                                  Departure{0xffffffffU, as_threshold(to_24_bits(stage.advance))});
  }
  StayGrids grids(steps_per_week);
  const Stays stays(stage, grids, steps_per_week);
  return departures(stage, steps, [&](int step) { return stays.found_at(64LL * step); });
}

std::vector<Survival> found_survivals(const Stage& stage, StayGrids& grids, int steps_per_week,
                                      Clocks clocks) {
  if (is_passed_at_once(stage)) {
    return survivals(clocks, [](long long clock) {
      return clock == 0 ? Survival{1, 1} : Survival{0, 0};
    });
  }
  const Stays stays(stage, grids, steps_per_week);
  return survivals(clocks, [&](long long clock) { return stays.found_at(clock); });
}

std::vector<Departure> due_law(const DueDate& due, const Calendar& calendar,
                               const std::vector<bool>& closed_steps) {
  const int days_per_step = 7 / calendar.steps_per_week();
  const int steps = calendar.steps();
  const int days = steps * days_per_step;
  const int spread_days = (calendar.period_steps - calendar.steps_into_period()) * days_per_step;
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
  Stage waiting;
  waiting.advance = 1;
  double there = 1;
  std::vector<Departure> law = departures(waiting, steps, [&](int step) {
    // What would be decided in a closed step waits for the next open one.
    if (step > 0 && closed_steps[static_cast<std::size_t>(step) - 1]) return rounded(there, 0);
    there = 0;
    if (due.date) {
      there = undecided(due_day(*due.date, calendar), step);
    } else {
      for (int day = 0; day < spread_days; ++day) there += undecided(day, step);
      there /= spread_days;
    }
    return rounded(there, 0);
  });
  for (Departure& chance : law) {
    // Nothing changes this chance while it is simulated, so that it may have all its digits.
    const double decided = chance.leave == departure_law::certain ? 1 : chance.leave * 0x1p-32;
    const double scaled = std::floor(due.chance * decided * 0x1p32 + 0.5);
    chance.advance =
        scaled >= 0xffffffffp0 ? departure_law::certain : static_cast<std::uint32_t>(scaled);
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
