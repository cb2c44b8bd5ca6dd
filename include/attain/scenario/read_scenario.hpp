#pragma once

#include <attain/base/diagnostics.hpp>
#include <attain/model/scenario.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace attain {

/// The text of a scenario and the name of the file it comes from, as messages show it.
struct ScenarioSource {
  std::string file;
  std::string text;
};

/// A scenario, or why there is none.
struct ReadResult {
  std::optional<Scenario> scenario;     ///< Set if and only if there are no errors.
  std::vector<Diagnostic> diagnostics;  ///< Errors and warnings in the order of their places; after
                                        ///< 50 of a kind, one line says how many more there are.
  std::size_t errors = 0;               ///< All of them, said one by one or not.
  std::size_t warnings = 0;
};

/// The largest scenario file that is read, in bytes.
inline constexpr std::size_t largest_scenario_file = 8'000'000;

/// Reads and checks a scenario written in YAML. Never throws for what the text says: every error of
/// the text is found at once, save that what is not YAML at all ends with the first.
ReadResult read_scenario(const ScenarioSource& source);

/// The text of a file. Throws InvalidInput for a file that is not there, is a folder, cannot be
/// read or is larger than `largest_scenario_file`.
ScenarioSource load_scenario_file(const std::string& path);

}  // namespace attain
