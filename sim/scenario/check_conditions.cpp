#include "check_conditions.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attain::reading {

namespace {

bool holds(const Condition& condition, double value) {
  const bool above = condition.low_included ? value >= condition.low : value > condition.low;
  const bool below = condition.high_included ? value <= condition.high : value < condition.high;
  return above && below;
}

/// Whether the conditions on time hold in a week, counted from 0 over all periods.
bool holds_in_week(const std::vector<Condition>& conditions, int week_from_start, int weeks) {
  const int week = week_from_start % weeks + 1;
  return std::all_of(conditions.begin(), conditions.end(), [=](const Condition& each) {
    switch (each.variable) {
      case StateVariable::week: return holds(each, week);
      case StateVariable::weeks_left: return holds(each, weeks - week + 1);
      case StateVariable::period: return holds(each, week_from_start / weeks + 1);
      default: return true;
    }
  });
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

/// The simulated periods, from 0, in which conditions on the period hold.
std::vector<int> periods_of(const std::vector<Condition>& conditions, const Calendar& calendar) {
  std::vector<int> periods;
  for (int period = calendar.current_period(); period < calendar.periods; ++period) {
    const bool all =
        std::all_of(conditions.begin(), conditions.end(), [period](const Condition& each) {
          return each.variable != StateVariable::period || holds(each, period + 1);
        });
    if (all) periods.push_back(period);
  }
  return periods;
}

/// Whether what is counted from the start of a period is counted from within one.
bool counts_from_within(const std::vector<Condition>& conditions, const Calendar& calendar) {
  if (calendar.steps_into_period() == 0) return false;
  const std::vector<int> periods = periods_of(conditions, calendar);
  return std::find(periods.begin(), periods.end(), calendar.current_period()) != periods.end();
}

}  // namespace

bool can_hold(const Entered& entered, const Condition& condition, const RuleContext& context) {
  const auto never = [&](const std::string& why, std::string suggestion) {
    context.findings.error(entered.value.spot, entered.path,
                           fmt::format("'{}' is {}, which is never so: {}", entered.path.label(),
                                       entered.value.text, why),
                           std::move(suggestion));
    return false;
  };
  const Calendar& calendar = context.dates.calendar;
  if (condition.variable == StateVariable::period) {
    if (!context.dates.periods_are_known) return true;
    for (int period = 1; period <= calendar.periods; ++period)
      if (holds(condition, period)) return true;
    if (calendar.periods == 1) {
      return never("one period is simulated",
                   "leave 'period' out, or add 'periods' to the calendar");
    }
    return never(fmt::format("there are {} periods", calendar.periods),
                 fmt::format("periods count from 1 to {}", calendar.periods));
  }
  if (entered.field.items != Kind::whole_weeks) {
    return condition.high > 0 || (condition.high == 0 && condition.high_included) ||
           never("it is 0 or more", {});
  }
  if (!context.dates.as_of) return true;  // Then the calendar is not known.
  const int weeks = calendar.period_weeks();
  for (int week = 1; week <= weeks; ++week)
    if (holds(condition, week)) return true;
  return never(fmt::format("the period has {} week{}", weeks, weeks == 1 ? "" : "s"),
               fmt::format("weeks count from 1 to {}", weeks));
}

void check_weeks(const std::vector<Condition>& conditions, const Object& when,
                 const RuleContext& context) {
  if (!context.dates.as_of) return;
  const Calendar& calendar = context.dates.calendar;
  const int weeks = calendar.period_weeks();
  const auto any_from = [&](int first) {
    for (int week = first; week < calendar.periods * weeks; ++week)
      if (holds_in_week(conditions, week, weeks)) return true;
    return false;
  };
  if (!any_from(0)) {
    context.findings.error(
        when.node().spot, when.path(),
        fmt::format("no week of the period fits both 'week' and 'weeks_left'; it has {} weeks",
                    weeks),
        "keep one of the two");
  } else if (!any_from(calendar.weeks_done())) {
    context.findings.warning(when.node().spot, when.path(),
                             fmt::format("the rule does nothing: its weeks are over on day one, {}",
                                         date_text(calendar.day_one())),
                             {});
  }
}

void check_state(const Entered& entered, const Condition& condition,
                 const std::vector<Condition>& earlier, const std::vector<Selected>& where,
                 const RuleContext& context) {
  Findings& findings = context.findings;
  const std::string label = entered.path.label();
  switch (condition.variable) {
    case StateVariable::attainment:
    case StateVariable::pace:
    case StateVariable::coverage: {
      const std::vector<int> periods = periods_of(earlier, context.dates.calendar);
      const auto has_quotas = [&periods](const Territory& territory) {
        return std::all_of(periods.begin(), periods.end(), [&territory](int period) {
          return quota_in(territory, period).has_value();
        });
      };
      const std::string names = names_without(where, context, has_quotas);
      if (names.empty()) return;
      const bool is_one = context.dates.calendar.periods == 1;
      findings.error(entered.value.spot, entered.path,
                     fmt::format("'{}' needs a quota{}, and there is none in {}", label,
                                 is_one ? "" : " in every period in which the rule holds", names),
                     is_one ? "give each a quota, or leave it out of the rule's 'where'"
                            : "give each a quota, leave it out of the rule's 'where', or say in "
                              "which 'period' the rule holds");
      return;
    }
    case StateVariable::activities:
      check_activity(entered, condition, where, context);
      [[fallthrough]];
    case StateVariable::wins:
    case StateVariable::leads:
      if (!context.dates.as_of || !counts_from_within(earlier, context.dates.calendar)) return;
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

}  // namespace attain::reading
