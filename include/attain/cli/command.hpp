#pragma once

#include <attain/cli/exit_code.hpp>

#include <atomic>
#include <iosfwd>
#include <span>
#include <string>
#include <vector>

namespace attain {

/// Where a command's answer and its messages go, and what it should know about these places.
struct Console {
  std::ostream& out;
  std::ostream& err;
  bool colour = false;                      ///< `out` is a terminal and NO_COLOR is not set.
  bool progress = false;                    ///< `err` is a terminal.
  const std::atomic<bool>* stop = nullptr;  ///< Set when the program is asked to end.
};

/// One command of the program. `run` takes the arguments behind the command's name, throws
/// UsageError, InvalidInput, CannotWrite or Interrupted, and answers `--help` itself.
struct Command {
  std::string name;
  std::string summary;  ///< One line for `attain --help`.
  ExitCode (*run)(std::span<const std::string> arguments, const Console& console);
};

/// Every command, in the order in which help lists them. A new one adds a line in
/// sim/cli/commands.cpp and its function in a file of its own.
const std::vector<Command>& commands();

}  // namespace attain
