// What is written from the table of fields: schema, reference and starter scenario.

#include "several_files.hpp"

#include <attain/scenario/format.hpp>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

namespace attain {
namespace {

namespace fs = std::filesystem;
const std::string root = ATTAIN_SOURCE_DIR;

bool updates_expectations() {
  const char* const update = std::getenv("ATTAIN_UPDATE_EXPECTED");
  return update != nullptr && std::string(update) == "1";
}

/// Compares a file with what the program writes, or writes it.
void check_file(const std::string& path, const std::string& text) {
  if (updates_expectations()) std::ofstream(path, std::ios::binary) << text;
  CHECK(test::file_text(path) == text);
}

struct ToolResult {
  int status;
  std::string output;
};

ToolResult run(const std::string& command) {
  std::FILE* const pipe = ::popen((command + " 2>&1").c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string output;
  std::array<char, 4096> piece{};
  while (const std::size_t size = std::fread(piece.data(), 1, piece.size(), pipe))
    output.append(piece.data(), size);
  return {::pclose(pipe), output};
}

/// The fenced blocks of a page whose opening line is exactly `fence`.
std::vector<std::string> fenced_blocks(const std::string& page, const std::string& fence) {
  std::vector<std::string> blocks;
  std::size_t at = 0;
  while ((at = page.find("\n" + fence + "\n", at)) != std::string::npos) {
    const std::size_t start = at + fence.size() + 2;
    const std::size_t end = page.find("\n```\n", start);
    REQUIRE(end != std::string::npos);
    blocks.push_back(page.substr(start, end + 1 - start));
    at = end;
  }
  return blocks;
}

/// A folder of its own that goes with the object.
class TemporaryFolder {
 public:
  TemporaryFolder()
      : path_(fs::temp_directory_path() / ("attain_format_" + std::to_string(::getpid()))) {
    fs::create_directories(path_);
  }
  ~TemporaryFolder() { fs::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string as_argument(const fs::path& path) { return " '" + path.string() + "'"; }

const std::string page_path = root + "/docs/scenario-format.md";
const std::string marker_start = "<!-- reference: written from the table of fields -->\n";
const std::string marker_end = "<!-- end of reference -->\n";

TEST_CASE("the schema file is the schema", "[unit][scenario]") {
  check_file(root + "/scenarios/attain.schema.json", scenario_schema());
}

TEST_CASE("the starter file is the starter scenario, and is sound", "[unit][scenario]") {
  check_file(root + "/scenarios/starter.yaml", starter_scenario());
  CHECK(test::messages(starter_scenario()).empty());
  CHECK(test::read(starter_scenario()).territories.size() == 3);
}

TEST_CASE("the format page contains the reference", "[unit][scenario]") {
  std::string page = test::file_text(page_path);
  const std::size_t start = page.find(marker_start);
  const std::size_t end = page.find(marker_end);
  REQUIRE(start != std::string::npos);
  REQUIRE(end != std::string::npos);
  const std::size_t body = start + marker_start.size();
  page.replace(body, end - body, "\n" + scenario_reference() + "\n");
  check_file(page_path, page);
}

TEST_CASE("complete examples of the format page are sound scenarios", "[unit][scenario]") {
  const std::vector<std::string> examples = fenced_blocks(test::file_text(page_path), "```yaml");
  REQUIRE(examples.size() >= 3);
  for (const std::string& example : examples) {
    INFO(example);
    CHECK(test::messages(example).empty());
  }
}

/// The files that fragments of the format page name, with the page's own examples in them.
test::TextFiles files_of_page(const std::string& page) {
  const std::vector<std::string> tables = fenced_blocks(page, "```csv");
  REQUIRE(tables.size() == 2);
  return {{"base.yaml", fenced_blocks(page, "```yaml").at(1)},
          {"territories.csv", tables[0]},
          {"pipeline.csv", tables[1]},
          {"history.csv", "period,territory,bookings\n2026-Q4,Ohio,298k\n"}};
}

TEST_CASE("fragments of the format page say only keys that there are", "[unit][scenario]") {
  const std::string page = test::file_text(page_path);
  // A fragment lacks what is required; nothing else may be wrong with it.
  for (const std::string& fragment : fenced_blocks(page, "```yaml fragment")) {
    INFO(fragment);
    const ReadResult result =
        read_scenario({"fragment.yaml", fragment}, test::these_files(files_of_page(page)));
    INFO(messages_of(result));
    for (const Diagnostic& diagnostic : result.diagnostics) {
      if (diagnostic.severity == Severity::note) continue;
      CHECK(diagnostic.message.find(" has no '") != std::string::npos);
    }
    CHECK(result.scenario.has_value() == fragment.starts_with("extends: "));
  }
}

TEST_CASE("every form is read", "[unit][scenario]") {
  const std::string text = test::file_text(root + "/tests/unit/scenario/every_form.yaml");
  const ReadResult result = read_scenario({"every_form.yaml", text});
  INFO(messages_of(result));
  CHECK(result.scenario.has_value());
}

TEST_CASE("an independent validator accepts what is sound and refuses what is not",
          "[unit][scenario]") {
  const TemporaryFolder folder;
  std::string command = std::string(ATTAIN_PYTHON) +
                        as_argument(root + "/tests/cli/schema_validate.py") +
                        as_argument(root + "/scenarios/attain.schema.json") + " --valid" +
                        as_argument(root + "/tests/unit/scenario/every_form.yaml");
  for (const auto& entry : fs::directory_iterator(root + "/scenarios")) {
    if (entry.path().extension() == ".yaml") command += as_argument(entry.path());
  }
  int number = 0;
  for (const std::string& example : fenced_blocks(test::file_text(page_path), "```yaml")) {
    const fs::path file = folder.path() / ("example_" + std::to_string(++number) + ".yaml");
    std::ofstream(file) << example;
    command += as_argument(file);
  }
  command += " --invalid";
  for (const char* const name : {"effort_out_of_range",
                                 "number_that_cannot_be_uncertain",
                                 "shock_mistakes",
                                 "shocks_of_another_shape",
                                 "uncertain_braces",
                                 "uncertain_factors",
                                 "uncertain_ranges",
                                 "capacity_mistakes",
                                 "ramp_as_a_list",
                                 "ramp_mistakes",
                                 "ramp_without_a_start",
                                 "rule_bare_factor_on_advance",
                                 "rule_chance",
                                 "rule_conditions",
                                 "rule_effects",
                                 "rule_without_then",
                                 "rules_of_another_shape",
                                 "seasonality_mistakes",
                                 "seasonality_of_another_shape",
                                 "seasonality_without_any",
                                 "amount_of_a_deal",
                                 "booked_out_of_range",
                                 "categories_as_a_list",
                                 "categories_out_of_range",
                                 "chance_of_a_deal_out_of_range",
                                 "dates_of_the_calendar",
                                 "due_beside_stage",
                                 "history_in_short_with_mistakes",
                                 "history_of_another_shape",
                                 "history_with_unknown_keys",
                                 "quota_list_too_long",
                                 "relief_out_of_range",
                                 "relief_without_why",
                                 "renewals_with_a_name",
                                 "renewals_without_due",
                                 "slip_in_parts",
                                 "weeks_and_end",
                                 "amount_too_large",
                                 "billion_open_deals",
                                 "calendar_out_of_range",
                                 "cv_out_of_range",
                                 "date_in_another_order",
                                 "date_in_words",
                                 "deal_and_count",
                                 "distribution_forms_mixed",
                                 "empirical_lists",
                                 "leading_zero",
                                 "keys_without_values",
                                 "misspelt_key",
                                 "missing_keys",
                                 "missing_keys_inside",
                                 "negative_rate",
                                 "no_funnels",
                                 "no_stages",
                                 "no_territories",
                                 "number_not_written_as_one",
                                 "probability_out_of_range",
                                 "replications_out_of_range",
                                 "root_is_a_list",
                                 "root_is_a_text",
                                 "streams_beside_funnel",
                                 "unknown_key",
                                 "unknown_key_of_each_object",
                                 "version_of_the_future",
                                 "wrong_shapes",
                                 "wrong_shapes_inside",
                                 "zero_or_negative_amount",
                                 "zero_or_negative_mean",
                                 "zero_or_negative_quota"}) {
    command += as_argument(root + "/tests/bad_input/" + name + ".yaml");
  }
  const ToolResult result = run(command);
  INFO(result.output);
  CHECK(result.status == 0);
}

// The schema must refuse each mistake by itself, not a file for another reason.
TEST_CASE("the schema refuses single mistakes", "[unit][scenario]") {
  const TemporaryFolder folder;
  const std::array<const char*, 23> mistakes{"advance: 45",
                                             "advance: 40 until 60%",
                                             "advance: {mean: 50%}",
                                             "advance: {mean: 50%, cv: 10%, sd: 5%}",
                                             "advance: {rate: 50%}",
                                             "advance: {range: 40%}",
                                             "advance: {mean: 50%, sd: 5%, per: deal}",
                                             "weeks: {rate: 50%, observed: 10}",
                                             "weeks: {mean: {rate: 50%, observed: 10}}",
                                             "weeks: {range: 2 to 3, cv: 80%}",
                                             "weeks: {mean: 2, per: territory}",
                                             "weeks: {empirical: [1 to 2]}",
                                             "advance: 120%",
                                             "advance: '1.2'",
                                             "weeks: 0",
                                             "weeks: 0 weeks",
                                             "weeks: {mean: 2, cv: 0}",
                                             "weeks: {cv: 1}",
                                             "weeks: 3 days",
                                             "activity: [a]",
                                             "colour: blue",
                                             "weeks: {mean: 2, fixed: 2}",
                                             "weeks: {advance: 2}"};
  std::string command = std::string(ATTAIN_PYTHON) +
                        as_argument(root + "/tests/cli/schema_validate.py") +
                        as_argument(root + "/scenarios/attain.schema.json");
  const auto add = [&](const std::string& name, const std::string& stage) {
    const std::string text =
        test::scenario_with("{" + stage + "}", "funnel: field, leads_per_week: 3");
    std::ofstream(folder.path() / (name + ".yaml")) << text;
    command += as_argument(folder.path() / (name + ".yaml"));
    return read_scenario({"s.yaml", text}).scenario.has_value();
  };
  command += " --valid";
  CHECK(add("sound", "name: order, advance: 45%, weeks: 2"));
  command += " --invalid";
  for (std::size_t i = 0; i < mistakes.size(); ++i) {
    const std::string mistake = mistakes[i];
    INFO(mistake);
    std::string stage = "name: order, " + mistake;
    if (!mistake.starts_with("advance")) stage += ", advance: 45%";
    if (!mistake.starts_with("weeks")) stage += ", weeks: 2";
    CHECK_FALSE(add("mistake_" + std::to_string(i), stage));
  }
  const ToolResult result = run(command);
  INFO(result.output);
  CHECK(result.status == 0);
}

}  // namespace
}  // namespace attain
