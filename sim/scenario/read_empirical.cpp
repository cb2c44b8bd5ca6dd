#include "read_distribution.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attain::reading {

namespace {

/// The numbers of a list, or nothing if one of them is not sound.
template <typename ReadItem>
std::optional<std::vector<double>> read_list(const Node& list, const Field& field, const Path& path,
                                             Findings& findings, ReadItem read_item) {
  const std::vector<Node>& items = list.items;
  if (!check_count({list, field, field.kind, path}, findings)) return std::nullopt;
  std::vector<double> values;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Path item_path(path, i);
    const std::optional<double> value = read_item(Slot{items[i], field, field.items, item_path});
    if (value) values.push_back(*value);
  }
  if (values.size() != items.size()) return std::nullopt;
  return values;
}

std::optional<std::vector<double>> read_values(const Node& list, const Path& path, Owner weighted,
                                               Findings& findings) {
  return read_list(list, field_of(weighted, "values"), path, findings,
                   [&](const Slot& slot) { return read_certain(slot, findings); });
}

std::optional<Distribution> read_weighted(const Node& node, const Path& path, Owner weighted,
                                          Findings& findings) {
  const Object object(node, weighted, path, findings);
  const Node* value_list = object.list("values");
  const Node* weight_list = object.list("weights");
  if (value_list == nullptr) return std::nullopt;
  const Path values_path(path, "values");
  const auto values = read_values(*value_list, values_path, weighted, findings);
  if (!object.has("weights"))
    return values ? std::optional(Distribution::empirical(*values)) : std::nullopt;
  if (weight_list == nullptr) return std::nullopt;
  const Path weights_path(path, "weights");
  const auto weights =
      read_list(*weight_list, field_of(weighted, "weights"), weights_path, findings,
                [&](const Slot& slot) { return read_number(slot, findings); });
  if (!values || !weights) return std::nullopt;
  if (values->size() != weights->size()) {
    findings.error(
        object.key_spot("weights"), weights_path,
        fmt::format("there are {} weights for {} values", weights->size(), values->size()),
        "give each value one weight");
    return std::nullopt;
  }
  if (std::all_of(weights->begin(), weights->end(), [](double weight) { return weight == 0; })) {
    findings.error(object.key_spot("weights"), weights_path, "all weights are 0",
                   "give at least one value a weight above 0");
    return std::nullopt;
  }
  return Distribution::empirical(*values, *weights);
}

}  // namespace

std::optional<Distribution> read_empirical(const Object& object, Owner weighted) {
  const Node* node = object.find("empirical");
  if (node == nullptr) return std::nullopt;
  const Path path(object.path(), "empirical");
  Findings& findings = object.findings();
  if (node->kind != Node::Kind::sequence) return read_weighted(*node, path, weighted, findings);
  const auto values = read_values(*node, path, weighted, findings);
  return values ? std::optional(Distribution::empirical(*values)) : std::nullopt;
}

}  // namespace attain::reading
