#include "read_targets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace attain::reading {

namespace {

/// What is left of a quota, in whole cents. The share is below 1.
std::optional<Quota> relieved(const Object& terms, Money before, double share, std::string why) {
  const Money rest = money_from_units(before.units() * (1 - share));
  if (share < 1 && rest.cents > 0)
    return Quota{rest, QuotaRelief{before, share, std::move(why)}, {}};
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
  if (!terms.has("relief")) return Quota{amount, std::nullopt, {}};
  return relief && why ? relieved(terms, *amount, *relief, *why) : std::nullopt;
}

/// A forecast that is younger than what the simulation starts from knows more than it.
void warn_of_late_call(const Object& call, std::chrono::sys_days called,
                       const CalendarDraft& dates) {
  if (!dates.as_of) return;
  const bool has_as_of = dates.as_of_spot.line > 0;
  const Calendar& calendar = dates.calendar;
  const int steps_to_end = (calendar.current_period() + 1) * calendar.period_steps;
  const std::chrono::sys_days last =
      has_as_of ? *dates.as_of : calendar.day_of_step(steps_to_end) - std::chrono::days(1);
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

constexpr const char* of_territories = "relief, and the day of a call, belong to territories";

/// One amount, where some write a list as for quotas.
std::optional<Money> read_forecast(const Slot& slot, Findings& findings) {
  if (slot.node.kind != Node::Kind::sequence) return read_money(slot, findings);
  report_unexpected(slot, findings,
                    "write one amount: a forecast is that of the period in which the simulation "
                    "starts");
  return std::nullopt;
}

}  // namespace

/// The quota holds in each of several periods.
Quota TargetReader::in_every_period(Quota quota) const {
  if (dates_.calendar.periods > 1)
    quota.by_period.assign(static_cast<std::size_t>(dates_.calendar.periods), quota.to_make);
  return quota;
}

/// A list with an amount or `none` for each period.
std::optional<Quota> TargetReader::quota_by_period(const Slot& slot, Findings& findings) {
  const std::vector<Node>& items = slot.node.items;
  if (!check_count(slot, findings)) return std::nullopt;
  Quota quota;
  bool is_sound = true;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Path path(slot.path, i);
    const Slot item{items[i], slot.field, Kind::money_or_none, path};
    const bool is_none = items[i].kind == Node::Kind::scalar && items[i].text == "none";
    if (items[i].kind == Node::Kind::mapping) {
      report_unexpected(item, findings,
                        "write the amount that is to be made; a relief belongs to a single quota, "
                        "which holds in every period");
    }
    const std::optional<Money> amount =
        is_none || items[i].kind == Node::Kind::mapping ? std::nullopt : read_money(item, findings);
    is_sound = is_sound && (is_none || amount);
    quota.by_period.push_back(amount);
  }
  if (!dates_.periods_are_known || !is_sound) return std::nullopt;
  const auto periods = static_cast<std::size_t>(dates_.calendar.periods);
  if (items.size() != periods) {
    findings.error(slot.node.spot, slot.path,
                   fmt::format("'{}' has {} entr{}, and there {} {} period{}", slot.path.label(),
                               items.size(), items.size() == 1 ? "y" : "ies",
                               periods == 1 ? "is" : "are", periods, periods == 1 ? "" : "s"),
                   periods == 1 ? fmt::format("write one amount, or 'periods: {}' in the calendar",
                                              std::max<std::size_t>(items.size(), 2))
                                : "write one for each period, or a single one that holds in all");
    return std::nullopt;
  }
  quota.to_make = quota.by_period[static_cast<std::size_t>(dates_.calendar.current_period())];
  if (periods == 1) quota.by_period.clear();
  return quota;
}

std::optional<Quota> TargetReader::quota(const Object& object, Owner owner) {
  const Node* node = object.find("quota");
  if (node == nullptr) return std::nullopt;
  Findings& findings = object.findings();
  const Field& field = field_of(owner, "quota");
  const Path path(object.path(), field.name);
  if (node->kind == Node::Kind::sequence)
    return quota_by_period({*node, field, field.kind, path}, findings);
  if (node->kind == Node::Kind::mapping) {
    std::optional<Quota> terms = read_terms(*node, path, findings);
    return terms ? std::optional(in_every_period(*std::move(terms))) : std::nullopt;
  }
  if (node->kind == Node::Kind::scalar && node->text == "none") return in_every_period({});
  const auto amount = read_money({*node, field, Kind::money_or_none, path}, findings);
  return amount ? std::optional(in_every_period({amount, std::nullopt, {}})) : std::nullopt;
}

std::optional<Forecast> TargetReader::forecast(const Object& object, Owner owner) {
  const Node* node = object.find("forecast");
  if (node == nullptr) return std::nullopt;
  Findings& findings = object.findings();
  const Field& field = field_of(owner, "forecast");
  const Path path(object.path(), field.name);
  if (node->kind == Node::Kind::mapping) return read_call(*node, path, dates_, findings);
  const auto amount = read_forecast({*node, field, Kind::money, path}, findings);
  return amount ? std::optional(Forecast{*amount, std::nullopt}) : std::nullopt;
}

std::vector<Money> TargetReader::actual(const Object& territory) {
  const int over = dates_.as_of ? dates_.calendar.current_period() : 0;
  std::vector<Money> actual(static_cast<std::size_t>(over));
  const Node* list = territory.list("actual");
  if (list == nullptr) return actual;
  Findings& findings = territory.findings();
  const Field& field = field_of(Owner::territory, "actual");
  const Path path(territory.path(), field.name);
  std::vector<Money> stated;
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    const Path item_path(path, i);
    const Slot item{list->items[i], field, field.items, item_path};
    stated.push_back(read_money(item, findings).value_or(Money{}));
  }
  if (!dates_.as_of || stated.size() == actual.size()) return stated;
  const std::string day_one = date_text(dates_.calendar.day_one());
  if (over == 0) {
    findings.error(
        territory.key_spot("actual"), path,
        fmt::format("'actual' is of periods that are over, and none is on day one, {}", day_one),
        "leave it out; what came before the first period belongs to 'history', what is "
        "won in the running one to 'booked'");
    return actual;
  }
  findings.error(
      list->spot, path,
      fmt::format("'actual' has {} entr{}, and {} period{} over on day one, {}", stated.size(),
                  stated.size() == 1 ? "y" : "ies", over, over == 1 ? " is" : "s are", day_one),
      "write one amount for each of these; what is won in the running one is 'booked'");
  return actual;
}

StatedTargets TargetReader::stated(const Node& node, const Path& path, Findings& findings) {
  const Object object(node, Owner::targets, path, findings);
  StatedTargets targets;
  if (const Node* quota = object.find("quota")) {
    const Field& field = field_of(Owner::targets, "quota");
    const Path quota_path(path, field.name);
    const Slot slot{*quota, field, Kind::money, quota_path};
    std::optional<Quota> read;
    if (quota->kind == Node::Kind::sequence) {
      read = quota_by_period({*quota, field, field.kind, quota_path}, findings);
    } else if (quota->kind == Node::Kind::mapping) {
      report_unexpected(slot, findings, of_territories);
    } else if (const auto amount = read_money(slot, findings)) {
      read = in_every_period({amount, std::nullopt, {}});
    }
    if (read) targets.quota = read->to_make;
    if (read) targets.quotas = std::move(read->by_period);
  }
  if (const Node* forecast = object.find("forecast")) {
    const Field& field = field_of(Owner::targets, "forecast");
    const Path forecast_path(path, field.name);
    const Slot slot{*forecast, field, field.kind, forecast_path};
    if (forecast->kind == Node::Kind::mapping) {
      report_unexpected(slot, findings, of_territories);
    } else {
      targets.forecast = read_forecast(slot, findings);
    }
  }
  return targets;
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
