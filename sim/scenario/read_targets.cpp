#include "read_targets.hpp"

#include <fmt/format.h>

#include <set>

namespace attain::reading {

namespace {

/// What is left of a quota, in whole cents. The share is below 1.
std::optional<Quota> relieved(const Object& terms, Money before, double share, std::string why) {
  const Money rest = money_from_units(before.units() * (1 - share));
  if (share < 1 && rest.cents > 0) return Quota{rest, QuotaRelief{before, share, std::move(why)}};
  terms.findings().error(
      terms.find("relief")->spot, Path(terms.path(), "relief"),
      fmt::format("a relief of {} leaves nothing of the quota", terms.find("relief")->text),
      "write 'quota: none' where nothing is to be made");
  return std::nullopt;
}

std::optional<Quota> read_terms(const Node& node, const Path& path, Findings& findings) {
  const Object terms(node, Owner::quota_terms, path, findings);
  const std::optional<Money> amount = terms.money("amount");
  const std::optional<double> relief = terms.number("relief");
  const std::optional<std::string> why = terms.text("why");
  if (terms.has("relief") && !terms.has("why")) {
    terms.report_missing("why", "say what the relief is for, as in 'why: leave from March'");
    return std::nullopt;
  }
  if (terms.has("why") && !terms.has("relief")) {
    terms.findings().error(terms.key_spot("why"), Path(terms.path(), "why"),
                           "'why' stands here without 'relief'",
                           "say how much is taken off, as in 'relief: 15%'");
    return std::nullopt;
  }
  if (!amount) return std::nullopt;
  if (!terms.has("relief")) return Quota{amount, std::nullopt};
  return relief && why ? relieved(terms, *amount, *relief, *why) : std::nullopt;
}

/// A forecast that is younger than what the simulation starts from knows more than it.
void warn_of_late_call(const Object& call, std::chrono::sys_days called,
                       const CalendarDraft& dates) {
  if (!dates.as_of) return;
  const bool has_as_of = dates.as_of_spot.line > 0;
  const std::chrono::sys_days last = has_as_of ? *dates.as_of : dates.calendar.last_day();
  if (called <= last) return;
  call.findings().warning(
      call.find("called")->spot, Path(call.path(), "called"),
      fmt::format("'called' is {}, after {}, {}", date_text(called), date_text(last),
                  has_as_of ? "the day as of which the scenario is" : "the last day of the period"),
      "check the date");
}

std::optional<Forecast> read_call(const Node& node, const Path& path, const CalendarDraft& dates,
                                  Findings& findings) {
  const Object call(node, Owner::forecast_call, path, findings);
  const std::optional<Money> amount = call.money("amount");
  const auto called = call.date("called");
  if (called) warn_of_late_call(call, *called, dates);
  return amount ? std::optional(Forecast{*amount, called}) : std::nullopt;
}

}  // namespace

/// Reads a value, or all of a list with one per period, and returns the first.
template <typename ReadValue>
auto TargetReader::first_of(const Object& object, Owner owner, std::string_view name,
                            ReadValue read_value) {
  const Field& field = field_of(owner, name);
  const Path path(object.path(), field.name);
  const Node* node = object.find(name);
  using Result = decltype(read_value(*node, field, path));
  if (node == nullptr) return Result{};
  if (node->kind != Node::Kind::sequence) return read_value(*node, field, path);
  Findings& findings = object.findings();
  if (!check_count({*node, field, field.kind, path}, findings)) return Result{};
  if (node->items.size() > 1 && !has_noted_lists_) {
    has_noted_lists_ = true;
    findings.note(node->spot, path,
                  fmt::format("'{}' is given for {} periods; only the first is simulated so far",
                              name, node->items.size()));
  }
  Result first{};
  for (std::size_t i = 0; i < node->items.size(); ++i) {
    const Path item_path(path, i);
    Result value = read_value(node->items[i], field, item_path);
    if (i == 0) first = std::move(value);
  }
  return first;
}

std::optional<Quota> TargetReader::quota(const Object& object, Owner owner) {
  Findings& findings = object.findings();
  return first_of(
      object, owner, "quota",
      [&findings](const Node& node, const Field& field, const Path& path) -> std::optional<Quota> {
        if (node.kind == Node::Kind::mapping) return read_terms(node, path, findings);
        if (node.kind == Node::Kind::scalar && node.text == "none") return Quota{};
        const auto amount = read_money({node, field, Kind::money_or_none, path}, findings);
        if (!amount) return std::nullopt;
        return Quota{amount, std::nullopt};
      });
}

std::optional<Forecast> TargetReader::forecast(const Object& object, Owner owner) {
  Findings& findings = object.findings();
  return first_of(object, owner, "forecast",
                  [this, &findings](const Node& node, const Field& field,
                                    const Path& path) -> std::optional<Forecast> {
                    if (node.kind == Node::Kind::mapping)
                      return read_call(node, path, dates_, findings);
                    const auto amount = read_money({node, field, Kind::money, path}, findings);
                    if (!amount) return std::nullopt;
                    return Forecast{*amount, std::nullopt};
                  });
}

StatedTargets TargetReader::stated(const Node& node, const Path& path, Findings& findings) {
  const Object object(node, Owner::targets, path, findings);
  const auto read = [&findings](const Node& value, const Field& field, const Path& value_path) {
    const Slot slot{value, field, Kind::money, value_path};
    if (value.kind != Node::Kind::mapping) return read_money(slot, findings);
    report_unexpected(slot, findings, "relief, and the day of a call, belong to territories");
    return std::optional<Money>{};
  };
  return {first_of(object, Owner::targets, "quota", read),
          first_of(object, Owner::targets, "forecast", read)};
}

StatedTargets TargetReader::company(const Object& scenario) {
  const Node* node = scenario.find("company");
  if (node == nullptr) return {};
  return stated(*node, Path(scenario.path(), "company"), scenario.findings());
}

std::map<std::string, StatedTargets> TargetReader::regions(const Object& scenario,
                                                           const std::vector<std::string>& names) {
  std::map<std::string, StatedTargets> result;
  const Node* node = scenario.find("groups");
  if (node == nullptr) return result;
  const Path path(scenario.path(), "groups");
  const Object groups(*node, Owner::groups, path, scenario.findings());
  const Path regions_path(path, "region");
  const std::set<std::string_view> known(names.begin(), names.end());
  for (const Entry* entry : groups.map("region")) {
    const Path region_path(regions_path, entry->key.text);
    if (!known.contains(entry->key.text)) {
      scenario.findings().error(
          entry->key.spot, region_path,
          fmt::format("no territory is in a region called '{}'", entry->key.text),
          scenario.findings().name_suggestion(entry->key.text, [&names] { return names; }));
    }
    result[entry->key.text] = stated(entry->value, region_path, scenario.findings());
  }
  return result;
}

}  // namespace attain::reading
