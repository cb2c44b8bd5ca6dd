#include <attain/report/run_files.hpp>

#include <attain/report/csv.hpp>
#include <attain/report/json.hpp>
#include <attain/report/results_folder.hpp>

namespace attain {

void add_run_files(const RunReport& report, ResultsFolder& folder) {
  folder.add("summary.json", [&report](std::ostream& out) { write_json(report, out); });
  folder.add("territories.csv",
             [&report](std::ostream& out) { write_territories_csv(report, out); });
  folder.add("deals.csv", [&report](std::ostream& out) { write_deals_csv(report, out); });
  folder.add("weekly.csv", [&report](std::ostream& out) { write_weekly_csv(report, out); });
  folder.add("expectations.csv",
             [&report](std::ostream& out) { write_expectations_csv(report, out); });
  // Last, so that a run.json speaks of files that are there.
  folder.add("run.json", [&report](std::ostream& out) { write_run_record(report, out); });
}

}  // namespace attain
