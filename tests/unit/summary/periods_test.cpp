#include <attain/engine/simulate.hpp>
#include <attain/report/csv.hpp>
#include <attain/report/figures.hpp>
#include <attain/report/json.hpp>
#include <attain/summary/explain.hpp>
#include <attain/summary/summary.hpp>

#include "support/oracle/build_scenario.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <sstream>

using namespace attain;
using namespace attain::oracle;

namespace {

/// Three periods of two weeks; day one is the second week of the second one. All is certain: East
/// books 300 in that week and 200 in the last period, West 400 then.
Scenario third_week_of_six() {
  Calendar weeks = calendar(2, Step::week);
  weeks.periods = 3;
  weeks.steps_done = 3;
  const Stream none = stream("new", 0, {stage(1, Distribution::fixed(1))}, Distribution::fixed(1));
  Territory east = territory("East", dollars(500), {none},
                             {due("Now", 22, 1, dollars(300)), due("Later", 30, 1, dollars(200))});
  east.quotas = {dollars(400), dollars(500), dollars(600)};
  east.actual = {dollars(1'000)};
  east.booked = dollars(100);
  east.forecast = dollars(400);
  Territory west = territory("West", dollars(300), {none}, {due("Last", 41, 1, dollars(400))});
  west.quotas = {dollars(300), dollars(300), dollars(400)};
  west.actual = {dollars(50)};
  west.region = {"South"};
  return scenario("six weeks", weeks, {east, west});
}

struct Simulated {
  Scenario scenario = third_week_of_six();
  Plan plan = build_plan(scenario);
  SimulationOptions options{.replications = 128};
  Summary summary =
      summarize(scenario, plan, simulate(plan, options), expectations(scenario, plan));
  RunRecord record{.version = "test", .file = "six.yaml", .seed = 1, .replications = 128};
  RunReport report{scenario, summary, record};
};

void check_all_at(const BookingsSummary& bookings, double value) {
  CHECK(bookings.mean.mean == value);
  CHECK(bookings.p10.value == value);
  CHECK(bookings.p90.low == value);
  CHECK(bookings.p90.high == value);
}

}  // namespace

TEST_CASE("The year counts what was booked before, against the sum of all quotas",
          "[unit][summary][periods]") {
  const Simulated made;
  const Outlook& east = made.summary.territories[0].outlook;
  CHECK_FALSE(east.period);
  CHECK(east.quota == dollars(1'500));
  CHECK(east.roll_up.booked == dollars(1'100));
  check_all_at(east.bookings, 1'600);
  CHECK(*east.expected_bookings == Approx(1'600));
  CHECK(east.attain->probability == 1);
  CHECK_FALSE(east.attain_forecast);
  const GroupSummary& company = made.summary.company;
  CHECK(company.outlook.quota == dollars(2'500));
  CHECK(company.sum_of_quotas == dollars(2'500));
  CHECK(company.outlook.roll_up.booked == dollars(1'150));
  check_all_at(company.outlook.bookings, 2'050);
  CHECK(company.outlook.attain->probability == 0);
  CHECK(company.at_quota->mean == 1);
  // 1,600 of 1,500 against 450 of 1,000.
  CHECK(made.summary.lowest->most_often == 1);
  CHECK(made.summary.lowest->mean == Approx(0.45));
}

TEST_CASE("Each simulated period has its own quota, bookings and weeks",
          "[unit][summary][periods]") {
  const Simulated made;
  REQUIRE(made.summary.periods.size() == 2);
  const PeriodSummary& now = made.summary.periods[0];
  const PeriodSummary& last = made.summary.periods[1];
  CHECK(now.period == 2);
  CHECK(last.period == 3);
  CHECK(*now.territories[0].period == 2);
  CHECK(now.territories[0].quota == dollars(500));
  CHECK(now.territories[0].roll_up.booked == dollars(100));
  check_all_at(now.territories[0].bookings, 400);
  CHECK(now.territories[0].attain->probability == 0);
  CHECK(now.territories[0].attain_forecast->probability == 1);
  CHECK(now.territories[0].dated.wins == 1);
  CHECK(*now.territories[0].expected_bookings == Approx(400));
  REQUIRE(now.territories[0].weeks.size() == 1);

  CHECK(last.territories[0].quota == dollars(600));
  CHECK(last.territories[0].roll_up.booked == Money{});
  check_all_at(last.territories[0].bookings, 200);
  CHECK_FALSE(last.territories[0].attain_forecast);
  CHECK_FALSE(last.territories[0].expected_bookings);
  CHECK(last.territories[1].attain->probability == 1);
  CHECK(last.company.outlook.quota == dollars(1'000));
  CHECK(last.company.sum_of_quotas == dollars(1'000));
  CHECK(last.company.at_quota->mean == 1);
  CHECK(now.company.at_quota->mean == 0);
  REQUIRE(last.regions.size() == 1);
  CHECK(last.regions[0].outlook.quota == dollars(400));
  // Bookings begin anew with a period: West books in its last week.
  REQUIRE(last.territories[1].weeks.size() == 2);
  CHECK(last.territories[1].weeks[0].bookings_mean == 0);
  CHECK(last.territories[1].weeks[1].bookings_mean == 400);
  REQUIRE(made.summary.territories[0].outlook.weeks.size() == 3);
  CHECK(made.summary.territories[0].outlook.weeks[0].bookings_mean == 400);
  CHECK(made.summary.territories[0].outlook.weeks[2].bookings_mean == 200);
}

TEST_CASE("JSON lists each territory's periods and then its year", "[unit][report][periods]") {
  const Simulated made;
  std::ostringstream text;
  write_json(made.report, text);
  const auto json = nlohmann::json::parse(text.str());
  CHECK(json["run"]["periods"] == 3);
  REQUIRE(json["territories"].size() == 6);
  const auto place = [&json](std::size_t i) {
    return json["territories"][i]["name"].get<std::string>() + " " +
           json["territories"][i]["period"].dump();
  };
  CHECK(place(0) == "East 2");
  CHECK(place(1) == "East 3");
  CHECK(place(2) == "East \"year\"");
  CHECK(place(5) == "West \"year\"");
  CHECK(json["groups"].size() == 3);
  CHECK(json["company"]["period"] == "year");
  CHECK(json["company"]["bookings"]["mean"] == 2'050);
  REQUIRE(json["company_periods"].size() == 2);
  CHECK(json["company_periods"][0]["period"] == 2);
  CHECK(json["company_periods"][1]["expected"]["bookings"].is_null());
  // East's two and West's one.
  CHECK(json["company"]["deals"].size() == 3);
}

TEST_CASE("Tables of several periods say which, and weeks count within it",
          "[unit][report][periods]") {
  const Simulated made;
  std::ostringstream weekly;
  write_weekly_csv(made.report, weekly);
  const std::string rows = weekly.str();
  CHECK(rows.find("territory,East,2,2,400,") != std::string::npos);
  CHECK(rows.find("territory,East,3,1,") != std::string::npos);
  CHECK(rows.find("territory,East,3,2,200,") != std::string::npos);
  std::ostringstream territories;
  write_territories_csv(made.report, territories);
  CHECK(territories.str().find("East,,,2,500,400,") != std::string::npos);
  CHECK(territories.str().find("East,,,year,1500,,") != std::string::npos);
  // All rows have as many cells.
  std::istringstream lines(territories.str());
  std::string line;
  std::getline(lines, line);
  const auto cells = std::count(line.begin(), line.end(), ',');
  for (int i = 0; i < 6; ++i) {
    REQUIRE(std::getline(lines, line));
    CHECK(std::count(line.begin(), line.end(), ',') == cells);
  }
}

TEST_CASE("An explanation is about the period of day one", "[unit][summary][periods]") {
  const Simulated made;
  const Explanation explained = explain(made.scenario, 0, made.options);
  CHECK(explained.simulated.mean == 400);
  CHECK(explained.attain->probability == 0);
  CHECK(explained.attain_forecast->probability == 1);
  CHECK(explained.expectations.back().weeks.size() == 1);
  CHECK(explained.expected_bookings == Approx(400));
}

TEST_CASE("Weeks stand in their periods, whose last ones may be in part",
          "[unit][report][periods]") {
  Calendar days = calendar(1, Step::day);
  days.period_steps = 10;
  days.periods = 2;
  using namespace std::chrono;
  const sys_days start = days.start;
  CHECK(place_of_week(days, 1).period == 1);
  CHECK(place_of_week(days, 1).week == 2);
  CHECK(place_of_week(days, 2).period == 2);
  CHECK(place_of_week(days, 2).week == 1);
  CHECK(last_day_of_week(days, 1) == start + std::chrono::days(9));
  CHECK(first_day_of_week(days, 2) == start + std::chrono::days(10));
  CHECK(last_day_of_week(days, 3) == start + std::chrono::days(19));
  days.steps_done = 12;
  CHECK(place_of_week(days, 0).period == 2);
  CHECK(first_day_of_week(days, 0) == start + std::chrono::days(12));
  CHECK(current_period(days).start == start + std::chrono::days(10));
  CHECK(current_period(days).steps_done == 2);
  CHECK(current_period(days).day_one() == days.day_one());
  CHECK(current_period(days).last_day() == days.last_day());
}
