#include "check_conditions.hpp"
#include "numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

namespace attain::reading {

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr std::string_view activity_prefix = "activities.";

/// In the order of StateVariable.
constexpr std::array<std::string_view, 13> variables{
    "week",  "weeks_left", "period",     "attainment", "pace",     "booked",     "wins",
    "leads", "activities", "open_deals", "pipeline",   "coverage", "utilization"};

/// A text such as `<= 2` or `5 to 8`, taken apart.
struct Comparison {
  enum class Form { number, compared, range };
  Form form = Form::number;
  std::string_view sign;  ///< `<`, `<=`, `=`, `>=` or `>`.
  std::size_t first = 0;  ///< Where the number starts, and the second one of a range.
  std::size_t second = 0;
  std::size_t first_size = 0;
};

std::size_t after_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(' ', at), text.size());
}

Comparison split_comparison(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> signs{{{"<=", "<="},
                                                                                {">=", ">="},
                                                                                {"==", "="},
                                                                                {"≤", "<="},
                                                                                {"≥", ">="},
                                                                                {"<", "<"},
                                                                                {">", ">"},
                                                                                {"=", "="}}};
  const std::size_t start = after_blanks(text, 0);
  for (const auto& [written, sign] : signs) {
    if (!text.substr(start).starts_with(written)) continue;
    const std::size_t number = after_blanks(text, start + written.size());
    return {Comparison::Form::compared, sign, number, 0, text.size() - number};
  }
  const std::size_t to = text.find(" to ");
  if (to == std::string_view::npos)
    return {Comparison::Form::number, "=", start, 0, text.size() - start};
  return {Comparison::Form::range, "", start, after_blanks(text, to + 4), to - start};
}

/// A number of a comparison, which may be money, a share or weeks.
std::optional<double> read_operand(const Entered& entered, std::size_t at, std::size_t size,
                                   Findings& findings) {
  Node number = entered.value;
  number.text = entered.value.text.substr(at, size);
  number.text.erase(number.text.find_last_not_of(' ') + 1);
  number.spot.column += static_cast<int>(at) + (entered.value.quoted ? 1 : 0);
  // Planners write a coverage as 3x.
  if (entered.field.name == "coverage" && number.text.ends_with('x')) number.text.pop_back();
  const Slot slot{number, entered.field, entered.field.items, entered.path};
  if (entered.field.items != Kind::money) return read_number(slot, findings);
  const std::optional<Money> money = read_money(slot, findings);
  return money ? std::optional(money->units()) : std::nullopt;
}

void report_form(const Entered& entered, Findings& findings) {
  const std::string label(entered.path.label());
  std::string suggestion =
      fmt::format("write a comparison or a range, as in '{}: {}'", label, entered.field.example);
  if (entered.value.kind == Node::Kind::scalar && parse_number(entered.value.text)) {
    suggestion = fmt::format("write '{0}: \">= {1}\"' or '{0}: \"< {1}\"', whichever is meant",
                             label, entered.value.text);
  }
  findings.error(
      entered.value.spot, entered.path,
      fmt::format("'{}' is {}, not a comparison or a range", label, shown(entered.value)),
      std::move(suggestion));
}

std::optional<Condition> read_range(const Entered& entered, const Comparison& text,
                                    Condition condition, Findings& findings) {
  const std::string& value = entered.value.text;
  const auto low = read_operand(entered, text.first, text.first_size, findings);
  const auto high = read_operand(entered, text.second, value.size() - text.second, findings);
  if (!low || !high) return std::nullopt;
  if (*low > *high) {
    findings.error(
        entered.value.spot, entered.path,
        fmt::format("'{}' is {}, a range that ends before it starts", entered.path.label(), value),
        fmt::format("write '{} to {}'", value.substr(text.second),
                    value.substr(text.first, text.first_size)));
    return std::nullopt;
  }
  condition.low = *low;
  condition.high = *high;
  return condition;
}

std::optional<Condition> read_condition(const Entered& entered, Condition condition,
                                        Findings& findings) {
  const Node& value = entered.value;
  if (value.kind != Node::Kind::scalar || value.text.empty()) {
    report_form(entered, findings);
    return std::nullopt;
  }
  const Comparison text = split_comparison(value.text);
  const bool lacks_sign = text.form == Comparison::Form::number && !entered.is_whole();
  if (lacks_sign || text.first >= value.text.size()) {
    report_form(entered, findings);
    return std::nullopt;
  }
  if (text.form == Comparison::Form::range) return read_range(entered, text, condition, findings);
  const auto number = read_operand(entered, text.first, text.first_size, findings);
  if (!number) return std::nullopt;
  condition.low = text.sign.starts_with('<') ? -infinite : *number;
  condition.high = text.sign.starts_with('>') ? infinite : *number;
  condition.low_included = text.sign != ">";
  condition.high_included = text.sign != "<";
  return condition;
}

std::optional<Condition> variable_of(std::string_view key) {
  Condition condition;
  if (key.starts_with(activity_prefix)) {
    condition.activity = key.substr(activity_prefix.size());
    key = "activities";
  }
  const auto* const found = std::find(variables.begin(), variables.end(), key);
  if (found == variables.end()) return std::nullopt;
  condition.variable = static_cast<StateVariable>(found - variables.begin());
  return condition;
}

}  // namespace

std::vector<Condition> read_conditions(const Object& when, const std::vector<Selected>& where,
                                       const RuleContext& context) {
  std::vector<Condition> conditions;
  bool all_weeks_are_sound = true;
  const auto take = [&](std::string_view key, std::string_view field, const Node& value) {
    const Path path(when.path(), key);
    const Entered entered{field_of(Owner::rule_when, field), value, path};
    const auto condition = read_condition(entered, *variable_of(key), context.findings);
    if (!condition || !can_hold(entered, *condition, context)) {
      all_weeks_are_sound = false;
      return;
    }
    if (context.all_is_sound && !where.empty())
      check_state(entered, *condition, conditions, where, context);
    conditions.push_back(*condition);
  };
  for (const std::string_view key : variables)
    if (const Node* value = when.find(key)) take(key, key, *value);
  for (const Entry* entry : when.others()) take(entry->key.text, "activities", entry->value);
  if (all_weeks_are_sound) check_weeks(conditions, when, context);
  return conditions;
}

}  // namespace attain::reading
