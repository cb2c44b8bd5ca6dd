#include "document.hpp"
#include "findings.hpp"

#include <attain/base/text.hpp>
#include <attain/scenario/read_scenario.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace attain::reading {

namespace {

Spot spot_of(std::string_view text, std::size_t offset, int file) {
  const std::string_view before = text.substr(0, offset);
  const auto line_breaks = std::count(before.begin(), before.end(), '\n');
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0.
  return {static_cast<int>(line_breaks) + 1, static_cast<int>(offset - line_start) + 1, file};
}

/// YAML allows tabs and line breaks only. yaml-cpp takes a byte of 4 for the end of the file.
bool is_forbidden_control(char byte) {
  const auto value = static_cast<unsigned char>(byte);
  return (value < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || value == 0x7F;
}

bool looks_like_utf16(std::string_view text) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return true;
  return text.size() >= 2 && (text[0] == '\0') != (text[1] == '\0');
}

/// Where brackets are open far deeper than any scenario nests, else npos. Comments and quotes count
/// too: this only protects yaml-cpp, which keeps all that follows an open bracket in memory.
std::size_t first_absurd_bracket(std::string_view text) {
  constexpr int deepest = 1000;
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '[' || text[i] == '{') ++depth;
    if ((text[i] == ']' || text[i] == '}') && depth > 0) --depth;
    if (depth > deepest) return i;
  }
  return std::string_view::npos;
}

/// Whether the bytes are plain text in UTF-8; says what they are otherwise. `what` is "a scenario".
bool check_text(std::string_view text, int file, const char* what, Findings& findings) {
  if (looks_like_utf16(text)) {
    findings.error({0, 0, file}, {}, "the file is in UTF-16, not in UTF-8",
                   "save it as UTF-8 (in Notepad and Excel: 'Save as', encoding UTF-8)");
    return false;
  }
  if (const std::size_t bad = first_invalid_utf8(text); bad != std::string_view::npos) {
    findings.error(spot_of(text, bad, file), {},
                   fmt::format("the byte {:02X} here is not UTF-8 text",
                               static_cast<unsigned>(static_cast<unsigned char>(text[bad]))),
                   "save the file as UTF-8, not as Latin-1 or Windows-1252");
    return false;
  }
  const auto control = std::find_if(text.begin(), text.end(), is_forbidden_control);
  if (control != text.end()) {
    const std::string name =
        *control == '\0' ? "a NUL character"
                         : fmt::format("the control character {:02X}",
                                       static_cast<unsigned>(static_cast<unsigned char>(*control)));
    findings.error(spot_of(text, static_cast<std::size_t>(control - text.begin()), file), {},
                   name + " stands here", fmt::format("remove it; {} is plain text", what));
    return false;
  }
  return true;
}

}  // namespace

bool check_bytes(std::string_view text, int file, Findings& findings) {
  if (text.size() > largest_scenario_file) {
    findings.error({0, 0, file}, {},
                   fmt::format("the file has {:.1f} MB, at most 8 MB are read",
                               static_cast<double>(text.size()) / 1e6),
                   "split the scenario, or count open deals that are alike in one line");
    return false;
  }
  if (!check_text(text, file, "a scenario", findings)) return false;
  if (const std::size_t bracket = first_absurd_bracket(text); bracket != std::string_view::npos) {
    findings.error(spot_of(text, bracket, file), {}, "more than 1,000 brackets are open here",
                   "close each '[' with ']' and each '{' with '}'");
    return false;
  }
  return true;
}

bool check_table_bytes(std::string_view text, int file, Findings& findings) {
  if (text.size() > largest_table_file) {
    findings.error({0, 0, file}, {},
                   fmt::format("the file has {:.1f} MB, at most 64 MB are read",
                               static_cast<double>(text.size()) / 1e6),
                   "leave out rows and columns that the scenario does not need");
    return false;
  }
  return check_text(text, file, "a table", findings);
}

std::string_view without_byte_order_mark(std::string_view text) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (text.starts_with(mark)) text.remove_prefix(mark.size());
  return text;
}

}  // namespace attain::reading
