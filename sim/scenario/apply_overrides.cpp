#include "read_territories.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace attain::reading {

namespace {

constexpr std::size_t largest_weight = 10'000'000;  // About 200 MB.

/// Puts what a territory says about a stage into every stream that has it.
void override_stage(const Entry& entry, const Path& path, const StageIndex& index,
                    std::vector<StreamDraft>& streams, TerritoryContext& context) {
  const Object object(entry.value, Owner::stage_override, path, context.findings);
  const auto advance = context.uncertain.read(object, "advance");
  const std::optional<Dwell> dwell = dwell_of(object, context.uncertain);
  const std::optional<std::vector<Activity>> activities = activities_of(object);
  const auto hours = context.uncertain.read(object, "hours");
  const std::optional<std::string> owner = object.text("owner");
  const std::vector<StageIndex::Position> positions = index.find(entry.key.text);
  const std::size_t numbers = dwell ? values_of(dwell->advance) + values_of(dwell->lost) : 0;
  if (!context.has_room_for(numbers * positions.size(), entry.key.spot, path)) return;
  for (const auto& [stream, stage_index] : positions) {
    Stage& stage = streams[stream].stream.funnel.stages[stage_index];
    if (advance) std::tie(stage.advance, stage.advance_uncertain) = parts_of(advance);
    if (dwell) take_dwell(*dwell, stage);
    if (activities) stage.activities = *activities;
    if (hours) std::tie(stage.hours, stage.hours_uncertain) = parts_of(hours);
    if (owner) stage.owner = *owner;
  }
  if (!positions.empty() || !index.is_complete()) return;
  context.findings.error(
      entry.key.spot, path,
      fmt::format("no funnel of this territory has a stage '{}'", entry.key.text),
      context.findings.name_suggestion(entry.key.text, [&index] { return index.names(); }));
}

void override_amount(const Object& territory, std::vector<StreamDraft>& streams,
                     TerritoryContext& context) {
  const Node* node = territory.find("amount");
  if (node == nullptr) return;
  const Path path(territory.path(), "amount");
  const auto amount = read_amount(*node, path, context.uncertain, context.findings);
  if (!amount) return;
  const std::size_t values = values_of(amount->distribution) * streams.size();
  if (!context.has_room_for(values, node->spot, path)) return;
  for (StreamDraft& draft : streams) {
    draft.stream.funnel.amount = amount->distribution;
    draft.stream.funnel.amount_uncertain = amount->uncertain;
  }
}

}  // namespace

bool TerritoryContext::has_room_for(std::size_t numbers, Spot spot, const Path& path) {
  const bool had_room = weight <= largest_weight;
  weight += numbers;
  if (weight <= largest_weight) return true;
  if (had_room) {
    findings.error(spot, path, "the funnels of all streams hold more than 10 million numbers",
                   "use fewer streams, or shorter lists of empirical values");
  }
  return false;
}

StageIndex::StageIndex(const std::vector<StreamDraft>& streams) : streams_(streams) {
  for (std::size_t i = 0; i < streams.size(); ++i) {
    is_complete_ = is_complete_ && streams[i].stages_are_known;
    if (streams.size() == 1) return;  // Looking through one funnel is faster than an index of it.
    const std::vector<Stage>& stages = streams[i].stream.funnel.stages;
    for (std::size_t j = 0; j < stages.size(); ++j) by_name_[stages[j].name].push_back({i, j});
  }
}

std::vector<StageIndex::Position> StageIndex::find(std::string_view stage) const {
  if (streams_.size() == 1) {
    const std::optional<std::size_t> index = find_stage(streams_[0].stream.funnel, stage);
    return index ? std::vector{Position{0, *index}} : std::vector<Position>{};
  }
  const auto found = by_name_.find(stage);
  return found == by_name_.end() ? std::vector<Position>{} : found->second;
}

std::vector<std::string> StageIndex::names() const {
  std::vector<std::string> names;
  for (const StreamDraft& draft : streams_) {
    for (std::string& name : stage_names(draft.stream.funnel)) {
      if (std::find(names.begin(), names.end(), name) == names.end())
        names.push_back(std::move(name));
    }
  }
  return names;
}

void apply_overrides(const Object& territory, const StageIndex& index,
                     std::vector<StreamDraft>& streams, TerritoryContext& context) {
  const Path stages_path(territory.path(), "stages");
  for (const Entry* entry : territory.map("stages")) {
    override_stage(*entry, Path(stages_path, entry->key.text), index, streams, context);
  }
  override_amount(territory, streams, context);
  for (const StreamDraft& draft : streams) {
    if (draft.has_amount || territory.has("amount") || !draft.stages_are_known) continue;
    context.findings.error(draft.spot, territory.path(),
                           fmt::format("neither the funnel '{}' nor this territory has an 'amount'",
                                       draft.stream.funnel.name),
                           "add it to the funnel, as in 'amount: {mean: 42k, cv: 90%}'");
  }
}

}  // namespace attain::reading
