// Several periods, as they are read: the calendar, quotas, what is over, and rules and dates in
// them.

#include "described.hpp"
#include "several_files.hpp"

#include <chrono>

namespace attain {
namespace {

using test::messages;
using test::read;
using Quotas = std::vector<std::optional<Money>>;

std::chrono::sys_days day(int year, unsigned month, unsigned of_month) {
  return std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(of_month);
}

Money thousands(int amount) { return Money{std::int64_t{100'000} * amount}; }

/// Periods from 4 January 2027, other keys at the top (whole lines) and keys of the territory.
std::string year(const std::string& calendar, const std::string& top,
                 const std::string& territory) {
  return "attain: 1\ncalendar: {start: 2027-01-04, " + calendar + "}\n" + top +
         "funnels: {field: {stages: [{name: meeting, advance: 50%, weeks: 2, activity: call}, "
         "{name: proposal, advance: 60%, weeks: 3}], amount: 40k}}\n"
         "territories:\n  - {name: Ohio, region: East, funnel: field, leads_per_week: 3, " +
         territory + "}\n";
}

Calendar calendar(const std::string& keys) { return read(year(keys, "", "quota: 1k")).calendar; }

Territory territory(const std::string& calendar, const std::string& keys) {
  return read(year(calendar, "", keys)).territories[0];
}

bool says(const std::string& text, const std::string& what) {
  const std::string said = messages(text);
  INFO(said);
  return said.find(what) != std::string::npos;
}

TEST_CASE("periods are as long as the first", "[unit][scenario]") {
  const Calendar quarters = calendar("weeks: 13, periods: 4");
  CHECK(quarters.periods == 4);
  CHECK(quarters.period_steps == 13);
  CHECK(quarters.last_day() == day(2028, 1, 2));
  CHECK(calendar("weeks: 13").periods == 1);
  // 87 days to 31 March, and 87 more.
  const Calendar days = calendar("end: 2027-03-31, step: day, periods: 2");
  CHECK(days.period_steps == 87);
  CHECK(days.last_day() == day(2027, 6, 26));
  CHECK(calendar("weeks: 13, periods: 8").all_steps() == 104);
  CHECK(calendar("end: 2027-04-04, step: day, periods: 8").all_steps() == 728);
}

TEST_CASE("periods together are at most 104 weeks", "[unit][scenario]") {
  CHECK(says(year("weeks: 14, periods: 8", "", "quota: 1k"),
             "8 periods of 14 weeks are more than 104 weeks in all"));
  CHECK(says(year("weeks: 14, periods: 8", "", "quota: 1k"), "write at most 7 of this length"));
  CHECK(says(year("end: 2027-04-05, step: day, periods: 8", "", "quota: 1k"),
             "8 periods of 92 days are more than 104 weeks in all"));
  CHECK(says(year("weeks: 53, periods: 2", "", "quota: 1k"), "leave 'periods' out"));
}

TEST_CASE("a simulation starts in a later period", "[unit][scenario]") {
  const Calendar third = calendar("weeks: 13, periods: 4, as_of: 2027-07-19");
  CHECK(third.steps_done == 28);
  CHECK(third.current_period() == 2);
  CHECK(third.steps_into_period() == 2);
  // A Thursday is taken back to its Monday.
  CHECK(calendar("weeks: 13, periods: 4, as_of: 2027-07-22").steps_done == 28);
  CHECK(says(year("weeks: 13, periods: 4, as_of: 2027-07-22", "", "quota: 1k"),
             "'as_of' is taken back from 2027-07-22 to 2027-07-19"));
  CHECK(calendar("weeks: 13, periods: 4, as_of: 2028-01-02, step: day").steps_done == 363);
  CHECK(says(year("weeks: 13, periods: 4, as_of: 2028-01-03", "", "quota: 1k"),
             "'as_of' is 2028-01-03, after the last day of the last period, 2028-01-02"));
}

TEST_CASE("a single quota holds in every period", "[unit][scenario]") {
  const Territory ohio = territory("weeks: 13, periods: 3", "quota: 280k");
  CHECK(ohio.quota == thousands(280));
  CHECK(ohio.quotas == Quotas(3, thousands(280)));
  const Territory relieved =
      territory("weeks: 13, periods: 2", "quota: {amount: 200k, relief: 10%, why: leave}");
  CHECK(relieved.quotas == Quotas(2, thousands(180)));
  CHECK(relieved.relief.value().before == thousands(200));
  CHECK(territory("weeks: 13, periods: 2", "quota: none").quotas == Quotas(2));
  CHECK(territory("weeks: 13", "quota: 280k").quotas.empty());
  CHECK(territory("weeks: 13", "quota: [280k]").quotas.empty());
}

TEST_CASE("a list has a quota for each period", "[unit][scenario]") {
  const std::string list = "quota: [280k, none, 300k]";
  const Territory ohio = territory("weeks: 13, periods: 3", list);
  CHECK(ohio.quotas == Quotas{thousands(280), std::nullopt, thousands(300)});
  CHECK(ohio.quota == thousands(280));
  CHECK_FALSE(territory("weeks: 13, periods: 3, as_of: 2027-04-05", list).quota.has_value());
  CHECK(territory("weeks: 13, periods: 3, as_of: 2027-07-05", list).quota == thousands(300));
  CHECK(
      says(year("weeks: 13, periods: 2", "", list), "'quota' has 3 entries, and there are 2 per"));
  CHECK(says(year("weeks: 13", "", list), "write one amount, or 'periods: 3' in the calendar"));
  CHECK(says(year("weeks: 13, periods: 2", "", "quota: [280k, {amount: 300k}]"),
             "a relief belongs to a single quota"));
}

TEST_CASE("defaults, company and regions have quotas by period", "[unit][scenario]") {
  const Scenario scenario = read(year("weeks: 13, periods: 2, as_of: 2027-04-05",
                                      "company: {quota: [560k, 600k], forecast: 570k}\n"
                                      "groups: {region: {East: {quota: [none, 580k]}}}\n"
                                      "defaults: {quota: [200k, 210k]}\n",
                                      "actual: [5k]"));
  CHECK(scenario.territories[0].quotas == Quotas{thousands(200), thousands(210)});
  CHECK(scenario.company.quota == thousands(600));
  CHECK(scenario.company.quotas == Quotas{thousands(560), thousands(600)});
  CHECK(scenario.company.forecast == thousands(570));
  CHECK(scenario.region_targets.at("East").quota == thousands(580));
  CHECK(scenario.region_targets.at("East").quotas == Quotas{std::nullopt, thousands(580)});
  const Scenario single =
      read(year("weeks: 13, periods: 2", "company: {quota: 560k}\n", "quota: 1k"));
  CHECK(single.company.quotas == Quotas(2, thousands(560)));
  CHECK(company_group(single).quotas == Quotas(2, thousands(560)));
}

TEST_CASE("what was booked in periods that are over is read", "[unit][scenario]") {
  const std::string third = "weeks: 13, periods: 3, as_of: 2027-07-05";
  CHECK(territory(third, "quota: 1k, actual: [298k, 0]").actual ==
        std::vector<Money>{thousands(298), Money{}});
  CHECK(territory(third, "quota: 1k").actual == std::vector<Money>(2));
  CHECK(territory("weeks: 13, periods: 3", "quota: 1k").actual.empty());
  CHECK(says(year(third, "", "quota: 1k"),
             "warning: the simulation starts in period 3, and no territory says what it booked"));
  CHECK(messages(year(third, "", "quota: 1k, actual: [298k, 0]")).empty());
  CHECK(says(year(third, "", "quota: 1k, actual: [298k]"),
             "'actual' has 1 entry, and 2 periods are over on day one, 2027-07-05"));
  CHECK(says(year("weeks: 13, periods: 3", "", "quota: 1k, actual: [298k]"),
             "'actual' is of periods that are over, and none is on day one, 2027-01-04"));
}

TEST_CASE("what is booked is that of the current period", "[unit][scenario]") {
  const auto without = [](const std::string& as_of) {
    return year("weeks: 13, periods: 2, as_of: " + as_of, "", "quota: 1k, actual: [1k]");
  };
  CHECK(messages(without("2027-04-05")).empty());
  CHECK(
      says(without("2027-04-12"),
           "the simulation starts 7 days into period 2, and no territory says what it has booked"));
}

TEST_CASE("conditions on the period hold in one that there is", "[unit][scenario]") {
  const auto with_rule = [](const std::string& calendar, const std::string& when) {
    return year(calendar, "rules: [{name: a, when: {" + when + "}, then: {leads: x2}}]\n",
                "quota: [1k, none], actual: [1k], booked: 0");
  };
  const std::string second = "weeks: 13, periods: 2, as_of: 2027-04-12";
  CHECK(messages(with_rule(second, "period: 2")).empty());
  CHECK(messages(with_rule(second, "period: 1 to 2, week: 2")).empty());
  CHECK(says(with_rule(second, "period: 3"), "which is never so: there are 2 periods"));
  CHECK(says(with_rule(second, "period: 1"), "its weeks are over on day one, 2027-04-12"));
  CHECK(says(with_rule(second, "week: 1"), "its weeks are over on day one, 2027-04-12"));
  CHECK(says(with_rule(second, "week: 14"), "the period has 13 weeks"));
  CHECK(says(with_rule(second, "wins: \"> 3\""), "'wins' counts from day one, 2027-04-12"));
}

TEST_CASE("weeks of earlier periods come again", "[unit][scenario]") {
  const std::string rule = "rules: [{name: a, when: {week: 1}, then: {leads: x2}}]\n";
  CHECK(messages(year("weeks: 13, periods: 2, as_of: 2027-01-11", rule, "quota: 1k, booked: 0"))
            .empty());
}

TEST_CASE("counts are whole where a period is simulated from its start", "[unit][scenario]") {
  const auto with_rule = [](const std::string& as_of, const std::string& when) {
    return year("weeks: 13, periods: 2, as_of: " + as_of,
                "rules: [{name: a, when: {" + when + "}, then: {leads: x2}}]\n", "quota: 1k");
  };
  CHECK_FALSE(says(with_rule("2027-04-05", "wins: \"> 3\""), "'wins' counts from day one"));
  CHECK(says(with_rule("2027-01-11", "wins: \"> 3\""), "'wins' counts from day one"));
  CHECK_FALSE(says(with_rule("2027-01-11", "period: 2, wins: \"> 3\""), "'wins' counts from"));
}

TEST_CASE("a rule on attainment needs a quota wherever it holds", "[unit][scenario]") {
  const auto with_rule = [](const std::string& when) {
    return year("weeks: 13, periods: 2",
                "rules: [{name: a, when: {" + when + "}, then: {leads: x2}}]\n",
                "quota: [1k, none]");
  };
  CHECK(says(with_rule("attainment: \"> 90%\""),
             "'attainment' needs a quota in every period in which the rule holds, and there is "
             "none in 'Ohio'"));
  CHECK(
      says(with_rule("coverage: \"> 3\", period: 2"), "'coverage' needs a quota in every period"));
  CHECK(messages(with_rule("attainment: \"> 90%\", period: 1")).empty());
}

TEST_CASE("closed weeks are those from the start of all periods", "[unit][scenario]") {
  const auto closed = [](const std::string& calendar, const std::string& dates) {
    return read(year(calendar, "seasonality: {closed: [" + dates + "]}\n", "quota: 1k"))
        .closed_weeks;
  };
  std::vector<bool> expected(15);
  expected[14] = true;
  // 12 April is in the second week of the second period.
  CHECK(closed("weeks: 13, periods: 2", "2027-04-12") == expected);
  // 31 March ends the last week, of three days; 1 April begins the next period.
  expected.assign(13, false);
  expected[12] = true;
  CHECK(closed("end: 2027-03-31, step: day, periods: 2", "2027-03-31") == expected);
  expected.assign(14, false);
  expected[13] = true;
  CHECK(closed("end: 2027-03-31, step: day, periods: 2", "2027-04-07") == expected);
  CHECK(says(year("weeks: 13, periods: 2", "seasonality: {closed: [2027-07-05]}\n", "quota: 1k"),
             "2027-07-05 is not in the 2 periods, which are from 2027-01-04 to 2027-07-04"));
}

TEST_CASE("deals are due until the last period ends", "[unit][scenario]") {
  const auto due = [](const std::string& date) {
    return year("weeks: 13, periods: 2", "",
                "quota: 1k, open: [{deal: Acme, amount: 60k, due: " + date + ", chance: 80%}]");
  };
  CHECK(messages(due("2027-07-04")).empty());
  CHECK(says(due("2027-07-05"), "after the last day of the last period, 2027-07-04"));
}

TEST_CASE("a forecast is late if it was called after the period that it is of",
          "[unit][scenario]") {
  const auto called = [](const std::string& date) {
    return year("weeks: 13, periods: 2", "",
                "quota: 1k, forecast: {amount: 1k, called: " + date + "}");
  };
  CHECK(messages(called("2027-04-04")).empty());
  CHECK(says(called("2027-04-05"), "after 2027-04-04, the last day of the period"));
}

TEST_CASE("deals of all periods have to fit", "[unit][scenario]") {
  const auto with_leads = [](const std::string& rate) {
    return "attain: 1\ncalendar: {start: 2027-01-04, weeks: 10, periods: 5}\n"
           "funnels: {field: {stages: [{name: order, advance: 60%, weeks: 2}], amount: 4k}}\n"
           "territories: [{name: Ohio, funnel: field, quota: 1k, leads_per_week: " +
           rate + "}]\n";
  };
  // 1.2 x 50 weeks x 516 leads = 30,960, and 1,000 are room for chance.
  CHECK(messages(with_leads("516")).empty());
  CHECK(says(with_leads("517"), "'Ohio' simulates about 25850 deals in the periods"));
}

TEST_CASE("tables have quotas and bookings by period", "[unit][scenario]") {
  const Scenario scenario = test::sound_scenario(
      {{"scenario.yaml",
        "attain: 1\ncalendar: {start: 2027-01-04, weeks: 13, periods: 3, as_of: 2027-07-05}\n"
        "funnels: {field: {stages: [{name: order, advance: 60%, weeks: 2}], amount: 4k}}\n"
        "defaults: {funnel: field, leads_per_week: 3}\nterritories: {from: territories.csv}\n"},
       {"territories.csv", "name,quota,actual\nOhio,280k|none|300k,298k|0\nUtah,90k,80k|85k\n"}});
  CHECK(scenario.territories[0].quotas == Quotas{thousands(280), std::nullopt, thousands(300)});
  CHECK(scenario.territories[0].actual == std::vector<Money>{thousands(298), Money{}});
  CHECK(scenario.territories[1].quotas == Quotas(3, thousands(90)));
}

TEST_CASE("several periods are resolved to the same scenario", "[unit][scenario]") {
  const std::string text =
      year("weeks: 13, periods: 3, as_of: 2027-04-12", "company: {quota: [none, 2M, 3M]}\n",
           "quota: [1k, none, 3k], actual: [5k], booked: 2k, open: [{renewals: 3, amount: 6k, due: "
           "spread, chance: 50%}, {deal: Acme, amount: 6k, due: 2027-07-06, chance: 50%}]");
  const std::string resolved = resolved_scenario({"s.yaml", text}, {});
  INFO(resolved);
  Scenario again = read(resolved);
  Scenario once = read(text);
  again.name = once.name;
  CHECK(test::described(again) == test::described(once));
  for (const char* const meaning :
       {"to 2027-04-04", "to 2027-10-03", "in period 2; 25 weeks to go",
        "each on a random day of the rest of period 2", "decided in week 1 of 13 of period 3"})
    CHECK(resolved.find(meaning) != std::string::npos);
}

}  // namespace
}  // namespace attain
