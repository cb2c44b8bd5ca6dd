#include "values.hpp"

#include "numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

namespace attain::reading {

namespace {

bool unit_fits(Unit unit, Kind kind) {
  switch (unit) {
    case Unit::none: return true;
    case Unit::percent:
      return kind == Kind::probability || kind == Kind::share || kind == Kind::ratio ||
             kind == Kind::weight;
    case Unit::thousand:
    case Unit::million:
      return kind == Kind::money || kind == Kind::money_or_none || kind == Kind::whole_number;
    case Unit::hours: return kind == Kind::hours;
    case Unit::weeks: return kind == Kind::weeks || kind == Kind::whole_weeks;
  }
  return false;
}

bool is_share(Kind kind) {
  return kind == Kind::probability || kind == Kind::share || kind == Kind::ratio;
}

bool is_whole(Kind kind) { return kind == Kind::whole_number || kind == Kind::whole_weeks; }

bool is_below(double value, const Range& range) {
  return range.low_is_allowed ? value < range.low : value <= range.low;
}

/// "between 0 and 1, or 0 % and 100 %".
std::string range_text(const Field& field, Kind kind) {
  const Range& range = field.range;
  const std::string plain =
      range.low_is_allowed
          ? fmt::format("between {} and {}", bound_text(range.low), bound_text(range.high))
          : fmt::format("above {} and at most {}", bound_text(range.low), bound_text(range.high));
  if (is_share(kind)) {
    return fmt::format("{}, or {:.15g} % and {:.15g} %", plain, range.low * 100, range.high * 100);
  }
  switch (kind) {
    case Kind::money:
    case Kind::money_or_none: return plain + ", as in 280000, 280k or 1.2M";
    case Kind::hours: return plain + ", as in 6 or 6h";
    case Kind::weeks: return plain + ", as in 2 or 2.5 weeks";
    default: return plain;
  }
}

std::string expectation(const Slot& slot) {
  const std::string noun(noun_of(slot.kind));
  switch (slot.kind) {
    case Kind::probability:
    case Kind::share:
    case Kind::money:
    case Kind::money_or_none:
      return fmt::format("{} ({})", noun, range_text(slot.field, slot.kind));
    // Not in brackets: -4 is a number, but not one between 0 and 10000.
    case Kind::ratio:
    case Kind::number:
    case Kind::weight:
    case Kind::hours:
    case Kind::weeks:
    case Kind::whole_weeks:
    case Kind::whole_number: return noun + ' ' + range_text(slot.field, slot.kind);
    case Kind::flag: return noun;
    case Kind::seed: return noun + " between 0 and 18446744073709551615";
    case Kind::date:
    case Kind::date_or_spread: return noun + " (year-month-day, as in 2027-01-04)";
    default: return fmt::format("{} (as in {})", noun, slot.field.example);
  }
}

/// What to write instead of a number that is one, but not in the range.
std::string range_suggestion(const Slot& slot, const Number& number) {
  const Range& range = slot.field.range;
  if (is_below(number.value, range)) return std::string(slot.field.if_low);
  const bool could_be_percent = number.unit == Unit::none && number.value >= 2 &&
                                number.value <= range.high * 100 && is_share(slot.kind);
  if (could_be_percent) return fmt::format("did you mean {}%?", slot.node.text);
  // What to do about too many items is no advice for one that is too large.
  const bool is_item = slot.kind != slot.field.kind;
  return number.value > range.high && !is_item ? std::string(slot.field.if_many) : std::string{};
}

/// What to write instead of something that is no number at all.
std::string text_suggestion(const Slot& slot, Findings& findings) {
  const std::vector<Node>& items = slot.node.items;
  if (slot.field.may_be_uncertain && items.size() == 2 && parse_number(items[0].text) &&
      parse_number(items[1].text))
    return fmt::format("write a range as {} to {}", items[0].text, items[1].text);
  if (slot.node.kind != Node::Kind::scalar) return {};
  const std::string& text = slot.node.text;
  if (slot.kind == Kind::money_or_none) {
    const std::string none = findings.did_you_mean(text, {"none"});
    if (!none.empty()) return none;
  }
  if (slot.kind == Kind::money && text == "none") return std::string(slot.field.if_low);
  const bool is_other_time = text.ends_with("day") || text.ends_with("days") ||
                             text.ends_with("month") || text.ends_with("months");
  if (slot.kind == Kind::weeks && is_other_time)
    return "write it in weeks: a day is 0.14, a month 4.35";
  if (slot.kind == Kind::hours && (text.ends_with("min") || text.ends_with("minutes")))
    return "write it in hours: 30 minutes are 0.5h";
  if (slot.field.may_be_uncertain) {
    const std::string range = range_suggestion_of(text);
    if (!range.empty()) return range;
  }
  return number_suggestion(text);
}

/// A continental reader means 300,000 by 300.000; nobody else writes three decimals of money.
void warn_if_grouped_by_a_dot(const Slot& slot, Money amount, Findings& findings) {
  const std::string_view text = slot.node.text;
  const std::size_t dot = text.find('.');
  const bool looks_grouped = dot > 0 && dot <= 3 && dot + 4 == text.size() &&
                             !text.starts_with('0') &&
                             text.find_first_not_of("0123456789.") == std::string_view::npos;
  if (!looks_grouped) return;
  const std::string front(text.substr(0, dot));
  const std::string back(text.substr(dot + 1));
  findings.warning(
      slot.node.spot, slot.path,
      fmt::format("'{}' is {}, read as {:.15g}", slot.path.label(), text, amount.units()),
      fmt::format("write {} if you mean {},{}", back == "000" ? front + 'k' : front + back, front,
                  back));
}

constexpr int first_year = 1900;
constexpr int last_year = 2200;

std::optional<int> digits_to_int(std::string_view digits) {
  int value = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (failure != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::vector<std::string> choices_of(const Field& field) {
  std::vector<std::string> choices;
  std::string_view rest = field.choices;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('|'), rest.size());
    choices.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return choices;
}

}  // namespace

std::string shown(const Node& node) {
  constexpr std::size_t longest = 40;
  switch (node.kind) {
    case Node::Kind::sequence: return "a list";
    case Node::Kind::mapping: return "a set of keys";
    case Node::Kind::empty:
    case Node::Kind::unusable: return "empty";
    case Node::Kind::scalar: break;
  }
  if (!node.text.empty() && node.text.size() <= longest && parse_number(node.text))
    return node.text;
  if (node.text.size() <= longest) return '\'' + node.text + '\'';
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(node.text[end]) & 0xC0) == 0x80) --end;
  return '\'' + node.text.substr(0, end) + "...'";
}

void report_unexpected(const Slot& slot, Findings& findings, std::string suggestion) {
  findings.error(
      slot.node.spot, slot.path,
      fmt::format("'{}' is {}, not {}", slot.path.label(), shown(slot.node), expectation(slot)),
      std::move(suggestion));
}

bool check_count(const Slot& slot, Findings& findings) {
  const Count& allowed = slot.field.count;
  const std::size_t count = slot.node.items.size() + slot.node.entries.size();
  if (count >= allowed.low && (allowed.high == 0 || count <= allowed.high)) return true;
  if (count == 0) {
    findings.error(slot.node.spot, slot.path, fmt::format("'{}' is empty", slot.path.label()),
                   fmt::format("add at least one, as in {}", slot.field.example));
  } else {
    findings.error(slot.node.spot, slot.path,
                   fmt::format("'{}' has {} entries, at most {} are allowed", slot.path.label(),
                               count, allowed.high),
                   std::string(slot.field.if_many));
  }
  return false;
}

std::optional<double> read_number(const Slot& slot, Findings& findings) {
  const Node& node = slot.node;
  if (says_uncertain(node)) {
    refuse_uncertain(slot, findings);
    return std::nullopt;
  }
  const std::optional<Number> number =
      node.kind == Node::Kind::scalar ? parse_number(node.text) : std::nullopt;
  if (!number) {
    report_unexpected(slot, findings, text_suggestion(slot, findings));
    return std::nullopt;
  }
  const bool fits = unit_fits(number->unit, slot.kind) &&
                    !is_below(number->value, slot.field.range) &&
                    number->value <= slot.field.range.high &&
                    (!is_whole(slot.kind) || number->value == std::floor(number->value));
  if (!fits) {
    report_unexpected(slot, findings, range_suggestion(slot, *number));
    return std::nullopt;
  }
  return number->value + 0.0;  // Turns -0 into 0.
}

std::optional<std::int64_t> read_whole_number(const Slot& slot, Findings& findings) {
  const std::optional<double> value = read_number(slot, findings);
  return value ? std::optional(static_cast<std::int64_t>(*value)) : std::nullopt;
}

std::optional<std::uint64_t> read_seed(const Slot& slot, Findings& findings) {
  const std::optional<std::uint64_t> seed =
      slot.node.kind == Node::Kind::scalar ? parse_seed(slot.node.text) : std::nullopt;
  if (!seed) report_unexpected(slot, findings);
  return seed;
}

std::optional<Money> read_money(const Slot& slot, Findings& findings) {
  const std::optional<double> units = read_number(slot, findings);
  if (!units) return std::nullopt;
  const Money amount = money_from_units(*units);
  if (amount.cents == 0 && !slot.field.range.low_is_allowed) {
    report_unexpected(slot, findings, std::string(slot.field.if_low));
    return std::nullopt;
  }
  warn_if_grouped_by_a_dot(slot, amount, findings);
  return amount;
}

std::optional<std::chrono::sys_days> read_date(const Slot& slot, Findings& findings) {
  const std::string_view text = slot.node.text;
  if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
    const auto year = digits_to_int(text.substr(0, 4));
    const auto month = digits_to_int(text.substr(5, 2));
    const auto day = digits_to_int(text.substr(8, 2));
    if (year && (*year < first_year || *year > last_year)) {
      report_unexpected(slot, findings,
                        fmt::format("years from {} to {} are read", first_year, last_year));
      return std::nullopt;
    }
    if (year && month && day && *month > 0 && *day > 0) {
      const std::chrono::year_month_day date{std::chrono::year{*year},
                                             std::chrono::month{static_cast<unsigned>(*month)},
                                             std::chrono::day{static_cast<unsigned>(*day)}};
      if (date.ok()) return std::chrono::sys_days(date);
      report_unexpected(slot, findings, "the calendar has no such day");
      return std::nullopt;
    }
  }
  report_unexpected(slot, findings);
  return std::nullopt;
}

std::string date_text(std::chrono::sys_days date) {
  const std::chrono::year_month_day day{date};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

std::optional<std::string> read_text(const Slot& slot, Findings& findings) {
  const bool is_scalar = slot.node.kind == Node::Kind::scalar;
  if (is_scalar && slot.node.text.find_first_not_of(" \t\r\n") != std::string::npos)
    return check_name(slot.node, slot.path, findings) ? std::optional(slot.node.text)
                                                      : std::nullopt;
  report_unexpected(slot, findings);
  return std::nullopt;
}

std::optional<std::size_t> read_choice(const Slot& slot, Findings& findings) {
  const std::vector<std::string> choices = choices_of(slot.field);
  if (slot.node.kind == Node::Kind::scalar) {
    const auto found = std::find(choices.begin(), choices.end(), slot.node.text);
    if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
  }
  findings.error(slot.node.spot, slot.path,
                 fmt::format("'{}' is {}, not '{}'", slot.path.label(), shown(slot.node),
                             fmt::join(choices, "' or '")),
                 findings.did_you_mean(slot.node.text, choices));
  return std::nullopt;
}

}  // namespace attain::reading
