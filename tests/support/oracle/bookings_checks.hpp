#pragma once

#include "support/oracle/agreement.hpp"
#include "support/oracle/mixture.hpp"

#include <attain/engine/outcomes.hpp>

#include <optional>
#include <string>
#include <vector>

namespace attain::oracle {

/// Cents in units of the currency.
long double units(WideSum cents);

/// The sums over replications of bookings and of (bookings - mean)^2.
void check_moments(Agreement& agreement, Kind mean_kind, Kind variance_kind,
                   const std::string& what, const Moments& moments, const BookingsMixture& law);

double skewness(const BookingsMixture& law);

/// What a territory or group wants to reach in a span, and what was found of it.
struct Targets {
  std::string name;
  std::optional<Money> quota;
  std::optional<Money> forecast;
  const GoalTally& tally;
  const Histogram& histogram;
};

/// Chances of quota, forecast and thresholds, and the histogram.
void check_chances(Agreement& agreement, Kind kind, const Targets& targets,
                   const BookingsMixture& law, const std::vector<double>& thresholds);

}  // namespace attain::oracle
