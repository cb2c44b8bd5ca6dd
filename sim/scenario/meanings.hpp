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

}  // namespace attain::reading
