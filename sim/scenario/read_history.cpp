#include "read_history.hpp"

#include <fmt/format.h>

#include <map>
#include <set>
#include <string>
#include <utility>

namespace attain::reading {

namespace {

void add_counts(const Funnel& funnel, std::set<std::string>& names) {
  for (const Stage& stage : funnel.stages) {
    if (stage.name.empty()) continue;
    names.insert(stage.name + ".left");
    names.insert(stage.name + ".advanced");
    for (const Activity& activity : stage.activities) names.insert(activity.name);
  }
}

/// What a row may count besides leads and wins.
OtherKeys counts_of(bool has_funnels, const FunnelDrafts& funnels,
                    const std::vector<Territory>& territories) {
  OtherKeys keys{.names = {},
                 .are_all_known = !has_funnels || !funnels.all().empty(),
                 .about = "the name of an activity, and a stage's with '.left' or '.advanced'"};
  for (const FunnelDraft& draft : funnels.all()) {
    keys.are_all_known = keys.are_all_known && draft.stages_are_known;
    add_counts(draft.funnel, keys.names);
  }
  // Their overrides may name activities of their own.
  for (const Territory& territory : territories) {
    for (const Stream& stream : territory.streams) add_counts(stream.funnel, keys.names);
  }
  return keys;
}

class TerritoryNames {
 public:
  explicit TerritoryNames(const std::vector<Territory>& territories) {
    for (const Territory& territory : territories) {
      known_.insert(territory.name);
      are_all_known_ = are_all_known_ && !territory.name.empty();
    }
    are_all_known_ = are_all_known_ && !territories.empty();
  }

  /// Warns of a name that no territory has, once.
  void check(const std::string& name, Spot spot, const Path& path, Findings& findings) {
    if (!are_all_known_ || known_.contains(name) || !warned_.insert(name).second) return;
    findings.warning(
        spot, path,
        fmt::format("no territory is called '{}'; its history is kept and changes nothing", name),
        findings.name_suggestion(
            name, [this] { return std::vector<std::string>(known_.begin(), known_.end()); }));
  }

 private:
  std::set<std::string> known_;
  std::set<std::string> warned_;
  bool are_all_known_ = true;
};

/// Refuses a second row for one territory and period: it would count twice.
class RowNames {
 public:
  void refuse_repeated(const HistoryRow& row, Spot spot, const Path& path, Findings& findings) {
    if (row.period.empty() || row.territory.empty()) return;
    const auto [earlier, is_new] = spot_of_.try_emplace({row.territory, row.period}, spot);
    if (is_new) return;
    findings.error(
        spot, path,
        fmt::format("a second row is about '{}' in {}, the first stands in {}", row.territory,
                    row.period, findings.line_text(earlier->second, spot)),
        "keep one of the two");
  }

 private:
  std::map<std::pair<std::string, std::string>, Spot> spot_of_;
};

/// More of something than of what it is a part of: columns may have been mixed up.
void warn_of_odd_counts(const HistoryRow& row, Spot spot, const Path& path, Findings& findings) {
  const auto compare = [&](const std::string& part, const std::string& whole) {
    const auto parts = row.counts.find(part);
    const auto all = row.counts.find(whole);
    if (parts == row.counts.end() || all == row.counts.end() || parts->second <= all->second)
      return;
    findings.warning(spot, path,
                     fmt::format("'{}' is {:.15g} and '{}' only {:.15g}", part, parts->second,
                                 whole, all->second),
                     "check the two");
  };
  constexpr std::string_view advanced = ".advanced";
  compare("wins", "leads");
  for (const auto& [name, count] : row.counts) {
    if (name.ends_with(advanced))
      compare(name, name.substr(0, name.size() - advanced.size()) + ".left");
  }
}

HistoryRow read_row(const Node& node, const Path& path, const OtherKeys& counts,
                    Findings& findings) {
  const Object object(node, Owner::history, path, findings, &counts);
  HistoryRow row;
  row.period = object.text("period").value_or("");
  row.territory = object.text("territory").value_or("");
  row.bookings = object.money("bookings");
  row.quota = object.money("quota");
  row.forecast = object.money("forecast");
  for (const std::string_view name : {"leads", "wins"}) {
    if (const std::optional<double> count = object.number(name)) row.counts.emplace(name, *count);
  }
  const Field& field = field_of(Owner::history, "wins");
  for (const Entry* entry : object.others()) {
    const Path count_path(path, entry->key.text);
    if (const auto count = read_number({entry->value, field, field.kind, count_path}, findings))
      row.counts.emplace(entry->key.text, *count);
  }
  warn_of_odd_counts(row, node.spot, path, findings);
  return row;
}

std::vector<HistoryRow> read_rows(const Node& list, const Path& path, const OtherKeys& counts,
                                  TerritoryNames& territories, Findings& findings) {
  RowNames names;
  std::vector<HistoryRow> rows;
  rows.reserve(list.items.size());
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const Node& node = list.items[i];
    const Path row_path(path, i);
    HistoryRow row = read_row(node, row_path, counts, findings);
    if (!row.territory.empty()) territories.check(row.territory, node.spot, row_path, findings);
    names.refuse_repeated(row, node.spot, row_path, findings);
    rows.push_back(std::move(row));
  }
  return rows;
}

/// Names of territories, each with its bookings.
std::vector<HistoryRow> read_short_form(const Node& mapping, const Path& path,
                                        TerritoryNames& territories, Findings& findings) {
  const Field& field = field_of(Owner::history, "bookings");
  std::vector<HistoryRow> rows;
  for (const Entry* entry : usable_entries(mapping, path, findings)) {
    const Path entry_path(path, entry->key.text);
    territories.check(entry->key.text, entry->key.spot, entry_path, findings);
    if (entry->value.kind == Node::Kind::unusable) continue;
    if (entry->value.kind != Node::Kind::sequence) {
      findings.error(entry->value.spot, entry_path,
                     fmt::format("the history of '{}' is {}, not a list of its bookings",
                                 entry->key.text, shown(entry->value)),
                     "write the amounts in brackets, the oldest first, as in [610k, 580k, 640k]");
      continue;
    }
    for (std::size_t i = 0; i < entry->value.items.size(); ++i) {
      const Path item_path(entry_path, i);
      HistoryRow row;
      row.territory = entry->key.text;
      row.bookings = read_money({entry->value.items[i], field, field.kind, item_path}, findings);
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

}  // namespace

std::vector<HistoryRow> read_history(const Object& scenario, const FunnelDrafts& funnels,
                                     const std::vector<Territory>& territories) {
  const Node* node = scenario.find("history");
  if (node == nullptr) return {};
  const Path path(scenario.path(), "history");
  Findings& findings = scenario.findings();
  TerritoryNames names(territories);
  if (node->kind == Node::Kind::sequence)
    return read_rows(*node, path, counts_of(scenario.has("funnels"), funnels, territories), names,
                     findings);
  if (node->kind == Node::Kind::mapping) return read_short_form(*node, path, names, findings);
  const Field& field = field_of(Owner::scenario, "history");
  report_unexpected({*node, field, field.kind, path}, findings);
  return {};
}

}  // namespace attain::reading
