#include "effort.hpp"

#include "passage.hpp"

#include <attain/base/significant.hpp>

#include <boost/math/special_functions/erf.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace attain {

namespace {

/// In cents. What is known to the cent stays so; the rest is rounded like all that libm computes.
Worth worth_of(const AmountPlan& amount) {
  if (amount.kind == AmountPlan::Kind::fixed) return {static_cast<double>(amount.fixed.cents), 0};
  return {100.0 * to_24_bits(amount.expected), 1e4 * to_24_bits(amount.variance)};
}

class WinTables {
 public:
  WinTables(const Plan& plan, KnownWinTables& known) : plan_(plan), known_(known) {}

  /// Of a deal that is in a stage of the flow and leaves it by `law`.
  std::shared_ptr<const WinTable> in_stage(const FlowPlan& flow, std::size_t stage, LawIndex law) {
    std::vector<LawIndex> laws{law};
    for (std::size_t s = stage + 1; s < flow.stages.size(); ++s) laws.push_back(flow.stages[s].law);
    std::shared_ptr<const WinTable>& table = known_[laws];
    if (table) return table;
    std::shared_ptr<const WinTable> next;
    if (laws.size() > 1) next = in_stage(flow, stage + 1, laws[1]);
    table = std::make_shared<const WinTable>(from_stage(law, next.get()));
    return table;
  }

  /// Of a deal with a due date. No stage has its law.
  std::shared_ptr<const WinTable> dated(LawIndex law) {
    std::shared_ptr<const WinTable>& table = known_[{law}];
    if (!table) table = std::make_shared<const WinTable>(by_step(law));
    return table;
  }

 private:
  [[nodiscard]] const Departure& departure(LawIndex law, int clock) const {
    return plan_.departures[law + static_cast<std::size_t>(clock)];
  }

  /// The last clock that a deal can have: behind it nobody is left.
  [[nodiscard]] int last_clock(LawIndex law) const {
    int last = 0;
    while (last + 1 < plan_.steps && probability_of(departure(law, last).leave) < 1) ++last;
    return last;
  }

  /// `next` is the table of those who enter the stage behind; null: there is none.
  [[nodiscard]] WinTable from_stage(LawIndex law, const WinTable* next) const {
    WinTable table;
    table.last = last_clock(law);
    const auto clocks = static_cast<std::size_t>(table.last) + 1;
    table.chances.assign(clocks * static_cast<std::size_t>(plan_.period_steps + 1), 0.0F);
    for (int left = 1; left <= plan_.period_steps; ++left) {
      float* const row = table.chances.data() + static_cast<std::size_t>(left) * clocks;
      const float* const row_after = row - clocks;
      const double if_advanced =
          next != nullptr
              ? next->chances[static_cast<std::size_t>(left) * (next->last + std::size_t{1})]
              : 1.0;
      for (int clock = 0; clock <= table.last; ++clock) {
        const Departure& leaves = departure(law, clock);
        const double stay = 1 - probability_of(leaves.leave);
        const double if_stayed = row_after[std::min(clock + 1, table.last)];
        row[clock] = to_24_bits(probability_of(leaves.advance) * if_advanced + stay * if_stayed);
      }
    }
    return table;
  }

  [[nodiscard]] WinTable by_step(LawIndex law) const {
    WinTable table;
    table.last = plan_.steps - 1;
    table.chances.resize(static_cast<std::size_t>(plan_.steps));
    double after = 0;
    for (int step = plan_.steps - 1; step >= 0; --step) {
      if (plan_.steps_left(step) == 1) after = 0;
      const Departure& leaves = departure(law, step);
      const double stay = 1 - probability_of(leaves.leave);
      const float chance = to_24_bits(probability_of(leaves.advance) + stay * after);
      table.chances[static_cast<std::size_t>(step)] = chance;
      after = chance;
    }
    return table;
  }

  const Plan& plan_;
  KnownWinTables& known_;
};

/// Poisson counts of deals that are won with a chance each and bring an amount.
std::vector<Worth> leads_to_come(const Plan& plan, const TerritoryPlan& territory,
                                 const std::vector<EffortPlan::Flow>& flows) {
  std::vector<Worth> sums(1);
  for (int left = 1; left <= plan.period_steps; ++left) {
    Worth sum = sums.back();
    for (std::size_t f = 0; f < territory.flows.size(); ++f) {
      const Worth& amount = flows[f].amount;
      for (const ArrivalPlan& arrival : territory.flows[f].arrivals) {
        const WinTable& table = *flows[f].stages[arrival.stage];
        const double chance =
            table.chances[static_cast<std::size_t>(left) * (table.last + std::size_t{1})];
        const double wins = to_24_bits(arrival.mean) * chance;
        sum.mean += wins * amount.mean;
        sum.variance += wins * (amount.variance + amount.mean * amount.mean);
      }
    }
    sums.push_back(sum);
  }
  return sums;
}

/// exp(-z^2 / 2) at every 1/64 up to 8, then nothing.
std::vector<float> bell() {
  std::vector<float> values;
  for (int i = 0; i <= 512; ++i) {
    const double z = i / 64.0;
    values.push_back(to_24_bits(std::exp(-z * z / 2)));
  }
  values.push_back(0);
  return values;
}

double normal_quantile(double probability) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  if (probability <= 0) return -infinite;
  if (probability >= 1) return infinite;
  return to_24_bits(-std::sqrt(2.0) * boost::math::erfc_inv(2 * probability));
}

bool has_quota(const Plan& plan, const Territory& territory) {
  if (plan.steps == 0) return false;
  for (int period = plan.period_of(0); period <= plan.period_of(plan.steps - 1); ++period) {
    if (quota_in(territory, period)) return true;
  }
  return false;
}

}  // namespace

std::optional<EffortPlan> effort_plan(const Plan& plan, const TerritoryPlan& territory_plan,
                                      const Territory& territory, KnownWinTables* known) {
  if (!territory.effort || !territory.effort->any() || !has_quota(plan, territory)) return {};
  const Effort& effort = *territory.effort;
  EffortPlan made;
  made.bonus_pull = effort.bonus_pull;
  made.goal_gradient = effort.goal_gradient;
  made.give_up = effort.give_up;
  made.give_up_below = normal_quantile(effort.give_up_below);
  made.coast = effort.coast;
  made.bell = bell();

  KnownWinTables own;
  WinTables tables(plan, known != nullptr ? *known : own);
  for (const FlowPlan& flow : territory_plan.flows) {
    EffortPlan::Flow& to = made.flows.emplace_back();
    to.amount = worth_of(flow.amount);
    for (std::size_t s = 0; s < flow.stages.size() && flow.stream; ++s) {
      to.stages.push_back(tables.in_stage(flow, s, flow.stages[s].law));
    }
    for (const OpenCell& cell : flow.open) {
      to.open.push_back(flow.stream ? tables.in_stage(flow, cell.stage, cell.law)
                                    : tables.dated(cell.law));
    }
  }
  for (const NamedPlan& deal : territory_plan.named) {
    const FlowPlan& flow = territory_plan.flows[deal.flow];
    made.named.push_back({worth_of(deal.amount), flow.stream
                                                     ? tables.in_stage(flow, deal.stage, deal.law)
                                                     : tables.dated(deal.law)});
  }
  made.new_leads = leads_to_come(plan, territory_plan, made.flows);
  return made;
}

}  // namespace attain
