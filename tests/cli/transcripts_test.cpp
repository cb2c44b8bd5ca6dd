#include "support/program.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

// Transcripts in the manner of ledger: tests/cli/*.test. A file has
//
//   file NAME            a file of the folder in which the commands run, up to 'end file'
//   test ARGUMENTS -> N  'attain ARGUMENTS' and its exit code (0 if left out), then what it prints
//                        on standard output and, below '__ERROR__', on standard error, up to
//                        'end test'; arguments with spaces stand in '...' or "..."
//   shell COMMAND -> N   the same for a line of sh, where attain is "$ATTAIN"
//
// and words about them between. The folder is new for each file and has 'scenarios'.
// ATTAIN_UPDATE_EXPECTED=1 writes what the program says into the files.

using namespace attain::testing;

namespace {

namespace fs = std::filesystem;

struct Reply {
  std::string out;
  std::string err;
  int exit_code = 0;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  std::size_t at = 0;
  while ((at = line.find_first_not_of(' ', at)) != std::string::npos) {
    const char quote = line[at];
    const bool quoted = quote == '\'' || quote == '"';
    const std::size_t begin = quoted ? at + 1 : at;
    const std::size_t end = std::min(line.find(quoted ? quote : ' ', begin), line.size());
    words.push_back(line.substr(begin, end - begin));
    at = end + 1;
  }
  return words;
}

/// "run x.yaml -> 2" as "run x.yaml" and 2.
std::pair<std::string, int> command_and_code(const std::string& line) {
  const std::size_t arrow = line.rfind(" -> ");
  if (arrow == std::string::npos) return {line, 0};
  return {line.substr(0, arrow), std::stoi(line.substr(arrow + 4))};
}

class Transcript {
 public:
  explicit Transcript(const fs::path& path) : lines_(lines_of(read_file(path.string()))) {
    fs::create_directory_symlink(std::string(ATTAIN_SOURCE_DIR) + "/scenarios",
                                 folder_.path() + "/scenarios");
  }

  /// Runs every command, and returns the transcript as it should read.
  std::string play() {
    for (next_ = 0; next_ < lines_.size();) {
      const std::string line = take();
      if (line.rfind("file ", 0) == 0) {
        write_file(line.substr(5));
      } else if (line.rfind("test ", 0) == 0) {
        play_command(line, 5);
      } else if (line.rfind("shell ", 0) == 0) {
        play_command(line, 6);
      }
    }
    return played_;
  }

 private:
  std::string take() {
    played_ += lines_.at(next_) + "\n";
    return lines_.at(next_++);
  }

  void write_file(const std::string& name) {
    std::ofstream file(folder_.path() + "/" + name);
    for (std::string line = take(); line != "end file"; line = take()) file << line << "\n";
  }

  void play_command(const std::string& line, std::size_t prefix) {
    const auto [command, exit_code] = command_and_code(line.substr(prefix));
    Reply expected;
    expected.exit_code = exit_code;
    bool error = false;
    for (; lines_.at(next_) != "end test"; ++next_) {
      if (lines_[next_] == "__ERROR__") {
        error = true;
      } else {
        (error ? expected.err : expected.out) += lines_[next_] + "\n";
      }
    }
    ProgramRun run;
    run.folder = folder_.path();
    run.environment = {{"ATTAIN", ATTAIN_EXECUTABLE}};
    if (prefix == 5) {
      run.arguments = words_of(command);
      run.arguments.insert(run.arguments.begin(), ATTAIN_EXECUTABLE);
    } else {
      run.arguments = {"/bin/sh", "-c", command};
    }
    const ProgramResult result = run_program(run);
    {
      INFO(line);
      CHECK(result.out == expected.out);
      CHECK(result.err == expected.err);
      CHECK(result.exit_code == expected.exit_code);
    }
    const std::string code = result.exit_code == 0 ? "" : " -> " + std::to_string(result.exit_code);
    played_.erase(played_.size() - line.size() - 1);
    played_ += line.substr(0, prefix) + command + code + "\n" + result.out;
    if (!result.err.empty()) played_ += "__ERROR__\n" + result.err;
    played_ += take_end();
  }

  std::string take_end() {
    ++next_;
    return "end test\n";
  }

  std::vector<std::string> lines_;
  TemporaryFolder folder_;
  std::size_t next_ = 0;
  std::string played_;
};

bool updating() {
  const char* const value = std::getenv("ATTAIN_UPDATE_EXPECTED");
  return value != nullptr && std::string(value) == "1";
}

std::vector<fs::path> transcripts() {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(std::string(ATTAIN_SOURCE_DIR) + "/tests/cli")) {
    if (entry.path().extension() == ".test") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace

TEST_CASE("The program says what its transcripts say", "[cli]") {
  const std::vector<fs::path> paths = transcripts();
  REQUIRE(paths.size() >= 8);
  for (const fs::path& path : paths) {
    DYNAMIC_SECTION(path.stem().string()) {
      Transcript transcript(path);
      const std::string played = transcript.play();
      if (updating()) std::ofstream(path) << played;
    }
  }
}
