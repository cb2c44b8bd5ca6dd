// An explanation of a period that is under way: the numbers of a scenario without chance.

#include "unit/report/standing.hpp"

#include <attain/report/explain.hpp>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <sstream>

using namespace attain;
using namespace attain::testing;
using Json = nlohmann::json;

namespace {

struct Explained {
  explicit Explained(const Scenario& made) : ran(made, 64) {
    SimulationOptions options;
    options.replications = 64;
    explanation = explain(ran.scenario, 0, options);
  }
  [[nodiscard]] ExplainReport report() const { return {ran.scenario, 0, explanation, ran.run}; }
  [[nodiscard]] std::string text() const {
    std::ostringstream out;
    write_text(report(), Colour::none, out);
    return out.str();
  }
  [[nodiscard]] Json json() const {
    std::ostringstream out;
    write_json(report(), out);
    return Json::parse(out.str());
  }

  Ran ran;
  Explanation explanation;
};

}  // namespace

TEST_CASE("explain says what should be true by the middle and the end", "[unit][report]") {
  const std::string text = in_one_line(Explained(standing()).text());
  CHECK_THAT(text, Catch::Contains(
                       "What should be true by week 9 and by week 13 By week 9 (7 March): "
                       "- closers should have 1 deal moved to stage 2 (1 in 8 of 10 quarters). "
                       "- sales should have 1 win (1), 820 booked (820). "
                       "By week 13 (4 April): "
                       "- closers should have 1 deal moved to stage 2 (1 in 8 of 10 quarters). "
                       "- sales should have 5 wins (5), 890 booked (890). "
                       "Counted from 8 February; booked is all of the quarter."));
}

TEST_CASE("explain says what should be true of named deals", "[unit][report]") {
  const std::string text = in_one_line(Explained(standing()).text());
  CHECK_THAT(text,
             Catch::Contains("- Acme, in stage 1 (commit, Acme Holding, Seat 9: legal review): "
                             "won by week 9 with 100 %; then it is decided. "));
  CHECK_THAT(text, Catch::Contains("- Delta, due 16 March: won by week 9 with 0 %, by week 13 with "
                                   "100 %; if undecided after week 9, with 100 %."));
}

TEST_CASE("A chance that is the same by both weeks is said once", "[unit][report]") {
  Scenario made = standing();
  made.territories[0].open.push_back(due("Nothing", 85, 0, dollars(5)));
  const std::string text = in_one_line(Explained(made).text());
  CHECK_THAT(text, Catch::Contains("- Later, due 14 April: not decided in this quarter."));
  CHECK_THAT(text,
             Catch::Contains("- Nothing, due 30 March: won by week 9 and by week 13 with 0 %; "
                             "if undecided after week 9, with 0 %."));
}

TEST_CASE("A quota that is booked already is the first reason", "[unit][report]") {
  Scenario made = standing();
  made.territories[0].booked = dollars(900);
  const std::string text = in_one_line(Explained(made).text());
  CHECK_THAT(text, Catch::Contains("East has made its quota (850): 900 is booked."));
  CHECK_THAT(text, Catch::Contains(
                       "Why quota is made - 900 is booked before day one. What is won from now "
                       "on is beyond it. - "));
}

TEST_CASE("A period of a day is called by its date", "[unit][report]") {
  Scenario made = standing();
  made.calendar = calendar_from(1, 0, Step::day);
  const std::string text = Explained(made).text();
  CHECK_THAT(text, Catch::Contains("East, Standing: 4 January 2027, day by day\n"));
  CHECK_THAT(text, Catch::Contains("The arithmetic, 4 January 2027, in USD\n"));
}

TEST_CASE("The arithmetic begins with what is booked, and has deals with dates", "[unit][report]") {
  const std::string text = Explained(standing()).text();
  CHECK_THAT(text, Catch::Contains("The arithmetic, from 8 February 2027 on, in USD\n"
                                   "  Booked before day one: 120.0.\n"));
  CHECK_THAT(text,
             Catch::Contains("Delta              16 Mar      1  x 100 %   x 100 %    = 1.000  "
                             "x 40      = 40.00"));
  CHECK_THAT(text,
             Catch::Contains("without a name      4 Apr      3  x 100 %   x 100 %    = 3.000  "
                             "x 10      = 30.00"));
  CHECK_THAT(text, Catch::Contains("Later              14 Apr      1  x 100 %   x 0 %"));
  CHECK_THAT(text, Catch::Contains("Together 5.000 wins and, with what is booked, 890.0"));
  CHECK_THAT(text, Catch::Contains("13 % of the expected is booked, 87 % comes from deals that are "
                                   "open on day one."));
}

TEST_CASE("explain says whose quota was relieved and why", "[unit][report]") {
  const std::string text = in_one_line(Explained(standing()).text());
  CHECK_THAT(text,
             Catch::Contains("Relief: East 1k less 15 % = 850 (leave from March). Owner: Seat "
                             "4. Note: on leave."));
  CHECK_THAT(text, Catch::Contains("Its forecast of 900 (called on 1 February 2027) has"));
}

TEST_CASE("Coverage is of what is missing to quota", "[unit][report]") {
  const Json json = Explained(standing()).json()["territory"];
  // Acme is in the first stage, which counts as pipeline; all dated deals do.
  CHECK(json["pipeline"] == 700 + 40 + 30 + 90);
  CHECK(json["coverage"].get<double>() == Approx(860.0 / (850 - 120)));
  Scenario made = standing();
  made.territories[0].booked = dollars(900);
  const Explained done(made);
  CHECK(done.json()["territory"]["coverage"].is_null());
  CHECK_THAT(done.text(), Catch::Contains("Quota is booked already."));
}

TEST_CASE("explain's JSON has every week, and deals with dates", "[unit][report]") {
  const Json json = Explained(standing()).json()["territory"];
  CHECK(json["booked"] == 120);
  CHECK(json["quota_before_relief"] == 1'000);
  const Json& wins = json["expectations"][json["expectations"].size() - 2];
  CHECK(wins["mean"] == Json({0, 0, 1, 1, 1, 2, 2, 5}));
  CHECK(wins["from_week"] == 6);
  CHECK(json["open_deals"][1]["due"] == "2027-03-16");
  CHECK(json["open_deals"][1]["stage"].is_null());
  CHECK(json["open_deals"][2]["count"] == 3);
  CHECK(json["named_deals"][1]["deal"] == "Delta");
  CHECK(json["named_deals"][1]["won_by"]["probability"] == Json({0, 0, 0, 0, 0, 1, 1, 1}));
  CHECK(json["last_useful_week"][0]["from_week"] == 6);
}
