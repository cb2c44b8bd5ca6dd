#include <attain/engine/simulate.hpp>

#include "worker.hpp"

#include <algorithm>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>

namespace attain {

namespace {

using engine::lanes;
using engine::Worker;

/// The blocks that hold a range of replications, and which of each block's lanes belong to it.
class Blocks {
 public:
  explicit Blocks(const SimulationOptions& options)
      : first_(options.first_replication), end_(first_ + options.replications) {}

  [[nodiscard]] std::int64_t begin() const { return first_ / lanes; }
  [[nodiscard]] std::int64_t end() const { return (end_ + lanes - 1) / lanes; }
  [[nodiscard]] int first_lane(std::int64_t block) const {
    return static_cast<int>(std::max(first_ - block * lanes, std::int64_t{0}));
  }
  [[nodiscard]] int end_lane(std::int64_t block) const {
    return static_cast<int>(std::min(end_ - block * lanes, std::int64_t{lanes}));
  }

 private:
  std::int64_t first_;
  std::int64_t end_;
};

/// Hands out blocks and passes on progress, interruption and failure between the threads.
class Queue {
 public:
  Queue(const SimulationOptions& options, const Blocks& blocks)
      : options_(options), next_(blocks.begin()), end_(blocks.end()) {}

  bool take(std::int64_t& block) {
    if (failed_.load(std::memory_order_relaxed)) return false;
    if (options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed)) return false;
    block = next_.fetch_add(1, std::memory_order_relaxed);
    return block < end_;
  }

  void done(int replications) {
    const std::int64_t all = done_.fetch_add(replications) + replications;
    if (!options_.progress) return;
    const std::unique_lock lock(progress_mutex_, std::try_to_lock);
    if (lock.owns_lock()) options_.progress(all);
  }

  void fail(std::exception_ptr problem) {
    const std::lock_guard lock(failure_mutex_);
    if (!problem_) problem_ = std::move(problem);
    failed_ = true;
  }

  void rethrow() const {
    if (problem_) std::rethrow_exception(problem_);
    if (options_.stop != nullptr && options_.stop->load()) throw Interrupted();
  }

 private:
  const SimulationOptions& options_;
  std::atomic<std::int64_t> next_;
  std::int64_t end_;
  std::atomic<std::int64_t> done_{0};
  std::atomic<bool> failed_{false};
  std::mutex progress_mutex_;
  std::mutex failure_mutex_;
  std::exception_ptr problem_;
};

/// `work(thread)` on each thread; the first of them is this one.
template <class Work>
void on_threads(int threads, const Work& work) {
  std::vector<std::jthread> others;
  try {
    for (int thread = 1; thread < threads; ++thread) others.emplace_back([&work] { work(); });
  } catch (const std::system_error&) {
    // The machine gives no more threads; the answer is the same with fewer.
  }
  work();
}

template <class OnWorker>
void run_blocks(const Plan& plan, const SimulationOptions& options, const Blocks& blocks,
                const OnWorker& on_worker) {
  Queue queue(options, blocks);
  const auto count = std::max<std::int64_t>(blocks.end() - blocks.begin(), 1);
  on_threads(static_cast<int>(std::min<std::int64_t>(options.threads, count)), [&] {
    try {
      Worker worker(plan, options);
      on_worker(worker, queue);
    } catch (...) {
      queue.fail(std::current_exception());
    }
  });
  queue.rethrow();
}

}  // namespace

Outcomes simulate(const Plan& plan, const SimulationOptions& options) {
  const Blocks blocks(options);
  Outcomes outcomes;
  std::mutex mutex;
  run_blocks(plan, options, blocks, [&](Worker& worker, Queue& queue) {
    std::int64_t block = 0;
    while (queue.take(block)) {
      const int first = blocks.first_lane(block);
      const int end = blocks.end_lane(block);
      worker.run_block(static_cast<std::uint64_t>(block), first, end);
      queue.done(end - first);
    }
    Outcomes part = worker.take_outcomes();
    const std::lock_guard lock(mutex);
    outcomes.merge(std::move(part));
  });
  return outcomes;
}

std::vector<std::vector<std::int64_t>> simulate_bookings(const Plan& plan,
                                                         const SimulationOptions& options) {
  const Blocks blocks(options);
  std::vector<std::vector<std::int64_t>> bookings(
      plan.territories.size(),
      std::vector<std::int64_t>(static_cast<std::size_t>(options.replications)));
  run_blocks(plan, options, blocks, [&](Worker& worker, Queue& queue) {
    std::int64_t block = 0;
    while (queue.take(block)) {
      const int first = blocks.first_lane(block);
      const int end = blocks.end_lane(block);
      worker.run_block_uncounted(static_cast<std::uint64_t>(block), first, end);
      const std::int64_t offset = block * lanes + first - options.first_replication;
      for (std::size_t t = 0; t < bookings.size(); ++t) {
        const std::int64_t* finals = worker.final_bookings(t);
        std::copy(finals + first, finals + end, bookings[t].begin() + offset);
      }
      queue.done(end - first);
    }
  });
  return bookings;
}

std::vector<Future> replay(const Plan& plan, std::uint64_t seed, std::int64_t replication,
                           SimdWidth simd) {
  SimulationOptions options;
  options.seed = seed;
  options.simd = simd;
  Worker worker(plan, options);
  const auto block = static_cast<std::uint64_t>(replication / lanes);
  std::vector<Future> futures;
  for (std::size_t t = 0; t < plan.territories.size(); ++t) {
    const TerritoryPlan& territory = plan.territories[t];
    Future future;
    future.leads.resize(static_cast<std::size_t>(plan.steps));
    future.wins.resize(static_cast<std::size_t>(plan.steps));
    future.booked.resize(static_cast<std::size_t>(plan.weeks()));
    std::size_t most_moves = 0;
    for (const NamedPlan& deal : territory.named) {
      most_moves += territory.flows[deal.flow].stages.size();
    }
    std::vector<engine::Recorder::Move> moves(most_moves);
    engine::Recorder recorder{static_cast<int>(replication % lanes), future.leads.data(),
                              future.wins.data(), moves.data(), 0};
    worker.run_recorded(block, t, recorder, future.booked.data());
    for (int i = 0; i < recorder.move_count; ++i) {
      const auto& move = moves[static_cast<std::size_t>(i)];
      future.moves.push_back({static_cast<std::size_t>(move.named), move.step,
                              static_cast<std::size_t>(move.from_stage), move.advanced});
    }
    futures.push_back(std::move(future));
  }
  return futures;
}

}  // namespace attain
