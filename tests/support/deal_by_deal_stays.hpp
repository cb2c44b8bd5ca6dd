#pragma once

#include "support/oracle/family_law.hpp"

#include <attain/model/scenario.hpp>

#include <boost/random/mersenne_twister.hpp>
#include <cstdint>
#include <map>
#include <tuple>

namespace attain::testing {

using Luck = boost::random::mt19937_64;

double uniform(Luck& luck);

/// Draws from a distribution by Boost.Random, from the parameters that a scenario states.
class FamilyDraw {
 public:
  explicit FamilyDraw(const Distribution& distribution);

  double draw(Luck& luck) const;
  /// Of an amount in units of the currency: 24 significant bits if it is drawn, exact if fixed.
  double draw_cents(Luck& luck) const;
  /// Given that it is at least `least`, by inversion.
  double draw_at_least(double least, Luck& luck) const;
  /// With a density in proportion to x f(x).
  double draw_length_biased(Luck& luck) const;

 private:
  Distribution::Family family_;
  double shape_ = 0;  ///< Of gamma and Weibull; of lognormal the sigma.
  double scale_ = 0;  ///< Likewise; of lognormal the mu.
};

/// What is known of a deal in a stage, and with it the law by which it leaves.
enum class Known {
  entered,  ///< In a step of the period, at a random phase of it.
  aged,     ///< Open on day one, so many weeks old.
  found,    ///< Open on day one, at a random time of its stay.
  too_old,  ///< Older than any deal can be.
};

/// Of one deal: the weeks on its clock after which it leaves, and what becomes of it then.
struct Stay {
  Known known = Known::entered;
  double weeks = 0;
  bool advances = false;
};

/// The law of one stage, drawn deal by deal: first the outcome, then its stay.
class StayLaw {
 public:
  StayLaw(const Stage& stage, int steps_per_week);

  Stay entered(Luck& luck) const;
  Stay aged(std::int64_t age_64ths, Luck& luck) const;
  Stay found(Luck& luck) const;

  /// Advancing / leaving, of deals whose clocks go from `from` to `to` (64ths of a step) in this
  /// step; `first` if their clocks have not moved before.
  [[nodiscard]] double share_advancing(Known known, std::int64_t from, std::int64_t to,
                                       bool first) const;
  /// Weeks on a clock. One division, so that whole weeks of daily steps come out exact.
  [[nodiscard]] double weeks_on(std::int64_t clock_64ths) const {
    return static_cast<double>(clock_64ths) / (64.0 * steps_per_week_);
  }

 private:
  [[nodiscard]] double leaving(const oracle::FamilyLaw& stay, Known known, std::int64_t from,
                               std::int64_t to, bool first) const;
  /// P(U + X / step >= clock).
  [[nodiscard]] double still_there(const oracle::FamilyLaw& stay, std::int64_t clock_64ths) const;

  double advance_;
  bool same_stays_;
  int steps_per_week_;
  FamilyDraw draw_advance_, draw_lost_;
  oracle::FamilyLaw to_advance_, to_lost_;
  /// Shares that have been asked for; integrals take long.
  mutable std::map<std::tuple<Known, std::int64_t, std::int64_t, bool>, double> shares_;
};

}  // namespace attain::testing
