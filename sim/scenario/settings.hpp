#pragma once

#include "findings.hpp"
#include "shape.hpp"

#include <string>
#include <vector>

namespace attain::reading {

/// One `path=value` of the command line, whose place is a line of the text called `--set`.
struct Setting {
  std::string text;
  std::string value_text;  ///< What stands behind '='.
  std::vector<PathStep> steps;
  Node value;
  Spot spot;

  [[nodiscard]] bool is_extends() const;
  /// Whether it says which file something is read from, and so comes before the file is read.
  [[nodiscard]] bool names_a_file() const;
};

/// What can be understood of the settings; the rest is reported.
std::vector<Setting> parse_settings(const std::vector<std::string>& texts, NodeBudget& budget,
                                    Findings& findings);

/// Puts the value where the path leads to, or reports which part of the path is not there.
void apply_setting(const Setting& setting, Node& root, Findings& findings);

}  // namespace attain::reading
