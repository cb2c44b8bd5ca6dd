// What the text says of a period that is under way: the numbers of a scenario without chance.

#include "unit/report/standing.hpp"

#include <attain/report/text.hpp>

#include <catch2/catch.hpp>

#include <sstream>

using namespace attain;
using namespace attain::testing;

namespace {

std::string text_of(const Ran& ran) {
  std::ostringstream out;
  write_text(ran.report(), Colour::none, out);
  return out.str();
}

/// The numbers of the first line that begins with `name`, behind `heading`.
std::string line_behind(const std::string& text, const std::string& heading,
                        const std::string& name) {
  const std::size_t begin = text.find("\n  " + name, text.find(heading));
  REQUIRE(begin != std::string::npos);
  return text.substr(begin + 1, text.find('\n', begin + 1) - begin - 1);
}

}  // namespace

TEST_CASE("The text says how much is booked, and adds up what is called", "[unit][report]") {
  const std::string text = text_of(Ran(standing()));
  CHECK_THAT(
      in_one_line(text),
      Catch::StartsWith("Standing: 2 territories, week 6 of 13, from 8 February (as of) to 4 "
                        "April 2027, in USD; 120 booked The company"));
  CHECK_THAT(text, Catch::Contains("Expect 890, 74 % of quota, of which 120 is booked."));
  const std::string heading = line_behind(text, "", "Called so far");
  CHECK_THAT(heading, Catch::Contains("Booked  + commit  + pipeline"));
  // 120 booked, 700 called commit, 70 in the pipeline: each with all before it. Later is not in it.
  CHECK_THAT(line_behind(text, "Called so far", "East"),
             Catch::Contains(" 120       820         890"));
  CHECK_THAT(line_behind(text, "Called so far", "Company"),
             Catch::Contains(" 120       820         890"));
  CHECK_THAT(line_behind(text, "Called so far", "West"),
             Catch::Contains(" 0         0           0"));
}

TEST_CASE("Both quotas of a relief are printed with the reason", "[unit][report]") {
  const std::string text = text_of(Ran(standing()));
  CHECK_THAT(line_behind(text, "Territory", "East"), Catch::Contains(" 850*  "));
  CHECK_THAT(line_behind(text, "Territory", "West"), Catch::Contains(" 500   "));
  CHECK_THAT(in_one_line(text),
             Catch::Contains("* Relief: East 1k less 15 % = 850 (leave from March)."));
  CHECK_THAT(in_one_line(text),
             Catch::Contains("Quotas handed out in the company add up to 1.5k before relief "
                             "(1.4k after), 25 % more than its"));
  CHECK_THAT(in_one_line(text),
             Catch::Contains("Forecasts were called on 1 February 2027 (East)."));
}

TEST_CASE("Deals that are due outside of what is simulated are told", "[unit][report]") {
  Scenario made = standing();
  made.territories[0].open.push_back(due("Earlier", 3, 1, dollars(5)));
  const std::string text = text_of(Ran(made));
  CHECK_THAT(in_one_line(text),
             Catch::Contains(
                 "Due after 4 April: 1 deal worth 90 (Later). It stays open and brings nothing "
                 "in this quarter; what is called so far leaves it out."));
  CHECK_THAT(in_one_line(text),
             Catch::Contains("Overdue on 8 February: 1 deal worth 5 (Earlier)."));
}

TEST_CASE("Without anything booked, called or dated there is no roll-up", "[unit][report]") {
  Scenario made = standing();
  made.categories.clear();
  for (Territory& territory : made.territories) {
    territory.booked = {};
    territory.relief = {};
    territory.open.clear();
  }
  const std::string text = text_of(Ran(made, 20));
  CHECK(text.find("Called so far") == std::string::npos);
  CHECK(text.find("booked") == std::string::npos);
  CHECK(text.find("Relief") == std::string::npos);
}

TEST_CASE("A quota that is booked is made, in words", "[unit][report]") {
  Scenario made = standing();
  made.territories[0].booked = dollars(850);
  const std::string some = text_of(Ran(made));
  CHECK_THAT(line_behind(some, "Territory", "East"), Catch::Contains(" >99 %  made "));
  CHECK_THAT(line_behind(some, "Territory", "Company"), Catch::Contains(" >99 %  likely "));
  made.company.quota = dollars(800);
  made.company.forecast = dollars(5'000);
  const std::string all = text_of(Ran(made));
  CHECK_THAT(in_one_line(all),
             Catch::Contains("The company has made its quota (800; 850 is booked) and has less "
                             "than a 1 % chance of its forecast (5.0k)."));
  CHECK_THAT(line_behind(all, "Territory", "Company"), Catch::Contains(" made "));
}

TEST_CASE("Thousands of territories at quota are counted with separators", "[unit][report]") {
  Ran ran(standing());
  ran.summary.company.at_quota = AtQuota{1'200, 1'100.2, 1'000, 1'100, 1'150, 1'050.1};
  const std::string text = in_one_line(text_of(ran));
  CHECK_THAT(text,
             Catch::Contains("About 1,100 of 1,200 make quota; in 8 of 10 quarters it is 1,000 "
                             "to 1,150."));
  CHECK_THAT(text, Catch::Contains("of the 1,100 who make quota, 1,050 would make it again"));
}

TEST_CASE("A relief of nothing is not spoken of", "[unit][report]") {
  Scenario made = standing();
  made.territories[0].relief = QuotaRelief{dollars(850), 0, "none after all"};
  const std::string text = text_of(Ran(made, 20));
  CHECK(text.find('*') == std::string::npos);
  CHECK(text.find("none after all") == std::string::npos);
}

TEST_CASE("A company of one relieved territory is that territory", "[unit][report]") {
  Scenario made = standing();
  made.territories.pop_back();
  made.company = {};
  const std::string text = text_of(Ran(made));
  CHECK(text.find("\n  Company") == std::string::npos);
  CHECK_THAT(text, Catch::Contains("East has more than a 99 % chance of quota (850)"));
  CHECK_THAT(
      in_one_line(text),
      Catch::Contains("(leave from March). Its chance is that of the relieved quota; that of "
                      "what was handed out is <1 %."));
  made.company.quota = dollars(2'000);
  CHECK_THAT(text_of(Ran(made)), Catch::Contains("\n  Company"));
}

TEST_CASE("The roll-up says from which stage on deals of no category count", "[unit][report]") {
  Scenario made = standing();
  CHECK_THAT(text_of(Ran(made, 20)), Catch::Contains("Each '+' adds open deals, at full amounts,"));
  for (Territory& territory : made.territories) {
    territory.streams[0].funnel.pipeline_from = 1;
  }
  CHECK_THAT(text_of(Ran(made, 20)),
             Catch::Contains("adds open deals ('pipeline': from stage stage 2 on), at full"));
  made.territories[0].streams[0].funnel.pipeline_from = 0;
  CHECK_THAT(text_of(Ran(made, 20)),
             Catch::Contains("('pipeline': from each funnel's 'pipeline_from' on)"));
}

TEST_CASE("Categories that share a column are named", "[unit][report]") {
  Scenario made = standing();
  made.categories = {
      {"a long shot", 0.1}, {"most of the likely ones", 0.9}, {"upside of all", 0.5}};
  const std::string text = text_of(Ran(made, 20));
  CHECK_THAT(line_behind(text, "", "Called so far"), Catch::Contains("+ 3 others"));
  CHECK_THAT(in_one_line(text),
             Catch::Contains("'+ 3 others' adds upside of all, a long shot, commit. "));
}

TEST_CASE("Many categories share a line", "[unit][report]") {
  Scenario made = standing();
  made.categories.clear();
  for (int i = 0; i < 30; ++i)
    made.categories.push_back({"category number " + std::to_string(i), 0.5});
  const std::string heading = line_behind(text_of(Ran(made, 20)), "", "Called so far");
  CHECK_THAT(heading,
             Catch::Contains("+ 30 others"));  // One is named; 'commit' is there by mention.
  CHECK(heading.size() <= 100);
}
