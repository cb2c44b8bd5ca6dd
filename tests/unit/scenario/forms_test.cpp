#include "reading.hpp"

#include <chrono>

namespace attain {
namespace {

using test::read;
using test::scenario_with;
using test::scenario_with_weeks;

const std::string two_stages =
    "{name: meeting, advance: 50%, weeks: 2}, {name: proposal, advance: 0.6, weeks: 3}";

Distribution dwell(const std::string& weeks) {
  return read(scenario_with_weeks(weeks))
      .territories[0]
      .streams[0]
      .funnel.stages[0]
      .weeks_to_advance;
}

Distribution amount(const std::string& form) {
  return read(scenario_with(two_stages, "funnel: field, leads_per_week: 3, amount: " + form))
      .territories[0]
      .streams[0]
      .funnel.amount;
}

TEST_CASE("the settings of a scenario are read", "[unit][scenario]") {
  const Scenario scenario = read(R"(
attain: 1
name: North America, Q1
currency: USD
calendar: {start: 2027-01-04, weeks: 26 weeks, step: day}
run: {replications: 50k, seed: 18446744073709551615}
thresholds: [50%, 1.1, 150 %]
company: {quota: 560k, forecast: 570k}
groups: {region: {East: {quota: 580k}}}
funnels: {field: {stages: [{name: order, advance: 60%, weeks: 2}], amount: 40k}}
territories: [{name: Ohio, region: [Americas, East], funnel: field, quota: 300k, leads_per_week: 3}]
)");
  CHECK(scenario.name == "North America, Q1");
  CHECK(scenario.currency == "USD");
  CHECK(scenario.calendar.start == std::chrono::sys_days(std::chrono::year(2027) / 1 / 4));
  CHECK(scenario.calendar.weeks() == 26);
  CHECK(scenario.calendar.step == Step::day);
  CHECK(scenario.run.replications == 50'000);
  CHECK(scenario.run.seed == 18446744073709551615ULL);
  CHECK(scenario.thresholds == std::vector<double>{0.5, 1.1, 1.5});
  CHECK(scenario.company.quota == Money{56'000'000});
  CHECK(scenario.company.forecast == Money{57'000'000});
  REQUIRE(scenario.region_targets.contains("East"));
  CHECK(scenario.region_targets.at("East").quota == Money{58'000'000});
  CHECK_FALSE(scenario.region_targets.at("East").forecast.has_value());
  CHECK(scenario.territories[0].region == std::vector<std::string>{"Americas", "East"});
}

TEST_CASE("what is left out has its default", "[unit][scenario]") {
  const Scenario scenario = read(
      "attain: 1\ncalendar: {start: 2027-01-04}\n"
      "funnels: {field: {stages: [{name: order, advance: 60%, weeks: 2}], amount: 40k}}\n"
      "territories: [{name: Ohio, funnel: field, quota: none, leads_per_week: 3}]\n");
  CHECK(scenario.name == "scenario");
  CHECK(scenario.currency.empty());
  CHECK(scenario.calendar.weeks() == 13);
  CHECK(scenario.calendar.step == Step::week);
  CHECK(scenario.run.replications == 20'000);
  CHECK(scenario.run.seed == 1);
  CHECK(scenario.thresholds == std::vector<double>{0.5, 0.8, 1.0, 1.2});
  const Territory& territory = scenario.territories[0];
  CHECK_FALSE(territory.quota.has_value());
  CHECK_FALSE(territory.forecast.has_value());
  REQUIRE(territory.streams.size() == 1);
  CHECK(territory.streams[0].name == "field");
  CHECK(territory.streams[0].source == Source::marketing);
  CHECK(territory.streams[0].enter == std::vector<double>{1});
  CHECK(territory.streams[0].funnel.pipeline_from == 0);
}

TEST_CASE("every distribution of weeks is read", "[unit][scenario]") {
  CHECK(dwell("2") == Distribution::exponential(2));
  CHECK(dwell("2.5 weeks") == Distribution::exponential(2.5));
  CHECK(dwell("{mean: 2}") == Distribution::exponential(2));
  CHECK(dwell("{mean: 2, cv: 80%}") == Distribution::gamma(2, 0.8));
  CHECK(dwell("{gamma: {mean: 2 weeks, cv: 0.8}}") == Distribution::gamma(2, 0.8));
  CHECK(dwell("{lognormal: {mean: 2, cv: 0.8}}") == Distribution::lognormal(2, 0.8));
  CHECK(dwell("{weibull: {mean: 2, cv: 0.8}}") == Distribution::weibull(2, 0.8));
  CHECK(dwell("{exponential: {mean: 3}}") == Distribution::exponential(3));
  CHECK(dwell("{fixed: 0}") == Distribution::fixed(0));
  CHECK(dwell("{fixed: 2}") == Distribution::fixed(2));
  CHECK(dwell("{empirical: [1, 2, 2, 5]}") == Distribution::empirical({1, 2, 2, 5}));
  CHECK(dwell("{empirical: {values: [1, 2], weights: [20%, 3]}}") ==
        Distribution::empirical({1, 2}, {0.2, 3}));
  CHECK(dwell("{empirical: {values: [1, 2]}}") == Distribution::empirical({1, 2}));
}

TEST_CASE("every distribution of amounts is read, and means something else", "[unit][scenario]") {
  CHECK(amount("42k") == Distribution::fixed(42'000));
  CHECK(amount("1234.567") == Distribution::fixed(1234.57));
  CHECK(amount("{mean: 42k}") == Distribution::fixed(42'000));
  CHECK(amount("{mean: 42k, cv: 90%}") == Distribution::lognormal(42'000, 0.9));
  CHECK(amount("{gamma: {mean: 42k, cv: 90%}}") == Distribution::gamma(42'000, 0.9));
  CHECK(amount("{weibull: {mean: 42k, cv: 90%}}") == Distribution::weibull(42'000, 0.9));
  CHECK(amount("{exponential: {mean: 1.5M}}") == Distribution::exponential(1'500'000));
  CHECK(amount("{fixed: 42k}") == Distribution::fixed(42'000));
  CHECK(amount("{empirical: [20k, 90k]}") == Distribution::empirical({20'000, 90'000}));
}

TEST_CASE("time in a stage may differ by outcome", "[unit][scenario]") {
  const Scenario scenario = read(scenario_with_weeks("{advance: {mean: 3, cv: 60%}, lost: 5}"));
  const Stage& stage = scenario.territories[0].streams[0].funnel.stages[0];
  CHECK(stage.weeks_to_advance == Distribution::gamma(3, 0.6));
  CHECK(stage.weeks_to_lost == Distribution::exponential(5));
}

TEST_CASE("activities are read in their three forms", "[unit][scenario]") {
  const auto activities = [](const std::string& form) {
    return read(scenario_with("{name: meeting, advance: 50%, weeks: 2, activity: " + form + "}",
                              "funnel: field, leads_per_week: 3"))
        .territories[0]
        .streams[0]
        .funnel.stages[0]
        .activities;
  };
  const auto once = activities("meeting");
  REQUIRE(once.size() == 1);
  CHECK(once[0].name == "meeting");
  CHECK(once[0].on_entry == 1);
  CHECK(once[0].per_week == 0);
  const auto several = activities("{meeting: 3, call: {on_entry: 1, per_week: 0.5}}");
  REQUIRE(several.size() == 2);
  CHECK(several[0].on_entry == 3);
  CHECK(several[1].name == "call");
  CHECK(several[1].on_entry == 1);
  CHECK(several[1].per_week == 0.5);
}

TEST_CASE("a territory overrides stages and amount of its funnel only", "[unit][scenario]") {
  const Scenario scenario = read(
      "attain: 1\ncalendar: {start: 2027-01-04}\n"
      "funnels: {field: {stages: [" +
      two_stages +
      "], amount: 40k, pipeline_from: proposal}}\n"
      "defaults: {funnel: field, quota: 300k, forecast: 280k, leads_per_week: 4, source: own, "
      "segment: house}\n"
      "territories:\n"
      "  - {name: Ohio, stages: {proposal: {advance: 70%, weeks: {fixed: 1}, activity: visit}}, "
      "amount: 50k}\n"
      "  - {name: Texas, quota: none, leads_per_week: 0, source: marketing, segment: state, "
      "open: [{stage: meeting, count: 1}]}\n");
  const Territory& ohio = scenario.territories[0];
  CHECK(ohio.quota == Money{30'000'000});
  CHECK(ohio.forecast == Money{28'000'000});
  CHECK(ohio.segment == "house");
  CHECK(ohio.streams[0].leads_per_week == 4);
  CHECK(ohio.streams[0].source == Source::own);
  const Funnel& changed = ohio.streams[0].funnel;
  CHECK(changed.pipeline_from == 1);
  CHECK(changed.stages[0].advance == 0.5);
  CHECK(changed.stages[1].advance == 0.7);
  CHECK(changed.stages[1].weeks_to_lost == Distribution::fixed(1));
  CHECK(changed.stages[1].activities.at(0).name == "visit");
  CHECK(changed.amount == Distribution::fixed(50'000));
  const Territory& texas = scenario.territories[1];
  CHECK_FALSE(texas.quota.has_value());
  CHECK(texas.segment == "state");
  CHECK(texas.streams[0].leads_per_week == 0);
  CHECK(texas.streams[0].source == Source::marketing);
  CHECK(texas.streams[0].funnel.stages[1].advance == 0.6);
  CHECK(texas.streams[0].funnel.amount == Distribution::fixed(40'000));
}

TEST_CASE("streams have names, shares and sources, and overrides reach all with the stage",
          "[unit][scenario]") {
  const Scenario scenario = read(R"(
attain: 1
calendar: {start: 2027-01-04}
funnels:
  field: {stages: [{name: meeting, advance: 50%, weeks: 2}, {name: proposal, advance: 60%, weeks: 3}], amount: 40k}
  order: {stages: [{name: order, advance: 100%, weeks: {fixed: 0}}], amount: 3k}
territories:
  - name: Ohio
    quota: 300k
    stages: {proposal: {advance: 10%}}
    streams:
      - {name: new, funnel: field, leads_per_week: 4, enter: {meeting: 80%, proposal: 20%}}
      - {name: own, funnel: field, leads_per_week: 1.5, source: own}
      - {funnel: order, leads_per_week: 6}
    open:
      - {deal: Acme, stream: own, stage: proposal, amount: 75k, weeks_in_stage: 3}
      - {stage: order, count: 5}
      - {stream: new, stage: meeting, count: 0}
)");
  const Territory& ohio = scenario.territories[0];
  REQUIRE(ohio.streams.size() == 3);
  CHECK(ohio.streams[0].enter == std::vector<double>{0.8, 0.2});
  CHECK(ohio.streams[1].source == Source::own);
  CHECK(ohio.streams[2].name == "order");
  CHECK(ohio.streams[0].funnel.stages[1].advance == 0.1);
  CHECK(ohio.streams[1].funnel.stages[1].advance == 0.1);
  REQUIRE(ohio.open.size() == 2);
  CHECK(ohio.open[0].deal == "Acme");
  CHECK(ohio.open[0].stream == 1);
  CHECK(ohio.open[0].stage == 1);
  CHECK(ohio.open[0].amount == Money{7'500'000});
  CHECK(ohio.open[0].weeks_in_stage == 3.0);
  CHECK_FALSE(ohio.open[1].named());
  CHECK(ohio.open[1].count == 5);
  CHECK(ohio.open[1].stream == 2);
  CHECK_FALSE(ohio.open[1].amount.has_value());
  CHECK_FALSE(ohio.open[1].weeks_in_stage.has_value());
}

TEST_CASE("shares that sum to 1 but for rounding are normalised", "[unit][scenario]") {
  const Scenario scenario = read(scenario_with(
      "{name: a, advance: 50%, weeks: 2}, {name: b, advance: 50%, weeks: 2}, {name: c, advance: "
      "50%, weeks: 2}",
      "streams: [{funnel: field, leads_per_week: 3, enter: {a: 0.1, b: 0.2, c: 0.7000000001}}]"));
  const std::vector<double>& enter = scenario.territories[0].streams[0].enter;
  CHECK(enter[0] + enter[1] + enter[2] == Approx(1).epsilon(1e-15));
}

TEST_CASE("names are text whatever they look like", "[unit][scenario]") {
  const Scenario scenario = read(
      "attain: 1\ncalendar: {start: 2027-01-04}\nname: 2027\n"
      "funnels: {no: {stages: [{name: 1, advance: 60%, weeks: 2}], amount: 40k}}\n"
      "territories: [{name: yes, region: 7, funnel: no, quota: '300k', leads_per_week: 3, "
      "attributes: {potential: 1.2M, tier: true}}]\n");
  CHECK(scenario.name == "2027");
  const Territory& territory = scenario.territories[0];
  CHECK(territory.name == "yes");
  CHECK(territory.region == std::vector<std::string>{"7"});
  CHECK(territory.quota == Money{30'000'000});
  CHECK(territory.attributes.at("potential") == "1.2M");
  CHECK(territory.attributes.at("tier") == "true");
  CHECK(territory.streams[0].funnel.stages[0].name == "1");
}

TEST_CASE("JSON, a byte-order mark and Windows line ends are read", "[unit][scenario]") {
  const Scenario json = read(
      R"({"attain": 1, "calendar": {"start": "2027-01-04"},
          "funnels": {"field": {"stages": [{"name": "order", "advance": "60%", "weeks": 2}], "amount": "40k"}},
          "territories": [{"name": "Ohio", "funnel": "field", "quota": "300k", "leads_per_week": 3}]})");
  CHECK(json.territories[0].streams[0].funnel.stages[0].advance == 0.6);
  std::string text = "\xEF\xBB\xBF" + scenario_with_weeks("2");
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 2)) {
    text.insert(at, 1, '\r');
  }
  CHECK(read(text).territories[0].name == "Ohio");
}

}  // namespace
}  // namespace attain
