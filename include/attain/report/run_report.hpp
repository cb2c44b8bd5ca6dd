#pragma once

#include <attain/model/scenario.hpp>
#include <attain/summary/summary.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace attain {

/// What --precision asked for and got; all half-widths of 95 % intervals of chances of quota.
struct PrecisionRecord {
  double asked = 0;
  double achieved = 0;
  bool reached = false;
};

/// A file that was read.
struct InputFile {
  std::string file;
  std::string sha256;
};

/// What was run: enough to run it again. Holds no time of day, and nothing of the machine.
struct RunRecord {
  std::string version;                     ///< Of the program.
  std::string file;                        ///< The scenario as it was named.
  std::string sha256;                      ///< Of the scenario's text.
  std::vector<InputFile> inputs;           ///< All files, if there are others than the scenario.
  std::vector<std::string> settings;       ///< Values of --set.
  std::vector<std::string> without_rules;  ///< Names of rules that were left out.
  std::string options;  ///< As on the command line, with a blank behind, for hints of what to run.
  std::uint64_t seed = 0;
  std::int64_t replications = 0;
  std::optional<PrecisionRecord> precision;
};

/// Everything that a writer of a run needs.
struct RunReport {
  const Scenario& scenario;
  const Summary& summary;
  const RunRecord& run;
};

}  // namespace attain
