#include "resolved.hpp"

#include "meanings.hpp"
#include "numbers.hpp"
#include "object.hpp"
#include "shape.hpp"
#include "yaml_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace attain::reading {

namespace {

const Node* value_at(const Node& mapping, std::string_view key) {
  for (const Entry& entry : mapping.entries) {
    if (entry.key.text == key) return &entry.value;
  }
  return nullptr;
}

/// Whether the scalars of a value are texts, even where they look like numbers.
bool is_text(const Field& field, const Node& value) {
  return field.kind == Kind::text || field.kind == Kind::text_or_list ||
         field.kind == Kind::text_map ||
         (field.kind == Kind::activity && value.kind == Node::Kind::scalar);
}

/// What the format takes where a key is left out, if it can be written: the table says it in words
/// such as "the defaults', else marketing".
std::string standard_value(const Field& field) {
  std::string text(field.standard);
  if (const std::size_t other = text.rfind("else "); other != std::string::npos)
    text.erase(0, other + 5);
  if (field.owner == Owner::stage && field.name == "owner") return text;
  if (field.kind == Kind::flag) return {};
  if (field.kind == Kind::choice) {
    const std::string all = '|' + std::string(field.choices) + '|';
    return all.find('|' + text + '|') == std::string::npos ? std::string{} : text;
  }
  if (field.kind == Kind::list && text.starts_with("none")) return {};
  if (field.kind == Kind::list && field.of == Owner::none) return '[' + text + ']';
  return parse_number(text) ? text : std::string{};
}

/// Whether the objects of a field stand one below the other, rather than in a line.
bool is_block(const Field& field) {
  if (field.of == Owner::open || field.of == Owner::history || field.of == Owner::slip ||
      field.of == Owner::rule || field.of == Owner::ramp || field.of == Owner::shock ||
      field.of == Owner::effort)
    return false;
  return field.kind == Kind::object || (field.kind == Kind::list && field.of != Owner::none) ||
         (field.kind == Kind::map && field.of != Owner::none);
}

class Writer {
 public:
  Writer(const Node& root, const Scenario& scenario, Findings& findings)
      : root_(root),
        scenario_(scenario),
        findings_(findings),
        defaults_(value_at(root, "defaults")) {}

  std::string text() {
    write_keys(root_, Owner::scenario, "");
    return std::move(text_);
  }

 private:
  // `lead` is what stands before the first key of a list's item; later ones are indented as far.
  void write_keys(const Node& mapping, Owner owner, const std::string& indent) {
    for (const Field& field : fields_of(owner)) {
      if (owner == Owner::scenario && field.name == "extends") continue;
      if (owner == Owner::scenario && field.name == "defaults") {
        write_uncertain_defaults(field);
        continue;
      }
      if (const Node* stated = value_at(mapping, field.name)) {
        write_value(field, *stated, indent, "");
      } else if (const Node* shared = shared_value(mapping, owner, field)) {
        // An uncertain number stays there.
        if (!is_uncertain(field, *shared)) write_value(field, *shared, indent, "defaults, ");
      } else {
        write_standard(mapping, owner, field, indent);
      }
    }
  }

  /// An uncertain number of the defaults has one draw for all territories, and so it stays there.
  void write_uncertain_defaults(const Field& defaults) {
    if (defaults_ == nullptr) return;
    bool is_first = true;
    for (const Field& field : fields_of(Owner::defaults)) {
      const Node* const value = value_at(*defaults_, field.name);
      if (value == nullptr || !is_uncertain(field, *value)) continue;
      if (is_first) put_line("", std::string(defaults.name) + ':', "");
      is_first = false;
      write_value(field, *value, "  ", "");
    }
  }

  static bool is_uncertain(const Field& field, const Node& value) {
    if (!field.may_be_uncertain) return false;
    if (field.kind != Kind::map)
      return value.kind == Node::Kind::mapping || split_range(value.text).has_value();
    return std::any_of(value.entries.begin(), value.entries.end(), [](const Entry& entry) {
      return entry.value.kind == Node::Kind::mapping || split_range(entry.value.text).has_value();
    });
  }

  static bool belongs_to_streams(const Node& territory, Owner owner, const Field& field) {
    return owner == Owner::territory && value_at(territory, "streams") != nullptr &&
           (field.name == "funnel" || field.name == "leads_per_week" || field.name == "source");
  }

  [[nodiscard]] const Node* shared_value(const Node& mapping, Owner owner,
                                         const Field& field) const {
    const bool takes_defaults = owner == Owner::territory || owner == Owner::stream;
    if (defaults_ == nullptr || !takes_defaults || belongs_to_streams(mapping, owner, field))
      return nullptr;
    if (owner == Owner::stream && field.name != "funnel" && field.name != "source") return nullptr;
    return is_idle_selling_time(mapping, field) ? nullptr : value_at(*defaults_, field.name);
  }

  /// Selling time of the defaults that a territory has no hours for, or replaces in another form.
  [[nodiscard]] bool is_idle_selling_time(const Node& territory, const Field& field) const {
    const bool is_share = field.name == "selling_share";
    if (!is_share && field.name != "other_time") return false;
    const bool has_hours = value_at(territory, "hours_per_week") != nullptr ||
                           value_at(*defaults_, "hours_per_week") != nullptr;
    return !has_hours || value_at(territory, is_share ? "other_time" : "selling_share") != nullptr;
  }

  void write_standard(const Node& mapping, Owner owner, const Field& field,
                      const std::string& indent) {
    if (belongs_to_streams(mapping, owner, field)) return;
    if (owner == Owner::calendar && field.name == "weeks" && value_at(mapping, "end") != nullptr)
      return;
    if (field.owner == Owner::scenario && field.kind == Kind::object && field.of == Owner::run) {
      put_line(indent, "run:", "");
      write_keys({.kind = Node::Kind::mapping}, Owner::run, indent + "  ");
      return;
    }
    Node value{.kind = Node::Kind::scalar, .text = standard_value(field)};
    if (owner == Owner::scenario && field.name == "name") value.text = scenario_.name;
    if (owner == Owner::funnel && field.name == "pipeline_from")
      value.text = peek_text(value_at(mapping, "stages")->items.at(0), "name");
    if (value.text.empty()) return;
    const std::string written = value.text.starts_with('[') && !is_text(field, value)
                                    ? value.text
                                    : yaml_scalar(value.text, is_text(field, value));
    put_line(indent, fmt::format("{}: {}", field.name, written),
             with_meaning("standard", meaning(field, value)));
  }

  void write_value(const Field& field, const Node& value, const std::string& indent,
                   const std::string& origin) {
    const std::string key = std::string(field.name) + ':';
    if (field.owner == Owner::scenario && field.name == "territories") {
      put_line(indent, key, "");
      for (std::size_t i = 0; i < value.items.size(); ++i) {
        territory_ = &scenario_.territories[i];
        write_item(value.items[i], Owner::territory, indent);
      }
    } else if ((field.of == Owner::open || field.of == Owner::history || field.of == Owner::rule ||
                field.of == Owner::shock) &&
               value.kind == Node::Kind::sequence && !value.items.empty()) {
      put_line(indent, key, "");
      for (std::size_t i = 0; i < value.items.size(); ++i)
        write_line_item(field, value.items[i], i, indent);
    } else if (!is_block(field) || value.items.size() + value.entries.size() == 0) {
      put_line(indent, key + ' ' + yaml_in_one_line(value, is_text(field, value)),
               with_meaning(origin + origins(value), meaning(field, value)));
    } else if (value.kind == Node::Kind::sequence) {
      put_line(indent, key, "");
      for (const Node& item : value.items) write_item(item, field.of, indent);
    } else if (field.kind == Kind::map) {
      put_line(indent, key, "");
      for (const Entry& entry : value.entries) {
        const std::string name = yaml_scalar(entry.key.text, true) + ':';
        if (entry.value.entries.empty()) {
          put_line(indent + "  ", name + " {}", origins(entry.value));
          continue;
        }
        put_line(indent + "  ", name, "");
        write_keys(entry.value, field.of, indent + "    ");
      }
    } else {
      put_line(indent, key, "");
      write_keys(value, field.of, indent + "  ");
    }
  }

  void write_item(const Node& item, Owner owner, const std::string& indent) {
    const std::size_t start = text_.size();
    write_keys(item, owner, indent + "    ");
    text_.replace(start + indent.size() + 2, 2, "- ");
  }

  void write_line_item(const Field& field, const Node& item, std::size_t index,
                       const std::string& indent) {
    std::string line;
    for (const Entry& entry : item.entries) {
      const auto known = shape_below(shape_of(field.of), entry.key.text);
      line += (line.empty() ? "" : ", ") + yaml_scalar(entry.key.text, true) + ": " +
              yaml_in_one_line(entry.value, known && is_text(*known->field, entry.value));
    }
    put_line(indent + "  ", "- {" + line + '}',
             with_meaning(origins(item), meaning_of_item(field, item, index)));
  }

  std::string meaning_of_item(const Field& field, const Node& item, std::size_t index) {
    if (field.of == Owner::open) {
      return meaning_of_deals(item, scenario_.calendar) + chance_of_category(item);
    }
    if (field.of == Owner::rule) return meaning_of_rule(scenario_.rules[index], scenario_);
    return {};
  }

  /// The chance of a deal with a date that says none of its own, and where it stands.
  [[nodiscard]] std::string chance_of_category(const Node& deal) const {
    if (value_at(deal, "due") == nullptr || value_at(deal, "chance") != nullptr) return {};
    const std::string_view name = peek_text(deal, "category");
    const Node* const categories = value_at(root_, "categories");
    const Node* const chance = categories != nullptr ? value_at(*categories, name) : nullptr;
    const auto known = std::find_if(scenario_.categories.begin(), scenario_.categories.end(),
                                    [name](const Category& each) { return each.name == name; });
    if (chance == nullptr || known == scenario_.categories.end()) return {};
    return fmt::format(", with {:.6g} % by its category ({})", known->chance * 100,
                       origins(*chance));
  }

  std::string meaning(const Field& field, const Node& value) {
    if (field.owner == Owner::territory && field.name == "quota" && territory_ != nullptr)
      return meaning_of_quota(*territory_);
    if (field.owner == Owner::territory && field.name == "ramp" && territory_ != nullptr)
      return meaning_of_ramp(*territory_, value);
    if (field.name == "hours_per_week" && territory_ != nullptr)
      return meaning_of_hours(*territory_);
    return meaning_of(field, value, scenario_.calendar, findings_);
  }

  /// Where the scalars of a value stand, each place once.
  [[nodiscard]] std::string origins(const Node& value) const {
    std::vector<std::string> places;
    collect_origins(value, places);
    constexpr std::size_t most = 3;
    const bool has_more = places.size() > most;
    if (has_more) places.resize(most);
    return fmt::format("{}{}", fmt::join(places, ", "), has_more ? ", ..." : "");
  }

  void collect_origins(const Node& value, std::vector<std::string>& places) const {
    for (const Node& item : value.items) collect_origins(item, places);
    for (const Entry& entry : value.entries) collect_origins(entry.value, places);
    if (!value.items.empty() || !value.entries.empty()) return;
    std::string place = findings_.name_of(value.spot.file);
    if (place != settings_source) place += ':' + std::to_string(value.spot.line);
    if (std::find(places.begin(), places.end(), place) == places.end())
      places.push_back(std::move(place));
  }

  static std::string with_meaning(const std::string& origin, const std::string& meaning) {
    return meaning.empty() ? origin : origin + "; " + meaning;
  }

  void put_line(const std::string& indent, const std::string& line, const std::string& comment) {
    text_ += indent + line;
    if (!comment.empty()) text_ += "  # " + comment;
    text_ += '\n';
  }

  const Node& root_;
  const Scenario& scenario_;
  Findings& findings_;
  const Node* defaults_;
  const Territory* territory_ = nullptr;  // That is being written.
  std::string text_;
};

}  // namespace

std::string resolved_text(const Node& root, const Scenario& scenario, Findings& findings) {
  return Writer(root, scenario, findings).text();
}

}  // namespace attain::reading
