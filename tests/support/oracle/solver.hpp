#pragma once

// The exact solution of a scenario in which nothing depends on the state: of one world, in which
// all uncertain numbers, chances of rules and shocks are known; worlds.hpp mixes them.
//
// It exists to be compared with the engine, so it works from the scenario alone and shares nothing
// with the plan and the engine, not even the distributions' functions: cdfs, shapes and moments are
// worked out anew from the parameters (family_law.hpp). The law, for steps of D weeks:
//
// A deal that enters a stage advances with probability p (outcome 1), else it is lost (outcome 2).
// Given the outcome j its stay X_j has the cdf F_j. It entered at a random phase of the step, U
// uniform on (0, 1), so it leaves K = floor(U + X_j / D) steps after the one in which it entered:
//   P(K >= k) = E P(X_j >= (k - U) D) = (1/D) * integral of 1 - F_j from (k-1) D to k D,  k >= 1,
// and E K * D = E X_j. K may be 0: a deal may pass several stages within one step, as a stage hands
// its deals on to the next in the same step.
//
// A deal that is open on day one with age a (rounded, half up, to 1/64 step) has no unknown phase.
// It leaves in step k = 0, 1, ... with outcome j with probability
//   p_j [F_j(a + (k+1) D) - F_j(a + k D)] / sum_i p_i P(X_i >= a),
// where for k = 0 the left limit F_j(a-) stands for F_j(a), so that a stay of exactly a ends in the
// first step. If the denominator is below 1e-9 the deal is lost in the first step.
//
// A deal that is open without an age was found at a random time of its stay, which makes long stays
// likelier (length bias; Cox 1962, Renewal Theory, section 5): outcome j has weight p_j E X_j and
// the time that remains has the density (1 - F_j) / E X_j, counted from the start of the period. If
// all p_j E X_j are 0 it leaves in the first step, with the outcome's own probability.
//
// New deals come as Poisson(rate D) in each step and start in stage s with probability e_s. The
// step of a win is the sum of the K's of the stages passed, a convolution.
//
// A deal with a due date waits to be decided. With the due day d, counted in days from day one (0
// if it is before), the last date is d + 7 X days with the slip's chance, else d; X is drawn from
// the slip's distribution. It is decided in the step that contains the last date, floor(last / days
// of a step), and stays open if that is behind the period. Deals that are spread have each a day of
// its own, all days from day one to the last one alike. They belong to no stream.
//
// Only the steps from `steps_done` on happen; what was booked before is added to all bookings.
//
// In each step knobs may be multiplied (knobs.hpp): the rate of leads; a stage's clock, which a
// step moves by m (times are sums of m, rounded half up to 1/64 step) instead of 1, so that
// P(still there at the clock c) = P(U + X_j / D >= c); the odds of those that leave a stage in a
// step, of which the share q advances: q' = m q / (1 - q + m q); the amounts won in a step.
//
// New deals that are won in any set of steps are a thinned Poisson process: the count is Poisson,
// independent of the open deals, which are independent Bernoulli events. So
//   wins = Poisson(m) + sum of Bernoulli(pi_j),
//   bookings = compound Poisson(m) of iid amounts + sum of Bernoulli(pi_j) A_j,
// and so is every count of deals that enter a stage or are found in one. Territories are
// independent: the company's bookings are the same kind of sum over all of them
// (count_law.hpp, bookings_law.hpp).
//
// Amounts come from the stream; those of open deals may be stated. They are booked in whole cents,
// and a quota is attained if bookings >= quota.

#include "support/oracle/bookings_law.hpp"
#include "support/oracle/count_law.hpp"
#include "support/oracle/deal_law.hpp"
#include "support/oracle/knobs.hpp"

#include <attain/model/scenario.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace attain::oracle {

/// The new deals of a stream, or one entry of the open deals.
struct Contribution {
  std::optional<std::size_t> stream;  ///< None: has a due date.
  bool poisson = false;               ///< New deals; else `count` independent open ones.
  int count = 1;
  std::string deal;  ///< The name, if it has one.
  AmountLaw amount{Money{}};
  std::vector<double> amount_factor;  ///< By step of the win.
  /// [stage][step] expected new deals that start there.
  std::vector<std::vector<double>> leads;
  /// New deals: expected numbers by step from day one; open: chances. Dated ones wait in stage 0.
  DealPath path;
};

/// A half-open range of steps.
struct Steps {
  int from = 0;
  int to = 0;
};

struct TerritoryLaw {
  std::vector<Contribution> contributions;
  Money booked;  ///< In the first period before day one.
  Money actual;  ///< In the periods before that.
  Calendar calendar;
  int steps = 0;

  /// A part of the territory; by default all of it.
  struct Part {
    std::optional<std::size_t> stream;
    bool without_named = false;
    bool dated = false;  ///< Only deals with a due date.
  };

  [[nodiscard]] CountLaw leads(Steps range, Part part) const;
  /// Those that start in the stage.
  [[nodiscard]] CountLaw leads(std::size_t stage, Steps range, Part part) const;
  [[nodiscard]] CountLaw wins(Steps range, Part part) const;
  /// Deals that come into the stage in these steps (not those that are there on day one).
  [[nodiscard]] CountLaw entered(std::size_t stage, Steps range, Part part) const;
  /// Of those, the ones that came from the stage before.
  [[nodiscard]] CountLaw advanced(std::size_t stage, Steps range, Part part) const;
  /// Deals in the stage at the end of the step.
  [[nodiscard]] CountLaw open(std::size_t stage, int step, Part part) const;
  /// Without what was booked before day one.
  [[nodiscard]] BookingsLaw bookings(Steps range, Part part) const;
  /// Of all since the start of its period, at the end of the step, with what was booked before.
  [[nodiscard]] BookingsLaw booked_by(int step) const;
  /// Of all periods.
  [[nodiscard]] BookingsLaw year() const;
  /// The chance that the deal of this name is won in these steps.
  [[nodiscard]] double win_chance(const std::string& deal, Steps range) const;
  /// The chance that it is in this stage or a later one at the end of the step.
  [[nodiscard]] double open_chance(const std::string& deal, std::size_t from_stage, int step) const;

  [[nodiscard]] Steps all() const { return {0, steps}; }

 private:
  [[nodiscard]] const Contribution& named(const std::string& deal) const;
  using Expected = std::function<double(const Contribution&)>;
  [[nodiscard]] CountLaw count(const Part& part, const Expected& expected) const;
};

/// Where nothing is multiplied.
TerritoryLaw solve(const Territory& territory, const Calendar& calendar, LawVariant variant = {});
TerritoryLaw solve(const Territory& territory, const Calendar& calendar,
                   const TerritoryKnobs& knobs, LawVariant variant = {});

}  // namespace attain::oracle
