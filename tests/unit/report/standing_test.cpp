// What is written of a period that is under way: the numbers of a scenario without chance.

#include "unit/report/standing.hpp"

#include <attain/report/csv.hpp>
#include <attain/report/future.hpp>
#include <attain/report/json.hpp>
#include <attain/report/lost_deal.hpp>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <map>
#include <sstream>

using namespace attain;
using namespace attain::testing;
using Json = nlohmann::json;

namespace {

template <typename Report>
std::string written(void (*write)(const Report&, std::ostream&), const Report& report) {
  std::ostringstream out;
  write(report, out);
  return out.str();
}

Json json_of(const Ran& ran) { return Json::parse(written<RunReport>(write_json, ran.report())); }

/// The cells of a line of CSV without quotes.
std::vector<std::string> cells_of(std::string line) {
  std::vector<std::string> cells;
  std::istringstream stream(line.substr(0, line.find('\r')) + ",");
  for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
  return cells;
}

/// Rows of a table by column name.
std::vector<std::map<std::string, std::string>> rows_of(const std::string& csv) {
  std::istringstream lines(csv);
  std::string line;
  std::getline(lines, line);
  const std::vector<std::string> names = cells_of(line);
  std::vector<std::map<std::string, std::string>> rows;
  while (std::getline(lines, line)) {
    const std::vector<std::string> cells = cells_of(line);
    REQUIRE(cells.size() == names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (i == 0) rows.emplace_back();
      rows.back()[names[i]] = cells[i];
    }
  }
  return rows;
}

}  // namespace

TEST_CASE("JSON says where the period stands, and what is booked and called", "[unit][report]") {
  const Json json = json_of(Ran(standing()));
  const Json& run = json["run"];
  CHECK(run["weeks"] == 13);
  CHECK(run["weeks_done"] == 5);
  CHECK(run["start"] == "2027-01-04");
  CHECK(run["as_of"] == "2027-02-08");
  CHECK(run["end"] == "2027-04-04");

  const Json& east = json["territories"][0];
  CHECK(east["owner"] == "Seat 4");
  CHECK(east["note"] == "on leave");
  CHECK(east["quota"] == 850);
  CHECK(east["quota_before_relief"] == 1'000);
  CHECK(east["relief"] == Json{{"share", 0.15}, {"why", "leave from March"}});
  CHECK(east["forecast_called"] == "2027-02-01");
  CHECK(east["booked"] == 120);
  CHECK(east["roll_up"] == Json{{"booked", 120},
                                {"categories", {{"commit", 700}}},
                                {"pipeline", 40 + 30},
                                {"due_later", 90}});
  CHECK(east["attain"]["probability"] == 1);
  CHECK(east["attain_forecast"]["probability"] == 0);
  CHECK(east["bookings"]["mean"] == 890);
  CHECK(east["dated"] == Json{{"wins", 4}, {"bookings", 70}});
  CHECK(east["streams"][0]["bookings"] == 700);

  const Json& company = json["company"];
  CHECK(company["booked"] == 120);
  CHECK(company["roll_up"] == east["roll_up"]);
  CHECK(company["dated"] == east["dated"]);
  CHECK(company["sum_of_quotas"] == 1'500);
  CHECK(json["groups"][0]["quota"] == 1'500);
  const Json& west = json["territories"][1];
  for (const char* key : {"owner", "note", "relief", "forecast_called"}) {
    CAPTURE(key);
    CHECK(west.at(key).is_null());
  }
  CHECK(west["quota_before_relief"] == 500);
  CHECK(west["booked"] == 0);
}

TEST_CASE("JSON has what is stated of a deal, and its chance by week", "[unit][report]") {
  const Json deals = json_of(Ran(standing()))["territories"][0]["deals"];
  REQUIRE(deals.size() == 3);
  const Json& acme = deals[0];
  CHECK(acme["category"] == "commit");
  CHECK(acme["account"] == "Acme Holding");
  CHECK(acme["owner"] == "Seat 9");
  CHECK(acme["note"] == "legal review");
  CHECK(acme["stage_owner"] == "sales");
  for (const char* key : {"due", "chance", "slip"}) CHECK(acme.at(key).is_null());
  CHECK(acme["won_by"] == Json{{"from_week", 6}, {"probability", {0, 0, 1, 1, 1, 1, 1, 1}}});
  const Json& delta = deals[1];
  CHECK(delta["due"] == "2027-03-16");
  CHECK(delta["chance"] == 1);
  for (const char* key : {"stage", "stream", "weeks_in_stage", "slip", "category", "note"}) {
    CHECK(delta.at(key).is_null());
  }
  CHECK(delta["won_by"] == Json{{"from_week", 6}, {"probability", {0, 0, 0, 0, 0, 1, 1, 1}}});
  CHECK(deals[2]["win_probability"] == 0);
  CHECK(deals[2]["expected"]["win_ever"] == 1);
}

TEST_CASE("A slip is stated with its chance and mean length", "[unit][report]") {
  Scenario made = standing();
  made.territories[0].open[1] =
      slipping(made.territories[0].open[1], 0.25, Distribution::exponential(4));
  const Ran ran(made, 20);
  CHECK(json_of(ran)["territories"][0]["deals"][1]["slip"] == Json{{"chance", 0.25}, {"weeks", 4}});
  const auto deals = rows_of(written<RunReport>(write_deals_csv, ran.report()));
  CHECK(deals[1].at("slip") == "0.25");
  CHECK(deals[1].at("slip_weeks") == "4");
}

TEST_CASE("expectations.csv has the cumulative values of each owner and week", "[unit][report]") {
  const Ran ran(standing());
  const std::string csv = written<RunReport>(write_expectations_csv, ran.report());
  CHECK(csv.rfind("territory,period,week,owner,what,mean,p10,p90\r\n", 0) == 0);
  const auto rows = rows_of(csv);
  std::map<std::string, std::vector<std::string>> means;
  for (const auto& row : rows) {
    if (row.at("territory") != "East") continue;
    CHECK(row.at("period") == "1");
    auto& values = means[row.at("owner") + "/" + row.at("what")];
    CHECK(row.at("week") == std::to_string(6 + values.size()));
    values.push_back(row.at("mean"));
    CHECK(row.at("p10") == row.at("mean"));
    CHECK(row.at("p90") == row.at("mean"));
  }
  using Values = std::vector<std::string>;
  CHECK(means.at("closers/stage 2") == Values(8, "1"));
  CHECK(means.at("sales/wins") == Values{"0", "0", "1", "1", "1", "2", "2", "5"});
  CHECK(means.at("sales/bookings") ==
        Values{"120", "120", "820", "820", "820", "860", "860", "890"});
}

TEST_CASE("The expectations of JSON are those of the file", "[unit][report]") {
  const Json all = json_of(Ran(standing()))["territories"][0]["expectations"];
  const Json& wins = all[all.size() - 2];
  CHECK(wins["owner"] == "sales");
  CHECK(wins["what"] == "wins");
  CHECK(wins["from_week"] == 6);
  for (const char* key : {"mean", "p10", "p90"}) CHECK(wins[key] == Json({0, 0, 1, 1, 1, 2, 2, 5}));
  CHECK(all.back()["what"] == "bookings");
}

TEST_CASE("deals.csv has dates, labels and the chance by week of the period", "[unit][report]") {
  const auto rows = rows_of(written<RunReport>(write_deals_csv, Ran(standing()).report()));
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].at("stage") == "stage 1");
  CHECK(rows[0].at("stage_owner") == "sales");
  CHECK(rows[0].at("category") == "commit");
  CHECK(rows[0].at("account") == "Acme Holding");
  CHECK(rows[0].at("owner") == "Seat 9");
  CHECK(rows[0].at("note") == "legal review");
  CHECK(rows[0].at("due").empty());
  CHECK(rows[0].at("won_by_week_7") == "0");
  CHECK(rows[0].at("won_by_week_8") == "1");
  CHECK(rows[0].count("won_by_week_5") == 0);
  CHECK(rows[0].count("won_by_week_14") == 0);
  CHECK(rows[1].at("stage").empty());
  CHECK(rows[1].at("due") == "2027-03-16");
  CHECK(rows[1].at("chance") == "1");
  CHECK(rows[1].at("amount_mean") == "40");
  CHECK(rows[1].at("won_by_week_10") == "0");
  CHECK(rows[1].at("won_by_week_11") == "1");
  // Week 4 is over and has no column; at the end of week 8 the deal still has its chance, after
  // week 12 it is decided.
  CHECK(rows[1].count("win_in_period_if_still_here_at_week_4") == 0);
  CHECK(rows[1].at("win_in_period_if_still_here_at_week_8") == "1");
  CHECK(rows[1].at("win_in_period_if_still_here_at_week_12").empty());
}

TEST_CASE("territories.csv has both quotas, and the roll-up", "[unit][report]") {
  const auto rows = rows_of(written<RunReport>(write_territories_csv, Ran(standing()).report()));
  CHECK(rows[0].at("quota") == "850");
  CHECK(rows[0].at("quota_before_relief") == "1000");
  CHECK(rows[0].at("relief") == "0.15");
  CHECK(rows[0].at("relief_why") == "leave from March");
  CHECK(rows[0].at("owner") == "Seat 4");
  CHECK(rows[0].at("note") == "on leave");
  CHECK(rows[0].at("forecast_called") == "2027-02-01");
  CHECK(rows[0].at("booked") == "120");
  CHECK(rows[0].at("open_in_category.commit") == "700");
  CHECK(rows[0].at("open_in_pipeline") == "70");
  CHECK(rows[0].at("open_due_later") == "90");
  CHECK(rows[1].at("relief").empty());
  CHECK(rows[1].at("quota_before_relief") == "500");
}

TEST_CASE("weekly.csv counts weeks from the start of the period", "[unit][report]") {
  const auto rows = rows_of(written<RunReport>(write_weekly_csv, Ran(standing()).report()));
  REQUIRE(rows.size() == 4 * 8);
  CHECK(rows[0].at("week") == "6");
  CHECK(rows[7].at("week") == "13");
  CHECK(rows[7].at("bookings_to_date_mean") == "890");
}

TEST_CASE("Labels that a spreadsheet would run are disarmed", "[unit][report]") {
  Scenario made = standing();
  made.territories[0].open[0].labels = {"=1+1", "+2", "-3", "@SUM(A1)"};
  made.territories[0].owner = "=cmd";
  const Ran ran(made, 20);
  const std::string deals = written<RunReport>(write_deals_csv, ran.report());
  CHECK_THAT(deals, Catch::Contains(",'=1+1,'+2,'-3,'@SUM(A1),"));
  const std::string territories = written<RunReport>(write_territories_csv, ran.report());
  CHECK_THAT(territories, Catch::Contains(",'=cmd,"));
  CHECK_THAT(territories, Catch::Contains(",open_in_category.=1+1,"));
}

TEST_CASE("A future names weeks of the period, and dated deals", "[unit][report]") {
  Ran ran(standing());
  const FutureReport report{ran.scenario, ran.run, 3,
                            replay(ran.plan, ran.run.seed, 3, SimdWidth::sse2)};
  const auto json = Json::parse(written<FutureReport>(write_future_json, report));
  const Json& weeks = json["territories"][0]["weeks"];
  REQUIRE(weeks.size() == 8);
  CHECK(weeks[0]["week"] == 6);
  CHECK(weeks[0]["booked"] == 120);
  CHECK(weeks[0]["moves"] ==
        Json::array({{{"deal", "Acme"}, {"from", "stage 1"}, {"to", "stage 2"}}}));
  CHECK(weeks[5]["moves"] == Json::array({{{"deal", "Delta"}, {"from", "due"}, {"to", "won"}}}));
  CHECK(weeks[7]["wins"] == 3);
  CHECK(weeks[7]["booked"] == 890);
  CHECK(json["territories"][0]["still_open"] == Json::array({"Later"}));
  CHECK(rows_of(written<FutureReport>(write_future_csv, report))[0].at("week") == "6");
  const std::string text = written<FutureReport>(write_future_text, report);
  CHECK_THAT(in_one_line(text), Catch::Contains("11 15 Mar 0 1 860 Delta: due -> won"));
}

TEST_CASE("In steps of a day the first week may be a part of one", "[unit][report]") {
  Scenario made = standing();
  made.calendar = calendar_from(87, 38, Step::day);  // From a Thursday to a Wednesday.
  for (OpenDeals& open : made.territories[0].open) {
    if (open.deal == "Delta") open.due->date = made.calendar.start + std::chrono::days(42);
  }
  Ran ran(made, 20);
  const FutureReport report{ran.scenario, ran.run, 0,
                            replay(ran.plan, ran.run.seed, 0, SimdWidth::sse2)};
  const std::string text = written<FutureReport>(write_future_text, report);
  CHECK_THAT(in_one_line(text), Catch::Contains(" 6 11 Feb 0 0 120 7 15 Feb"));
  // 42 days after the start begins week 7.
  CHECK_THAT(in_one_line(text), Catch::Contains(" 7 15 Feb 0 1 160 Delta: due -> won"));
  const Json run = json_of(ran)["run"];
  CHECK(run["weeks"] == 13);
  CHECK(run["weeks_done"] == 5);
  CHECK(run["as_of"] == "2027-02-11");
  CHECK(run["end"] == "2027-03-31");
}

TEST_CASE("A deal taken from a company of one relieved territory has one row", "[unit][report]") {
  Scenario made = standing();
  made.territories.pop_back();
  made.company = {};
  const Ran ran(made);
  SimulationOptions options;
  options.replications = 100;
  const LostDealReport report{ran.scenario, ran.run, without_deal(ran.scenario, {0, 1}, options)};
  const std::string text = written<LostDealReport>(write_lost_deal_text, report);
  CHECK_THAT(text, Catch::Contains("\n  East "));
  CHECK(text.find("\n  Company") == std::string::npos);
}

TEST_CASE("A deal with a date can be taken away", "[unit][report]") {
  Ran ran(standing());
  SimulationOptions options;
  options.replications = 100;
  const LostDealReport report{ran.scenario, ran.run, without_deal(ran.scenario, {0, 1}, options)};
  const std::string text = written<LostDealReport>(write_lost_deal_text, report);
  CHECK_THAT(in_one_line(text), Catch::Contains("without Delta (East, due 16 March, 40)"));
  CHECK_THAT(in_one_line(text), Catch::Contains("Without it expect 40 less"));
  const Json json = Json::parse(written<LostDealReport>(write_lost_deal_json, report));
  CHECK(json["without_deal"]["stage"].is_null());
  CHECK(json["without_deal"]["due"] == "2027-03-16");
}
