#pragma once

#include <attain/summary/paired.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace attain {

/// A named deal of a scenario.
struct DealPlace {
  std::size_t territory = 0;
  std::size_t open = 0;  ///< Index into Territory::open.
};

/// The named deals that `[TERRITORY/]NAME` can mean.
std::vector<DealPlace> find_deals(const Scenario& scenario, const std::string& name);

/// What changes for a territory, a group or the company if a deal is not there.
struct LostDealEffect {
  std::string name;
  std::optional<Money> quota;
  std::optional<Chance> with;  ///< Of quota; none without one.
  std::optional<Chance> without;
  std::optional<Difference> change;  ///< without - with.
  MeanEstimate bookings_with;
};

struct LostDeal {
  std::string territory;
  std::string deal;
  std::string stage;  ///< Empty for one with a due date.
  std::optional<std::chrono::sys_days> due;
  std::optional<Money> amount;
  Chance win;  ///< In the period, with the deal; replications in which it brought bookings.
  Difference bookings;                  ///< Without - with; the same for all of `effects`.
  std::vector<LostDealEffect> effects;  ///< The territory, its regions, the company.
};

/// The scenario with and without one of its deals on the same luck. Memory does not grow with
/// `options.replications`.
LostDeal without_deal(const Scenario& scenario, const DealPlace& place,
                      const SimulationOptions& options);

}  // namespace attain
