#include "table.hpp"

#include <attain/base/text.hpp>

#include <algorithm>
#include <array>
#include <numeric>
#include <string_view>

namespace attain {

namespace {

constexpr int inner_gap = 2;  // Columns between the columns of one heading, as between headings.

/// What a number stays with on its line.
constexpr std::array<std::string_view, 12> units_of_numbers{
    "%",      "point",   "points",   "week",         "weeks", "month",
    "months", "quarter", "quarters", "replications", "year",  "years"};

bool is_number(std::string_view word) {
  const std::size_t begin = word.find_first_not_of("(<>+-");
  return begin != std::string_view::npos && word.back() >= '0' && word.back() <= '9' &&
         word.find_first_not_of("0123456789.,-", begin) == std::string_view::npos;
}

bool is_unit(std::string_view word) {
  const std::string_view bare = word.substr(0, word.find_last_not_of(".,;:)") + 1);
  return std::find(units_of_numbers.begin(), units_of_numbers.end(), bare) !=
         units_of_numbers.end();
}

/// The end of the word that begins at `begin`, where a number and its unit are one.
std::size_t end_of_word(std::string_view text, std::size_t begin) {
  const std::size_t end = std::min(text.find(' ', begin), text.size());
  if (end == text.size() || !is_number(text.substr(begin, end - begin))) return end;
  const std::size_t next = std::min(text.find(' ', end + 1), text.size());
  return is_unit(text.substr(end + 1, next - end - 1)) ? next : end;
}

std::string without_trailing_spaces(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

}  // namespace

std::string padded(const std::string& text, int width, Table::Align align) {
  const auto missing = static_cast<std::size_t>(std::max(width - display_width(text), 0));
  const std::string spaces(missing, ' ');
  return align == Table::Align::left ? text + spaces : spaces + text;
}

std::vector<std::string> aligned_ranges(
    const std::vector<std::pair<std::string, std::string>>& ends) {
  int low_width = 0;
  int high_width = 0;
  for (const auto& [low, high] : ends) {
    low_width = std::max(low_width, display_width(low));
    high_width = std::max(high_width, display_width(high));
  }
  std::vector<std::string> ranges;
  for (const auto& [low, high] : ends) {
    const std::string before = low.empty() ? "" : padded(low, low_width, Table::Align::right) + "-";
    ranges.push_back(before + padded(high, high_width, Table::Align::right));
  }
  return ranges;
}

std::string wrapped(const std::string& text, const std::string& first_indent,
                    const std::string& indent, int width) {
  std::string lines;
  std::string line = first_indent;
  bool empty = true;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = end_of_word(text, begin);
    const std::string word = text.substr(begin, end - begin);
    begin = end + 1;
    if (!empty && display_width(line) + 1 + display_width(word) > width) {
      lines += line + "\n";
      line = indent;
      empty = true;
    }
    line += (empty ? "" : " ") + word;
    empty = false;
  }
  return lines + line + "\n";
}

Table::Table(std::vector<Heading> headings) : headings_(std::move(headings)) {
  for (const Heading& heading : headings_) {
    columns_.insert(columns_.end(), heading.columns.begin(), heading.columns.end());
  }
}

void Table::add_row(std::vector<std::string> cells) {
  cells.resize(columns_.size());
  rows_.push_back(std::move(cells));
}

void Table::add_blank_line() { rows_.emplace_back(); }

std::vector<Table::Span> Table::spans() const {
  std::vector<Span> spans;
  std::size_t first = 0;
  for (const Heading& heading : headings_) {
    const std::size_t end = first + heading.columns.size();
    const bool shown = std::any_of(rows_.begin(), rows_.end(), [&](const auto& row) {
      for (std::size_t i = first; i < end && i < row.size(); ++i) {
        if (!row[i].empty()) return true;
      }
      return false;
    });
    spans.push_back({first, end, shown});
    first = end;
  }
  return spans;
}

Table::Align Table::side_of_heading(std::size_t heading) const {
  return headings_[heading].columns.back();
}

std::vector<int> Table::widths(const std::vector<Span>& spans) const {
  std::vector<int> widths(columns_.size(), 0);
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(row[i]));
    }
  }
  for (std::size_t h = 0; h < spans.size(); ++h) {
    const auto [first, end, shown] = spans[h];
    int sum = inner_gap * static_cast<int>(end - first - 1);
    for (std::size_t i = first; i < end; ++i) sum += widths[i];
    // What a heading needs more goes to the side away from it, so that the numbers stay together.
    const std::size_t grows = side_of_heading(h) == Align::right ? first : end - 1;
    widths[grows] += std::max(display_width(headings_[h].text) - sum, 0);
  }
  return widths;
}

std::string Table::text(const std::string& indent) const {
  const std::vector<Span> all = spans();
  const std::vector<int> width = widths(all);
  std::string text;
  std::string line = indent;
  const char* between = "";
  for (std::size_t h = 0; h < all.size(); ++h) {
    if (!all[h].shown) continue;
    int sum = inner_gap * static_cast<int>(all[h].end - all[h].first - 1);
    for (std::size_t i = all[h].first; i < all[h].end; ++i) sum += width[i];
    line += between + padded(headings_[h].text, sum, side_of_heading(h));
    between = "  ";
  }
  text += without_trailing_spaces(line) + "\n";
  for (const auto& row : rows_) {
    line = indent;
    between = "";
    for (const auto& [first, end, shown] : all) {
      if (!shown || row.empty()) continue;
      for (std::size_t i = first; i < end; ++i) {
        line += between + padded(row[i], width[i], columns_[i]);
        between = "  ";
      }
    }
    text += without_trailing_spaces(line) + "\n";
  }
  return text;
}

}  // namespace attain
