#include "tables.hpp"

#include "values.hpp"

#include <attain/base/csv_reader.hpp>
#include <attain/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace attain::reading {

namespace {

constexpr std::size_t longest_cell = 65'536;
constexpr std::size_t most_columns = 500;  // A cell looks for its key among them.
constexpr std::string_view territory_key = "territory";

/// Where the cells of a column go.
struct Column {
  std::vector<Node> keys;  ///< Empty: the column has been refused.
  bool is_territory = false;
  bool may_be_list = false;
  bool must_be_list = false;
};

/// What can stand in the columns of a table.
struct Format {
  const Field& field;
  bool takes_territory;  ///< A column of its own says whose the deals are.
  bool is_flat;          ///< `proposal.advanced` is one key.
};

Node key_node(std::string_view text, Spot spot) {
  return {.kind = Node::Kind::scalar, .spot = spot, .text = std::string(text)};
}

std::vector<std::string> known_columns(const Format& format, const Shape& shape) {
  std::vector<std::string> names = known_keys(shape);
  if (format.takes_territory && shape.keys == format.field.of)
    names.insert(names.begin(), std::string(territory_key));
  return names;
}

/// Says why a key is no column, and what to do.
void refuse_column(const Format& format, const Shape& shape, const std::string& key, Spot spot,
                   Findings& findings) {
  const std::vector<std::string> names = known_columns(format, shape);
  if (names.empty()) {
    findings.error(spot, {}, fmt::format("nothing can stand under '{}' here", key));
    return;
  }
  const std::string nearest = nearest_word(key, names);
  if (!nearest.empty() && shape.keys == format.field.of) findings.add_misspelt(spot.file, nearest);
  findings.error(spot, {},
                 fmt::format("the column '{}' is not a key of {}", key, noun_of(shape.keys)),
                 nearest.empty() ? fmt::format("known here: {}", fmt::join(names, ", "))
                                 : fmt::format("did you mean '{}'?", nearest));
}

void refuse_nested(const Field& field, const std::string& name, Spot spot, Findings& findings) {
  findings.error(
      spot, {}, fmt::format("'{}' is {}, which has no room in a cell", name, noun_of(field.kind)),
      field.may_be_a_file
          ? fmt::format("name a table in a column '{}.from', or write it in YAML", name)
      : field.kind == Kind::list
          ? "write territories that need it in YAML, in a scenario that 'extends' this one"
          : fmt::format("give each of its keys a column, as in '{}.NAME'", name));
}

class Header {
 public:
  Header(const Format& format, Findings& findings) : format_(format), findings_(findings) {}

  std::vector<Column> read(const std::vector<CsvCell>& row, int file) {
    std::vector<Column> columns;
    TableHeader header{{row.front().line, row.front().column, file}, format_.field.of, {}, {}};
    // Known as the header before columns are judged, so that what is said of one is said once.
    for (const CsvCell& cell : row) header.columns.emplace_back(cell.text);
    findings_.set_header(file, header);
    for (const CsvCell& cell : row) columns.push_back(read_column(cell, file));
    return columns;
  }

 private:
  Column read_column(const CsvCell& cell, int file) {
    const Spot spot{cell.line, cell.column, file};
    const std::string name(cell.text);
    if (name.empty()) {
      findings_.error(spot, {}, "a column has no name", "name it, or remove it from every row");
      return {};
    }
    if (!check_name(key_node(name, spot), {}, findings_)) return {};
    if (!names_.insert(name).second) {
      findings_.error(spot, {}, fmt::format("two columns are called '{}'", name),
                      "keep one of the two");
      return {};
    }
    if (format_.is_flat) return {.keys = {key_node(name, spot)}};
    if (format_.takes_territory && name == territory_key)
      return {.keys = {key_node(name, spot)}, .is_territory = true};
    return read_keys(name, spot);
  }

  Column read_keys(const std::string& name, Spot spot) {
    const SplitPath path = split_path(name);
    if (!path.problem.empty()) {
      findings_.error(spot, {},
                      fmt::format("the column '{}' is not a path: {}", name, path.problem),
                      "keys are separated by dots, as in 'attributes.tier'; put a name with a dot "
                      "in quotes");
      return {};
    }
    Column column;
    Shape shape = shape_of(format_.field.of);
    for (const PathStep& step : path.steps) {
      if (shape.field != nullptr && shape.field->may_be_a_file && step.name == "from") {
        column.keys.push_back(key_node("from", spot));
        return column;
      }
      const std::optional<Shape> below = step.index ? std::nullopt : shape_below(shape, step.name);
      if (!below) {
        refuse_column(format_, shape, step.index ? name : step.name, spot, findings_);
        return {};
      }
      column.keys.push_back(key_node(step.name, spot));
      shape = *below;
    }
    if (!may_be_plain(shape)) {
      refuse_nested(*shape.field, name, spot, findings_);
      return {};
    }
    // Of a map's names, the field says what stands under them, not that it is a list.
    const bool is_field = shape.field->name == path.steps.back().name;
    column.may_be_list = is_field && may_be_a_plain_list(*shape.field);
    column.must_be_list = is_field && must_be_a_plain_list(*shape.field);
    return column;
  }

  const Format& format_;
  Findings& findings_;
  std::set<std::string> names_;
};

Node value_of(const CsvCell& cell, const Column& column, Spot spot) {
  Node node{.kind = Node::Kind::scalar, .quoted = cell.quoted, .spot = spot};
  const bool is_list =
      column.must_be_list || (column.may_be_list && cell.text.find('|') != std::string_view::npos);
  if (!is_list) {
    node.text = cell.text;
    return node;
  }
  node.kind = Node::Kind::sequence;
  std::string_view rest = cell.text;
  while (true) {
    const std::size_t end = std::min(rest.find('|'), rest.size());
    std::string_view item = rest.substr(0, end);
    item.remove_prefix(std::min(item.find_first_not_of(' '), item.size()));
    item = item.substr(0, item.find_last_not_of(' ') + 1);
    node.items.push_back(key_node(item, spot));
    if (end == rest.size()) return node;
    rest.remove_prefix(end + 1);
  }
}

/// Puts a cell into the row's mapping, under its keys.
void put(Node& row, const Column& column, Node value, Findings& findings) {
  Node* parent = &row;
  for (std::size_t i = 0; i < column.keys.size(); ++i) {
    const Node& key = column.keys[i];
    const bool is_last = i + 1 == column.keys.size();
    const auto found =
        std::find_if(parent->entries.begin(), parent->entries.end(),
                     [&key](const Entry& entry) { return entry.key.text == key.text; });
    if (found == parent->entries.end()) {
      if (is_last) {
        parent->entries.push_back({key, std::move(value)});
        return;
      }
      parent->entries.push_back({key, {.kind = Node::Kind::mapping, .spot = value.spot}});
      parent = &parent->entries.back().value;
    } else if (!is_last && found->value.kind == Node::Kind::mapping) {
      parent = &found->value;
    } else {
      findings.error(value.spot, {},
                     fmt::format("this row gives '{}' as a whole and in parts", key.text),
                     "leave one of the cells empty");
      return;
    }
  }
}

Node row_node(const std::vector<CsvCell>& cells, const std::vector<Column>& columns, int file,
              Node& territory, Findings& findings) {
  Node row{.kind = Node::Kind::mapping, .spot = {cells[0].line, cells[0].column, file}};
  row.entries.reserve(static_cast<std::size_t>(std::count_if(
      cells.begin(), cells.end(), [](const CsvCell& cell) { return !cell.text.empty(); })));
  for (std::size_t i = 0; i < cells.size() && i < columns.size(); ++i) {
    const CsvCell& cell = cells[i];
    const Column& column = columns[i];
    if (cell.text.empty() || column.keys.empty()) continue;
    const Spot spot{cell.line, cell.column, file};
    if (cell.text.size() > longest_cell) {
      findings.error(spot, {},
                     fmt::format("this text has {} bytes, at most {} are read", cell.text.size(),
                                 longest_cell));
      continue;
    }
    if (column.is_territory) {
      territory = value_of(cell, column, spot);
    } else {
      put(row, column, value_of(cell, column, spot), findings);
    }
  }
  return row;
}

void report_problems(const CsvReader& reader, int file, Findings& findings) {
  for (const CsvProblem& problem : reader.problems())
    findings.error({problem.line, problem.column, file}, {}, problem.message, problem.suggestion);
  for (std::size_t i = reader.problems().size(); i < reader.problem_count(); ++i)
    findings.count_one_more_error(file);
}

}  // namespace

std::optional<Table> read_table(int file, const Field& field, CellBudget& budget,
                                Findings& findings) {
  const std::string_view text = findings.text_of(file);
  if (!check_table_bytes(text, file, findings)) return std::nullopt;
  CsvReader reader(text);
  std::vector<CsvCell> cells;
  if (!reader.next(cells)) {
    report_problems(reader, file, findings);
    if (reader.problem_count() == 0) {
      findings.error({0, 0, file}, {}, "the file holds no table",
                     fmt::format("write a first line with the names of its columns, as in '{}'",
                                 field.of == Owner::open        ? "territory,deal,stage,amount"
                                 : field.of == Owner::territory ? "name,funnel,quota,leads_per_week"
                                                                : "period,territory,bookings"));
    }
    return std::nullopt;
  }
  if (cells.size() > most_columns) {
    const CsvCell& first = cells[most_columns];
    findings.error(
        {first.line, first.column, file}, {},
        fmt::format("the table has {} columns, at most {} are read", cells.size(), most_columns),
        "leave out columns that the scenario does not need");
    return std::nullopt;
  }
  const Format format{field, field.of == Owner::open, field.name == "history"};
  const std::vector<Column> columns = Header(format, findings).read(cells, file);
  Table table;
  table.header = {cells[0].line, cells[0].column, file};
  table.has_territory_column = std::any_of(
      columns.begin(), columns.end(), [](const Column& column) { return column.is_territory; });
  while (reader.next(cells)) {
    if (budget.left < cells.size()) {
      findings.error({cells[0].line, cells[0].column, file}, {},
                     fmt::format("the tables have more than {} cells", CellBudget{}.left),
                     "leave out rows and columns that the scenario does not need");
      return std::nullopt;
    }
    budget.left -= cells.size();
    TableRow& row = table.rows.emplace_back();
    row.node = row_node(cells, columns, file, row.territory, findings);
  }
  report_problems(reader, file, findings);
  return table;
}

}  // namespace attain::reading
