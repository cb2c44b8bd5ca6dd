#pragma once

#include "findings.hpp"

#include <attain/model/scenario.hpp>

#include <string>

namespace attain::reading {

/// A sound scenario as one YAML file: its tree with what defaults and the format add, each value
/// with its origin and its meaning.
std::string resolved_text(const Node& root, const Scenario& scenario, Findings& findings);

}  // namespace attain::reading
