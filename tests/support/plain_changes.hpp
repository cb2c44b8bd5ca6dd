#pragma once

#include <attain/plan/plan.hpp>
#include <attain/random/draws.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace attain::testing {

/// What a territory stands at as a step begins, since its period's start.
struct PlainState {
  std::int64_t booked_cents = 0;
  int wins = 0;
  int leads = 0;
  int open_deals = 0;
  double pipeline = 0;  ///< In units of the currency.
  double to_come = 0;   ///< Of open deals and leads in the period, in cents.
  double to_come_variance = 0;
  std::map<std::string, double> activities;  ///< By kind; "" is all of them.
  /// [flow][stage] open deals, without named ones; and [named] its stage, -1 if it is gone.
  std::vector<std::vector<int>> in_stage;
  std::vector<int> named_stage;
};

/// What a number of a table of values is at a draw.
float value_at(const ValueTable& table, std::uint32_t draw);

/// A Poisson count by inversion of a uniform number, with an exponential that has the same bits on
/// every machine.
int poisson(float mean, float uniform);

/// The multipliers and clocks of one replication of one territory, as its plan's dynamics say.
class PlainChanges {
 public:
  PlainChanges(const Plan& plan, const TerritoryPlan& territory, const PairKey& own,
               const PairKey& shared, unsigned odd);

  void begin(int step, const PlainState& state);

  /// 1 where nothing touches the knob.
  [[nodiscard]] float multiplier(std::size_t channel) const;
  /// What an amount is multiplied with, and which of its cases it has.
  [[nodiscard]] float amount_multiplier(const AmountPlan& amount, std::size_t channel) const;
  [[nodiscard]] const AmountTable& amount_table(const AmountPlan& amount) const;
  /// A stage's clock before this step, less what it stood at before step `born`, in whole steps.
  [[nodiscard]] int whole_steps(std::size_t flow, std::size_t stage, int born, int step) const;

  /// By which a deal leaves its stage in this step that came in step `born`.
  [[nodiscard]] Departure chance(Departure usual, std::size_t flow, std::size_t stage,
                                 std::size_t clock, int born) const;

 private:
  [[nodiscard]] bool holds(const RuleMask& mask, int step, const PlainState& state) const;
  [[nodiscard]] double value_of(std::size_t variable, int step, const PlainState& state) const;
  [[nodiscard]] Departure by_clock(const StagePlan& stage, const ClockTable& table, int from,
                                   int to) const;
  void begin_period(std::uint32_t period);
  void go_on_with_shocks(int step);
  [[nodiscard]] double hours_asked(const PlainState& state) const;
  [[nodiscard]] double hours_there(int step) const;
  [[nodiscard]] float effort(int step, const PlainState& state) const;
  [[nodiscard]] std::uint32_t draw(bool shared, Address at) const;

  /// The clock of a stage: how far it has come before each step, in 64ths.
  struct StageClock {
    double time = 0;
    std::vector<std::int32_t> before{0};
  };

  const Plan& plan_;
  const TerritoryPlan& territory_;
  PairKey own_;
  PairKey shared_;
  unsigned odd_;
  std::vector<float> values_;
  std::vector<std::size_t> choices_;
  std::vector<float> shock_z_;
  std::vector<float> shocks_;
  std::vector<bool> exists_;  ///< By mask.
  std::vector<float> multipliers_;
  std::vector<std::vector<StageClock>> clocks_;  ///< [flow][stage]
  int step_ = 0;
};

}  // namespace attain::testing
