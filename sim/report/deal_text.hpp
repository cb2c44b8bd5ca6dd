#pragma once

#include <attain/model/scenario.hpp>

#include <string>

namespace attain {

/// "in negotiation", "due 15 March", or "due on a day of its own".
std::string place_text(const Territory& territory, const OpenDeals& open);

/// "commit, Acme Holding, Seat 9: legal review"; empty where nothing is known.
std::string labels_text(const DealLabels& labels);

/// The owner of the stage in which the deals are; sales where they have a date.
std::string stage_owner(const Territory& territory, const OpenDeals& open);

}  // namespace attain
