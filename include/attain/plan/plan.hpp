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

/// What becomes of a deal that is still in its stage, in the step in which its clock goes from k to
/// k + 1: chances as multiples of 2^-32; all ones mean certainty. advance <= leave.
struct Departure {
  std::uint32_t leave = 0;
  std::uint32_t advance = 0;
};

/// Where a stage's departures begin in `Plan::departures`; entry k is for the clock k.
using LawIndex = std::uint32_t;

/// The law of a stage as survivals at every 1/64 step of the clock, for stages whose speed may
/// change: entries of Plan::survivals from `advance` and from `lost` on, up to the clock `last`.
struct ClockTable {
  std::size_t advance = 0;
  std::size_t lost = 0;  ///< The same as `advance` where the stay is one whatever the outcome.
  std::int32_t last = 0;
  float advance_share = 0;
  float lost_share = 0;
  bool lost_at_once = false;  ///< Older than any deal can be.
};

/// Where nothing touches a knob.
inline constexpr std::size_t no_channel = static_cast<std::size_t>(-1);

/// Quantiles of a continuous distribution with mean 1 as piecewise quadratics, so that the engine
/// draws amounts with + and x alone (see amount_table.hpp).
struct AmountTable {
  std::vector<float> coefficients;  ///< Of all cells the constant, then linear, then square ones.
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
  double expected = 0;  ///< In units of the currency.
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
  std::optional<Money> quota;
  std::optional<Money> forecast;
  Money booked;  ///< Before day one.
  DynamicsPlan dynamics;
};

/// A scenario as flat, immutable tables: all that the engine needs, and nothing that it does not.
struct Plan {
  int steps = 0;       ///< That are simulated.
  int first_step = 0;  ///< Steps of the period before them; draws are addressed by both together.
  int steps_per_week = 1;
  std::vector<double> thresholds;     ///< Attainments whose chances are counted.
  std::vector<Departure> departures;  ///< Laws of `steps` entries each, shared where equal.
  std::vector<float> survivals;       ///< Of all clock tables.
  std::vector<ClockTable> clocks;
  std::vector<TerritoryPlan> territories;
  std::vector<Group> groups;               ///< The regions, then the company, which is always last.
  std::vector<AmountShape> amount_shapes;  ///< All tables of amounts, each once.

  /// Weeks of the period that are over before the first one that is simulated.
  [[nodiscard]] int first_week() const { return first_step / steps_per_week; }
  /// Weeks that are simulated, whole or in part.
  [[nodiscard]] int weeks() const { return steps > 0 ? week_of(steps - 1) + 1 : 0; }
  /// The index of the week, from 0, in which a simulated step lies.
  [[nodiscard]] int week_of(int step) const {
    return (first_step + step) / steps_per_week - first_week();
  }
  /// The simulated steps up to the end of that week.
  [[nodiscard]] int steps_until_end_of(int week) const {
    return std::min((first_week() + week + 1) * steps_per_week - first_step, steps);
  }
  [[nodiscard]] double step_weeks() const { return 1.0 / steps_per_week; }
};

/// `like` may be the plan of a similar scenario: the same plan, sooner, because tables of amounts
/// that are in both are shared.
Plan build_plan(const Scenario& scenario, const Plan* like = nullptr);

}  // namespace attain
