#pragma once

#include <attain/report/run_report.hpp>

namespace attain {

class ResultsFolder;

/// Adds run.json, summary.json, territories.csv, deals.csv, weekly.csv and expectations.csv.
void add_run_files(const RunReport& report, ResultsFolder& folder);

}  // namespace attain
