#pragma once

#include <attain/plan/plan.hpp>
#include <attain/random/draws.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace attain::testing {

/// What a territory stands at as a step begins.
struct PlainState {
  std::int64_t booked_cents = 0;
  int wins = 0;
  int leads = 0;
  int open_deals = 0;
  double pipeline = 0;                       ///< In units of the currency.
  double hours_asked = 0;                    ///< A week.
  std::map<std::string, double> activities;  ///< By kind; "" is all of them.
};

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

  /// By which a deal leaves its stage in this step that came in step `born`.
  [[nodiscard]] Departure chance(Departure usual, std::size_t flow, std::size_t stage,
                                 std::size_t clock, int born) const;

 private:
  [[nodiscard]] bool holds(const RuleMask& mask, int step, const PlainState& state) const;
  [[nodiscard]] double value_of(std::size_t variable, int step, const PlainState& state) const;
  [[nodiscard]] Departure by_clock(const ClockTable& table, int from, int to) const;

  /// The clock of a stage: how far it has come before each step, in 64ths.
  struct StageClock {
    double time = 0;
    std::vector<std::int32_t> before{0};
  };

  const Plan& plan_;
  const TerritoryPlan& territory_;
  std::vector<bool> exists_;  ///< By mask.
  std::vector<float> multipliers_;
  std::vector<std::vector<StageClock>> clocks_;  ///< [flow][stage]
  int step_ = 0;
};

}  // namespace attain::testing
