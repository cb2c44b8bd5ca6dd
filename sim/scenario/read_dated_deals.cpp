#include "read_territories.hpp"

#include <fmt/format.h>

namespace attain::reading {

namespace {

/// A deal is in a stage or has a date.
void refuse_keys_of_staged_deals(const Object& open) {
  for (const std::string_view key : {"stage", "stream", "count", "weeks_in_stage", "entered"}) {
    if (!open.has(key)) continue;
    open.report_conflict(
        {key, "due",
         key == "count" ? "write 'renewals' for several that are due, as in 'renewals: 14'"
                        : "a deal goes through its stages or is decided on a date; keep the keys "
                          "of one of the two"},
        Path(open.path(), key));
  }
}

/// How many deals the line stands for, which has either a name or a number of renewals.
std::optional<int> read_number_of_deals(const Object& open) {
  Findings& findings = open.findings();
  const std::optional<std::int64_t> renewals = open.whole_number("renewals");
  if (open.has("deal")) {
    if (!open.has("renewals")) return 1;
    open.report_conflict(
        {"renewals", "deal",
         "a named deal is one; leave 'renewals' out, or 'deal' for several that are alike"},
        open.path());
    return std::nullopt;
  }
  if (const auto header = open.header_without({"deal", "count", "renewals"})) {
    findings.error(*header, {}, "there is no column 'deal', 'count' or 'renewals'",
                   "add one: the name of each deal, or how many a row stands for");
    return std::nullopt;
  }
  if (!open.has("renewals") && !open.has("count")) {
    findings.error(open.node().spot, open.path(),
                   "an entry of 'open' with 'due' has neither 'deal' nor 'renewals'",
                   "name one deal, as in 'deal: Acme', or say how many, as in 'renewals: 14'");
  }
  return renewals ? std::optional(static_cast<int>(*renewals)) : std::nullopt;
}

void warn_of_date_outside(const Object& open, std::chrono::sys_days due,
                          const CalendarDraft& dates) {
  if (!dates.as_of) return;
  const Spot spot = open.find("due")->spot;
  const Path path(open.path(), "due");
  const std::chrono::sys_days first = dates.calendar.day_one();
  const std::chrono::sys_days last = dates.calendar.last_day();
  if (due < first) {
    open.findings().warning(
        spot, path,
        fmt::format("'due' is {}, before day one, {}; it is taken as due on day one",
                    date_text(due), date_text(first)),
        "write a new date, or remove the deal if it has been decided");
  } else if (due > last && dates.has_stated_last_day() && due <= *dates.stated_end) {
    open.findings().warning(
        spot, path,
        fmt::format("'due' is {}, after {}, to which the period is rounded; it stays open and "
                    "brings nothing",
                    date_text(due), date_text(last)),
        fmt::format("write 'step: day' in the calendar, with which the period ends on {}",
                    date_text(*dates.stated_end)));
  } else if (due > last) {
    open.findings().warning(
        spot, path,
        fmt::format("'due' is {}, after the last day of the {}period, {}; it "
                    "stays open and brings nothing",
                    date_text(due), dates.calendar.periods == 1 ? "" : "last ", date_text(last)),
        "check the date");
  }
}

/// Whether the date is sound; none of its own for `spread`.
bool read_date_of(const Object& open, const CalendarDraft& dates, DueDate& due) {
  const Node* node = open.find("due");
  if (node == nullptr) return false;
  const Path path(open.path(), "due");
  if (node->kind == Node::Kind::scalar && node->text == "spread") {
    if (!open.has("deal")) return true;
    open.findings().error(node->spot, path, "'due: spread' is for renewals, and this is one deal",
                          "write the day on which it is decided, as in 'due: 2027-03-15'");
    return false;
  }
  const Field& field = field_of(Owner::open, "due");
  due.date = read_date({*node, field, field.kind, path}, open.findings());
  if (due.date) warn_of_date_outside(open, *due.date, dates);
  return due.date.has_value();
}

/// Its own chance, else that of its category.
std::optional<double> read_chance(const Object& open, const std::string& category,
                                  const Categories& categories) {
  if (open.has("chance")) return open.number("chance");
  Findings& findings = open.findings();
  if (!open.has("category")) {
    findings.error(open.node().spot, open.path(),
                   "an entry of 'open' with 'due' has neither 'chance' nor 'category'",
                   "say how likely it is won, as in 'chance: 80%', or name a category that has a "
                   "chance under 'categories', as in 'category: commit'");
    return std::nullopt;
  }
  if (category.empty()) return std::nullopt;
  if (const Category* found = categories.find(category)) return found->chance;
  if (!categories.are_known) return std::nullopt;
  const Spot spot = open.find("category")->spot;
  const Path path(open.path(), "category");
  if (categories.all.empty()) {
    findings.error(
        spot, path,
        fmt::format("the category '{}' has no chance, and neither has this deal", category),
        fmt::format("add one here, as in 'chance: 80%', or one for all of the category "
                    "at the top of the file, as in 'categories: {{{}: 85%}}'",
                    category));
    return std::nullopt;
  }
  const std::string nearest = findings.did_you_mean(category, categories.names());
  findings.error(
      spot, path,
      fmt::format("'{}' is not among the 'categories', and this deal has no 'chance'", category),
      nearest.empty() ? fmt::format("add '{}: ...%' to 'categories', or a 'chance' here", category)
                      : nearest);
  return std::nullopt;
}

/// Whether what is said of a slip is sound; also if nothing is.
bool read_slip(const Object& open, DueDate& due) {
  const Node* node = open.find("slip");
  if (node == nullptr) return !open.has("slip");
  const Path path(open.path(), "slip");
  const Object slip(*node, Owner::slip, path, open.findings());
  const std::optional<double> chance = slip.number("chance");
  const Node* weeks = slip.find("weeks");
  if (weeks == nullptr) return false;
  const auto drawn = read_weeks(*weeks, Path(path, "weeks"), open.findings());
  if (!chance || !drawn) return false;
  due.slip_chance = *chance;
  due.slip_weeks = *drawn;
  return true;
}

}  // namespace

std::optional<Amount> read_amount_of_deal(const Object& open) {
  const Node* node = open.find("amount");
  if (node == nullptr) return std::nullopt;
  const Path path(open.path(), "amount");
  if (node->kind != Node::Kind::mapping) {
    const Field& field = field_of(Owner::open, "amount");
    const auto amount = read_money({*node, field, Kind::money, path}, open.findings());
    return amount ? std::optional(Amount{amount}) : std::nullopt;
  }
  const std::optional<Distribution> drawn = read_certain_amount(*node, path, open.findings());
  if (!drawn) return std::nullopt;
  if (std::holds_alternative<Distribution::Fixed>(drawn->family()))
    return Amount{money_from_units(drawn->mean())};
  return Amount{std::nullopt, *drawn};
}

std::optional<OpenDeals> read_dated_deals(const Object& open, const std::string& category,
                                          const TerritoryContext& context) {
  refuse_keys_of_staged_deals(open);
  OpenDeals deals;
  DueDate& due = deals.due.emplace();
  const std::optional<int> count = read_number_of_deals(open);
  const bool date_is_sound = read_date_of(open, context.dates, due);
  const std::optional<double> chance = read_chance(open, category, context.categories);
  const bool slip_is_sound = read_slip(open, due);
  const std::optional<Amount> amount = read_amount_of_deal(open);
  if (!open.has("amount")) {
    open.report_missing("amount",
                        "say what it is worth if it is won, as in 'amount: 60k' or 'amount: "
                        "{mean: 6k, cv: 40%}'");
  }
  if (!count || *count == 0 || !date_is_sound || !chance || !slip_is_sound || !amount)
    return std::nullopt;
  deals.count = *count;
  due.chance = *chance;
  deals.amount = amount->stated;
  if (!amount->stated) due.amount = amount->drawn;
  return deals;
}

}  // namespace attain::reading
