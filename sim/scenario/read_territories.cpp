#include "read_territories.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace attain::reading {

namespace {

/// Region names so far: in the order of first mention, with the region that each lies in.
class RegionNames {
 public:
  void add(const std::vector<std::string>& levels, const Object& territory) {
    for (std::size_t i = 0; i < levels.size(); ++i) {
      const std::string parent = i == 0 ? std::string{} : levels[i - 1];
      const Spot spot = territory.find("region")->spot;
      const auto [known, is_new] = known_.try_emplace(levels[i], Known{parent, spot, false});
      if (is_new) names_.push_back(levels[i]);
      Known& first = known->second;
      if (first.parent == parent || first.is_warned) continue;
      first.is_warned = true;
      territory.findings().warning(
          spot, Path(territory.path(), "region"),
          fmt::format("the region '{}' lies {} here and {} in {}; it is reported as one group",
                      levels[i], under(parent), under(first.parent),
                      territory.findings().line_text(first.spot, spot)),
          "give two regions two names, as in 'Americas East' and 'Europe East'");
    }
  }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  struct Known {
    std::string parent;
    Spot spot;
    bool is_warned;
  };
  static std::string under(const std::string& parent) {
    return parent.empty() ? "at the top" : fmt::format("in '{}'", parent);
  }

  std::unordered_map<std::string, Known> known_;
  std::vector<std::string> names_;
};

std::map<std::string, std::string> read_attributes(const Object& territory) {
  const Path path(territory.path(), "attributes");
  const Field& field = field_of(Owner::territory, "attributes");
  std::map<std::string, std::string> attributes;
  for (const Entry* entry : territory.map("attributes")) {
    const Path attribute_path(path, entry->key.text);
    const auto text =
        read_text({entry->value, field, Kind::text, attribute_path}, territory.findings());
    if (text) attributes.emplace(entry->key.text, *text);
  }
  return attributes;
}

void read_targets(const Object& object, TerritoryContext& context, Territory& territory) {
  const bool has_quota = object.has("quota");
  if (!has_quota && !context.defaults.has_quota) {
    object.report_missing("quota",
                          "add it here or under 'defaults'; write 'quota: none' if there is none");
  }
  Quota quota = has_quota ? context.targets.quota(object, Owner::territory).value_or(Quota{})
                          : context.defaults.quota;
  territory.quota = quota.to_make;
  territory.quotas = std::move(quota.by_period);
  territory.relief = std::move(quota.relief);
  const std::optional<Forecast> forecast = object.has("forecast")
                                               ? context.targets.forecast(object, Owner::territory)
                                               : context.defaults.forecast;
  if (!forecast) return;
  territory.forecast = forecast->amount;
  territory.forecast_called = forecast->called;
}

Territory read_territory(const Object& object, RegionNames& regions, TerritoryContext& context) {
  Territory territory;
  territory.name = object.text("name").value_or("");
  territory.region = read_region(object);
  regions.add(territory.region, object);
  territory.segment =
      object.has("segment") ? object.text("segment").value_or("") : context.defaults.segment;
  territory.attributes = read_attributes(object);
  territory.owner = object.text("owner").value_or("");
  territory.note = object.text("note").value_or("");
  read_targets(object, context, territory);
  territory.booked = object.money("booked").value_or(Money{});
  territory.actual = context.targets.actual(object);
  territory.capacity = read_capacity(object, context.defaults.capacity, context.uncertain);
  territory.effort = object.has("effort") ? read_effort(object) : context.effort;
  territory.ramp = read_ramp(object, context.dates);
  std::vector<StreamDraft> streams = read_streams(object, context);
  const StageIndex index(streams);
  apply_overrides(object, index, streams, context);
  territory.open = read_open_deals(object, streams, index, context);
  for (StreamDraft& draft : streams) territory.streams.push_back(std::move(draft.stream));
  return territory;
}

/// Where a territory is there to be taken out, neither of the two comes here.
void report_not_removed(const Object& object, const Node& list) {
  const Node* node = object.find("remove");
  if (node == nullptr) return;
  const Path path(object.path(), "remove");
  Findings& findings = object.findings();
  const Field& field = field_of(Owner::territory, "remove");
  if (node->kind != Node::Kind::scalar || node->text != "true")
    return report_unexpected({*node, field, field.kind, path}, findings, "or leave the key out");
  const std::string name = object.text("name").value_or("");
  std::vector<std::string> names;
  for (const Node& each : list.items) {
    if (&each != &object.node()) names.emplace_back(peek_text(each, "name"));
  }
  findings.error(
      node->spot, path,
      fmt::format("nothing that this scenario extends has a territory '{}' to take out", name),
      findings.name_suggestion(name, [&names] { return names; }));
}

}  // namespace

std::vector<std::string> read_region(const Object& territory) {
  const Node* node = territory.find("region");
  if (node == nullptr) return {};
  const Path path(territory.path(), "region");
  const Field& field = field_of(Owner::territory, "region");
  Findings& findings = territory.findings();
  if (node->kind != Node::Kind::sequence) {
    const auto name = read_text({*node, field, field.kind, path}, findings);
    return name ? std::vector{*name} : std::vector<std::string>{};
  }
  if (!check_count({*node, field, field.kind, path}, findings)) return {};
  std::vector<std::string> levels;
  for (std::size_t i = 0; i < node->items.size(); ++i) {
    const Path level_path(path, i);
    const auto name = read_text({node->items[i], field, Kind::text, level_path}, findings);
    if (!name) continue;
    if (std::find(levels.begin(), levels.end(), *name) != levels.end()) {
      findings.error(node->items[i].spot, level_path,
                     fmt::format("the region '{}' stands twice", *name), "name each level once");
      continue;
    }
    levels.push_back(*name);
  }
  return levels;
}

Territories read_territories(const Object& scenario, TerritoryContext& context) {
  Territories result;
  const Node* list = scenario.list("territories");
  if (list == nullptr) return result;
  const Path path(scenario.path(), "territories");
  RegionNames regions;
  std::unordered_map<std::string, Spot> spot_of;
  double bookings = 0;
  Unstated unstated;
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    const Node& node = list->items[i];
    const std::string_view name = peek_text(node, "name");
    const Path territory_path = name.empty() ? Path(path, i) : Path(path, name);
    const std::size_t errors_before = context.findings.errors();
    const Object object(node, Owner::territory, territory_path, context.findings);
    if (!object.is_mapping()) continue;
    if (object.has("remove")) {
      report_not_removed(object, *list);
      continue;
    }
    Territory territory = read_territory(object, regions, context);
    if (!object.has("booked")) unstated.booked.push_back(territory.name);
    if (!object.has("actual")) unstated.actual.push_back(territory.name);
    const bool is_sound = context.findings.errors() == errors_before;
    if (is_sound) {
      check_size(object, territory, context.dates.calendar);
      // An unsound stage counts as one that lets no deal go on.
      if (context.findings.errors() == 0) warn_if_nothing_is_won(object, territory);
      bookings += bookings_if_all_won(territory, context.dates.calendar);
      for (const Money& earlier : territory.actual) bookings += earlier.units();
    }
    const auto [earlier, is_new] = spot_of.try_emplace(territory.name, node.spot);
    if (!is_new && !territory.name.empty()) {
      context.findings.error(
          object.find("name")->spot, territory_path,
          fmt::format("a second territory is called '{}', the first stands in {}", territory.name,
                      context.findings.line_text(earlier->second, object.find("name")->spot)),
          "give one of them another name");
    }
    result.territories.push_back(std::move(territory));
  }
  if (bookings > most_mean_bookings) {
    context.findings.error(
        list->spot, path,
        fmt::format("the deals of all territories are worth about {:.0e}; at most {:.0e}", bookings,
                    most_mean_bookings),
        "count in thousands or millions of the currency");
  }
  check_booked(scenario, context.dates, result.territories.size(), unstated);
  result.regions = regions.names();
  return result;
}

}  // namespace attain::reading
