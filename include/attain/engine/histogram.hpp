#pragma once

#include <cstdint>
#include <vector>

namespace attain {

/// Counts of non-negative integers in bins that are exact below 512 and 1/256 of their lower edge
/// wide above (after HdrHistogram, Tene): whatever is read from a bin is within 0.4 % of the truth.
/// Memory grows with the range of the values above 0, not with their number; zeros, far below all
/// others, are counted apart.
class Histogram {
 public:
  static constexpr std::uint32_t bins_an_octave = 256;

  /// The bin of a value below 2^63.
  static constexpr std::uint32_t bin_of(std::uint64_t value) {
    if (value < 2 * bins_an_octave) return static_cast<std::uint32_t>(value);
    const int shift = 63 - __builtin_clzll(value) - 8;
    return static_cast<std::uint32_t>(shift) * bins_an_octave +
           static_cast<std::uint32_t>(value >> shift);
  }
  static constexpr std::uint64_t lower_edge(std::uint32_t bin) {
    if (bin < 2 * bins_an_octave) return bin;
    const std::uint32_t shift = bin / bins_an_octave - 1;
    return static_cast<std::uint64_t>(bin - shift * bins_an_octave) << shift;
  }
  static constexpr std::uint64_t width(std::uint32_t bin) {
    return bin < 2 * bins_an_octave ? 1 : std::uint64_t{1} << (bin / bins_an_octave - 1);
  }

  void add(std::uint32_t bin, std::uint32_t times = 1) {
    if (bin == 0) {
      zeros_ += times;
      return;
    }
    const std::uint32_t index = bin - first_;
    if (index >= counts_.size()) {
      reserve(bin);
      counts_[bin - first_] += times;
      return;
    }
    counts_[index] += times;
  }
  void merge(const Histogram& other);

  [[nodiscard]] std::uint64_t total() const;
  /// Number of values in bins below `bin`.
  [[nodiscard]] std::uint64_t count_below(std::uint32_t bin) const;
  /// The value of rank `rank` (1 is the smallest), placed within its bin as if the bin's values
  /// were spread evenly. 1 <= rank <= total().
  [[nodiscard]] double value_at_rank(std::uint64_t rank) const;

  [[nodiscard]] std::uint64_t zeros() const { return zeros_; }
  /// The counts of the bins from `first_bin` on; all others are empty.
  [[nodiscard]] std::uint32_t first_bin() const { return first_; }
  [[nodiscard]] const std::vector<std::uint32_t>& counts() const { return counts_; }

 private:
  void reserve(std::uint32_t bin);

  std::uint64_t zeros_ = 0;
  std::uint32_t first_ = 0;
  std::vector<std::uint32_t> counts_;
};

}  // namespace attain
