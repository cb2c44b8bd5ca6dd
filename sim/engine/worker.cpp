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

/// The moments of some values; without 128 bits for each where they are small.
Moments moments_of(const std::uint64_t* values, int first, int end) {
  std::uint64_t all = 0;
  for (int lane = first; lane < end; ++lane) all |= values[lane];
  Moments moments;
  if (all >> 32U != 0) {
    for (int lane = first; lane < end; ++lane) moments.add(values[lane]);
    return moments;
  }
  std::uint64_t sum = 0;
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  for (int lane = first; lane < end; ++lane) {
    const std::uint64_t square = values[lane] * values[lane];
    sum += values[lane];
    low += square & 0xffffffffU;
    high += square >> 32U;
  }
  moments.sum = sum;
  moments.squares = (static_cast<WideSum>(high) << 32U) + low;
  return moments;
}

BookingsTally empty_tally(const Plan& plan) {
  BookingsTally tally;
  const auto weeks = static_cast<std::size_t>(plan.weeks());
  tally.moments.resize(weeks);
  tally.histograms.resize(weeks);
  tally.goals.resize(plan.spans.size());
  for (GoalTally& goals : tally.goals) goals.at_threshold.resize(plan.thresholds.size());
  return tally;
}

/// The draws that all territories share are needed where something is drawn by them.
bool has_shared_luck(const DynamicsPlan& dynamics) {
  const auto is_shared = [](const auto& each) { return each.shared; };
  return std::any_of(dynamics.values.begin(), dynamics.values.end(), is_shared) ||
         std::any_of(dynamics.choices.begin(), dynamics.choices.end(), is_shared) ||
         std::any_of(dynamics.shocks.begin(), dynamics.shocks.end(), is_shared) ||
         std::any_of(dynamics.masks.begin(), dynamics.masks.end(), [](const RuleMask& mask) {
           return mask.shared && mask.chance != 0xffffffffU;
         });
}

}  // namespace

Worker::Targets Worker::targets_of(const std::vector<Goals>& goals,
                                   const std::vector<double>& thresholds) {
  Targets targets;
  for (const Goals& each : goals) {
    Target target{
        each.quota ? each.quota->cents : none, each.forecast ? each.forecast->cents : none, {}};
    for (const double share : thresholds) {
      target.thresholds.push_back(each.quota ? at_least_share(*each.quota, share).cents : none);
    }
    targets.push_back(std::move(target));
  }
  return targets;
}

Worker::Worker(const Plan& plan, const SimulationOptions& options)
    : plan_(plan),
      options_(options),
      kernel_(kernel_for(options.simd)),
      work_(works_of(plan)),
      memory_(memory_for(work_)),
      weeks_(static_cast<std::size_t>(plan.weeks())),
      spans_(plan.spans.size()),
      booked_(weeks_ * lanes),
      group_booked_(plan.groups.size() * weeks_ * lanes),
      group_finals_(plan.groups.size() * spans_ * lanes),
      group_at_quota_(plan.groups.size() * spans_ * lanes),
      finals_(plan.territories.size() * spans_ * lanes),
      groups_of_(plan.territories.size()) {
  for (std::size_t i = 0; i < plan.territories.size(); ++i) {
    const TerritoryPlan& territory = plan.territories[i];
    territory_targets_.push_back(targets_of(territory.goals, plan.thresholds));
    has_shared_luck_ = has_shared_luck_ || has_shared_luck(territory.dynamics);
    if (territory.goals.back().quota) by_name_.push_back(i);
    TerritoryTally tally;
    tally.bookings = empty_tally(plan);
    const std::size_t items = territory.progress.size();
    tally.progress.assign(items, std::vector<std::vector<std::uint32_t>>(weeks_));
    progress_.resize(std::max(progress_.size(), weeks_ * items * lanes));
    if (!territory.dynamics.hours.empty()) tally.utilization.weeks.resize(weeks_);
    outcomes_.territories.push_back(std::move(tally));
  }
  hours_asked_.resize(weeks_ * lanes);
  hours_there_.resize(weeks_ * lanes);
  // The lowest of equals is the first by name, wherever it stands in the file.
  std::sort(by_name_.begin(), by_name_.end(), [&plan](std::size_t a, std::size_t b) {
    return plan.territories[a].name < plan.territories[b].name;
  });
  for (std::size_t g = 0; g < plan.groups.size(); ++g) {
    const Group& group = plan.groups[g];
    for (const std::size_t territory : group.territories) groups_of_[territory].push_back(g);
    group_targets_.push_back(targets_of(plan.group_goals[g], plan.thresholds));
    outcomes_.groups.push_back(
        {empty_tally(plan), std::vector<std::vector<std::uint64_t>>(
                                spans_, std::vector<std::uint64_t>(group.territories.size() + 1))});
  }
}

/// Bookings of each span from those at the ends of weeks.
void Worker::take_finals(std::size_t territory) {
  std::int64_t* finals = finals_.data() + territory * spans_ * lanes;
  const TerritoryPlan& planned = plan_.territories[territory];
  for (std::size_t span = 0; span < spans_; ++span) {
    std::int64_t* to = finals + span * lanes;
    if (plan_.spans[span].period) {
      const auto last_week = static_cast<std::size_t>(plan_.spans[span].end_week) - 1;
      std::memcpy(to, booked_.data() + last_week * lanes, lanes * sizeof *to);
      continue;
    }
    for (int lane = 0; lane < lanes; ++lane) to[lane] = planned.actual.cents;
    for (std::size_t period = 0; period < span; ++period) {
      for (int lane = 0; lane < lanes; ++lane) to[lane] += finals[period * lanes + lane];
    }
  }
}

void Worker::simulate(std::uint64_t block, std::size_t territory, int first, int end,
                      Recorder* recorder, bool with_progress) {
  const std::uint64_t seed = options_.seed;
  fill_keys(keys_, seed, block, plan_.territories[territory].name_hash);
  BlockResult result{booked_.data(),
                     wins_,
                     0,
                     0,
                     with_progress ? progress_.data() : nullptr,
                     hours_asked_.data(),
                     hours_there_.data()};
  if (has_shared_luck_ && shared_block_ != block) {
    fill_keys(shared_keys_, seed, block, shared_by_all);
    shared_block_ = block;
  }
  const BlockLuck luck{keys_, shared_keys_, first, end, options_.one_draw_a_block};
  kernel_.simulate_block(work_[territory].view(), luck, memory_.scratch(), result, recorder);
  outcomes_.cut_amounts += result.cut_amounts;
  outcomes_.cut_leads += result.cut_leads;
  take_finals(territory);
}

void Worker::count(BookingsTally& tally, const Targets& targets, const std::int64_t* booked,
                   const std::int64_t* finals, int first, int end) {
  const auto add = [first, end, this](const std::int64_t* values, Moments& to,
                                      Histogram& histogram) {
    alignas(64) std::uint32_t bins[lanes];
    kernel_.bins(values, bins);
    for (int lane = first; lane < end; ++lane) histogram.add(bins[lane]);
    // Bookings are never below 0, where both kinds of integers have the same bits.
    to.merge(moments_of(reinterpret_cast<const std::uint64_t*>(values), first, end));
  };
  for (std::size_t week = 0; week < weeks_; ++week) {
    add(booked + week * lanes, tally.moments[week], tally.histograms[week]);
  }
  for (std::size_t span = 0; span < spans_; ++span) {
    const std::int64_t* values = finals + span * lanes;
    if (!plan_.spans[span].period) add(values, tally.year, tally.year_histogram);
    GoalTally& goals = tally.goals[span];
    const Target& target = targets[span];
    if (target.quota != none) {
      goals.at_quota += count_reaching(values, first, end, target.quota);
      for (std::size_t i = 0; i < target.thresholds.size(); ++i) {
        goals.at_threshold[i] += count_reaching(values, first, end, target.thresholds[i]);
      }
    }
    if (target.forecast != none) {
      goals.at_forecast += count_reaching(values, first, end, target.forecast);
    }
  }
}

void Worker::count_territory(std::size_t territory, int first, int end) {
  TerritoryTally& tally = outcomes_.territories[territory];
  const Targets& targets = territory_targets_[territory];
  const std::int64_t* finals = finals_.data() + territory * spans_ * lanes;
  count(tally.bookings, targets, booked_.data(), finals, first, end);
  for (int lane = first; lane < end; ++lane) {
    const auto wins = static_cast<std::size_t>(wins_[lane]);
    if (wins >= tally.wins.size()) tally.wins.resize(wins + 1);
    ++tally.wins[wins];
  }
  for (const std::size_t group : groups_of_[territory]) {
    std::int64_t* sums = group_booked_.data() + group * weeks_ * lanes;
    for (std::size_t i = 0; i < weeks_ * lanes; ++i) sums[i] += booked_[i];
    std::int64_t* final_sums = group_finals_.data() + group * spans_ * lanes;
    for (std::size_t i = 0; i < spans_ * lanes; ++i) final_sums[i] += finals[i];
    std::int32_t* at_quota = group_at_quota_.data() + group * spans_ * lanes;
    for (std::size_t span = 0; span < spans_; ++span) {
      const std::int64_t quota = targets[span].quota;
      if (quota == none) continue;
      for (std::size_t lane = span * lanes; lane < (span + 1) * lanes; ++lane) {
        at_quota[lane] += finals[lane] >= quota ? 1 : 0;
      }
    }
  }
}

void Worker::count_utilization(std::size_t territory, int first, int end) {
  constexpr double most = 4000;  // Times the hours there are, so that millionths have 32 bits.
  const auto millionths = [most](const double* asked, const double* there, std::uint64_t* shares) {
    for (int lane = 0; lane < lanes; ++lane) {
      const double share = there[lane] > 0 ? asked[lane] / there[lane] : asked[lane] > 0 ? most : 0;
      shares[lane] = static_cast<std::uint64_t>(
          static_cast<std::int64_t>((share < most ? share : most) * 1e6));
    }
  };
  UtilizationTally& tally = outcomes_.territories[territory].utilization;
  std::uint64_t shares[lanes];
  double asked_in_all[lanes] = {};
  double there_in_all[lanes] = {};
  for (std::size_t week = 0; week < weeks_; ++week) {
    const double* asked = hours_asked_.data() + week * lanes;
    const double* there = hours_there_.data() + week * lanes;
    millionths(asked, there, shares);
    tally.weeks[week].merge(moments_of(shares, first, end));
    for (int lane = 0; lane < lanes; ++lane) asked_in_all[lane] += asked[lane];
    for (int lane = 0; lane < lanes; ++lane) there_in_all[lane] += there[lane];
  }
  millionths(asked_in_all, there_in_all, shares);
  tally.period.merge(moments_of(shares, first, end));
  for (int lane = first; lane < end; ++lane) {
    tally.period_histogram.add(Histogram::bin_of(shares[lane]));
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
    count(tally.bookings, group_targets_[g], group_booked_.data() + g * weeks_ * lanes,
          group_finals_.data() + g * spans_ * lanes, first, end);
    for (std::size_t span = 0; span < spans_; ++span) {
      const std::int32_t* at_quota = group_at_quota_.data() + (g * spans_ + span) * lanes;
      for (int lane = first; lane < end; ++lane) {
        ++tally.at_quota[span][static_cast<std::size_t>(at_quota[lane])];
      }
    }
  }
}

void Worker::count_lowest(int first, int end) {
  if (by_name_.empty()) return;
  double lowest[lanes];
  std::size_t who[lanes];
  std::fill(lowest, lowest + lanes, std::numeric_limits<double>::infinity());
  for (const std::size_t territory : by_name_) {
    const std::int64_t* finals = final_bookings(territory);
    const auto quota = static_cast<double>(territory_targets_[territory].back().quota);
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
  std::fill(group_finals_.begin(), group_finals_.end(), 0);
  std::fill(group_at_quota_.begin(), group_at_quota_.end(), 0);
  const bool with_progress = block < progress_replications / lanes;
  for (std::size_t territory = 0; territory < plan_.territories.size(); ++territory) {
    simulate(block, territory, first, end, nullptr, with_progress);
    count_territory(territory, first, end);
    if (with_progress) count_progress(territory, first, end);
    if (!plan_.territories[territory].dynamics.hours.empty()) {
      count_utilization(territory, first, end);
    }
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
