#include "support/fingerprint.hpp"

#include <attain/engine/simulate.hpp>
#include <attain/scenario/read_scenario.hpp>

#include <catch2/catch.hpp>

#include <string>

using namespace attain;
using namespace attain::testing;

namespace {

/// What is simulated of a file with this calendar.
std::string outcomes_with(const std::string& calendar) {
  const std::string text = "attain: 1\ncalendar: {" + calendar + R"(}
funnels:
  field:
    stages:
      - {name: meeting, advance: 50%, weeks: 2}
      - {name: proposal, advance: 60%, weeks: {mean: 2.5, cv: 60%}}
    amount: {mean: 40k, cv: 80%}
territories:
  - name: Ohio
    quota: 400k
    funnel: field
    leads_per_week: 3
    open:
      - {stage: proposal, count: 4, weeks_in_stage: 2}
      - {deal: Acme, stage: meeting, amount: 90k}
      - {deal: Borealis, amount: 60k, due: 2027-03-15, chance: 80%, slip: {chance: 25%, weeks: 2}}
      - {renewals: 14, amount: {mean: 6k, cv: 40%}, due: spread, chance: 92%}
)";
  const ReadResult read = read_scenario({"scenario.yaml", text});
  INFO(messages_of(read));
  REQUIRE(read.scenario.has_value());
  SimulationOptions options;
  options.seed = 7;
  options.replications = 1'000;
  return fingerprint(simulate(build_plan(*read.scenario), options));
}

}  // namespace

TEST_CASE("A scenario that starts on the period's first day is one without as_of", "[invariant]") {
  for (const std::string step : {"week", "day"}) {
    const std::string start = "start: 2027-01-04, step: " + step;
    const std::string without = outcomes_with(start + ", weeks: 13");
    CHECK(outcomes_with(start + ", weeks: 13, as_of: 2027-01-04") == without);
    CHECK(outcomes_with(start + ", end: 2027-04-04") == without);
    // Negative control: a week later it is another one.
    CHECK(outcomes_with(start + ", weeks: 13, as_of: 2027-01-11") != without);
  }
}

TEST_CASE("With weekly steps a day inside a week is that week's first", "[invariant]") {
  const std::string start = "start: 2027-01-04, weeks: 13, as_of: ";
  const std::string monday = outcomes_with(start + "2027-02-08");
  CHECK(outcomes_with(start + "2027-02-11") == monday);
  CHECK(outcomes_with(start + "2027-02-14") == monday);
  CHECK(outcomes_with(start + "2027-02-15") != monday);
  CHECK(outcomes_with("step: day, " + start + "2027-02-11") !=
        outcomes_with("step: day, " + start + "2027-02-08"));
}
