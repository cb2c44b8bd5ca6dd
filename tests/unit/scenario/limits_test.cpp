#include "reading.hpp"

#include <chrono>

namespace attain {
namespace {

bool is_read(const std::string& text) {
  return read_scenario({"s.yaml", text}).scenario.has_value();
}

std::string with_territory(const std::string& territory) {
  return test::scenario_with("{name: order, advance: 60%, weeks: 2}",
                             "funnel: field, " + territory);
}

// The engine counts a territory's deals in 16 bits: open + 1.2 x leads + 1000 <= 32,000.
TEST_CASE("a territory's deals are limited exactly", "[unit][scenario]") {
  CHECK(
      is_read(with_territory("open: [{stage: order, count: 20k}, {stage: order, count: 11000}]")));
  CHECK_FALSE(
      is_read(with_territory("open: [{stage: order, count: 20k}, {stage: order, count: 11001}]")));
  CHECK(is_read(with_territory("leads_per_week: 1987")));        // 1.2 x 13 x 1987 = 30,997.2
  CHECK_FALSE(is_read(with_territory("leads_per_week: 1988")));  // 31,012.8
}

TEST_CASE("counts and rates are limited exactly", "[unit][scenario]") {
  CHECK(is_read(with_territory("open: [{stage: order, count: 20000}]")));
  CHECK_FALSE(is_read(with_territory("open: [{stage: order, count: 20001}]")));
  CHECK_FALSE(is_read(with_territory("leads_per_week: 10000.1")));
  CHECK(is_read(with_territory("forecast: 1000000M")));
  CHECK_FALSE(is_read(with_territory("forecast: 1000000.1M")));
  CHECK(is_read(with_territory("forecast: 0.01")));
  CHECK_FALSE(is_read(with_territory("forecast: 0.004")));
}

TEST_CASE("cv is between 0.01 and 10", "[unit][scenario]") {
  CHECK(is_read(test::scenario_with_weeks("{mean: 2, cv: 1%}")));
  CHECK(is_read(test::scenario_with_weeks("{mean: 2, cv: 10}")));
  CHECK(is_read(test::scenario_with_weeks("{lognormal: {mean: 2, cv: 1000%}}")));
  CHECK(is_read(test::scenario_with_weeks("{weibull: {mean: 2, cv: 10}}")));
  CHECK(is_read(test::scenario_with_weeks("{weibull: {mean: 2, cv: 0.01}}")));
  CHECK_FALSE(is_read(test::scenario_with_weeks("{mean: 2, cv: 0.9%}")));
  CHECK_FALSE(is_read(test::scenario_with_weeks("{mean: 2, cv: 10.1}")));
}

TEST_CASE("64 stages and 64 streams are the most", "[unit][scenario]") {
  const auto stages = [](int count) {
    std::string text;
    for (int i = 0; i < count; ++i)
      text += "{name: s" + std::to_string(i) + ", advance: 99%, weeks: 1},";
    return test::scenario_with(text, "funnel: field, leads_per_week: 3");
  };
  const auto streams = [](int count) {
    std::string text;
    for (int i = 0; i < count; ++i)
      text += "{name: s" + std::to_string(i) + ", funnel: field, leads_per_week: 1},";
    return test::scenario_with("{name: order, advance: 60%, weeks: 2}", "streams: [" + text + "]");
  };
  CHECK(is_read(stages(64)));
  CHECK_FALSE(is_read(stages(65)));
  CHECK(is_read(streams(64)));
  CHECK_FALSE(is_read(streams(65)));
}

TEST_CASE("a deal exactly as old as deals can be is no warning", "[unit][scenario]") {
  const auto warnings = [](const std::string& age) {
    return read_scenario(
               {"s.yaml", test::scenario_with("{name: order, advance: 60%, weeks: {fixed: 2}}",
                                              "funnel: field, open: [{deal: Acme, stage: order, "
                                              "weeks_in_stage: " +
                                                  age + "}]")})
        .diagnostics.size();
  };
  CHECK(warnings("2") == 0);
  CHECK(warnings("2.007") == 0);  // Ages are rounded to 1/64 of a step.
  CHECK(warnings("2.008") == 1);
}

TEST_CASE("a file of 1,000 territories with 5 open deals each is read quickly",
          "[unit][scenario]") {
  std::string text =
      "attain: 1\ncalendar: {start: 2027-01-04}\n"
      "funnels: {field: {stages: [{name: meeting, advance: 50%, weeks: {mean: 2, cv: 80%}}, "
      "{name: proposal, advance: 60%, weeks: 3}], amount: 40k}}\nterritories:\n";
  for (int i = 0; i < 1000; ++i) {
    text += "  - name: Territory " + std::to_string(i) +
            "\n    region: [Americas, East]\n    funnel: field\n    quota: 300k\n    "
            "leads_per_week: 3\n    open:\n";
    for (int j = 0; j < 5; ++j) {
      text += "      - {deal: Deal " + std::to_string(j) +
              ", stage: meeting, amount: 90k, weeks_in_stage: 3}\n";
    }
  }
  const auto start = std::chrono::steady_clock::now();
  const ReadResult result = read_scenario({"s.yaml", text});
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  REQUIRE(result.scenario.has_value());
  CHECK(result.scenario->territories.size() == 1000);
  CHECK(result.scenario->territories[999].open.size() == 5);
  // About 0.08 s in a release; the bound leaves room for sanitizers and busy machines, and fails
  // for anything quadratic.
  CHECK(seconds.count() < 5);
}

}  // namespace
}  // namespace attain
