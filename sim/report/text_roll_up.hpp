#pragma once

#include <attain/report/run_report.hpp>

#include <string>

namespace attain {

/// What is booked, called and open, beside what is simulated; empty where nothing is called.
std::string roll_up_section(const RunReport& report);

}  // namespace attain
