// Where the quarter stands, deals with dates, quotas in their forms and history, as they are read.

#include "reading.hpp"

#include <chrono>

namespace attain {
namespace {

using test::read;

std::chrono::sys_days day(int year, unsigned month, unsigned of_month) {
  return std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(of_month);
}

/// A scenario with this calendar, other keys at the top (whole lines) and keys of the territory.
std::string quarter(const std::string& calendar, const std::string& top,
                    const std::string& territory) {
  return "attain: 1\ncalendar: {start: 2027-01-04, " + calendar + "}\n" + top +
         "funnels: {field: {stages: [{name: meeting, advance: 50%, weeks: 2, activity: call}, "
         "{name: proposal, advance: 60%, weeks: 3}], amount: 40k}}\n"
         "territories:\n  - {name: Ohio, funnel: field, leads_per_week: 3, booked: 0, " +
         territory + "}\n";
}

Calendar calendar(const std::string& keys) { return read(quarter(keys, "", "quota: 1k")).calendar; }

Territory territory(const std::string& keys) {
  return read(quarter("weeks: 13", "", keys)).territories[0];
}

std::size_t notes(const std::string& text) {
  const ReadResult result = read_scenario({"s.yaml", text});
  REQUIRE(result.scenario.has_value());
  std::size_t count = 0;
  for (const Diagnostic& each : result.diagnostics)
    count += each.severity == Severity::note ? 1 : 0;
  return count;
}

TEST_CASE("a period ends on its last day", "[unit][scenario]") {
  // 4 January to 4 April is 28 + 28 + 31 + 4 = 91 days, 13 weeks to the day.
  const Calendar whole = calendar("end: 2027-04-04");
  CHECK(whole.period_steps == 13);
  CHECK(whole.last_day() == day(2027, 4, 4));
  CHECK(notes(quarter("end: 2027-04-04", "", "quota: 1k")) == 0);
  // To 31 March it is 87 days: 12 weeks and 3 days.
  const Calendar rounded = calendar("end: 2027-03-31");
  CHECK(rounded.period_steps == 12);
  CHECK(rounded.last_day() == day(2027, 3, 28));
  CHECK(notes(quarter("end: 2027-03-31", "", "quota: 1k")) == 1);
  CHECK(calendar("end: 2027-04-01").period_steps == 13);  // 88 days: 12 weeks and 4 days.
  CHECK(calendar("end: 2027-01-04").period_steps == 1);   // A day is rounded to a week.
  CHECK(calendar("end: 2028-12-31").period_steps == 104);
  const Calendar exact = calendar("end: 2027-03-31, step: day");
  CHECK(exact.period_steps == 87);
  CHECK(exact.last_day() == day(2027, 3, 31));
  CHECK(exact.period_weeks() == 13);
  CHECK(notes(quarter("end: 2027-03-31, step: day", "", "quota: 1k")) == 0);
  CHECK(calendar("weeks: 2, step: day").period_steps == 14);
}

TEST_CASE("a simulation starts on the day that 'as_of' says, or with its week",
          "[unit][scenario]") {
  // 15 February is a Monday, 42 days or 6 weeks after the start.
  const Calendar monday = calendar("weeks: 13, as_of: 2027-02-15");
  CHECK(monday.steps_done == 6);
  CHECK(monday.day_one() == day(2027, 2, 15));
  CHECK(notes(quarter("weeks: 13, as_of: 2027-02-15", "", "quota: 1k")) == 0);
  const Calendar sunday = calendar("weeks: 13, as_of: 2027-02-21");
  CHECK(sunday.steps_done == 6);
  CHECK(notes(quarter("weeks: 13, as_of: 2027-02-21", "", "quota: 1k")) == 1);
  const Calendar days = calendar("weeks: 13, as_of: 2027-02-21, step: day");
  CHECK(days.steps_done == 48);
  CHECK(days.day_one() == day(2027, 2, 21));
  CHECK(days.steps() == 43);
  CHECK(notes(quarter("weeks: 13, as_of: 2027-02-21, step: day", "", "quota: 1k")) == 0);
  CHECK(calendar("weeks: 13, as_of: 2027-01-04").steps_done == 0);
  CHECK(calendar("weeks: 13, as_of: 2027-04-04").steps_done == 12);
}

TEST_CASE("who says what is booked is not reminded of it", "[unit][scenario]") {
  const std::string first_week =
      quarter("weeks: 13, as_of: 2027-01-10, step: day", "", "quota: 1k");
  const std::string second_week = quarter("weeks: 13, as_of: 2027-01-11", "", "quota: 1k");
  const auto without = [](std::string text) {
    const std::string booked = "booked: 0, ";
    return test::messages(text.erase(text.find(booked), booked.size()));
  };
  CHECK(test::messages(second_week).empty());
  CHECK(without(second_week).find("no territory says what it has booked") != std::string::npos);
  CHECK(without(first_week).empty());
}

TEST_CASE("quotas and forecasts are read in all their forms", "[unit][scenario]") {
  CHECK(territory("quota: 280k").quota == Money{28'000'000});
  CHECK_FALSE(territory("quota: 280k").relief.has_value());
  CHECK_FALSE(territory("quota: none").quota.has_value());
  CHECK(territory("quota: {amount: 330k}").quota == Money{33'000'000});
  const Territory relieved = territory("quota: {amount: 330k, relief: 15%, why: leave from March}");
  CHECK(relieved.quota == Money{28'050'000});  // 330,000 less 49,500.
  REQUIRE(relieved.relief.has_value());
  CHECK(relieved.relief->before == Money{33'000'000});
  CHECK(relieved.relief->share == 0.15);
  CHECK(relieved.relief->why == "leave from March");
  CHECK(relieved.quota_before_relief() == Money{33'000'000});
  // A third of 100.00 off leaves 66.666..., in whole cents 66.67.
  CHECK(territory("quota: {amount: 100, relief: 33.33333333%, why: leave}").quota == Money{6'667});
  CHECK(territory("quota: {amount: 330k, relief: 0, why: none yet}").quota == Money{33'000'000});
  CHECK(territory("quota: [280k]").quota == Money{28'000'000});
  CHECK_FALSE(territory("quota: [none]").quota.has_value());
  const Territory called = territory("quota: 1k, forecast: {amount: 270k, called: 2027-01-05}");
  CHECK(called.forecast == Money{27'000'000});
  CHECK(called.forecast_called == day(2027, 1, 5));
  CHECK_FALSE(territory("quota: 1k, forecast: 270k").forecast_called.has_value());
}

TEST_CASE("defaults, company and regions have the same forms", "[unit][scenario]") {
  const Scenario scenario = read(quarter(
      "weeks: 13",
      "company: {quota: 560k, forecast: 570k}\n"
      "groups: {region: {East: {quota: [580k]}}}\n"
      "defaults: {quota: {amount: 200k, relief: 50%, why: new}, forecast: {amount: 90k, called: "
      "2027-01-04}}\n",
      "region: East"));
  CHECK(scenario.company.quota == Money{56'000'000});
  CHECK(scenario.company.forecast == Money{57'000'000});
  CHECK(scenario.region_targets.at("East").quota == Money{58'000'000});
  const Territory& ohio = scenario.territories[0];
  CHECK(ohio.quota == Money{10'000'000});
  CHECK(ohio.relief.value().why == "new");
  CHECK(ohio.forecast == Money{9'000'000});
  CHECK(ohio.forecast_called == day(2027, 1, 4));
}

TEST_CASE("what is booked, and who owns what, is kept", "[unit][scenario]") {
  const Territory ohio = read(R"(
attain: 1
calendar: {start: 2027-01-04}
funnels:
  field: {stages: [{name: lead, advance: 50%, weeks: 2, owner: marketing}, {name: order, advance: 60%, weeks: 3}], amount: 40k}
territories:
  - name: Ohio
    quota: 300k
    booked: 20.5k
    owner: Seat 4
    note: new since March
    stages: {order: {owner: legal}}
    streams:
      - {name: new, funnel: field, leads_per_week: 4}
      - {name: own, funnel: field, leads_per_week: 1, source: own}
      - {name: partner, funnel: field, leads_per_week: 1, source: own, owner: partners}
)")
                             .territories[0];
  CHECK(ohio.booked == Money{2'050'000});
  CHECK(ohio.owner == "Seat 4");
  CHECK(ohio.note == "new since March");
  CHECK(ohio.streams[0].owner == "marketing");
  CHECK(ohio.streams[1].owner == "own");
  CHECK(ohio.streams[2].owner == "partners");
  CHECK(ohio.streams[0].funnel.stages[0].owner == "marketing");
  CHECK(ohio.streams[2].funnel.stages[1].owner == "legal");
  const Territory plain = territory("quota: 1k");
  CHECK(plain.booked == Money{0});
  CHECK(plain.owner.empty());
  CHECK(plain.streams[0].owner == "marketing");
  CHECK(plain.streams[0].funnel.stages[0].owner == "sales");
  CHECK(territory("quota: 1k, source: own").streams[0].owner == "own");
}

TEST_CASE("the day that a deal entered its stage is its age on day one", "[unit][scenario]") {
  const auto age = [](const std::string& calendar, const std::string& entered) {
    return read(
               quarter(calendar, "",
                       "quota: 1k, open: [{deal: Acme, stage: meeting, entered: " + entered + "}]"))
        .territories[0]
        .open.at(0)
        .weeks_in_stage;
  };
  CHECK(age("weeks: 13", "2026-12-21") == 2.0);
  CHECK(age("weeks: 13", "2026-12-14") == 3.0);
  CHECK(age("weeks: 13", "2027-01-03") == 1.0 / 7);
  CHECK(age("weeks: 13", "2027-01-04") == 0.0);
  CHECK(age("weeks: 13, as_of: 2027-02-15", "2027-02-08") == 1.0);
  // Taken back to 15 February; what came since then is new.
  CHECK(age("weeks: 13, as_of: 2027-02-17", "2027-02-08") == 1.0);
  CHECK(age("weeks: 13, as_of: 2027-02-17", "2027-02-16") == 0.0);
  CHECK(age("weeks: 13, as_of: 2027-02-17, step: day", "2027-02-16") == 1.0 / 7);
}

TEST_CASE("deals with a date have their own chance, or that of their category",
          "[unit][scenario]") {
  const Scenario scenario = read(
      quarter("weeks: 13", "categories: {commit: 85%, best case: 0.45}\n", R"(quota: 1k, open: [
        {deal: Acme, amount: 60k, due: 2027-03-15, chance: 80%, slip: {chance: 25%, weeks: {mean: 4}}},
        {deal: Bolt, amount: 1234.56, due: 2027-03-16, category: commit, account: Bolt Inc., owner: Seat 4, note: legal review},
        {deal: Core, amount: {mean: 6k}, due: 2027-03-17, category: best case, chance: 10%},
        {renewals: 14, amount: {mean: 6k, cv: 40%}, due: spread, category: best case},
        {renewals: 3, amount: {fixed: 5k}, due: 2027-02-01, chance: 1, slip: {chance: 0.5, weeks: {fixed: 2}}},
        {renewals: 0, amount: 5k, due: spread, chance: 90%}])"));
  REQUIRE(scenario.categories.size() == 2);
  CHECK(scenario.categories[0].name == "commit");
  CHECK(scenario.categories[0].chance == 0.85);
  CHECK(scenario.categories[1].name == "best case");
  const std::vector<OpenDeals>& open = scenario.territories[0].open;
  REQUIRE(open.size() == 5);
  CHECK(open[0].deal == "Acme");
  CHECK(open[0].count == 1);
  CHECK(open[0].amount == Money{6'000'000});
  REQUIRE(open[0].due.has_value());
  CHECK(open[0].due->date == day(2027, 3, 15));
  CHECK(open[0].due->chance == 0.8);
  CHECK(open[0].due->slip_chance == 0.25);
  CHECK(open[0].due->slip_weeks == Distribution::exponential(4));
  CHECK(open[1].amount == Money{123'456});
  CHECK(open[1].due->chance == 0.85);
  CHECK(open[1].due->slip_chance == 0);
  CHECK(open[1].labels.category == "commit");
  CHECK(open[1].labels.account == "Bolt Inc.");
  CHECK(open[1].labels.owner == "Seat 4");
  CHECK(open[1].labels.note == "legal review");
  CHECK(open[2].amount == Money{600'000});
  CHECK(open[2].due->chance == 0.1);
  CHECK(open[2].labels.category == "best case");
  CHECK_FALSE(open[3].named());
  CHECK(open[3].count == 14);
  CHECK_FALSE(open[3].amount.has_value());
  CHECK(open[3].due->amount == Distribution::lognormal(6000, 0.4));
  CHECK_FALSE(open[3].due->date.has_value());
  CHECK(open[3].due->chance == 0.45);
  CHECK(open[4].count == 3);
  CHECK(open[4].amount == Money{500'000});
  CHECK(open[4].due->date == day(2027, 2, 1));
  CHECK(open[4].due->slip_weeks == Distribution::fixed(2));
}

TEST_CASE("dates outside of the period are kept", "[unit][scenario]") {
  const ReadResult result =
      read_scenario({"s.yaml", quarter("weeks: 13, as_of: 2027-02-15", "", R"(quota: 1k, open: [
        {deal: Acme, amount: 60k, due: 2027-02-14, chance: 80%},
        {deal: Bolt, amount: 60k, due: 2027-04-05, chance: 80%},
        {deal: Core, amount: 60k, due: 2027-02-15, chance: 80%},
        {deal: Dime, amount: 60k, due: 2027-04-04, chance: 80%}])")});
  CHECK(result.warnings == 2);
  REQUIRE(result.scenario.has_value());
  const std::vector<OpenDeals>& open = result.scenario->territories[0].open;
  REQUIRE(open.size() == 4);
  CHECK(open[0].due->date == day(2027, 2, 14));
  CHECK(open[1].due->date == day(2027, 4, 5));
}

TEST_CASE("labels of deals in a stage are kept", "[unit][scenario]") {
  const std::vector<OpenDeals> open =
      territory(
          "quota: 1k, open: [{deal: Acme, stage: proposal, category: commit, account: Acme Inc., "
          "owner: Seat 4, note: \"legal: review\", amount: {fixed: 9k}}, {stage: meeting, count: "
          "2}]")
          .open;
  REQUIRE(open.size() == 2);
  CHECK(open[0].labels.category == "commit");
  CHECK(open[0].labels.account == "Acme Inc.");
  CHECK(open[0].labels.owner == "Seat 4");
  CHECK(open[0].labels.note == "legal: review");
  CHECK(open[0].amount == Money{900'000});
  CHECK_FALSE(open[0].due.has_value());
  CHECK(open[1].labels.category.empty());
}

TEST_CASE("history is read row by row, or in short", "[unit][scenario]") {
  const std::vector<HistoryRow> rows =
      read(quarter("weeks: 13",
                   "history:\n"
                   "  - {period: 2026-Q3, territory: Ohio, bookings: 0, leads: 40, wins: 6, call: "
                   "96.5, proposal.left: 20, proposal.advanced: 12}\n"
                   "  - {period: 2026-Q4, territory: Ohio, bookings: 298k, quota: 300k, forecast: "
                   "310k, visit: 3}\n"
                   "  - {territory: Ohio}\n",
                   "quota: 1k, stages: {meeting: {activity: visit}}"))
          .history;
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].period == "2026-Q3");
  CHECK(rows[0].territory == "Ohio");
  CHECK(rows[0].bookings == Money{0});
  CHECK_FALSE(rows[0].quota.has_value());
  CHECK(rows[0].counts == std::map<std::string, double>{{"leads", 40},
                                                        {"wins", 6},
                                                        {"call", 96.5},
                                                        {"proposal.left", 20},
                                                        {"proposal.advanced", 12}});
  CHECK(rows[1].bookings == Money{29'800'000});
  CHECK(rows[1].quota == Money{30'000'000});
  CHECK(rows[1].forecast == Money{31'000'000});
  CHECK(rows[1].counts == std::map<std::string, double>{{"visit", 3}});
  CHECK_FALSE(rows[2].bookings.has_value());
  const std::vector<HistoryRow> in_short =
      read(quarter("weeks: 13", "history: {Ohio: [610k, 580k, 0]}\n", "quota: 1k")).history;
  REQUIRE(in_short.size() == 3);
  CHECK(in_short[0].territory == "Ohio");
  CHECK(in_short[0].period.empty());
  CHECK(in_short[0].bookings == Money{61'000'000});
  CHECK(in_short[1].bookings == Money{58'000'000});
  CHECK(in_short[2].bookings == Money{0});
}

// open + 1.2 x leads + 1000 <= 32,000, and all deals won at most 5e12.
TEST_CASE("dated deals and bookings count towards the limits", "[unit][scenario]") {
  const auto is_read = [](const std::string& keys) {
    return read_scenario({"s.yaml",
                          "attain: 1\ncalendar: {start: 2027-01-04}\n"
                          "funnels: {field: {stages: [{name: order, advance: 60%, weeks: "
                          "2}], amount: 40k}}\nterritories: [{name: Ohio, funnel: field, "
                          "quota: 1k, " +
                              keys + "}]\n"})
        .scenario.has_value();
  };
  const std::string due = "amount: 1, due: spread, chance: 50%}";
  CHECK(is_read("open: [{renewals: 20k, " + due + ", {renewals: 11000, " + due + "]"));
  CHECK_FALSE(is_read("open: [{renewals: 20k, " + due + ", {renewals: 11001, " + due + "]"));
  CHECK(is_read("booked: 1e12, open: [{renewals: 4, amount: 1e12, due: spread, chance: 50%}]"));
  CHECK_FALSE(is_read("booked: 1, open: [{renewals: 5, amount: 1e12, due: spread, chance: 50%}]"));
}

TEST_CASE("deals with dates alone need no funnel", "[unit][scenario]") {
  const ReadResult result = read_scenario(
      {"s.yaml",
       "attain: 1\ncalendar: {start: 2027-01-04}\ndefaults: {quota: 100k}\nterritories:\n"
       "  - {name: Ohio, open: [{deal: Acme, due: 2027-02-01, amount: 60k, chance: 80%}]}\n"
       "  - {name: Texas, open: [{renewals: 4, due: spread, amount: 6k, chance: 90%}]}\n"});
  INFO(messages_of(result));
  REQUIRE(result.scenario.has_value());
  CHECK(result.diagnostics.empty());
  CHECK(result.scenario->territories[0].streams.empty());
  CHECK(result.scenario->territories[0].open.at(0).amount->units() == 60'000);
  CHECK(result.scenario->territories[1].open.at(0).count == 4);
}

TEST_CASE("50,000 open deals of 1,000 territories are read quickly", "[unit][scenario]") {
  std::string text =
      "attain: 1\ncalendar: {start: 2027-01-04}\ncategories: {commit: 85%}\n"
      "funnels: {field: {stages: [{name: meeting, advance: 50%, weeks: 2}], amount: 40k}}\n"
      "defaults: {funnel: field, quota: 300k, leads_per_week: 3}\nterritories:\n";
  for (int i = 0; i < 1000; ++i) {
    text += "  - name: T" + std::to_string(i) + "\n    open:\n";
    for (int j = 0; j < 25; ++j) {
      const std::string number = std::to_string(j);
      text += "      - {deal: A" + number + ", stage: meeting, amount: 90k, entered: 2026-12-14, " +
              "category: commit, owner: Seat 4}\n" + "      - {deal: B" + number +
              ", due: 2027-03-15, amount: 90k, category: commit, slip: {chance: 25%, weeks: 4}}\n";
    }
  }
  const auto start = std::chrono::steady_clock::now();
  const ReadResult result = read_scenario({"s.yaml", text});
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  REQUIRE(result.scenario.has_value());
  CHECK(result.scenario->territories[999].open.size() == 50);
  // About 0.8 s in a release, nearly all of it in the YAML parser; a table of them takes 0.13 s.
  // The bound leaves room for sanitizers and busy machines, and fails for anything quadratic.
  CHECK(seconds.count() < 10);
}

}  // namespace
}  // namespace attain
