#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace attain::bench {

/// What a child process did.
struct ChildResult {
  int exit_code = -1;
  double seconds = 0;           ///< From start to end, by the wall.
  std::int64_t peak_bytes = 0;  ///< Its largest resident set.
  std::string output;           ///< Its standard output; what it says on stderr is dropped.
};

ChildResult run_child(const std::vector<std::string>& command);

}  // namespace attain::bench
