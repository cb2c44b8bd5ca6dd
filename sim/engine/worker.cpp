#include "worker.hpp"

#include <attain/random/draws.hpp>

#include <algorithm>
#include <cstring>
#include <limits>

namespace attain::engine {

namespace {

constexpr std::int64_t none = std::numeric_limits<std::int64_t>::max();

Kernel kernel_for(SimdWidth width) {
  switch (width) {
    case SimdWidth::avx512: return avx512_kernel();
    case SimdWidth::avx2: return avx2_kernel();
    case SimdWidth::sse2: break;
  }
  return sse2_kernel();
}

std::vector<TerritoryWork> works_of(const Plan& plan) {
  std::vector<TerritoryWork> works;
  works.reserve(plan.territories.size());
  for (const TerritoryPlan& territory : plan.territories) works.emplace_back(plan, territory);
  return works;
}

ScratchMemory memory_for(const std::vector<TerritoryWork>& works) {
  ScratchSize size;
  for (const TerritoryWork& work : works) size.make_room_for(work.scratch_size());
  return ScratchMemory(size);
}

std::uint64_t count_reaching(const std::int64_t* values, int first, int end, std::int64_t goal) {
  std::uint64_t count = 0;
  for (int lane = first; lane < end; ++lane) count += values[lane] >= goal ? 1 : 0;
  return count;
}

/// Summed over the steps of each week, as hours a week; empty without a limit.
std::vector<double> hours_by_week(const Plan& plan, const DynamicsPlan& dynamics) {
  if (dynamics.hours.empty()) return {};
  std::vector<double> hours(static_cast<std::size_t>(plan.weeks()));
  for (int step = 0; step < plan.steps; ++step) {
    const auto index = static_cast<std::size_t>(step);
    if (!dynamics.closed.empty() && dynamics.closed[index]) continue;
    hours[static_cast<std::size_t>(plan.week_of(step))] += dynamics.hours[index];
  }
  return hours;
}

BookingsTally empty_tally(std::size_t weeks, std::size_t thresholds) {
  BookingsTally tally;
  tally.moments.resize(weeks);
  tally.histograms.resize(weeks);
  tally.at_threshold.resize(thresholds);
  return tally;
}

}  // namespace

Worker::Goals Worker::goals_of(const std::optional<Money>& quota,
                               const std::optional<Money>& forecast,
                               const std::vector<double>& thresholds) {
  Goals goals{quota ? quota->cents : none, forecast ? forecast->cents : none, {}};
  for (const double share : thresholds) {
    goals.thresholds.push_back(quota ? at_least_share(*quota, share).cents : none);
  }
  return goals;
}

Worker::Worker(const Plan& plan, std::uint64_t seed, SimdWidth simd)
    : plan_(plan),
      seed_(seed),
      kernel_(kernel_for(simd)),
      work_(works_of(plan)),
      memory_(memory_for(work_)),
      weeks_(static_cast<std::size_t>(plan.weeks())),
      booked_(weeks_ * lanes),
      group_booked_(plan.groups.size() * weeks_ * lanes),
      group_at_quota_(plan.groups.size() * lanes),
      finals_(plan.territories.size() * lanes),
      groups_of_(plan.territories.size()) {
  for (std::size_t i = 0; i < plan.territories.size(); ++i) {
    const TerritoryPlan& territory = plan.territories[i];
    territory_goals_.push_back(goals_of(territory.quota, territory.forecast, plan.thresholds));
    for (const RuleMask& mask : territory.dynamics.masks) {
      has_shared_luck_ = has_shared_luck_ || (mask.shared && mask.chance != 0xffffffffU);
    }
    if (territory.quota) by_name_.push_back(i);
    TerritoryTally tally;
    tally.bookings = empty_tally(weeks_, plan.thresholds.size());
    const std::size_t items = territory.progress.size();
    tally.progress.assign(items, std::vector<std::vector<std::uint32_t>>(weeks_));
    progress_.resize(std::max(progress_.size(), weeks_ * items * lanes));
    hours_there_.push_back(hours_by_week(plan, territory.dynamics));
    tally.utilization.weeks.resize(hours_there_.back().size());
    outcomes_.territories.push_back(std::move(tally));
  }
  hours_asked_.resize(weeks_ * lanes);
  // The lowest of equals is the first by name, wherever it stands in the file.
  std::sort(by_name_.begin(), by_name_.end(), [&plan](std::size_t a, std::size_t b) {
    return plan.territories[a].name < plan.territories[b].name;
  });
  for (std::size_t g = 0; g < plan.groups.size(); ++g) {
    const Group& group = plan.groups[g];
    for (const std::size_t territory : group.territories) groups_of_[territory].push_back(g);
    group_goals_.push_back(goals_of(group.quota, group.forecast, plan.thresholds));
    outcomes_.groups.push_back({empty_tally(weeks_, plan.thresholds.size()),
                                std::vector<std::uint64_t>(group.territories.size() + 1)});
  }
}

void Worker::simulate(std::uint64_t block, std::size_t territory, int first, int end,
                      Recorder* recorder, bool with_progress) {
  fill_keys(keys_, seed_, block, plan_.territories[territory].name_hash);
  BlockResult result{booked_.data(), wins_, 0, with_progress ? progress_.data() : nullptr,
                     hours_asked_.data()};
  if (has_shared_luck_ && shared_block_ != block) {
    fill_keys(shared_keys_, seed_, block, shared_by_all);
    shared_block_ = block;
  }
  kernel_.simulate_block(work_[territory].view(), keys_, shared_keys_, first, end,
                         memory_.scratch(), result, recorder);
  outcomes_.cut_amounts += result.cut_amounts;
  std::memcpy(finals_.data() + territory * lanes, booked_.data() + (weeks_ - 1) * lanes,
              lanes * sizeof(std::int64_t));
}

void Worker::count(BookingsTally& tally, const Goals& goals, const std::int64_t* booked, int first,
                   int end) {
  alignas(64) std::uint32_t bins[lanes];
  for (std::size_t week = 0; week < weeks_; ++week) {
    const std::int64_t* values = booked + week * lanes;
    kernel_.bins(values, bins);
    Histogram& histogram = tally.histograms[week];
    Moments moments;
    for (int lane = first; lane < end; ++lane) {
      histogram.add(bins[lane]);
      moments.add(static_cast<std::uint64_t>(values[lane]));
    }
    tally.moments[week].merge(moments);
  }
  const std::int64_t* finals = booked + (weeks_ - 1) * lanes;
  if (goals.quota != none) {
    tally.at_quota += count_reaching(finals, first, end, goals.quota);
    for (std::size_t i = 0; i < goals.thresholds.size(); ++i) {
      tally.at_threshold[i] += count_reaching(finals, first, end, goals.thresholds[i]);
    }
  }
  if (goals.forecast != none) {
    tally.at_forecast += count_reaching(finals, first, end, goals.forecast);
  }
}

void Worker::count_territory(std::size_t territory, int first, int end) {
  TerritoryTally& tally = outcomes_.territories[territory];
  const Goals& goals = territory_goals_[territory];
  count(tally.bookings, goals, booked_.data(), first, end);
  for (int lane = first; lane < end; ++lane) {
    const auto wins = static_cast<std::size_t>(wins_[lane]);
    if (wins >= tally.wins.size()) tally.wins.resize(wins + 1);
    ++tally.wins[wins];
  }
  const std::int64_t* finals = finals_.data() + territory * lanes;
  for (const std::size_t group : groups_of_[territory]) {
    std::int64_t* sums = group_booked_.data() + group * weeks_ * lanes;
    for (std::size_t i = 0; i < weeks_ * lanes; ++i) sums[i] += booked_[i];
    if (goals.quota == none) continue;
    std::int32_t* at_quota = group_at_quota_.data() + group * lanes;
    for (int lane = 0; lane < lanes; ++lane) at_quota[lane] += finals[lane] >= goals.quota ? 1 : 0;
  }
}

void Worker::count_utilization(std::size_t territory, int first, int end) {
  constexpr double most = 1e6;  // A million times the hours there are.
  const auto millionths = [most](double asked, double there) {
    const double share = there > 0 ? asked / there : asked > 0 ? most : 0;
    return static_cast<std::uint64_t>(std::min(share, most) * 1e6);
  };
  const std::vector<double>& there = hours_there_[territory];
  UtilizationTally& tally = outcomes_.territories[territory].utilization;
  double there_in_period = 0;
  for (const double hours : there) there_in_period += hours;
  for (int lane = first; lane < end; ++lane) {
    double asked_in_period = 0;
    for (std::size_t week = 0; week < there.size(); ++week) {
      const double asked = hours_asked_[week * lanes + static_cast<std::size_t>(lane)];
      tally.weeks[week].add(millionths(asked, there[week]));
      asked_in_period += asked;
    }
    const std::uint64_t share = millionths(asked_in_period, there_in_period);
    tally.period.add(share);
    tally.period_histogram.add(Histogram::bin_of(share));
  }
}

void Worker::count_progress(std::size_t territory, int first, int end) {
  auto& tallies = outcomes_.territories[territory].progress;
  const std::size_t items = tallies.size();
  for (std::size_t item = 0; item < items; ++item) {
    for (std::size_t week = 0; week < weeks_; ++week) {
      const std::int16_t* counts = progress_.data() + (week * items + item) * lanes;
      std::vector<std::uint32_t>& tally = tallies[item][week];
      for (int lane = first; lane < end; ++lane) {
        const auto count = static_cast<std::size_t>(counts[lane]);
        if (count >= tally.size()) tally.resize(count + 1);
        ++tally[count];
      }
    }
  }
}

void Worker::count_groups(int first, int end) {
  for (std::size_t g = 0; g < plan_.groups.size(); ++g) {
    GroupTally& tally = outcomes_.groups[g];
    count(tally.bookings, group_goals_[g], group_booked_.data() + g * weeks_ * lanes, first, end);
    for (int lane = first; lane < end; ++lane) {
      ++tally.at_quota[static_cast<std::size_t>(
          group_at_quota_[g * lanes + static_cast<std::size_t>(lane)])];
    }
  }
}

void Worker::count_lowest(int first, int end) {
  if (by_name_.empty()) return;
  double lowest[lanes];
  std::size_t who[lanes];
  std::fill(lowest, lowest + lanes, std::numeric_limits<double>::infinity());
  for (const std::size_t territory : by_name_) {
    const std::int64_t* finals = finals_.data() + territory * lanes;
    const auto quota = static_cast<double>(territory_goals_[territory].quota);
    for (int lane = first; lane < end; ++lane) {
      const double attainment = static_cast<double>(finals[lane]) / quota;
      who[lane] = attainment < lowest[lane] ? territory : who[lane];
      lowest[lane] = std::min(attainment, lowest[lane]);
    }
  }
  for (int lane = first; lane < end; ++lane) {
    ++outcomes_.territories[who[lane]].lowest;
    const auto millionths = static_cast<std::uint64_t>(std::min(lowest[lane], 1e9) * 1e6);
    outcomes_.lowest_attainment.add(Histogram::bin_of(millionths));
    outcomes_.lowest_moments.add(millionths);
  }
}

void Worker::run_block(std::uint64_t block, int first, int end) {
  std::fill(group_booked_.begin(), group_booked_.end(), 0);
  std::fill(group_at_quota_.begin(), group_at_quota_.end(), 0);
  const bool with_progress = block < progress_replications / lanes;
  for (std::size_t territory = 0; territory < plan_.territories.size(); ++territory) {
    simulate(block, territory, first, end, nullptr, with_progress);
    count_territory(territory, first, end);
    if (with_progress) count_progress(territory, first, end);
    if (!hours_there_[territory].empty()) count_utilization(territory, first, end);
  }
  count_groups(first, end);
  count_lowest(first, end);
  outcomes_.replications += end - first;
}

void Worker::run_block_uncounted(std::uint64_t block, int first, int end) {
  for (std::size_t territory = 0; territory < plan_.territories.size(); ++territory) {
    simulate(block, territory, first, end, nullptr);
  }
}

void Worker::run_recorded(std::uint64_t block, std::size_t territory, Recorder& recorder,
                          std::int64_t* booked_by_week) {
  simulate(block, territory, 0, lanes, &recorder);
  for (std::size_t week = 0; week < weeks_; ++week) {
    booked_by_week[week] = booked_[week * lanes + static_cast<std::size_t>(recorder.lane)];
  }
}

Outcomes Worker::take_outcomes() {
  for (std::size_t i = 0; i < work_.size(); ++i) work_[i].write_sums(outcomes_.territories[i]);
  return std::move(outcomes_);
}

}  // namespace attain::engine
