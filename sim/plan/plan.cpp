#include <attain/plan/plan.hpp>

#include "amounts.hpp"
#include "stage_law.hpp"

#include <attain/base/text.hpp>
#include <attain/random/draws.hpp>

#include <cmath>
#include <cstring>
#include <stdexcept>
#include <tuple>
#include <unordered_map>

namespace attain {

namespace {

/// A hash of names that says what a draw is for.
std::uint64_t place_of(const std::string& purpose, const std::string& first,
                       const std::string& second = {}) {
  std::string text = purpose;
  for (const std::string* part : {&first, &second}) {
    text += '\0';
    text += *part;
  }
  return mix64(name_hash(text));
}

/// Builds a plan, writing each different law of a stage once.
class Builder {
 public:
  explicit Builder(const Scenario& scenario) : scenario_(scenario) {
    plan_.steps = scenario.calendar.steps();
    plan_.steps_per_week = scenario.calendar.steps_per_week();
    plan_.thresholds = scenario.thresholds;
  }

  Plan build() {
    for (const Territory& territory : scenario_.territories) {
      if (room_for_deals(territory, scenario_.calendar) > most_deals_of_a_territory) {
        throw std::length_error("'" + territory.name + "' has more deals than the engine counts");
      }
      plan_.territories.push_back(territory_plan(territory));
    }
    plan_.groups = region_groups(scenario_);
    plan_.groups.push_back(company_group(scenario_));
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
    const auto index = static_cast<LawIndex>(plan_.departures.size());
    plan_.departures.insert(plan_.departures.end(), law.begin(), law.end());
    known_[stage_hash(stage)].push_back({&stage, phase, age_weeks, index});
    return index;
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
      flow.stages.push_back({stage.name, place_of(purpose + " move", stream.name, stage.name),
                             law_index(stage, Phase::entered), stage.activities});
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

  void add_counted(TerritoryPlan& plan, const Territory& territory, const OpenDeals& open) {
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
    for (OpenCell& cell : plan.flows[flow].open) {
      if (cell.place != place) continue;
      cell.count += open.count;
      return;
    }
    plan.flows[flow].open.push_back(
        {open.stage, open_law(stage, open.weeks_in_stage), open.count, place});
  }

  /// The flow of the stream's counted deals that bring this amount; made if it is the first.
  std::size_t flow_with_amount(TerritoryPlan& plan, const Stream& stream, const OpenDeals& open,
                               const std::string& purpose) {
    for (std::size_t i = plan.streams.size(); i < plan.flows.size(); ++i) {
      if (plan.flows[i].stream == open.stream && plan.flows[i].amount.fixed == *open.amount) {
        return i;
      }
    }
    plan.flows.push_back(flow_plan(stream, open.stream, purpose));
    plan.flows.back().amount = AmountPlans::fixed(*open.amount);
    return plan.flows.size() - 1;
  }

  TerritoryPlan territory_plan(const Territory& territory) {
    TerritoryPlan plan;
    plan.name = territory.name;
    plan.name_hash = name_hash(territory.name);
    plan.quota = territory.quota;
    plan.forecast = territory.forecast;
    for (std::size_t i = 0; i < territory.streams.size(); ++i) {
      const Stream& stream = territory.streams[i];
      plan.streams.push_back(stream.name);
      plan.flows.push_back(flow_plan(stream, i, "stream"));
      plan.flows.back().amount = amounts_.plan(stream.funnel.amount);
      add_arrivals(plan.flows.back(), stream);
    }
    for (const OpenDeals& open : territory.open) {
      if (!open.named()) {
        add_counted(plan, territory, open);
        continue;
      }
      const Stream& stream = territory.streams[open.stream];
      const Stage& stage = stream.funnel.stages[open.stage];
      plan.named.push_back(
          {open.deal, open.stream, open.stage, open_law(stage, open.weeks_in_stage),
           place_of("deal", open.deal), place_of("deal amount", open.deal),
           open.amount ? AmountPlans::fixed(*open.amount) : plan.flows[open.stream].amount});
    }
    return plan;
  }

  struct KnownLaw {
    const Stage* stage;
    Phase phase;
    double age_weeks;
    LawIndex index;
  };

  const Scenario& scenario_;
  Plan plan_;
  AmountPlans amounts_;
  std::unordered_map<std::uint64_t, std::vector<KnownLaw>> known_;
};

}  // namespace

Plan build_plan(const Scenario& scenario) { return Builder(scenario).build(); }

}  // namespace attain
