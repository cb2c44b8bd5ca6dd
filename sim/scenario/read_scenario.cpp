#include <attain/scenario/read_scenario.hpp>

#include "document.hpp"
#include "findings.hpp"
#include "object.hpp"
#include "read_settings.hpp"
#include "read_territories.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace attain {

namespace {

using namespace reading;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

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

Scenario read_all(const Node& root, const std::string& file, Findings& findings) {
  const Path path;
  const Object object(root, Owner::scenario, path, findings);
  Scenario scenario;
  read_version(object);
  scenario.name = object.has("name") ? object.text("name").value_or("")
                                     : std::filesystem::path(file).stem().string();
  scenario.currency = object.text("currency").value_or("");
  scenario.calendar = read_calendar(object);
  scenario.run = read_run(object);
  scenario.thresholds = read_thresholds(object);
  scenario.company = read_company(object);
  FunnelDrafts funnels = read_funnels(object);
  const Defaults defaults = read_defaults(object);
  check_default_funnel(defaults, funnels, object);
  TerritoryContext context{funnels, defaults, scenario.calendar, findings};
  Territories territories = read_territories(object, context);
  scenario.territories = std::move(territories.territories);
  read_region_targets(object, territories.regions, scenario);
  if (findings.errors() == 0) warn_of_unused_funnels(funnels, object);
  return scenario;
}

}  // namespace

ReadResult read_scenario(const ScenarioSource& source) {
  std::string_view text = source.text;
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  Findings findings(source.file, text);
  ReadResult result;
  if (check_bytes(text, findings)) {
    if (const std::optional<Node> root = parse_document(text, findings)) {
      Scenario scenario = read_all(*root, source.file, findings);
      if (findings.errors() == 0) result.scenario = std::move(scenario);
    }
  }
  result.diagnostics = findings.in_order();
  result.errors = findings.errors();
  result.warnings = findings.warnings();
  return result;
}

}  // namespace attain
