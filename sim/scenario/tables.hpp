#pragma once

#include "findings.hpp"
#include "shape.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace attain::reading {

/// How many more cells may be read, in all tables of a scenario.
struct CellBudget {
  std::size_t left = 2'000'000;
};

/// A row of a table as the mapping that YAML would have there.
struct TableRow {
  Node node;
  Node territory;  ///< Of deals: the cell that says whose they are; empty if there is none.
};

struct Table {
  Spot header;
  bool has_territory_column = false;
  bool territory_column_is_misspelt = false;
  bool is_whole = true;  ///< Else rows are missing, which has been said.
  std::vector<TableRow> rows;
};

/// Reads the text number `file` as a table of the objects that `field` is a list of. The columns
/// are keys; nothing after a report if it is no table.
std::optional<Table> read_table(int file, const Field& field, CellBudget& budget,
                                Findings& findings);

}  // namespace attain::reading
