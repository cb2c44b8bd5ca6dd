#include "support/oracle/build_scenario.hpp"

#include <attain/engine/simulate.hpp>
#include <attain/plan/plan.hpp>

#include <catch2/catch.hpp>

#include <stdexcept>

using namespace attain;
using namespace attain::oracle;

namespace {

Scenario with_leads(double leads_per_week) {
  return scenario(
      "limits", calendar(13, Step::week),
      {territory("T", dollars(1),
                 {stream("s", leads_per_week, {stage(0.5, Distribution::exponential(2))},
                         Distribution::fixed(100))},
                 {counted(0, 500)})});
}

}  // namespace

TEST_CASE("A plan refuses more deals than 16 bits count", "[unit][plan]") {
  Scenario fits = with_leads(0);
  const double most = most_leads_per_week(fits.territories[0], fits.calendar);
  CHECK(most == Approx((32'000 - 1'000 - 500) / (1.2 * 13)));
  CHECK_NOTHROW(build_plan(with_leads(most - 1)));
  CHECK_THROWS_AS(build_plan(with_leads(most + 1)), std::length_error);
}

TEST_CASE("Bookings beyond 2^52 cents keep their mean and their quantiles", "[unit][plan]") {
  Scenario huge = with_leads(20);
  huge.territories[0].streams[0].funnel.amount = Distribution::fixed(1e12);
  const Plan plan = build_plan(huge);
  SimulationOptions options;
  options.replications = 2'000;
  const Outcomes outcomes = simulate(plan, options);
  double wins = 0;
  for (std::size_t n = 0; n < outcomes.territories[0].wins.size(); ++n) {
    wins += static_cast<double>(n * outcomes.territories[0].wins[n]);
  }
  const BookingsTally& bookings = outcomes.groups.back().bookings;
  CHECK(static_cast<double>(bookings.moments.back().sum) == Approx(wins * 1e14));
  const double middle = bookings.histograms.back().value_at_rank(1'000);
  CHECK(middle == Approx(wins / 2'000 * 1e14).epsilon(0.02));
}

TEST_CASE("Like entries of open deals are one, however they are written", "[unit][plan]") {
  Scenario one = with_leads(1);
  one.territories[0].open = {counted(0, 7, 2.0)};
  Scenario several = with_leads(1);
  // 2.004 weeks are 2 weeks to 1/64 of a step.
  several.territories[0].open = {counted(0, 3, 2.004), counted(0, 4, 2.0)};
  SimulationOptions options;
  options.replications = 500;
  CHECK(simulate_bookings(build_plan(one), options) ==
        simulate_bookings(build_plan(several), options));
}
