#include "support/deal_by_deal_dated.hpp"

#include <algorithm>
#include <numeric>

namespace attain::testing {

bool DatedDeal::is_over_by(int step, const Calendar& calendar) const {
  const int days_to_end = (step + 1) * 7 / calendar.steps_per_week() - due_day;
  if (days_to_end <= 0) return false;
  return slip_weeks < 0 || slip_weeks < days_to_end / 7.0;
}

std::vector<int> possible_due_days(const OpenDeals& open, const Calendar& calendar) {
  if (open.due->date)
    return {std::max(static_cast<int>((*open.due->date - calendar.day_one()).count()), 0)};
  const int steps_left = calendar.period_steps - calendar.steps_done % calendar.period_steps;
  std::vector<int> days(static_cast<std::size_t>(steps_left * 7 / calendar.steps_per_week()));
  std::iota(days.begin(), days.end(), 0);
  return days;
}

DatedDeal draw_dated(const OpenDeals& open, const Calendar& calendar, Luck& luck) {
  DatedDeal deal;
  deal.open = &open;
  const std::vector<int> days = possible_due_days(open, calendar);
  const bool has_choice = days.size() > 1;
  deal.due_day =
      has_choice ? days[static_cast<std::size_t>(uniform(luck) * static_cast<double>(days.size()))]
                 : days[0];
  if (uniform(luck) < open.due->slip_chance)
    deal.slip_weeks = FamilyDraw(open.due->slip_weeks).draw(luck);
  return deal;
}

}  // namespace attain::testing
