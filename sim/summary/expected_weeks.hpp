#pragma once

#include <attain/summary/summary.hpp>

namespace attain {

/// What each owner in a territory should have done by the end of each week.
std::vector<ExpectationSummary> expected_by_week(const Plan& plan, const Outcomes& outcomes,
                                                 std::size_t territory);

}  // namespace attain
