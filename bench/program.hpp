#pragma once

#include "timing.hpp"

#include <string>

namespace attain::bench {

/// The program as its user meets it. All of it is skipped while there is no executable.
class ProgramSpeed {
 public:
  /// Writes the scenario of 1,000 territories into the build folder.
  ProgramSpeed();

  void round();
  void print() const;

 private:
  std::string problem_;  ///< Why there is nothing to measure.
  std::string scenario_;
  double scenario_bytes_ = 0;
  Samples start_;
  Samples check_;
};

/// Peak memory of 17 territories x 10,000,000 and of 1,000 x 20,000 replications, each in a process
/// of its own: `attain run` if there is an executable, and the engine alone.
void print_memory(const std::string& this_program);

/// What such a process does: reads the scenario and simulates it without writing anything.
int simulate_file(const std::string& file, const std::string& replications);

}  // namespace attain::bench
