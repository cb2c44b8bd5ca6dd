#pragma once

#include "support/oracle/agreement.hpp"
#include "support/oracle/bookings_law.hpp"

#include <attain/engine/outcomes.hpp>

#include <optional>
#include <string>
#include <vector>

namespace attain::oracle {

/// Cents in units of the currency.
long double units(WideSum cents);

double skewness(const BookingsLaw& law);

/// The sum over replications of (bookings - mean)^2.
void check_variance(Agreement& agreement, Kind kind, const std::string& what,
                    const Moments& moments, const BookingsLaw& law);

/// What a territory or group wants to reach, and what was found of it.
struct Targets {
  std::string name;
  std::optional<Money> quota;
  std::optional<Money> forecast;
  const BookingsTally& tally;
};

/// Chances of quota, forecast and thresholds, and the histogram. Returns the chance of quota.
double check_chances(Agreement& agreement, Kind kind, const Targets& targets,
                     const BookingsLaw& law, const std::vector<double>& thresholds);

}  // namespace attain::oracle
