#pragma once

#include <attain/report/explain.hpp>

#include <optional>
#include <string>
#include <vector>

namespace attain {

/// `text` as lines of the answer, indented; a number and its % stay together.
std::string paragraph(const std::string& text);
/// The same as an item of a list.
std::string bullet(const std::string& text);

/// The parts of an explanation in text form; each is lines that end with a line break, or nothing.

/// New deals and open ones as products, and their sum against quota and simulation.
std::string arithmetic_section(const ExplainReport& report);

/// Why the chance is what it is.
std::string why_section(const ExplainReport& report);

/// "1 week", "13 weeks".
std::string weeks_text(int weeks);
/// "20,000 quarters".
std::string replications_text(const ExplainReport& report);

/// What each owner and each named deal should have come to by the middle and the end of what is
/// left.
std::string expectations_section(const ExplainReport& report);

/// What has to be booked from day one on; none without a quota, or where it is made.
std::optional<double> missing_to_quota(const ExplainReport& report);

/// A count or rate with two digits: 24, 5.1, 0.42, 1,200.
std::string few_digits(double value);

/// How late a new deal can be.
std::string last_week_section(const ExplainReport& report);

/// What an even chance and 80 % would take.
struct TakesSection {
  std::string text;
  bool has_ranges = false;  ///< Whether something stands in brackets.
};
TakesSection takes_section(const ExplainReport& report);

}  // namespace attain
