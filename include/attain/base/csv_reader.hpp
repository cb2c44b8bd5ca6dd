#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace attain {

/// A cell of a table: its text without the quotes and, if it had none, without blanks around it.
struct CsvCell {
  std::string_view text;
  int line = 0;  ///< Where it starts; both count from 1, columns in bytes.
  int column = 0;
  bool quoted = false;
};

/// Something that is wrong with the form of a table.
struct CsvProblem {
  int line = 0;
  int column = 0;
  std::string message;
  std::string suggestion;
};

/// Reads a table in the form of RFC 4180, row by row: the first row is the header, and each other
/// one must have as many cells. Lines end with LF or CR LF; blank ones, and rows whose cells are
/// all empty, are passed over, as is a byte-order mark. The separator is the comma, or the
/// semicolon or the tab if the header has one of these and no comma, or what a first line such as
/// `sep=;` states.
///
/// What is wrong is collected and never thrown; a row whose cells are in doubt is left out.
class CsvReader {
 public:
  /// The text, plain UTF-8, must outlive the reader.
  explicit CsvReader(std::string_view text);

  /// The next row, the header first; false at the end. Cells are valid until the next call.
  bool next(std::vector<CsvCell>& row);

  [[nodiscard]] char separator() const { return separator_; }
  [[nodiscard]] const std::vector<CsvProblem>& problems() const { return problems_; }
  /// The first hundred are kept as problems.
  [[nodiscard]] std::size_t problem_count() const { return problem_count_; }

 private:
  [[nodiscard]] char find_separator() const;
  void take_stated_separator();
  /// One row as it stands there; false if its cells are in doubt.
  bool read_row(std::vector<CsvCell>& row);
  bool read_cell(CsvCell& cell);
  bool read_quoted_cell(CsvCell& cell);
  bool read_plain_cell(CsvCell& cell);
  bool has_as_many_cells_as_the_header(const std::vector<CsvCell>& row);
  [[nodiscard]] bool at_cell_end() const;
  [[nodiscard]] int column() const { return static_cast<int>(at_ - line_start_) + 1; }
  void skip_cell();
  void end_line();
  void report(int line, int column, std::string message, std::string suggestion);

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_start_ = 0;
  int line_ = 1;
  char separator_ = ',';
  std::size_t width_ = 0;             // Of the header; 0 before it is read.
  std::deque<std::string> unquoted_;  // Cells of the row whose text is not a part of `text_`.
  std::size_t used_ = 0;
  std::vector<CsvProblem> problems_;
  std::size_t problem_count_ = 0;
};

}  // namespace attain
