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
      const auto [known, is_new] = known_.try_emplace(levels[i], Known{parent, spot.line, false});
      if (is_new) names_.push_back(levels[i]);
      Known& first = known->second;
      if (first.parent == parent || first.is_warned) continue;
      first.is_warned = true;
      territory.findings().warning(
          spot, Path(territory.path(), "region"),
          fmt::format("the region '{}' lies {} here and {} in line {}; it is reported as one group",
                      levels[i], under(parent), under(first.parent), first.line),
          "give two regions two names, as in 'Americas East' and 'Europe East'");
    }
  }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  struct Known {
    std::string parent;
    int line;
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

std::optional<Money> read_quota(const Object& object, const Defaults& defaults) {
  if (object.has("quota")) return object.money_or_none("quota").value_or(std::nullopt);
  if (!defaults.has_quota) {
    object.report_missing("quota",
                          "add it here or under 'defaults'; write 'quota: none' if there is none");
  }
  return defaults.quota;
}

void check_size(const Object& object, const Territory& territory, const Calendar& calendar) {
  double open = 0;
  double leads = 0;
  for (const OpenDeals& deals : territory.open) open += deals.count;
  for (const Stream& stream : territory.streams) leads += stream.leads_per_week * calendar.weeks;
  if (room_for_deals(territory, calendar) > most_deals_of_a_territory) {
    object.findings().error(
        object.node().spot, object.path(),
        fmt::format(
            "'{}' simulates about {:.0f} deals in the period; at most 32,000 per territory, with "
            "room for chance",
            territory.name, open + leads),
        "split the territory, or let one deal stand for several (and its amount for theirs)");
  }
  if (open + leads == 0) {
    object.findings().warning(
        object.node().spot, object.path(),
        fmt::format("nothing can happen in '{}': it has neither leads nor open deals",
                    territory.name),
        "add 'leads_per_week' or 'open'");
  }
}

/// The last stage from `first` on that lets no deal go on; none: deals can be won from there.
const Stage* last_barrier(const Stream& stream, std::size_t first) {
  const std::vector<Stage>& stages = stream.funnel.stages;
  for (std::size_t s = stages.size(); s > first; --s) {
    if (stages[s - 1].advance <= 0) return &stages[s - 1];
  }
  return nullptr;
}

/// Warns where there are deals and none of them can be won.
void warn_if_nothing_is_won(const Object& object, const Territory& territory) {
  const Stage* barrier = nullptr;
  for (const Stream& stream : territory.streams) {
    if (stream.leads_per_week <= 0) continue;
    for (std::size_t s = 0; s < stream.enter.size(); ++s) {
      if (stream.enter[s] <= 0) continue;
      barrier = last_barrier(stream, s);
      if (barrier == nullptr) return;
    }
  }
  for (const OpenDeals& deals : territory.open) {
    barrier = last_barrier(territory.streams[deals.stream], deals.stage);
    if (barrier == nullptr) return;
  }
  if (barrier == nullptr) return;
  object.findings().warning(
      object.node().spot, object.path(),
      fmt::format("nothing can be won in '{}': each deal comes to a stage with 'advance: 0%', "
                  "such as '{}'",
                  territory.name, barrier->name),
      "give the share of the deals that go on from there");
}

Territory read_territory(const Object& object, RegionNames& regions, TerritoryContext& context) {
  Territory territory;
  territory.name = object.text("name").value_or("");
  territory.region = read_region(object);
  regions.add(territory.region, object);
  territory.segment =
      object.has("segment") ? object.text("segment").value_or("") : context.defaults.segment;
  territory.attributes = read_attributes(object);
  territory.quota = read_quota(object, context.defaults);
  territory.forecast =
      object.has("forecast") ? object.money("forecast") : context.defaults.forecast;
  std::vector<StreamDraft> streams = read_streams(object, context);
  const StageIndex index(streams);
  apply_overrides(object, index, streams, context);
  territory.open = read_open_deals(object, streams, index, context);
  for (StreamDraft& draft : streams) territory.streams.push_back(std::move(draft.stream));
  return territory;
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
  std::unordered_map<std::string, int> line_of;
  double bookings = 0;
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    const Node& node = list->items[i];
    const std::string_view name = peek_text(node, "name");
    const Path territory_path = name.empty() ? Path(path, i) : Path(path, name);
    const std::size_t errors_before = context.findings.errors();
    const Object object(node, Owner::territory, territory_path, context.findings);
    if (!object.is_mapping()) continue;
    Territory territory = read_territory(object, regions, context);
    const bool is_sound = context.findings.errors() == errors_before;
    if (is_sound) {
      check_size(object, territory, context.calendar);
      // An unsound stage counts as one that lets no deal go on.
      if (context.findings.errors() == 0) warn_if_nothing_is_won(object, territory);
      bookings += bookings_if_all_won(territory, context.calendar);
    }
    const auto [earlier, is_new] = line_of.try_emplace(territory.name, node.spot.line);
    if (!is_new && !territory.name.empty()) {
      context.findings.error(
          object.find("name")->spot, territory_path,
          fmt::format("a second territory is called '{}', the first stands in line {}",
                      territory.name, earlier->second),
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
  result.regions = regions.names();
  return result;
}

}  // namespace attain::reading
