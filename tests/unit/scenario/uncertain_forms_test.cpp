// Numbers that are known only in part: their forms, and which uses share a draw.

#include "described.hpp"
#include "several_files.hpp"

#include <algorithm>

namespace attain {
namespace {

using test::read;
using test::scenario_with;

std::string with_stage(const std::string& keys) {
  return scenario_with("{name: order, " + keys + "}", "funnel: field, leads_per_week: 3");
}

/// The one uncertain number of a scenario.
Uncertain only_number(const Scenario& scenario) {
  REQUIRE(scenario.uncertain.size() == 1);
  return scenario.uncertain[0];
}

const Stage& first_stage(const Scenario& scenario) {
  return scenario.territories.at(0).streams.at(0).funnel.stages.at(0);
}

std::vector<std::string> names_of(const Scenario& scenario) {
  std::vector<std::string> names;
  for (const Uncertain& each : scenario.uncertain) names.push_back(each.name);
  return names;
}

TEST_CASE("each form of an uncertain share has its law", "[unit][scenario][uncertain]") {
  const auto law = [](const std::string& advance) {
    const Scenario scenario = read(with_stage("advance: " + advance + ", weeks: 2"));
    const Uncertain number = only_number(scenario);
    CHECK(number.name == "funnels.field.stages.order.advance");
    CHECK(first_stage(scenario).advance_uncertain == std::size_t{0});
    CHECK(first_stage(scenario).advance == number.law.mean());
    return number.law;
  };
  CHECK(law("40% to 60%") == NumberLaw::logit_normal_between(0.4, 0.6));
  CHECK(law("0.4 to 0.6") == NumberLaw::logit_normal_between(0.4, 0.6));
  CHECK(law("{range: 40% to 60%}") == NumberLaw::logit_normal_between(0.4, 0.6));
  CHECK(law("{rate: 24%, observed: 85}") == NumberLaw::beta_observed(0.24, 85));
  CHECK(law("{mean: 50%, sd: 10%}") == NumberLaw::beta(0.5, 0.1));
  CHECK(law("{mean: 50%, cv: 20%}") == NumberLaw::beta(0.5, 0.1));
}

TEST_CASE("each form of an uncertain positive number has its law", "[unit][scenario][uncertain]") {
  const auto law = [](const std::string& leads) {
    const Scenario scenario = read(scenario_with("{name: order, advance: 50%, weeks: 2}",
                                                 "funnel: field, leads_per_week: " + leads));
    const Uncertain number = only_number(scenario);
    CHECK(number.name == "territories.Ohio.leads_per_week");
    const Stream& stream = scenario.territories[0].streams[0];
    CHECK(stream.leads_uncertain == std::size_t{0});
    CHECK(stream.leads_per_week == number.law.mean());
    return number.law;
  };
  CHECK(law("3 to 5") == NumberLaw::lognormal_between(3, 5));
  CHECK(law("{range: 3 to 5}") == NumberLaw::lognormal_between(3, 5));
  CHECK(law("{mean: 4, cv: 20%}") == NumberLaw::lognormal(4, 0.2));
  CHECK(law("{mean: 4, sd: 1}") == NumberLaw::lognormal(4, 0.25));
}

TEST_CASE("the mean or the cv of a stay may be uncertain in each form",
          "[unit][scenario][uncertain]") {
  struct Form {
    const char* weeks;
    const char* place;
    Distribution expected;
    bool is_cv = false;
  };
  const double mean = NumberLaw::lognormal_between(2, 3).mean();
  const double cv = NumberLaw::lognormal_between(0.6, 0.9).mean();
  const std::vector<Form> forms{
      {"2 to 3", "", Distribution::exponential(mean)},
      {"2 to 3 weeks", "", Distribution::exponential(mean)},
      {"{range: 2 to 3}", "", Distribution::exponential(mean)},
      {"{mean: 2 to 3}", ".mean", Distribution::exponential(mean)},
      {"{mean: 2 to 3, cv: 80%}", ".mean", Distribution::gamma(mean, 0.8)},
      {"{mean: {mean: 2, sd: 0.5}, cv: 80%}", ".mean", Distribution::gamma(2, 0.8)},
      {"{mean: 2, cv: 60% to 90%}", ".cv", Distribution::gamma(2, cv), true},
      {"{lognormal: {mean: 2 to 3, cv: 80%}}", ".lognormal.mean",
       Distribution::lognormal(mean, 0.8)},
      {"{weibull: {mean: 2, cv: 60% to 90%}}", ".weibull.cv", Distribution::weibull(2, cv), true},
      {"{exponential: {mean: 2 to 3}}", ".exponential.mean", Distribution::exponential(mean)},
      {"{fixed: 2 to 3}", ".fixed", Distribution::fixed(mean)}};
  for (const Form& form : forms) {
    INFO(form.weeks);
    const Scenario scenario = read(with_stage("advance: 50%, weeks: " + std::string(form.weeks)));
    CHECK(only_number(scenario).name ==
          "funnels.field.stages.order.weeks" + std::string(form.place));
    const Stage& stage = first_stage(scenario);
    CHECK(stage.weeks_to_advance == form.expected);
    CHECK(stage.weeks_to_lost == form.expected);
    const UncertainMoments expected =
        form.is_cv ? UncertainMoments{{}, 0} : UncertainMoments{0, {}};
    CHECK(stage.weeks_to_advance_uncertain == expected);
    CHECK(stage.weeks_to_lost_uncertain == expected);
  }
}

TEST_CASE("each outcome of a stay may have an uncertain number of its own",
          "[unit][scenario][uncertain]") {
  const Scenario scenario =
      read(with_stage("advance: 50%, weeks: {advance: 2 to 3, lost: {mean: 5, cv: 60% to 90%}}"));
  CHECK(names_of(scenario) == std::vector<std::string>{"funnels.field.stages.order.weeks.advance",
                                                       "funnels.field.stages.order.weeks.lost.cv"});
  const Stage& stage = first_stage(scenario);
  CHECK(stage.weeks_to_advance_uncertain == UncertainMoments{0, {}});
  CHECK(stage.weeks_to_lost_uncertain == UncertainMoments{{}, 1});
}

TEST_CASE("mean and cv of an amount may both be uncertain", "[unit][scenario][uncertain]") {
  const Scenario scenario =
      read(scenario_with("{name: order, advance: 50%, weeks: 2}",
                         "funnel: field, leads_per_week: 3, amount: {mean: 30k to 50k, cv: {mean: "
                         "80%, sd: 10%, per: territory}}"));
  REQUIRE(names_of(scenario) ==
          std::vector<std::string>{"territories.Ohio.amount.mean", "territories.Ohio.amount.cv"});
  const Funnel& funnel = scenario.territories[0].streams[0].funnel;
  CHECK(funnel.amount ==
        Distribution::lognormal(NumberLaw::lognormal_between(30'000, 50'000).mean(), 0.8));
  CHECK(funnel.amount_uncertain == UncertainMoments{0, 1});
  CHECK_FALSE(scenario.uncertain[0].per_territory);
  CHECK(scenario.uncertain[1].per_territory);
}

TEST_CASE("hours, takers and selling shares may be uncertain", "[unit][scenario][uncertain]") {
  const Scenario scenario = read(scenario_with(
      "{name: order, advance: 50%, weeks: 2, hours: 1h to 2h}",
      "funnel: field, leads_per_week: 3, hours_per_week: {mean: 40, cv: 5%}, other_time: {a.b: 5h "
      "to 7h, admin: 3}}\n  - {name: Utah, quota: none, funnel: field, hours_per_week: 40, "
      "selling_share: 40% to 60%"));
  CHECK(names_of(scenario) == std::vector<std::string>{"funnels.field.stages.order.hours",
                                                       "territories.Ohio.hours_per_week",
                                                       "territories.Ohio.other_time.\"a.b\"",
                                                       "territories.Utah.selling_share"});
  CHECK(first_stage(scenario).hours_uncertain == std::size_t{0});
  const Capacity& ohio = *scenario.territories[0].capacity;
  CHECK(ohio.hours_uncertain == std::size_t{1});
  CHECK(ohio.hours_per_week == 40);
  CHECK(ohio.other_time.at(0).hours_uncertain == std::size_t{2});
  CHECK_FALSE(ohio.other_time.at(1).hours_uncertain.has_value());
  const Capacity& utah = *scenario.territories[1].capacity;
  CHECK(utah.share_uncertain == std::size_t{3});
  CHECK(scenario.uncertain[3].law == NumberLaw::logit_normal_between(0.4, 0.6));
}

const std::string three_territories =
    "attain: 1\n"
    "calendar: {start: 2027-01-04, weeks: 13}\n"
    "funnels:\n"
    "  field: {stages: [{name: meeting, advance: 40% to 60%, weeks: 2 to 3}], amount: 30k to 50k}\n"
    "  other: {stages: [{name: meeting, advance: 40% to 60%, weeks: 2}], amount: 3k}\n"
    "defaults: {funnel: field, quota: 300k, leads_per_week: 3 to 5}\n"
    "territories:\n"
    "  - {name: Ohio}\n"
    "  - {name: Texas, leads_per_week: 4, stages: {meeting: {weeks: 2}}, amount: 40k}\n"
    "  - {name: Utah, leads_per_week: {range: 3 to 5, per: territory}, stages: {meeting: "
    "{advance: 50% to 70%}}}\n";

TEST_CASE("what is written once has one draw, and an override takes its own",
          "[unit][scenario][uncertain]") {
  const Scenario scenario = read(three_territories + "  - {name: Iowa}\n");
  // Nothing uses the number of the other funnel.
  REQUIRE(names_of(scenario) ==
          std::vector<std::string>{"funnels.field.stages.meeting.advance",
                                   "funnels.field.stages.meeting.weeks", "funnels.field.amount",
                                   "defaults.leads_per_week", "territories.Utah.leads_per_week",
                                   "territories.Utah.stages.meeting.advance"});
  const auto stream = [&](std::size_t i) -> const Stream& {
    return scenario.territories[i].streams[0];
  };
  const auto stage = [&](std::size_t i) -> const Stage& { return stream(i).funnel.stages[0]; };
  CHECK(stream(0).leads_uncertain == std::size_t{3});
  CHECK_FALSE(stream(1).leads_uncertain.has_value());
  CHECK(stream(1).leads_per_week == 4);
  CHECK(stream(2).leads_uncertain == std::size_t{4});
  CHECK(stream(3).leads_uncertain == std::size_t{3});
  CHECK(scenario.uncertain[4].per_territory);
  CHECK_FALSE(scenario.uncertain[3].per_territory);
  CHECK(stage(0).advance_uncertain == std::size_t{0});
  CHECK(stage(1).advance_uncertain == std::size_t{0});
  CHECK(stage(2).advance_uncertain == std::size_t{5});
  CHECK(stage(0).weeks_to_lost_uncertain == UncertainMoments{1, {}});
  CHECK_FALSE(stage(1).weeks_to_lost_uncertain.any());
  CHECK_FALSE(stage(1).weeks_to_advance_uncertain.any());
  CHECK(stream(0).funnel.amount_uncertain == UncertainMoments{2, {}});
  CHECK_FALSE(stream(1).funnel.amount_uncertain.any());
}

TEST_CASE("streams and rules without a name are called after their funnel and what they say",
          "[unit][scenario][uncertain]") {
  const Scenario scenario =
      read(scenario_with("{name: order, advance: 50%, weeks: 2}",
                         "streams: [{name: own, funnel: field, leads_per_week: 1}, {funnel: field, "
                         "leads_per_week: 3 to 5}]") +
           "rules:\n"
           "  - {then: {leads: x0.9}}\n"
           "  - {chance: 20% to 40%, then: {speed: +10% to +30%}}\n");
  CHECK(names_of(scenario) ==
        std::vector<std::string>{"territories.Ohio.streams.field.leads_per_week",
                                 "rules.speed +10% to +30% chance 20% to 40%.chance",
                                 "rules.speed +10% to +30% chance 20% to 40%.then.speed"});
}

TEST_CASE("factors and chances of rules may be uncertain", "[unit][scenario][uncertain]") {
  struct Form {
    const char* keys;
    NumberLaw law;
    bool per_territory = false;
  };
  const std::vector<Form> forms{
      {"then: {leads: x1.2 to x1.5}", NumberLaw::lognormal_between(1.2, 1.5)},
      {"then: {leads: +20% to +50%}", NumberLaw::lognormal_between(1.2, 1.5)},
      {"then: {amount: -10% to +5%}", NumberLaw::lognormal_between(0.9, 1.05)},
      {"then: {advance: odds x1.2 to x1.5}", NumberLaw::lognormal_between(1.2, 1.5)},
      {"then: {advance.order: odds x1.2 to odds x1.5}", NumberLaw::lognormal_between(1.2, 1.5)},
      {"then: {speed: {range: x1.2 to x1.5, per: territory}}",
       NumberLaw::lognormal_between(1.2, 1.5), true}};
  const std::string sound =
      scenario_with("{name: order, advance: 50%, weeks: 2}", "funnel: field, leads_per_week: 3");
  for (const Form& form : forms) {
    INFO(form.keys);
    const Scenario scenario = read(sound + "rules: [{name: a, " + form.keys + "}]\n");
    const Uncertain number = only_number(scenario);
    CHECK(number.law == form.law);
    CHECK(number.per_territory == form.per_territory);
    const Effect& effect = scenario.rules.at(0).then.at(0);
    CHECK(effect.factor_uncertain == std::size_t{0});
    CHECK(effect.factor == form.law.mean());
    CHECK_FALSE(effect.to.has_value());
  }
  const auto chance = [&sound](const std::string& text) {
    const Scenario scenario =
        read(sound + "rules: [{name: a, chance: " + text + ", then: {leads: x2}}]\n");
    const Rule& rule = scenario.rules.at(0);
    CHECK(rule.chance_uncertain == std::size_t{0});
    CHECK(rule.chance == only_number(scenario).law.mean());
    return std::tuple(only_number(scenario).law, only_number(scenario).per_territory,
                      rule.chance_per_territory);
  };
  const NumberLaw range = NumberLaw::logit_normal_between(0.2, 0.4);
  const NumberLaw beta = NumberLaw::beta_observed(0.3, 12);
  CHECK(chance("20% to 40%") == std::tuple(range, false, false));
  CHECK(chance("{rate: 30%, observed: 12}") == std::tuple(beta, false, false));
  CHECK(chance("{range: 20% to 40%, per: territory}") == std::tuple(range, true, false));
  CHECK(chance("{share: 20% to 40%, per: territory}") == std::tuple(range, false, true));
  CHECK(chance("{share: {rate: 30%, observed: 12, per: territory}, per: territory}") ==
        std::tuple(beta, true, true));
}

TEST_CASE("a share that a rule leads to starts from the mean of an uncertain one",
          "[unit][scenario][uncertain]") {
  const Scenario scenario = read(with_stage("advance: 40% to 60%, weeks: 2") +
                                 "rules: [{name: a, then: {advance.order: to 78%}}]\n");
  CHECK(scenario.rules.at(0).then.at(0).to == 0.78);
  CHECK_FALSE(scenario.rules.at(0).then.at(0).factor_uncertain.has_value());
}

TEST_CASE("uncertain numbers stand in tables, on top of another scenario and in settings",
          "[unit][scenario][uncertain]") {
  const std::string table =
      "name,leads_per_week,stages.meeting.advance.rate,stages.meeting.advance.observed,"
      "other_time.admin.mean,other_time.admin.cv,effort.coast\n"
      "Ohio,3 to 5,24%,85,6,20%,8%\n"
      "Texas,4,,,,,\n";
  test::TextFiles files{
      {"scenario.yaml",
       "extends: base.yaml\n"
       "funnels: {field: {stages: [{name: meeting, advance: {mean: 50%, sd: 5%}, weeks: 2}]}}\n"
       "territories:\n"
       "  - {name: Texas, leads_per_week: 2 to 3}\n"},
      {"base.yaml",
       "attain: 1\n"
       "calendar: {start: 2027-01-04, weeks: 13}\n"
       "funnels:\n"
       "  field: {stages: [{name: meeting, advance: 40%, weeks: 2}], amount: 40k}\n"
       "defaults: {funnel: field, quota: 300k, hours_per_week: 40}\n"
       "territories: {from: territories.csv}\n"},
      {"territories.csv", table}};
  ReadOptions options = test::these_files(files);
  options.settings = {"territories.Ohio.hours_per_week=40 to 50",
                      "funnels.field.stages.meeting.advance.sd=10%",
                      "territories.Ohio.other_time.admin.cv=30%"};
  const ReadResult result = read_scenario({"scenario.yaml", files.at("scenario.yaml")}, options);
  INFO(messages_of(result));
  REQUIRE(result.scenario.has_value());
  const Scenario& scenario = *result.scenario;
  REQUIRE(names_of(scenario) ==
          std::vector<std::string>{
              "funnels.field.stages.meeting.advance", "territories.Ohio.hours_per_week",
              "territories.Ohio.other_time.admin", "territories.Ohio.leads_per_week",
              "territories.Ohio.stages.meeting.advance", "territories.Texas.leads_per_week"});
  CHECK(scenario.uncertain[0].law == NumberLaw::beta(0.5, 0.1));
  CHECK(scenario.uncertain[1].law == NumberLaw::lognormal_between(40, 50));
  CHECK(scenario.uncertain[2].law == NumberLaw::lognormal(6, 0.3));
  CHECK(scenario.uncertain[3].law == NumberLaw::lognormal_between(3, 5));
  CHECK(scenario.uncertain[4].law == NumberLaw::beta_observed(0.24, 85));
  CHECK(scenario.uncertain[5].law == NumberLaw::lognormal_between(2, 3));
  CHECK(scenario.territories[0].effort->coast == 0.08);
}

TEST_CASE("a form on top of another one names what has to be taken out",
          "[unit][scenario][uncertain]") {
  const auto messages = [](const std::string& advance) {
    const test::TextFiles files{
        {"scenario.yaml",
         "extends: base.yaml\nterritories: [{name: Ohio, stages: {meeting: "
         "{advance: " +
             advance + "}}}]\n"},
        {"base.yaml",
         "attain: 1\n"
         "calendar: {start: 2027-01-04, weeks: 13}\n"
         "funnels:\n"
         "  field: {stages: [{name: meeting, advance: 40%, weeks: 2}], amount: 40k}\n"
         "territories: [{name: Ohio, funnel: field, quota: 1k, leads_per_week: 1, stages: "
         "{meeting: {advance: {rate: 24%, observed: 85}}}}]\n"}};
    return messages_of(
        read_scenario({"scenario.yaml", files.at("scenario.yaml")}, test::these_files(files)));
  };
  const std::string both = messages("{mean: 30%, sd: 5%}");
  INFO(both);
  CHECK(both.find("take that out with 'rate: null, observed: null' beside it") !=
        std::string::npos);
  CHECK(messages("{mean: 30%, sd: 5%, rate: null, observed: null}").empty());
  CHECK(messages("30% to 40%").empty());
}

TEST_CASE("a part of an uncertain number cannot be set beside a plain one",
          "[unit][scenario][uncertain]") {
  ReadOptions options;
  options.settings = {"territories.Ohio.leads_per_week.sd=1",
                      "funnels.field.stages.order.advance.observed=85"};
  const std::string text =
      messages_of(read_scenario({"s.yaml", with_stage("advance: 24%, weeks: 2")}, options));
  INFO(text);
  CHECK(text.find("as in 'territories.Ohio.leads_per_week={mean: 3, sd: 1}'") != std::string::npos);
  CHECK(text.find("as in 'funnels.field.stages.order.advance={rate: 24%, observed: 85}'") !=
        std::string::npos);
}

TEST_CASE("a resolved scenario keeps what has one draw in one place",
          "[unit][scenario][uncertain][resolved]") {
  const std::string resolved = resolved_scenario({"s.yaml", three_territories}, {});
  INFO(resolved);
  CHECK(resolved.find("defaults:\n  leads_per_week: 3 to 5  # s.yaml:6; 50.96 expected in 13 "
                      "weeks; uncertain: mean 3.92, 9 in 10 draws from 3 to 5\n") !=
        std::string::npos);
  CHECK(resolved.find("        advance: 40% to 60%  # s.yaml:4; of 100 deals 50 go on, 50 are "
                      "lost; uncertain: mean 50 %, 9 in 10 draws from 40 % to 60 %\n") !=
        std::string::npos);
  CHECK(resolved.find("    amount: 30k to 50k  # s.yaml:4; always this amount; uncertain: mean "
                      "39.2k, 9 in 10 draws from 30k to 50k\n") != std::string::npos);
  Scenario again = read(resolved);
  Scenario given = read(three_territories);
  again.name = given.name;
  CHECK(test::described(again) == test::described(given));
}

}  // namespace
}  // namespace attain
