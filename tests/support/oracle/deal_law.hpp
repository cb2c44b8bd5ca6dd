#pragma once

#include <attain/model/scenario.hpp>

#include <cstddef>
#include <vector>

namespace attain::oracle {

/// Ways to get the law wrong on purpose, for the controls that must fail.
struct LawVariant {
  bool random_phase = true;      ///< false: a deal leaves floor(X/step) steps after it entered.
  bool spread_over_rest = true;  ///< false: over the whole period, overdue ones on day one.
};

/// When and how a deal leaves a stage: the chance to leave it in the k-th step from now (0 is the
/// step in which it entered or, for an open deal, the first step of the period).
struct StageExit {
  std::vector<double> advance;
  std::vector<double> lost;
};

/// Of a deal that enters the stage during a step.
StageExit exit_of_entered(const Stage& stage, const Calendar& calendar, LawVariant variant = {});
/// Of a deal that has been in the stage for `weeks_in_stage` weeks on day one.
StageExit exit_of_aged(const Stage& stage, const Calendar& calendar, double weeks_in_stage);
/// Of a deal that is found in the stage on day one, at a random time of its stay.
StageExit exit_of_found(const Stage& stage, const Calendar& calendar);

/// Of a deal with a due date; its advance is a win.
StageExit exit_of_due(const DueDate& due, const Calendar& calendar, LawVariant variant = {});

/// The expected path of one deal, by step from its first one.
struct DealPath {
  std::vector<std::vector<double>> entered;  ///< [stage][step] enters the stage in the step.
  std::vector<std::vector<double>> present;  ///< [stage][step] is in it at the end of the step.
  std::vector<double> won;                   ///< [step]
};

/// Follows a deal from `start`, where it leaves by `first`, through the stages behind, where it
/// leaves by `entered`. Stages passed within one step are those whose exits fall into their step 0.
DealPath follow(std::size_t start, const StageExit& first, const std::vector<StageExit>& entered);

}  // namespace attain::oracle
