#include "dynamics.hpp"

#include "amounts.hpp"
#include "channels.hpp"
#include "lane_conditions.hpp"
#include "places.hpp"

#include <attain/base/significant.hpp>

#include <algorithm>
#include <cmath>

namespace attain {

namespace {

using As = ValueAs;
using By = Operation::By;

/// The last factor stays.
double factor_at(const std::vector<double>& factors, int index) {
  const int last = static_cast<int>(factors.size()) - 1;
  return factors[static_cast<std::size_t>(std::clamp(index, 0, last))];
}

/// Whole months from `start` to `day`, by the day of the month.
int months_between(std::chrono::sys_days start, std::chrono::sys_days day) {
  const std::chrono::year_month_day from(start);
  const std::chrono::year_month_day to(day);
  const int months = (static_cast<int>(to.year()) - static_cast<int>(from.year())) * 12 +
                     static_cast<int>(static_cast<unsigned>(to.month())) -
                     static_cast<int>(static_cast<unsigned>(from.month()));
  return months - (to.day() < from.day() ? 1 : 0);
}

double odds(double share) { return share / (1 - share); }

/// In byte order of names, so that the order in the file does not show.
template <class Named>
std::vector<const Named*> by_name(const std::vector<Named>& all) {
  std::vector<const Named*> sorted;
  for (const Named& each : all) sorted.push_back(&each);
  std::sort(sorted.begin(), sorted.end(),
            [](const Named* a, const Named* b) { return a->name < b->name; });
  return sorted;
}

/// What multiplies a channel in some steps and replications.
struct Acting {
  std::size_t channel;
  By by;
  double factor;           ///< Of By::factor.
  std::size_t source = 0;  ///< Of By::value and By::shock.
  double largest = 1;      ///< A bound on what it can be.
};

class DynamicsBuilder {
 public:
  DynamicsBuilder(Plan& plan, const Scenario& scenario, std::size_t index, DynamicsTools& tools)
      : plan_(plan),
        scenario_(scenario),
        territory_(scenario.territories[index]),
        index_(index),
        territory_plan_(plan.territories[index]),
        dynamics_(territory_plan_.dynamics),
        tools_(tools),
        values_(scenario, tools.tables, dynamics_),
        channels_(territory_, territory_plan_),
        by_step_(static_cast<std::size_t>(plan.steps)) {}

  void build() {
    add_uncertain_funnels();
    for (const Rule* rule : by_name(scenario_.rules)) add_rule(*rule);
    for (const Shock* shock : by_name(scenario_.shocks)) add_shock(*shock);
    add_effort();
    add_capacity();
    add_ramp();
    for (const Season& season : scenario_.seasons) add_season(season);
    close_weeks();
    dynamics_.channels = channels_.count();
    if (dynamics_.empty()) return;
    for (const std::vector<Operation>& operations : by_step_) {
      dynamics_.first_operation.push_back(dynamics_.operations.size());
      dynamics_.operations.insert(dynamics_.operations.end(), operations.begin(), operations.end());
    }
    dynamics_.first_operation.push_back(dynamics_.operations.size());
    share_channels();
    speeds_.resize(dynamics_.channels);
    add_clocks(plan_, scenario_, index_, speeds_, tools_.clocks);
  }

 private:
  [[nodiscard]] std::size_t steps() const { return by_step_.size(); }
  [[nodiscard]] int from_start(std::size_t step) const {
    return scenario_.calendar.steps_done + static_cast<int>(step);
  }
  [[nodiscard]] std::chrono::sys_days day_of(std::size_t step) const {
    return scenario_.calendar.day_of_step(from_start(step));
  }

  void act(std::size_t step, const std::vector<Acting>& acting,
           std::int32_t mask = Operation::everywhere) {
    for (const Acting& each : acting) {
      by_step_[step].push_back({static_cast<std::uint32_t>(each.channel), mask, each.by,
                                to_24_bits(each.factor), static_cast<std::uint32_t>(each.source)});
      // How far clocks can come.
      if (each.channel >= speeds_.size()) speeds_.resize(each.channel + 1);
      std::vector<double>& bounds = speeds_[each.channel];
      if (bounds.empty()) bounds.assign(steps(), 1);
      bounds[step] *= std::max(each.largest, 1.0);
    }
  }

  static Acting by_factor(std::size_t channel, double factor) {
    return {channel, By::factor, factor, 0, factor};
  }
  [[nodiscard]] Acting by_value(std::size_t channel, std::size_t value) const {
    return {channel, By::value, 1, value, values_.largest(value)};
  }

  // Uncertain numbers of funnels and streams; they stand before all that multiplies.

  void add_uncertain_funnels() {
    for (std::size_t s = 0; s < territory_.streams.size(); ++s) {
      const Stream& stream = territory_.streams[s];
      std::vector<Acting> acting;
      if (stream.leads_uncertain) {
        const std::size_t value = values_.value(*stream.leads_uncertain, As::share_of_mean);
        channels_.for_each({Knob::leads, {}}, s, [&](std::size_t channel, const Stage*) {
          acting.push_back(by_value(channel, value));
        });
      }
      for (std::size_t i = 0; i < stream.funnel.stages.size(); ++i) {
        add_uncertain_stage(stream.funnel.stages[i], s, i, acting);
      }
      for (std::size_t step = 0; step < steps(); ++step) act(step, acting);
      if (stream.funnel.amount_uncertain.any()) add_uncertain_amounts(stream, s);
    }
  }

  void add_uncertain_stage(const Stage& stage, std::size_t stream, std::size_t index,
                           std::vector<Acting>& acting) {
    StagePlan& plan = territory_plan_.flows[stream].stages[index];
    const UncertainIndex advance_weeks = number_of(stage.weeks_to_advance_uncertain);
    const UncertainIndex lost_weeks = number_of(stage.weeks_to_lost_uncertain);
    const auto with_clock = [&] { channels_.of_stage(Knob::speed, stream, index); };
    if (advance_weeks) plan.advance_choice = values_.choice(*advance_weeks);
    if (lost_weeks) plan.lost_choice = values_.choice(*lost_weeks);
    if (advance_weeks || lost_weeks) with_clock();
    if (stage.hours_uncertain) {
      plan.hours_value = values_.value(*stage.hours_uncertain, As::share_of_mean);
    }
    if (!stage.advance_uncertain) return;
    if (has_one_stay(stage)) {
      const std::size_t value = values_.value(*stage.advance_uncertain, As::odds_ratio);
      acting.push_back(by_value(channels_.of_stage(Knob::advance, stream, index), value));
    } else {
      plan.advance_value = values_.value(*stage.advance_uncertain, As::itself);
      with_clock();
    }
  }

  void add_uncertain_amounts(const Stream& stream, std::size_t index) {
    const UncertainMoments& moments = stream.funnel.amount_uncertain;
    const auto apply = [&](AmountPlan& amount) {
      if (moments.mean) amount.mean_value = values_.value(*moments.mean, As::share_of_mean);
      if (!moments.cv) return;
      amount.choice = values_.choice(*moments.cv);
      amount.cases.clear();
      for (std::size_t i = 0; i < LaneChoice::cases; ++i) {
        const double cv =
            std::clamp(case_of(scenario_.uncertain[*moments.cv].law, i), smallest_cv, largest_cv);
        amount.cases.push_back(tools_.amounts.shape_with_cv(stream.funnel.amount, cv));
      }
    };
    apply(territory_plan_.flows[index].amount);
    dynamics_.draws_amounts = true;
    std::size_t named = 0;
    for (const OpenDeals& open : territory_.open) {
      if (!open.named()) continue;
      AmountPlan& amount = territory_plan_.named[named++].amount;
      if (!open.due && !open.amount && open.stream == index) apply(amount);
    }
  }

  // Rules.

  void add_rule(const Rule& rule) {
    const auto selected = std::lower_bound(
        rule.where.begin(), rule.where.end(), index_,
        [](const Selected& where, std::size_t index) { return where.territory < index; });
    if (selected == rule.where.end() || selected->territory != index_ || rule.chance <= 0) return;
    const std::vector<bool> active = active_steps(rule.when, scenario_.calendar);
    if (std::find(active.begin(), active.end(), true) == active.end()) return;
    std::vector<Acting> acting;
    for (const Effect& effect : rule.then) add_effect(effect, *selected, acting);
    const std::int32_t mask = mask_of(rule);
    for (std::size_t step = 0; step < active.size(); ++step) {
      if (active[step]) act(step, acting, mask);
    }
  }

  void add_effect(const Effect& effect, const Selected& where, std::vector<Acting>& acting) {
    const auto own = [&](std::size_t channel) {
      return effect.factor_uncertain
                 ? by_value(channel, values_.value(*effect.factor_uncertain, As::itself))
                 : by_factor(channel, effect.factor);
    };
    for (const std::size_t stream : where.streams) {
      channels_.for_each(effect.on, stream, [&](std::size_t channel, const Stage* stage) {
        if (!effect.to) {
          acting.push_back(own(channel));
        } else if (stage->advance_uncertain) {
          acting.push_back(
              by_value(channel, values_.value(*stage->advance_uncertain, As::odds_to, *effect.to)));
        } else {
          acting.push_back(by_factor(channel, odds(*effect.to) / odds(stage->advance)));
        }
      });
    }
    if (effect.on.knob == Knob::amount && where.whole) {
      acting.push_back(own(channels_.dated_amounts()));
    }
  }

  std::int32_t mask_of(const Rule& rule) {
    RuleMask mask;
    mask.conditions = lane_conditions(rule.when, territory_, scenario_.calendar, dynamics_);
    const bool is_certain = rule.chance >= 1 && !rule.chance_uncertain;
    if (!is_certain) {
      mask.chance =
          static_cast<std::uint32_t>(std::floor(std::min(rule.chance, 1 - 0x1p-32) * 0x1p32));
      if (rule.chance_uncertain) {
        mask.chance_value = values_.value(*rule.chance_uncertain, As::itself);
      }
      mask.shared = !rule.chance_per_territory;
      mask.place = place_of("rule", rule.name);
    }
    if (mask.conditions.empty() && is_certain) return Operation::everywhere;
    dynamics_.masks.push_back(std::move(mask));
    return static_cast<std::int32_t>(dynamics_.masks.size()) - 1;
  }

  // Shocks.

  void add_shock(const Shock& shock) {
    if (shock.sd <= 0) return;
    ShockPlan made;
    made.place = place_of(
        "shock", shock.name,
        shock.shared_by == Shock::SharedBy::attribute ? shock.group[index_] : std::string());
    made.shared = shock.shared_by != Shock::SharedBy::territory;
    made.sd = to_24_bits(shock.sd);
    double largest_sd = shock.sd;
    if (shock.sd_uncertain) {
      made.sd_value = values_.value(*shock.sd_uncertain, As::itself);
      largest_sd = values_.largest(made.sd_value);
    }
    made.per_week = shock.per == Shock::Per::week;
    made.persistence = to_24_bits(shock.persistence);
    made.innovation = to_24_bits(std::sqrt(1 - shock.persistence * shock.persistence));
    const std::size_t source = dynamics_.shocks.size();
    dynamics_.shocks.push_back(made);
    // Beyond 6.5 standard deviations is one draw in 10^10.
    const double largest = std::exp(std::min(6.5 * largest_sd, 30.0));
    std::vector<Acting> acting;
    for (const std::size_t channel : channels_.everywhere(shock.on)) {
      acting.push_back({channel, By::shock, 1, source, largest});
    }
    for (std::size_t step = 0; step < steps(); ++step) act(step, acting);
  }

  // What follows acts on all replications alike, or by what they stand at.

  void add_effort() {
    dynamics_.effort = effort_plan(plan_, territory_plan_, territory_, &tools_.wins);
    if (!dynamics_.effort) return;
    constexpr double largest = 1.3;
    std::vector<Acting> acting;
    for (std::size_t s = 0; s < territory_.streams.size(); ++s) {
      const auto add = [&](std::size_t channel, const Stage*) {
        acting.push_back({channel, By::effort, 1, 0, largest});
      };
      if (territory_.streams[s].source == Source::own)
        channels_.for_each({Knob::leads, {}}, s, add);
      channels_.for_each({Knob::speed, {}}, s, add);
    }
    for (std::size_t step = 0; step < steps(); ++step) act(step, acting);
  }

  void add_capacity() {
    if (!territory_.capacity || !asks_for_hours(territory_)) return;
    dynamics_.closed = tools_.closed;
    dynamics_.capacity = uncertain_capacity(*territory_.capacity);
    const double hours = dynamics_.capacity ? 1 : territory_.capacity->selling_hours();
    const bool ramps = territory_.ramp && territory_.ramp->hours;
    std::vector<Acting> acting;
    for (const std::size_t channel : channels_.everywhere({Knob::speed, {}})) {
      acting.push_back({channel, By::capacity, 1});
    }
    for (std::size_t step = 0; step < steps(); ++step) {
      dynamics_.hours.push_back(hours * (ramps ? ramp_factor(step) : 1));
      act(step, acting);
    }
  }

  std::optional<CapacityPlan> uncertain_capacity(const Capacity& capacity) {
    CapacityPlan made;
    bool any = capacity.hours_uncertain || capacity.share_uncertain;
    const double share = capacity.share_uncertain ? 1 : capacity.selling_share;
    const auto add = [&](const UncertainIndex& number, double hours) {
      if (number) {
        made.terms.push_back({hours, values_.value(*number, As::share_of_mean)});
      } else {
        made.constant += hours;
      }
    };
    for (const OtherTime& taker : capacity.other_time) any = any || taker.hours_uncertain;
    if (!any) return {};
    add(capacity.hours_uncertain, capacity.hours_per_week * share);
    for (const OtherTime& taker : capacity.other_time) add(taker.hours_uncertain, -taker.hours);
    if (capacity.share_uncertain) {
      made.factors.push_back(values_.value(*capacity.share_uncertain, As::itself));
    }
    return made;
  }

  [[nodiscard]] double ramp_factor(std::size_t step) const {
    const Ramp& ramp = *territory_.ramp;
    return factor_at(ramp.by_month, months_between(ramp.start, day_of(step)));
  }

  void add_ramp() {
    if (!territory_.ramp) return;
    const Ramp& ramp = *territory_.ramp;
    for (std::size_t step = 0; step < steps(); ++step) {
      const double factor = ramp_factor(step);
      if (factor == 1) continue;
      std::vector<Acting> acting;
      const auto add = [&](std::size_t channel, const Stage*) {
        acting.push_back(by_factor(channel, factor));
      };
      for (std::size_t s = 0; s < territory_.streams.size(); ++s) {
        const bool own = territory_.streams[s].source == Source::own;
        if (ramp.all_leads || (ramp.own_leads && own)) {
          channels_.for_each({Knob::leads, {}}, s, add);
        }
        if (ramp.advance) channels_.for_each({Knob::advance, {}}, s, add);
      }
      act(step, acting);
    }
  }

  void act_everywhere(std::size_t step, const KnobOf& on, double factor) {
    if (factor == 1) return;
    std::vector<Acting> acting;
    for (const std::size_t channel : channels_.everywhere(on)) {
      acting.push_back(by_factor(channel, factor));
    }
    act(step, acting);
  }

  void add_season(const Season& season) {
    const Calendar& calendar = scenario_.calendar;
    for (std::size_t step = 0; step < steps(); ++step) {
      int index = calendar.week_in_period(from_start(step));
      if (season.by == Season::By::month) {
        const std::chrono::year_month_day day(day_of(step));
        index = static_cast<int>(static_cast<unsigned>(day.month())) - 1;
      }
      act_everywhere(step, season.on, factor_at(season.factors, index));
    }
  }

  void close_weeks() {
    for (std::size_t step = 0; step < steps(); ++step) {
      if (!tools_.closed[step]) continue;
      act_everywhere(step, {Knob::leads, {}}, 0);
      act_everywhere(step, {Knob::speed, {}}, 0);
    }
  }

  /// Deals with amounts of their own go the way of their stream's.
  void share_channels() {
    for (FlowPlan& flow : territory_plan_.flows) {
      if (!flow.stream) {
        flow.amount_channel = channels_.dated_amount_channel();
        continue;
      }
      const FlowPlan& of_stream = territory_plan_.flows[*flow.stream];
      const std::vector<Stage>& stages = territory_.streams[*flow.stream].funnel.stages;
      flow.amount_channel = of_stream.amount_channel;
      for (std::size_t s = 0; s < stages.size(); ++s) {
        StagePlan& stage = flow.stages[s];
        const StagePlan& its = of_stream.stages[s];
        stage.odds_channel = its.odds_channel;
        stage.speed_channel = its.speed_channel;
        stage.advance_value = its.advance_value;
        stage.advance_choice = its.advance_choice;
        stage.lost_choice = its.lost_choice;
        stage.hours_value = its.hours_value;
        stage.hours = stages[s].hours;
        if (has_one_stay(stages[s])) stage.one_share = to_24_bits(stages[s].advance);
      }
    }
  }

  static constexpr double smallest_cv = 0.01;
  static constexpr double largest_cv = 10;

  Plan& plan_;
  const Scenario& scenario_;
  const Territory& territory_;
  std::size_t index_;
  TerritoryPlan& territory_plan_;
  DynamicsPlan& dynamics_;
  DynamicsTools& tools_;
  LaneValues values_;
  Channels channels_;
  std::vector<std::vector<Operation>> by_step_;
  std::vector<std::vector<double>> speeds_;  ///< [channel][step] bounds; see add_clocks.
};

}  // namespace

void add_dynamics(Plan& plan, const Scenario& scenario, std::size_t index, DynamicsTools& tools) {
  DynamicsBuilder(plan, scenario, index, tools).build();
}

}  // namespace attain
