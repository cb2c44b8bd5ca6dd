#pragma once

#include <string>

namespace attain {

/// The format of scenario files as a JSON Schema (draft-07), for completion in editors.
std::string scenario_schema();

/// The format as reference tables in Markdown, which docs/scenario-format.md includes.
std::string scenario_reference();

/// A commented scenario to start from, the text of scenarios/starter.yaml.
std::string starter_scenario();

}  // namespace attain
