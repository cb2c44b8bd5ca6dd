#pragma once

#include "findings.hpp"

#include <attain/scenario/read_scenario.hpp>

#include <optional>

namespace attain::reading {

/// The scenario as one tree: with what it extends, the rows of the tables that it names, and the
/// settings. Each value keeps the place where it is written. Nothing if a part cannot be read, for
/// then much would seem to be missing.
std::optional<Node> compose(const ReadOptions& options, Findings& findings);

}  // namespace attain::reading
