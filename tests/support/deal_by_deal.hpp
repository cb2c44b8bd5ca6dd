#pragma once

// A scenario simulated deal by deal, as design and documentation state the model: every deal is an
// object with a phase, an outcome, a stay and a clock. Slow, scalar, on Boost.Random; it shares
// nothing with the plan and the engine, so that whatever depends on state (rules, capacity), which
// has no exact solution, can be compared with it.
//
// The outcome that a deal drew on entry counts unless the odds are changed in the step in which it
// leaves. Then it is drawn again, with q' = m q / (1 - q + m q), q = advancing / leaving of deals
// with this clock: it depends on the clock where stays differ by outcome.

#include "support/deal_by_deal_multipliers.hpp"
#include "support/deal_by_deal_stays.hpp"

#include <attain/model/scenario.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace attain::testing {

/// All by week from day one's; deals with names included unless it says otherwise.
struct SimulatedStage {
  std::vector<long> entered;  ///< New deals that start here included, those of day one not.
  std::vector<long> open;     ///< At the week's end, without named deals.
  bool operator==(const SimulatedStage&) const = default;
};

struct SimulatedStream {
  std::vector<long> leads;
  std::vector<long> wins;
  std::vector<SimulatedStage> stages;
  bool operator==(const SimulatedStream&) const = default;
};

/// What became of a named deal.
struct SimulatedDeal {
  enum class Outcome { open, won, lost };
  std::string deal;
  Outcome outcome = Outcome::open;
  int step = -1;  ///< From day one; -1 while it is open.
  std::int64_t cents = 0;
  bool operator==(const SimulatedDeal&) const = default;
};

struct SimulatedTerritory {
  std::vector<std::int64_t> booked;  ///< In cents, cumulative, with what was booked before.
  std::vector<long> wins;            ///< With those of dated deals.
  std::vector<SimulatedStream> streams;
  std::vector<long> dated_wins;
  std::vector<SimulatedDeal> named;  ///< In the order of Territory::open.
  std::vector<double> hours_asked;
  std::vector<double> hours_there;  ///< Infinite without capacity.
  bool operator==(const SimulatedTerritory&) const = default;
};

struct SimulatedQuarter {
  std::vector<SimulatedTerritory> territories;
  bool operator==(const SimulatedQuarter&) const = default;
};

class DealByDeal {
 public:
  explicit DealByDeal(const Scenario& scenario);
  /// One quarter. Chances of rules have a luck of their own, so that a rule that does not exist
  /// changes nothing.
  SimulatedQuarter simulate(Luck& luck) const;

 private:
  Scenario scenario_;
  std::vector<std::vector<std::vector<StayLaw>>> stays_;  ///< By territory, stream and stage.
};

}  // namespace attain::testing
