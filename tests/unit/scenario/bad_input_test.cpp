#include "reading.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iterator>

namespace attain {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> corpus() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(ATTAIN_SOURCE_DIR "/tests/bad_input")) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// ATTAIN_UPDATE_EXPECTED=1 writes the expectations anew. Read them all: would a sales leader know
// what to do next?
TEST_CASE("each bad file gets exactly its messages", "[unit][scenario]") {
  const std::vector<fs::path> files = corpus();
  REQUIRE(files.size() > 60);
  const char* const update = std::getenv("ATTAIN_UPDATE_EXPECTED");
  for (const fs::path& file : files) {
    const std::string name = file.filename().string();
    INFO(name);
    const ScenarioSource source{name, load_scenario_file(file.string()).text};
    const ReadResult result = read_scenario(source);
    const std::string actual = messages_of(result);
    const bool is_only_warned = name.starts_with("warning_");
    CHECK(result.scenario.has_value() == is_only_warned);
    CHECK_FALSE(result.diagnostics.empty());
    fs::path expected = file;
    expected.replace_extension(".expected");
    if (update != nullptr && std::string(update) == "1")
      std::ofstream(expected, std::ios::binary) << actual;
    CHECK(actual == test::file_text(expected.string()));
  }
}

TEST_CASE("every expectation belongs to a bad file", "[unit][scenario]") {
  for (const auto& entry : fs::directory_iterator(ATTAIN_SOURCE_DIR "/tests/bad_input")) {
    fs::path file = entry.path();
    INFO(file);
    CHECK(fs::exists(file.replace_extension(".yaml")));
  }
}

// These would not survive in a repository.
TEST_CASE("bytes that are no text are refused", "[unit][scenario]") {
  using namespace std::string_literals;
  CHECK(test::messages("attain: 1\nname: a\0b\n"s) ==
        "scenario.yaml:2:8: error: a NUL character stands here\n"
        "    name: ab\n"
        "           ^\n"
        "  remove it; a scenario is plain text\n");
  const std::string utf16 =
      "scenario.yaml: error: the file is in UTF-16, not in UTF-8\n"
      "  save it as UTF-8 (in Notepad and Excel: 'Save as', encoding UTF-8)\n";
  CHECK(test::messages("\xFF\xFE"
                       "a\0t\0"s) == utf16);
  CHECK(test::messages("\xFE\xFF\0a\0t"s) == utf16);
  CHECK(test::messages("a\0t\0t\0"s) == utf16);
  CHECK(test::messages(std::string(9'000'000, ' ')) ==
        "scenario.yaml: error: the file has 9.0 MB, at most 8 MB are read\n"
        "  split the scenario, or count open deals that are alike in one line\n");
}

TEST_CASE("what a scenario cannot hold is cut off before it costs time or memory",
          "[unit][scenario]") {
  CHECK(test::messages(std::string(2'000'000, '[')).find("more than 1,000 brackets") !=
        std::string::npos);
  CHECK(test::messages("name: " + std::string(70'000, 'x')).find("this text has 70000 bytes") !=
        std::string::npos);
  std::string dashes;
  for (int i = 0; i < 100'000; ++i) dashes += "- ";
  CHECK(test::messages(dashes).find("nested more than 32 levels deep") != std::string::npos);
  std::string misspelt;
  for (int i = 0; i < 20'000; ++i) misspelt += "k" + std::to_string(i) + ": 1\n";
  CHECK(test::messages(misspelt).ends_with("scenario.yaml: error: and 19953 more errors\n"));
}

// Each of many streams takes a copy of its funnel, so a small file could ask for much memory.
TEST_CASE("copies of long lists are limited", "[unit][scenario]") {
  std::string values = "1";
  for (int i = 2; i <= 5000; ++i) values += "," + std::to_string(i);
  std::string text = test::scenario_with_weeks("{empirical: [" + values + "]}");
  for (int i = 0; i < 1200; ++i) {
    text +=
        "  - {name: T" + std::to_string(i) + ", funnel: field, quota: none, leads_per_week: 1}\n";
  }
  CHECK(test::messages(text).find("hold more than 10 million numbers") != std::string::npos);
}

TEST_CASE("columns count characters", "[unit][scenario]") {
  const ReadResult result = read_scenario({"s.yaml", "attain: 1\n{\"äöü東\": 1, attain: x}\n"});
  REQUIRE_FALSE(result.diagnostics.empty());
  const ReadResult flow = read_scenario({"s.yaml", "{\"äöü東\": 1, attain: 2}\n"});
  const auto wrong = std::find_if(flow.diagnostics.begin(), flow.diagnostics.end(),
                                  [](const Diagnostic& each) { return each.path == "attain"; });
  REQUIRE(wrong != flow.diagnostics.end());
  CHECK(wrong->place.column == 21);
}

}  // namespace
}  // namespace attain
