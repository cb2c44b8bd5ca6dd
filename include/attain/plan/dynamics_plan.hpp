#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace attain {

/// What changes a territory's funnel while it is simulated, in the form in which 64 replications go
/// side by side: each knob that anything touches is a channel with one multiplier for each
/// replication; a rule is a mask over replications and its factors.

/// What masks look at, as numbers of one territory: money in cents (pipeline in currency units).
/// Behind `activities` (of all kinds) stands one for each kind in DynamicsPlan::activities.
enum class Variable {
  booked,
  wins,
  leads,
  open_deals,
  pipeline,
  coverage,
  utilization,
  activities
};

/// A variable has to lie within bounds, both included. One pair of bounds for each step if they
/// change with time, else one.
struct LaneCondition {
  std::size_t variable = 0;
  std::vector<double> low;
  std::vector<double> high;
};

/// Where a number is not drawn.
inline constexpr std::size_t no_value = static_cast<std::size_t>(-1);

/// Quantiles of a number, or of a monotone function of it (see ValueCells).
struct ValueTable {
  std::vector<float> coefficients;
};

/// A number that is drawn once a replication: what is uncertain, or a monotone function of it.
/// Those of one place see one draw.
struct LaneValue {
  std::uint64_t place = 0;
  bool shared = true;  ///< The draw is the same in all territories.
  std::shared_ptr<const ValueTable> table;
  std::size_t number = 0;       ///< Index into Scenario::uncertain.
  std::optional<double> fixed;  ///< Not drawn: the value at this probability.
};

/// One of 16 equally likely cases, drawn once a replication.
struct LaneChoice {
  static constexpr std::size_t cases = 16;

  std::uint64_t place = 0;
  bool shared = true;
  std::size_t number = 0;       ///< Index into Scenario::uncertain.
  std::optional<double> fixed;  ///< Not drawn: the case that holds this probability.
};

/// See Shock. Those with the same place share the draws of a territory, or of all.
struct ShockPlan {
  std::uint64_t place = 0;
  bool shared = true;
  float sd = 0;
  std::size_t sd_value = no_value;  ///< In place of `sd`.
  bool per_week = false;
  float persistence = 0;
  float innovation = 1;  ///< sqrt(1 - persistence^2)
};

/// P(won in what is left of the period) of a deal at the start of a step, by its clock in whole
/// steps. Of a deal with a due date, whose clock is the simulated step: [step].
struct WinTable {
  std::vector<float> chances;  ///< [steps left x (last + 1) + clock]
  std::int32_t last = 0;       ///< The largest clock; later ones are taken as it.
};

/// Of an amount that is not known yet, in cents and their square.
struct Worth {
  double mean = 0;
  double variance = 0;
};

/// Effort that answers to the quota; see Effort and docs/methods.md.
struct EffortPlan {
  /// What a flow's deals bring if won, and how likely that is. Tables are shared where equal.
  struct Flow {
    Worth amount;
    /// [stage] of deals that come in during the simulation; none in flows of dated deals.
    std::vector<std::shared_ptr<const WinTable>> stages;
    std::vector<std::shared_ptr<const WinTable>> open;  ///< As FlowPlan::open.
  };
  struct Named {
    Worth amount;
    std::shared_ptr<const WinTable> wins;  ///< In the stage of day one.
  };

  double bonus_pull = 0;
  double goal_gradient = 0;
  double give_up = 0;
  double give_up_below = 0;  ///< As z: the normal quantile of the chance.
  double coast = 0;
  std::vector<float> bell;  ///< [i] phi(i / 64) / phi(0) for i up to 512, then 0 once.
  std::vector<Flow> flows;
  std::vector<Named> named;      ///< As TerritoryPlan::named.
  std::vector<Worth> new_leads;  ///< [steps left] of all leads that will still come.
};

/// Hours a week for deals where they are uncertain, in place of their means:
/// max(0, constant + sum of coefficient x value) x product of values.
struct CapacityPlan {
  struct Term {
    double coefficient = 0;
    std::size_t value = 0;
  };
  double constant = 0;
  std::vector<Term> terms;
  std::vector<std::size_t> factors;
};

/// The replications in which a rule holds in a step.
struct RuleMask {
  std::vector<LaneCondition> conditions;  ///< All have to hold.
  std::uint32_t chance = 0xffffffffU;     ///< To exist at all, x 2^32; all ones: certain.
  std::size_t chance_value = no_value;    ///< Index into DynamicsPlan::values, in place of that.
  std::uint64_t place = 0;                ///< Of the draw of that.
  bool shared = true;                     ///< The draw is the same in all territories.
};

/// Multiplies a channel, in the order in which operations stand.
struct Operation {
  enum class By {
    factor,
    value,  ///< DynamicsPlan::values
    shock,  ///< DynamicsPlan::shocks
    effort,
    capacity
  };
  static constexpr std::int32_t everywhere = -1;

  std::uint32_t channel = 0;
  std::int32_t mask = everywhere;  ///< Index into DynamicsPlan::masks.
  By by = By::factor;
  float factor = 1;
  std::uint32_t source = 0;  ///< Which value or shock.
};

struct DynamicsPlan {
  std::size_t channels = 0;
  std::vector<RuleMask> masks;
  std::vector<Operation> operations;
  std::vector<std::size_t> first_operation;  ///< By step, and behind the last one.
  std::vector<std::string> activities;       ///< Kinds that masks look at.
  std::vector<bool> used;                    ///< By Variable and activity: some mask looks at it.
  std::vector<LaneValue> values;
  std::vector<LaneChoice> choices;
  bool draws_amounts = false;  ///< Amounts depend on values or choices.
  std::vector<ShockPlan> shocks;
  std::optional<EffortPlan> effort;
  /// Hours a week that there are for deals, by step; empty: no limit. With `capacity`: what its
  /// hours are multiplied with.
  std::vector<double> hours;
  std::optional<CapacityPlan> capacity;
  /// In which steps nothing moves and nobody asks for hours; may be empty.
  std::vector<bool> closed;

  [[nodiscard]] bool empty() const { return channels == 0 && hours.empty() && !draws_amounts; }
};

}  // namespace attain
