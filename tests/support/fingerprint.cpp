#include "fingerprint.hpp"

#include <sstream>

namespace attain::testing {

namespace {

void write(std::ostream& out, WideSum sum) {
  out << static_cast<std::uint64_t>(sum >> 64U) << ':' << static_cast<std::uint64_t>(sum) << ' ';
}

void write(std::ostream& out, const std::vector<std::uint64_t>& numbers) {
  for (const std::uint64_t number : numbers) out << number << ' ';
  out << '\n';
}

void write(std::ostream& out, const std::vector<std::vector<std::uint64_t>>& rows) {
  for (const auto& row : rows) write(out, row);
}

void write(std::ostream& out, const Histogram& histogram) {
  out << "0=" << histogram.zeros() << ' ';
  for (std::size_t i = 0; i < histogram.counts().size(); ++i) {
    if (histogram.counts()[i] != 0) {
      out << histogram.first_bin() + i << '=' << histogram.counts()[i] << ' ';
    }
  }
  out << '\n';
}

void write(std::ostream& out, const BookingsTally& tally) {
  for (std::size_t week = 0; week < tally.moments.size(); ++week) {
    write(out, tally.moments[week].sum);
    write(out, tally.moments[week].squares);
    write(out, tally.histograms[week]);
  }
  write(out, tally.year.sum);
  write(out, tally.year.squares);
  write(out, tally.year_histogram);
  for (const GoalTally& goal : tally.goals) {
    out << goal.at_quota << ' ' << goal.at_forecast << '\n';
    write(out, goal.at_threshold);
  }
}

void write(std::ostream& out, const UtilizationTally& tally) {
  for (const Moments& week : tally.weeks) {
    write(out, week.sum);
    write(out, week.squares);
  }
  write(out, tally.period.sum);
  write(out, tally.period.squares);
  write(out, tally.period_histogram);
}

void write(std::ostream& out, const TerritoryTally& tally) {
  write(out, tally.bookings);
  write(out, tally.utilization);
  for (const FlowTally& flow : tally.flows) {
    write(out, flow.leads);
    write(out, flow.wins);
    write(out, flow.entered);
    write(out, flow.present);
    write(out, flow.open);
    write(out, flow.bookings);
  }
  write(out, tally.named_wins);
  write(out, tally.named_pipeline);
  // A worker that never saw many wins has a shorter row.
  std::vector<std::uint64_t> wins = tally.wins;
  while (!wins.empty() && wins.back() == 0) wins.pop_back();
  write(out, wins);
  for (const auto& item : tally.progress) {
    for (std::vector<std::uint32_t> counts : item) {
      while (!counts.empty() && counts.back() == 0) counts.pop_back();
      write(out, std::vector<std::uint64_t>(counts.begin(), counts.end()));
    }
  }
}

}  // namespace

std::string fingerprint(const TerritoryTally& tally) {
  std::ostringstream out;
  write(out, tally);
  return out.str();
}

std::string fingerprint(const Outcomes& outcomes) {
  std::ostringstream out;
  out << outcomes.replications << ' ' << outcomes.cut_amounts << '\n';
  for (const TerritoryTally& tally : outcomes.territories) {
    write(out, tally);
    out << tally.lowest << '\n';
  }
  for (const GroupTally& tally : outcomes.groups) {
    write(out, tally.bookings);
    write(out, tally.at_quota);
  }
  write(out, outcomes.lowest_attainment);
  write(out, outcomes.lowest_moments.sum);
  write(out, outcomes.lowest_moments.squares);
  return out.str();
}

}  // namespace attain::testing
