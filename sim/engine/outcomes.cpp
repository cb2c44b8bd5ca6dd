#include <attain/engine/outcomes.hpp>

#include <utility>

namespace attain {

namespace {

template <class Count>
void add(std::vector<Count>& to, const std::vector<Count>& from) {
  if (to.size() < from.size()) to.resize(from.size());
  for (std::size_t i = 0; i < from.size(); ++i) to[i] += from[i];
}

template <class Counts>
void add(std::vector<std::vector<Counts>>& to, const std::vector<std::vector<Counts>>& from) {
  if (to.size() < from.size()) to.resize(from.size());
  for (std::size_t i = 0; i < from.size(); ++i) add(to[i], from[i]);
}

void add(GoalTally& to, const GoalTally& from) {
  to.at_quota += from.at_quota;
  to.at_forecast += from.at_forecast;
  add(to.at_threshold, from.at_threshold);
}

void add(BookingsTally& to, const BookingsTally& from) {
  if (to.moments.empty()) to.moments.resize(from.moments.size());
  if (to.histograms.empty()) to.histograms.resize(from.histograms.size());
  for (std::size_t week = 0; week < from.moments.size(); ++week) {
    to.moments[week].merge(from.moments[week]);
    to.histograms[week].merge(from.histograms[week]);
  }
  to.year.merge(from.year);
  to.year_histogram.merge(from.year_histogram);
  to.goals.resize(from.goals.size());
  for (std::size_t span = 0; span < from.goals.size(); ++span) {
    add(to.goals[span], from.goals[span]);
  }
}

void add(FlowTally& to, const FlowTally& from) {
  add(to.leads, from.leads);
  add(to.wins, from.wins);
  add(to.entered, from.entered);
  add(to.present, from.present);
  add(to.open, from.open);
  to.bookings += from.bookings;
}

void add(TerritoryTally& to, const TerritoryTally& from) {
  add(to.bookings, from.bookings);
  to.flows.resize(from.flows.size());
  for (std::size_t i = 0; i < from.flows.size(); ++i) add(to.flows[i], from.flows[i]);
  add(to.named_wins, from.named_wins);
  add(to.named_pipeline, from.named_pipeline);
  add(to.wins, from.wins);
  add(to.progress, from.progress);
  UtilizationTally& utilization = to.utilization;
  utilization.weeks.resize(from.utilization.weeks.size());
  for (std::size_t week = 0; week < utilization.weeks.size(); ++week) {
    utilization.weeks[week].merge(from.utilization.weeks[week]);
  }
  utilization.period.merge(from.utilization.period);
  utilization.period_histogram.merge(from.utilization.period_histogram);
  to.lowest += from.lowest;
}

}  // namespace

void Outcomes::merge(Outcomes&& other) {
  // The first part is taken over: of a large plan it is large.
  if (replications == 0 && territories.empty()) {
    *this = std::move(other);
    return;
  }
  merge(other);
}

void Outcomes::merge(const Outcomes& other) {
  replications += other.replications;
  territories.resize(other.territories.size());
  for (std::size_t i = 0; i < other.territories.size(); ++i) {
    add(territories[i], other.territories[i]);
  }
  groups.resize(other.groups.size());
  for (std::size_t i = 0; i < other.groups.size(); ++i) {
    add(groups[i].bookings, other.groups[i].bookings);
    add(groups[i].at_quota, other.groups[i].at_quota);
  }
  lowest_attainment.merge(other.lowest_attainment);
  lowest_moments.merge(other.lowest_moments);
  cut_amounts += other.cut_amounts;
  cut_leads += other.cut_leads;
}

}  // namespace attain
