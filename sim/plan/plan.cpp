#include <attain/plan/plan.hpp>

#include "amounts.hpp"
#include "dated_flows.hpp"
#include "dynamics.hpp"
#include "places.hpp"
#include "progress.hpp"
#include "stage_law.hpp"

#include <attain/base/text.hpp>
#include <attain/random/draws.hpp>

#include <cmath>
#include <cstring>
#include <map>
#include <stdexcept>
#include <tuple>
#include <unordered_map>

namespace attain {

namespace {

std::vector<Span> spans_of(const Calendar& calendar, const Plan& plan) {
  std::vector<Span> spans;
  for (int period = calendar.current_period(); period < calendar.periods; ++period) {
    Span span;
    span.period = period + 1;
    span.first_step = std::max(period * calendar.period_steps - calendar.steps_done, 0);
    span.end_step = (period + 1) * calendar.period_steps - calendar.steps_done;
    span.first_week = plan.week_of(span.first_step);
    span.end_week = plan.week_of(span.end_step - 1) + 1;
    spans.push_back(span);
  }
  if (calendar.periods > 1) spans.push_back({{}, 0, plan.steps, 0, plan.weeks()});
  return spans;
}

/// Of a territory or a group.
template <class HasQuotas>
std::vector<Goals> goals_of(const HasQuotas& whose, const Calendar& calendar,
                            const std::vector<Span>& spans) {
  std::vector<Goals> goals;
  for (const Span& span : spans) {
    Goals made;
    made.quota = span.period ? quota_in(whose, *span.period - 1) : year_quota(whose, calendar);
    if (span.period && *span.period == calendar.current_period() + 1)
      made.forecast = whose.forecast;
    goals.push_back(made);
  }
  return goals;
}

/// Builds a plan, writing each different law of a stage once.
class Builder {
 public:
  Builder(const Scenario& scenario, const Plan* like)
      : scenario_(scenario),
        like_(like),
        amounts_(like != nullptr ? like->amount_shapes : std::vector<AmountShape>{}),
        tools_(scenario, amounts_, like) {
    plan_.steps = scenario.calendar.steps();
    plan_.first_step = scenario.calendar.steps_done;
    plan_.steps_per_week = scenario.calendar.steps_per_week();
    plan_.period_steps = scenario.calendar.period_steps;
    plan_.spans = spans_of(scenario.calendar, plan_);
    plan_.thresholds = scenario.thresholds;
  }

  Plan build() {
    for (const Territory& territory : scenario_.territories) {
      if (room_for_deals(territory, scenario_.calendar) > most_deals_of_a_territory) {
        throw std::length_error("'" + territory.name + "' has more deals than the engine counts");
      }
      plan_.territories.push_back(territory_plan(territory));
    }
    plan_.normal = like_ != nullptr ? like_->normal : normal_table();
    for (std::size_t i = 0; i < plan_.territories.size(); ++i) {
      add_dynamics(plan_, scenario_, i, tools_);
    }
    plan_.groups = region_groups(scenario_);
    plan_.groups.push_back(company_group(scenario_));
    for (const Group& group : plan_.groups) {
      plan_.group_goals.push_back(goals_of(group, scenario_.calendar, plan_.spans));
    }
    plan_.amount_shapes = amounts_.shapes();
    plan_.value_shapes = tools_.tables.shapes();
    plan_.stays = std::make_shared<StayGrids>(std::move(tools_.clocks.grids));
    return std::move(plan_);
  }

 private:
  enum class Phase { entered, aged, found };

  LawIndex law_index(const Stage& stage, Phase phase, double age_weeks = 0) {
    for (const KnownLaw& known : known_[stage_hash(stage)]) {
      if (known.phase == phase && known.age_weeks == age_weeks &&
          known.stage->advance == stage.advance &&
          known.stage->weeks_to_advance == stage.weeks_to_advance &&
          known.stage->weeks_to_lost == stage.weeks_to_lost) {
        return known.index;
      }
    }
    const auto law = phase == Phase::entered ? entered_law(stage, plan_.steps_per_week, plan_.steps)
                     : phase == Phase::aged
                         ? aged_law(stage, age_weeks, plan_.steps_per_week, plan_.steps)
                         : found_law(stage, plan_.steps_per_week, plan_.steps);
    const LawIndex index = add_law(law);
    known_[stage_hash(stage)].push_back({&stage, phase, age_weeks, index});
    return index;
  }

  LawIndex add_law(const std::vector<Departure>& law) {
    const auto index = static_cast<LawIndex>(plan_.departures.size());
    plan_.departures.insert(plan_.departures.end(), law.begin(), law.end());
    return index;
  }

  LawIndex law_index(const DueDate& due) {
    // Beyond date and chances there are few kinds of slips.
    auto& alike = known_due_[{due.date, due.chance, due.slip_chance}];
    for (const auto& [slip_weeks, index] : alike) {
      if (slip_weeks == due.slip_weeks) return index;
    }
    alike.emplace_back(due.slip_weeks, add_law(due_law(due, scenario_.calendar, tools_.closed)));
    return alike.back().second;
  }

  LawIndex open_law(const Stage& stage, const std::optional<double>& age_weeks) {
    return age_weeks ? law_index(stage, Phase::aged, *age_weeks) : law_index(stage, Phase::found);
  }

  static std::uint64_t stage_hash(const Stage& stage) {
    std::uint64_t hash = 0;
    for (const double number :
         {stage.advance, stage.weeks_to_advance.mean(), stage.weeks_to_lost.mean()}) {
      std::uint64_t bits = 0;
      std::memcpy(&bits, &number, sizeof bits);
      hash = mix64(hash + bits);
    }
    return hash;
  }

  FlowPlan flow_plan(const Stream& stream, std::size_t index, const std::string& purpose) {
    FlowPlan flow;
    flow.stream = index;
    flow.pipeline_from = stream.funnel.pipeline_from;
    for (const Stage& stage : stream.funnel.stages) {
      flow.stages.push_back({stage.name,
                             place_of(purpose + " move", stream.name, stage.name),
                             law_index(stage, Phase::entered),
                             stage.activities,
                             {}});
    }
    flow.amount_place = place_of(purpose + " amount", stream.name);
    return flow;
  }

  void add_arrivals(FlowPlan& flow, const Stream& stream) {
    for (std::size_t s = 0; s < stream.enter.size(); ++s) {
      const double mean = stream.leads_per_week * stream.enter[s] * plan_.step_weeks();
      if (mean <= 0) continue;
      ArrivalPlan arrival;
      arrival.stage = s;
      arrival.place = place_of("lead", stream.name, stream.funnel.stages[s].name);
      arrival.mean = mean;
      arrival.full_parts = static_cast<std::uint32_t>(mean / ArrivalPlan::full_mean);
      const double rest = mean - arrival.full_parts * ArrivalPlan::full_mean;
      arrival.full = cumulative_poisson(ArrivalPlan::full_mean);
      arrival.rest = cumulative_poisson(rest);
      flow.arrivals.push_back(std::move(arrival));
    }
  }

  static std::vector<std::uint32_t> cumulative_poisson(double mean) {
    std::vector<std::uint32_t> cumulative;
    double chance = std::exp(-mean);
    double sum = chance;
    for (int k = 0; k < 400; ++k) {
      const double scaled = std::floor(sum * 0x1p32 + 0.5);
      // Beyond here no draw of 32 bits reaches.
      if (scaled >= 0xffffffffp0) break;
      cumulative.push_back(static_cast<std::uint32_t>(scaled));
      chance *= mean / (k + 1);
      sum += chance;
    }
    return cumulative;
  }

  OpenEntryPlan add_counted(TerritoryPlan& plan, const Territory& territory,
                            const OpenDeals& open) {
    const Stream& stream = territory.streams[open.stream];
    const Stage& stage = stream.funnel.stages[open.stage];
    std::size_t flow = open.stream;
    std::string purpose = "open";
    if (open.amount) {
      purpose = "open at " + std::to_string(open.amount->cents);
      flow = flow_with_amount(plan, stream, open, purpose);
    }
    // Named by what they are, not by their line, and like entries are one, so that neither the
    // order in the file matters nor how a count is divided.
    const std::string age =
        open.weeks_in_stage
            ? std::to_string(age_in_64ths(*open.weeks_in_stage, plan_.steps_per_week))
            : std::string("any");
    const std::uint64_t place = place_of(purpose + " " + age, stream.name, stage.name);
    const LawIndex law = open_law(stage, open.weeks_in_stage);
    // Places name flows, too: a territory's cells are all told apart by them.
    std::vector<OpenCell>& cells = plan.flows[flow].open;
    const auto [known, is_new] = cell_of_.try_emplace(place, cells.size());
    if (is_new) {
      cells.push_back({open.stage, law, open.count, place});
    } else {
      cells[known->second].count += open.count;
    }
    return {flow, law};
  }

  /// The flow of the stream's counted deals that bring this amount; made if it is the first.
  std::size_t flow_with_amount(TerritoryPlan& plan, const Stream& stream, const OpenDeals& open,
                               const std::string& purpose) {
    const auto [known, is_new] =
        flow_of_amount_.try_emplace({open.stream, open.amount->cents}, plan.flows.size());
    if (!is_new) return known->second;
    plan.flows.push_back(flow_plan(stream, open.stream, purpose));
    plan.flows.back().amount = AmountPlans::fixed(*open.amount);
    take_progress(plan.flows.back(), plan.flows[open.stream]);
    return plan.flows.size() - 1;
  }

  OpenEntryPlan add_named(TerritoryPlan& plan, const Territory& territory, const OpenDeals& open) {
    const Stage& stage = territory.streams[open.stream].funnel.stages[open.stage];
    const OpenEntryPlan entry{open.stream, open_law(stage, open.weeks_in_stage)};
    plan.named.push_back(
        {open.deal, entry.flow, open.stage, entry.law, place_of("deal", open.deal),
         place_of("deal amount", open.deal),
         open.amount ? AmountPlans::fixed(*open.amount) : plan.flows[open.stream].amount});
    return entry;
  }

  TerritoryPlan territory_plan(const Territory& territory) {
    TerritoryPlan plan;
    cell_of_.clear();
    flow_of_amount_.clear();
    plan.name = territory.name;
    plan.name_hash = name_hash(territory.name);
    plan.goals = goals_of(territory, scenario_.calendar, plan_.spans);
    plan.booked = territory.booked;
    for (const Money& actual : territory.actual) plan.actual += actual;
    for (std::size_t i = 0; i < territory.streams.size(); ++i) {
      const Stream& stream = territory.streams[i];
      plan.streams.push_back(stream.name);
      plan.flows.push_back(flow_plan(stream, i, "stream"));
      plan.flows.back().amount = amounts_.plan(stream.funnel.amount);
      add_arrivals(plan.flows.back(), stream);
    }
    add_progress(plan, territory);
    plan.entries.resize(territory.open.size());
    DatedFlows dated(plan, amounts_, [this](const DueDate& due) { return law_index(due); });
    for (std::size_t i = 0; i < territory.open.size(); ++i) {
      const OpenDeals& open = territory.open[i];
      if (open.due && !open.named()) continue;
      plan.entries[i] = open.due       ? dated.add_named(open)
                        : open.named() ? add_named(plan, territory, open)
                                       : add_counted(plan, territory, open);
    }
    dated.add_renewals(territory.open);
    return plan;
  }

  struct KnownLaw {
    const Stage* stage;
    Phase phase;
    double age_weeks;
    LawIndex index;
  };

  const Scenario& scenario_;
  const Plan* like_;
  Plan plan_;
  AmountPlans amounts_;
  DynamicsTools tools_;
  // Of the territory at hand.
  std::unordered_map<std::uint64_t, std::size_t> cell_of_;  ///< By place, in its flow.
  std::map<std::pair<std::size_t, std::int64_t>, std::size_t> flow_of_amount_;
  std::unordered_map<std::uint64_t, std::vector<KnownLaw>> known_;
  std::map<std::tuple<std::optional<std::chrono::sys_days>, double, double>,
           std::vector<std::pair<Distribution, LawIndex>>>
      known_due_;
};

}  // namespace

void fix_uncertain(Plan& plan, std::size_t number, double probability) {
  for (TerritoryPlan& territory : plan.territories) {
    for (LaneValue& value : territory.dynamics.values) {
      if (value.number == number) value.fixed = probability;
    }
    for (LaneChoice& choice : territory.dynamics.choices) {
      if (choice.number == number) choice.fixed = probability;
    }
  }
}

Plan build_plan(const Scenario& scenario, const Plan* like) {
  return Builder(scenario, like).build();
}

}  // namespace attain
