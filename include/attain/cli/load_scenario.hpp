#pragma once

#include <attain/scenario/read_scenario.hpp>

#include <iosfwd>
#include <optional>
#include <string>

namespace attain {

struct LoadedScenario {
  Scenario scenario;
  ScenarioSource source;
};

/// Reads a scenario file and prints its errors and warnings to `err`; none if there are errors, and
/// then the command ends with ExitCode::invalid_scenario.
std::optional<LoadedScenario> load_scenario(const std::string& file, std::ostream& err);

}  // namespace attain
