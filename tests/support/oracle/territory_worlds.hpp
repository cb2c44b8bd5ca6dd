#pragma once

#include "support/oracle/mixture.hpp"
#include "support/oracle/worlds.hpp"

#include <attain/engine/outcomes.hpp>
#include <attain/model/scenario.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace attain::oracle {

/// A territory in all worlds: what TerritoryLaw knows of one, mixed.
class TerritoryWorlds {
 public:
  TerritoryWorlds(const std::vector<World>& worlds, std::size_t territory);

  using Part = TerritoryLaw::Part;
  [[nodiscard]] CountMixture leads(Steps range, const Part& part) const;
  [[nodiscard]] CountMixture leads(std::size_t stage, Steps range, const Part& part) const;
  [[nodiscard]] CountMixture wins(Steps range, const Part& part) const;
  [[nodiscard]] CountMixture entered(std::size_t stage, Steps range, const Part& part) const;
  [[nodiscard]] CountMixture open(std::size_t stage, int step, const Part& part) const;
  [[nodiscard]] BookingsMixture bookings(Steps range, const Part& part) const;
  [[nodiscard]] BookingsMixture booked_by(int step) const;
  [[nodiscard]] Chance win_chance(const std::string& deal, Steps range) const;
  [[nodiscard]] Chance open_chance(const std::string& deal, std::size_t from_stage, int step) const;

  /// What any function of a world's law gives, mixed.
  template <class Of>
  [[nodiscard]] auto mixed(const Of& of) const {
    Mixture<decltype(of(*worlds_.front().law))> mixture;
    for (const OneWorld& world : worlds_) mixture.add(world.probability, of(*world.law));
    return mixture;
  }

  [[nodiscard]] int steps() const { return worlds_.front().law->steps; }
  [[nodiscard]] Steps all() const { return {0, steps()}; }

 private:
  struct OneWorld {
    double probability;
    std::shared_ptr<const TerritoryLaw> law;
  };
  template <class Of>
  [[nodiscard]] Chance chance(const Of& of) const {
    Chance sum;
    for (const OneWorld& world : worlds_) sum.value += world.probability * of(*world.law);
    return sum;
  }

  std::vector<OneWorld> worlds_;  ///< Those that are alike to the territory as one.
};

/// What is reported for: each simulated period, then the year where there are several.
struct ReportedSpan {
  std::string name;
  int period = -1;    ///< -1: the year.
  int last_week = 0;  ///< That is simulated, from 0.

  [[nodiscard]] BookingsLaw bookings(const TerritoryLaw& law) const;
  [[nodiscard]] const Moments& moments(const BookingsTally& tally) const {
    return period < 0 ? tally.year : tally.moments[static_cast<std::size_t>(last_week)];
  }
  [[nodiscard]] const Histogram& histogram(const BookingsTally& tally) const {
    return period < 0 ? tally.year_histogram
                      : tally.histograms[static_cast<std::size_t>(last_week)];
  }
  /// Of a territory or a group.
  template <class Target>
  [[nodiscard]] std::optional<Money> quota(const Target& target, const Calendar& calendar) const {
    return period < 0 ? year_quota(target, calendar) : quota_in(target, period);
  }

 private:
  int last_step_ = 0;
  friend std::vector<ReportedSpan> reported_spans(const Calendar& calendar);
};

std::vector<ReportedSpan> reported_spans(const Calendar& calendar);

}  // namespace attain::oracle
