#include "span_bookings.hpp"

namespace attain {

BookedBefore booked_before(const TerritoryPlan& territory) {
  return {territory.booked, territory.actual};
}

BookedBefore booked_before(const Plan& plan, const std::vector<std::size_t>& territories) {
  BookedBefore sum;
  for (const std::size_t index : territories) {
    sum.booked += plan.territories[index].booked;
    sum.actual += plan.territories[index].actual;
  }
  return sum;
}

Money booked_in(const Plan& plan, std::size_t span, const BookedBefore& before) {
  if (!plan.spans[span].period) return before.booked + before.actual;
  return span == 0 ? before.booked : Money{};
}

Counted bookings_at_end_of(const Plan& plan, const BookingsTally& tally, std::size_t week,
                           const BookedBefore& before) {
  const bool is_first = static_cast<int>(week) < plan.spans.front().end_week;
  const Money least = is_first ? before.booked : Money{};
  return {tally.histograms[week], tally.moments[week], static_cast<std::uint64_t>(least.cents)};
}

Counted bookings_of(const Plan& plan, const BookingsTally& tally, std::size_t span,
                    const BookedBefore& before) {
  const Span& of = plan.spans[span];
  if (of.period) {
    return bookings_at_end_of(plan, tally, static_cast<std::size_t>(of.end_week) - 1, before);
  }
  const Money least = booked_in(plan, span, before);
  return {tally.year_histogram, tally.year, static_cast<std::uint64_t>(least.cents)};
}

BookingsSummary SpanReader::read(const Counted& counted) const {
  constexpr double cents_per_unit = 100;
  const std::vector<Quantile> quantiles = quantiles_.read(counted, cents_per_unit);
  return {mean_of(counted.moments, replications_, cents_per_unit), quantiles[0], quantiles[1],
          quantiles[2], quantiles[3]};
}

}  // namespace attain
