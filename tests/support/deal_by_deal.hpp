#pragma once

// A scenario simulated deal by deal, as design and documentation state the model: every deal is an
// object with a phase, an outcome, a stay and a clock. Slow, scalar, on Boost.Random; it shares
// nothing with the plan and the engine, so that whatever depends on state (rules, capacity), which
// has no exact solution, can be compared with it.
//
// The outcome that a deal drew on entry counts unless the odds are changed in the step in which it
// leaves. Then it is drawn again, with q' = m q / (1 - q + m q), q = advancing / leaving of deals
// with this clock: it depends on the clock where stays differ by outcome.

#include "support/deal_by_deal_effort.hpp"
#include "support/deal_by_deal_luck.hpp"
#include "support/deal_by_deal_multipliers.hpp"
#include "support/deal_by_deal_numbers.hpp"
#include "support/deal_by_deal_stays.hpp"

#include <attain/model/scenario.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace attain::testing {

/// All by week from day one's, through all periods; a period's last week may be in part. Deals with
/// names included unless it says otherwise.
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
  /// In cents at the week's end, since its period's start, with what was booked before day one.
  std::vector<std::int64_t> booked;
  /// In cents: of each period that is simulated, then of the year where the calendar has several.
  std::vector<std::int64_t> booked_in_spans;
  std::vector<long> wins;  ///< With those of dated deals.
  std::vector<SimulatedStream> streams;
  std::vector<long> dated_wins;
  std::vector<SimulatedDeal> named;  ///< In the order of Territory::open.
  std::vector<double> hours_asked;
  std::vector<double> hours_there;  ///< Infinite without capacity.
  /// In the rest of the period, as seen at the start of the week's first step; with effort only.
  std::vector<StillToCome> to_come;
  bool operator==(const SimulatedTerritory&) const = default;
};

struct SimulatedQuarter {
  std::vector<SimulatedTerritory> territories;
  bool operator==(const SimulatedQuarter&) const = default;
};

class DealByDeal {
 public:
  explicit DealByDeal(const Scenario& scenario, const DealVariant& variant = {});
  /// All periods once. Chances of rules, shocks and uncertain numbers have a luck of their own, so
  /// that a rule that does not exist changes nothing.
  SimulatedQuarter simulate(Luck& luck);

 private:
  Scenario scenario_;
  DealVariant variant_;
  std::vector<NumberDraw> numbers_;
  StayLaws laws_;
  std::vector<Prospects> prospects_;  ///< By territory.
};

}  // namespace attain::testing
