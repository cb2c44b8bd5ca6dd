#include "reading.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

namespace attain {
namespace {

namespace fs = std::filesystem;

std::string refusal(const std::string& path) {
  try {
    load_scenario_file(path);
  } catch (const InvalidInput& invalid) {
    REQUIRE(invalid.diagnostics().size() == 1);
    return render(invalid.diagnostics()[0], "");
  }
  return "read";
}

TEST_CASE("a file that cannot be read is refused with what to do", "[unit][scenario]") {
  CHECK(refusal("/nonexistent/scenario.yaml") ==
        "/nonexistent/scenario.yaml: error: there is no such file\n"
        "  check the path, or write a first scenario with 'attain init'\n");
  CHECK(refusal("/tmp") == "/tmp: error: this is a folder, not a scenario\n  name a file in it\n");
  CHECK(refusal("/dev/zero") ==
        "/dev/zero: error: the file has more than 8 MB, which is the most that is read\n"
        "  split the scenario, or count open deals that are alike in one line\n");
}

// Opening the pipe to read it would wait for somebody who writes.
TEST_CASE("a pipe is refused where a scenario names a file", "[unit][scenario]") {
  const fs::path pipe = fs::temp_directory_path() / ("attain_pipe_" + std::to_string(::getpid()));
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const std::string name = pipe.filename().string();
  for (const std::string& text :
       {"extends: " + name + '\n', "territories: {from: " + name + "}\n"}) {
    const ReadResult result =
        read_scenario({(pipe.parent_path() / "scenario.yaml").string(), text}, options_for_files());
    CHECK(messages_of(result).find("this is a pipe or a device, not a file") != std::string::npos);
  }
  fs::remove(pipe);
}

TEST_CASE("a file without permission is refused", "[unit][scenario]") {
  if (::geteuid() == 0) return;  // The superuser may read everything.
  const fs::path file =
      fs::temp_directory_path() / ("attain_unreadable_" + std::to_string(::getpid()));
  std::ofstream(file) << "attain: 1\n";
  fs::permissions(file, fs::perms::none);
  CHECK(refusal(file.string()).find("cannot be read: Permission denied") != std::string::npos);
  fs::remove(file);
}

TEST_CASE("a file is read byte for byte", "[unit][scenario]") {
  const fs::path file = fs::temp_directory_path() / ("attain_read_" + std::to_string(::getpid()));
  const std::string text = std::string("attain: 1\r\n\0", 12) + std::string(100'000, 'x');
  std::ofstream(file, std::ios::binary) << text;
  CHECK(load_scenario_file(file.string()).text == text);
  CHECK(load_scenario_file(file.string()).file == file.string());
  fs::remove(file);
}

}  // namespace
}  // namespace attain
