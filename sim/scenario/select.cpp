#include "select.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>

namespace attain::reading {

namespace {

constexpr std::size_t most_selected = 2'000'000;  // About 150 MB.

void append(std::vector<std::uint32_t>& list, std::uint32_t index) {
  if (list.empty() || list.back() != index) list.push_back(index);
}

template <typename Lists>
std::vector<std::string> names_of(const Lists& lists) {
  std::vector<std::string> names;
  for (const auto& [name, indices] : lists) names.push_back(name);
  std::sort(names.begin(), names.end());
  return names;
}

void sort_unique(std::vector<std::string>& texts) {
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
}

bool is_wanted(const std::vector<std::string>& texts, const std::string& text) {
  return texts.empty() || std::binary_search(texts.begin(), texts.end(), text);
}

}  // namespace

Selector::Selector(const std::vector<Territory>& territories, Findings& findings)
    : territories_(territories), findings_(findings) {
  names_are_known_ = !territories.empty();
  for (std::size_t i = 0; i < territories.size(); ++i)
    add(territories[i], static_cast<std::uint32_t>(i));
}

void Selector::add(const Territory& territory, std::uint32_t index) {
  names_are_known_ = names_are_known_ && !territory.name.empty() && !territory.streams.empty();
  append(by_name_[territory.name], index);
  for (const std::string& region : territory.region) append(by_region_[region], index);
  if (!territory.segment.empty()) append(by_segment_[territory.segment], index);
  for (const auto& [name, value] : territory.attributes) append(by_attribute_[name][value], index);
  for (const Stream& stream : territory.streams) {
    names_are_known_ = names_are_known_ && !stream.name.empty() && !stream.funnel.name.empty();
    append(by_stream_[stream.name], index);
    append(by_funnel_[stream.funnel.name], index);
  }
}

std::vector<ListedText> Selector::texts_of(const Node& node, const Field& field, const Path& path) {
  std::vector<ListedText> texts;
  if (node.kind == Node::Kind::empty) {
    findings_.error(node.spot, path, fmt::format("'{}' has no value", path.label()),
                    "write one, or leave the key out");
    return texts;
  }
  if (node.kind != Node::Kind::sequence) {
    if (auto text = read_text({node, field, field.kind, path}, findings_))
      texts.push_back({std::move(*text), node.spot});
    return texts;
  }
  if (!check_count({node, field, field.kind, path}, findings_)) return texts;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const Path item_path(path, i);
    if (auto text = read_text({node.items[i], field, Kind::text, item_path}, findings_))
      texts.push_back({std::move(*text), node.items[i].spot});
  }
  return texts;
}

std::vector<std::string> Selector::narrow(const Node& node, const Field& field, const Path& path,
                                          const Lists& lists, const std::string& missing,
                                          Wanted& wanted) {
  std::vector<std::string> texts;
  Indices found;
  std::vector<ListedText> unknown;
  for (ListedText& each : texts_of(node, field, path)) {
    texts.push_back(each.text);
    const auto indices = lists.find(each.text);
    if (indices == lists.end()) {
      unknown.push_back(std::move(each));
    } else {
      found.insert(found.end(), indices->second.begin(), indices->second.end());
    }
  }
  for (const ListedText& each : unknown) {
    if (!names_are_known_) break;
    // One of a list may be a name that only other scenarios with the same rule have.
    const bool all_are_unknown = unknown.size() == texts.size();
    const std::string message = fmt::format("{} '{}'", missing, each.text);
    std::string suggestion =
        findings_.name_suggestion(each.text, [&lists] { return names_of(lists); });
    if (all_are_unknown) {
      findings_.error(each.spot, path, message, std::move(suggestion));
      wanted.is_sound = false;
    } else {
      findings_.warning(each.spot, path, message + "; the others of the list count",
                        std::move(suggestion));
    }
  }
  wanted.is_sound = wanted.is_sound && !texts.empty();
  if (texts.size() > 1) {
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
  }
  if (wanted.all_territories) {
    wanted.territories = std::move(found);
    wanted.all_territories = false;
  } else {
    Indices both;
    std::set_intersection(found.begin(), found.end(), wanted.territories.begin(),
                          wanted.territories.end(), std::back_inserter(both));
    wanted.territories = std::move(both);
  }
  sort_unique(texts);
  return texts;
}

void Selector::narrow_to_source(const Object& where, Wanted& wanted) {
  const Node* node = where.find("source");
  if (node == nullptr) return;
  const Path path(where.path(), "source");
  const Field& field = field_of(Owner::rule_where, "source");
  bool marketing = false;
  bool own = false;
  const std::vector<ListedText> texts = texts_of(*node, field, path);
  for (const ListedText& each : texts) {
    const Node text{.kind = Node::Kind::scalar, .spot = each.spot, .text = each.text};
    const auto source = read_choice({text, field, Kind::choice, path}, findings_);
    if (!source) wanted.is_sound = false;
    marketing = marketing || source == 0U;
    own = own || source == 1U;
  }
  wanted.is_sound = wanted.is_sound && !texts.empty();
  if (marketing != own) wanted.source = own ? Source::own : Source::marketing;
}

Selector::Wanted Selector::wanted_of(const Object& where) {
  Wanted wanted;
  const auto narrow_by = [&](std::string_view key, const Lists& lists, const char* missing) {
    const Node* node = where.find(key);
    if (node == nullptr) {
      wanted.is_sound = wanted.is_sound && !where.has(key);
      return std::vector<std::string>{};
    }
    const Path path(where.path(), key);
    return narrow(*node, field_of(Owner::rule_where, key), path, lists, missing, wanted);
  };
  narrow_by("territory", by_name_, "there is no territory");
  narrow_by("region", by_region_, "no territory lies in a region");
  narrow_by("segment", by_segment_, "no territory is in a segment");
  const Field& like_segment = field_of(Owner::rule_where, "segment");
  for (const Entry* entry : where.others()) {
    const Path path(where.path(), entry->key.text);
    narrow(entry->value, like_segment, path, by_attribute_[entry->key.text],
           fmt::format("no territory has the {}", entry->key.text), wanted);
  }
  wanted.streams = narrow_by("stream", by_stream_, "no territory has a stream");
  wanted.funnels = narrow_by("funnel", by_funnel_, "no stream runs through a funnel");
  narrow_to_source(where, wanted);
  return wanted;
}

bool Selector::fits(const Stream& stream, const Wanted& wanted) const {
  return is_wanted(wanted.streams, stream.name) && is_wanted(wanted.funnels, stream.funnel.name) &&
         (!wanted.source || stream.source == *wanted.source);
}

std::vector<Selected> Selector::matches(const Wanted& wanted) const {
  std::vector<Selected> all;
  const std::size_t count =
      wanted.all_territories ? territories_.size() : wanted.territories.size();
  for (std::size_t i = 0; i < count; ++i) {
    Selected selected;
    selected.territory = wanted.all_territories ? i : wanted.territories[i];
    selected.whole = wanted.whole();
    const std::vector<Stream>& streams = territories_[selected.territory].streams;
    if (selected.whole) {
      selected.streams.resize(streams.size());
      std::iota(selected.streams.begin(), selected.streams.end(), std::size_t{0});
    } else {
      for (std::size_t s = 0; s < streams.size(); ++s)
        if (fits(streams[s], wanted)) selected.streams.push_back(s);
    }
    if (selected.whole || !selected.streams.empty()) all.push_back(std::move(selected));
  }
  return all;
}

std::optional<std::vector<Selected>> Selector::select(const Object* where, Spot rule,
                                                      const Path& path) {
  const Wanted wanted = where != nullptr ? wanted_of(*where) : Wanted{};
  if (!wanted.is_sound || !names_are_known_ || selected_ > most_selected) return std::nullopt;
  std::vector<Selected> all = matches(wanted);
  if (all.empty()) {
    findings_.error(rule, path,
                    "the rule selects nothing: no territory or stream fits all keys of 'where'",
                    "each key fits some, but not all together; remove or correct one");
    return std::nullopt;
  }
  for (const Selected& each : all) selected_ += each.streams.size();
  if (selected_ <= most_selected) return all;
  findings_.error(rule, path, "the rules up to this one act on more than 2 million streams in all",
                  "narrow rules with 'where', or join those that do the same");
  return std::nullopt;
}

}  // namespace attain::reading
