#pragma once

#include <attain/report/run_report.hpp>

#include <string>
#include <vector>

namespace attain {

/// What a reader has to know of what is taken for granted, and of inputs that are only estimates;
/// each in one paragraph.
std::vector<std::string> assumption_notes(const RunReport& report);

}  // namespace attain
