// Shocks, and how people answer to their quota.

#include "reading.hpp"

namespace attain {
namespace {

using test::read;

const std::string sound =
    "attain: 1\n"
    "calendar: {start: 2027-01-04, weeks: 13}\n"
    "funnels:\n"
    "  field: {stages: [{name: meeting, advance: 50%, weeks: 2}], amount: 40k}\n"
    "defaults: {funnel: field, quota: 300k, leads_per_week: 3}\n"
    "territories:\n"
    "  - {name: Ohio, segment: a, region: [Americas, East], attributes: {tier: gold}}\n"
    "  - {name: Texas, segment: b, region: Americas, attributes: {tier: silver}, quota: none}\n"
    "  - {name: Bavaria, segment: a, region: Europe, attributes: {tier: gold}}\n";

Shock shock(const std::string& keys) {
  const Scenario scenario = read(sound + "shocks: [{name: s, sd: 10%, " + keys + "}]\n");
  REQUIRE(scenario.shocks.size() == 1);
  return scenario.shocks[0];
}

TEST_CASE("a shock acts on any knob", "[unit][scenario][shock]") {
  CHECK(shock("affects: leads").on == KnobOf{Knob::leads, {}});
  CHECK(shock("affects: speed").on == KnobOf{Knob::speed, {}});
  CHECK(shock("affects: amount").on == KnobOf{Knob::amount, {}});
  CHECK(shock("affects: advance.meeting").on == KnobOf{Knob::advance, "meeting"});
}

TEST_CASE("a shock lasts a period or a week, and is a territory's own unless it says more",
          "[unit][scenario][shock]") {
  const Shock plain = shock("affects: leads");
  CHECK(plain.name == "s");
  CHECK(plain.sd == 0.1);
  CHECK(plain.per == Shock::Per::period);
  CHECK(plain.persistence == 0);
  CHECK(plain.shared_by == Shock::SharedBy::territory);
  CHECK(plain.group.empty());
  const Shock weekly = shock("affects: leads, per: week, persistence: 80%, shared_by: all");
  CHECK(weekly.per == Shock::Per::week);
  CHECK(weekly.persistence == 0.8);
  CHECK(weekly.shared_by == Shock::SharedBy::all);
  CHECK(shock("affects: leads, per: week").persistence == 0);
  CHECK(shock("affects: leads, shared_by: territory").shared_by == Shock::SharedBy::territory);
}

TEST_CASE("a shock is shared by a segment, the widest region or an attribute",
          "[unit][scenario][shock]") {
  using Names = std::vector<std::string>;
  const Shock segment = shock("affects: leads, shared_by: segment");
  CHECK(segment.shared_by == Shock::SharedBy::attribute);
  CHECK(segment.attribute == "segment");
  CHECK(segment.group == Names{"a", "b", "a"});
  CHECK(shock("affects: leads, shared_by: region").group ==
        Names{"Americas", "Americas", "Europe"});
  CHECK(shock("affects: leads, shared_by: tier").group == Names{"gold", "silver", "gold"});
}

TEST_CASE("the sd of a shock may be uncertain", "[unit][scenario][shock]") {
  const Scenario scenario =
      read(sound + "shocks: [{name: a.b, affects: leads, sd: 5% to 20%, shared_by: all}]\n");
  REQUIRE(scenario.uncertain.size() == 1);
  CHECK(scenario.uncertain[0].name == "shocks.\"a.b\".sd");
  CHECK(scenario.uncertain[0].law == NumberLaw::lognormal_between(0.05, 0.2));
  CHECK(scenario.shocks[0].sd_uncertain == std::size_t{0});
  CHECK(scenario.shocks[0].sd == scenario.uncertain[0].law.mean());
}

TEST_CASE("a territory's effort replaces the scenario's as a whole", "[unit][scenario][effort]") {
  const Scenario scenario =
      read(sound +
           "  - {name: Utah, effort: {coast: 20%, give_up_below: 5%}}\n"
           "  - {name: Iowa, effort: {}}\n"
           "effort: {bonus_pull: 0.1, goal_gradient: 5%, give_up: 0.15, coast: 0.08}\n");
  const Effort all{0.1, 0.05, 0.15, 0.1, 0.08};
  CHECK(scenario.territories[0].effort == all);
  CHECK(scenario.territories[1].effort == all);  // Without a quota it changes nothing.
  CHECK(scenario.territories[3].effort == Effort{0, 0, 0, 0.05, 0.2});
  CHECK(scenario.territories[4].effort == Effort{});
  CHECK_FALSE(read(sound).territories[0].effort.has_value());
}

}  // namespace
}  // namespace attain
