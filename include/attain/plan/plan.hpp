#pragma once

#include <attain/base/money.hpp>
#include <attain/model/scenario.hpp>
#include <attain/plan/dynamics_plan.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace attain {

class StayGrids;

/// What becomes of a deal that is still in its stage, in the step in which its clock goes from k to
/// k + 1: chances as multiples of 2^-32; all ones mean certainty. advance <= leave.
struct Departure {
  std::uint32_t leave = 0;
  std::uint32_t advance = 0;
};

/// Where a stage's departures begin in `Plan::departures`; entry k is for the clock k.
using LawIndex = std::uint32_t;

/// The law of a stage as survivals by clock, for stages whose speed may change or whose law is
/// uncertain: entries of Plan::survivals from `advance` and from `lost` on, one for each 2^shift
/// 64ths of a step, up to the entry `last`.
struct ClockTable {
  std::size_t advance = 0;
  std::size_t lost = 0;  ///< The same as `advance` where the stay is one whatever the outcome.
  std::int32_t last = 0;
  std::int32_t shift = 0;
  float advance_share = 0;
  float lost_share = 0;
  /// Where a stay is uncertain there are 16 tables one behind the other, each of `last` + 1.
  bool advance_varies = false;
  bool lost_varies = false;
  bool lost_at_once = false;  ///< Older than any deal can be.
};

/// Where nothing touches a knob.
inline constexpr std::size_t no_channel = static_cast<std::size_t>(-1);

/// Quantiles of a continuous distribution with mean 1 as piecewise quadratics, so that the engine
/// draws amounts with + and x alone (see AmountCells).
struct AmountTable {
  std::vector<float> coefficients;  ///< Of all cells the constant, then linear, then square ones.
};

/// What an uncertain number is turned into before it is used; monotone.
enum class ValueAs {
  itself,
  share_of_mean,  ///< x / mean
  odds_ratio,     ///< odds(x) / odds(mean)
  odds_to         ///< odds(target) / odds(x)
};

/// A table and what it is of.
struct ValueShape {
  NumberLaw law;
  ValueAs as;
  double target;  ///< Of ValueAs::odds_to.
  std::shared_ptr<const ValueTable> table;
};

/// A table and the distribution, of mean 1, that it is of.
struct AmountShape {
  Distribution distribution;
  std::shared_ptr<const AmountTable> table;
};

/// Draws from a finite set in constant time (Walker 1977, alias method).
struct AliasTable {
  std::vector<std::uint32_t> keep;   ///< Chance x 2^32 that column i gives its own value.
  std::vector<std::uint32_t> alias;  ///< The value that it gives otherwise.
  std::vector<float> values;         ///< In units of the currency.
};

/// How much a won deal brings.
struct AmountPlan {
  enum class Kind { fixed, quantiles, alias };
  Kind kind = Kind::fixed;
  Money fixed;
  float mean = 0;  ///< In units of the currency; scales `quantiles`.
  std::shared_ptr<const AmountTable> quantiles;
  std::shared_ptr<const AliasTable> alias;
  double expected = 0;                ///< In units of the currency.
  double variance = 0;                ///< Of the square of that.
  std::size_t mean_value = no_value;  ///< Times this one of DynamicsPlan::values.
  /// Where the cv is uncertain: in place of `quantiles`, by LaneChoice.
  std::vector<std::shared_ptr<const AmountTable>> cases;
  std::size_t choice = no_value;  ///< Index into DynamicsPlan::choices.
};

struct StagePlan {
  std::string name;
  std::uint64_t place = 0;  ///< Address of the draws that move deals of this stage.
  LawIndex law = 0;         ///< Of deals that enter during the quarter.
  std::vector<Activity> activities;
  double hours = 0;  ///< That a deal in it asks for, a week.
  /// Advancing, of those who leave; -1 where the stay differs by outcome, and so does this by
  /// clock.
  float one_share = -1;
  std::size_t speed_channel = no_channel;
  std::size_t odds_channel = no_channel;
  std::size_t clock = 0;  ///< Index into Plan::clocks, where there is a speed channel.
  std::size_t advance_value = no_value;  ///< In place of the clock's shares.
  std::size_t advance_choice =
      no_value;  ///< Index into DynamicsPlan::choices, of a stay that varies.
  std::size_t lost_choice = no_value;
  std::size_t hours_value = no_value;  ///< In place of `hours`.
  /// Where advancing into the stage is counted in TerritoryPlan::progress; none for first stages.
  std::optional<std::size_t> progress;
};

/// New deals that start in one stage: Poisson(mean) a step, drawn by inversion in parts of mean 64
/// and one with the rest. A larger mean only adds to what a smaller one draws.
struct ArrivalPlan {
  static constexpr double full_mean = 64;

  std::size_t stage = 0;
  std::uint64_t place = 0;
  double mean = 0;  ///< A step.
  std::uint32_t full_parts = 0;
  std::vector<std::uint32_t> full;  ///< P(count of a full part <= k) x 2^32.
  std::vector<std::uint32_t> rest;  ///< Of the last part.
};

/// Deals on day one that are alike and keep no identity.
struct OpenCell {
  std::size_t stage = 0;
  LawIndex law = 0;
  int count = 0;
  std::uint64_t place = 0;
  std::size_t clock = 0;  ///< Index into Plan::clocks, where the stage has a speed channel.
};

/// Deals that go through the same stages and bring amounts of the same kind: a stream, or those of
/// its counted open deals that have an amount of their own; or deals with a due date, which belong
/// to no stream and wait in one stage to be decided.
struct FlowPlan {
  std::optional<std::size_t> stream;
  std::vector<StagePlan> stages;
  std::size_t pipeline_from = 0;
  std::vector<ArrivalPlan> arrivals;
  std::vector<OpenCell> open;
  AmountPlan amount;
  std::uint64_t amount_place = 0;
  std::size_t leads_channel = no_channel;
  std::size_t amount_channel = no_channel;
  std::optional<std::size_t> leads_progress;  ///< Where its leads are counted; none without leads.
};

/// What is counted in every week of each of the first `progress_replications` replications, so that
/// a status meeting has a range to compare with: leads, or deals that advanced into a stage, of one
/// owner; or wins. Cumulative from day one.
struct ProgressPlan {
  enum class Kind { leads, stage, wins };
  Kind kind = Kind::wins;
  std::string owner;
  std::string stage;  ///< Of Kind::stage.
};

/// As many futures as a range of 8 in 10 takes: its ends are then exact to about one point.
inline constexpr std::int64_t progress_replications = 8192;

/// A named open deal.
struct NamedPlan {
  std::string deal;
  std::size_t flow = 0;
  std::size_t stage = 0;
  LawIndex law = 0;  ///< In the stage of day one.
  std::uint64_t place = 0;
  std::uint64_t amount_place = 0;
  AmountPlan amount;
  std::size_t clock = 0;  ///< As in OpenCell.
};

/// What is to be booked in a span.
struct Goals {
  std::optional<Money> quota;
  std::optional<Money> forecast;  ///< Only of the period of day one.
};

/// Where an entry of Territory::open is in the plan.
struct OpenEntryPlan {
  std::size_t flow = 0;
  LawIndex law = 0;  ///< By which it leaves its stage, or is decided.
};

struct TerritoryPlan {
  std::string name;
  std::uint64_t name_hash = 0;
  std::vector<std::string> streams;    ///< Names.
  std::vector<FlowPlan> flows;         ///< The first `streams.size()` are the streams themselves.
  std::vector<NamedPlan> named;        ///< In the order of Territory::open.
  std::vector<OpenEntryPlan> entries;  ///< As in Territory::open.
  std::vector<ProgressPlan> progress;  ///< The last one is wins.
  std::vector<Goals> goals;            ///< As in Plan::spans.
  Money booked;                        ///< In the current period before day one.
  Money actual;                        ///< In the periods before it.
  DynamicsPlan dynamics;
};

/// What results are given for: each simulated period, then the year where the calendar has several
/// periods.
struct Span {
  std::optional<int> period;  ///< From 1; none: the year.
  int first_step = 0;         ///< That is simulated.
  int end_step = 0;
  int first_week = 0;  ///< That is simulated.
  int end_week = 0;
};

/// A scenario as flat, immutable tables: all that the engine needs, and nothing that it does not.
struct Plan {
  int steps = 0;       ///< That are simulated.
  int first_step = 0;  ///< Steps before them; draws are addressed by both together.
  int steps_per_week = 1;
  int period_steps = 0;
  std::vector<Span> spans;
  std::vector<double> thresholds;     ///< Attainments whose chances are counted.
  std::vector<Departure> departures;  ///< Laws of `steps` entries each, shared where equal.
  std::vector<float> survivals;       ///< Of all clock tables.
  std::vector<ClockTable> clocks;
  std::vector<TerritoryPlan> territories;
  std::vector<Group> groups;  ///< The regions, then the company, which is always last.
  std::vector<std::vector<Goals>> group_goals;  ///< [group] as in `spans`.
  std::vector<AmountShape> amount_shapes;       ///< All tables of amounts, each once.
  std::vector<ValueShape> value_shapes;         ///< All tables of uncertain numbers, each once.
  std::shared_ptr<const ValueTable> normal;     ///< Quantiles of the standard normal distribution.
  std::shared_ptr<const StayGrids> stays;       ///< What the clock tables were read from.

  /// Weeks of a period, whole or in part.
  [[nodiscard]] int period_weeks() const {
    return (period_steps + steps_per_week - 1) / steps_per_week;
  }
  /// Weeks before the first one that is simulated.
  [[nodiscard]] int first_week() const { return week_from_start(first_step); }
  /// Weeks that are simulated, whole or in part.
  [[nodiscard]] int weeks() const { return steps > 0 ? week_of(steps - 1) + 1 : 0; }
  /// The index of the week, from 0, in which a simulated step lies.
  [[nodiscard]] int week_of(int step) const {
    return week_from_start(first_step + step) - first_week();
  }
  /// The simulated steps up to the end of that week.
  [[nodiscard]] int steps_until_end_of(int week) const {
    const int from_start = first_week() + week;
    const int in_period = (from_start % period_weeks() + 1) * steps_per_week;
    return from_start / period_weeks() * period_steps + std::min(in_period, period_steps) -
           first_step;
  }
  /// The period, from 0, in which a simulated step lies.
  [[nodiscard]] int period_of(int step) const { return (first_step + step) / period_steps; }
  /// Steps of its period from a simulated one on, itself included.
  [[nodiscard]] int steps_left(int step) const {
    return period_steps - (first_step + step) % period_steps;
  }
  [[nodiscard]] double step_weeks() const { return 1.0 / steps_per_week; }

 private:
  [[nodiscard]] int week_from_start(int step_from_start) const {
    return step_from_start / period_steps * period_weeks() +
           step_from_start % period_steps / steps_per_week;
  }
};

/// Takes an uncertain number as known: at its quantile of that probability; of one of 16 cases the
/// case that holds it.
void fix_uncertain(Plan& plan, std::size_t number, double probability);

/// `like` may be the plan of a similar scenario: the same plan, sooner, because tables that are in
/// both are shared.
Plan build_plan(const Scenario& scenario, const Plan* like = nullptr);

}  // namespace attain
