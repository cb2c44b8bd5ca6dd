#pragma once

#include "support/plain_engine.hpp"

#include <attain/model/scenario.hpp>
#include <attain/plan/plan.hpp>

#include <boost/random/mersenne_twister.hpp>

namespace attain::testing {

/// Ways to resume a future wrongly, for the controls that must fail.
struct ResumeFault {
  bool clock_as_age = false;     ///< As if all deals had entered at the start of their step.
  bool phase_at_random = false;  ///< As if who is still there told nothing of the phase.
  bool booked_forgotten = false;
};

/// The scenario that somebody would write who finds the first territory of `whole` as `state` says
/// after `steps` steps. What a future does not tell is drawn, given that each deal is still open:
///
/// - A deal that entered has been there for (c - U) steps, c the clock and U the phase, which has a
///   density proportional to sum_j p_j P(X_j >= (c - u) steps) for u between 0 and 1.
/// - A deal that was there on day one with an age is older by the time that has passed; one without
///   an age has an age A beyond that time, with a density proportional to sum_j p_j P(X_j >= A).
/// - A dated deal keeps its due date and slip if it is not due yet, and spread ones are spread over
///   what is left. One that should be decided has slipped: it has its last date, drawn given that
///   it is not decided, and slips no more.
Scenario resume(const Scenario& whole, const Plan& plan, const PlainResult& state, int steps,
                boost::random::mt19937_64& random, ResumeFault fault = {});

}  // namespace attain::testing
