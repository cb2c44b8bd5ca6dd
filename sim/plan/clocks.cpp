#include "clocks.hpp"

#include "stage_law.hpp"

#include <attain/base/significant.hpp>

#include <algorithm>
#include <bit>
#include <cmath>

namespace attain {

namespace {

/// Where a distribution's cv has to lie.
constexpr double smallest_cv = 0.01;
constexpr double largest_cv = 10;

Distribution distribution_case(const Scenario& scenario, const Distribution& weeks,
                               const UncertainMoments& moments, std::size_t index) {
  const UncertainIndex number = number_of(moments);
  if (!number) return weeks;
  const double value = case_of(scenario.uncertain[*number].law, index);
  return moments.mean ? weeks.with_mean(value)
                      : weeks.with_cv(std::clamp(value, smallest_cv, largest_cv));
}

class ClockBuilder {
 public:
  ClockBuilder(Plan& plan, const Scenario& scenario, std::size_t index,
               const std::vector<std::vector<double>>& speeds, KnownClocks& known)
      : plan_(plan),
        scenario_(scenario),
        territory_(scenario.territories[index]),
        territory_plan_(plan.territories[index]),
        speeds_(speeds),
        known_(known) {}

  void build() {
    for (FlowPlan& flow : territory_plan_.flows) {
      if (!flow.stream) continue;
      const std::vector<Stage>& stages = territory_.streams[*flow.stream].funnel.stages;
      for (std::size_t s = 0; s < stages.size(); ++s) {
        StagePlan& stage = flow.stages[s];
        if (stage.speed_channel == no_channel) continue;
        stage.clock = clock_of(
            stage.law, stages[s], stage.speed_channel, {}, [&](const Stage& its, Clocks clocks) {
              return entered_survivals(its, known_.grids, plan_.steps_per_week, clocks);
            });
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
      const std::size_t clock = clock_of_open(open, entry.law, channel);
      if (deal != nullptr) {
        deal->clock = clock;
        continue;
      }
      for (OpenCell& cell : flow.open) {
        if (cell.law == entry.law && cell.stage == open.stage) cell.clock = clock;
      }
    }
  }

 private:
  using Survivals = std::function<std::vector<Survival>(const Stage&, Clocks)>;

  std::size_t clock_of_open(const OpenDeals& open, LawIndex law, std::size_t channel) {
    const Stage& stage = territory_.streams[open.stream].funnel.stages[open.stage];
    std::optional<double> age = open.weeks_in_stage;
    const Survivals survivals = [&](const Stage& its, Clocks clocks) {
      return age ? aged_survivals(its, *age, known_.grids, plan_.steps_per_week, clocks)
                 : found_survivals(its, known_.grids, plan_.steps_per_week, clocks);
    };
    if (age) age = rounded_age(*age, plan_.steps_per_week);
    return clock_of(law, stage, channel, age, survivals);
  }

  /// How far a stage's clock can come: in whole steps where nothing changes its speed, else in
  /// 64ths with all factors above 1 at once.
  [[nodiscard]] Clocks clocks_of(std::size_t channel) const {
    const std::vector<double>& speeds = speeds_[channel];
    if (speeds.empty()) return {64, plan_.steps};
    constexpr double most_steps = 1 << 24;  // As the engine counts them.
    double steps = 0;
    for (const double speed : speeds) steps += std::max(speed, 1.0);
    return {1, static_cast<int>(std::ceil(std::min(steps, most_steps)) * 64 + 64)};
  }

  /// One table, or one for each case of what is uncertain.
  std::vector<std::vector<Survival>> cases_of(const Stage& stage, std::optional<double> age,
                                              Clocks clocks, const Survivals& survivals) {
    const bool varies =
        number_of(stage.weeks_to_advance_uncertain) || number_of(stage.weeks_to_lost_uncertain);
    std::vector<std::vector<Survival>> cases;
    for (std::size_t i = 0; i < (varies ? LaneChoice::cases : 1); ++i) {
      const Stage its = varies ? stage_case(scenario_, stage, i) : stage;
      cases.push_back(survivals(its, clocks));
      // Nobody is there any more: what is left leaves at once.
      if (varies && age && is_impossibly_old(its, *age)) cases.back() = {Survival{0, 0}};
    }
    even_out(cases);
    return cases;
  }

  /// The same with strides so wide that tables stay small; `clocks` are then those.
  std::vector<std::vector<Survival>> small_cases_of(const Stage& stage, std::optional<double> age,
                                                    Clocks& clocks, const Survivals& survivals) {
    constexpr int most_entries = 1 << 18;
    const int far = clocks.last;
    while (true) {
      clocks.last = std::min(far / clocks.stride + 1, most_entries);
      auto cases = cases_of(stage, age, clocks, survivals);
      const Survival& end = cases.front().back();
      const bool is_over = end.advance <= 0 && end.lost <= 0;
      if (is_over || clocks.last < most_entries) return cases;
      clocks.stride *= 2;
    }
  }

  /// Lets all cases end where the longest one ends.
  static void even_out(std::vector<std::vector<Survival>>& cases) {
    std::size_t longest = 0;
    for (const std::vector<Survival>& values : cases) longest = std::max(longest, values.size());
    for (std::vector<Survival>& values : cases) values.resize(longest, Survival{0, 0});
  }

  std::size_t clock_of(LawIndex law, const Stage& stage, std::size_t channel,
                       std::optional<double> age, const Survivals& survivals) {
    Clocks clocks = clocks_of(channel);
    const UncertainIndex advance = number_of(stage.weeks_to_advance_uncertain);
    const UncertainIndex lost = number_of(stage.weeks_to_lost_uncertain);
    const auto [known, is_new] = known_.tables.try_emplace(
        {law, clocks.last, clocks.stride, advance, lost}, plan_.clocks.size());
    if (!is_new) return known->second;
    const bool in_steps = clocks.stride == 64;
    const std::vector<std::vector<Survival>> cases =
        in_steps ? cases_of(stage, age, clocks, survivals)
                 : small_cases_of(stage, age, clocks, survivals);
    ClockTable table;
    table.shift = std::countr_zero(static_cast<unsigned>(clocks.stride));
    table.advance_share = to_24_bits(stage.advance);
    table.lost_share = to_24_bits(1 - stage.advance);
    table.advance_varies = advance.has_value();
    table.lost_varies = lost.has_value();
    table.lost_at_once = !advance && !lost && age && is_impossibly_old(stage, *age);
    table.last = static_cast<std::int32_t>(cases.front().size()) - 1;
    table.advance = plan_.survivals.size();
    for (std::size_t i = 0; i < (table.advance_varies ? cases.size() : 1); ++i) {
      for (const Survival& value : cases[i]) plan_.survivals.push_back(value.advance);
    }
    table.lost = table.advance;
    if (!has_one_stay(stage)) {
      table.lost = plan_.survivals.size();
      for (std::size_t i = 0; i < (table.lost_varies ? cases.size() : 1); ++i) {
        for (const Survival& value : cases[i]) plan_.survivals.push_back(value.lost);
      }
    }
    plan_.clocks.push_back(table);
    return known->second;
  }

  Plan& plan_;
  const Scenario& scenario_;
  const Territory& territory_;
  TerritoryPlan& territory_plan_;
  const std::vector<std::vector<double>>& speeds_;
  KnownClocks& known_;
};

}  // namespace

bool has_one_stay(const Stage& stage) {
  return stage.weeks_to_advance == stage.weeks_to_lost &&
         stage.weeks_to_advance_uncertain == stage.weeks_to_lost_uncertain;
}

UncertainIndex number_of(const UncertainMoments& moments) {
  return moments.mean ? moments.mean : moments.cv;
}

Stage stage_case(const Scenario& scenario, const Stage& stage, std::size_t index) {
  Stage its = stage;
  its.weeks_to_advance =
      distribution_case(scenario, stage.weeks_to_advance, stage.weeks_to_advance_uncertain, index);
  its.weeks_to_lost =
      distribution_case(scenario, stage.weeks_to_lost, stage.weeks_to_lost_uncertain, index);
  return its;
}

void add_clocks(Plan& plan, const Scenario& scenario, std::size_t index,
                const std::vector<std::vector<double>>& speeds, KnownClocks& known) {
  ClockBuilder(plan, scenario, index, speeds, known).build();
}

}  // namespace attain
