#pragma once

#include <attain/engine/simulate.hpp>
#include <attain/plan/plan.hpp>
#include <attain/summary/explain.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace attain {

/// A scenario of one territory, and what would be with more of something, on the same luck.
class TerritoryVariants {
 public:
  /// `scenario` must have one territory.
  TerritoryVariants(const Scenario& scenario, const SimulationOptions& options);

  [[nodiscard]] const Scenario& scenario() const { return scenario_; }
  [[nodiscard]] const Territory& territory() const { return scenario_.territories.front(); }
  [[nodiscard]] const Plan& plan() const { return plan_; }

  /// The share of each stream in all new deals; without any, the first stream has all.
  [[nodiscard]] const std::vector<double>& lead_shares() const { return lead_shares_; }
  [[nodiscard]] double leads_per_week() const { return leads_per_week_; }

  /// With so many new deals a week, divided between the streams as now.
  [[nodiscard]] Scenario with_leads(double per_week) const;
  /// With so many more deals on day one, found at a random time.
  [[nodiscard]] Scenario with_added_deals(int count) const;
  /// Without so many of the pipeline's deals that have no name, so that their mix stays: one after
  /// the other from the line that is most above its share. At most `removable_deals`; those that
  /// more leave are always a part of those that fewer leave.
  [[nodiscard]] Scenario with_fewer_deals(int count) const;
  [[nodiscard]] int removable_deals() const;
  /// The lines of Territory::open from which `with_fewer_deals` takes: the first, the second, ...
  [[nodiscard]] std::vector<std::size_t> removed_lines(int count) const;
  /// Without one of Territory::open.
  [[nodiscard]] Scenario without_open(std::size_t index) const;

  /// The kinds of deals that `with_added_deals` adds: the first, the second, ... of them. The mix
  /// of the pipeline of day one; one of the busiest stream, in the first pipeline stage, where
  /// there is none. Fewer are always a part of more.
  struct Kind {
    std::size_t stream;
    std::size_t stage;
  };
  [[nodiscard]] std::vector<Kind> added_kinds(int count) const;

  /// Without each kind of what changes the funnel that there is.
  [[nodiscard]] std::vector<std::pair<WithoutChange::Kind, Scenario>> without_changes() const;

  /// Final bookings in cents by replication under a variant of the scenario.
  [[nodiscard]] std::vector<std::int64_t> bookings(const Scenario& variant) const;
  /// Replications in which they are at least the quota, which the territory must have.
  [[nodiscard]] std::uint64_t at_quota(const Scenario& variant) const;

 private:
  [[nodiscard]] bool is_removable(const OpenDeals& open) const;
  [[nodiscard]] Plan plan_of(const Scenario& variant) const;

  Scenario scenario_;
  Plan plan_;
  SimulationOptions options_;
  double leads_per_week_ = 0;
  std::vector<double> lead_shares_;
};

}  // namespace attain
