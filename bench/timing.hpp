#pragma once

#include <algorithm>
#include <chrono>
#include <ctime>
#include <vector>

namespace attain::bench {

/// What one candidate took, once a round. A busy machine only ever adds time, so the smallest is
/// the measure and the median says how busy it was.
class Samples {
 public:
  void add(double value) { values_.push_back(value); }
  [[nodiscard]] bool empty() const { return values_.empty(); }
  [[nodiscard]] double least() const { return *std::min_element(values_.begin(), values_.end()); }
  [[nodiscard]] double median() const {
    std::vector<double> sorted = values_;
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    return *middle;
  }

 private:
  std::vector<double> values_;
};

/// Seconds that this thread (or, with CLOCK_PROCESS_CPUTIME_ID, all of them) spent on a CPU: what
/// others do on the machine counts less than in wall time.
template <class Work>
double cpu_seconds(const Work& work, clockid_t clock = CLOCK_THREAD_CPUTIME_ID) {
  const auto now = [clock] {
    timespec time{};
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
  };
  const double begin = now();
  work();
  return now() - begin;
}

template <class Work>
double wall_seconds(const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace attain::bench
