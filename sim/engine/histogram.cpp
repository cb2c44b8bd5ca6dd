#include <attain/engine/histogram.hpp>

#include <algorithm>
#include <numeric>

namespace attain {

void Histogram::reserve(std::uint32_t bin) {
  // A quarter of an octave at a time, so that growing is rare and little is left empty.
  constexpr std::uint32_t piece = bins_an_octave / 4;
  const std::uint32_t begin = bin / piece * piece;
  const std::uint32_t end = begin + piece;
  if (counts_.empty()) {
    first_ = begin;
    counts_.assign(piece, 0);
    return;
  }
  if (begin < first_) {
    counts_.insert(counts_.begin(), first_ - begin, 0);
    first_ = begin;
  }
  if (end > first_ + counts_.size()) counts_.resize(end - first_, 0);
}

void Histogram::merge(const Histogram& other) {
  zeros_ += other.zeros_;
  for (std::size_t i = 0; i < other.counts_.size(); ++i) {
    if (other.counts_[i] != 0) add(other.first_ + static_cast<std::uint32_t>(i), other.counts_[i]);
  }
}

std::uint64_t Histogram::total() const {
  return std::accumulate(counts_.begin(), counts_.end(), zeros_);
}

std::uint64_t Histogram::count_below(std::uint32_t bin) const {
  if (bin == 0) return 0;
  if (bin <= first_) return zeros_;
  const auto end = std::min<std::size_t>(bin - first_, counts_.size());
  return std::accumulate(counts_.begin(), counts_.begin() + static_cast<std::ptrdiff_t>(end),
                         zeros_);
}

double Histogram::value_at_rank(std::uint64_t rank) const {
  if (rank <= zeros_) return 0;
  std::uint64_t before = zeros_;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    const std::uint64_t here = counts_[i];
    if (before + here >= rank) {
      const auto bin = first_ + static_cast<std::uint32_t>(i);
      const double place = (static_cast<double>(rank - before) - 0.5) / static_cast<double>(here);
      // A bin of one integer holds just that.
      const double spread = static_cast<double>(width(bin) - 1);
      return static_cast<double>(lower_edge(bin)) + place * spread;
    }
    before += here;
  }
  return counts_.empty() ? 0
                         : static_cast<double>(
                               lower_edge(first_ + static_cast<std::uint32_t>(counts_.size()) - 1));
}

}  // namespace attain
