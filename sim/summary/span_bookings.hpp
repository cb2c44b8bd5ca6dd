#pragma once

#include <attain/plan/plan.hpp>
#include <attain/summary/summary.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace attain {

/// What stands in bookings before day one.
struct BookedBefore {
  Money booked;  ///< In the period of day one.
  Money actual;  ///< In the periods before it.
};

BookedBefore booked_before(const TerritoryPlan& territory);
BookedBefore booked_before(const Plan& plan, const std::vector<std::size_t>& territories);

/// How much of it stands in the bookings of a span.
Money booked_in(const Plan& plan, std::size_t span, const BookedBefore& before);

/// Bookings since the start of its period, at the end of a simulated week.
Counted bookings_at_end_of(const Plan& plan, const BookingsTally& tally, std::size_t week,
                           const BookedBefore& before);

/// Bookings of a whole span.
Counted bookings_of(const Plan& plan, const BookingsTally& tally, std::size_t span,
                    const BookedBefore& before);

/// Reads what is told of the bookings of a span.
class SpanReader {
 public:
  explicit SpanReader(std::uint64_t replications)
      : replications_(replications), quantiles_(replications, {0.1, 0.2, 0.5, 0.9}) {}

  [[nodiscard]] BookingsSummary read(const Counted& counted) const;

 private:
  std::uint64_t replications_;
  QuantileReader quantiles_;
};

}  // namespace attain
