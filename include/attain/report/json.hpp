#pragma once

#include <attain/base/diagnostics.hpp>
#include <attain/report/run_report.hpp>

#include <iosfwd>
#include <vector>

namespace attain {

/// The whole answer for other programs: chances as fractions, money in units of the currency,
/// territories in the scenario's order, null for what is undefined.
void write_json(const RunReport& report, std::ostream& out);

/// What the run was: version, scenario and settings.
void write_run_record(const RunReport& report, std::ostream& out);

/// Diagnostics for editors, a list of objects.
void write_json(const std::vector<Diagnostic>& diagnostics, std::ostream& out);

}  // namespace attain
