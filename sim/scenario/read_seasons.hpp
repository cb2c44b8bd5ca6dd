#pragma once

#include "object.hpp"
#include "read_calendar.hpp"
#include "read_rules.hpp"

#include <attain/model/scenario.hpp>

#include <vector>

namespace attain::reading {

struct Seasons {
  std::vector<Season> factors;
  std::vector<bool> closed_weeks;  ///< By week from the start over all periods; may be shorter.
};

/// One `seasonality`, or a list of them. `names` has the stages that there are.
Seasons read_seasons(const Object& scenario, const CalendarDraft& dates, const RuleNames& names);

}  // namespace attain::reading
