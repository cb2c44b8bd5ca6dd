#include "several_files.hpp"

#include <algorithm>
#include <cstdlib>
#include <sstream>

// Bad scenarios of several files, each in a folder of tests/bad_input_files: scenario.yaml, what it
// names, perhaps `settings` with a --set in each line, and in `expected` what is said.

namespace attain {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> folders() {
  std::vector<fs::path> all;
  for (const auto& entry : fs::directory_iterator(ATTAIN_SOURCE_DIR "/tests/bad_input_files"))
    all.push_back(entry.path());
  std::sort(all.begin(), all.end());
  return all;
}

std::vector<std::string> settings_in(const fs::path& folder) {
  std::vector<std::string> settings;
  if (!fs::exists(folder / "settings")) return settings;
  std::istringstream text(test::file_text((folder / "settings").string()));
  for (std::string line; std::getline(text, line);) settings.push_back(line);
  return settings;
}

// ATTAIN_UPDATE_EXPECTED=1 writes the expectations anew, as for tests/bad_input.
TEST_CASE("each bad set of files gets exactly its messages", "[unit][scenario][files]") {
  const std::vector<fs::path> all = folders();
  REQUIRE(all.size() > 40);
  const char* const update = std::getenv("ATTAIN_UPDATE_EXPECTED");
  for (const fs::path& folder : all) {
    INFO(folder);
    ReadOptions options = test::files_of(folder);
    options.settings = settings_in(folder);
    const ReadResult result = read_scenario(
        {"scenario.yaml", test::file_text((folder / "scenario.yaml").string())}, options);
    const std::string actual = messages_of(result);
    CHECK(result.scenario.has_value() == folder.filename().string().starts_with("warning_"));
    CHECK_FALSE(result.diagnostics.empty());
    const std::string expected = (folder / "expected").string();
    if (update != nullptr && std::string(update) == "1")
      std::ofstream(expected, std::ios::binary) << actual;
    CHECK(actual == test::file_text(expected));
  }
}

}  // namespace
}  // namespace attain
