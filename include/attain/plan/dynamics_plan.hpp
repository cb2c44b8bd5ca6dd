#pragma once

#include <cstddef>
#include <cstdint>
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

/// The replications in which a rule holds in a step.
struct RuleMask {
  std::vector<LaneCondition> conditions;  ///< All have to hold.
  std::uint32_t chance = 0xffffffffU;     ///< To exist at all, x 2^32; all ones: certain.
  std::uint64_t place = 0;                ///< Of the draw of that.
  bool shared = true;                     ///< The draw is the same in all territories.
};

/// Multiplies a channel, in the order in which operations stand.
struct Operation {
  enum class By { factor, capacity };
  static constexpr std::int32_t everywhere = -1;

  std::uint32_t channel = 0;
  std::int32_t mask = everywhere;  ///< Index into DynamicsPlan::masks.
  By by = By::factor;
  float factor = 1;
};

struct DynamicsPlan {
  std::size_t channels = 0;
  std::vector<RuleMask> masks;
  std::vector<Operation> operations;
  std::vector<std::size_t> first_operation;  ///< By step, and behind the last one.
  std::vector<std::string> activities;       ///< Kinds that masks look at.
  std::vector<bool> used;                    ///< By Variable and activity: some mask looks at it.
  /// Hours a week that there are for deals, by step; empty: no limit.
  std::vector<double> hours;
  /// In which steps nothing moves and nobody asks for hours; may be empty.
  std::vector<bool> closed;

  [[nodiscard]] bool empty() const { return channels == 0 && hours.empty(); }
};

}  // namespace attain
