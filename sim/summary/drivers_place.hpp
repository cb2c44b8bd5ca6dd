#pragma once

#include <attain/model/dynamics.hpp>
#include <attain/summary/drivers.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace attain {

/// The same thing in several territories.
class Place {
 public:
  void add(std::size_t territory, std::size_t stream, const std::string& owner) {
    if (touched_.empty() || touched_.back() != territory) {
      touched_.push_back(territory);
      where_.push_back({touched_.size() - 1, {}, false});
    }
    where_.back().streams.push_back(stream);
    owners_.insert(owner);
  }
  void add_value(double value) {
    range_.low = values_ == 0 ? value : std::min(range_.low, value);
    range_.high = values_ == 0 ? value : std::max(range_.high, value);
    sum_ += value;
    ++values_;
  }

  [[nodiscard]] const std::vector<std::size_t>& touched() const { return touched_; }
  /// Within the part of the scenario that has these territories only.
  [[nodiscard]] const std::vector<Selected>& where() const { return where_; }
  [[nodiscard]] ValueRange range() const { return range_; }
  [[nodiscard]] double sum() const { return sum_; }
  [[nodiscard]] std::string owner() const {
    std::string all;
    for (const std::string& each : owners_) all += (all.empty() ? "" : ", ") + each;
    return all;
  }

 private:
  std::vector<std::size_t> touched_;
  std::vector<Selected> where_;
  std::set<std::string> owners_;
  ValueRange range_;
  double sum_ = 0;
  int values_ = 0;
};

}  // namespace attain
