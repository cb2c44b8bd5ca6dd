#include "summary/roll_up.hpp"

#include "support/oracle/build_scenario.hpp"

#include <catch2/catch.hpp>

using namespace attain;
using namespace attain::oracle;

namespace {

OpenDeals called(OpenDeals deals, std::string category) {
  deals.labels.category = std::move(category);
  return deals;
}

/// Two stages, of which the second is pipeline; a win brings 1,000 on average.
Territory with_open(std::vector<OpenDeals> open) {
  Stream flow =
      stream("new", 1,
             {stage(0.5, Distribution::exponential(2)), stage(0.6, Distribution::exponential(1))},
             Distribution::lognormal(1'000, 0.5));
  flow.funnel.pipeline_from = 1;
  return territory("East", dollars(5'000), {flow}, std::move(open));
}

Calendar quarter() { return calendar(13, Step::week); }

}  // namespace

TEST_CASE("A roll-up adds stated amounts, and mean ones where none is stated", "[unit][summary]") {
  Territory east = with_open({called(named("Acme", 1, 1.0, dollars(700)), "commit"),
                              called(counted(0, 3), "commit"),
                              called(due("Delta", 8, 0.5, dollars(40)), "best case"),
                              renewals(4, {}, 0.9, Distribution::lognormal(25, 0.4))});
  east.booked = dollars(120);
  const RollUp made = roll_up(east, quarter(), {"commit", "best case"});
  CHECK(made.booked == dollars(120));
  // What is called counts wherever it stands, and whatever its chance.
  CHECK(made.categories == std::vector<double>{700 + 3 * 1'000, 40});
  CHECK(made.pipeline == Approx(4 * 25));
}

TEST_CASE("Without a category, deals before the pipeline are in no roll-up", "[unit][summary]") {
  const RollUp made = roll_up(with_open({counted(0, 5), counted(1, 2)}), quarter(), {});
  CHECK(made.categories.empty());
  CHECK(made.pipeline == Approx(2'000));
}

TEST_CASE("A deal that is due after the period is in no roll-up of it", "[unit][summary]") {
  // Day 90 is the last of 13 weeks.
  const RollUp made =
      roll_up(with_open({called(due("In time", 90, 0.5, dollars(40)), "commit"),
                         called(due("Late", 91, 0.5, dollars(300)), "commit"),
                         due("Later", 200, 0.5, dollars(5)), due("Overdue", -3, 0.5, dollars(2)),
                         renewals(2, {}, 0.9, Distribution::fixed(10))}),
              quarter(), {"commit"});
  CHECK(made.categories == std::vector<double>{40});
  CHECK(made.pipeline == 2 + 2 * 10);
  CHECK(made.due_later == 305);
}

TEST_CASE("Categories go from likely to unlikely, then by mention", "[unit][summary]") {
  Scenario made =
      scenario("s", calendar(13, Step::week),
               {with_open({called(counted(0, 1), "upside"), counted(0, 1)}),
                with_open({called(counted(0, 1), "best case"), called(counted(0, 1), "hope"),
                           called(counted(0, 1), "upside")})});
  made.categories = {{"best case", 0.5}, {"stretch", 0.2}, {"commit", 0.9}, {"even", 0.5}};
  CHECK(deal_categories(made) ==
        std::vector<std::string>{"commit", "best case", "even", "stretch", "upside", "hope"});
}

TEST_CASE("Roll-ups of a group add up", "[unit][summary]") {
  RollUp sum;
  add_roll_up(sum, {dollars(1), {2, 3}, 4, 5});
  add_roll_up(sum, {dollars(10), {20, 30}, 40, 50});
  CHECK(sum.booked == dollars(11));
  CHECK(sum.categories == std::vector<double>{22, 33});
  CHECK(sum.pipeline == 44);
  CHECK(sum.due_later == 55);
}
