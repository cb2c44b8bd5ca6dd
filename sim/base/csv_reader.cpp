#include <attain/base/csv_reader.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace attain {

namespace {

constexpr std::size_t most_problems = 100;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string_view without_blanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string cells(std::size_t count) {
  return fmt::format("{} cell{}", count, count == 1 ? "" : "s");
}

}  // namespace

CsvReader::CsvReader(std::string_view text) : text_(text) {
  if (text_.starts_with(byte_order_mark)) text_.remove_prefix(byte_order_mark.size());
  separator_ = find_separator();
  take_stated_separator();
}

/// Spreadsheets write and read a first line `sep=;`, which is no row.
void CsvReader::take_stated_separator() {
  const std::string_view line = text_.substr(0, text_.find('\n'));
  const bool is_stated = line.size() >= 5 && line.substr(0, 4) == "sep=" &&
                         std::string_view(",;\t").find(line[4]) != std::string_view::npos &&
                         (line.size() == 5 || line.substr(5) == "\r");
  if (!is_stated || line.size() == text_.size()) return;
  separator_ = line[4];
  at_ = line.size() - 1;
  if (text_[at_] != '\r') ++at_;
  end_line();
}

/// Looks at the first line that is not blank, outside of quotes.
char CsvReader::find_separator() const {
  bool quoted = false;
  bool has_semicolon = false;
  bool has_tab = false;
  const std::size_t start = text_.find_first_not_of(" \t\r\n");
  for (std::size_t i = std::min(start, text_.size()); i < text_.size(); ++i) {
    const char byte = text_[i];
    if (byte == '"') quoted = !quoted;
    if (quoted) continue;
    if (byte == ',') return ',';
    if (byte == '\n') break;
    has_semicolon = has_semicolon || byte == ';';
    has_tab = has_tab || byte == '\t';
  }
  return has_semicolon ? ';' : has_tab ? '\t' : ',';
}

bool CsvReader::next(std::vector<CsvCell>& row) {
  while (at_ < text_.size()) {
    const bool is_sound = read_row(row);
    const bool is_blank = std::all_of(row.begin(), row.end(), [](const CsvCell& cell) {
      return cell.text.empty() && !cell.quoted;
    });
    if (is_sound && is_blank) continue;
    if (width_ == 0) {
      if (!is_sound) at_ = text_.size();  // Nothing can be said of rows without their header.
      width_ = row.size();
    }
    if (is_sound && has_as_many_cells_as_the_header(row)) return true;
  }
  row.clear();
  return false;
}

bool CsvReader::has_as_many_cells_as_the_header(const std::vector<CsvCell>& row) {
  if (row.size() == width_) return true;
  const CsvCell& where = row.size() > width_ ? row[width_] : row.front();
  report(where.line, where.column,
         fmt::format("this row has {}, the header has {}", cells(row.size()), width_),
         row.size() > width_
             ? fmt::format("put text that contains '{}' in quotes, or remove what is too much",
                           separator_ == '\t' ? std::string("a tab") : std::string(1, separator_))
             : "leave a cell empty where nothing is known, but write its separator");
  return false;
}

bool CsvReader::read_row(std::vector<CsvCell>& row) {
  row.clear();
  used_ = 0;
  bool is_sound = true;
  while (true) {
    CsvCell cell;
    if (!read_cell(cell)) {
      is_sound = false;
      skip_cell();
    }
    row.push_back(cell);
    if (at_ >= text_.size()) break;
    if (text_[at_] == separator_) {
      ++at_;
      continue;
    }
    end_line();
    break;
  }
  return is_sound;
}

bool CsvReader::at_cell_end() const {
  if (at_ >= text_.size()) return true;
  const char byte = text_[at_];
  if (byte == separator_ || byte == '\n') return true;
  return byte == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n';
}

void CsvReader::skip_cell() {
  while (!at_cell_end()) ++at_;
}

void CsvReader::end_line() {
  at_ += text_[at_] == '\r' ? 2 : 1;
  line_start_ = at_;
  ++line_;
}

bool CsvReader::read_cell(CsvCell& cell) {
  const auto is_blank = [this](char byte) {
    return byte == ' ' || (byte == '\t' && separator_ != '\t');
  };
  const std::size_t start = at_;
  while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  cell.line = line_;
  cell.column = column();
  if (at_ < text_.size() && text_[at_] == '"') return read_quoted_cell(cell);
  if (at_cell_end()) at_ = start;  // An empty cell stands at its beginning.
  cell.column = column();
  return read_plain_cell(cell);
}

bool CsvReader::read_plain_cell(CsvCell& cell) {
  const std::size_t start = at_;
  for (; !at_cell_end(); ++at_) {
    if (text_[at_] == '"') {
      report(line_, column(), "a quote stands inside of a cell that does not start with one",
             "put the cell in quotes, and double those in it: \"12\"\" pipe\"");
      return false;
    }
    if (text_[at_] == '\r') {
      report(line_, column(), "a line ends here with CR alone",
             "save the file with line ends LF or CR LF (in Excel: 'CSV UTF-8')");
      at_ = text_.size();
      return false;
    }
  }
  cell.text = without_blanks(text_.substr(start, at_ - start));
  return true;
}

bool CsvReader::read_quoted_cell(CsvCell& cell) {
  cell.quoted = true;
  const std::size_t start = ++at_;
  std::size_t piece = start;
  std::string* text = nullptr;  // Once a doubled quote has been seen.
  while (true) {
    const std::size_t found = text_.find_first_of("\"\n", at_);
    if (found == std::string_view::npos) {
      report(cell.line, cell.column, "the quotes that open here are never closed",
             "close them with \", and double those inside of the text");
      at_ = text_.size();
      return false;
    }
    at_ = found;
    if (text_[at_] == '\n') {
      end_line();
      continue;
    }
    ++at_;
    if (at_ >= text_.size() || text_[at_] != '"') break;
    if (text == nullptr) {
      if (used_ == unquoted_.size()) unquoted_.emplace_back();
      text = &unquoted_[used_++];
      text->clear();
    }
    text->append(text_.substr(piece, at_ - piece));
    piece = ++at_;
  }
  const std::string_view rest = text_.substr(piece, at_ - 1 - piece);
  if (text != nullptr) text->append(rest);
  cell.text = text != nullptr ? std::string_view(*text) : rest;
  while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t') && !at_cell_end()) ++at_;
  if (at_cell_end()) return true;
  report(line_, column(), "text stands behind the closing quote of a cell",
         "put all of the cell in quotes, and double those in it: \"12\"\" pipe\"");
  return false;
}

void CsvReader::report(int line, int column, std::string message, std::string suggestion) {
  ++problem_count_;
  if (problems_.size() < most_problems)
    problems_.push_back({line, column, std::move(message), std::move(suggestion)});
}

}  // namespace attain
