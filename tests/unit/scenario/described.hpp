#pragma once

#include <attain/model/scenario.hpp>

#include <fmt/format.h>

#include <string>

namespace attain::test {

/// Everything that a scenario says, as text: two with the same text are the same.
class Described {
 public:
  explicit Described(const Scenario& scenario) {
    put("scenario", scenario.name, scenario.currency);
    const Calendar& calendar = scenario.calendar;
    put("calendar", calendar.start.time_since_epoch().count(), calendar.period_steps,
        static_cast<int>(calendar.step), calendar.steps_done, calendar.periods);
    put("run", scenario.run.replications, scenario.run.seed);
    for (const double threshold : scenario.thresholds) put("threshold", threshold);
    put("company", money(scenario.company.quota), money(scenario.company.forecast),
        money(scenario.company.quotas));
    for (const auto& [name, targets] : scenario.region_targets)
      put("region", name, money(targets.quota), money(targets.forecast), money(targets.quotas));
    for (const Category& category : scenario.categories)
      put("category", category.name, category.chance);
    for (const HistoryRow& row : scenario.history) {
      put("history", row.period, row.territory, money(row.bookings), money(row.quota),
          money(row.forecast));
      for (const auto& [what, count] : row.counts) put("count", what, count);
    }
    for (const Territory& territory : scenario.territories) add(territory);
    for (const Rule& rule : scenario.rules) add(rule);
    for (const Season& season : scenario.seasons) {
      put("season", static_cast<int>(season.by), fmt::format("{}", fmt::join(season.factors, "/")),
          static_cast<int>(season.on.knob), season.on.stage);
    }
    for (const Shock& shock : scenario.shocks) {
      put("shock", shock.name, static_cast<int>(shock.on.knob), shock.on.stage, shock.sd,
          index(shock.sd_uncertain), static_cast<int>(shock.per), shock.persistence,
          static_cast<int>(shock.shared_by), shock.attribute,
          fmt::format("{}", fmt::join(shock.group, "/")));
    }
    for (const Uncertain& each : scenario.uncertain)
      put("uncertain", each.name, each.law.describe(), each.law.sd(), each.per_territory);
    for (const bool is_closed : scenario.closed_weeks) put("closed", is_closed);
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  static std::string money(const std::optional<Money>& amount) {
    return amount ? std::to_string(amount->cents) : "none";
  }
  static std::string money(const std::vector<std::optional<Money>>& amounts) {
    std::string all;
    for (const auto& amount : amounts) all += money(amount) + '/';
    return all;
  }
  static std::string index(const UncertainIndex& uncertain) {
    return uncertain ? std::to_string(*uncertain) : "certain";
  }
  static std::string index(const UncertainMoments& uncertain) {
    return index(uncertain.mean) + '/' + index(uncertain.cv);
  }
  static std::string day(const std::optional<std::chrono::sys_days>& date) {
    return date ? std::to_string(date->time_since_epoch().count()) : "none";
  }

  template <typename... Values>
  void put(const char* what, const Values&... values) {
    text_ += what;
    ((text_ += fmt::format(" | {}", values)), ...);
    text_ += '\n';
  }

  void add(const Territory& territory) {
    put("territory", territory.name, fmt::format("{}", fmt::join(territory.region, "/")),
        territory.segment, territory.owner, territory.note, money(territory.quota),
        money(territory.forecast), day(territory.forecast_called), money(territory.booked),
        money(territory.quotas), money({territory.actual.begin(), territory.actual.end()}));
    for (const auto& [name, value] : territory.attributes) put("attribute", name, value);
    if (territory.relief) {
      put("relief", money(territory.relief->before), territory.relief->share,
          territory.relief->why);
    }
    if (territory.capacity) {
      put("capacity", territory.capacity->hours_per_week, territory.capacity->selling_share,
          index(territory.capacity->hours_uncertain), index(territory.capacity->share_uncertain));
      for (const OtherTime& each : territory.capacity->other_time)
        put("taker", each.taker, each.hours, index(each.hours_uncertain));
    }
    if (const auto& ramp = territory.ramp) {
      put("ramp", day(ramp->start), fmt::format("{}", fmt::join(ramp->by_month, "/")), ramp->hours,
          ramp->own_leads, ramp->all_leads, ramp->advance);
    }
    if (const auto& effort = territory.effort) {
      put("effort", effort->bonus_pull, effort->goal_gradient, effort->give_up,
          effort->give_up_below, effort->coast);
    }
    for (const Stream& stream : territory.streams) add(stream);
    for (const OpenDeals& deals : territory.open) add(deals);
  }

  void add(const Stream& stream) {
    put("stream", stream.name, stream.leads_per_week, static_cast<int>(stream.source), stream.owner,
        fmt::format("{}", fmt::join(stream.enter, "/")), stream.funnel.name,
        stream.funnel.amount.describe(), stream.funnel.pipeline_from, index(stream.leads_uncertain),
        index(stream.funnel.amount_uncertain));
    for (const Stage& stage : stream.funnel.stages) {
      put("stage", stage.name, stage.advance, stage.weeks_to_advance.describe(),
          stage.weeks_to_lost.describe(), stage.hours, stage.owner, index(stage.advance_uncertain),
          index(stage.weeks_to_advance_uncertain), index(stage.weeks_to_lost_uncertain),
          index(stage.hours_uncertain));
      for (const Activity& activity : stage.activities)
        put("activity", activity.name, activity.on_entry, activity.per_week);
    }
  }

  void add(const Rule& rule) {
    put("rule", rule.name, rule.chance, rule.chance_per_territory, index(rule.chance_uncertain));
    for (const Selected& each : rule.where) {
      put("where", each.territory, fmt::format("{}", fmt::join(each.streams, "/")), each.whole);
    }
    for (const Condition& each : rule.when) {
      put("when", static_cast<int>(each.variable), each.activity, each.low, each.high,
          each.low_included, each.high_included);
    }
    for (const Effect& each : rule.then) {
      put("then", static_cast<int>(each.on.knob), each.on.stage, each.factor, each.to.value_or(-1),
          index(each.factor_uncertain));
    }
  }

  void add(const OpenDeals& deals) {
    put("open", deals.deal, deals.stream, deals.stage, deals.count, money(deals.amount),
        deals.weeks_in_stage.value_or(-1), deals.labels.category, deals.labels.account,
        deals.labels.owner, deals.labels.note);
    if (!deals.due) return;
    put("due", day(deals.due->date), deals.due->chance, deals.due->slip_chance,
        deals.due->slip_weeks.describe(), deals.due->amount.describe());
  }

  std::string text_;
};

inline std::string described(const Scenario& scenario) { return Described(scenario).text(); }

}  // namespace attain::test
