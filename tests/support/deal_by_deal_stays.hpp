#pragma once

#include "support/oracle/family_law.hpp"

#include <attain/model/scenario.hpp>

#include <boost/random/mersenne_twister.hpp>
#include <cstdint>
#include <deque>
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

/// The law of stays that end in one way, and what of it has been asked for: integrals take long.
class OutcomeLaw {
 public:
  OutcomeLaw(const Distribution& weeks, int steps_per_week);

  [[nodiscard]] const Distribution& weeks() const { return weeks_; }
  [[nodiscard]] const FamilyDraw& draws() const { return draws_; }
  [[nodiscard]] const oracle::FamilyLaw& law() const { return law_; }
  /// In proportion to the chance to leave while the clock goes from `from` to `to` (64ths of a
  /// step); `first` if it has not moved before.
  double leaving(Known known, std::int64_t from, std::int64_t to, bool first) const;
  /// Weeks on a clock. One division, so that whole weeks of daily steps come out exact.
  [[nodiscard]] double weeks_on(std::int64_t clock_64ths) const {
    return static_cast<double>(clock_64ths) / (64.0 * steps_per_week_);
  }

 private:
  /// P(U + X / step >= clock).
  [[nodiscard]] double still_there(std::int64_t clock_64ths) const;
  [[nodiscard]] double find_leaving(Known known, std::int64_t from, std::int64_t to,
                                    bool first) const;

  Distribution weeks_;
  int steps_per_week_;
  FamilyDraw draws_;
  oracle::FamilyLaw law_;
  mutable std::map<std::tuple<Known, std::int64_t, std::int64_t, bool>, double> leaving_;
};

/// The law of one stage, drawn deal by deal: first the outcome, then its stay.
class StayLaw {
 public:
  StayLaw(double advance, const OutcomeLaw& to_advance, const OutcomeLaw& to_lost)
      : advance_(advance), to_advance_(&to_advance), to_lost_(&to_lost) {}

  Stay entered(Luck& luck) const;
  Stay aged(std::int64_t age_64ths, Luck& luck) const;
  Stay found(Luck& luck) const;

  /// Advancing / leaving, of deals whose clocks go from `from` to `to` (64ths of a step) in this
  /// step; `first` if their clocks have not moved before.
  [[nodiscard]] double share_advancing(Known known, std::int64_t from, std::int64_t to,
                                       bool first) const;
  [[nodiscard]] double weeks_on(std::int64_t clock_64ths) const {
    return to_advance_->weeks_on(clock_64ths);
  }

 private:
  [[nodiscard]] const OutcomeLaw& of(bool advances) const {
    return advances ? *to_advance_ : *to_lost_;
  }

  double advance_;
  const OutcomeLaw* to_advance_;
  const OutcomeLaw* to_lost_;
};

/// Laws of stays that have been needed, each once; what it gives refers to it.
class StayLaws {
 public:
  explicit StayLaws(int steps_per_week) : steps_per_week_(steps_per_week) {}

  StayLaw of(const Stage& stage);

 private:
  const OutcomeLaw& of(const Distribution& weeks);

  int steps_per_week_;
  std::deque<OutcomeLaw> laws_;
};

}  // namespace attain::testing
