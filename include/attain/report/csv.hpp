#pragma once

#include <attain/report/run_report.hpp>

#include <iosfwd>
#include <optional>
#include <string_view>

namespace attain {

/// Writes RFC 4180: lines end with CR LF, cells are quoted where they must be. Text that a
/// spreadsheet would run as a formula (it starts with = + - @, tab or CR) gets a leading '.
class CsvWriter {
 public:
  explicit CsvWriter(std::ostream& out) : out_(out) {}

  CsvWriter& text(std::string_view cell);
  CsvWriter& number(double value);  ///< 10 significant digits, without an exponent.
  CsvWriter& number(const std::optional<double>& value);  ///< Empty for none.
  CsvWriter& whole(std::uint64_t value);
  CsvWriter& empty();
  void end_row();

 private:
  void cell(std::string_view written);

  std::ostream& out_;
  bool first_ = true;
};

/// One row for each territory, in the scenario's order.
void write_territories_csv(const RunReport& report, std::ostream& out);
/// One row for each named deal.
void write_deals_csv(const RunReport& report, std::ostream& out);
/// What each territory should have done by the end of each week, by who answers for it.
void write_expectations_csv(const RunReport& report, std::ostream& out);
/// One row for each territory, region and the company, and week.
void write_weekly_csv(const RunReport& report, std::ostream& out);

}  // namespace attain
