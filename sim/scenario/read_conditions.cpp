#include "numbers.hpp"
#include "read_rules.hpp"

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

bool holds(const Condition& condition, double value) {
  const bool above = condition.low_included ? value >= condition.low : value > condition.low;
  const bool below = condition.high_included ? value <= condition.high : value < condition.high;
  return above && below;
}

/// One entry of `when`, with its place.
struct Entered {
  const Field& field;
  const Node& value;
  const Path& path;

  [[nodiscard]] bool is_whole() const {
    return field.items == Kind::whole_weeks || field.name == "period";
  }
};

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

/// Refuses what no state can be: a number below 0, a week or period that there is not.
bool can_hold(const Entered& entered, const Condition& condition, const RuleContext& context) {
  const auto never = [&](const std::string& why, std::string suggestion) {
    context.findings.error(entered.value.spot, entered.path,
                           fmt::format("'{}' is {}, which is never so: {}", entered.path.label(),
                                       entered.value.text, why),
                           std::move(suggestion));
    return false;
  };
  if (condition.variable == StateVariable::period) {
    return holds(condition, 1) || never("one period is simulated", "leave 'period' out");
  }
  if (entered.field.items != Kind::whole_weeks) {
    return condition.high > 0 || (condition.high == 0 && condition.high_included) ||
           never("it is 0 or more", {});
  }
  if (!context.dates.as_of) return true;  // Then the calendar is not known.
  const int weeks = context.dates.calendar.period_weeks();
  for (int week = 1; week <= weeks; ++week)
    if (holds(condition, week)) return true;
  return never(fmt::format("the period has {} week{}", weeks, weeks == 1 ? "" : "s"),
               fmt::format("weeks count from 1 to {}", weeks));
}

/// Whether the conditions on weeks hold in a week, counted from 1.
bool holds_in_week(const std::vector<Condition>& conditions, int week, int weeks) {
  return std::all_of(conditions.begin(), conditions.end(), [=](const Condition& each) {
    if (each.variable == StateVariable::week) return holds(each, week);
    return each.variable != StateVariable::weeks_left || holds(each, weeks - week + 1);
  });
}

void check_weeks(const std::vector<Condition>& conditions, const Object& when,
                 const RuleContext& context) {
  if (!context.dates.as_of) return;
  const Calendar& calendar = context.dates.calendar;
  const int weeks = calendar.period_weeks();
  const auto any_from = [&](int first) {
    for (int week = first; week <= weeks; ++week)
      if (holds_in_week(conditions, week, weeks)) return true;
    return false;
  };
  if (!any_from(1)) {
    context.findings.error(
        when.node().spot, when.path(),
        fmt::format("no week of the period fits both 'week' and 'weeks_left'; it has {} weeks",
                    weeks),
        "keep one of the two");
  } else if (!any_from(calendar.weeks_done() + 1)) {
    context.findings.warning(when.node().spot, when.path(),
                             fmt::format("the rule does nothing: its weeks are over on day one, {}",
                                         date_text(calendar.day_one())),
                             {});
  }
}

/// The names of territories for which something does not hold: "Ohio, Texas and 3 more".
template <typename Fits>
std::string names_without(const std::vector<Selected>& where, const RuleContext& context,
                          Fits fits) {
  constexpr std::size_t most = 5;
  std::vector<std::string> names;
  std::size_t count = 0;
  for (const Selected& each : where) {
    const Territory& territory = context.territories[each.territory];
    if (fits(territory)) continue;
    if (++count <= most) names.push_back(fmt::format("'{}'", territory.name));
  }
  std::string text = fmt::format("{}", fmt::join(names, ", "));
  if (count > most) text += fmt::format(" and {} more", count - most);
  return text;
}

bool asks_for_hours(const Territory& territory) {
  return std::any_of(territory.streams.begin(), territory.streams.end(), [](const Stream& stream) {
    return std::any_of(stream.funnel.stages.begin(), stream.funnel.stages.end(),
                       [](const Stage& stage) { return stage.hours > 0; });
  });
}

void check_activity(const Entered& entered, const Condition& condition,
                    const std::vector<Selected>& where, const RuleContext& context) {
  const auto counts = [&condition](const Stage& stage) {
    return std::any_of(stage.activities.begin(), stage.activities.end(),
                       [&condition](const Activity& activity) {
                         return condition.activity.empty() || activity.name == condition.activity;
                       });
  };
  // State is the whole territory's, also for a rule on one stream.
  for (const Selected& each : where) {
    for (const Stream& stream : context.territories[each.territory].streams) {
      const std::vector<Stage>& stages = stream.funnel.stages;
      if (std::any_of(stages.begin(), stages.end(), counts)) return;
    }
  }
  context.findings.error(
      entered.value.spot, entered.path,
      condition.activity.empty()
          ? "no territory of this rule counts activities"
          : fmt::format("no territory of this rule counts the activity '{}'", condition.activity),
      "let a stage count it, as in 'activity: meeting'");
}

/// What the condition looks at must be there in the territories of the rule.
void check_state(const Entered& entered, const Condition& condition,
                 const std::vector<Selected>& where, const RuleContext& context) {
  Findings& findings = context.findings;
  const std::string label = entered.path.label();
  switch (condition.variable) {
    case StateVariable::attainment:
    case StateVariable::pace:
    case StateVariable::coverage: {
      const std::string names = names_without(
          where, context, [](const Territory& territory) { return territory.quota.has_value(); });
      if (names.empty()) return;
      findings.error(entered.value.spot, entered.path,
                     fmt::format("'{}' needs a quota, and there is none in {}", label, names),
                     "give each a quota, or leave it out of the rule's 'where'");
      return;
    }
    case StateVariable::activities:
      check_activity(entered, condition, where, context);
      [[fallthrough]];
    case StateVariable::wins:
    case StateVariable::leads:
      if (!context.dates.as_of || context.dates.calendar.steps_done == 0) return;
      findings.warning(entered.value.spot, entered.path,
                       fmt::format("'{}' counts from day one, {}, not from the start of the period",
                                   label, date_text(context.dates.calendar.day_one())),
                       "what came before is not known; 'booked' and 'attainment' have it");
      return;
    case StateVariable::utilization: {
      const bool any = std::any_of(where.begin(), where.end(), [&context](const Selected& each) {
        const Territory& territory = context.territories[each.territory];
        return territory.capacity && asks_for_hours(territory);
      });
      if (any) return;
      findings.warning(entered.value.spot, entered.path,
                       "'utilization' is always 0 here: no territory of this rule has "
                       "'hours_per_week' and stages with 'hours'",
                       "state both, or remove the condition");
      return;
    }
    default: return;
  }
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
    if (context.all_is_sound && !where.empty()) check_state(entered, *condition, where, context);
    conditions.push_back(*condition);
  };
  for (const std::string_view key : variables)
    if (const Node* value = when.find(key)) take(key, key, *value);
  for (const Entry* entry : when.others()) take(entry->key.text, "activities", entry->value);
  if (all_weeks_are_sound) check_weeks(conditions, when, context);
  return conditions;
}

}  // namespace attain::reading
