#pragma once

#include <attain/summary/summary.hpp>

namespace attain {

/// Whether equal seats would show the same picture by luck alone. With F(x) the mean over the
/// territories with a quota of P(attainment <= x * own mean / common mean), I seats of this one
/// distribution would have I (1 - F(1)) at quota, and a lowest one of mean ∫ (1 - F(x))^I dx.
/// None with fewer than five quotas, or if nothing is booked at all.
std::optional<IdenticalSeats> identical_seats(const Plan& plan, const Outcomes& outcomes,
                                              const AtQuota& at_quota, const LowestSummary& lowest);

}  // namespace attain
