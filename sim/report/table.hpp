#pragma once

#include <string>
#include <vector>

namespace attain {

/// Lines of cells in columns as wide as they need be. Several columns may share a heading; those
/// with a heading whose cells are all empty are left out.
class Table {
 public:
  enum class Align { left, right };
  struct Heading {
    std::string text;
    std::vector<Align> columns;  ///< One or more.
  };

  explicit Table(std::vector<Heading> headings);

  /// One cell for each column of each heading.
  void add_row(std::vector<std::string> cells);
  void add_blank_line();

  /// Every line begins with `indent`; no line ends with a space.
  [[nodiscard]] std::string text(const std::string& indent) const;

 private:
  struct Span {
    std::size_t first, end;
    bool shown;
  };
  [[nodiscard]] Align side_of_heading(std::size_t heading) const;
  [[nodiscard]] std::vector<Span> spans() const;
  [[nodiscard]] std::vector<int> widths(const std::vector<Span>& spans) const;

  std::vector<Heading> headings_;
  std::vector<Align> columns_;
  std::vector<std::vector<std::string>> rows_;  ///< An empty one is a blank line.
};

/// `text` with spaces before or behind it, `width` columns wide.
std::string padded(const std::string& text, int width, Table::Align align);

/// Ranges with their parts below each other: " 71-201 %", " 23- 96 %". One without a low
/// end is its high end alone.
std::vector<std::string> aligned_ranges(
    const std::vector<std::pair<std::string, std::string>>& ends);

/// `text` broken at spaces into lines of at most `width` columns, each ended by a line break, the
/// first behind `first_indent`, the others behind `indent`. A number stays with its "%" or unit.
std::string wrapped(const std::string& text, const std::string& first_indent,
                    const std::string& indent, int width);

}  // namespace attain
