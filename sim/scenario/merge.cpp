#include "merge.hpp"

#include "object.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_map>

namespace attain::reading {

namespace {

bool is_plain(const Node& key) { return key.kind == Node::Kind::scalar; }

/// Takes keys out, said by a written `null`; one that merely has no value is an error.
bool takes_out(const Node& value) { return value.kind == Node::Kind::empty && !value.text.empty(); }

const Entry* find_entry(const Node& mapping, std::string_view key) {
  const auto found = std::find_if(mapping.entries.begin(), mapping.entries.end(),
                                  [key](const Entry& each) { return each.key.text == key; });
  return found == mapping.entries.end() ? nullptr : &*found;
}

/// Another value of `remove` is an error that the reader reports.
bool is_removal(const Node& territory) {
  const Entry* entry = find_entry(territory, "remove");
  return entry != nullptr && entry->value.text == "true";
}

std::string without_digits(std::string_view name) {
  std::string rest(name);
  std::erase_if(rest, [](char letter) { return letter >= '0' && letter <= '9'; });
  return rest;
}

}  // namespace

Node Merge::merged(Node base, Node over, const Path& path) {
  if (base.kind != Node::Kind::mapping || over.kind != Node::Kind::mapping) return over;
  // A table and what is written out are two ways to say the whole; one takes the other's place.
  const bool is_table = find_entry(over, "from") != nullptr;
  if (is_table != (find_entry(base, "from") != nullptr)) return over;
  std::unordered_map<std::string, std::size_t> place;
  for (std::size_t i = 0; i < base.entries.size(); ++i) {
    if (is_plain(base.entries[i].key)) place.try_emplace(base.entries[i].key.text, i);
  }
  std::vector<bool> is_out(base.entries.size(), false);
  for (Entry& entry : over.entries) {
    const auto found = is_plain(entry.key) ? place.find(entry.key.text) : place.end();
    if (found == place.end()) {
      if (is_plain(entry.key) && takes_out(entry.value)) {
        report_nothing_to_take_out(entry, base, path);
        continue;
      }
      base.entries.push_back(std::move(entry));  // A key that is repeated in `over`, too.
      continue;
    }
    Entry& there = base.entries[found->second];
    is_out[found->second] = takes_out(entry.value);
    const std::string name = entry.key.text;
    Node value = merged(std::move(there.value), std::move(entry.value), Path(path, name));
    there = {std::move(entry.key), std::move(value)};
    place.erase(found);
  }
  base.spot = over.spot;
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < base.entries.size(); ++i) {
    if (i >= is_out.size() || !is_out[i]) entries.push_back(std::move(base.entries[i]));
  }
  base.entries = std::move(entries);
  return base;
}

void Merge::report_nothing_to_take_out(const Entry& entry, const Node& base, const Path& path) {
  std::vector<std::string> keys;
  for (const Entry& each : base.entries) keys.push_back(each.key.text);
  const std::string nearest = findings_.did_you_mean(entry.key.text, keys);
  findings_.error(entry.key.spot, Path(path, entry.key.text),
                  fmt::format("'{}: null' takes out what {} says, and that says no '{}' here",
                              entry.key.text, findings_.name_of(base.spot.file), entry.key.text),
                  nearest.empty() ? "leave the line out" : nearest);
}

Node Merge::merged_by_name(Node base, Node over, const Path& path) {
  // What is said of a table that cannot be read is enough.
  if (base.kind == Node::Kind::unusable) return base;
  if (base.kind != Node::Kind::sequence || over.kind != Node::Kind::sequence) return over;
  const int file = base.spot.file;
  const std::size_t first_added = base.items.size();
  std::unordered_map<std::string, std::size_t> place;
  for (std::size_t i = 0; i < base.items.size(); ++i) {
    const std::string_view name = peek_text(base.items[i], "name");
    if (!name.empty()) place.try_emplace(std::string(name), i);
  }
  base.spot = over.spot;
  for (Node& item : over.items) {
    const std::string name(peek_text(item, "name"));
    const auto found = place.find(name);
    if (found == place.end()) {
      base.items.push_back(std::move(item));
      continue;
    }
    Node& there = base.items[found->second];
    const Path item_path(path, name);
    if (is_removal(item)) {
      remove(item, item_path);
      there.kind = Node::Kind::empty;
    } else {
      there = merged(std::move(there), std::move(item), item_path);
    }
    place.erase(found);  // A second one of this name is an error that must not be hidden.
  }
  say_what_is_added(base, first_added, file, path);
  std::erase_if(base.items, [](const Node& item) { return item.kind == Node::Kind::empty; });
  return base;
}

void Merge::remove(const Node& item, const Path& path) {
  removed_.emplace(peek_text(item, "name"));
  for (const Entry& entry : item.entries) {
    if (entry.key.text == "name" || entry.key.text == "remove") continue;
    findings_.error(entry.key.spot, path,
                    fmt::format("'{}' stands beside 'remove'", entry.key.text),
                    "a territory that is taken out needs its name alone");
  }
}

/// A name that is misspelt adds a territory, rather than changing one.
void Merge::say_what_is_added(const Node& base, std::size_t first, int file, const Path& path) {
  constexpr std::size_t most_compared = 50;  // So many are no mistakes in spelling.
  constexpr std::size_t most_named = 5;
  const std::size_t count = base.items.size() - first;
  std::vector<std::string> added;
  const Node* first_added = nullptr;
  for (std::size_t i = first; i < base.items.size(); ++i) {
    const Node& item = base.items[i];
    const std::string name(peek_text(item, "name"));
    if (name.empty() || find_entry(item, "remove") != nullptr) continue;
    std::vector<std::string> names;
    for (std::size_t j = 0; j < first && count <= most_compared; ++j) {
      const std::string there(peek_text(base.items[j], "name"));
      // Names that are counted, as in 'North 1', are near each other and not misspelt.
      if (there != name && without_digits(there) != without_digits(name)) names.push_back(there);
    }
    const std::string nearest = findings_.did_you_mean(name, names);
    if (!nearest.empty()) {
      findings_.warning(item.spot, Path(path, name),
                        fmt::format("'{}' is one more territory: {} has none of this name", name,
                                    findings_.name_of(file)),
                        nearest);
      continue;
    }
    if (first_added == nullptr) first_added = &item;
    added.push_back(name);
  }
  if (added.empty()) return;
  const std::size_t more = added.size() > most_named ? added.size() - most_named : 0;
  const std::size_t total = added.size();
  added.resize(total - more);
  findings_.note(
      first_added->spot, path,
      fmt::format("{} added to those of {}: {}{}",
                  total == 1 ? "1 territory is" : fmt::format("{} territories are", total),
                  findings_.name_of(file), fmt::join(added, ", "),
                  more == 0 ? std::string{} : fmt::format(" and {} more", more)));
}

Node* find_value(Node& mapping, std::string_view key) {
  for (Entry& entry : mapping.entries) {
    if (entry.key.text == key && is_plain(entry.key)) return &entry.value;
  }
  return nullptr;
}

void erase_key(Node& mapping, std::string_view key) {
  const auto is_it = [key](const Entry& entry) {
    return entry.key.text == key && is_plain(entry.key);
  };
  if (std::count_if(mapping.entries.begin(), mapping.entries.end(), is_it) == 1)
    std::erase_if(mapping.entries, is_it);
}

}  // namespace attain::reading
