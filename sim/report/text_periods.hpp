#pragma once

#include <attain/report/run_report.hpp>

#include <string>

namespace attain {

/// The company by period, those before day one included; empty where there is only one.
std::string periods_section(const RunReport& report);

}  // namespace attain
