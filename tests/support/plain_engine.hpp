#pragma once

#include <attain/plan/plan.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace attain::testing {

/// Deals that are alike and open: those of one cell of day one, or of a stage and step of entry.
struct PlainCell {
  std::size_t flow = 0;
  std::size_t stage = 0;
  std::optional<std::size_t> open;  ///< In FlowPlan::open; none: they entered.
  int count = 0;
  int clock = 0;  ///< Steps since they entered, or since day one.
};

/// A named deal that is open.
struct PlainNamed {
  std::size_t named = 0;  ///< In TerritoryPlan::named.
  std::size_t stage = 0;
  bool moved = false;  ///< Is no longer in its stage of day one.
  int clock = 0;       ///< Steps since it entered the stage, or since day one.
};

/// The same quarter as the engine simulates, for one territory and one replication, written deal by
/// deal with 32-bit comparisons throughout: no lanes, no 16-bit shortcuts, no packing. It draws
/// from the same addresses, so it must give the same cents.
struct PlainResult {
  std::int64_t booked_cents = 0;  ///< With what was booked before day one.
  int wins = 0;
  int leads = 0;
  std::vector<PlainCell> cells;
  std::vector<PlainNamed> named;
};

/// Where it stands after the first `steps` steps.
PlainResult plain_state(const Plan& plan, const TerritoryPlan& territory, std::uint64_t seed,
                        std::uint64_t replication, int steps);

/// Its end.
PlainResult plain_quarter(const Plan& plan, const TerritoryPlan& territory, std::uint64_t seed,
                          std::uint64_t replication);

}  // namespace attain::testing
