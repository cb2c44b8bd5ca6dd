#include "numbers.hpp"
#include "values.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attain::reading {

std::string range_suggestion_of(std::string_view text) {
  for (const std::string_view between : {"..", "-", "\xE2\x80\x93"}) {
    const std::size_t at = text.find(between, 1);
    if (at == std::string_view::npos) continue;
    std::string_view low = text.substr(0, at);
    std::string_view high = text.substr(at + between.size());
    if (low.ends_with(' ')) low.remove_suffix(1);
    if (high.starts_with(' ')) high.remove_prefix(1);
    if (!parse_number(low) || !parse_number(high)) continue;
    const std::string unit = unit_of_the_other(low, high);
    return fmt::format("write a range as {}{} to {}", low, unit, high);
  }
  return {};
}

bool says_uncertain(const Node& node) {
  if (node.kind == Node::Kind::mapping) {
    return std::any_of(node.entries.begin(), node.entries.end(), [](const Entry& entry) {
      const std::string& key = entry.key.text;
      return key == "mean" || key == "range" || key == "rate" || key == "observed";
    });
  }
  if (node.kind != Node::Kind::scalar) return false;
  const auto ends = split_range(node.text);
  return ends && parse_number(ends->first) && parse_number(ends->second);
}

void refuse_uncertain(const Slot& slot, Findings& findings) {
  const bool is_range = slot.node.kind == Node::Kind::scalar;
  const std::string label = slot.path.label();
  const std::string_view example = slot.field.example;
  const bool has_example = !example.starts_with('[') && !example.starts_with('{');
  findings.error(
      slot.node.spot, slot.path,
      is_range
          ? fmt::format("'{}' is {}, and this number cannot be uncertain", label, slot.node.text)
          : fmt::format("'{}' says how uncertain it is, and this number cannot be", label),
      has_example ? fmt::format("write one number, as in {}", example)
                  : std::string("write one number"));
}

}  // namespace attain::reading
