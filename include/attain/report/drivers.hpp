#pragma once

#include <attain/report/run_report.hpp>
#include <attain/report/text.hpp>
#include <attain/summary/drivers.hpp>

#include <iosfwd>
#include <string>

namespace attain {

/// Everything that a writer of drivers needs.
struct DriversReport {
  const Scenario& scenario;
  const Drivers& drivers;
  const RunRecord& run;
};

/// What is tried, as in "4.0 -> 4.4 leads a week, marketing", "off" or "won on day one".
std::string setting_text(const Driver& driver, const DriverSetting& setting);

/// Of values "4.0 -> 4.4" alone, with more decimals where the two would read alike.
std::string change_text(const Driver& driver, const DriverSetting& setting);

/// What is changed, as in "leads of new" or "rule push".
std::string what_text(const Driver& driver);

/// Three lists of bars, the longest first, and what to do next.
void write_text(const DriversReport& report, Colour colour, std::ostream& out);

/// One entry, or row, for each setting.
void write_json(const DriversReport& report, std::ostream& out);
void write_csv(const DriversReport& report, std::ostream& out);

}  // namespace attain
