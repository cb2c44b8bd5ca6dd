#pragma once

#include <attain/report/run_report.hpp>

#include <string>

namespace attain {

/// Whether the company's row would only repeat that of its one territory.
bool company_is_one_territory(const Summary& summary);

/// Whether there are replications enough for ranges and promises.
bool ranges_are_known(const Summary& summary);

/// The territories by their chance of quota, the regions level by level, the company.
std::string outlook_table(const RunReport& report);

}  // namespace attain
