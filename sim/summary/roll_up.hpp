#pragma once

#include <attain/summary/summary.hpp>

namespace attain {

/// The categories of open deals: those of the scenario, the most likely first, then others in the
/// order in which deals mention them.
std::vector<std::string> deal_categories(const Scenario& scenario);

/// What a territory has booked and open on day one; `categories` as in Summary::categories.
RollUp roll_up(const Territory& territory, const Calendar& calendar,
               const std::vector<std::string>& categories);

/// Adds what belongs to a part of a group; both of the same categories.
void add_roll_up(RollUp& to, const RollUp& from);

}  // namespace attain
