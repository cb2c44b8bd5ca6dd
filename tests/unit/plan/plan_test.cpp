#include "support/mixed_scenario.hpp"
#include "support/oracle/build_scenario.hpp"

#include <attain/plan/plan.hpp>

#include <catch2/catch.hpp>

#include <set>

using namespace attain;
using namespace attain::oracle;
using attain::testing::mixed_scenario;
using attain::testing::mixed_scenario_resumed;

namespace {

bool equal(const Departure& a, const Departure& b) {
  return a.leave == b.leave && a.advance == b.advance;
}

/// The same numbers everywhere; tables of amounts by what is in them.
void check_equal(const AmountPlan& a, const AmountPlan& b) {
  CHECK(a.kind == b.kind);
  CHECK(a.fixed == b.fixed);
  CHECK(a.mean == b.mean);
  CHECK(a.expected == b.expected);
  REQUIRE((a.quantiles == nullptr) == (b.quantiles == nullptr));
  if (a.quantiles) CHECK(a.quantiles->coefficients == b.quantiles->coefficients);
  REQUIRE((a.alias == nullptr) == (b.alias == nullptr));
  if (!a.alias) return;
  CHECK(a.alias->keep == b.alias->keep);
  CHECK(a.alias->alias == b.alias->alias);
  CHECK(a.alias->values == b.alias->values);
}

void check_equal(const TerritoryPlan& a, const TerritoryPlan& b) {
  REQUIRE(a.flows.size() == b.flows.size());
  for (std::size_t f = 0; f < a.flows.size(); ++f) {
    check_equal(a.flows[f].amount, b.flows[f].amount);
    CHECK(a.flows[f].amount_place == b.flows[f].amount_place);
    REQUIRE(a.flows[f].open.size() == b.flows[f].open.size());
    for (std::size_t i = 0; i < a.flows[f].open.size(); ++i) {
      CHECK(a.flows[f].open[i].law == b.flows[f].open[i].law);
      CHECK(a.flows[f].open[i].place == b.flows[f].open[i].place);
      CHECK(a.flows[f].open[i].count == b.flows[f].open[i].count);
    }
  }
  REQUIRE(a.named.size() == b.named.size());
  for (std::size_t i = 0; i < a.named.size(); ++i) {
    check_equal(a.named[i].amount, b.named[i].amount);
    CHECK(a.named[i].law == b.named[i].law);
    CHECK(a.named[i].place == b.named[i].place);
  }
}

}  // namespace

TEST_CASE("A plan made like another one is the same plan", "[unit][plan]") {
  const Scenario scenario = mixed_scenario();
  const Plan alone = build_plan(scenario);
  // Of a scenario that has some of its amounts, others, and other deals.
  Scenario similar = mixed_scenario_resumed(Step::day);
  similar.territories[0].open.pop_back();
  similar.territories[1].streams[0].funnel.amount = Distribution::gamma(3, 2);
  const Plan first = build_plan(similar);
  const Plan like = build_plan(scenario, &first);
  REQUIRE(like.departures.size() == alone.departures.size());
  for (std::size_t i = 0; i < like.departures.size(); ++i) {
    REQUIRE(equal(like.departures[i], alone.departures[i]));
  }
  for (std::size_t t = 0; t < alone.territories.size(); ++t) {
    check_equal(like.territories[t], alone.territories[t]);
  }
  // What both use is one table; what only the other used is not kept.
  CHECK(like.territories[0].flows[0].amount.quantiles ==
        first.territories[0].flows[0].amount.quantiles);
  CHECK(like.amount_shapes.size() == alone.amount_shapes.size());
}

TEST_CASE("Every entry of the open deals is found in the plan", "[unit][plan]") {
  for (const Scenario& scenario : {mixed_scenario(), mixed_scenario_resumed(Step::day)}) {
    const Plan plan = build_plan(scenario);
    for (std::size_t t = 0; t < scenario.territories.size(); ++t) {
      const Territory& territory = scenario.territories[t];
      const TerritoryPlan& planned = plan.territories[t];
      REQUIRE(planned.entries.size() == territory.open.size());
      std::size_t named = 0;
      for (std::size_t i = 0; i < territory.open.size(); ++i) {
        const OpenDeals& open = territory.open[i];
        const OpenEntryPlan& entry = planned.entries[i];
        CHECK(planned.flows[entry.flow].stream ==
              (open.due ? std::nullopt : std::optional<std::size_t>(open.stream)));
        if (open.named()) {
          const NamedPlan& deal = planned.named[named++];
          CHECK(deal.deal == open.deal);
          CHECK(deal.flow == entry.flow);
          CHECK(deal.law == entry.law);
          continue;
        }
        int found = 0;
        for (const OpenCell& cell : planned.flows[entry.flow].open) {
          found += cell.law == entry.law && cell.count == open.count ? 1 : 0;
        }
        CHECK(found == 1);
      }
      CHECK(named == planned.named.size());
    }
  }
}

TEST_CASE("Dated deals of one amount share a flow, and alike ones a cell", "[unit][plan]") {
  const Distribution amount = Distribution::gamma(5'000, 0.5);
  OpenDeals noted = renewals(2, 30, 0.9, amount);
  noted.labels.note = "changes no number";
  const Scenario made = scenario(
      "dated", calendar(13, Step::week),
      {territory("T", {}, {stream("s", 1, {stage(0.5, Distribution::exponential(2))}, amount)},
                 {renewals(3, 30, 0.9, amount), due("A", 10, 0.5, dollars(5)),
                  renewals(4, 40, 0.9, amount), renewals(1, 30, 0.8, amount), noted,
                  due("B", 10, 0.5, dollars(7)), renewals(6, {}, 0.9, Distribution::fixed(100))})});
  const TerritoryPlan plan = build_plan(made).territories[0];
  REQUIRE(plan.flows.size() == 4);  // The stream, named ones, gamma amounts, fixed ones.
  CHECK(plan.entries[1].flow == plan.entries[5].flow);
  CHECK(plan.entries[1].law == plan.entries[5].law);
  CHECK(plan.entries[0].flow == plan.entries[2].flow);
  CHECK(plan.entries[0].law == plan.entries[4].law);
  std::multiset<int> counts;
  std::set<std::uint64_t> places;
  for (const FlowPlan& flow : plan.flows) {
    for (const OpenCell& cell : flow.open) {
      counts.insert(cell.count);
      places.insert(cell.place);
    }
  }
  CHECK(counts == std::multiset<int>{1, 4, 5, 6});
  CHECK(places.size() == 4);
}

TEST_CASE("Progress is counted by owner and stage, wins last", "[unit][plan]") {
  Stream first =
      stream("first", 2,
             {stage(0.5, Distribution::exponential(2)), stage(0.5, Distribution::exponential(2))},
             Distribution::fixed(1));
  Stream second = first;
  second.name = "second";
  second.owner = "partners";
  second.funnel.stages[0].owner = "nobody advances into the first stage";
  Stream without_leads = first;
  without_leads.name = "third";
  without_leads.leads_per_week = 0;
  without_leads.owner = "without leads";
  without_leads.funnel.stages[1].owner = "success";
  const TerritoryPlan plan =
      build_plan(scenario("p", calendar(13, Step::week),
                          {territory("T", {}, {first, second, without_leads})}))
          .territories[0];
  std::vector<std::string> items;
  for (const ProgressPlan& item : plan.progress) items.push_back(item.owner + "/" + item.stage);
  CHECK(items == std::vector<std::string>{"marketing/", "partners/", "sales/stage 2",
                                          "success/stage 2", "/"});
  CHECK(plan.progress.back().kind == ProgressPlan::Kind::wins);
  CHECK(plan.flows[0].stages[1].progress == plan.flows[1].stages[1].progress);
  CHECK_FALSE(plan.flows[2].leads_progress.has_value());
}
