#include "read_territories.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace attain::reading {

namespace {

std::optional<std::size_t> find_stream(const std::vector<StreamDraft>& streams,
                                       std::string_view name) {
  const auto found = std::find_if(streams.begin(), streams.end(), [name](const StreamDraft& draft) {
    return draft.stream.name == name;
  });
  if (found == streams.end()) return std::nullopt;
  return static_cast<std::size_t>(found - streams.begin());
}

std::vector<std::string> stream_names(const std::vector<StreamDraft>& streams) {
  std::vector<std::string> names;
  for (const StreamDraft& draft : streams) names.push_back(draft.stream.name);
  return names;
}

/// Where the deals stand if they name their stream.
std::optional<StageIndex::Position> position_in_stream(const Object& open, const std::string& stage,
                                                       const std::vector<StreamDraft>& streams) {
  Findings& findings = open.findings();
  const std::optional<std::string> name = open.text("stream");
  if (!name) return std::nullopt;
  const std::optional<std::size_t> stream = find_stream(streams, *name);
  if (!stream) {
    findings.error(open.find("stream")->spot, Path(open.path(), "stream"),
                   fmt::format("this territory has no stream '{}'", *name),
                   findings.name_suggestion(*name, [&streams] { return stream_names(streams); }));
    return std::nullopt;
  }
  const Funnel& funnel = streams[*stream].stream.funnel;
  if (const auto index = find_stage(funnel, stage)) return StageIndex::Position{*stream, *index};
  if (streams[*stream].stages_are_known) {
    findings.error(open.find("stage")->spot, Path(open.path(), "stage"),
                   fmt::format("the stream '{}' has no stage '{}'", *name, stage),
                   findings.name_suggestion(stage, [&funnel] { return stage_names(funnel); }));
  }
  return std::nullopt;
}

std::optional<StageIndex::Position> read_position(const Object& open, const StageIndex& index,
                                                  const std::vector<StreamDraft>& streams) {
  Findings& findings = open.findings();
  const std::optional<std::string> stage = open.text("stage");
  if (!stage || streams.empty()) return std::nullopt;
  if (open.has("stream")) return position_in_stream(open, *stage, streams);
  const std::vector<StageIndex::Position> positions = index.find(*stage);
  if (positions.size() == 1) return positions[0];
  if (positions.size() > 1) {
    const std::string& first = streams[positions[0].stream].stream.name;
    const std::string& second = streams[positions[1].stream].stream.name;
    findings.error(
        open.find("stage")->spot, Path(open.path(), "stage"),
        fmt::format("the streams '{}' and '{}' both have the stage '{}'", first, second, *stage),
        fmt::format("say which one it is, as in 'stream: {}'", first));
  } else if (index.is_complete()) {
    findings.error(open.find("stage")->spot, Path(open.path(), "stage"),
                   fmt::format("no funnel of this territory has a stage '{}'", *stage),
                   findings.name_suggestion(*stage, [&index] { return index.names(); }));
  }
  return std::nullopt;
}

/// An age that no deal reaches in its stage: the engine loses such a deal in its first step.
void warn_if_too_old(const Object& open, const OpenDeals& deals, const Stage& stage,
                     const Calendar& calendar) {
  if (!deals.weeks_in_stage) return;
  const double age = rounded_age(*deals.weeks_in_stage, calendar.steps_per_week());
  if (!is_impossibly_old(stage, age)) return;
  open.findings().warning(
      open.find("weeks_in_stage")->spot, Path(open.path(), "weeks_in_stage"),
      fmt::format("no deal stays in '{}' for {:.6g} weeks as its 'weeks' are given; "
                  "it will be lost in the first step",
                  stage.name, *deals.weeks_in_stage),
      "check the age, or give the stage a longer or wider distribution");
}

/// The number of deals that the line stands for, which has either a name or a count.
std::optional<int> read_count(const Object& open) {
  Findings& findings = open.findings();
  if (open.has("deal")) {
    if (open.has("count")) {
      findings.error(
          open.key_spot("count"), open.path(), "'count' stands beside 'deal'",
          "a named deal is one; leave 'count' out, or 'deal' for several that are alike");
    }
    return 1;
  }
  if (!open.has("count")) {
    findings.error(open.node().spot, open.path(),
                   "an entry of 'open' has neither 'deal' nor 'count'",
                   "name one deal, as in 'deal: Acme', or say how many, as in 'count: 5'");
    return std::nullopt;
  }
  const std::optional<std::int64_t> count = open.whole_number("count");
  return count ? std::optional(static_cast<int>(*count)) : std::nullopt;
}

class NamedDeals {
 public:
  void refuse_repeated(const Object& open, const std::string& name) {
    const int line = open.find("deal")->spot.line;
    const auto [earlier, is_new] = line_of_.try_emplace(name, line);
    if (is_new) return;
    open.findings().error(
        open.find("deal")->spot, Path(open.path(), "deal"),
        fmt::format("a second open deal is called '{}', the first stands in line {}", name,
                    earlier->second),
        "give one of them another name, as in 'Acme (2)'");
  }

 private:
  std::unordered_map<std::string, int> line_of_;
};

}  // namespace

std::vector<OpenDeals> read_open_deals(const Object& territory,
                                       const std::vector<StreamDraft>& streams,
                                       const StageIndex& index, const TerritoryContext& context) {
  const Node* list = territory.list("open");
  if (list == nullptr) return {};
  const Path path(territory.path(), "open");
  NamedDeals named;
  std::vector<OpenDeals> all;
  all.reserve(list->items.size());
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    const std::string_view name = peek_text(list->items[i], "deal");
    const Path deal_path = name.empty() ? Path(path, i) : Path(path, name);
    const Object open(list->items[i], Owner::open, deal_path, context.findings);
    if (!open.is_mapping()) continue;
    OpenDeals deals;
    deals.deal = open.text("deal").value_or("");
    if (deals.named()) named.refuse_repeated(open, deals.deal);
    const std::optional<int> count = read_count(open);
    deals.count = count.value_or(1);
    deals.amount = open.money("amount");
    deals.weeks_in_stage = open.number("weeks_in_stage");
    const std::optional<StageIndex::Position> position = read_position(open, index, streams);
    if (!position || !count || *count == 0) continue;
    deals.stream = position->stream;
    deals.stage = position->stage;
    const Stage& stage = streams[deals.stream].stream.funnel.stages[deals.stage];
    warn_if_too_old(open, deals, stage, context.calendar);
    all.push_back(std::move(deals));
  }
  return all;
}

}  // namespace attain::reading
