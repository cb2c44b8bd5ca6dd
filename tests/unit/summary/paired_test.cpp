#include <attain/summary/paired.hpp>
#include <attain/summary/without_deal.hpp>

#include "support/oracle/build_scenario.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace attain;
using namespace attain::oracle;

namespace {

Scenario two_regions() {
  const auto flow = [](const char* name) {
    return stream(
        name, 3,
        {stage(0.5, Distribution::exponential(2)), stage(0.6, Distribution::exponential(2))},
        Distribution::lognormal(20'000, 0.8));
  };
  Territory east = territory("East", dollars(150'000), {flow("new")},
                             {named("Acme", 1, 1.0, dollars(60'000)), counted(0, 4)});
  Territory west = territory("West", dollars(120'000), {flow("new")}, {named("Acme", 1, 1.0)});
  Territory house = territory("House", {}, {flow("new")}, {named("A/B", 0, 2.0)});
  east.region = {"North"};
  west.region = {"North"};
  Scenario made = scenario("two", calendar(13, Step::week), {east, west, house});
  made.company.quota = dollars(400'000);
  return made;
}

SimulationOptions options_for(std::int64_t replications) {
  SimulationOptions options;
  options.seed = 5;
  options.replications = replications;
  return options;
}

}  // namespace

TEST_CASE("A paired difference of chances has McNemar's interval", "[unit][summary]") {
  PairedCounts counts;
  for (int i = 0; i < 100; ++i) counts.add(i < 50, i < 50 ? i >= 10 : i < 53);
  CHECK(counts.first == 50);
  CHECK(counts.second == 43);
  CHECK(counts.first_only == 10);
  CHECK(counts.second_only == 3);
  const Difference change = difference_of_chances(counts);
  CHECK(change.value == Approx(-0.07));
  // Differences by replication: -1 ten times, 1 three times; variance over n, not n - 1.
  const double variance = (13.0 / 100 - 0.07 * 0.07) / 100;
  CHECK(change.high - change.value == Approx(1.959964 * std::sqrt(variance)));
}

TEST_CASE("The same twice differs by nothing at all", "[unit][summary]") {
  PairedCounts counts;
  PairedSums sums;
  for (int i = 0; i < 50; ++i) {
    counts.add(i % 3 == 0, i % 3 == 0);
    sums.add(0);
  }
  for (const Difference& change : {difference_of_chances(counts), mean_difference(sums)}) {
    CHECK(change.value == 0);
    CHECK(change.low == 0);
    CHECK(change.high == 0);
  }
}

TEST_CASE("A mean difference of money has its paired interval", "[unit][summary]") {
  PairedSums sums;
  for (const int cents : {-300, -100, 0, 200}) sums.add(cents);
  const Difference change = mean_difference(sums);
  CHECK(change.value == Approx(-0.5));
  const double variance = (2.5 * 2.5 + 0.5 * 0.5 + 0.5 * 0.5 + 2.5 * 2.5) / 3;
  CHECK(change.value - change.low == Approx(1.959964 * std::sqrt(variance / 4)));
}

TEST_CASE("A deal is found by its name, and by its territory's where that is not enough",
          "[unit][summary]") {
  const Scenario scenario = two_regions();
  CHECK(find_deals(scenario, "Acme").size() == 2);
  REQUIRE(find_deals(scenario, "West/Acme").size() == 1);
  CHECK(find_deals(scenario, "West/Acme")[0].territory == 1);
  CHECK(find_deals(scenario, "A/B").size() == 1);
  CHECK(find_deals(scenario, "House/A/B").size() == 1);
  CHECK(find_deals(scenario, "House/Acme").empty());
}

TEST_CASE("Without a deal, its territory alone changes and by what the deal brought",
          "[unit][summary]") {
  const Scenario scenario = two_regions();
  const LostDeal lost = without_deal(scenario, {0, 0}, options_for(3'000));
  REQUIRE(lost.effects.size() == 3);
  CHECK(lost.effects[0].name == "East");
  CHECK(lost.effects[1].name == "North");
  CHECK(lost.effects[2].name == "Company");

  // The same by hand: every replication in which the deal is won loses just its 60,000.
  Scenario changed = scenario;
  changed.territories[0].open.erase(changed.territories[0].open.begin());
  const auto with = simulate_bookings(build_plan(scenario), options_for(3'000));
  const auto without = simulate_bookings(build_plan(changed), options_for(3'000));
  std::uint64_t won = 0;
  std::uint64_t company_with = 0;
  std::uint64_t company_without = 0;
  for (std::size_t r = 0; r < 3'000; ++r) {
    const std::int64_t change = without[0][r] - with[0][r];
    REQUIRE((change == 0 || change == -6'000'000));
    REQUIRE(without[1][r] == with[1][r]);
    won += change != 0 ? 1 : 0;
    const std::int64_t all = with[0][r] + with[1][r] + with[2][r];
    company_with += all >= 40'000'000 ? 1 : 0;
    company_without += all + change >= 40'000'000 ? 1 : 0;
  }
  CHECK(lost.win.count == won);
  CHECK(lost.bookings.value == Approx(-60'000.0 * static_cast<double>(won) / 3'000));
  CHECK(lost.effects[2].with->count == company_with);
  CHECK(lost.effects[2].without->count == company_without);
  CHECK(company_without < company_with);
}
