// `attain check --resolved`: a scenario as one file.

#include "described.hpp"
#include "several_files.hpp"

#include <algorithm>

namespace attain {
namespace {

namespace fs = std::filesystem;
using test::described;
using test::TextFiles;

const std::string root = ATTAIN_SOURCE_DIR;

std::string resolved(const TextFiles& files, std::vector<std::string> settings = {}) {
  ReadOptions options = test::these_files(files);
  options.settings = std::move(settings);
  return resolved_scenario({"scenario.yaml", files.at("scenario.yaml")}, options);
}

TEST_CASE("a resolved scenario says the same", "[unit][scenario][resolved]") {
  std::vector<fs::path> files{root + "/tests/unit/scenario/every_form.yaml"};
  for (const auto& entry : fs::directory_iterator(root + "/scenarios"))
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  REQUIRE(files.size() > 5);
  for (const fs::path& file : files) {
    INFO(file);
    const ScenarioSource source = load_scenario_file(file.string());
    const ReadResult given = read_scenario(source, options_for_files());
    REQUIRE(given.scenario.has_value());
    const std::string text = resolved_scenario(source, options_for_files());
    const ReadResult again = read_scenario({"resolved.yaml", text});
    INFO(messages_of(again));
    INFO(text);
    REQUIRE(again.scenario.has_value());
    CHECK(described(*again.scenario) == described(*given.scenario));
  }
}

const TextFiles several{
    {"scenario.yaml",
     "extends: base.yaml\n"
     "territories:\n"
     "  - {name: Ohio, quota: {amount: 330k, relief: 15%, why: 'leave: March'}}\n"},
    {"base.yaml",
     "attain: 1\n"
     "currency: USD\n"
     "calendar: {start: 2027-01-04, weeks: 13}\n"
     "funnels:\n"
     "  \"2027\":\n"
     "    stages:\n"
     "      - {name: \"yes\", advance: 45%, weeks: 2, activity: {meeting: 2}}\n"
     "      - {name: won, advance: 60%, weeks: {advance: {fixed: 3}, lost: {mean: 5, cv: 80%}}}\n"
     "    amount: {mean: 40k, cv: 80%}\n"
     "defaults: {funnel: \"2027\", quota: none, open: {from: pipeline.csv}}\n"
     "territories:\n"
     "  - {name: Ohio, leads_per_week: 3}\n"
     "  - name: \"N. California: #2\"\n"
     "    streams: [{leads_per_week: 1, source: own}, {name: null, leads_per_week: 2}]\n"},
    {"pipeline.csv",
     "territory,deal,stage,amount,weeks_in_stage,due,chance,note\n"
     "Ohio,Acme,won,90k,3,,,\"say \"\"yes\"\", [all]\"\n"
     "Ohio,42,,60k,,2027-03-15,80%,\n"}};

TEST_CASE("each value of a resolved scenario has its origin and its meaning",
          "[unit][scenario][resolved]") {
  TextFiles files = several;
  std::string& base = files.at("base.yaml");
  const std::string second = ", {name: null, leads_per_week: 2}";
  base.replace(base.find(second), second.size(), "");
  CHECK(resolved(files, {"run.seed=7"}) ==
        "attain: 1  # base.yaml:1\n"
        "name: scenario  # standard\n"
        "currency: USD  # base.yaml:2\n"
        "calendar:\n"
        "  start: 2027-01-04  # base.yaml:3\n"
        "  weeks: 13  # base.yaml:3; 2027-01-04 to 2027-04-04\n"
        "  periods: 1  # standard\n"
        "  step: week  # standard\n"
        "run:\n"
        "  replications: 20000  # standard; an even chance is known to within 0.69 points\n"
        "  seed: 7  # --set\n"
        "thresholds: [50%, 80%, 100%, 120%]  # standard\n"
        "funnels:\n"
        "  \"2027\":\n"
        "    stages:\n"
        "      - name: \"yes\"  # base.yaml:7\n"
        "        advance: 45%  # base.yaml:7; of 100 deals 45 go on, 55 are lost\n"
        "        weeks: 2  # base.yaml:7; exponential: 1 deal in 8 leaves within 2 days, half by "
        "week 1.39, 9 in 10 by week 4.61\n"
        "        activity: {meeting: 2}  # base.yaml:7\n"
        "        owner: sales  # standard\n"
        "      - name: won  # base.yaml:8\n"
        "        advance: 60%  # base.yaml:8; of 100 deals 60 go on, 40 are lost\n"
        "        weeks: {advance: {fixed: 3}, lost: {mean: 5, cv: 80%}}  # base.yaml:8; deals that "
        "go on: always 3 weeks; lost ones: 1 deal in 64 leaves within 2 days, half by week 3.98, 9 "
        "in 10 by week 10.3\n"
        "        owner: sales  # standard\n"
        "    amount: {mean: 40k, cv: 80%}  # base.yaml:9; half of the deals bring less than "
        "31.23k, 1 in 10 more than 76.93k\n"
        "    pipeline_from: \"yes\"  # standard\n"
        "territories:\n"
        "  - name: Ohio  # scenario.yaml:3\n"
        "    quota: {amount: 330k, relief: 15%, why: \"leave: March\"}  # scenario.yaml:3; 280.5k "
        "is to be made\n"
        "    booked: 0  # standard\n"
        "    funnel: \"2027\"  # defaults, base.yaml:10\n"
        "    leads_per_week: 3  # base.yaml:12; 39 expected in 13 weeks\n"
        "    source: marketing  # standard\n"
        "    open:\n"
        "      - {deal: Acme, stage: won, amount: 90k, weeks_in_stage: 3, note: \"say \\\"yes\\\", "
        "[all]\"}  # pipeline.csv:2; there since 2026-12-14\n"
        "      - {deal: \"42\", amount: 60k, due: 2027-03-15, chance: 80%}  # pipeline.csv:3; "
        "decided in week 11 of 13\n"
        "  - name: \"N. California: #2\"  # base.yaml:13\n"
        "    quota: none  # defaults, base.yaml:10\n"
        "    booked: 0  # standard\n"
        "    streams:\n"
        "      - funnel: \"2027\"  # defaults, base.yaml:10\n"
        "        leads_per_week: 1  # base.yaml:14; 13 expected in 13 weeks\n"
        "        source: own  # base.yaml:14\n"
        "    open: []  # base.yaml:10\n");
}

TEST_CASE("a scenario with errors is not resolved", "[unit][scenario][resolved]") {
  CHECK(resolved(several).empty());  // A name without a value.
  CHECK(resolved({{"scenario.yaml", "attain: 1\n"}}).empty());
}

TEST_CASE("the resolved text tells an age on day one and a chance by category",
          "[unit][scenario][resolved]") {
  const std::string text = resolved(
      {{"scenario.yaml",
        "attain: 1\n"
        "calendar: {start: 2027-01-04, as_of: 2027-02-12}\n"
        "categories: {commit: 85%}\n"
        "funnels: {field: {stages: [{name: offer, advance: 50%, weeks: 2}], amount: 40k}}\n"
        "territories:\n"
        "  - name: Ohio\n"
        "    funnel: field\n"
        "    quota: none\n"
        "    open:\n"
        "      - {deal: Acme, stage: offer, entered: 2027-02-10}\n"
        "      - {deal: Bore, stage: offer, entered: 2027-02-01}\n"
        "      - {deal: Caddo, due: 2027-03-01, amount: 3k, category: commit}\n"
        "      - {deal: Delta, due: 2027-03-01, amount: 3k, category: commit, chance: 5%}\n"}});
  INFO(text);
  CHECK(text.find("entered: 2027-02-10}  # scenario.yaml:10; 0 weeks in the stage\n") !=
        std::string::npos);
  CHECK(text.find("entered: 2027-02-01}  # scenario.yaml:11; 1 week in the stage\n") !=
        std::string::npos);
  CHECK(text.find("category: commit}  # scenario.yaml:12; decided in week 9 of 13, with 85 % by "
                  "its category (scenario.yaml:3)\n") != std::string::npos);
  CHECK(text.find("chance: 5%}  # scenario.yaml:13; decided in week 9 of 13\n") !=
        std::string::npos);
}

}  // namespace
}  // namespace attain
