#include <attain/summary/sequential.hpp>

#include <attain/summary/estimate.hpp>

#include <algorithm>

namespace attain {

namespace {

bool has_quota(const std::vector<Goals>& goals) {
  return std::any_of(goals.begin(), goals.end(),
                     [](const Goals& of) { return of.quota.has_value(); });
}

double widest_of(const std::vector<Goals>& goals, const BookingsTally& bookings,
                 std::uint64_t replications) {
  double widest = 0;
  for (std::size_t span = 0; span < goals.size(); ++span) {
    if (!goals[span].quota) continue;
    const std::uint64_t count = bookings.goals[span].at_quota;
    widest = std::max(widest, chance_of(count, replications).half_width());
  }
  return widest;
}

}  // namespace

bool has_quota(const Plan& plan) {
  return std::any_of(plan.territories.begin(), plan.territories.end(),
                     [](const TerritoryPlan& territory) { return has_quota(territory.goals); }) ||
         std::any_of(plan.group_goals.begin(), plan.group_goals.end(),
                     [](const std::vector<Goals>& goals) { return has_quota(goals); });
}

double widest_chance_of_quota(const Plan& plan, const Outcomes& outcomes) {
  const auto n = static_cast<std::uint64_t>(outcomes.replications);
  double widest = 0;
  for (std::size_t i = 0; i < plan.territories.size(); ++i) {
    const BookingsTally& bookings = outcomes.territories[i].bookings;
    widest = std::max(widest, widest_of(plan.territories[i].goals, bookings, n));
  }
  for (std::size_t i = 0; i < plan.groups.size(); ++i) {
    const BookingsTally& bookings = outcomes.groups[i].bookings;
    widest = std::max(widest, widest_of(plan.group_goals[i], bookings, n));
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
