// Rules, seasonality, ramps and working hours, as they are read.

#include "several_files.hpp"

#include <scenario/read_capacity.hpp>

#include <chrono>
#include <limits>

namespace attain {
namespace {

using test::read;
constexpr double infinite = std::numeric_limits<double>::infinity();

std::chrono::sys_days day(int year, unsigned month, unsigned of_month) {
  return std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(of_month);
}

/// Ohio, Texas and House with the streams new (meeting, proposal) and order (signature).
std::string organisation(const std::string& rest, const std::string& calendar = "weeks: 13",
                         const std::string& defaults = "quota: 300k",
                         const std::string& ohio = "") {
  return "attain: 1\ncalendar: {start: 2027-01-04, " + calendar +
         "}\n"
         "funnels:\n"
         "  field: {stages: [{name: meeting, advance: 50%, weeks: 2, activity: visit, hours: 1.5h},"
         " {name: proposal, advance: 60%, weeks: 3}], amount: 40k}\n"
         "  order: {stages: [{name: signature, advance: 100%, weeks: 1}], amount: 3k}\n"
         "defaults: {" +
         defaults +
         "}\n"
         "territories:\n"
         "  - name: Ohio\n    region: [Americas, East]\n    segment: government\n"
         "    attributes: {tier: gold, team: red}\n    booked: 0\n    funnel: field\n"
         "    leads_per_week: 3\n" +
         (ohio.empty() ? "" : "    " + ohio + "\n") +
         "  - name: Texas\n    region: [Americas, South]\n    segment: defence\n"
         "    attributes: {tier: gold}\n"
         "    streams: [{name: new, funnel: field, leads_per_week: 3},"
         " {name: order, funnel: order, leads_per_week: 2, source: own}]\n"
         "  - {name: House, funnel: order, leads_per_week: 9, attributes: {tier: house}}\n" +
         rest;
}

Rule rule(const std::string& keys, const std::string& calendar = "weeks: 13") {
  const Scenario scenario = read(organisation("rules: [{" + keys + "}]\n", calendar));
  REQUIRE(scenario.rules.size() == 1);
  return scenario.rules[0];
}

Effect effect(const std::string& text) {
  const Rule read_rule = rule("then: {" + text + "}");
  REQUIRE(read_rule.then.size() == 1);
  return read_rule.then[0];
}

Condition condition(const std::string& text) {
  const Rule read_rule = rule("where: {territory: Texas}, when: {" + text + "}, then: {leads: x2}");
  REQUIRE(read_rule.when.size() == 1);
  return read_rule.when[0];
}

/// "0:0,1 1:0": the territories that a rule acts in, and their streams.
std::string selection(const std::string& where) {
  std::string text;
  for (const Selected& each : rule("where: {" + where + "}, then: {leads: x2}").where) {
    text += (text.empty() ? "" : " ") + std::to_string(each.territory) + ':';
    for (std::size_t i = 0; i < each.streams.size(); ++i)
      text += (i == 0 ? "" : ",") + std::to_string(each.streams[i]);
    if (each.whole) text += '*';
  }
  return text;
}

TEST_CASE("where selects territories that fit all of its keys", "[unit][scenario][rules]") {
  CHECK(selection("") == "0:0* 1:0,1* 2:0*");
  CHECK(selection("territory: Texas") == "1:0,1*");
  CHECK(selection("territory: [House, Ohio]") == "0:0* 2:0*");
  CHECK(selection("region: Americas") == "0:0* 1:0,1*");
  CHECK(selection("region: South") == "1:0,1*");
  CHECK(selection("segment: [government, defence]") == "0:0* 1:0,1*");
  CHECK(selection("tier: gold") == "0:0* 1:0,1*");
  CHECK(selection("tier: gold, team: red") == "0:0*");
  CHECK(selection("tier: [gold, house], region: [South, East], segment: defence") == "1:0,1*");
}

TEST_CASE("where selects streams within territories", "[unit][scenario][rules]") {
  CHECK(selection("stream: new") == "1:0");
  CHECK(selection("stream: [new, order]") == "1:0,1 2:0");
  CHECK(selection("funnel: field") == "0:0 1:0");
  CHECK(selection("source: own") == "1:1");
  CHECK(selection("source: marketing, tier: gold") == "0:0 1:0");
  CHECK(selection("funnel: order, source: marketing") == "2:0");
}

TEST_CASE("factors are read in each form", "[unit][scenario][rules]") {
  CHECK(effect("leads: x1.3").factor == 1.3);
  CHECK(effect("leads: x 1.3").factor == 1.3);
  CHECK(effect("leads: x0").factor == 0);
  CHECK(effect("leads: x100").factor == 100);
  CHECK(effect("leads: ×1.3").factor == 1.3);
  CHECK(effect("amount: +10%").factor == Approx(1.1).epsilon(1e-15));
  CHECK(effect("amount: -20%").factor == Approx(0.8).epsilon(1e-15));
  CHECK(effect("amount: -100%").factor == 0);
  CHECK(effect("leads: x1").on == KnobOf{Knob::leads, {}});
  CHECK(effect("amount: x1").on == KnobOf{Knob::amount, {}});
  CHECK(effect("speed: x2").on == KnobOf{Knob::speed, {}});
  CHECK(effect("speed.proposal: x2").on == KnobOf{Knob::speed, "proposal"});
}

TEST_CASE("advance takes odds, or the share of a stage", "[unit][scenario][rules]") {
  const Effect odds = effect("advance: odds x1.4");
  CHECK(odds.on == KnobOf{Knob::advance, {}});
  CHECK(odds.factor == 1.4);
  CHECK_FALSE(odds.to.has_value());
  CHECK(effect("advance.proposal: odds -10%").factor == Approx(0.9).epsilon(1e-15));
  const Effect to = effect("advance.proposal: to 78%");
  CHECK(to.on == KnobOf{Knob::advance, "proposal"});
  CHECK(to.factor == 1);
  CHECK(to.to == 0.78);
  CHECK(effect("advance.meeting: to 0").to == 0.0);
}

TEST_CASE("effects stand in the order of knobs and stages", "[unit][scenario][rules]") {
  const Rule sorted = rule("then: {amount: x2, speed.proposal: x3, leads: x4, speed.meeting: x5}");
  REQUIRE(sorted.then.size() == 4);
  CHECK(sorted.then[0].factor == 4);
  CHECK(sorted.then[1].factor == 5);
  CHECK(sorted.then[2].factor == 3);
  CHECK(sorted.then[3].factor == 2);
}

void check_bounds(const std::string& text, StateVariable variable, double low, bool low_included,
                  double high, bool high_included) {
  INFO(text);
  const Condition read_condition = condition(text);
  CHECK(read_condition.variable == variable);
  CHECK(read_condition.low == low);
  CHECK(read_condition.high == high);
  // Whether an infinite bound belongs to the range is seen only where infinity can come up.
  CHECK(read_condition.low_included == low_included);
  CHECK(read_condition.high_included == high_included);
}

TEST_CASE("conditions are read in each form", "[unit][scenario][rules]") {
  using enum StateVariable;
  check_bounds("week: 5 to 8", week, 5, true, 8, true);
  check_bounds("week: 3", week, 3, true, 3, true);
  check_bounds("weeks_left: '<= 2'", weeks_left, -infinite, true, 2, true);
  check_bounds("weeks_left: 1", weeks_left, 1, true, 1, true);
  check_bounds("period: 1", period, 1, true, 1, true);
  check_bounds("attainment: '> 80%'", attainment, 0.8, false, infinite, true);
  check_bounds("attainment: 0.8 to 100%", attainment, 0.8, true, 1, true);
  check_bounds("pace: '<80%'", pace, -infinite, true, 0.8, false);
  check_bounds("booked: '>= 1.2M'", booked, 1'200'000, true, infinite, true);
  check_bounds("wins: '= 3'", wins, 3, true, 3, true);
  check_bounds("leads: '>= 10'", leads, 10, true, infinite, true);
  check_bounds("activities: '< 20'", activities, -infinite, true, 20, false);
  check_bounds("open_deals: 5 to 5", open_deals, 5, true, 5, true);
  check_bounds("pipeline: 200k to 300k", pipeline, 200'000, true, 300'000, true);
  check_bounds("coverage: '< 3x'", coverage, -infinite, true, 3, false);
  check_bounds("coverage: '≥ 2.5'", coverage, 2.5, true, infinite, true);
  CHECK(condition("activities: '< 20'").activity.empty());
  CHECK(condition("activities.visit: '< 20'").activity == "visit");
  CHECK(condition("activities.visit: '< 20'").variable == activities);
}

TEST_CASE("the chance of a rule is one draw, or one per territory", "[unit][scenario][rules]") {
  CHECK(rule("then: {leads: x2}").chance == 1);
  CHECK(rule("chance: 30%, then: {leads: x2}").chance == 0.3);
  CHECK_FALSE(rule("chance: {share: 0}, then: {leads: x2}").chance_per_territory);
  const Rule own = rule("chance: {share: 30%, per: territory}, then: {leads: x2}");
  CHECK(own.chance == 0.3);
  CHECK(own.chance_per_territory);
}

TEST_CASE("a rule without a name is called after what it says", "[unit][scenario][rules]") {
  CHECK(rule("name: push, then: {leads: x2}").name == "push");
  const std::string name =
      rule(
          "then: {speed: x2, leads: x0.5}, when: {week: 5 to 8}, where: {tier: [gold, house]}, "
          "chance: 30%")
          .name;
  CHECK(name == "leads x0.5, speed x2 where tier gold/house when week 5 to 8 chance 30%");
  CHECK(rule("chance: 30%, where: {tier: [gold, house]}, when: {week: 5 to 8}, then: {leads: x0.5, "
             "speed: x2}")
            .name == name);
  // A long one is cut, and still differs from its neighbours.
  const std::string conditions =
      "when: {week: 2 to 9, attainment: '< 90%', open_deals: '> 10', wins: ";
  const std::string three =
      rule("where: {territory: Ohio}, " + conditions + "'= 3'}, then: {leads: x2}").name;
  const std::string four =
      rule("where: {territory: Ohio}, " + conditions + "'= 4'}, then: {leads: x2}").name;
  CHECK(three.size() <= 80);
  CHECK(three.starts_with("leads x2 where territory Ohio when attainment < 90%"));
  CHECK(three != four);
}

TEST_CASE("weeks of a rule that has begun are no warning", "[unit][scenario][rules]") {
  const auto said = [](const std::string& when) {
    return test::messages(organisation("rules: [{when: {" + when + "}, then: {leads: x2}}]\n",
                                       "weeks: 13, as_of: 2027-02-15"));
  };
  CHECK(said("week: 1 to 7").find("the rule does nothing") ==
        std::string::npos);  // 15 February begins week 7.
  CHECK(said("week: 1 to 6").find("the rule does nothing") != std::string::npos);
  CHECK(said("weeks_left: '>= 7'").find("the rule does nothing") == std::string::npos);
  CHECK(said("weeks_left: '>= 8'").find("the rule does nothing") != std::string::npos);
}

TEST_CASE("seasonality has factors by week or month", "[unit][scenario][rules]") {
  const Scenario scenario = read(
      organisation("seasonality:\n"
                   "  - {by: week, factors: [90%, 1]}\n"
                   "  - {by: month, factors: [1, 1, 1, 1, 1, 1, 0.8, 70%, 1, 1, 1, 1.5], affects: "
                   "advance.proposal}\n"));
  REQUIRE(scenario.seasons.size() == 2);
  CHECK(scenario.seasons[0].by == Season::By::week);
  CHECK(scenario.seasons[0].factors == std::vector<double>{0.9, 1});
  CHECK(scenario.seasons[0].on == KnobOf{Knob::leads, {}});
  CHECK(scenario.seasons[1].by == Season::By::month);
  CHECK(scenario.seasons[1].factors.at(7) == 0.7);
  CHECK(scenario.seasons[1].on == KnobOf{Knob::advance, "proposal"});
  CHECK(scenario.closed_weeks.empty());
}

TEST_CASE("a closed date closes the week of the period that holds it", "[unit][scenario][rules]") {
  const auto closed = [](const std::string& dates, const std::string& calendar) {
    return read(organisation("seasonality: {closed: [" + dates + "]}\n", calendar)).closed_weeks;
  };
  using Weeks = std::vector<bool>;
  CHECK(closed("2027-01-04", "weeks: 13") == Weeks{true});
  CHECK(closed("2027-01-11", "weeks: 13") == Weeks{false, true});
  CHECK(closed("2027-01-17, 2027-01-24", "weeks: 13") == Weeks{false, true, true});
  CHECK(closed("2027-01-15, 2027-01-13", "end: 2027-01-16, step: day") == Weeks{false, true});
  const Scenario scenario =
      read(organisation("seasonality: {closed: [2027-01-04], by: week, factors: [1, 2]}\n"));
  CHECK(scenario.seasons.size() == 1);
  CHECK(scenario.closed_weeks == Weeks{true});
}

Ramp ramp(const std::string& keys, const std::string& calendar = "weeks: 13") {
  const Scenario scenario = read(organisation("", calendar, "quota: 300k", "ramp: {" + keys + "}"));
  REQUIRE(scenario.territories[0].ramp.has_value());
  CHECK_FALSE(scenario.territories[1].ramp.has_value());
  return *scenario.territories[0].ramp;
}

TEST_CASE("a ramp affects hours and own leads unless it says what", "[unit][scenario][rules]") {
  const Ramp standard = ramp("start: 2026-11-02, by_month: [20%, 0.5, 80%, 1]");
  CHECK(standard.start == day(2026, 11, 2));
  CHECK(standard.by_month == std::vector<double>{0.2, 0.5, 0.8, 1});
  CHECK(standard.hours);
  CHECK(standard.own_leads);
  CHECK_FALSE(standard.all_leads);
  CHECK_FALSE(standard.advance);
  const Ramp stated = ramp("start: 2026-11-02, by_month: [20%], affects: [leads, advance]");
  CHECK_FALSE(stated.hours);
  CHECK_FALSE(stated.own_leads);
  CHECK(stated.all_leads);
  CHECK(stated.advance);
}

TEST_CASE("months in seat count back from day one", "[unit][scenario][rules]") {
  const auto start = [](const std::string& months, const std::string& calendar) {
    return ramp("months_in_seat: " + months + ", by_month: [20%]", calendar).start;
  };
  CHECK(start("0", "weeks: 13") == day(2027, 1, 4));
  CHECK(start("1", "weeks: 13") == day(2026, 12, 4));
  // A month back, and half of the 30 days from 4 November to 4 December.
  CHECK(start("1.5", "weeks: 13") == day(2026, 11, 19));
  CHECK(start("14", "weeks: 13") == day(2025, 11, 4));
  CHECK(start("2", "weeks: 13, as_of: 2027-02-15") == day(2026, 12, 15));
  // There is no 29 February in 2027; the month before has its last day instead.
  CHECK(start("1", "weeks: 13, step: day, as_of: 2027-03-29") == day(2027, 2, 28));
}

TEST_CASE("on day one the month in seat is the one that was stated", "[unit][scenario][rules]") {
  // Whole months that are over, as the calendar has them.
  const auto months_over = [](std::chrono::sys_days start, std::chrono::sys_days now) {
    const std::chrono::year_month_day from(start);
    const std::chrono::year_month_day to(now);
    const auto months = (std::chrono::year_month{to.year(), to.month()} -
                         std::chrono::year_month{from.year(), from.month()})
                            .count();
    return months - (to.day() < from.day() ? 1 : 0);
  };
  for (auto now = day(2027, 1, 1); now < day(2028, 4, 1); now += std::chrono::days(1)) {
    for (const double months : {0.0, 0.01, 0.5, 0.99, 1.0, 1.5, 1.99, 2.0, 11.99, 12.0, 25.5}) {
      INFO(now.time_since_epoch().count() << " " << months);
      CHECK(months_over(reading::start_of_months(now, months), now) == static_cast<int>(months));
    }
  }
}

TEST_CASE("hours are those of the territory, else of the defaults", "[unit][scenario][rules]") {
  const auto hours = [](const std::string& defaults, const std::string& ohio) {
    const Scenario scenario = read(organisation("", "weeks: 13", "quota: 300k, " + defaults, ohio));
    CHECK(scenario.territories[0].streams[0].funnel.stages[0].hours == 1.5);
    CHECK(scenario.territories[0].streams[0].funnel.stages[1].hours == 0);
    const std::optional<Capacity>& capacity = scenario.territories[0].capacity;
    return capacity ? capacity->selling_hours() : -1;
  };
  const std::string plain = "note: x";
  CHECK(hours("segment: a", plain) == -1);
  CHECK(hours("hours_per_week: 40h", plain) == 40);
  CHECK(hours("hours_per_week: 40, selling_share: 50%", plain) == 20);
  CHECK(hours("hours_per_week: 40, selling_share: 50%", "hours_per_week: 30 hours") == 15);
  CHECK(hours("hours_per_week: 40, other_time: {meetings: 6h, admin: 4.5}", plain) == 29.5);
  // A territory's own selling time replaces that of the defaults, in whatever form.
  CHECK(hours("hours_per_week: 40, selling_share: 50%", "other_time: {meetings: 6h}") == 34);
  CHECK(hours("hours_per_week: 40, other_time: {meetings: 6h}", "selling_share: 25%") == 10);
  CHECK(hours("hours_per_week: 40, other_time: {meetings: 6h}", "other_time: {admin: 1h}") == 39);
  CHECK(hours("hours_per_week: 40, other_time: {meetings: 6h}", "other_time: {}") == 40);
  CHECK(hours("hours_per_week: 6, other_time: {meetings: 6h}", plain) == 0);
}

TEST_CASE("a territory states the hours of a stage", "[unit][scenario][rules]") {
  const Scenario scenario =
      read(organisation("", "weeks: 13", "quota: 300k", "stages: {proposal: {hours: 2h}}"));
  CHECK(scenario.territories[0].streams[0].funnel.stages[1].hours == 2);
  CHECK(scenario.territories[1].streams[0].funnel.stages[1].hours == 0);
}

const test::TextFiles table{
    {"scenario.yaml",
     "attain: 1\ncalendar: {start: 2027-01-04}\n"
     "funnels: {field: {stages: [{name: order, advance: 60%, weeks: 2, hours: 1}], amount: 40k}}\n"
     "defaults: {funnel: field, leads_per_week: 3, quota: 300k}\n"
     "territories: {from: territories.csv}\n"
     "seasonality: {by: week, factors: [1]}\n"
     "rules: [{name: push, when: {week: \"> 11\"}, then: {speed.order: x2}}]\n"},
    {"territories.csv",
     "name,hours_per_week,other_time.internal meetings,ramp.start,ramp.by_month,ramp.affects,"
     "stages.order.hours\n"
     "Ohio,40,6h,2026-11-02,20%|50%,hours|leads,2h\n"
     "Texas,,,,,,\n"}};

Scenario read_table(const std::vector<std::string>& settings) {
  ReadOptions options = test::these_files(table);
  options.settings = settings;
  ReadResult result = read_scenario({"scenario.yaml", table.at("scenario.yaml")}, options);
  INFO(messages_of(result));
  REQUIRE(result.scenario.has_value());
  return std::move(*result.scenario);
}

TEST_CASE("tables have columns for hours and ramps", "[unit][scenario][rules]") {
  const Scenario scenario = read_table({});
  const Territory& ohio = scenario.territories[0];
  REQUIRE(ohio.capacity.has_value());
  CHECK(ohio.capacity->selling_hours() == 34);
  REQUIRE(ohio.ramp.has_value());
  CHECK(ohio.ramp->start == day(2026, 11, 2));
  CHECK(ohio.ramp->by_month == std::vector<double>{0.2, 0.5});
  CHECK(ohio.ramp->all_leads);
  CHECK(ohio.streams[0].funnel.stages[0].hours == 2);
  CHECK_FALSE(scenario.territories[1].capacity.has_value());
  CHECK_FALSE(scenario.territories[1].ramp.has_value());
}

TEST_CASE("settings change rules, seasons, hours and ramps", "[unit][scenario][rules]") {
  const Scenario scenario = read_table(
      {"rules.push.then.\"speed.order\"=x3", "rules.push.chance=30%", "seasonality.factors=[2]",
       "territories.Ohio.other_time.internal meetings=2", "territories.Ohio.ramp.start=2026-12-01",
       "territories.Texas.hours_per_week=30h", "territories.Texas.ramp.months_in_seat=1",
       "territories.Texas.ramp.by_month=[10%]"});
  CHECK(scenario.rules[0].then[0].factor == 3);
  CHECK(scenario.rules[0].chance == 0.3);
  CHECK(scenario.seasons[0].factors == std::vector<double>{2});
  CHECK(scenario.territories[0].capacity->selling_hours() == 38);
  CHECK(scenario.territories[0].ramp->start == day(2026, 12, 1));
  CHECK(scenario.territories[1].capacity->selling_hours() == 30);
  CHECK(scenario.territories[1].ramp->start == day(2026, 12, 4));
}

TEST_CASE("resolved rules are as they were written", "[unit][scenario][rules][resolved]") {
  const std::string text = resolved_scenario(
      {"scenario.yaml",
       organisation("rules:\n"
                    "  - {when: {week: \"<= 2\", pipeline: 1k to 2M}, where: {team: red}, then: "
                    "{advance.proposal: odds x1.4, amount: -6%}}\n"
                    "  - name: on\n"
                    "    then: {speed: +10%}\n",
                    "weeks: 13", "quota: 300k, hours_per_week: 40, selling_share: 50%",
                    "ramp: {months_in_seat: 1.5, by_month: [20%, 50%]}")});
  INFO(text);
  CHECK(text.find("  - {when: {week: \"<= 2\", pipeline: 1k to 2M}, where: {team: red}, then: "
                  "{advance.proposal: odds x1.4, amount: \"-6%\"}}  # scenario.yaml:23; in 1 of 3 "
                  "territories; proposal 60 % -> 67.7 %\n"
                  "  - {name: \"on\", then: {speed: \"+10%\"}}  # scenario.yaml:24, "
                  "scenario.yaml:25; in 3 of 3 territories\n") != std::string::npos);
  CHECK(text.find("    hours_per_week: 40  # defaults, scenario.yaml:6; 20 a week to sell\n") !=
        std::string::npos);
  CHECK(text.find("    ramp: {months_in_seat: 1.5, by_month: [20%, 50%]}  # scenario.yaml:15; "
                  "since 2026-11-19\n") != std::string::npos);
  CHECK(read_scenario({"resolved.yaml", text}).scenario.has_value());
}

TEST_CASE("resolved selling time is what counts", "[unit][scenario][rules][resolved]") {
  const auto resolved = [](const std::string& defaults, const std::string& ohio) {
    const std::string text = resolved_scenario(
        {"scenario.yaml", organisation("", "weeks: 13", "quota: 300k, " + defaults, ohio)});
    CHECK(read_scenario({"resolved.yaml", text}).scenario.has_value());
    return text.substr(0, text.find("- name: Texas"));
  };
  const std::string takers =
      resolved("hours_per_week: 40, selling_share: 50%", "other_time: {meetings: 6h}");
  CHECK(takers.find("other_time") != std::string::npos);
  CHECK(takers.find("selling_share") == std::string::npos);
  const std::string share =
      resolved("hours_per_week: 40, other_time: {meetings: 6h}", "selling_share: 50%");
  CHECK(share.find("other_time") == std::string::npos);
  CHECK(share.find("selling_share") != std::string::npos);
  // Without hours it is no part of anything.
  CHECK(resolved("selling_share: 50%", "note: x").find("selling_share") == std::string::npos);
}

TEST_CASE("a territory without a quota is named, and many are counted", "[unit][scenario][rules]") {
  std::string text =
      "attain: 1\ncalendar: {start: 2027-01-04}\n"
      "funnels: {field: {stages: [{name: order, advance: 60%, weeks: 2}], amount: 40k}}\n"
      "defaults: {funnel: field, leads_per_week: 3, quota: none}\nterritories:\n";
  for (int i = 0; i < 8; ++i) text += "  - {name: T" + std::to_string(i) + "}\n";
  text += "rules: [{when: {attainment: \"> 1\"}, then: {leads: x2}}]\n";
  CHECK(test::messages(text).find(
            "'attainment' needs a quota, and there is none in 'T0', 'T1', 'T2', 'T3', 'T4' and 3 "
            "more\n") != std::string::npos);
}

std::string many_rules(int rules, int territories, const std::string& keys) {
  std::string text =
      "attain: 1\ncalendar: {start: 2027-01-04}\n"
      "funnels: {field: {stages: [{name: meeting, advance: 50%, weeks: 2}, {name: proposal, "
      "advance: 60%, weeks: 3}], amount: 40k}}\n"
      "defaults: {funnel: field, quota: 300k, leads_per_week: 3}\nterritories:\n";
  for (int i = 0; i < territories; ++i)
    text += "  - {name: T" + std::to_string(i) + ", region: East}\n";
  text += "rules:\n";
  for (int i = 0; i < rules; ++i) text += "  - {name: r" + std::to_string(i) + ", " + keys + "}\n";
  return text;
}

TEST_CASE("10,000 rules are read quickly, and no more than 10,000", "[unit][scenario][rules]") {
  const std::string keys =
      "where: {region: East}, when: {week: 5 to 8, attainment: \"< 80%\"}, then: {leads: x0.5, "
      "advance.proposal: to 40%}";
  const auto start = std::chrono::steady_clock::now();
  CHECK(read(many_rules(10'000, 100, keys)).rules.size() == 10'000);
  // About 0.4 s in a release; the bound leaves room for sanitizers and busy machines.
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  CHECK(seconds.count() < 10);
  CHECK(test::messages(many_rules(10'001, 1, keys)).find("'rules' has 10001 entries") !=
        std::string::npos);
}

TEST_CASE("what rules select in all is limited", "[unit][scenario][rules]") {
  const std::string said = test::messages(many_rules(1001, 2000, "then: {leads: x2}"));
  CHECK(said.find("the rules up to this one act on more than 2 million streams in all") !=
        std::string::npos);
  CHECK(said.find("in rules.r1000\n") != std::string::npos);
  CHECK(test::messages(many_rules(1000, 2000, "then: {leads: x2}")).empty());
}

}  // namespace
}  // namespace attain
