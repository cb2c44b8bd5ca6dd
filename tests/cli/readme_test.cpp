#include "support/program.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

using namespace attain::testing;

namespace {

const std::string readme = std::string(ATTAIN_SOURCE_DIR) + "/README.md";

/// A fenced text of the README that a comment above it says is the output of a command, or a part
/// of it.
struct Example {
  std::vector<std::string> command;
  bool whole = false;
  std::size_t begin = 0;  ///< Of the text in the README.
  std::size_t end = 0;
};

std::vector<Example> examples_of(const std::string& page) {
  std::vector<Example> examples;
  std::size_t at = 0;
  while ((at = page.find("<!-- ", at)) != std::string::npos) {
    at += 5;
    Example example;
    example.whole = page.compare(at, 11, "output of: ") == 0;
    if (!example.whole && page.compare(at, 9, "part of: ") != 0) continue;
    const std::size_t from = page.find(": ", at) + 2;
    std::istringstream words(page.substr(from, page.find(" -->", at) - from));
    for (std::string word; words >> word;) example.command.push_back(word);
    example.begin = page.find("```text\n", at) + 8;
    example.end = page.find("```\n", example.begin);
    examples.push_back(example);
  }
  return examples;
}

std::string output_of(const Example& example) {
  // From the root of the sources, as its reader would; results go where nobody looks.
  const TemporaryFolder folder;
  ProgramRun run;
  run.arguments = example.command;
  run.arguments[0] = ATTAIN_EXECUTABLE;
  if (example.command[1] == "run") {
    run.arguments.insert(run.arguments.end(), {"--output", folder.path() + "/results"});
  }
  run.folder = ATTAIN_SOURCE_DIR;
  const ProgramResult result = run_program(run);
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  return result.out;
}

}  // namespace

TEST_CASE("The README shows what the program prints", "[cli]") {
  std::string page = read_file(readme);
  const std::vector<Example> examples = examples_of(page);
  REQUIRE(examples.size() >= 2);
  const bool update = std::getenv("ATTAIN_UPDATE_EXPECTED") != nullptr;
  // From the last, so that places stay right when a text is replaced.
  for (auto example = examples.rbegin(); example != examples.rend(); ++example) {
    const std::string output = output_of(*example);
    const std::string shown = page.substr(example->begin, example->end - example->begin);
    REQUIRE(!shown.empty());
    if (update && example->whole) {
      page.replace(example->begin, example->end - example->begin, output);
    } else if (example->whole) {
      CHECK(shown == output);
    } else {
      CHECK_THAT(output, Catch::Contains(shown));
    }
  }
  if (update) std::ofstream(readme, std::ios::binary) << page;
}
