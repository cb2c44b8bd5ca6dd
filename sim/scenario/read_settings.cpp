#include "read_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace attain::reading {

void read_version(const Object& scenario) {
  const Node* node = scenario.find("attain");
  if (node == nullptr || (node->kind == Node::Kind::scalar && node->text == "1")) return;
  scenario.findings().error(
      node->spot, Path(scenario.path(), "attain"),
      fmt::format("'attain' is {}, and this program reads version 1 of the format", shown(*node)),
      "write 'attain: 1'");
}

Calendar read_calendar(const Object& scenario) {
  Calendar calendar;
  const Node* node = scenario.find("calendar");
  if (node == nullptr) return calendar;
  const Path path(scenario.path(), "calendar");
  const Object object(*node, Owner::calendar, path, scenario.findings());
  if (const auto start = object.date("start")) calendar.start = *start;
  if (const auto weeks = object.whole_number("weeks")) calendar.weeks = static_cast<int>(*weeks);
  if (const auto step = object.choice("step")) calendar.step = *step == 0 ? Step::week : Step::day;
  return calendar;
}

RunSettings read_run(const Object& scenario) {
  RunSettings run;
  const Node* node = scenario.find("run");
  if (node == nullptr) return run;
  const Path path(scenario.path(), "run");
  const Object object(*node, Owner::run, path, scenario.findings());
  if (const auto replications = object.whole_number("replications"))
    run.replications = *replications;
  if (const auto seed = object.seed("seed")) run.seed = *seed;
  return run;
}

std::vector<double> read_thresholds(const Object& scenario) {
  const Scenario standard;
  const Node* list = scenario.list("thresholds");
  if (list == nullptr) return standard.thresholds;
  const Path path(scenario.path(), "thresholds");
  Findings& findings = scenario.findings();
  const Field& field = field_of(Owner::scenario, "thresholds");
  std::vector<double> thresholds;
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    const Path item_path(path, i);
    const auto threshold = read_number({list->items[i], field, field.items, item_path}, findings);
    if (!threshold) continue;
    if (std::find(thresholds.begin(), thresholds.end(), *threshold) != thresholds.end()) {
      findings.error(list->items[i].spot, item_path,
                     fmt::format("{} stands here twice", list->items[i].text),
                     "keep one of the two");
      continue;
    }
    thresholds.push_back(*threshold);
  }
  return thresholds;
}

Defaults read_defaults(const Object& scenario) {
  Defaults defaults;
  const Node* node = scenario.find("defaults");
  if (node == nullptr) return defaults;
  const Path path(scenario.path(), "defaults");
  const Object object(*node, Owner::defaults, path, scenario.findings());
  defaults.funnel = object.text("funnel");
  if (const Node* funnel = object.find("funnel")) defaults.funnel_spot = funnel->spot;
  defaults.leads_per_week = object.number("leads_per_week").value_or(0);
  defaults.source = object.choice("source") == 1U ? Source::own : Source::marketing;
  defaults.segment = object.text("segment").value_or("");
  defaults.has_quota = object.has("quota");
  defaults.quota = object.money_or_none("quota").value_or(std::nullopt);
  defaults.forecast = object.money("forecast");
  return defaults;
}

namespace {

StatedTargets read_targets(const Node& node, const Path& path, Findings& findings) {
  const Object object(node, Owner::targets, path, findings);
  return {object.money("quota"), object.money("forecast")};
}

}  // namespace

StatedTargets read_company(const Object& scenario) {
  const Node* node = scenario.find("company");
  if (node == nullptr) return {};
  return read_targets(*node, Path(scenario.path(), "company"), scenario.findings());
}

void read_region_targets(const Object& scenario, const std::vector<std::string>& regions,
                         Scenario& result) {
  const Node* node = scenario.find("groups");
  if (node == nullptr) return;
  const Path path(scenario.path(), "groups");
  const Object groups(*node, Owner::groups, path, scenario.findings());
  const Path regions_path(path, "region");
  const std::set<std::string_view> known(regions.begin(), regions.end());
  for (const Entry* entry : groups.map("region")) {
    const Path region_path(regions_path, entry->key.text);
    if (!known.contains(entry->key.text)) {
      scenario.findings().error(
          entry->key.spot, region_path,
          fmt::format("no territory is in a region called '{}'", entry->key.text),
          scenario.findings().name_suggestion(entry->key.text, [&regions] { return regions; }));
    }
    result.region_targets[entry->key.text] =
        read_targets(entry->value, region_path, scenario.findings());
  }
}

}  // namespace attain::reading
