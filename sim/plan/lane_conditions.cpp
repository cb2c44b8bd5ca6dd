#include "lane_conditions.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace attain {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

bool is_of_time(StateVariable variable) {
  return variable == StateVariable::week || variable == StateVariable::weeks_left ||
         variable == StateVariable::period;
}

bool holds(const Condition& condition, double value) {
  return (condition.low_included ? value >= condition.low : value > condition.low) &&
         (condition.high_included ? value <= condition.high : value < condition.high);
}

/// Both bounds as numbers that belong to the range.
struct Bounds {
  double low;
  double high;
};

Bounds included(const Condition& condition) {
  return {condition.low_included ? condition.low : std::nextafter(condition.low, infinity),
          condition.high_included ? condition.high : std::nextafter(condition.high, -infinity)};
}

/// The whole cents x with low <= x / base <= high, where bounds count in millionths.
Bounds in_cents(const Condition& condition, double base_cents) {
  const auto bound = [base_cents](double share) {
    return static_cast<double>(std::llround(share * 1e6)) * base_cents / 1e6;
  };
  const double low = bound(condition.low);
  const double high = bound(condition.high);
  // Half a thousandth of a cent decides, so that no rounding of the product does.
  constexpr double hair = 5e-4;
  const double first = std::ceil(low - hair);
  const double last = std::floor(high + hair);
  return {condition.low_included || first > low + hair ? first : first + 1,
          condition.high_included || last < high - hair ? last : last - 1};
}

Bounds in_cents_or_none(const Condition& condition, double base_cents) {
  Bounds bounds{-infinity, infinity};
  Condition finite = condition;
  if (std::isinf(condition.low)) finite.low = 0;
  if (std::isinf(condition.high)) finite.high = 0;
  const Bounds made = in_cents(finite, base_cents);
  if (!std::isinf(condition.low)) bounds.low = made.low;
  if (!std::isinf(condition.high)) bounds.high = made.high;
  return bounds;
}

std::size_t variable_of(const Condition& condition, DynamicsPlan& dynamics) {
  const auto index = [](Variable variable) { return static_cast<std::size_t>(variable); };
  switch (condition.variable) {
    case StateVariable::wins: return index(Variable::wins);
    case StateVariable::leads: return index(Variable::leads);
    case StateVariable::open_deals: return index(Variable::open_deals);
    case StateVariable::pipeline: return index(Variable::pipeline);
    case StateVariable::coverage: return index(Variable::coverage);
    case StateVariable::utilization: return index(Variable::utilization);
    case StateVariable::activities: {
      if (condition.activity.empty()) return index(Variable::activities);
      auto& kinds = dynamics.activities;
      const auto known = std::find(kinds.begin(), kinds.end(), condition.activity);
      const auto kind = static_cast<std::size_t>(known - kinds.begin());
      if (known == kinds.end()) kinds.push_back(condition.activity);
      return index(Variable::activities) + 1 + kind;
    }
    default: return index(Variable::booked);
  }
}

}  // namespace

std::vector<bool> active_steps(const std::vector<Condition>& when, const Calendar& calendar) {
  std::vector<bool> active;
  for (int step = calendar.steps_done; step < calendar.all_steps(); ++step) {
    const int week = calendar.week_in_period(step) + 1;
    active.push_back(std::all_of(when.begin(), when.end(), [&](const Condition& condition) {
      switch (condition.variable) {
        case StateVariable::week: return holds(condition, week);
        case StateVariable::weeks_left: return holds(condition, calendar.period_weeks() - week + 1);
        case StateVariable::period: return holds(condition, calendar.period_of(step) + 1);
        default: return true;
      }
    }));
  }
  return active;
}

std::vector<LaneCondition> lane_conditions(const std::vector<Condition>& when,
                                           const Territory& territory, const Calendar& calendar,
                                           DynamicsPlan& dynamics) {
  std::vector<LaneCondition> made;
  const auto quota_at = [&](int step) {
    const std::optional<Money> quota = quota_in(territory, calendar.period_of(step));
    return quota ? static_cast<double>(quota->cents) : 0;
  };
  const Bounds never{infinity, -infinity};
  for (const Condition& condition : when) {
    if (is_of_time(condition.variable)) continue;
    LaneCondition lane;
    lane.variable = variable_of(condition, dynamics);
    const auto add = [&lane](const Bounds& bounds) {
      lane.low.push_back(bounds.low);
      lane.high.push_back(bounds.high);
    };
    switch (condition.variable) {
      case StateVariable::attainment:
        if (calendar.periods == 1) {
          add(in_cents_or_none(condition, quota_at(calendar.steps_done)));
          break;
        }
        for (int step = calendar.steps_done; step < calendar.all_steps(); ++step) {
          const double quota = quota_at(step);
          add(quota > 0 ? in_cents_or_none(condition, quota) : never);
        }
        break;
      case StateVariable::pace:
        for (int step = calendar.steps_done; step < calendar.all_steps(); ++step) {
          const int done = step % calendar.period_steps;
          const double quota = quota_at(step);
          const Bounds always{holds(condition, 1) ? -infinity : infinity, infinity};
          if (done == 0) {
            add(always);
          } else {
            add(quota > 0 ? in_cents_or_none(condition, quota * done / calendar.period_steps)
                          : never);
          }
        }
        break;
      case StateVariable::booked: add(in_cents_or_none(condition, 100)); break;
      default: add(included(condition));
    }
    dynamics.used.resize(std::max(dynamics.used.size(), lane.variable + 1));
    dynamics.used[lane.variable] = true;
    made.push_back(std::move(lane));
  }
  return made;
}

}  // namespace attain
