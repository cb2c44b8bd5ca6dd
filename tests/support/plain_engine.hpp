#pragma once

#include <attain/plan/plan.hpp>

#include <cstdint>

namespace attain::testing {

/// The same quarter as the engine simulates, for one territory and one replication, written deal by
/// deal with 32-bit comparisons throughout: no lanes, no 16-bit shortcuts, no packing. It draws
/// from the same addresses, so it must give the same cents.
struct PlainResult {
  std::int64_t booked_cents = 0;
  int wins = 0;
  int leads = 0;
};
PlainResult plain_quarter(const Plan& plan, const TerritoryPlan& territory, std::uint64_t seed,
                          std::uint64_t replication);

}  // namespace attain::testing
