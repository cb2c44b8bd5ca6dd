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

}  // namespace

TEST_CASE("A roll-up adds stated amounts, and mean ones where none is stated", "[unit][summary]") {
  Territory east = with_open({called(named("Acme", 1, 1.0, dollars(700)), "commit"),
                              called(counted(0, 3), "commit"),
                              called(due("Delta", 8, 0.5, dollars(40)), "best case"),
                              renewals(4, {}, 0.9, Distribution::lognormal(25, 0.4))});
  east.booked = dollars(120);
  const RollUp made = roll_up(east, {"commit", "best case"});
  CHECK(made.booked == 120);
  // What is called counts wherever it stands, and whatever its chance.
  CHECK(made.categories == std::vector<double>{700 + 3 * 1'000, 40});
  CHECK(made.pipeline == Approx(4 * 25));
}

TEST_CASE("Without a category, deals before the pipeline are in no roll-up", "[unit][summary]") {
  const RollUp made = roll_up(with_open({counted(0, 5), counted(1, 2)}), {});
  CHECK(made.categories.empty());
  CHECK(made.pipeline == Approx(2'000));
}

TEST_CASE("Categories are those of the file, then others by mention", "[unit][summary]") {
  Scenario made =
      scenario("s", calendar(13, Step::week),
               {with_open({called(counted(0, 1), "upside"), counted(0, 1)}),
                with_open({called(counted(0, 1), "best case"), called(counted(0, 1), "hope"),
                           called(counted(0, 1), "upside")})});
  made.categories = {{"commit", 0.9}, {"best case", 0.5}};
  CHECK(deal_categories(made) == std::vector<std::string>{"commit", "best case", "upside", "hope"});
}

TEST_CASE("Roll-ups of a group add up", "[unit][summary]") {
  RollUp sum;
  add_roll_up(sum, {1, {2, 3}, 4});
  add_roll_up(sum, {10, {20, 30}, 40});
  CHECK(sum.booked == 11);
  CHECK(sum.categories == std::vector<double>{22, 33});
  CHECK(sum.pipeline == 44);
}
