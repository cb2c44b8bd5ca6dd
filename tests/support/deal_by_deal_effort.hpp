#pragma once

// What open deals and new leads will still bring in the period, at stated rates and speeds, and how
// people answer to it.

#include "support/deal_by_deal_dated.hpp"
#include "support/deal_by_deal_stays.hpp"

#include <attain/model/scenario.hpp>

#include <map>
#include <tuple>
#include <vector>

namespace attain::testing {

/// In units of the currency and their square.
struct StillToCome {
  double mean = 0;
  double variance = 0;

  void add(const StillToCome& other) {
    mean += other.mean;
    variance += other.variance;
  }
  bool operator==(const StillToCome&) const = default;
};

/// Where a deal is: what is known of it, and how far its clock has moved since, in whole steps.
struct WhereDeal {
  std::size_t stream = 0;
  std::size_t stage = 0;
  Known known = Known::entered;
  std::int64_t age_64ths = 0;  ///< Of Known::aged: on day one.
  int moved_steps = 0;
};

/// Of one territory, its uncertain numbers at their means.
class Prospects {
 public:
  Prospects(const Territory& territory, const Calendar& calendar);

  /// `steps_left` counts the step that begins. `open` where the deal was open on day one.
  StillToCome of_deal(const WhereDeal& where, const OpenDeals* open, int steps_left) const;
  /// Of a deal with a due date that is not decided before `step` (0 on day one).
  [[nodiscard]] StillToCome of_dated(const OpenDeals& open, int step, int steps_left) const;
  StillToCome of_new_leads(int steps_left) const;
  /// P(win in so many steps).
  double chance(const WhereDeal& where, int steps_left) const;

 private:
  /// By step since it came, or since day one; `there` at the step's start.
  struct Exits {
    std::vector<double> advance, there;
  };
  using Key = std::tuple<std::size_t, std::size_t, Known, std::int64_t>;

  const Exits& exits(const WhereDeal& where) const;

  Territory territory_;
  Calendar calendar_;
  mutable std::map<Key, Exits> exits_;
  mutable std::map<std::tuple<Key, int, int>, double> chances_;
  mutable std::map<int, StillToCome> of_new_leads_;
};

/// The factor e on the leads of own streams and on speed; 1 without a quota.
double effort_factor(const Effort& effort, const std::optional<Money>& quota, Money booked,
                     const StillToCome& to_come);

}  // namespace attain::testing
