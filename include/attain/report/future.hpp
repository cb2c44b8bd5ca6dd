#pragma once

#include <attain/engine/simulate.hpp>
#include <attain/report/run_report.hpp>

#include <cstdint>
#include <iosfwd>
#include <vector>

namespace attain {

/// One replication: a single future of every territory.
struct FutureReport {
  const Scenario& scenario;
  const RunRecord& run;
  std::int64_t replication = 0;
  std::vector<Future> futures;  ///< By territory.
};

/// Week by week: leads, wins, bookings and what becomes of named deals.
void write_future_text(const FutureReport& report, std::ostream& out);
void write_future_json(const FutureReport& report, std::ostream& out);
void write_future_csv(const FutureReport& report, std::ostream& out);

}  // namespace attain
