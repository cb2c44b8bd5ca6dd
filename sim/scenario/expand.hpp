#pragma once

#include "files.hpp"
#include "findings.hpp"
#include "tables.hpp"

namespace attain::reading {

/// Puts the rows of tables where `{from: file.csv}` stands.
class Expansion {
 public:
  Expansion(Files& files, Findings& findings) : files_(files), findings_(findings) {}

  void expand_territories(Node& root);
  /// Open deals, of the defaults too, and history; territories must be there.
  void expand_the_rest(Node& root);

 private:
  /// The text that `{from: file}` names, which becomes a list of rows to be filled; nothing if the
  /// value is something else, or after a report.
  std::optional<int> take_file(Node& value, const Path& path);
  void expand_list(Node& root, std::string_view key);
  void hand_out_default_deals(Node& root);
  void expand_deals(Node& root);

  Files& files_;
  Findings& findings_;
  CellBudget budget_;
};

}  // namespace attain::reading
