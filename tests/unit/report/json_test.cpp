#include <attain/report/csv.hpp>
#include <attain/report/json.hpp>

#include <attain/engine/simulate.hpp>

#include "support/oracle/build_scenario.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <sstream>

using namespace attain;
using namespace attain::oracle;
using Json = nlohmann::json;

namespace {

Scenario three_territories() {
  const Stream flow =
      stream("new", 3,
             {stage(0.5, Distribution::exponential(2)), stage(0.6, Distribution::exponential(1))},
             Distribution::lognormal(1'000, 0.5));
  Territory west = territory("West", dollars(9'000), {flow}, {named("Acme", 1, 1.0, dollars(700))});
  Territory east = territory("East", dollars(8'000), {flow});
  const Territory house = territory("House", {}, {flow});
  west.region = {"World", "Pacific"};
  east.region = {"World"};
  east.forecast = dollars(8'500);
  return scenario("three", calendar(13, Step::week), {west, east, house});
}

/// A run of `replications`, written.
struct Written {
  explicit Written(std::int64_t replications) {
    const Scenario scenario = three_territories();
    const Plan plan = build_plan(scenario);
    SimulationOptions options;
    options.replications = replications;
    const Summary summary =
        summarize(scenario, plan, simulate(plan, options), expectations(scenario, plan));
    RunRecord run;
    run.version = "1.2.3";
    run.file = "three.yaml";
    run.sha256 = "0123";
    run.seed = 1;
    run.replications = replications;
    const RunReport report{scenario, summary, run};
    std::ostringstream json_text;
    write_json(report, json_text);
    json = Json::parse(json_text.str());
    std::ostringstream weekly_text;
    write_weekly_csv(report, weekly_text);
    weekly = weekly_text.str();
  }

  Json json;
  std::string weekly;
};

std::set<std::string> keys_of(const Json& json) {
  std::set<std::string> keys;
  for (const auto& item : json.items()) keys.insert(item.key());
  return keys;
}

bool has_all(const Json& json, const std::set<std::string>& wanted) {
  const std::set<std::string> keys = keys_of(json);
  return std::includes(keys.begin(), keys.end(), wanted.begin(), wanted.end());
}

const std::set<std::string> outlook_keys{"name",   "period",          "quota",      "forecast",
                                         "attain", "attain_forecast", "thresholds", "bookings",
                                         "wins",   "expected",        "streams",    "deals"};

}  // namespace

TEST_CASE("The JSON has the shape that other programs rely on", "[unit][report]") {
  const Json json = Written(2'000).json;
  CHECK(json["version"] == "1.2.3");
  CHECK(json["scenario"] == Json{{"name", "three"}, {"file", "three.yaml"}, {"sha256", "0123"}});
  CHECK(has_all(json["run"], {"seed", "replications", "step", "weeks"}));
  CHECK(json["run"]["step"] == "week");
  REQUIRE(json["territories"].size() == 3);
  CHECK(json["territories"][0]["name"] == "West");
  CHECK(json["territories"][2]["name"] == "House");
  CHECK(json["territories"][0]["region"] == Json{"World", "Pacific"});
  CHECK(json["territories"][2]["region"] == Json::array());
  for (const Json& territory : json["territories"]) CHECK(has_all(territory, outlook_keys));

  const Json& west = json["territories"][0];
  CHECK(west["quota"] == 9'000);
  CHECK(keys_of(west["attain"]) == std::set<std::string>{"high", "low", "probability"});
  CHECK(west["thresholds"].size() == 4);
  CHECK(west["thresholds"][2]["at"] == 1);
  CHECK(west["thresholds"][2]["probability"] == west["attain"]["probability"]);
  CHECK(has_all(west["bookings"], {"mean", "sd", "p10", "p20", "p50", "p90"}));
  CHECK(has_all(west["streams"][0], {"name", "leads", "wins", "bookings"}));
  CHECK(has_all(west["deals"][0], {"deal", "stage", "amount", "win_probability"}));
  CHECK(west["deals"][0]["amount"] == 700);
}

TEST_CASE("What is undefined is null, never zero or left out", "[unit][report]") {
  const Json json = Written(2'000).json;
  const Json& house = json["territories"][2];
  for (const char* key : {"quota", "forecast", "attain", "attain_forecast", "thresholds"}) {
    CAPTURE(key);
    CHECK(house.at(key).is_null());
  }
  CHECK(json["territories"][0].at("attain_forecast").is_null());
  CHECK(json["company"].at("forecast").is_null());  // West has a quota and no forecast.
  const Json one = Written(1).json;
  CHECK(one["company"]["repeat"].is_null());
  CHECK(one["company"]["bookings"]["sd"].is_null());
}

TEST_CASE("Groups are the region names of every level, and the company is apart",
          "[unit][report]") {
  const Json json = Written(2'000).json;
  REQUIRE(json["groups"].size() == 2);
  CHECK(json["groups"][0]["name"] == "World");
  CHECK(json["groups"][1]["name"] == "Pacific");
  for (const Json& group : {json["groups"][0], json["groups"][1], json["company"]}) {
    CHECK(has_all(group, outlook_keys));
    CHECK(group.at("segment").is_null());
    CHECK(has_all(group["territories_at_quota"], {"mean", "p10", "p50", "p90"}));
  }
  CHECK(json["groups"][1].at("region") == Json{"Pacific"});
  CHECK(json["company"].at("region") == Json::array());
  CHECK(json["groups"][0]["territories_at_quota"]["of"] == 2);
  CHECK(json["company"]["quota"] == 17'000);
  CHECK(json["company"]["repeat"]["mean"].is_number());
  const double sum = json["territories"][0]["wins"]["mean"].get<double>() +
                     json["territories"][1]["wins"]["mean"].get<double>() +
                     json["territories"][2]["wins"]["mean"].get<double>();
  CHECK(json["company"]["wins"]["mean"].get<double>() == Approx(sum));
}

TEST_CASE("The weekly file has a row for each week of everyone", "[unit][report]") {
  const std::string weekly = Written(500).weekly;
  const auto rows = std::count(weekly.begin(), weekly.end(), '\n');
  // Three territories, two regions and the company, 13 weeks each, and the heading.
  CHECK(rows == 6 * 13 + 1);
  CHECK(weekly.rfind("level,name,period,week,bookings_to_date_mean,bookings_to_date_p5,", 0) == 0);
  CHECK(weekly.find(",pipeline_at_week_end_mean,leads_in_week_mean,wins_in_week_mean\r\n") !=
        std::string::npos);
  CHECK(weekly.find("\r\ngroup,Pacific,1,13,") != std::string::npos);
  CHECK(weekly.find("\r\ncompany,Company,1,1,") != std::string::npos);
}

TEST_CASE("Diagnostics for editors have a place, or null", "[unit][report]") {
  std::ostringstream text;
  write_json(
      std::vector<Diagnostic>{
          {Severity::warning, {"a.yaml", 3, 5}, "odd", "do this", "funnels.field"},
          {Severity::error, {"a.yaml", 0, 0}, "missing", "", ""}},
      text);
  const Json json = Json::parse(text.str());
  CHECK(json[0] == Json{{"file", "a.yaml"},
                        {"line", 3},
                        {"column", 5},
                        {"severity", "warning"},
                        {"message", "odd"},
                        {"suggestion", "do this"},
                        {"path", "funnels.field"}});
  CHECK(json[1]["line"].is_null());
  CHECK(json[1]["path"].is_null());
}
