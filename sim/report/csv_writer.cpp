#include <attain/report/csv.hpp>
#include <attain/report/figures.hpp>

#include <fmt/format.h>

#include <ostream>

namespace attain {

namespace {

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char letter : text) {
    result += letter;
    if (letter == '"') result += letter;
  }
  return result + "\"";
}

}  // namespace

void CsvWriter::cell(std::string_view written) {
  if (!first_) out_ << ',';
  first_ = false;
  out_ << written;
}

CsvWriter& CsvWriter::text(std::string_view value) {
  std::string safe(value);
  if (!safe.empty() && std::string_view("=+-@\t\r").find(safe.front()) != std::string_view::npos) {
    safe.insert(0, 1, '\'');
  }
  const bool must_be_quoted = safe.find_first_of(",\"\r\n") != std::string::npos ||
                              (!safe.empty() && (safe.front() == ' ' || safe.back() == ' '));
  cell(must_be_quoted ? quoted(safe) : safe);
  return *this;
}

CsvWriter& CsvWriter::number(double value) {
  const double rounded = rounded_for_output(value);
  // An exponent is a text to some spreadsheets.
  std::string digits = fmt::format("{:.10g}", rounded == 0 ? 0.0 : rounded);
  if (digits.find('e') != std::string::npos) {
    digits = rounded >= 1 || rounded <= -1 ? fmt::format("{:.0f}", rounded)
                                           : fmt::format("{:.12f}", rounded);
  }
  cell(digits);
  return *this;
}

CsvWriter& CsvWriter::number(const std::optional<double>& value) {
  return value ? number(*value) : empty();
}

CsvWriter& CsvWriter::whole(std::uint64_t value) {
  cell(std::to_string(value));
  return *this;
}

CsvWriter& CsvWriter::empty() {
  cell("");
  return *this;
}

void CsvWriter::end_row() {
  out_ << "\r\n";
  first_ = true;
}

}  // namespace attain
