#include "read_territories.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace attain::reading {

namespace {

const char* name_of(Source source) { return source == Source::own ? "own" : "marketing"; }

/// Copies the funnel called by `object`, else the default one, into the stream.
void take_funnel(const Object& object, StreamDraft& draft, TerritoryContext& context) {
  std::optional<std::string> name = object.text("funnel");
  Spot spot = object.node().spot;
  if (const Node* node = object.find("funnel")) spot = node->spot;
  if (!object.has("funnel")) name = context.defaults.funnel;
  context.needs_funnels = true;
  if (!name) {
    if (!object.has("funnel")) {
      object.report_missing("funnel", "name one here or under 'defaults', as in 'funnel: field'");
    }
    return;
  }
  draft.stream.funnel.name = *name;
  FunnelDraft* funnel = context.funnels.find(*name);
  if (funnel == nullptr) {
    // A wrong default is reported where it stands, funnels that could not be read as such.
    if (context.funnels.all().empty() || !object.has("funnel")) return;
    context.findings.error(
        spot, Path(object.path(), "funnel"), fmt::format("there is no funnel '{}'", *name),
        context.findings.name_suggestion(*name, [&context] { return context.funnels.names(); }));
    return;
  }
  funnel->is_used = true;
  if (!context.has_room_for(funnel->weight, spot, object.path())) return;
  draft.stream.funnel = funnel->funnel;
  draft.stages_are_known = funnel->stages_are_known;
  draft.has_amount = funnel->has_amount;
}

void read_enter(const Object& object, StreamDraft& draft) {
  Stream& stream = draft.stream;
  stream.enter.assign(stream.funnel.stages.size(), 0);
  if (!object.has("enter")) {
    if (!stream.enter.empty()) stream.enter[0] = 1;
    return;
  }
  Findings& findings = object.findings();
  const Field& field = field_of(Owner::stream, "enter");
  const Path path(object.path(), "enter");
  double sum = 0;
  bool all_sound = draft.stages_are_known && object.find("enter") != nullptr &&
                   object.find("enter")->kind == Node::Kind::mapping;
  for (const Entry* entry : object.map("enter")) {
    const Path share_path(path, entry->key.text);
    const auto share = read_number({entry->value, field, field.items, share_path}, findings);
    const auto stage = find_stage(stream.funnel, entry->key.text);
    if (!stage && draft.stages_are_known) {
      findings.error(
          entry->key.spot, share_path,
          fmt::format("the funnel '{}' has no stage '{}'", stream.funnel.name, entry->key.text),
          findings.name_suggestion(entry->key.text,
                                   [&stream] { return stage_names(stream.funnel); }));
    }
    all_sound = all_sound && share && stage;
    if (!share || !stage) continue;
    stream.enter[*stage] = *share;
    sum += *share;
  }
  if (!all_sound) return;
  if (std::abs(sum - 1) > 1e-9) {
    findings.error(object.find("enter")->spot, path,
                   fmt::format("the shares of 'enter' sum to {:.6g} %, not to 100 %", sum * 100),
                   "change a share such that they sum to 100 %");
    return;
  }
  for (double& share : stream.enter) share /= sum;
}

StreamDraft read_stream(const Node& node, const Path& path, const Path& territory_path,
                        TerritoryContext& context) {
  const Object object(node, Owner::stream, path, context.findings);
  StreamDraft draft;
  draft.spot = node.spot;
  if (!object.is_mapping()) return draft;
  take_funnel(object, draft, context);
  Stream& stream = draft.stream;
  stream.name = object.has("name") ? object.text("name").value_or("") : stream.funnel.name;
  const Path streams_key(territory_path, "streams");
  const Path key(streams_key, stream.name);
  std::tie(stream.leads_per_week, stream.leads_uncertain) =
      parts_of(context.uncertain.read(object, "leads_per_week", key));
  const std::optional<std::size_t> source = object.choice("source");
  stream.source =
      source ? (*source == 1 ? Source::own : Source::marketing) : context.defaults.source;
  stream.owner = object.has("owner") ? object.text("owner").value_or("") : name_of(stream.source);
  read_enter(object, draft);
  return draft;
}

void refuse_repeated_name(const std::vector<StreamDraft>& earlier, const StreamDraft& draft,
                          const Path& path, Findings& findings) {
  if (draft.stream.name.empty()) return;
  const auto same = std::find_if(earlier.begin(), earlier.end(), [&draft](const StreamDraft& each) {
    return each.stream.name == draft.stream.name;
  });
  if (same == earlier.end()) return;
  findings.error(draft.spot, path,
                 fmt::format("a second stream is called '{}', the first stands in {}",
                             draft.stream.name, findings.line_text(same->spot, draft.spot)),
                 "give each a 'name'; without one a stream is called after its funnel");
}

std::vector<StreamDraft> read_several(const Object& territory, TerritoryContext& context) {
  for (const std::string_view name : {"funnel", "leads_per_week", "source"}) {
    if (!territory.has(name)) continue;
    territory.report_conflict(
        {name, "streams", fmt::format("put '{}' into each stream, or remove 'streams'", name)},
        Path(territory.path(), name));
  }
  const Node* list = territory.list("streams");
  if (list == nullptr) return {};
  const Path path(territory.path(), "streams");
  std::vector<StreamDraft> streams;
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    const std::string_view name = peek_text(list->items[i], "name");
    const Path stream_path = name.empty() ? Path(path, i) : Path(path, name);
    StreamDraft draft = read_stream(list->items[i], stream_path, territory.path(), context);
    refuse_repeated_name(streams, draft, stream_path, context.findings);
    streams.push_back(std::move(draft));
  }
  return streams;
}

/// Whether there is something that goes through stages, or is said of them.
bool needs_funnel(const Object& territory, double leads_per_week, const Defaults& defaults) {
  if (territory.has("funnel") || defaults.funnel || leads_per_week > 0) return true;
  if (territory.has("stages") || territory.has("amount")) return true;
  const Node* open = territory.find("open");
  return open != nullptr &&
         std::any_of(open->items.begin(), open->items.end(),
                     [](const Node& deal) { return !peek_text(deal, "stage").empty(); });
}

std::vector<StreamDraft> read_single(const Object& territory, TerritoryContext& context) {
  const MaybeUncertain leads =
      territory.has("leads_per_week")
          ? context.uncertain.read(territory, "leads_per_week").value_or(MaybeUncertain{})
          : context.defaults.leads_per_week;
  if (!needs_funnel(territory, leads.value, context.defaults)) return {};
  StreamDraft draft;
  draft.spot = territory.node().spot;
  take_funnel(territory, draft, context);
  Stream& stream = draft.stream;
  stream.name = stream.funnel.name;
  stream.leads_per_week = leads.value;
  stream.leads_uncertain = leads.uncertain;
  const std::optional<std::size_t> source = territory.choice("source");
  stream.source =
      source ? (*source == 1 ? Source::own : Source::marketing) : context.defaults.source;
  stream.owner = name_of(stream.source);
  stream.enter.assign(stream.funnel.stages.size(), 0);
  if (!stream.enter.empty()) stream.enter[0] = 1;
  return {std::move(draft)};
}

}  // namespace

std::vector<StreamDraft> read_streams(const Object& territory, TerritoryContext& context) {
  return territory.has("streams") ? read_several(territory, context)
                                  : read_single(territory, context);
}

}  // namespace attain::reading
