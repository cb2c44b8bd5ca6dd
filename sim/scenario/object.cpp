#include "object.hpp"

#include <attain/base/text.hpp>
#include <attain/scenario/read_scenario.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace attain::reading {

namespace {

constexpr std::size_t most_compared_names = 1'000;

/// Finds whether a key stood before, in constant time also for mappings with very many keys.
class SeenKeys {
 public:
  explicit SeenKeys(std::size_t count) : few_(count <= most_compared) {}

  /// The earlier entry with this key, or null after taking note of this one.
  const Entry* find_or_add(const Entry& entry) {
    if (!few_) {
      const auto [known, is_new] = by_key_.try_emplace(entry.key.text, &entry);
      return is_new ? nullptr : known->second;
    }
    for (const Entry* earlier : in_order_) {
      if (earlier != nullptr && earlier->key.text == entry.key.text) return earlier;
    }
    in_order_[used_++] = &entry;
    return nullptr;
  }

 private:
  static constexpr std::size_t most_compared = 16;
  bool few_;
  std::size_t used_ = 0;
  std::array<const Entry*, most_compared> in_order_{};
  std::unordered_map<std::string_view, const Entry*> by_key_;
};

bool is_usable_key(const Entry& entry, const Path& path, Findings& findings) {
  const Node& key = entry.key;
  if (key.kind == Node::Kind::unusable) return false;
  if (key.kind != Node::Kind::scalar || key.text.empty()) {
    findings.error(
        key.spot, path,
        fmt::format("a key is {}, not a name", key.text.empty() && key.kind == Node::Kind::scalar
                                                   ? std::string("empty")
                                                   : shown(key)),
        "write 'name: value'");
    return false;
  }
  if (key.text == "<<" && !key.quoted) {
    findings.error(key.spot, path, "'<<' merges YAML mappings, which scenarios do not use",
                   "write the keys out, or put what territories share under 'defaults'");
    return false;
  }
  return check_name(key, Path(path, key.text), findings);
}

/// Whether a column of the table is this key, or something below it.
bool has_column(const TableHeader& header, std::string_view name) {
  return std::any_of(header.columns.begin(), header.columns.end(),
                     [name](const TableHeader::Column& column) {
                       return column.key.starts_with(name) &&
                              (column.key.size() == name.size() || column.key[name.size()] == '.');
                     });
}

/// Where the key of a column stands in the header; elsewhere at its own place.
Spot spot_in_header(const TableHeader* header, Owner owner, const Node& key) {
  if (header == nullptr || header->owner != owner) return key.spot;
  const auto found =
      std::find_if(header->columns.begin(), header->columns.end(),
                   [&key](const TableHeader::Column& column) { return column.key == key.text; });
  return found == header->columns.end() ? key.spot : found->spot;
}

bool is_distribution(Owner owner) {
  return owner >= Owner::weeks_distribution && owner <= Owner::amount_empirical;
}

bool is_of_an_uncertain_number(std::string_view key) {
  return key == "sd" || key == "rate" || key == "observed";
}

/// The first key and those that are required, as they are written.
std::string example_of(Owner owner) {
  if (owner == Owner::open) return "{deal: Acme, stage: proposal}";  // One of two forms.
  if (owner == Owner::season) return "{by: week, factors: [90%, 100%]}";
  std::vector<std::string> keys;
  for (const Field& field : fields_of(owner)) {
    if (!keys.empty() && field.presence != Presence::required) continue;
    keys.push_back(fmt::format("{}: {}", field.name, field.example));
  }
  return owner == Owner::scenario ? "'attain: 1' and so on, one key to a line"
                                  : fmt::format("{{{}}}", fmt::join(keys, ", "));
}

}  // namespace

std::vector<const Entry*> usable_entries(const Node& mapping, const Path& path,
                                         Findings& findings) {
  std::vector<const Entry*> entries;
  entries.reserve(mapping.entries.size());
  SeenKeys seen(mapping.entries.size());
  for (const Entry& entry : mapping.entries) {
    if (!is_usable_key(entry, path, findings)) continue;
    if (const Entry* earlier = seen.find_or_add(entry)) {
      findings.error(entry.key.spot, Path(path, entry.key.text),
                     fmt::format("'{}' stands here twice, first in {}", entry.key.text,
                                 findings.line_text(earlier->key.spot, entry.key.spot)),
                     "keep one of the two");
      continue;
    }
    entries.push_back(&entry);
  }
  return entries;
}

Object::Object(const Node& node, Owner owner, const Path& path, Findings& findings,
               const OtherKeys* other_keys)
    : node_(node), owner_(owner), path_(path), findings_(findings), other_keys_(other_keys) {
  if (node.kind == Node::Kind::unusable) return;
  if (!is_mapping()) {
    const std::string label = path.label();
    findings.error(node.spot, path,
                   fmt::format("{} is {}, not a set of keys with their values",
                               label.empty() ? "the file" : '\'' + label + '\'', shown(node)),
                   fmt::format("write it as {}", example_of(owner)));
    return;
  }
  for (const Entry* entry : usable_entries(node, path, findings)) take(*entry);
  for (const Field& field : fields_of(owner)) {
    if (field.presence == Presence::required && !has(field.name)) report_missing(field.name);
  }
}

void Object::take(const Entry& entry) {
  const std::span<const Field> fields = fields_of(owner_);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].name != entry.key.text) continue;
    entries_[i] = &entry;
    if (entry.value.kind != Node::Kind::empty) return;
    findings_.error(
        entry.value.spot, Path(path_, fields[i].name),
        fmt::format("'{}' has no value", fields[i].name),
        fields[i].presence == Presence::required
            ? fmt::format("write one, as in '{}: {}'", fields[i].name, fields[i].example)
            : fmt::format("write one, as in '{}: {}', or leave the key out", fields[i].name,
                          fields[i].example));
    return;
  }
  if (other_keys_ == nullptr) return report_unknown(entry);
  if (other_keys_->names.contains(entry.key.text)) {
    others_.push_back(&entry);
  } else if (other_keys_->are_all_known) {
    report_unknown(entry);
  }
}

void Object::report_unknown(const Entry& entry) {
  if (findings_.is_full()) return findings_.count_one_more_error(entry.key.spot.file);
  const std::span<const Field> fields = fields_of(owner_);
  std::vector<std::string> names;
  for (const Field& field : fields) names.emplace_back(field.name);
  std::string known = fmt::format("known here: {}", fmt::join(names, ", "));
  if (other_keys_ != nullptr) {
    known += fmt::format(", {}", other_keys_->about);
    // Comparing with very many names would take long.
    if (other_keys_->names.size() <= most_compared_names)
      names.insert(names.end(), other_keys_->names.begin(), other_keys_->names.end());
  }
  if (is_distribution(owner_) && is_of_an_uncertain_number(entry.key.text)) {
    known =
        "how much deals differ is said by 'cv'; an uncertain mean has braces of its own, as in "
        "{mean: {mean: 4, sd: 1}, cv: 80%}";
    names.clear();
  }
  const std::string nearest = nearest_word(entry.key.text, names);
  const bool is_field = std::any_of(fields.begin(), fields.end(), [&nearest](const Field& field) {
    return field.name == nearest;
  });
  if (is_field) misspelt_[index_of(nearest)] = &entry;
  std::string suggestion =
      nearest.empty() ? std::move(known) : fmt::format("did you mean '{}'?", nearest);
  const std::string name = shown(entry.key);
  const Spot spot = spot_in_header(findings_.header_of(entry.key.spot), owner_, entry.key);
  findings_.error(spot, Path(path_, entry.key.text),
                  fmt::format("{} is not a key of {}",
                              name.starts_with('\'') ? name : '\'' + name + '\'', noun_of(owner_)),
                  std::move(suggestion));
}

std::optional<Spot> Object::header_without(std::initializer_list<std::string_view> names) const {
  const TableHeader* const header = findings_.header_of(node_.spot);
  if (header == nullptr || header->owner != owner_) return std::nullopt;
  const bool has_any = std::any_of(names.begin(), names.end(), [header](std::string_view name) {
    return has_column(*header, name);
  });
  return has_any ? std::nullopt : std::optional(header->spot);
}

/// What one file lays over another stands behind it.
void Object::report_conflict(const Conflict& conflict, const Path& path) const {
  const Entry* lower = entry_of(conflict.at);
  const Entry* upper = entry_of(conflict.beside);
  if (lower > upper) std::swap(lower, upper);
  const bool is_laid_over = lower->key.spot.file != upper->key.spot.file &&
                            findings_.header_of(upper->key.spot) == nullptr;
  if (!is_laid_over) {
    findings_.error(key_spot(conflict.at), path,
                    conflict.message.empty()
                        ? fmt::format("'{}' stands beside '{}'", conflict.at, conflict.beside)
                        : conflict.message,
                    conflict.advice);
    return;
  }
  findings_.error(
      upper->key.spot, path,
      fmt::format("'{}' stands beside '{}', which {} says", upper->key.text, lower->key.text,
                  findings_.line_text(lower->key.spot, upper->key.spot)),
      how_to_take_out(*lower, *upper, conflict));
}

std::string Object::how_to_take_out(const Entry& lower, const Entry& upper,
                                    const Conflict& conflict) const {
  const bool is_setting = findings_.name_of(upper.key.spot.file) == settings_source;
  std::vector<std::string> texts;
  for (const Entry& entry : node_.entries) {
    const bool is_of_group = std::find(conflict.group.begin(), conflict.group.end(),
                                       entry.key.text) != conflict.group.end();
    const bool goes =
        &entry == &lower || (is_of_group && entry.key.spot.file != upper.key.spot.file);
    if (!goes) continue;
    texts.push_back(is_setting ? fmt::format("--set {}=null", Path(path_, entry.key.text).text())
                               : entry.key.text + ": null");
  }
  return is_setting ? fmt::format("take that out with {}", fmt::join(texts, " "))
                    : fmt::format("take that out with '{}' beside it", fmt::join(texts, ", "));
}

void Object::report_missing(std::string_view name, std::string suggestion) const {
  const TableHeader* const header = findings_.header_of(node_.spot);
  if (header != nullptr && header->owner == owner_ && !has_column(*header, name)) {
    const std::vector<std::string>& misspelt = header->misspelt;
    if (std::find(misspelt.begin(), misspelt.end(), name) != misspelt.end()) return;
    if (suggestion.empty()) {
      suggestion =
          fmt::format("add it; a cell says, for example, {}", field_of(owner_, name).example);
    }
    findings_.error(header->spot, path_, fmt::format("there is no column '{}'", name),
                    std::move(suggestion));
    return;
  }
  if (suggestion.empty()) {
    suggestion = fmt::format("add it, as in '{}: {}'", name, field_of(owner_, name).example);
  }
  findings_.error(node_.spot, path_, fmt::format("{} has no '{}'", noun_of(owner_), name),
                  std::move(suggestion));
}

std::size_t Object::index_of(std::string_view name) const {
  return static_cast<std::size_t>(&field_of(owner_, name) - fields_of(owner_).data());
}

const Entry* Object::entry_of(std::string_view name) const {
  const std::size_t index = index_of(name);
  return entries_[index] != nullptr ? entries_[index] : misspelt_[index];
}

const Node* Object::find(std::string_view name) const {
  const Entry* entry = entries_[index_of(name)];
  if (entry == nullptr) return nullptr;
  const Node::Kind kind = entry->value.kind;
  return kind == Node::Kind::empty || kind == Node::Kind::unusable ? nullptr : &entry->value;
}

/// Calls `read_value` with the slot of a key that can be used.
template <typename Read>
auto Object::read(std::string_view name, Read read_value) const {
  using Result = decltype(read_value(std::declval<const Slot&>(), findings_));
  const Node* node = find(name);
  if (node == nullptr) return Result{};
  const Field& field = field_of(owner_, name);
  const Path path(path_, field.name);
  return read_value(Slot{*node, field, field.kind, path}, findings_);
}

std::optional<std::string> Object::text(std::string_view name) const {
  return read(name, read_text);
}
std::optional<double> Object::number(std::string_view name) const {
  return read(name, read_number);
}
std::optional<std::int64_t> Object::whole_number(std::string_view name) const {
  return read(name, read_whole_number);
}
std::optional<std::uint64_t> Object::seed(std::string_view name) const {
  return read(name, read_seed);
}
std::optional<Money> Object::money(std::string_view name) const { return read(name, read_money); }
std::optional<std::optional<Money>> Object::money_or_none(std::string_view name) const {
  return read(name,
              [](const Slot& slot, Findings& findings) -> std::optional<std::optional<Money>> {
                if (slot.node.kind == Node::Kind::scalar && slot.node.text == "none")
                  return std::optional<Money>{};
                const std::optional<Money> amount = read_money(slot, findings);
                if (!amount) return std::nullopt;
                return amount;
              });
}
std::optional<std::chrono::sys_days> Object::date(std::string_view name) const {
  return read(name, read_date);
}
std::optional<std::size_t> Object::choice(std::string_view name) const {
  return read(name, read_choice);
}

const Node* Object::list(std::string_view name) const {
  return read(name, [](const Slot& slot, Findings& findings) -> const Node* {
    if (slot.node.kind == Node::Kind::sequence)
      return check_count(slot, findings) ? &slot.node : nullptr;
    report_unexpected(slot, findings, "write the items in brackets, or one to a line after '- '");
    return nullptr;
  });
}

std::vector<const Entry*> Object::map(std::string_view name) const {
  return read(name, [](const Slot& slot, Findings& findings) -> std::vector<const Entry*> {
    if (slot.node.kind != Node::Kind::mapping) report_unexpected(slot, findings);
    if (slot.node.kind != Node::Kind::mapping || !check_count(slot, findings)) return {};
    return usable_entries(slot.node, slot.path, findings);
  });
}

std::string_view peek_text(const Node& mapping, std::string_view name) {
  for (const Entry& entry : mapping.entries) {
    if (entry.key.text == name && entry.key.kind == Node::Kind::scalar) return entry.value.text;
  }
  return {};
}

}  // namespace attain::reading
