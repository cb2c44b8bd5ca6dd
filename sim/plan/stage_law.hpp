#pragma once

#include "stay_grid.hpp"

#include <attain/model/scenario.hpp>
#include <attain/plan/plan.hpp>

#include <optional>
#include <vector>

namespace attain {

/// The laws of docs/methods.md by which a deal leaves its stage, as departures for the clocks
/// 0 .. steps - 1.

/// Of a deal that enters the stage during a step, at a random phase of it.
std::vector<Departure> entered_law(const Stage& stage, int steps_per_week, int steps);

/// Of a deal that has been in the stage for `age_weeks` on day one (rounded to 1/64 step).
std::vector<Departure> aged_law(const Stage& stage, double age_weeks, int steps_per_week,
                                int steps);

/// Of a deal found in the stage at a random time.
std::vector<Departure> found_law(const Stage& stage, int steps_per_week, int steps);

/// Of a deal with a due date, from day one on: it leaves when it is decided, and advances if won.
/// Nobody decides in closed steps, of which there is one flag for each that is simulated.
std::vector<Departure> due_law(const DueDate& due, const Calendar& calendar,
                               const std::vector<bool>& closed_steps);

/// P(still there | outcome) at one clock.
struct Survival {
  float advance = 0;
  float lost = 0;
};

/// Clocks 0, `stride`, ... `last` x `stride` in 64ths of a step.
struct Clocks {
  int stride = 1;
  int last = 0;
};

/// The same laws at those clocks, up to the first at which next to nothing is left, which is 0.
std::vector<Survival> entered_survivals(const Stage& stage, StayGrids& grids, int steps_per_week,
                                        Clocks clocks);
std::vector<Survival> aged_survivals(const Stage& stage, double age_weeks, StayGrids& grids,
                                     int steps_per_week, Clocks clocks);
std::vector<Survival> found_survivals(const Stage& stage, StayGrids& grids, int steps_per_week,
                                      Clocks clocks);

/// P(advance, whenever) of a deal that has been in the stage for so long; none: found at a random
/// time.
double chance_to_advance(const Stage& stage, std::optional<double> age_weeks, int steps_per_week);

}  // namespace attain
