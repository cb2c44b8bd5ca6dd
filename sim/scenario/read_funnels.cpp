#include "read_funnels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace attain::reading {

namespace {

constexpr std::size_t weight_of_stage = 10;

/// Expectations count these beside the stages.
void refuse_reserved_name(const Object& stage, const std::string& name) {
  std::string lower = name;
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  if (lower != "leads" && lower != "wins" && lower != "bookings") return;
  stage.findings().error(
      stage.find("name")->spot, Path(stage.path(), "name"),
      fmt::format("a stage is called '{}', which expectations and results count beside the stages",
                  name),
      lower == "leads"  ? "call it 'lead', or by what happens in it"
      : lower == "wins" ? "call it by what is done before the win, as in 'contract'; a deal that "
                          "advances from the last stage is won"
                        : "call it by what happens in it, as in 'order'");
}

Stage read_stage(const Node& node, const Path& path, UncertainNumbers& numbers,
                 Findings& findings) {
  const Object object(node, Owner::stage, path, findings);
  Stage stage;
  stage.name = object.text("name").value_or("");
  refuse_reserved_name(object, stage.name);
  std::tie(stage.advance, stage.advance_uncertain) = parts_of(numbers.read(object, "advance"));
  if (const std::optional<Dwell> dwell = dwell_of(object, numbers)) take_dwell(*dwell, stage);
  stage.activities = activities_of(object).value_or(std::vector<Activity>{});
  std::tie(stage.hours, stage.hours_uncertain) = parts_of(numbers.read(object, "hours"));
  if (object.has("owner")) stage.owner = object.text("owner").value_or("");
  return stage;
}

void read_stages(const Object& funnel, UncertainNumbers& numbers, FunnelDraft& draft) {
  const Node* list = funnel.list("stages");
  if (list == nullptr) return;
  const Path path(funnel.path(), "stages");
  Findings& findings = funnel.findings();
  draft.stages_are_known = true;
  std::vector<Stage>& stages = draft.funnel.stages;
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    const Node& node = list->items[i];
    const std::string_view name = peek_text(node, "name");
    const Path stage_path = name.empty() ? Path(path, i) : Path(path, name);
    Stage stage = read_stage(node, stage_path, numbers, findings);
    if (stage.name.empty()) {
      draft.stages_are_known = false;
    } else if (const auto earlier = find_stage(draft.funnel, stage.name)) {
      findings.error(
          node.spot, stage_path,
          fmt::format("a second stage is called '{}', the first stands in {}", stage.name,
                      findings.line_text(list->items[*earlier].spot, node.spot)),
          "give one of them another name");
    }
    draft.weight +=
        weight_of_stage + values_of(stage.weeks_to_advance) + values_of(stage.weeks_to_lost);
    stages.push_back(std::move(stage));
  }
}

void read_pipeline_from(const Object& funnel, FunnelDraft& draft) {
  const std::optional<std::string> name = funnel.text("pipeline_from");
  if (!name || !draft.stages_are_known) return;
  if (const auto stage = find_stage(draft.funnel, *name)) {
    draft.funnel.pipeline_from = *stage;
    return;
  }
  funnel.findings().error(
      funnel.find("pipeline_from")->spot, Path(funnel.path(), "pipeline_from"),
      fmt::format("the funnel has no stage '{}'", *name),
      funnel.findings().name_suggestion(*name, [&draft] { return stage_names(draft.funnel); }));
}

FunnelDraft read_funnel(const Entry& entry, const Path& path, UncertainNumbers& numbers,
                        Findings& findings) {
  FunnelDraft draft;
  draft.funnel.name = entry.key.text;
  draft.spot = entry.key.spot;
  const Object object(entry.value, Owner::funnel, path, findings);
  read_stages(object, numbers, draft);
  read_pipeline_from(object, draft);
  // An amount that cannot be used is reported once, not for each territory as missing.
  draft.has_amount = object.has("amount") || !object.is_mapping();
  if (const Node* node = object.find("amount")) {
    const Path amount_path(path, "amount");
    if (const auto amount = read_amount(*node, amount_path, numbers, findings)) {
      draft.funnel.amount = amount->distribution;
      draft.funnel.amount_uncertain = amount->uncertain;
    }
  }
  draft.weight += values_of(draft.funnel.amount);
  return draft;
}

std::optional<Activity> read_activity(const Entry& entry, const Path& path, Findings& findings) {
  Activity activity{.name = entry.key.text};
  if (entry.value.kind == Node::Kind::mapping) {
    const Object object(entry.value, Owner::activity_counts, path, findings);
    activity.on_entry = object.number("on_entry").value_or(0);
    activity.per_week = object.number("per_week").value_or(0);
    return activity;
  }
  const Field& field = field_of(Owner::activity_counts, "on_entry");
  const std::optional<double> on_entry =
      read_number({entry.value, field, field.kind, path}, findings);
  if (!on_entry) return std::nullopt;
  activity.on_entry = *on_entry;
  return activity;
}

}  // namespace

void FunnelDrafts::add(FunnelDraft draft) {
  index_of_.emplace(draft.funnel.name, drafts_.size());
  names_.push_back(draft.funnel.name);
  drafts_.push_back(std::move(draft));
}

FunnelDraft* FunnelDrafts::find(std::string_view name) {
  const auto found = index_of_.find(std::string(name));
  return found == index_of_.end() ? nullptr : &drafts_[found->second];
}

FunnelDrafts read_funnels(const Object& scenario, UncertainNumbers& numbers) {
  FunnelDrafts funnels;
  const Path path(scenario.path(), "funnels");
  for (const Entry* entry : scenario.map("funnels")) {
    const Path funnel_path(path, entry->key.text);
    funnels.add(read_funnel(*entry, funnel_path, numbers, scenario.findings()));
  }
  return funnels;
}

std::optional<std::vector<Activity>> read_activities(const Node& node, const Path& path,
                                                     Findings& findings) {
  const Field& field = field_of(Owner::stage, "activity");
  if (node.kind != Node::Kind::mapping) {
    const std::optional<std::string> name = read_text({node, field, field.kind, path}, findings);
    if (!name) return std::nullopt;
    return std::vector{Activity{.name = *name, .on_entry = 1}};
  }
  if (!check_count({node, field, field.kind, path}, findings)) return std::nullopt;
  std::vector<Activity> activities;
  for (const Entry* entry : usable_entries(node, path, findings)) {
    std::optional<Activity> activity = read_activity(*entry, Path(path, entry->key.text), findings);
    if (activity) activities.push_back(std::move(*activity));
  }
  return activities;
}

std::optional<Dwell> dwell_of(const Object& stage, UncertainNumbers& numbers) {
  const Node* node = stage.find("weeks");
  if (node == nullptr) return std::nullopt;
  const Path path(stage.path(), "weeks");
  return read_dwell(*node, path, numbers, stage.findings());
}

void take_dwell(const Dwell& dwell, Stage& stage) {
  stage.weeks_to_advance = dwell.advance;
  stage.weeks_to_lost = dwell.lost;
  stage.weeks_to_advance_uncertain = dwell.advance_uncertain;
  stage.weeks_to_lost_uncertain = dwell.lost_uncertain;
}

std::optional<std::vector<Activity>> activities_of(const Object& stage) {
  const Node* node = stage.find("activity");
  return node ? read_activities(*node, Path(stage.path(), "activity"), stage.findings())
              : std::nullopt;
}

std::optional<std::size_t> find_stage(const Funnel& funnel, std::string_view name) {
  const auto found = std::find_if(funnel.stages.begin(), funnel.stages.end(),
                                  [name](const Stage& stage) { return stage.name == name; });
  if (found == funnel.stages.end()) return std::nullopt;
  return static_cast<std::size_t>(found - funnel.stages.begin());
}

std::vector<std::string> stage_names(const Funnel& funnel) {
  std::vector<std::string> names;
  for (const Stage& stage : funnel.stages) names.push_back(stage.name);
  return names;
}

}  // namespace attain::reading
