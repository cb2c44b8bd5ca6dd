#include "support/deal_by_deal_dated.hpp"

#include <algorithm>

namespace attain::testing {

bool DatedDeal::is_over_by(int step, const Calendar& calendar) const {
  const int days_to_end = (step + 1) * 7 / calendar.steps_per_week() - due_day;
  if (days_to_end <= 0) return false;
  return slip_weeks < 0 || slip_weeks < days_to_end / 7.0;
}

DatedDeal draw_dated(const OpenDeals& open, const Calendar& calendar, Luck& luck) {
  DatedDeal deal;
  deal.open = &open;
  if (open.due->date) {
    deal.due_day = std::max(static_cast<int>((*open.due->date - calendar.day_one()).count()), 0);
  } else {
    const auto days = static_cast<double>((calendar.last_day() - calendar.day_one()).count() + 1);
    deal.due_day = static_cast<int>(uniform(luck) * days);
  }
  if (uniform(luck) < open.due->slip_chance)
    deal.slip_weeks = FamilyDraw(open.due->slip_weeks).draw(luck);
  return deal;
}

}  // namespace attain::testing
