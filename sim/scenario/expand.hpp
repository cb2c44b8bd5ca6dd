#pragma once

#include "files.hpp"
#include "findings.hpp"
#include "tables.hpp"

#include <set>
#include <string>

namespace attain::reading {

/// Puts the rows of tables where `{from: file.csv}` stands.
class Expansion {
 public:
  /// `removed` are the territories whose deals are left out.
  Expansion(Files& files, const std::set<std::string>& removed, Findings& findings)
      : files_(files), removed_(removed), findings_(findings) {}

  void expand_territories(Node& root);
  /// Open deals, of the defaults too, and history; territories must be there.
  void expand_the_rest(Node& root);

 private:
  /// The text that `{from: file}` names, which becomes a list of rows to be filled; nothing if the
  /// value is something else, or after a report.
  std::optional<int> take_file(Node& value, const Path& path);
  /// Whether all rows are there; also if there is no table.
  bool expand_list(Node& root, std::string_view key);
  struct DefaultDeals {
    int file;
    Spot spot;
  };
  /// What every territory without open deals of its own reads, if there is such a table.
  std::optional<DefaultDeals> take_default_deals(Node& root);
  void expand_deals(Node& root);

  Files& files_;
  const std::set<std::string>& removed_;
  Findings& findings_;
  CellBudget budget_;
  bool territories_are_known_ = true;
};

}  // namespace attain::reading
