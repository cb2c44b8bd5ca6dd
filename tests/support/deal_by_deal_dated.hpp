#pragma once

#include "support/deal_by_deal_stays.hpp"

#include <cstddef>
#include <limits>
#include <vector>

namespace attain::testing {

/// In place of the index of a deal that has no name.
inline constexpr std::size_t anonymous = std::numeric_limits<std::size_t>::max();

/// A deal that waits for its date.
struct DatedDeal {
  int due_day = 0;         ///< 0 on day one.
  double slip_weeks = -1;  ///< Negative: it does not slip.
  std::size_t named = anonymous;
  const OpenDeals* open = nullptr;

  /// Whether its last date is before the end of this step.
  [[nodiscard]] bool is_over_by(int step, const Calendar& calendar) const;
};

/// From day one (0): its date, or all days of the rest of day one's period.
std::vector<int> possible_due_days(const OpenDeals& open, const Calendar& calendar);

/// With its date and slip drawn.
DatedDeal draw_dated(const OpenDeals& open, const Calendar& calendar, Luck& luck);

}  // namespace attain::testing
