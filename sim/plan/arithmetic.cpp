#include <attain/plan/arithmetic.hpp>

#include "passage.hpp"
#include "stage_law.hpp"

#include <algorithm>

namespace attain {

namespace {

double product(const std::vector<double>& factors) {
  double result = 1;
  for (const double factor : factors) result *= factor;
  return result;
}

std::vector<double> advances_from(const std::vector<Stage>& stages, std::size_t first) {
  std::vector<double> advance;
  for (std::size_t s = first; s < stages.size(); ++s) advance.push_back(stages[s].advance);
  return advance;
}

/// How many deals come into each stage in each step, and how many are there at its start.
class DealFlow {
 public:
  DealFlow(const FlowPlan& flow, int steps, Passages& passages)
      : flow_(flow),
        steps_(static_cast<std::size_t>(steps)),
        passages_(passages),
        entered_(flow.stages.size(), std::vector<double>(steps_)),
        present_(flow.stages.size(), 0.0) {}

  void add_new() {
    for (const ArrivalPlan& arrival : flow_.arrivals) {
      for (double& entered : entered_[arrival.stage]) entered += arrival.mean;
    }
  }

  /// Deals that are there on day one, without having entered.
  void add_open(std::size_t stage, LawIndex law, double count) {
    const Passage& passage = passages_.of(law);
    for (std::size_t t = 0; t < steps_; ++t) {
      present_[stage] += count * passage.still[t];
      if (stage + 1 < entered_.size()) entered_[stage + 1][t] += count * passage.advance[t];
    }
  }

  /// Lets all that has entered go on to the end. Only once.
  void run() {
    for (std::size_t s = 0; s < entered_.size(); ++s) {
      const Passage& passage = passages_.of(flow_.stages[s].law);
      for (std::size_t entry = 0; entry < steps_; ++entry) {
        const double count = entered_[s][entry];
        if (count == 0) continue;
        for (std::size_t t = entry; t < steps_; ++t) {
          if (t > entry) present_[s] += count * passage.still[t - entry];
          if (s + 1 < entered_.size()) {
            entered_[s + 1][t] += count * passage.advance[t - entry];
          }
        }
      }
    }
  }

  [[nodiscard]] double entered(std::size_t stage) const {
    double sum = 0;
    for (const double count : entered_[stage]) sum += count;
    return sum;
  }
  /// Summed over the starts of all steps.
  [[nodiscard]] double present(std::size_t stage) const { return present_[stage]; }

 private:
  const FlowPlan& flow_;
  std::size_t steps_;
  Passages& passages_;
  std::vector<std::vector<double>> entered_;  ///< [stage][step]
  std::vector<double> present_;               ///< [stage]
};

class Arithmetic {
 public:
  Arithmetic(const Scenario& scenario, const Plan& plan, std::size_t territory)
      : territory_(scenario.territories[territory]),
        plan_(plan),
        territory_plan_(plan.territories[territory]),
        passages_(plan) {}

  TerritoryArithmetic work_out() {
    result_.booked = territory_.booked.units();
    for (std::size_t i = 0; i < territory_.streams.size(); ++i) add_new_deals(i);
    add_open_deals();
    for (std::size_t f = 0; f < territory_plan_.flows.size(); ++f) add_activities(f);
    return std::move(result_);
  }

 private:
  void add_new_deals(std::size_t stream) {
    const FlowPlan& flow = territory_plan_.flows[stream];
    const std::vector<Stage>& stages = territory_.streams[stream].funnel.stages;
    for (const ArrivalPlan& arrival : flow.arrivals) {
      NewDeals row;
      row.stream = stream;
      row.stage = arrival.stage;
      row.leads = arrival.mean * plan_.steps;
      row.advance = advances_from(stages, arrival.stage);
      const std::vector<double>& within = passages_.win_within(flow, arrival.stage);
      for (std::size_t n = 1; n < within.size(); ++n) row.wins += arrival.mean * within[n];
      const double ever = row.leads * product(row.advance);
      row.share_in_time = ever > 0 ? row.wins / ever : 0;
      row.amount = flow.amount.expected;
      row.bookings = row.wins * row.amount;
      result_.new_deals.push_back(std::move(row));
    }
    result_.in_time_by_week.push_back(in_time_by_week(stream));
  }

  /// New deals that start in several stages count by how many of them will be won.
  std::vector<double> in_time_by_week(std::size_t stream) {
    const FlowPlan& flow = territory_plan_.flows[stream];
    const Stream& funnel = territory_.streams[stream];
    double ever = 0;
    std::vector<double> in_time(static_cast<std::size_t>(plan_.weeks()), 0.0);
    for (std::size_t s = 0; s < funnel.enter.size(); ++s) {
      if (funnel.enter[s] <= 0) continue;
      ever += funnel.enter[s] * product(advances_from(funnel.funnel.stages, s));
      const std::vector<double>& within = passages_.win_within(flow, s);
      for (int step = 0; step < plan_.steps; ++step) {
        const int week = plan_.week_of(step);
        const int begin = week == 0 ? 0 : plan_.steps_until_end_of(week - 1);
        in_time[static_cast<std::size_t>(week)] +=
            funnel.enter[s] * within[static_cast<std::size_t>(plan_.steps - step)] /
            (plan_.steps_until_end_of(week) - begin);
      }
    }
    // Rounded thresholds may lift a certainty by some 1e-9.
    for (double& chance : in_time) chance = ever > 0 ? std::min(chance / ever, 1.0) : 0;
    return in_time;
  }

  void add_open_deals() {
    for (std::size_t i = 0; i < territory_.open.size(); ++i) {
      const OpenDeals& open = territory_.open[i];
      const OpenEntryPlan& planned = territory_plan_.entries[i];
      const FlowPlan& flow = territory_plan_.flows[planned.flow];
      OpenDealsExpectation row;
      row.deal = open.deal;
      row.dated = open.due.has_value();
      row.stream = open.stream;
      row.stage = open.stage;
      row.weeks_in_stage = open.weeks_in_stage;
      row.count = open.count;
      row.amount_is_stated = open.amount.has_value();
      row.amount = open.amount || open.due ? mean_amount(open, territory_) : flow.amount.expected;
      row.in_pipeline = row.dated || open.stage >= flow.pipeline_from;
      row.win_in_period = passages_.win_in_period(flow, row.dated ? 0 : open.stage, planned.law);
      row.win_ever = row.dated ? open.due->chance : win_ever(open);
      row.bookings = row.count * row.win_in_period * row.amount;
      if (row.in_pipeline) result_.pipeline += row.count * row.amount;
      result_.open.push_back(std::move(row));
    }
  }

  double win_ever(const OpenDeals& open) const {
    const std::vector<Stage>& stages = territory_.streams[open.stream].funnel.stages;
    return chance_to_advance(stages[open.stage], open.weeks_in_stage, plan_.steps_per_week) *
           product(advances_from(stages, open.stage + 1));
  }

  void add_activities(std::size_t f) {
    const FlowPlan& flow = territory_plan_.flows[f];
    DealFlow from_new(flow, plan_.steps, passages_);
    from_new.add_new();
    from_new.run();
    DealFlow from_open(flow, plan_.steps, passages_);
    for (const OpenCell& cell : flow.open) from_open.add_open(cell.stage, cell.law, cell.count);
    for (const NamedPlan& deal : territory_plan_.named) {
      if (deal.flow == f) from_open.add_open(deal.stage, deal.law, 1);
    }
    from_open.run();
    for (std::size_t s = 0; s < flow.stages.size(); ++s) {
      for (const Activity& activity : flow.stages[s].activities) {
        const auto count = [&](const DealFlow& deals) {
          return activity.on_entry * deals.entered(s) +
                 activity.per_week * deals.present(s) * plan_.step_weeks();
        };
        ActivityExpectation& total = activity_named(activity.name);
        total.from_new += count(from_new);
        total.from_open += count(from_open);
      }
    }
  }

  ActivityExpectation& activity_named(const std::string& name) {
    for (ActivityExpectation& known : result_.activities) {
      if (known.name == name) return known;
    }
    result_.activities.push_back({name, 0, 0});
    return result_.activities.back();
  }

  const Territory& territory_;
  const Plan& plan_;
  const TerritoryPlan& territory_plan_;
  Passages passages_;
  TerritoryArithmetic result_;
};

}  // namespace

TerritoryArithmetic arithmetic(const Scenario& scenario, const Plan& plan, std::size_t territory) {
  return Arithmetic(scenario, plan, territory).work_out();
}

}  // namespace attain
