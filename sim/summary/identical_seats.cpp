#include "identical_seats.hpp"

#include "span_bookings.hpp"

#include <algorithm>
#include <cmath>

namespace attain {

namespace {

/// A territory's distribution of bookings, for many look-ups.
class Shares {
 public:
  explicit Shares(const Histogram& histogram)
      : first_(histogram.first_bin()), zeros_(histogram.zeros()), total_(zeros_) {
    up_to_.reserve(histogram.counts().size());
    for (const std::uint32_t count : histogram.counts()) {
      total_ += count;
      up_to_.push_back(total_);
    }
  }

  /// P(value < cents), spread evenly within a bin.
  [[nodiscard]] double below(double cents) const {
    if (cents <= 0 || total_ == 0) return 0;
    const auto last = static_cast<std::uint64_t>(std::min(std::ceil(cents), 0x1p51)) - 1;
    const std::uint32_t bin = Histogram::bin_of(last);
    const double before = cumulative(std::int64_t{bin} - 1);
    const double here = cumulative(bin) - before;
    const double place = (static_cast<double>(last - Histogram::lower_edge(bin)) + 1) /
                         static_cast<double>(Histogram::width(bin));
    return (before + place * here) / static_cast<double>(total_);
  }

 private:
  [[nodiscard]] double cumulative(std::int64_t bin) const {
    const std::int64_t index = bin - first_;
    if (bin < 0) return 0;
    if (index < 0 || up_to_.empty()) return static_cast<double>(zeros_);
    const auto last = static_cast<std::int64_t>(up_to_.size()) - 1;
    return static_cast<double>(up_to_[static_cast<std::size_t>(std::min(index, last))]);
  }

  std::int64_t first_;
  std::uint64_t zeros_;
  std::uint64_t total_;
  std::vector<std::uint64_t> up_to_;
};

struct Seat {
  Shares shares;
  double cents_at_one;  ///< Bookings that an equal seat's attainment of 1 stands for.
};

/// P(attainment of an equal seat >= x).
double reaches(const std::vector<Seat>& seats, double x) {
  double below = 0;
  for (const Seat& seat : seats) below += seat.shares.below(x * seat.cents_at_one);
  return 1 - below / static_cast<double>(seats.size());
}

double mean_of_lowest(const std::vector<Seat>& seats) {
  constexpr double step = 0.002;
  constexpr double farthest = 100;  // The lowest of two seats or more is never near.
  const auto all_reach = [&seats](double x) {
    return std::pow(reaches(seats, x), static_cast<double>(seats.size()));
  };
  double sum = 0;
  // The middle of each step, as the curve may fall at once after 0.
  for (int i = 0; i * step < farthest; ++i) {
    const double height = all_reach((i + 0.5) * step);
    sum += height * step;
    if (height < 1e-7) break;
  }
  return sum;
}

/// Fewer make no picture: nearly anything looks like two or three equal seats.
constexpr std::size_t fewest_seats = 5;

}  // namespace

std::optional<IdenticalSeats> identical_seats(const Plan& plan, const Outcomes& outcomes,
                                              const AtQuota& at_quota,
                                              const LowestSummary& lowest) {
  const auto n = static_cast<double>(outcomes.replications);
  const std::size_t whole = plan.spans.size() - 1;
  std::vector<Seat> seats;
  double sum_of_attainments = 0;
  for (std::size_t i = 0; i < plan.territories.size(); ++i) {
    const std::optional<Money>& quota = plan.territories[i].goals[whole].quota;
    if (!quota) continue;
    const Counted bookings = bookings_of(plan, outcomes.territories[i].bookings, whole, {});
    const double mean = static_cast<double>(bookings.moments.sum) / n;
    sum_of_attainments += mean / static_cast<double>(quota->cents);
    seats.push_back({Shares(bookings.histogram), mean});
  }
  if (seats.size() < fewest_seats || sum_of_attainments <= 0) return {};
  const double common_mean = sum_of_attainments / static_cast<double>(seats.size());
  for (Seat& seat : seats) seat.cents_at_one /= common_mean;

  IdenticalSeats result;
  result.seats = seats.size();
  result.at_quota = static_cast<double>(seats.size()) * reaches(seats, 1);
  result.lowest = mean_of_lowest(seats);
  const bool as_many = static_cast<double>(at_quota.p10) <= result.at_quota &&
                       result.at_quota <= static_cast<double>(at_quota.p90);
  result.same_picture = as_many && lowest.p10 <= result.lowest && result.lowest <= lowest.p90;
  return result;
}

}  // namespace attain
