#pragma once

namespace attain {

/// What the program's end says to the shell.
enum class ExitCode {
  done = 0,
  internal = 1,
  usage = 2,
  invalid_scenario = 3,
  invalid_data = 4,
  cannot_write = 5,
  interrupted = 130,  ///< By Ctrl-C (SIGINT).
  terminated = 143,   ///< By SIGTERM.
};

}  // namespace attain
