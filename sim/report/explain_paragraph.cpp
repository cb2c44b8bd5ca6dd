#include "explain_printed.hpp"
#include "explain_sections.hpp"
#include "table.hpp"
#include "text_notes.hpp"

#include <attain/report/figures.hpp>

#include <fmt/format.h>

namespace attain {

namespace {

const std::string no_break_space = "\u00a0";

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

std::string lines(std::string text, const std::string& first_indent) {
  if (text.empty()) return text;
  replace_all(text, " %", no_break_space + "%");
  std::string broken = wrapped(text, first_indent, "    ", line_width);
  replace_all(broken, no_break_space + "%", " %");
  return broken;
}

}  // namespace

std::string paragraph(const std::string& text) { return lines(text, "  "); }

std::string weeks_text(int weeks) {
  return fmt::format("{} {}", weeks, weeks == 1 ? "week" : "weeks");
}

std::string replications_text(const ExplainReport& report) {
  const auto count = static_cast<std::uint64_t>(report.explanation.replications);
  return fmt::format("{} {}{}", integer_text(count), period_noun(report.calendar()),
                     count == 1 ? "" : "s");
}

std::optional<double> missing_to_quota(const ExplainReport& report) {
  const Territory& place = report.place();
  if (!place.quota || place.booked >= *place.quota) return {};
  return (*place.quota - place.booked).units();
}

std::string few_digits(double value) {
  return with_thousands(printed_number(value, 2, Zeros::drop).text);
}

std::string bullet(const std::string& text) { return lines(text, "  - "); }

}  // namespace attain
