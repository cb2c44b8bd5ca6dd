// Scenarios put together from several files and settings.

#include "described.hpp"
#include "several_files.hpp"
#include "support/files_scenario.hpp"

#include <algorithm>

namespace attain {
namespace {

using test::described;
using test::read_files;
using test::sound_scenario;
using test::TextFiles;
using testing::head;
using testing::in_tables;
using testing::in_yaml;

TEST_CASE("tables say what the same lists in YAML say", "[unit][scenario][files]") {
  const std::string text = described(sound_scenario({{"scenario.yaml", in_yaml}}));
  CHECK(text.find("Bore") != std::string::npos);
  CHECK(described(sound_scenario(in_tables)) == text);
}

TEST_CASE("a territory of a table may read its deals from a table of its own",
          "[unit][scenario][files]") {
  TextFiles files{{"scenario.yaml", head + "defaults: {funnel: field, quota: none}\n"
                                           "territories: {from: sub/t.csv}\n"},
                  {"sub/t.csv", "name,leads_per_week,open.from\nOhio,3,ohio.csv\nTexas,3,\n"},
                  {"sub/ohio.csv", "deal,stage\nAcme,meeting\n"}};
  const Scenario scenario = sound_scenario(files);
  REQUIRE(scenario.territories[0].open.size() == 1);
  CHECK(scenario.territories[0].open[0].deal == "Acme");
  CHECK(scenario.territories[1].open.empty());
}

TEST_CASE("a table that many name is read once", "[unit][scenario][files]") {
  int loads = 0;
  ReadOptions options = test::these_files(in_tables);
  options.load = [&loads, load = options.load](const std::string& path, std::size_t largest) {
    loads += path == "pipeline.csv" ? 1 : 0;
    return load(path, largest);
  };
  CHECK(read_scenario({"scenario.yaml", in_tables.at("scenario.yaml")}, options).errors == 0);
  CHECK(loads == 1);
}

TEST_CASE("a scenario that extends another says the same as one that is whole",
          "[unit][scenario][files]") {
  const TextFiles files{{"scenario.yaml",
                         "extends: middle.yaml\n"
                         "name: whole\n"
                         "defaults: {quota: 310k}\n"
                         "territories:\n"
                         "  - {name: Texas, leads_per_week: 5}\n"
                         "  - {name: Utah, leads_per_week: 1}\n"},
                        {"middle.yaml",
                         "extends: sub/base.yaml\n"
                         "calendar: {weeks: null, end: 2027-03-28}\n"
                         "thresholds: [90%]\n"
                         "funnels: {field: {amount: {cv: 50%}}}\n"
                         "territories: [{name: Ohio, attributes: {tier: null}}]\n"},
                        {"sub/base.yaml", in_yaml}};
  std::string whole = in_yaml;
  const auto replace = [&whole](const std::string& what, const std::string& by) {
    REQUIRE(whole.find(what) != std::string::npos);
    whole.replace(whole.find(what), what.size(), by);
  };
  replace("name: Several files", "name: whole");
  replace("weeks: 13", "end: 2027-03-28");
  replace("cv: 80%", "cv: 50%");
  replace("tier: gold, ", "");
  replace("quota: 300k}\nterr", "quota: 310k}\nthresholds: [90%]\nterr");
  replace("leads_per_week: 2}", "leads_per_week: 5}\n  - {name: Utah, leads_per_week: 1}");
  CHECK(described(sound_scenario(files)) == described(sound_scenario({{"scenario.yaml", whole}})));
}

TEST_CASE("territories of a table and of YAML are merged by name, either way",
          "[unit][scenario][files]") {
  const std::string table = "name,leads_per_week,quota\nOhio,3,300k\nTexas,4,200k\n";
  const std::string list = "territories: [{name: Texas, quota: 250k}, {name: Utah, quota: none}]\n";
  const std::string from = "territories: {from: t.csv}\n";
  const std::string start = head + "defaults: {funnel: field}\n";
  const Scenario over = sound_scenario({{"scenario.yaml", "extends: base.yaml\n" + list},
                                        {"base.yaml", start + from},
                                        {"t.csv", table}});
  CHECK(over.territories.size() == 3);
  CHECK(over.territories[1].quota->units() == 250'000);
  CHECK(over.territories[1].streams[0].leads_per_week == 4);
  const Scenario under = sound_scenario({{"scenario.yaml", "extends: base.yaml\n" + from},
                                         {"base.yaml", start + list},
                                         {"t.csv", table}});
  CHECK(under.territories.size() == 3);
  CHECK(under.territories[0].name == "Texas");
  CHECK(under.territories[0].quota->units() == 200'000);
}

TEST_CASE("territories of two tables are merged by name", "[unit][scenario][files]") {
  const std::string from = "territories: {from: t.csv}\n";
  const TextFiles files{{"scenario.yaml", "extends: sub/base.yaml\n" + from},
                        {"sub/base.yaml", head + "defaults: {funnel: field}\n" + from},
                        {"sub/t.csv", "name,leads_per_week,quota\nOhio,3,300k\nTexas,4,200k\n"},
                        {"t.csv", "name,quota\nOhio,250k\nUtah,100k\n"}};
  const Scenario scenario = sound_scenario(files);
  REQUIRE(scenario.territories.size() == 3);
  CHECK(scenario.territories[0].name == "Ohio");
  CHECK(scenario.territories[0].quota->units() == 250'000);
  CHECK(scenario.territories[0].streams[0].leads_per_week == 3);
  CHECK(scenario.territories[1].name == "Texas");
  CHECK(scenario.territories[2].name == "Utah");
}

TEST_CASE("a variant takes out a territory, and with it its rows of the defaults' table",
          "[unit][scenario][files]") {
  TextFiles files = in_tables;
  files["base.yaml"] = files.at("scenario.yaml");
  files["scenario.yaml"] =
      "extends: base.yaml\nname: Several files\n"
      "territories: [{name: N. California, remove: true}]\n";
  const Scenario scenario = sound_scenario(files);
  REQUIRE(scenario.territories.size() == 2);
  CHECK(scenario.territories[0].name == "Ohio");
  CHECK(scenario.territories[0].open.size() == 3);
  CHECK(scenario.territories[1].name == "Texas");
}

TEST_CASE("a table may be set in place of a list", "[unit][scenario][files]") {
  const TextFiles files{{"scenario.yaml", in_yaml},
                        {"t.csv", "name,leads_per_week\nUtah,2\n"},
                        {"p.csv", "deal,stage\nUmbra,meeting\n"}};
  const Scenario other = sound_scenario(files, {"territories.from=t.csv"});
  REQUIRE(other.territories.size() == 1);
  CHECK(other.territories[0].name == "Utah");
  const Scenario deals = sound_scenario(files, {"territories.Ohio.open.from=p.csv"});
  REQUIRE(deals.territories[0].open.size() == 1);
  CHECK(deals.territories[0].open[0].deal == "Umbra");
}

TEST_CASE("a table may stand inside of a value that is set", "[unit][scenario][files]") {
  const TextFiles files{{"scenario.yaml", in_yaml},
                        {"p.csv", "territory,deal,stage\nOhio,Umbra,meeting\n"}};
  const auto only_deal = [&files](const std::string& setting) {
    const Scenario scenario = sound_scenario(files, {setting});
    REQUIRE(scenario.territories[0].open.size() == 1);
    return scenario.territories[0].open[0].deal;
  };
  CHECK(only_deal("territories.Ohio={name: Ohio, leads_per_week: 3, open: {from: p.csv}}") ==
        "Umbra");
  CHECK(only_deal("territories=[{name: Ohio, leads_per_week: 3, open: {from: p.csv}}]") == "Umbra");

  TextFiles without{{"scenario.yaml", head + "territories: [{name: Ohio, leads_per_week: 3}]\n"},
                    {"p.csv", files.at("p.csv")}};
  const Scenario scenario =
      sound_scenario(without, {"defaults={funnel: field, quota: 30k, open: {from: p.csv}}"});
  REQUIRE(scenario.territories[0].open.size() == 1);
  CHECK(read_files(without, {"defaults={funnel: field, quota: 30k, open: {from: gone.csv}}"})
            .errors == 1);
  CHECK(read_files(without, {"defaults={funnel: field, quota: 30k, open: 3}"}).errors > 0);
}

TEST_CASE("a table of a base and what is written out take each other's place",
          "[unit][scenario][files]") {
  TextFiles files{{"base.yaml", in_tables.at("scenario.yaml")},
                  {"scenario.yaml", "attain: 1\nextends: base.yaml\nhistory: {Ohio: [610k]}\n"}};
  files.insert(in_tables.begin(), in_tables.end());
  const Scenario scenario = sound_scenario(files);
  REQUIRE(scenario.history.size() == 1);
  CHECK(scenario.history[0].bookings->units() == 610'000);
}

TEST_CASE("sixteen files may extend each other, and no more", "[unit][scenario][files]") {
  TextFiles files{{"s1.yaml", in_yaml}};
  for (int n = 2; n <= 16; ++n) {
    files["s" + std::to_string(n) + ".yaml"] =
        "attain: 1\nextends: s" + std::to_string(n - 1) + ".yaml\n";
  }
  files["scenario.yaml"] = "attain: 1\nextends: s15.yaml\n";
  CHECK(read_files(files).errors == 0);
  files["scenario.yaml"] = "attain: 1\nextends: s16.yaml\n";
  CHECK(read_files(files).errors == 1);
}

TEST_CASE("more categories than a report has room for are refused", "[unit][scenario][files]") {
  std::string table = "territory,deal,stage,category\n";
  for (int n = 0; n <= 100; ++n) {
    const std::string number = std::to_string(n);
    table += "Ohio,D" + number + ",meeting,c" + number + "\n";
  }
  const TextFiles files{{"scenario.yaml", in_yaml}, {"p.csv", table}};
  CHECK(read_files(files, {"territories.Ohio.open.from=p.csv"}).errors == 1);
}

TEST_CASE("a scenario without a name is called after its own file, not after the base",
          "[unit][scenario][files]") {
  const TextFiles files{{"scenario.yaml", "extends: base.yaml\n"}, {"base.yaml", in_yaml}};
  CHECK(sound_scenario(files).name == "scenario");
}

TEST_CASE("a name that stands twice in one file is not hidden by merging",
          "[unit][scenario][files]") {
  const TextFiles files{
      {"scenario.yaml", "extends: base.yaml\nterritories: [{name: Ohio}, {name: Ohio}]\n"},
      {"base.yaml", in_yaml}};
  CHECK(messages_of(read_files(files)).find("a second territory is called 'Ohio'") !=
        std::string::npos);
}

TEST_CASE("what stands outside of the folder is read only if that is allowed",
          "[unit][scenario][files]") {
  const TextFiles files{{"a/scenario.yaml", "extends: ../base.yaml\n"}, {"base.yaml", in_yaml}};
  ReadOptions options = test::these_files(files);
  const ScenarioSource source{"a/scenario.yaml", files.at("a/scenario.yaml")};
  CHECK(messages_of(read_scenario(source, options)).find("outside") != std::string::npos);
  options.allow_outside = true;
  CHECK(read_scenario(source, options).errors == 0);
  CHECK(messages_of(read_scenario(source)).find("none is read here") != std::string::npos);
}

TEST_CASE("links and dots do not lead out of the folder", "[unit][scenario][files]") {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / "attain_compose_test";
  fs::remove_all(folder);
  fs::create_directories(folder / "in" / "sub");
  std::ofstream(folder / "out.yaml") << in_yaml;
  std::ofstream(folder / "in" / "base.yaml") << in_yaml;
  fs::create_symlink("../out.yaml", folder / "in" / "link.yaml");
  const std::string file = (folder / "in" / "scenario.yaml").string();
  const auto errors = [&file](const std::string& base) {
    return read_scenario({file, "extends: " + base + "\n"}, options_for_files()).errors;
  };
  CHECK(errors("base.yaml") == 0);
  CHECK(errors("sub/../base.yaml") == 0);
  CHECK(errors((folder / "in" / "base.yaml").string()) == 0);
  CHECK(errors("link.yaml") == 1);
  CHECK(errors("../out.yaml") == 1);
  CHECK(errors("sub/../../out.yaml") == 1);
  fs::remove_all(folder);
}

struct SettingAndText {
  std::string setting;
  std::string from;  ///< The text of `in_yaml` that says the same if it is replaced ...
  std::string to;    ///< ... by this one.
};

TEST_CASE("a setting says what the file would say", "[unit][scenario][files]") {
  const std::vector<SettingAndText> cases{
      {"territories.Ohio.leads_per_week=5", "leads_per_week: 3", "leads_per_week: 5"},
      {"territories.\"N. California\".quota=250k",
       "{amount: 330k, relief: 15%, why: leave from March}", "250k"},
      {"territories[2].quota=100k", "quota: none", "quota: 100k"},
      {"territories.Ohio.open.Acme.amount= 80k", "amount: 90k", "amount: 80k"},
      {"territories.Ohio.open[1].count=7", "count: 5", "count: 7"},
      {"territories.Texas=null", "  - {name: Texas, quota: none, leads_per_week: 2}\n", ""},
      {"territories.Ohio.attributes.tier=null", "tier: gold, ", ""},
      {"territories.Ohio.stages.meeting.advance=40%", "stages: {",
       "stages: {meeting: {advance: 40%}, "},
      {"funnels.field.stages.\"a.b\".weeks={fixed: 2}", "{mean: 3, cv: 60%}", "{fixed: 2}"},
      {"funnels.field.amount.cv=50%", "cv: 80%", "cv: 50%"},
      {"run.seed=9", "attain: 1\n", "attain: 1\nrun: {seed: 9}\n"},
      {"groups.region.East.quota=500k", "attain: 1\n",
       "attain: 1\ngroups: {region: {East: {quota: 500k}}}\n"},
      {"thresholds=[90%, 1.1]", "attain: 1\n", "attain: 1\nthresholds: [90%, 1.1]\n"}};
  for (const SettingAndText& each : cases) {
    INFO(each.setting);
    std::string changed = in_yaml;
    REQUIRE(changed.find(each.from) != std::string::npos);
    changed.replace(changed.find(each.from), each.from.size(), each.to);
    const std::string expected = described(sound_scenario({{"scenario.yaml", changed}}));
    CHECK(expected != described(sound_scenario({{"scenario.yaml", in_yaml}})));
    CHECK(described(sound_scenario({{"scenario.yaml", in_yaml}}, {each.setting})) == expected);
    CHECK(described(sound_scenario(in_tables, {each.setting})) == expected);
  }
}

TEST_CASE("settings apply in their order, those of files before the files are read",
          "[unit][scenario][files]") {
  TextFiles files = in_tables;
  files["small.csv"] = "name,leads_per_week\nUtah,1\n";
  files["two.csv"] = "territory,deal,stage\nUtah,Umbra,meeting\n";
  const Scenario scenario = sound_scenario(
      files, {"territories.Utah.leads_per_week=2", "territories.Utah.leads_per_week=3",
              "territories.from=small.csv", "defaults.open.from=two.csv", "history=null"});
  REQUIRE(scenario.territories.size() == 1);
  CHECK(scenario.territories[0].streams[0].leads_per_week == 3);
  CHECK(scenario.territories[0].open.at(0).deal == "Umbra");
  CHECK(sound_scenario(in_tables, {"defaults.open=null"}).territories[0].open.empty());
  CHECK(sound_scenario({{"scenario.yaml", "attain: 1\n"}, {"base.yaml", in_yaml}},
                       {"extends=base.yaml"})
            .territories.size() == 3);
}

TEST_CASE("errors in tables alone are told from others", "[unit][scenario][files]") {
  TextFiles files = in_tables;
  files["history.csv"] = "period,territory,bookings\n2026-Q4,Ohio,much\n";
  CHECK(read_files(files).only_tables_are_wrong);
  CHECK_FALSE(read_files(files, {"run.seed=x"}).only_tables_are_wrong);
  CHECK_FALSE(read_files(in_tables).only_tables_are_wrong);
  for (int i = 0; i < 10'000; ++i) files["history.csv"] += "2026-Q3,Ohio\n";
  CHECK(read_files(files).only_tables_are_wrong);
}

TEST_CASE("all that was read is listed", "[unit][scenario][files]") {
  std::vector<std::string> names;
  for (const ScenarioSource& source : read_files(in_tables, {"run.seed=2"}).sources)
    names.push_back(source.file);
  CHECK(names == std::vector<std::string>{"scenario.yaml", "--set", "tables/territories.csv",
                                          "history.csv", "pipeline.csv"});
}

TEST_CASE("more columns than fit are refused", "[unit][scenario][files]") {
  std::string table = "name";
  for (int i = 0; i < 500; ++i) table += ",attributes.a" + std::to_string(i);
  const std::string said = messages_of(
      read_files({{"scenario.yaml", head + "territories: {from: t.csv}\n"}, {"t.csv", table}}));
  CHECK(said.find("error: the table has 501 columns, at most 500 are read") != std::string::npos);
}

TEST_CASE("more cells than fit are refused", "[unit][scenario][files]") {
  std::string table = "name,leads_per_week,quota\n";
  for (int i = 0; i < 700'000; ++i) table += "T,1,1\n";
  const std::string said = messages_of(
      read_files({{"scenario.yaml", head + "territories: {from: t.csv}\n"}, {"t.csv", table}}));
  CHECK(said.find("t.csv:666668:1: error: the tables have more than 2000000 cells") !=
        std::string::npos);
}

}  // namespace
}  // namespace attain
