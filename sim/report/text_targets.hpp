#pragma once

#include <attain/report/run_report.hpp>

#include <string>
#include <vector>

namespace attain {

/// What is to be said of quotas, forecasts and dates as they are stated, each in one paragraph.
std::vector<std::string> target_notes(const RunReport& report);

/// "Ohio 420k less 15 % = 357k (leave from March)".
std::string relief_text(const Territory& territory);

}  // namespace attain
