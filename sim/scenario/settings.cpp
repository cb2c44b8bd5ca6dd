#include "settings.hpp"

#include "object.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace attain::reading {

namespace {

constexpr const char* how_to_write = "write it as path=value, as in 'territories.Ohio.quota=300k'";

bool is_null(const Node& node) { return node.kind == Node::Kind::empty; }

/// The value as YAML. Line breaks and blanks before it bring the parser's marks to its place.
std::optional<Node> parse_value(std::string_view value, Spot spot, NodeBudget& budget,
                                Findings& findings) {
  std::string text(static_cast<std::size_t>(spot.line - 1), '\n');
  text.append(static_cast<std::size_t>(spot.column - 1), ' ');
  text += value;
  if (!check_bytes(text, spot.file, findings)) return std::nullopt;
  std::optional<Node> node = parse_yaml(text, spot.file, budget, findings);
  if (node && is_null(*node) && node->text.empty()) {
    findings.error(spot, {}, "the setting has no value",
                   "write one behind '=', or 'null' to take the key out");
    return std::nullopt;
  }
  return node;
}

/// What an item of a list is called: by its name, its deal, or as a stream by its funnel.
std::string_view name_of(const Node& item) {
  for (const std::string_view key : {"name", "deal", "funnel"}) {
    const std::string_view name = peek_text(item, key);
    if (!name.empty()) return name;
  }
  return {};
}

std::vector<std::string> names_in(const Node& node) {
  std::vector<std::string> names;
  for (const Node& item : node.items) names.emplace_back(name_of(item));
  for (const Entry& entry : node.entries) names.push_back(entry.key.text);
  std::erase(names, "");
  return names;
}

/// Follows a setting's path down the tree.
class Application {
 public:
  Application(const Setting& setting, Findings& findings)
      : setting_(setting), findings_(findings) {}

  void apply(Node& node, const Shape& shape, std::size_t depth, const Path& path) {
    switch (node.kind) {
      case Node::Kind::sequence: return apply_to_list(node, shape, depth, path);
      case Node::Kind::mapping: return apply_to_mapping(node, shape, depth, path);
      case Node::Kind::unusable: return;
      case Node::Kind::empty:
      case Node::Kind::scalar: break;
    }
    const bool has_keys = shape.keys != Owner::none || shape.inner == Shape::Inner::names;
    report(depth, path,
           fmt::format("'{}' is {} here, and has no {}", path.label(), shown(node), text_of(depth)),
           has_keys ? fmt::format("set it as a whole, as in '{}={}'", path.text(),
                                  as_a_whole(node, shape, depth))
                    : std::string{});
  }

 private:
  /// The set of keys that stands for a plain value once one key more is said.
  [[nodiscard]] std::string as_a_whole(const Node& plain, const Shape& shape,
                                       std::size_t depth) const {
    const std::string& key = setting_.steps[depth].name;
    const std::string added =
        fmt::format("{}: {}", key, is_last(depth) ? setting_.value_text : std::string("..."));
    const bool is_stay = shape.keys == Owner::weeks_distribution;
    if ((is_stay || shape.keys == Owner::amount_distribution) && key == "cv")
      return fmt::format("{{mean: {}, {}}}", plain.text, added);
    if (shape.keys == Owner::uncertain) {
      if (key == "observed") return fmt::format("{{rate: {}, {}}}", plain.text, added);
      if (key == "per") return fmt::format("{{range: ... to ..., {}}}", added);
      if (key == "cv" || key == "sd") return fmt::format("{{mean: {}, {}}}", plain.text, added);
    }
    if (shape.keys == Owner::quota_terms && key == "relief")
      return fmt::format("{{amount: {}, {}, why: ...}}", plain.text, added);
    if (shape.keys == Owner::quota_terms && key == "why")
      return fmt::format("{{amount: {}, relief: ...%, {}}}", plain.text, added);
    if (shape.keys == Owner::forecast_call && key == "called")
      return fmt::format("{{amount: {}, {}}}", plain.text, added);
    return fmt::format("{{{}}}", added);
  }

  [[nodiscard]] bool is_last(std::size_t depth) const { return depth + 1 == setting_.steps.size(); }

  [[nodiscard]] std::string text_of(std::size_t depth) const {
    const PathStep& step = setting_.steps[depth];
    return step.index ? fmt::format("[{}]", *step.index) : '\'' + step.name + '\'';
  }

  void report(std::size_t depth, const Path& path, std::string message, std::string suggestion) {
    Spot spot = setting_.spot;
    spot.column += static_cast<int>(setting_.steps[depth].offset);
    findings_.error(spot, path, std::move(message), std::move(suggestion));
  }

  void report_not_there(std::size_t depth, const Path& path, const Node& node, const Shape& shape) {
    const std::string& name = setting_.steps[depth].name;
    std::vector<std::string> names = names_in(node);
    const auto dotted = std::find_if(names.begin(), names.end(), [&name](const std::string& each) {
      return !name.empty() && each.starts_with(name + '.');
    });
    std::string suggestion;
    const std::vector<std::string> keys = known_keys(shape);
    if (std::find(keys.begin(), keys.end(), name) != keys.end()) {
      suggestion = fmt::format("set it as a whole, as in '{}=[...]'", Path(path, name).text());
    } else if (dotted != names.end()) {
      suggestion = fmt::format("put a name with a dot in quotes: \"{}\"", *dotted);
    } else {
      names.insert(names.end(), keys.begin(), keys.end());
      suggestion = findings_.name_suggestion(name, [&names] { return names; });
    }
    const std::string label = path.label();
    report(depth, path,
           fmt::format("there is no {} in {}", text_of(depth),
                       label.empty() ? "the scenario" : '\'' + label + '\''),
           std::move(suggestion));
  }

  void apply_to_list(Node& list, const Shape& shape, std::size_t depth, const Path& path) {
    const PathStep& step = setting_.steps[depth];
    const bool may_be_a_file = shape.field != nullptr && shape.field->may_be_a_file;
    if (may_be_a_file && step.name == "from" && is_last(depth)) {
      // A table in place of the list.
      list = {.kind = Node::Kind::mapping, .spot = setting_.spot};
      list.entries.push_back({key_of(step), setting_.value});
      return;
    }
    auto item = list.items.begin();
    if (step.index) {
      if (*step.index >= list.items.size()) {
        report(depth, path,
               fmt::format("there is no [{}] in '{}', which has {} entr{}", *step.index,
                           path.label(), list.items.size(), list.items.size() == 1 ? "y" : "ies"),
               "positions count from [0]");
        return;
      }
      item += static_cast<std::ptrdiff_t>(*step.index);
    } else {
      item = std::find_if(list.items.begin(), list.items.end(),
                          [&step](const Node& each) { return name_of(each) == step.name; });
      if (item == list.items.end()) return report_not_there(depth, path, list, {});
    }
    const Path item_path = step.index ? Path(path, *step.index) : Path(path, step.name);
    if (!is_last(depth)) return apply(*item, shape_of_inner(shape), depth + 1, item_path);
    if (is_null(setting_.value)) {
      list.items.erase(item);
    } else {
      *item = setting_.value;
    }
  }

  void apply_to_mapping(Node& mapping, const Shape& shape, std::size_t depth, const Path& path) {
    const PathStep& step = setting_.steps[depth];
    if (step.index) {
      report(depth, path, fmt::format("'{}' is a set of keys, not a list", path.label()),
             "name one of its keys after a '.'");
      return;
    }
    const auto entry =
        std::find_if(mapping.entries.begin(), mapping.entries.end(),
                     [&step](const Entry& each) { return each.key.text == step.name; });
    const bool is_there = entry != mapping.entries.end();
    const Path below(path, step.name);
    if (is_last(depth)) {
      if (is_null(setting_.value)) {
        if (!is_there) return report_not_there(depth, path, mapping, {});
        mapping.entries.erase(entry);
      } else if (is_there) {
        *entry = {key_of(step), setting_.value};
      } else {
        mapping.entries.push_back({key_of(step), setting_.value});
      }
      return;
    }
    const std::optional<Shape> next = shape_below(shape, step.name);
    if (is_there) return apply(entry->value, next.value_or(Shape{}), depth + 1, below);
    if (!next || !may_be_made(shape, *next, depth))
      return report_not_there(depth, path, mapping, shape);
    mapping.entries.push_back({key_of(step), {.kind = Node::Kind::mapping, .spot = setting_.spot}});
    apply(mapping.entries.back().value, *next, depth + 1, below);
  }

  /// Whether a set of keys that is not there can be made, with one key in it.
  [[nodiscard]] bool may_be_made(const Shape& shape, const Shape& next, std::size_t depth) const {
    // A new funnel would need more than one setting: the name must be one that is there.
    const auto fields = fields_of(shape.of_inner);
    const bool needs_more = shape.inner == Shape::Inner::names &&
                            std::any_of(fields.begin(), fields.end(), [](const Field& field) {
                              return field.presence == Presence::required;
                            });
    if (needs_more || !may_be_a_mapping(next)) return false;
    return next.inner != Shape::Inner::items || setting_.steps[depth + 1].name == "from";
  }

  [[nodiscard]] Node key_of(const PathStep& step) const {
    Spot spot = setting_.spot;
    spot.column += static_cast<int>(step.offset);
    return {.kind = Node::Kind::scalar, .spot = spot, .text = step.name};
  }

  const Setting& setting_;
  Findings& findings_;
};

}  // namespace

bool Setting::is_extends() const { return steps.size() == 1 && steps[0].name == "extends"; }

namespace {

/// Whether a value, or a part of it, is read from a table.
bool has_from(const Node& value) {
  return std::any_of(value.items.begin(), value.items.end(), has_from) ||
         std::any_of(value.entries.begin(), value.entries.end(), [](const Entry& entry) {
           return entry.key.text == "from" || has_from(entry.value);
         });
}

}  // namespace

bool Setting::names_a_file() const {
  // What the defaults say of open deals is handed out with the tables.
  const bool is_of_defaults =
      steps[0].name == "defaults" && (steps.size() == 1 || steps.back().name == "open");
  return has_from(value) || is_of_defaults || steps.back().name == "from";
}

std::vector<Setting> parse_settings(const std::vector<std::string>& texts, NodeBudget& budget,
                                    Findings& findings) {
  std::vector<Setting> settings;
  if (texts.empty()) return settings;
  std::string all;
  for (const std::string& text : texts) all += text.substr(0, text.find('\n')) + '\n';
  const int file = findings.add_source({settings_source, all}, SourceKind::settings);
  int line = 0;
  for (const std::string& text : texts) {
    ++line;
    if (text.find('\n') != std::string::npos) {
      findings.error({line, 1, file}, {}, "a setting has a line break in it",
                     "write it in one line");
      continue;
    }
    SplitPath path = split_path(text, '=');
    const auto column = static_cast<int>(path.length) + 1;
    if (!path.problem.empty() || path.length == text.size()) {
      findings.error({line, column, file}, {},
                     path.problem.empty() ? "the setting has no '='" : path.problem, how_to_write);
      continue;
    }
    const std::string_view value = std::string_view(text).substr(path.length + 1);
    if (auto node = parse_value(value, {line, column + 1, file}, budget, findings))
      settings.push_back(
          {text, std::string(value), std::move(path.steps), std::move(*node), {line, 1, file}});
  }
  return settings;
}

void apply_setting(const Setting& setting, Node& root, Findings& findings) {
  Application(setting, findings).apply(root, shape_of(Owner::scenario), 0, {});
}

}  // namespace attain::reading
