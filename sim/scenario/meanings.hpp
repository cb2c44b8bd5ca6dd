#pragma once

#include "fields.hpp"
#include "findings.hpp"

#include <attain/model/scenario.hpp>

#include <string>

namespace attain::reading {

/// What a value that is sound means, in a few words; empty where it speaks for itself.
std::string meaning_of(const Field& field, const Node& value, const Calendar& calendar,
                       Findings& findings);

/// What a line of open deals means: since when, when it is decided.
std::string meaning_of_deals(const Node& deals, const Calendar& calendar);

/// What is to be made after relief; empty where nothing is taken off.
std::string meaning_of_quota(const Territory& territory);

/// The hours that are left to sell; empty where there is no limit.
std::string meaning_of_hours(const Territory& territory);

/// Since when a newcomer is in the job, where the file says it in months.
std::string meaning_of_ramp(const Territory& territory, const Node& ramp);

/// How far a rule reaches, and what shares become of which by its odds.
std::string meaning_of_rule(const Rule& rule, const Scenario& scenario);

}  // namespace attain::reading
