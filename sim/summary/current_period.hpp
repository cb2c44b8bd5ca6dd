#pragma once

#include <attain/model/scenario.hpp>

namespace attain {

/// The scenario up to the end of the period of day one, as if that were the year: what was booked
/// before the period, and the quotas of then, count as nothing. The luck is that of the whole.
Scenario current_period_of(const Scenario& scenario);

}  // namespace attain
