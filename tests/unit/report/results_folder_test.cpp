#include <attain/base/diagnostics.hpp>
#include <attain/report/new_file.hpp>
#include <attain/report/results_folder.hpp>

#include "support/program.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <ostream>

using namespace attain;
using attain::testing::read_file;
using attain::testing::TemporaryFolder;
using Catch::Matchers::Contains;
using Catch::Matchers::Message;

namespace {

namespace fs = std::filesystem;

std::function<void(std::ostream&)> saying(const std::string& text) {
  return [text](std::ostream& out) { out << text; };
}

void write_results(const fs::path& folder, const std::string& text) {
  ResultsFolder results(folder);
  results.add("a.txt", saying(text));
  results.add("b.txt", saying(text));
  results.commit();
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

TEST_CASE("Results are there after commit and not before", "[unit][report]") {
  const TemporaryFolder root;
  const fs::path folder = fs::path(root.path()) / "results" / "east";
  {
    ResultsFolder results(folder);
    results.add("a.txt", saying("new"));
    CHECK_FALSE(fs::exists(folder / "a.txt"));
  }
  // Nothing was committed, so that nothing stays, the folders included.
  CHECK(fs::is_empty(root.path()));
  write_results(folder, "new");
  CHECK(names_in(folder) == std::vector<std::string>{"a.txt", "b.txt"});
  CHECK(read_file(folder / "a.txt") == "new");
}

TEST_CASE("New results replace old ones and leave other files alone", "[unit][report]") {
  const TemporaryFolder root;
  const fs::path folder = root.path();
  write_results(folder, "old");
  write_new_file((folder / "notes.txt").string(), "mine");
  write_results(folder, "new");
  CHECK(names_in(folder) == std::vector<std::string>{"a.txt", "b.txt", "notes.txt"});
  CHECK(read_file(folder / "b.txt") == "new");
  CHECK(read_file(folder / "notes.txt") == "mine");
}

TEST_CASE("A failed commit leaves the old results whole", "[unit][report]") {
  const TemporaryFolder root;
  const fs::path folder = root.path();
  write_results(folder, "old");
  SECTION("a folder stands in the way") {
    fs::remove(folder / "b.txt");
    fs::create_directory(folder / "b.txt");
  }
  SECTION("a device stands in the way") {
    fs::remove(folder / "b.txt");
    fs::create_symlink("/dev/full", folder / "b.txt");
  }
  CHECK_THROWS_MATCHES(write_results(folder, "new"), CannotWrite,
                       Message("cannot write " + (folder / "b.txt").string() +
                               ": it is not a regular file\n  move it, or name another folder with "
                               "--output"));
  CHECK(read_file(folder / "a.txt") == "old");
  CHECK(names_in(folder) == std::vector<std::string>{"a.txt", "b.txt"});
}

TEST_CASE("A commit removes what killed runs left, and nothing else", "[unit][report]") {
  const TemporaryFolder root;
  const fs::path folder = root.path();
  const auto leave = [&folder](const std::string& name, const std::string& file) {
    fs::create_directory(folder / name);
    write_new_file((folder / name / file).string(), "left");
  };
  leave(".new-AbC123", "a.txt");
  leave(".new-XyZ789", "old-b.txt");
  fs::create_directory(folder / ".new-000000");
  leave(".new-foreig", "thesis.txt");  // Of the same pattern, but of somebody else.
  leave(".new-notes", "a.txt");
  leave(".new-AbC12_", "a.txt");
  fs::create_directory_symlink(".new-notes", folder / ".new-linked");
  write_new_file((folder / ".new-afile1").string(), "a file");
  ResultsFolder running(folder);
  running.add("a.txt", saying("running"));
  write_results(folder, "new");
  std::vector<std::string> names = names_in(folder);
  CHECK(names.size() == 8);
  for (const char* gone : {".new-AbC123", ".new-XyZ789", ".new-000000"}) {
    CHECK(std::count(names.begin(), names.end(), gone) == 0);
  }
  running.add("b.txt", saying("running"));
  running.commit();
  CHECK(names_in(folder) == std::vector<std::string>{".new-AbC12_", ".new-afile1", ".new-foreig",
                                                     ".new-linked", ".new-notes", "a.txt",
                                                     "b.txt"});
  CHECK(read_file(folder / "b.txt") == "running");
}

TEST_CASE("A folder that cannot be made is named", "[unit][report]") {
  const TemporaryFolder root;
  const std::string file = root.path() + "/file";
  write_new_file(file, "text");
  CHECK_THROWS_WITH(ResultsFolder(file), Contains(file + ": there is a file of that name"));
  CHECK_THROWS_WITH(ResultsFolder(file + "/below"),
                    Contains(file + ": there is a file of that name"));
  CHECK_THROWS_AS(ResultsFolder("/proc/attain/results"), CannotWrite);
  CHECK(read_file(file) == "text");
}

TEST_CASE("A new file never replaces one", "[unit][report]") {
  const TemporaryFolder root;
  const std::string file = root.path() + "/file";
  write_new_file(file, "first");
  CHECK_THROWS_AS(write_new_file(file, "second"), CannotWrite);
  CHECK(read_file(file) == "first");
  CHECK_THROWS_AS(write_new_file(root.path() + "/missing/file", "text"), CannotWrite);
}
