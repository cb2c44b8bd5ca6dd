#pragma once

#include <attain/cli/exit_code.hpp>
#include <attain/cli/usage.hpp>
#include <attain/report/run_report.hpp>
#include <attain/scenario/read_scenario.hpp>

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace attain {

/// `text` with the options of every command that reads a scenario: `--set`, `--allow-outside`.
CommandText with_scenario_options(CommandText text);

/// What they say. Throws UsageError for a setting without '='.
ReadOptions read_options(const ParsedArguments& parsed);

struct LoadedScenario {
  Scenario scenario;
  std::vector<ScenarioSource> sources;  ///< The scenario's own file first.
};

/// A scenario, or with which code the command ends.
struct LoadResult {
  std::optional<LoadedScenario> loaded;
  ExitCode code = ExitCode::done;
};

/// Reads a scenario file and what it names, and prints what there is to say of them to `err`.
LoadResult load_scenario(const std::string& file, const ReadOptions& options, std::ostream& err);

/// How a command ends whose scenario has errors.
ExitCode exit_code_of(const ReadResult& result);

/// The scenario's part of what was run: its files and settings.
RunRecord record_of(const LoadedScenario& loaded, const ReadOptions& options);

}  // namespace attain
