#pragma once

// The deals that a territory has open, and what they come to.

#include "support/deal_by_deal_dated.hpp"
#include "support/deal_by_deal_effort.hpp"
#include "support/deal_by_deal_multipliers.hpp"
#include "support/deal_by_deal_stays.hpp"

#include <vector>

namespace attain::testing {

struct Deal {
  Stay stay;
  std::int64_t came_at = 0;         ///< 64ths on the stage's time then, less its age.
  std::int64_t clock_at_start = 0;  ///< Its age, in 64ths.
  std::size_t named = anonymous;    ///< Index into SimulatedTerritory::named.
  const OpenDeals* open = nullptr;  ///< Where it stands in the scenario, if open on day one.
};

/// A stage of one stream: its deals, and the time that their clocks follow.
struct StageNow {
  std::vector<Deal> deals;
  double time = 0;                ///< The running sum of speeds, in steps.
  std::int64_t time_64ths = 0;    ///< Rounded half up.
  std::int64_t before_64ths = 0;  ///< At the start of the step.
};

using StagesNow = std::vector<std::vector<StageNow>>;  ///< By stream and stage.

/// A week, by all open deals.
double hours_asked(const Territory& territory, const StagesNow& now);

/// How many there are and what they are worth, at amounts as people know them.
void look_at_open_deals(const Territory& stated, const StagesNow& now,
                        const std::vector<DatedDeal>& dated, DealState& state);

/// In the rest of the period, from the start of the step.
StillToCome still_to_come(const Prospects& prospects, const StagesNow& now,
                          const std::vector<DatedDeal>& dated, const TerritoryStep& step);

}  // namespace attain::testing
