#pragma once

#include <attain/report/csv.hpp>

#include <string>

namespace attain {

/// "5", "12.5" for .05, .125: what names of columns say of shares.
std::string percent_name(double share);

std::optional<double> units_of(const std::optional<Money>& money);

/// Whether somebody's hours are limited, so that there is a column for it.
bool has_utilization(const Summary& summary);

}  // namespace attain
