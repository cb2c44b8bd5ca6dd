#pragma once

#include "support/oracle/agreement.hpp"
#include "support/oracle/territory_worlds.hpp"

#include <attain/engine/outcomes.hpp>
#include <attain/model/scenario.hpp>

#include <map>
#include <vector>

namespace attain::oracle {

/// Groups in all worlds, in each of which territories are independent.
class GroupComparison {
 public:
  GroupComparison(Agreement& agreement, const Scenario& scenario, const std::vector<World>& worlds)
      : agreement_(agreement), scenario_(scenario), worlds_(worlds) {}

  void compare(const Group& group, const GroupTally& tally);

 private:
  [[nodiscard]] BookingsMixture bookings(const Group& group, const ReportedSpan& span) const;
  CountMixture number_at_quota(const Group& group, std::size_t span);
  /// Of the quota of each span, in one world.
  const std::vector<double>& chances(const TerritoryLaw& law, std::size_t territory);

  Agreement& agreement_;
  const Scenario& scenario_;
  const std::vector<World>& worlds_;
  std::vector<ReportedSpan> spans_ = reported_spans(scenario_.calendar);
  std::map<const TerritoryLaw*, std::vector<double>> known_;
};

}  // namespace attain::oracle
