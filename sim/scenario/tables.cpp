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
  std::vector<std::string> keys;  ///< Empty: the column has been refused.
  bool is_misspelt = false;       ///< Refused, too; what it says is taken as given and not used.
  bool is_territory = false;
  bool is_note = false;
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

/// How a column is written whose name of one's own, such as a stage's, has a dot in it: in quotes,
/// which are doubled in a cell.
std::string with_name_in_quotes(const SplitPath& path, std::size_t first) {
  std::string name;
  for (std::size_t i = first; i + 1 < path.steps.size(); ++i)
    name += (i == first ? "" : ".") + path.steps[i].name;
  return fmt::format("\"{}.\"\"{}\"\".{}\"", path.steps[first - 1].name, name,
                     path.steps.back().name);
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
    for (const CsvCell& cell : row)
      header.columns.push_back({std::string(cell.text), {cell.line, cell.column, file}});
    findings_.set_header(file, header);
    for (const CsvCell& cell : row) columns.push_back(read_column(cell, file));
    return columns;
  }

  [[nodiscard]] bool territory_is_misspelt() const { return territory_is_misspelt_; }

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
    if (format_.is_flat) return {.keys = {name}};
    if (format_.takes_territory && name == territory_key)
      return {.keys = {name}, .is_territory = true};
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
    std::optional<std::size_t> first_of_name;
    for (std::size_t i = 0; i < path.steps.size(); ++i) {
      const PathStep& step = path.steps[i];
      if (shape.field != nullptr && shape.field->may_be_a_file && step.name == "from") {
        column.keys.emplace_back("from");
        return column;
      }
      const std::optional<Shape> below = step.index ? std::nullopt : shape_below(shape, step.name);
      if (!below) {
        const bool has_a_dot =
            first_of_name && shape_below(shape, path.steps.back().name).has_value();
        return refuse(shape, name, step.index ? name : step.name, spot,
                      has_a_dot ? with_name_in_quotes(path, *first_of_name) : std::string{});
      }
      if (shape.inner == Shape::Inner::names) first_of_name = i;
      column.keys.push_back(step.name);
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
    column.is_note = is_field && shape.field->name == "note";
    return column;
  }

  /// Says why `key`, a part of the column `name` or all of it, is no column, and what to do.
  Column refuse(const Shape& shape, const std::string& name, const std::string& key, Spot spot,
                const std::string& with_quotes) {
    const std::vector<std::string> names = known_columns(format_, shape);
    const std::string column = key == name ? fmt::format("the column '{}'", name)
                                           : fmt::format("'{}' in the column '{}'", key, name);
    if (names.empty()) {
      findings_.error(spot, {}, fmt::format("nothing can stand under {} here", column));
      return {};
    }
    const std::string nearest = nearest_word(key, names);
    findings_.error(
        spot, {}, fmt::format("{} is not a key of {}", column, noun_of(shape.keys)),
        !with_quotes.empty()
            ? fmt::format("put a name with a dot in quotes, doubled in a table: {}", with_quotes)
        : nearest.empty() ? fmt::format("known here: {}", fmt::join(names, ", "))
                          : fmt::format("did you mean '{}'?", nearest));
    if (nearest.empty() || shape.keys != format_.field.of) return {};
    findings_.add_misspelt(spot.file, nearest);
    if (nearest == territory_key) territory_is_misspelt_ = format_.takes_territory;
    return {.keys = {nearest}, .is_misspelt = true};
  }

  const Format& format_;
  Findings& findings_;
  std::set<std::string> names_;
  bool territory_is_misspelt_ = false;
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

/// Makes the rows of a table into mappings. Keys stand where the cells do: what is said of one
/// concerns the row, not the column.
class Rows {
 public:
  Rows(const std::vector<Column>& columns, int file, Findings& findings)
      : columns_(columns), file_(file), findings_(findings) {}

  TableRow read(const std::vector<CsvCell>& cells) {
    TableRow row;
    row.node = {.kind = Node::Kind::mapping, .spot = {cells[0].line, cells[0].column, file_}};
    row.node.entries.reserve(static_cast<std::size_t>(std::count_if(
        cells.begin(), cells.end(), [](const CsvCell& cell) { return !cell.text.empty(); })));
    for (std::size_t i = 0; i < cells.size() && i < columns_.size(); ++i) {
      const Column& column = columns_[i];
      if (cells[i].text.empty() || column.keys.empty()) continue;
      Node value = read_cell(cells[i], column);
      if (column.is_territory) {
        row.territory = std::move(value);
      } else {
        put(row.node, column, std::move(value));
      }
    }
    return row;
  }

 private:
  Node read_cell(const CsvCell& cell, const Column& column) {
    const Spot spot{cell.line, cell.column, file_};
    if (column.is_misspelt) return {.kind = Node::Kind::unusable, .spot = spot};
    if (cell.text.size() > longest_cell) {
      findings_.error(spot, {},
                      fmt::format("this text has {} bytes, at most {} are read", cell.text.size(),
                                  longest_cell));
      return {.kind = Node::Kind::unusable, .spot = spot};
    }
    Node value = value_of(cell, column, spot);
    if (column.is_note) join_lines(value);
    return value;
  }

  /// A note changes no number, so its line breaks may become blanks.
  void join_lines(Node& note) {
    if (note.text.find_first_of("\r\n") == std::string::npos) return;
    std::erase(note.text, '\r');
    std::replace(note.text.begin(), note.text.end(), '\n', ' ');
    if (has_noted_lines_) return;
    has_noted_lines_ = true;
    findings_.note(note.spot, {}, "the line breaks in a note are read as blanks");
  }

  /// Puts a value into the row's mapping, under the column's keys.
  void put(Node& row, const Column& column, Node value) {
    Node* parent = &row;
    for (std::size_t i = 0; i < column.keys.size(); ++i) {
      const std::string& key = column.keys[i];
      const bool is_last = i + 1 == column.keys.size();
      const auto found = std::find_if(parent->entries.begin(), parent->entries.end(),
                                      [&key](const Entry& entry) { return entry.key.text == key; });
      if (found == parent->entries.end()) {
        if (is_last) {
          parent->entries.push_back({key_node(key, value.spot), std::move(value)});
          return;
        }
        parent->entries.push_back(
            {key_node(key, value.spot), {.kind = Node::Kind::mapping, .spot = value.spot}});
        parent = &parent->entries.back().value;
      } else if (!is_last && found->value.kind == Node::Kind::mapping) {
        parent = &found->value;
      } else {
        if (value.kind == Node::Kind::unusable || found->value.kind == Node::Kind::unusable) return;
        findings_.error(value.spot, {},
                        fmt::format("this row gives '{}' as a whole and in parts", key),
                        "leave one of the cells empty");
        return;
      }
    }
  }

  const std::vector<Column>& columns_;
  int file_;
  Findings& findings_;
  bool has_noted_lines_ = false;
};

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
  Header header(format, findings);
  const std::vector<Column> columns = header.read(cells, file);
  Table table;
  table.territory_column_is_misspelt = header.territory_is_misspelt();
  table.header = {cells[0].line, cells[0].column, file};
  table.has_territory_column = std::any_of(
      columns.begin(), columns.end(), [](const Column& column) { return column.is_territory; });
  Rows rows(columns, file, findings);
  while (reader.next(cells)) {
    if (budget.left < cells.size()) {
      findings.error({cells[0].line, cells[0].column, file}, {},
                     fmt::format("the tables have more than {} cells", CellBudget{}.left),
                     "leave out rows and columns that the scenario does not need");
      return std::nullopt;
    }
    budget.left -= cells.size();
    table.rows.push_back(rows.read(cells));
  }
  report_problems(reader, file, findings);
  table.is_whole = reader.problem_count() == 0;
  return table;
}

}  // namespace attain::reading
