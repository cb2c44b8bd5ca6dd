#pragma once

#include <attain/base/diagnostics.hpp>
#include <attain/model/scenario.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace attain {

/// The text of a scenario and the name of the file it comes from, as messages show it.
struct ScenarioSource {
  std::string file;
  std::string text;
};

/// How a scenario is put together from more than its own text.
struct ReadOptions {
  /// The text of a file that `extends` or `from` names; throws InvalidInput where there is none.
  /// Left out, nothing but the scenario's own text is read, and other files are errors.
  std::function<std::string(const std::string& path, std::size_t largest)> load;
  /// The path without symbolic links and `..`, by which files are told apart. Left out, it is taken
  /// as it is written, without `..`.
  std::function<std::string(const std::string& path)> real_path;
  bool allow_outside = false;         ///< Files outside of the scenario's folder, too.
  std::vector<std::string> settings;  ///< `path=value`, as in `territories.Ohio.quota=300k`.
};

/// What the source is called in which each setting is a line.
inline constexpr const char* settings_source = "--set";

/// Options with which files are read from the disk.
ReadOptions options_for_files();

/// A scenario, or why there is none.
struct ReadResult {
  std::optional<Scenario> scenario;     ///< Set if and only if there are no errors.
  std::vector<ScenarioSource> sources;  ///< All that was read, the scenario itself first; messages
                                        ///< name them. Settings are one called `--set`.
  std::vector<Diagnostic> diagnostics;  ///< In the order of the sources and of their places; after
                                        ///< 50 of a kind, one line says how many more there are.
  std::size_t errors = 0;               ///< All of them, said one by one or not.
  std::size_t warnings = 0;
  std::size_t notes = 0;
  bool only_tables_are_wrong = false;  ///< Every error is in a CSV file.
};

/// What the diagnostics say, each with its line of the source that it is about.
std::string messages_of(const ReadResult& result);

/// The largest scenario file that is read, in bytes.
inline constexpr std::size_t largest_scenario_file = 8'000'000;

/// Reads and checks a scenario written in YAML. Never throws for what the text says: every error of
/// the text is found at once, save that what is not YAML at all ends with the first.
ReadResult read_scenario(const ScenarioSource& source, const ReadOptions& options = {});

/// The scenario as one file, with all that `extends`, `from`, `defaults` and settings bring, where
/// each value comes from and what it means. It can be run, and gives the same results. Empty if the
/// scenario has errors.
std::string resolved_scenario(const ScenarioSource& source, const ReadOptions& options = {});

/// A scenario's text. Throws InvalidInput for a file that is not there, is a folder, cannot be read
/// or is larger than `largest_scenario_file`.
ScenarioSource load_scenario_file(const std::string& path);

}  // namespace attain
