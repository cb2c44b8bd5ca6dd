#include <attain/summary/sequential.hpp>

#include <attain/summary/estimate.hpp>

#include <algorithm>

namespace attain {

bool has_quota(const Plan& plan) {
  const auto with_quota = [](const auto& part) { return part.quota.has_value(); };
  return std::any_of(plan.territories.begin(), plan.territories.end(), with_quota) ||
         std::any_of(plan.groups.begin(), plan.groups.end(), with_quota);
}

double widest_chance_of_quota(const Plan& plan, const Outcomes& outcomes) {
  const auto n = static_cast<std::uint64_t>(outcomes.replications);
  double widest = 0;
  for (std::size_t i = 0; i < plan.territories.size(); ++i) {
    if (!plan.territories[i].quota) continue;
    const std::uint64_t count = outcomes.territories[i].bookings.at_quota;
    widest = std::max(widest, chance_of(count, n).half_width());
  }
  for (std::size_t i = 0; i < plan.groups.size(); ++i) {
    if (!plan.groups[i].quota) continue;
    const std::uint64_t count = outcomes.groups[i].bookings.at_quota;
    widest = std::max(widest, chance_of(count, n).half_width());
  }
  return widest;
}

SequentialOutcomes simulate_to_precision(const Plan& plan, SimulationOptions options,
                                         double half_width) {
  SequentialOutcomes result;
  const std::function<void(std::int64_t)> progress = options.progress;
  for (std::int64_t look = first_look; look <= last_look; look *= 2) {
    const std::int64_t done = result.outcomes.replications;
    options.first_replication = done;
    options.replications = look - done;
    if (progress) {
      options.progress = [&progress, done](std::int64_t more) { progress(done + more); };
    }
    result.outcomes.merge(simulate(plan, options));
    result.half_width = widest_chance_of_quota(plan, result.outcomes);
    result.reached = result.half_width <= half_width;
    if (result.reached) break;
  }
  return result;
}

}  // namespace attain
