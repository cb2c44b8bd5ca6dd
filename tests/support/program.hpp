#pragma once

#include <string>
#include <utility>
#include <vector>

namespace attain::testing {

/// What a program did.
struct ProgramResult {
  int exit_code = 0;
  std::string out;
  std::string err;
  long peak_kilobytes = 0;  ///< Largest resident size.
};

struct ProgramRun {
  std::vector<std::string> arguments;                            ///< The program first.
  std::vector<std::pair<std::string, std::string>> environment;  ///< Added to this process's.
  std::string folder;                                            ///< To run in; empty: this one.
};

/// Runs a program to its end without a shell, standard input empty.
ProgramResult run_program(const ProgramRun& run);

/// A new empty folder under the system's temporary one, removed at the end.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string read_file(const std::string& path);

}  // namespace attain::testing
