#include <attain/plan/expectations.hpp>

#include "passage.hpp"
#include "stage_law.hpp"

#include <boost/math/tools/toms748_solve.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <unordered_map>

namespace attain {

namespace {

/// Ten years: how far ahead one looks for the week by which a deal has left its stage.
constexpr double longest_dwell_weeks = 520;

/// What remains of the stay of a deal that is in `stage` on day one: the mixture over its outcomes,
/// in continuous time.
class RemainingStay {
 public:
  /// `age_weeks` rounded as the engine does. A deal older than any can be has left at once.
  RemainingStay(const Stage& stage, std::optional<double> age_weeks)
      : stage_(stage),
        age_weeks_(age_weeks),
        same_stays_(stage.weeks_to_advance == stage.weeks_to_lost),
        there_(age_weeks && is_impossibly_old(stage, *age_weeks) ? 0 : weight(0)) {}

  /// P(still there after `weeks`).
  [[nodiscard]] double survival(double weeks) const {
    return there_ > 0 ? weight(weeks) / there_ : 0;
  }

  /// The first time by which it has left with this chance.
  [[nodiscard]] std::optional<double> left_by(double chance) const {
    // A hair less, so that the first of many such times counts where nobody leaves for a while.
    const double still = 1 - chance + 1e-12;
    const auto excess = [&](double weeks) { return survival(weeks) - still; };
    double low = 0;
    double excess_at_low = excess(low);
    if (excess_at_low <= 0) return 0;
    double high = 1;
    double excess_at_high = excess(high);
    while (excess_at_high > 0) {
      if (high >= longest_dwell_weeks) return {};
      low = high;
      excess_at_low = excess_at_high;
      high = std::min(2 * high, longest_dwell_weeks);
      excess_at_high = excess(high);
    }
    // Half a second is more than anybody reads off. Where a stay has atoms this still converges.
    const auto near_enough = [](double a, double b) { return std::abs(b - a) < 1e-6; };
    std::uintmax_t evaluations = 200;
    return boost::math::tools::toms748_solve(excess, low, high, excess_at_low, excess_at_high,
                                             near_enough, evaluations)
        .second;
  }

 private:
  [[nodiscard]] double weight(double weeks) const {
    if (same_stays_) return part(stage_.weeks_to_advance, weeks);
    return stage_.advance * part(stage_.weeks_to_advance, weeks) +
           (1 - stage_.advance) * part(stage_.weeks_to_lost, weeks);
  }
  [[nodiscard]] double part(const Distribution& stay, double weeks) const {
    if (!age_weeks_) return stay.excess_mean(weeks);
    return weeks == 0 ? stay.survival_from(*age_weeks_) : stay.survival(*age_weeks_ + weeks);
  }

  const Stage& stage_;
  std::optional<double> age_weeks_;
  bool same_stays_;  ///< Whatever the outcome.
  double there_;
};

class Expectations {
 public:
  Expectations(const Scenario& scenario, const Plan& plan)
      : scenario_(scenario), plan_(plan), passages_(plan) {}

  TerritoryExpectation of(std::size_t index) {
    const Territory& territory = scenario_.territories[index];
    const TerritoryPlan& plan = plan_.territories[index];
    TerritoryExpectation result;
    result.streams.resize(plan.streams.size());
    const auto part_of = [&result](const FlowPlan& flow) -> StreamExpectation& {
      return flow.stream ? result.streams[*flow.stream] : result.dated;
    };
    for (const FlowPlan& flow : plan.flows) add_flow(flow, part_of(flow));
    std::size_t named = 0;
    for (const OpenDeals& open : territory.open) {
      if (!open.named()) continue;
      const NamedPlan& deal = plan.named[named++];
      result.deals.push_back(deal_expectation(territory, open, plan, deal));
      StreamExpectation& stream = part_of(plan.flows[deal.flow]);
      stream.wins += result.deals.back().win_in_period;
      stream.bookings += result.deals.back().win_in_period * deal.amount.expected;
    }
    result.wins = result.dated.wins;
    result.bookings = territory.booked.units() + result.dated.bookings;
    for (const StreamExpectation& stream : result.streams) {
      result.wins += stream.wins;
      result.bookings += stream.bookings;
    }
    return result;
  }

 private:
  void add_flow(const FlowPlan& flow, StreamExpectation& stream) {
    double wins = 0;
    for (const ArrivalPlan& arrival : flow.arrivals) {
      stream.leads += arrival.mean * plan_.steps;
      const std::vector<double>& within = passages_.win_within(flow, arrival.stage);
      for (int n = 1; n <= plan_.steps; ++n) {
        wins += arrival.mean * within[static_cast<std::size_t>(n)];
      }
    }
    for (const OpenCell& cell : flow.open) {
      wins += cell.count * passages_.win_in_period(flow, cell.stage, cell.law);
    }
    stream.wins += wins;
    stream.bookings += wins * flow.amount.expected;
  }

  DealExpectation deal_expectation(const Territory& territory, const OpenDeals& open,
                                   const TerritoryPlan& plan, const NamedPlan& deal) {
    const FlowPlan& flow = plan.flows[deal.flow];
    DealExpectation result;
    const std::vector<double> chances = passages_.win_if_still_here(flow, deal.stage, deal.law);
    const std::vector<double> won = passages_.won_within(flow, deal.stage, deal.law);
    result.win_in_period = chances.front();
    const Passage& passage = passages_.of(deal.law);
    for (int week = 0; week < plan_.weeks(); ++week) {
      const auto steps = static_cast<std::size_t>(plan_.steps_until_end_of(week));
      result.won_by.push_back(won[steps]);
      result.win_if_still_here.push_back(
          passage.still[steps] > 0 ? std::optional<double>(chances[steps]) : std::nullopt);
    }
    const LeftBy left = open.due ? decided_by(*open.due) : left_stage_by(territory, open, deal.law);
    result.half_left_weeks = left.half;
    result.most_left_weeks = left.most;
    result.win_ever = open.due ? open.due->chance : win_ever(territory, open);
    return result;
  }

  [[nodiscard]] double win_ever(const Territory& territory, const OpenDeals& open) const {
    const std::vector<Stage>& stages = territory.streams[open.stream].funnel.stages;
    double chance =
        chance_to_advance(stages[open.stage], open.weeks_in_stage, plan_.steps_per_week);
    for (std::size_t s = open.stage + 1; s < stages.size(); ++s) chance *= stages[s].advance;
    return chance;
  }

  struct LeftBy {
    std::optional<double> half;
    std::optional<double> most;
  };

  const LeftBy& left_stage_by(const Territory& territory, const OpenDeals& open, LawIndex law) {
    const auto [entry, is_new] = left_by_.try_emplace(law);
    if (is_new) {
      std::optional<double> age = open.weeks_in_stage;
      if (age) age = rounded_age(*age, plan_.steps_per_week);
      const RemainingStay stay(territory.streams[open.stream].funnel.stages[open.stage], age);
      entry->second = {stay.left_by(0.5), stay.left_by(0.8)};
    }
    return entry->second;
  }

  /// The time until its last date is there; a named deal has a due date.
  [[nodiscard]] LeftBy decided_by(const DueDate& due) const {
    const double due_weeks = due_day(*due.date, scenario_.calendar) / 7.0;
    const auto weeks = [&](double chance) {
      const double on_time = 1 - due.slip_chance;
      if (chance <= on_time) return due_weeks;
      // A hair less, so that of a list of slips the first that is enough counts.
      const double slipped = (chance - on_time) / due.slip_chance - 1e-12;
      return slipped > 0 ? due_weeks + due.slip_weeks.quantile(slipped) : due_weeks;
    };
    return {weeks(0.5), weeks(0.8)};
  }

  const Scenario& scenario_;
  const Plan& plan_;
  Passages passages_;
  std::unordered_map<LawIndex, LeftBy> left_by_;
};

}  // namespace

std::vector<TerritoryExpectation> expectations(const Scenario& scenario, const Plan& plan) {
  Expectations expected(scenario, plan);
  std::vector<TerritoryExpectation> result;
  result.reserve(plan.territories.size());
  for (std::size_t i = 0; i < plan.territories.size(); ++i) result.push_back(expected.of(i));
  return result;
}

}  // namespace attain
