#pragma once

#include <attain/model/scenario.hpp>

#include <cstddef>
#include <vector>

namespace attain::oracle {

/// Ways to get the law wrong on purpose, for the controls that must fail.
struct LawVariant {
  bool random_phase = true;      ///< false: a deal leaves floor(X/step) steps after it entered.
  bool spread_over_rest = true;  ///< false: over the whole period, overdue ones on day one.
  bool on_odds = true;           ///< false: `advance` multiplies the share itself.
  bool mean_one = true;          ///< false: a shock's factor is exp(sd Z).
};

/// What multiplies a stage's clock and odds, by step from day one; empty: 1 in all steps.
struct StageKnobs {
  std::vector<double> speed;
  std::vector<double> odds;
};

/// When and how a deal leaves a stage: the chance to leave it in the k-th step from now (0 is the
/// step in which it entered or, for an open deal, the first step of the period).
struct StageExit {
  std::vector<double> advance;
  std::vector<double> lost;
};

/// The same for each step of entry.
using StageExits = std::vector<StageExit>;

/// Of a deal that enters the stage during a step, where nothing multiplies anything.
StageExit exit_of_entered(const Stage& stage, const Calendar& calendar, LawVariant variant = {});
StageExits exits_of_entered(const Stage& stage, const Calendar& calendar, const StageKnobs& knobs,
                            LawVariant variant = {});
/// Of a deal that has been in the stage for `weeks_in_stage` weeks on day one.
StageExit exit_of_aged(const Stage& stage, const Calendar& calendar, double weeks_in_stage,
                       const StageKnobs& knobs = {}, LawVariant variant = {});
/// Of a deal that is found in the stage on day one, at a random time of its stay.
StageExit exit_of_found(const Stage& stage, const Calendar& calendar, const StageKnobs& knobs = {},
                        LawVariant variant = {});

/// Of a deal with a due date; its advance is a win.
StageExit exit_of_due(const DueDate& due, const Calendar& calendar, LawVariant variant = {});

/// Expected numbers by step from day one.
struct DealPath {
  std::vector<std::vector<double>> entered;  ///< [stage][step] deals enter the stage in the step.
  std::vector<std::vector<double>> present;  ///< [stage][step] are in it at the end of the step.
  std::vector<double> won;                   ///< [step]
};

/// Follows deals that start in stages, `starting` [stage][step], through them and those behind.
/// Stages passed within one step are those whose exits fall into their step 0.
DealPath follow(const std::vector<std::vector<double>>& starting,
                const std::vector<StageExits>& exits);
/// Follows a deal that is in the stage `start` on day one and leaves it by `first`.
DealPath follow(std::size_t start, const StageExit& first, const std::vector<StageExits>& exits);
/// The same where nothing changes with time.
DealPath follow(std::size_t start, const StageExit& first, const std::vector<StageExit>& entered);

}  // namespace attain::oracle
