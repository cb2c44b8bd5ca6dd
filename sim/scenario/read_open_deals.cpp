#include "read_territories.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

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

/// How long the deals have been in their stage on day one, in weeks, from the day they came.
std::optional<double> age_since(const Object& open, std::chrono::sys_days entered,
                                const CalendarDraft& dates) {
  if (!dates.as_of) return std::nullopt;
  const Path path(open.path(), "entered");
  const Spot spot = open.find("entered")->spot;
  if (entered > *dates.as_of) {
    open.findings().error(
        spot, path,
        fmt::format("'entered' is {}, in the future: open deals are as of {}", date_text(entered),
                    date_text(*dates.as_of)),
        "write the day on which it came into its stage; leave out deals that are still to come");
    return std::nullopt;
  }
  const auto days = (dates.calendar.day_one() - entered).count();
  const double weeks = std::max(static_cast<double>(days) / 7, 0.0);
  const double most = field_of(Owner::open, "weeks_in_stage").range.high;
  if (weeks <= most) return weeks;
  open.findings().error(spot, path,
                        fmt::format("'entered' is {}, {:.0f} weeks before day one; at most {:.0f}",
                                    date_text(entered), weeks, most),
                        "check the year");
  return std::nullopt;
}

std::optional<double> read_age(const Object& open, const CalendarDraft& dates) {
  const std::optional<double> weeks = open.number("weeks_in_stage");
  const auto entered = open.date("entered");
  if (open.has("weeks_in_stage") && open.has("entered")) {
    open.report_conflict({"entered", "weeks_in_stage", "keep one of the two"},
                         Path(open.path(), "entered"));
    return std::nullopt;
  }
  return entered ? age_since(open, *entered, dates) : weeks;
}

/// An age that no deal reaches in its stage: the engine loses such a deal in its first step.
void warn_if_too_old(const Object& open, const OpenDeals& deals, const Stage& stage,
                     const Calendar& calendar) {
  if (!deals.weeks_in_stage) return;
  const double age = rounded_age(*deals.weeks_in_stage, calendar.steps_per_week());
  if (!is_impossibly_old(stage, age)) return;
  const char* const key = open.has("entered") ? "entered" : "weeks_in_stage";
  open.findings().warning(
      open.find(key)->spot, Path(open.path(), key),
      fmt::format("no deal stays in '{}' for {:.6g} weeks as its 'weeks' are given; "
                  "it will be lost in the first step",
                  stage.name, *deals.weeks_in_stage),
      "check the age, or give the stage a longer or wider distribution");
}

/// Reports keys that only deals with a due date have; whether there is one.
bool refuse_keys_of_dated_deals(const Object& open) {
  bool any = false;
  for (const std::string_view key : {"renewals", "chance", "slip"}) {
    if (!open.has(key)) continue;
    any = true;
    open.findings().error(
        open.key_spot(key), Path(open.path(), key),
        fmt::format("'{}' stands here without 'due'", key),
        key == "renewals"
            ? "say when they are decided: all on one day, as in 'due: 2027-03-15', or each on a "
              "day of its own until the end of the period, as in 'due: spread'"
            : "a deal in a stage is won as the 'advance' of its stages says; add the day on which "
              "it is decided instead, as in 'due: 2027-03-15'");
  }
  return any;
}

/// The number of deals that the line stands for, which has either a name or a count.
std::optional<int> read_count(const Object& open) {
  Findings& findings = open.findings();
  if (open.has("deal")) {
    if (open.has("count")) {
      open.report_conflict(
          {"count", "deal",
           "a named deal is one; leave 'count' out, or 'deal' for several that are alike"},
          open.path());
    }
    return 1;
  }
  if (!open.has("count")) {
    if (open.has("renewals")) return std::nullopt;
    if (const auto header = open.header_without({"deal", "count", "renewals"})) {
      findings.error(*header, {}, "there is no column 'deal', 'count' or 'renewals'",
                     "add one: the name of each deal, or how many a row stands for");
      return std::nullopt;
    }
    findings.error(open.node().spot, open.path(),
                   "an entry of 'open' has neither 'deal' nor 'count'",
                   "name one deal, as in 'deal: Acme', or say how many, as in 'count: 5'");
    return std::nullopt;
  }
  const std::optional<std::int64_t> count = open.whole_number("count");
  return count ? std::optional(static_cast<int>(*count)) : std::nullopt;
}

/// The amount of a deal in a stage, which is drawn where it is not stated.
std::optional<Money> read_stated_amount(const Object& open) {
  const std::optional<Amount> amount = read_amount_of_deal(open);
  if (!amount) return std::nullopt;
  if (amount->stated) return amount->stated;
  open.findings().error(
      open.find("amount")->spot, Path(open.path(), "amount"),
      "the 'amount' of a deal in a stage is one amount, not a distribution",
      "leave it out to have it drawn from the distribution of its funnel or territory");
  return std::nullopt;
}

/// Deals in a stage; nothing if they are not sound, or none.
std::optional<OpenDeals> read_staged_deals(const Object& open, const StageIndex& index,
                                           const std::vector<StreamDraft>& streams,
                                           const TerritoryContext& context) {
  const bool has_keys_of_dated_deals = refuse_keys_of_dated_deals(open);
  if (!open.has("stage") && !has_keys_of_dated_deals) {
    open.report_missing("stage",
                        "say where the deal is, as in 'stage: proposal', or when it is decided, "
                        "as in 'due: 2027-03-15'");
  }
  OpenDeals deals;
  const std::optional<int> count = read_count(open);
  deals.count = count.value_or(1);
  deals.amount = read_stated_amount(open);
  deals.weeks_in_stage = read_age(open, context.dates);
  const std::optional<StageIndex::Position> position = read_position(open, index, streams);
  if (!position || !count || *count == 0) return std::nullopt;
  deals.stream = position->stream;
  deals.stage = position->stage;
  const Stage& stage = streams[deals.stream].stream.funnel.stages[deals.stage];
  warn_if_too_old(open, deals, stage, context.dates.calendar);
  return deals;
}

DealLabels read_labels(const Object& open) {
  return {open.text("category").value_or(""), open.text("account").value_or(""),
          open.text("owner").value_or(""), open.text("note").value_or("")};
}

/// Labels are free, but one that looks like a category would be rolled up apart from it.
void warn_of_misspelt_category(const Object& open, const std::string& category,
                               const Categories& categories, std::set<std::string>& seen) {
  if (categories.all.empty() || categories.find(category) || !seen.insert(category).second) return;
  std::string suggestion = open.findings().did_you_mean(category, categories.names());
  if (suggestion.empty()) return;
  open.findings().warning(open.find("category")->spot, Path(open.path(), "category"),
                          fmt::format("'{}' is not among the 'categories'", category),
                          std::move(suggestion));
}

class NamedDeals {
 public:
  void refuse_repeated(const Object& open, const std::string& name) {
    const Spot spot = open.find("deal")->spot;
    const auto [earlier, is_new] = spot_of_.try_emplace(name, spot);
    if (is_new) return;
    open.findings().error(spot, Path(open.path(), "deal"),
                          fmt::format("a second open deal is called '{}', the first stands in {}",
                                      name, open.findings().line_text(earlier->second, spot)),
                          "give one of them another name, as in 'Acme (2)'");
  }

 private:
  std::unordered_map<std::string, Spot> spot_of_;
};

}  // namespace

std::vector<OpenDeals> read_open_deals(const Object& territory,
                                       const std::vector<StreamDraft>& streams,
                                       const StageIndex& index, const TerritoryContext& context) {
  const Node* list = territory.list("open");
  if (list == nullptr) return {};
  const Path path(territory.path(), "open");
  NamedDeals named;
  std::set<std::string> seen_categories;
  std::vector<OpenDeals> all;
  all.reserve(list->items.size());
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    const std::string_view name = peek_text(list->items[i], "deal");
    const Path deal_path = name.empty() ? Path(path, i) : Path(path, name);
    const Object open(list->items[i], Owner::open, deal_path, context.findings);
    if (!open.is_mapping()) continue;
    std::string deal = open.text("deal").value_or("");
    if (!deal.empty()) named.refuse_repeated(open, deal);
    DealLabels labels = read_labels(open);
    std::optional<OpenDeals> deals = open.has("due")
                                         ? read_dated_deals(open, labels.category, context)
                                         : read_staged_deals(open, index, streams, context);
    if (!deals) continue;
    if (!labels.category.empty())
      warn_of_misspelt_category(open, labels.category, context.categories, seen_categories);
    deals->deal = std::move(deal);
    deals->labels = std::move(labels);
    all.push_back(std::move(*deals));
  }
  return all;
}

}  // namespace attain::reading
