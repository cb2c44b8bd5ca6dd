#include "read_settings.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attain::reading {

void read_version(const Object& scenario) {
  const Node* node = scenario.find("attain");
  if (node == nullptr || (node->kind == Node::Kind::scalar && node->text == "1")) return;
  scenario.findings().error(
      node->spot, Path(scenario.path(), "attain"),
      fmt::format("'attain' is {}, and this program reads version 1 of the format", shown(*node)),
      "write 'attain: 1'");
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

Defaults read_defaults(const Object& scenario, TargetReader& targets, UncertainNumbers& numbers) {
  Defaults defaults;
  const Node* node = scenario.find("defaults");
  if (node == nullptr) return defaults;
  const Path path(scenario.path(), "defaults");
  const Object object(*node, Owner::defaults, path, scenario.findings());
  defaults.funnel = object.text("funnel");
  if (const Node* funnel = object.find("funnel")) defaults.funnel_spot = funnel->spot;
  defaults.leads_per_week = numbers.read(object, "leads_per_week").value_or(MaybeUncertain{});
  defaults.source = object.choice("source") == 1U ? Source::own : Source::marketing;
  defaults.segment = object.text("segment").value_or("");
  defaults.has_quota = object.has("quota");
  defaults.quota = targets.quota(object, Owner::defaults).value_or(Quota{});
  defaults.forecast = targets.forecast(object, Owner::defaults);
  defaults.capacity = read_capacity_terms(object, numbers);
  return defaults;
}

const Category* Categories::find(std::string_view name) const {
  const auto found = std::find_if(all.begin(), all.end(),
                                  [name](const Category& each) { return each.name == name; });
  return found == all.end() ? nullptr : &*found;
}

std::vector<std::string> Categories::names() const {
  std::vector<std::string> result;
  for (const Category& each : all) result.push_back(each.name);
  return result;
}

Categories read_categories(const Object& scenario) {
  Categories categories;
  categories.are_known = !scenario.has("categories");
  const Path path(scenario.path(), "categories");
  const Field& field = field_of(Owner::scenario, "categories");
  for (const Entry* entry : scenario.map("categories")) {
    const Path category_path(path, entry->key.text);
    const auto chance =
        read_number({entry->value, field, field.items, category_path}, scenario.findings());
    // A chance that is not sound is reported once, not for each deal of the category.
    categories.all.push_back({entry->key.text, chance.value_or(0)});
    categories.are_known = true;
  }
  return categories;
}

}  // namespace attain::reading
