#include <attain/scenario/read_scenario.hpp>

#include "compose.hpp"
#include "document.hpp"
#include "findings.hpp"
#include "object.hpp"
#include "read_history.hpp"
#include "read_rules.hpp"
#include "read_seasons.hpp"
#include "read_settings.hpp"
#include "read_territories.hpp"
#include "resolved.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <unordered_set>

namespace attain {

namespace {

using namespace reading;

void check_default_funnel(const Defaults& defaults, FunnelDrafts& funnels, const Object& scenario) {
  if (!defaults.funnel || funnels.all().empty() || funnels.find(*defaults.funnel) != nullptr)
    return;
  const Path path(scenario.path(), "defaults");
  scenario.findings().error(defaults.funnel_spot, Path(path, "funnel"),
                            fmt::format("there is no funnel '{}'", *defaults.funnel),
                            scenario.findings().name_suggestion(
                                *defaults.funnel, [&funnels] { return funnels.names(); }));
}

void warn_of_unused_funnels(const FunnelDrafts& funnels, const Object& scenario) {
  const Path path(scenario.path(), "funnels");
  for (const FunnelDraft& draft : funnels.all()) {
    if (draft.is_used) continue;
    scenario.findings().warning(draft.spot, Path(path, draft.funnel.name),
                                fmt::format("no territory uses the funnel '{}'", draft.funnel.name),
                                "remove it, or name it in a territory");
  }
}

/// What changes the funnels: seasons, shocks and rules.
void read_dynamics(const Object& object, const FunnelDrafts& funnels, const CalendarDraft& dates,
                   UncertainNumbers& numbers, Scenario& scenario) {
  Findings& findings = object.findings();
  const bool all_is_sound = findings.errors() == 0;
  const RuleNames names = names_for_rules(funnels, scenario.territories);
  Seasons seasons = read_seasons(object, dates, names);
  scenario.seasons = std::move(seasons.factors);
  scenario.closed_weeks = std::move(seasons.closed_weeks);
  scenario.shocks = read_shocks(object, scenario.territories, names, numbers);
  scenario.rules =
      read_rules(object, {scenario.territories, dates, names, all_is_sound, numbers, findings});
  numbers.hand_over(scenario);
}

/// Every report lists every category, so that a column of free text must not be taken for one.
void check_categories(const std::vector<Territory>& territories, const Object& scenario) {
  constexpr std::size_t most = 100;
  std::unordered_set<std::string> names;
  for (const Territory& territory : territories) {
    for (const OpenDeals& open : territory.open) {
      if (!open.labels.category.empty()) names.insert(open.labels.category);
    }
  }
  if (names.size() <= most) return;
  scenario.findings().error(
      scenario.key_spot("territories"), Path(scenario.path(), "territories"),
      fmt::format("the deals have {} different categories; at most {} are rolled up", names.size(),
                  most),
      "a category is a word such as commit; free text belongs into 'note'");
}

Scenario read_all(const Node& root, const std::string& file, Findings& findings) {
  const Path path;
  const Object object(root, Owner::scenario, path, findings);
  Scenario scenario;
  read_version(object);
  scenario.name = object.has("name") ? object.text("name").value_or("")
                                     : std::filesystem::path(file).stem().string();
  scenario.currency = object.text("currency").value_or("");
  const CalendarDraft dates = read_calendar(object);
  scenario.calendar = dates.calendar;
  scenario.run = read_run(object);
  scenario.thresholds = read_thresholds(object);
  TargetReader targets(dates);
  scenario.company = targets.company(object);
  Categories categories = read_categories(object);
  UncertainNumbers numbers;
  FunnelDrafts funnels = read_funnels(object, numbers);
  const Defaults defaults = read_defaults(object, targets, numbers);
  const std::optional<Effort> effort = read_effort(object);
  check_default_funnel(defaults, funnels, object);
  TerritoryContext context{funnels, defaults, dates,  categories,
                           targets, numbers,  effort, findings};
  context.needs_funnels = defaults.funnel.has_value();
  Territories territories = read_territories(object, context);
  if (context.needs_funnels && !object.has("funnels")) object.report_missing("funnels");
  scenario.territories = std::move(territories.territories);
  scenario.region_targets = targets.regions(object, territories.regions);
  read_dynamics(object, funnels, dates, numbers, scenario);
  scenario.history = read_history(object, funnels, scenario.territories);
  scenario.categories = std::move(categories.all);
  check_categories(scenario.territories, object);
  if (findings.errors() == 0) {
    warn_of_unused_funnels(funnels, object);
    warn_of_idle_hours(object, defaults.capacity, scenario.territories);
  }
  return scenario;
}

}  // namespace

ReadResult read_scenario(const ScenarioSource& source, const ReadOptions& options) {
  Findings findings(source);
  ReadResult result;
  if (const std::optional<Node> root = compose(options, findings)) {
    Scenario scenario = read_all(*root, source.file, findings);
    if (findings.errors() == 0) result.scenario = std::move(scenario);
  }
  result.diagnostics = findings.in_order();
  result.errors = findings.errors();
  result.warnings = findings.warnings();
  result.notes = findings.notes();
  result.only_tables_are_wrong =
      findings.errors() > 0 && findings.errors_in_tables() == findings.errors();
  result.sources = findings.take_sources();
  return result;
}

std::string resolved_scenario(const ScenarioSource& source, const ReadOptions& options) {
  Findings findings(source);
  const std::optional<Node> root = compose(options, findings);
  if (!root) return {};
  const Scenario scenario = read_all(*root, source.file, findings);
  return findings.errors() == 0 ? resolved_text(*root, scenario, findings) : std::string{};
}

}  // namespace attain
