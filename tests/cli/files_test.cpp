// Scenarios of several files give what the same in one file gives, to the byte.

#include "support/files_scenario.hpp"
#include "support/program.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <map>

using namespace attain::testing;

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

void write(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

ProgramResult attain_in(const std::string& folder, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), ATTAIN_EXECUTABLE);
  return run_program({std::move(arguments), {}, folder});
}

/// What a run of `scenario.yaml` prints and writes, without which files it was read from.
std::map<std::string, std::string> written_in(const std::string& folder) {
  const ProgramResult result =
      attain_in(folder, {"run", "scenario.yaml", "--format", "json", "--replications", "2000"});
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  std::map<std::string, std::string> written{{"standard output.json", result.out}};
  for (const auto& entry : fs::recursive_directory_iterator(folder + "/results")) {
    if (entry.is_regular_file())
      written[entry.path().filename().string()] = read_file(entry.path().string());
  }
  REQUIRE(written.size() >= 6);
  for (auto& [name, text] : written) {
    if (fs::path(name).extension() != ".json") continue;
    Json json = Json::parse(text);
    if (!json.contains("scenario")) continue;
    json["scenario"].erase("file");
    json["scenario"].erase("sha256");
    json.erase("inputs");
    text = json.dump();
  }
  return written;
}

TEST_CASE("tables give the bytes of the same lists in YAML", "[cli][files]") {
  const TemporaryFolder one;
  write(fs::path(one.path()) / "scenario.yaml", in_yaml);
  const TemporaryFolder several;
  for (const auto& [name, text] : in_tables) write(fs::path(several.path()) / name, text);
  const auto expected = written_in(one.path());
  CHECK(expected.at("summary.json").find("Ohio") != std::string::npos);
  CHECK(written_in(several.path()) == expected);
}

TEST_CASE("a resolved scenario gives the bytes of what it was made from", "[cli][files]") {
  std::vector<fs::path> scenarios;
  const TemporaryFolder several;
  for (const auto& [name, text] : in_tables) write(fs::path(several.path()) / name, text);
  scenarios.push_back(fs::path(several.path()) / "scenario.yaml");
  for (const auto& entry : fs::directory_iterator(ATTAIN_SOURCE_DIR "/scenarios"))
    if (entry.path().extension() == ".yaml") scenarios.push_back(entry.path());
  REQUIRE(scenarios.size() > 5);
  for (const fs::path& scenario : scenarios) {
    INFO(scenario);
    const TemporaryFolder given;
    for (const auto& entry : fs::directory_iterator(scenario.parent_path())) {
      if (entry.path().extension() == ".csv" || entry.is_directory())
        fs::copy(entry.path(), given.path() / entry.path().filename(), fs::copy_options::recursive);
    }
    // The name of the file is the scenario's own where it states none.
    fs::copy(scenario, given.path() + "/scenario.yaml");
    const TemporaryFolder resolved;
    const ProgramResult result = attain_in(given.path(), {"check", "scenario.yaml", "--resolved"});
    REQUIRE(result.exit_code == 0);
    write(fs::path(resolved.path()) / "scenario.yaml", result.out);
    CHECK(written_in(resolved.path()) == written_in(given.path()));
  }
}

TEST_CASE("a run says which files and settings it was made from", "[cli][files]") {
  const TemporaryFolder folder;
  for (const auto& [name, text] : in_tables) write(fs::path(folder.path()) / name, text);
  const ProgramResult result =
      attain_in(folder.path(), {"run", "scenario.yaml", "--format", "json", "--replications", "100",
                                "--set", "territories.Ohio.quota=1k", "--set=currency=EUR"});
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  const Json json = Json::parse(result.out);
  CHECK(json.at("settings") == Json{"territories.Ohio.quota=1k", "currency=EUR"});
  std::vector<std::string> files;
  for (const Json& input : json.at("inputs")) {
    files.push_back(input.at("file"));
    CHECK(input.at("sha256").get<std::string>().size() == 64);
  }
  CHECK(files == std::vector<std::string>{"scenario.yaml", "tables/territories.csv", "history.csv",
                                          "pipeline.csv"});
  CHECK(json.at("run").at("currency") == "EUR");
}

}  // namespace
