#include "expand.hpp"

#include "merge.hpp"
#include "object.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_map>

namespace attain::reading {

namespace {

/// `{from: ...}`, perhaps with other keys that do not belong there.
bool is_from(const Node& value) {
  return value.kind == Node::Kind::mapping &&
         std::any_of(value.entries.begin(), value.entries.end(),
                     [](const Entry& entry) { return entry.key.text == "from"; });
}

/// The territories that can be found by their names.
class Territories {
 public:
  explicit Territories(Node& list) {
    for (Node& node : list.items) {
      const std::string_view name = peek_text(node, "name");
      if (!name.empty()) by_name_.try_emplace(std::string(name), &node);
    }
  }
  [[nodiscard]] Node* find(const std::string& name) const {
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? nullptr : found->second;
  }
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& [name, node] : by_name_) all.push_back(name);
    std::sort(all.begin(), all.end());
    return all;
  }

 private:
  std::unordered_map<std::string, Node*> by_name_;
};

/// Hands the rows of a table of deals to the territories that read it.
class DealRows {
 public:
  DealRows(const Territories& territories, Findings& findings)
      : territories_(territories), findings_(findings) {}

  /// Rows of a territory that is not there are left out in silence: it is said why it is not.
  void leave_out(const std::set<std::string>& names) { left_out_ = &names; }
  void leave_out_all_unknown() { leaves_out_all_ = true; }

  /// `readers` are the lists of deals to be filled, by territory.
  void hand_out(Table& table, const std::unordered_map<const Node*, Node*>& readers) {
    if (table.territory_column_is_misspelt) return;
    if (!table.has_territory_column) {
      if (readers.size() == 1) {
        for (TableRow& row : table.rows) take(row, *readers.begin()->second);
      } else {
        findings_.error(table.header, {},
                        fmt::format("there is no column 'territory', and {} territories read this "
                                    "table",
                                    readers.size()),
                        "add the column, with the name of each deal's territory");
      }
      return;
    }
    for (TableRow& row : table.rows) {
      if (row.territory.kind != Node::Kind::scalar) {
        findings_.error(row.node.spot, {}, "the row names no territory",
                        "fill its cell in the column 'territory'");
        continue;
      }
      Node* const territory = territories_.find(row.territory.text);
      const auto reader = readers.find(territory);
      if (territory != nullptr && reader != readers.end()) {
        take(row, *reader->second);
      } else {
        leave(row.territory, territory != nullptr);
      }
    }
    report_left();
  }

 private:
  struct Left {
    Spot spot;
    bool is_there;
    std::size_t rows;
  };

  static void take(TableRow& row, Node& list) { list.items.push_back(std::move(row.node)); }

  void leave(const Node& name, bool is_there) {
    if (!is_there && (leaves_out_all_ || left_out_->contains(name.text))) return;
    ++left_.try_emplace(name.text, Left{name.spot, is_there, 0}).first->second.rows;
  }

  void report_left() {
    for (const auto& [name, left] : left_) {
      const std::string rows = fmt::format("{} row{}", left.rows, left.rows == 1 ? "" : "s");
      if (left.is_there) {
        findings_.warning(left.spot, {},
                          fmt::format("'{}' does not read its open deals from this table; {} not "
                                      "used",
                                      name, rows + (left.rows == 1 ? " is" : " are")),
                          "let the territory read it with 'open: {from: ...}', or remove the rows");
      } else {
        findings_.error(left.spot, {},
                        fmt::format("there is no territory '{}', which {} name{}", name, rows,
                                    left.rows == 1 ? "s" : ""),
                        findings_.name_suggestion(name, [this] { return territories_.names(); }));
      }
    }
    left_.clear();
  }

  const Territories& territories_;
  Findings& findings_;
  const std::set<std::string>* left_out_ = nullptr;
  bool leaves_out_all_ = false;
  std::map<std::string, Left> left_;
};

Node* territories_of(Node& root) {
  Node* const list = root.kind == Node::Kind::mapping ? find_value(root, "territories") : nullptr;
  return list != nullptr && list->kind == Node::Kind::sequence ? list : nullptr;
}

}  // namespace

std::optional<int> Expansion::take_file(Node& value, const Path& path) {
  if (!is_from(value)) return std::nullopt;
  const Node from = std::move(value);
  value = {.kind = Node::Kind::unusable, .spot = from.spot};
  for (const Entry& entry : from.entries) {
    if (entry.key.text == "from") continue;
    findings_.error(entry.key.spot, path, fmt::format("'{}' stands beside 'from'", entry.key.text),
                    "a list that is read from a table is given by 'from' alone");
  }
  const auto name = std::find_if(from.entries.begin(), from.entries.end(),
                                 [](const Entry& entry) { return entry.key.text == "from"; });
  const std::optional<int> file = files_.open(name->value, Path(path, "from"), SourceKind::table);
  if (file) value = {.kind = Node::Kind::sequence, .spot = from.spot};
  return file;
}

bool Expansion::expand_list(Node& root, std::string_view key) {
  Node* const list = root.kind == Node::Kind::mapping ? find_value(root, key) : nullptr;
  if (list == nullptr) return true;
  const Path root_path;
  const std::optional<int> file = take_file(*list, Path(root_path, key));
  if (!file) return list->kind != Node::Kind::unusable;
  std::optional<Table> table =
      read_table(*file, field_of(Owner::scenario, key), budget_, findings_);
  if (table && table->rows.empty() && table->is_whole) {
    const Spot header = table->header;
    findings_.error(header, {}, "the table has a header and no rows", "add at least one row");
  }
  if (!table || table->rows.empty()) {
    list->kind = Node::Kind::unusable;
    return false;
  }
  for (TableRow& row : table->rows) list->items.push_back(std::move(row.node));
  return table->is_whole;
}

void Expansion::expand_territories(Node& root) {
  const bool is_whole = expand_list(root, "territories");
  territories_are_known_ = territories_are_known_ && is_whole;
}

void Expansion::expand_the_rest(Node& root) {
  expand_list(root, "history");
  expand_deals(root);
}

std::optional<Expansion::DefaultDeals> Expansion::take_default_deals(Node& root) {
  Node* const defaults = root.kind == Node::Kind::mapping ? find_value(root, "defaults") : nullptr;
  if (defaults == nullptr || defaults->kind != Node::Kind::mapping) return std::nullopt;
  Node* const open = find_value(*defaults, "open");
  if (open == nullptr) return std::nullopt;
  const Path root_path;
  const Path defaults_path(root_path, "defaults");
  const Path path(defaults_path, "open");
  std::optional<DefaultDeals> deals;
  if (is_from(*open)) {
    if (const auto file = take_file(*open, path)) deals = {*file, open->spot};
  } else {
    findings_.error(open->spot, path, "open deals under 'defaults' are read from a table",
                    "write 'open: {from: pipeline.csv}', with a column 'territory' in the table");
  }
  erase_key(*defaults, "open");
  return deals;
}

void Expansion::expand_deals(Node& root) {
  const std::optional<DefaultDeals> shared = take_default_deals(root);
  Node* const list = territories_of(root);
  if (list == nullptr) return;
  const Path root_path;
  const Path path(root_path, "territories");
  std::map<int, std::unordered_map<const Node*, Node*>> readers_of;
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    Node& territory = list->items[i];
    if (territory.kind != Node::Kind::mapping) continue;
    if (Node* const open = find_value(territory, "open")) {
      const std::string_view name = peek_text(territory, "name");
      const Path territory_path = name.empty() ? Path(path, i) : Path(path, name);
      if (const auto file = take_file(*open, Path(territory_path, "open")))
        readers_of[*file].emplace(&territory, open);
    } else if (shared) {
      const Spot spot = shared->spot;
      territory.entries.push_back({{.kind = Node::Kind::scalar, .spot = spot, .text = "open"},
                                   {.kind = Node::Kind::sequence, .spot = spot}});
      readers_of[shared->file].emplace(&territory, &territory.entries.back().value);
    }
  }
  const Territories territories(*list);
  DealRows deals(territories, findings_);
  deals.leave_out(removed_);
  if (!territories_are_known_) deals.leave_out_all_unknown();
  for (auto& [file, readers] : readers_of) {
    if (auto table = read_table(file, field_of(Owner::territory, "open"), budget_, findings_))
      deals.hand_out(*table, readers);
  }
}

}  // namespace attain::reading
