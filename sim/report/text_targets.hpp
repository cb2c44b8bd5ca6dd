#pragma once

#include <attain/report/run_report.hpp>

#include <string>
#include <vector>

namespace attain {

/// What is to be said of quotas, forecasts and dates as they are stated, each in one paragraph.
std::vector<std::string> target_notes(const RunReport& report);

/// "A, B and 3 more", of ten at most.
std::string listed(const std::vector<std::string>& names, const std::string& between);

/// Whether the quota is less than what was handed out; a relief of 0 % takes nothing off.
bool is_relieved(const Territory& territory);

/// "Ohio 420k less 15 % = 357k (leave from March)".
std::string relief_text(const Territory& territory);

}  // namespace attain
