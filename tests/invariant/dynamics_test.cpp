// Rules, working hours, ramps and seasons: the engine's lanes against plain scalar code.

#include "support/dynamic_scenarios.hpp"
#include "support/plain_engine.hpp"

#include <attain/engine/simulate.hpp>

#include <catch2/catch.hpp>

namespace attain {

TEST_CASE("Where something changes the funnel, the engine and plain code agree to the cent",
          "[invariant][rules]") {
  for (const Scenario& scenario : testing::dynamic_scenarios()) {
    const Plan plan = build_plan(scenario);
    for (const SimdWidth width : {SimdWidth::sse2, SimdWidth::avx2, SimdWidth::avx512}) {
      if (!machine_has(width)) continue;
      SimulationOptions options;
      options.seed = 11;
      options.replications = 130;
      options.simd = width;
      const auto bookings = simulate_bookings(plan, options);
      for (std::size_t t = 0; t < plan.territories.size(); ++t) {
        for (std::size_t r = 0; r < bookings[t].size(); ++r) {
          CAPTURE(scenario.name, name_of(width), t, r);
          REQUIRE(bookings[t][r] ==
                  testing::plain_quarter(plan, plan.territories[t], options.seed, r).booked_cents);
        }
      }
    }
  }
}

}  // namespace attain
