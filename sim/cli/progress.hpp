#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>

namespace attain {

/// A bar on a terminal that goes when it is done; nothing at all elsewhere.
class ProgressBar {
 public:
  /// `total` of 0: not known beforehand.
  ProgressBar(std::ostream& err, bool shown, std::int64_t total, std::string noun);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  /// For SimulationOptions::progress; empty if nothing is shown.
  [[nodiscard]] std::function<void(std::int64_t)> callback();

 private:
  void show(std::int64_t done);

  std::ostream& err_;
  bool shown_;
  std::int64_t total_;
  std::string noun_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point next_;
};

}  // namespace attain
