#include "merge.hpp"

#include "object.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace attain::reading {

namespace {

bool is_plain(const Node& key) { return key.kind == Node::Kind::scalar; }

/// Takes keys out, said by a written `null`; one that merely has no value is an error.
bool takes_out(const Node& value) { return value.kind == Node::Kind::empty && !value.text.empty(); }

}  // namespace

Node merged(Node base, Node over) {
  if (base.kind != Node::Kind::mapping || over.kind != Node::Kind::mapping) return over;
  std::unordered_map<std::string, std::size_t> place;
  for (std::size_t i = 0; i < base.entries.size(); ++i) {
    if (is_plain(base.entries[i].key)) place.try_emplace(base.entries[i].key.text, i);
  }
  base.spot = over.spot;
  std::vector<bool> is_out(base.entries.size(), false);
  for (Entry& entry : over.entries) {
    const auto found = is_plain(entry.key) ? place.find(entry.key.text) : place.end();
    if (found == place.end()) {
      base.entries.push_back(std::move(entry));  // A key that is repeated in `over`, too.
      continue;
    }
    Entry& there = base.entries[found->second];
    is_out[found->second] = takes_out(entry.value);
    there = {std::move(entry.key), merged(std::move(there.value), std::move(entry.value))};
    place.erase(found);
  }
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < base.entries.size(); ++i) {
    if (i >= is_out.size() || !is_out[i]) entries.push_back(std::move(base.entries[i]));
  }
  base.entries = std::move(entries);
  return base;
}

Node merged_by_name(Node base, Node over) {
  if (base.kind != Node::Kind::sequence || over.kind != Node::Kind::sequence) return over;
  std::unordered_map<std::string, std::size_t> place;
  for (std::size_t i = 0; i < base.items.size(); ++i) {
    const std::string_view name = peek_text(base.items[i], "name");
    if (!name.empty()) place.try_emplace(std::string(name), i);
  }
  base.spot = over.spot;
  for (Node& item : over.items) {
    const auto found = place.find(std::string(peek_text(item, "name")));
    if (found == place.end()) {
      base.items.push_back(std::move(item));
      continue;
    }
    Node& there = base.items[found->second];
    there = merged(std::move(there), std::move(item));
    place.erase(found);  // A second one of this name is an error that must not be hidden.
  }
  return base;
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
