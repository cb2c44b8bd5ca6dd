#include "dynamics.hpp"

#include "lane_conditions.hpp"
#include "places.hpp"
#include "stage_law.hpp"

#include <attain/base/significant.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace attain {

namespace {

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

/// Factors on channels that hold in the same steps and replications.
struct Acting {
  std::size_t channel;
  double factor;
};

class DynamicsBuilder {
 public:
  DynamicsBuilder(Plan& plan, const Scenario& scenario, std::size_t index, KnownClocks& clocks)
      : plan_(plan),
        scenario_(scenario),
        territory_(scenario.territories[index]),
        index_(index),
        territory_plan_(plan.territories[index]),
        dynamics_(territory_plan_.dynamics),
        by_step_(static_cast<std::size_t>(plan.steps)),
        clocks_(clocks) {}

  void build() {
    const std::vector<bool> closed = closed_steps(scenario_);
    add_rules();
    add_capacity(closed);
    add_ramp();
    for (const Season& season : scenario_.seasons) add_season(season);
    close_weeks(closed);
    dynamics_.channels = channels_;
    if (dynamics_.empty()) return;
    for (const std::vector<Operation>& operations : by_step_) {
      dynamics_.first_operation.push_back(dynamics_.operations.size());
      dynamics_.operations.insert(dynamics_.operations.end(), operations.begin(), operations.end());
    }
    dynamics_.first_operation.push_back(dynamics_.operations.size());
    add_clocks();
  }

 private:
  // Rules.

  void add_rules() {
    std::vector<const Rule*> rules;
    for (const Rule& rule : scenario_.rules) rules.push_back(&rule);
    std::sort(rules.begin(), rules.end(),
              [](const Rule* a, const Rule* b) { return a->name < b->name; });
    for (const Rule* rule : rules) {
      const auto selected = std::lower_bound(
          rule->where.begin(), rule->where.end(), index_,
          [](const Selected& where, std::size_t index) { return where.territory < index; });
      if (selected == rule->where.end() || selected->territory != index_) continue;
      if (rule->chance <= 0) continue;
      add_rule(*rule, *selected);
    }
  }

  void add_rule(const Rule& rule, const Selected& where) {
    const std::vector<bool> active = active_steps(rule.when, scenario_.calendar);
    if (std::find(active.begin(), active.end(), true) == active.end()) return;
    std::vector<Acting> acting;
    for (const Effect& effect : rule.then) add_effect(effect, where, acting);
    const std::int32_t mask = mask_of(rule);
    for (std::size_t step = 0; step < active.size(); ++step) {
      if (active[step]) act(step, acting, mask);
    }
  }

  void add_effect(const Effect& effect, const Selected& where, std::vector<Acting>& acting) {
    for (const std::size_t stream : where.streams) {
      for_each_channel(effect.on, stream, [&](std::size_t channel, const Stage* stage) {
        double factor = effect.factor;
        if (effect.to) factor = odds(*effect.to) / odds(stage->advance);
        acting.push_back({channel, factor});
      });
    }
    if (effect.on.knob == Knob::amount && where.whole) {
      acting.push_back({dated_amounts(), effect.factor});
    }
  }

  static double odds(double share) { return share / (1 - share); }

  std::int32_t mask_of(const Rule& rule) {
    RuleMask mask;
    mask.conditions = lane_conditions(rule.when, territory_, scenario_.calendar, dynamics_);
    if (rule.chance < 1) {
      mask.chance = static_cast<std::uint32_t>(std::floor(rule.chance * 0x1p32));
      mask.shared = !rule.chance_per_territory;
      mask.place = place_of("rule", rule.name);
    }
    if (mask.conditions.empty() && rule.chance >= 1) return Operation::everywhere;
    dynamics_.masks.push_back(std::move(mask));
    return static_cast<std::int32_t>(dynamics_.masks.size()) - 1;
  }

  void act(std::size_t step, const std::vector<Acting>& acting, std::int32_t mask) {
    for (const Acting& each : acting) {
      by_step_[step].push_back({static_cast<std::uint32_t>(each.channel), mask,
                                Operation::By::factor, to_24_bits(each.factor)});
    }
  }

  // Channels: made when something first touches them.

  std::size_t made(std::size_t& channel) {
    if (channel == no_channel) channel = channels_++;
    return channel;
  }

  /// Calls `use(channel, stage)` for each channel of a knob in one stream; the stage is null where
  /// the knob has none.
  template <class Use>
  void for_each_channel(const KnobOf& on, std::size_t stream, const Use& use) {
    FlowPlan& flow = territory_plan_.flows[stream];
    const std::vector<Stage>& stages = territory_.streams[stream].funnel.stages;
    switch (on.knob) {
      case Knob::leads: use(made(flow.leads_channel), nullptr); return;
      case Knob::amount: use(made(flow.amount_channel), nullptr); return;
      case Knob::speed:
      case Knob::advance:
        for (std::size_t s = 0; s < stages.size(); ++s) {
          if (!on.stage.empty() && stages[s].name != on.stage) continue;
          StagePlan& stage = flow.stages[s];
          use(made(on.knob == Knob::speed ? stage.speed_channel : stage.odds_channel), &stages[s]);
        }
    }
  }

  std::size_t dated_amounts() { return made(dated_amount_channel_); }

  // What acts on all replications alike.

  void act_everywhere(std::size_t step, const KnobOf& on, double factor) {
    if (factor == 1) return;
    std::vector<Acting> acting;
    const auto add = [&](std::size_t channel, const Stage*) {
      acting.push_back({channel, factor});
    };
    for (std::size_t s = 0; s < territory_.streams.size(); ++s) for_each_channel(on, s, add);
    if (on.knob == Knob::amount) acting.push_back({dated_amounts(), factor});
    act(step, acting, Operation::everywhere);
  }

  void add_capacity(const std::vector<bool>& closed) {
    const bool asked =
        std::any_of(territory_.streams.begin(), territory_.streams.end(), [](const Stream& stream) {
          return std::any_of(stream.funnel.stages.begin(), stream.funnel.stages.end(),
                             [](const Stage& stage) { return stage.hours > 0; });
        });
    if (!territory_.capacity || !asked) return;
    dynamics_.closed = closed;
    const double hours = territory_.capacity->selling_hours();
    const bool ramps = territory_.ramp && territory_.ramp->hours;
    for (std::size_t step = 0; step < by_step_.size(); ++step) {
      dynamics_.hours.push_back(hours * (ramps ? ramp_factor(step) : 1));
      for (std::size_t s = 0; s < territory_.streams.size(); ++s) {
        for_each_channel({Knob::speed, {}}, s, [&](std::size_t channel, const Stage*) {
          by_step_[step].push_back({static_cast<std::uint32_t>(channel), Operation::everywhere,
                                    Operation::By::capacity, 1});
        });
      }
    }
  }

  [[nodiscard]] std::chrono::sys_days day_of(std::size_t step) const {
    return scenario_.calendar.day_of_step(scenario_.calendar.steps_done + static_cast<int>(step));
  }

  [[nodiscard]] double ramp_factor(std::size_t step) const {
    const Ramp& ramp = *territory_.ramp;
    return factor_at(ramp.by_month, months_between(ramp.start, day_of(step)));
  }

  void add_ramp() {
    if (!territory_.ramp) return;
    const Ramp& ramp = *territory_.ramp;
    for (std::size_t step = 0; step < by_step_.size(); ++step) {
      const double factor = ramp_factor(step);
      if (factor == 1) continue;
      std::vector<Acting> acting;
      const auto add = [&](std::size_t channel, const Stage*) {
        acting.push_back({channel, factor});
      };
      for (std::size_t s = 0; s < territory_.streams.size(); ++s) {
        const bool own = territory_.streams[s].source == Source::own;
        if (ramp.all_leads || (ramp.own_leads && own)) for_each_channel({Knob::leads, {}}, s, add);
        if (ramp.advance) for_each_channel({Knob::advance, {}}, s, add);
      }
      act(step, acting, Operation::everywhere);
    }
  }

  void add_season(const Season& season) {
    const Calendar& calendar = scenario_.calendar;
    for (std::size_t step = 0; step < by_step_.size(); ++step) {
      int index = (calendar.steps_done + static_cast<int>(step)) / calendar.steps_per_week();
      if (season.by == Season::By::month) {
        const std::chrono::year_month_day day(day_of(step));
        index = static_cast<int>(static_cast<unsigned>(day.month())) - 1;
      }
      act_everywhere(step, season.on, factor_at(season.factors, index));
    }
  }

  void close_weeks(const std::vector<bool>& closed) {
    for (std::size_t step = 0; step < by_step_.size(); ++step) {
      if (!closed[step]) continue;
      act_everywhere(step, {Knob::leads, {}}, 0);
      act_everywhere(step, {Knob::speed, {}}, 0);
    }
  }

  // Clocks of stages whose speed may change.

  void add_clocks() {
    for (std::size_t f = 0; f < territory_plan_.flows.size(); ++f) {
      FlowPlan& flow = territory_plan_.flows[f];
      if (!flow.stream) {
        flow.amount_channel = dated_amount_channel_;
        continue;
      }
      const FlowPlan& of_stream = territory_plan_.flows[*flow.stream];
      const std::vector<Stage>& stages = territory_.streams[*flow.stream].funnel.stages;
      flow.amount_channel = of_stream.amount_channel;
      for (std::size_t s = 0; s < stages.size(); ++s) {
        StagePlan& stage = flow.stages[s];
        stage.odds_channel = of_stream.stages[s].odds_channel;
        stage.speed_channel = of_stream.stages[s].speed_channel;
        stage.hours = stages[s].hours;
        if (stages[s].weeks_to_advance == stages[s].weeks_to_lost) {
          stage.one_share = to_24_bits(stages[s].advance);
        }
        if (stage.speed_channel == no_channel) continue;
        stage.clock = clock_of(
            stage.law, stages[s], last_clock(stage.speed_channel),
            [&](int last) { return entered_survivals(stages[s], plan_.steps_per_week, last); });
      }
    }
    std::size_t named = 0;
    for (std::size_t i = 0; i < territory_.open.size(); ++i) {
      const OpenDeals& open = territory_.open[i];
      NamedPlan* const deal = open.named() ? &territory_plan_.named[named++] : nullptr;
      if (open.due) continue;
      const OpenEntryPlan& entry = territory_plan_.entries[i];
      FlowPlan& flow = territory_plan_.flows[entry.flow];
      const std::size_t channel = flow.stages[open.stage].speed_channel;
      if (channel == no_channel) continue;
      const Stage& stage = territory_.streams[open.stream].funnel.stages[open.stage];
      const std::size_t clock = clock_of(entry.law, stage, last_clock(channel), [&](int last) {
        return open.weeks_in_stage
                   ? aged_survivals(stage, *open.weeks_in_stage, plan_.steps_per_week, last)
                   : found_survivals(stage, plan_.steps_per_week, last);
      });
      if (open.weeks_in_stage) {
        plan_.clocks[clock].lost_at_once =
            is_impossibly_old(stage, rounded_age(*open.weeks_in_stage, plan_.steps_per_week));
      }
      if (deal != nullptr) {
        deal->clock = clock;
        continue;
      }
      for (OpenCell& cell : flow.open) {
        if (cell.law == entry.law && cell.stage == open.stage) cell.clock = clock;
      }
    }
  }

  /// How far a stage's clock can come, in 64ths: all factors above 1 at once, as far as tables go.
  int last_clock(std::size_t channel) const {
    constexpr double most = 1 << 20;
    double steps = 0;
    for (const std::vector<Operation>& operations : by_step_) {
      double speed = 1;
      for (const Operation& operation : operations) {
        if (operation.channel == channel) speed *= std::max(operation.factor, 1.0F);
      }
      steps += speed;
    }
    return static_cast<int>(std::min(std::ceil(steps) * 64 + 64, most));
  }

  template <class Survivals>
  std::size_t clock_of(LawIndex law, const Stage& stage, int last, const Survivals& survivals) {
    const auto [known, is_new] = clocks_.try_emplace({law, last}, plan_.clocks.size());
    if (!is_new) return known->second;
    ClockTable table;
    table.last = last;
    table.advance_share = to_24_bits(stage.advance);
    table.lost_share = to_24_bits(1 - stage.advance);
    const std::vector<Survival> values = survivals(last);
    table.advance = plan_.survivals.size();
    for (const Survival& value : values) plan_.survivals.push_back(value.advance);
    table.lost = table.advance;
    if (!(stage.weeks_to_advance == stage.weeks_to_lost)) {
      table.lost = plan_.survivals.size();
      for (const Survival& value : values) plan_.survivals.push_back(value.lost);
    }
    plan_.clocks.push_back(table);
    return known->second;
  }

  Plan& plan_;
  const Scenario& scenario_;
  const Territory& territory_;
  std::size_t index_;
  TerritoryPlan& territory_plan_;
  DynamicsPlan& dynamics_;
  std::vector<std::vector<Operation>> by_step_;
  std::size_t channels_ = 0;
  std::size_t dated_amount_channel_ = no_channel;
  KnownClocks& clocks_;
};

}  // namespace

void add_dynamics(Plan& plan, const Scenario& scenario, std::size_t index, KnownClocks& clocks) {
  DynamicsBuilder(plan, scenario, index, clocks).build();
}

}  // namespace attain
