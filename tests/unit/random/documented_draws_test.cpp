#include "support/oracle/build_scenario.hpp"

#include <attain/base/text.hpp>
#include <attain/plan/plan.hpp>
#include <attain/random/draws.hpp>

#include <catch2/catch.hpp>

using namespace attain;
using namespace attain::oracle;

// The table of docs/methods.md, section 3, by which another implementation checks itself. A change
// here is other luck for every scenario there is.
TEST_CASE("Hashes, keys, places and draws are those of the methods page", "[unit][random]") {
  Stream field =
      stream("field", 3,
             {stage(0.5, Distribution::exponential(2)), stage(0.6, Distribution::exponential(2))},
             Distribution::lognormal(40'000, 0.8));
  field.funnel.stages[0].name = "meeting";
  field.funnel.stages[1].name = "proposal";
  const Plan plan =
      build_plan(scenario("Ohio", calendar(13, Step::week),
                          {territory("Ohio", dollars(400'000), {field},
                                     {counted(0, 4), named("Acme", 1, 3.0, dollars(90'000))})}));
  const TerritoryPlan& ohio = plan.territories[0];
  const FlowPlan& flow = ohio.flows[0];
  CHECK(ohio.name_hash == 0x9a77d7a5015e6461);
  const PairKey key = pair_key(7, 0, ohio.name_hash);
  CHECK(key.word[0] == 0x8aa1f3e3);
  CHECK(key.word[1] == 0xce104e40);
  CHECK(key.word[2] == 0x26d75c9a);
  CHECK(key.word[3] == 0x18c7ab21);

  CHECK(flow.arrivals[0].place == 0xd6f7b55b7b0365e4);
  const Address lead = address(flow.arrivals[0].place, 0, 0);
  CHECK(lead.low == 0xc8873207);
  CHECK(lead.high == 0xe76ab133);
  CHECK(wide_draw(key, 0, lead) == 0xd43e3d38);

  CHECK(flow.stages[0].place == 0x2e1bdd074192d53b);
  const Address moves = address(flow.stages[0].place, 0, 0);
  CHECK(moves.low == 0xdd394262);
  CHECK(moves.high == 0x6b5a8e49);
  CHECK(narrow_draw(key, 0, moves) == 0xe74cc7bb);
  CHECK(narrow_draw(key, 0, nth(moves, 1)) == 0x37b8aae7);

  CHECK(flow.open[0].place == 0x93feda2fb946d7a1);
  const Address open = address(flow.open[0].place, 0, 0);
  CHECK(narrow_draw(key, 0, open) == 0x202d4e0c);
  CHECK(narrow_draw(key, 0, nth(open, 1)) == 0x4b25b2ed);

  CHECK(ohio.named[0].place == 0xa4ff624592ed781e);
  CHECK(wide_draw(key, 0, address(ohio.named[0].place, 0, 0)) == 0x7e1f8339);

  CHECK(flow.amount_place == 0xc2f1d1d1c2ee3181);
  const Address amount = address(flow.amount_place, 3, 0);
  CHECK(wide_draw(key, 0, amount) == 0xa0fb540f);
  CHECK(wide_draw(key, 0, nth(amount, 1)) == 0x36139e86);
}

// The same page's example of a scenario that starts in the sixth week and has deals with dates.
TEST_CASE("Renewals and weeks of the period are addressed as the methods page says",
          "[unit][random]") {
  const Scenario made = scenario(
      "Ohio", calendar_from(13, 5, Step::week),
      {territory(
          "Ohio", {},
          {stream("new", 0, {stage(0.5, Distribution::exponential(2))}, Distribution::fixed(1))},
          {renewals(14, {}, 0.92, Distribution::lognormal(6'000, 0.4)),
           slipping(renewals(3, 70, 0.8, Distribution::empirical({2'000, 5'000}, {1, 3})), 0.25,
                    Distribution::exponential(4)),
           due("Borealis", 70, 0.8, dollars(60'000))})});
  const Plan plan = build_plan(made);
  CHECK(plan.first_step == 5);
  const TerritoryPlan& ohio = plan.territories[0];
  const FlowPlan& spread = ohio.flows[ohio.entries[0].flow];
  const FlowPlan& dated = ohio.flows[ohio.entries[1].flow];
  const auto place = [](const std::string& text) { return mix64(name_hash(text)); };
  using namespace std::string_literals;
  CHECK(spread.open[0].place == place("renewals\0spread|never|lognormal 6000 0.4\0"s + "0"));
  CHECK(dated.open[0].place ==
        place("renewals\0"s + "20892|0.25 exponential 4|empirical 2000 0.25 5000 0.75\0"s + "0"));
  CHECK(spread.amount_place == place("renewals amount\0lognormal 6000 0.4\0"s));
  CHECK(spread.open[0].place == 0x212ad8ec8fbec6af);
  CHECK(dated.open[0].place == 0x1e1ee34e4728cb2e);
  CHECK(spread.amount_place == 0x30ef13dac6de71bd);

  const PairKey key = pair_key(7, 0, ohio.name_hash);
  const Address first = address(spread.open[0].place, 5, 0);
  CHECK(first.low == 0x8478745b);
  CHECK(first.high == 0x593d14eb);
  CHECK(narrow_draw(key, 0, first) == 0xf7bebaf1);
  CHECK(narrow_draw(key, 0, nth(first, 1)) == 0x764fd77b);
  CHECK(ohio.named[0].place == place("deal\0Borealis\0"s));
  CHECK(wide_draw(key, 0, address(ohio.named[0].place, 10, 0)) == 0x8b9f1868);
}
