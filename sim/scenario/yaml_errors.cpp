#include "yaml_errors.hpp"

#include "findings.hpp"

#include <yaml-cpp/exceptions.h>

#include <algorithm>
#include <array>
#include <string>

namespace attain::reading {

namespace {

struct Explanation {
  std::string_view from;  ///< The start of yaml-cpp's message.
  const char* message;
  const char* suggestion;
};

constexpr const char* check_layout =
    "check that keys of one object start in the same column, that ': ' follows each key, and that "
    "quotes above are closed";
constexpr const char* quote_it = "put the text in quotes";

constexpr std::array<Explanation, 16> explanations{{
    {"end of map flow", "the '{' before this is never closed, or a ',' is missing",
     "close it with '}', and put ',' between its entries"},
    {"end of sequence flow", "the '[' before this is never closed, or a ',' is missing",
     "close it with ']', and put ',' between its items"},
    {"end of map not found", "this does not fit what stands above it", check_layout},
    {"end of sequence not found", "a list that starts with '-' goes on differently here",
     "start each item with '- ' in the same column"},
    {"illegal flow end", "a closing bracket without an opening one",
     "remove it, or open one before it"},
    {"illegal block entry", "a '- ' is not allowed here", "start a list in a line of its own"},
    {"illegal map key", "a key is not allowed here", check_layout},
    {"illegal map value", "a ':' is not allowed here",
     "check the indentation, and put text that contains ': ' in quotes"},
    {"illegal tab", "a tab indents this line", "indent with spaces"},
    {"unknown escape", "this '\\' in double quotes means nothing",
     "write '\\\\' for one backslash, or use single quotes"},
    {"invalid unicode", "this '\\' in double quotes means no character",
     "write the character itself"},
    {"bad character found while scanning hex", "this '\\' in double quotes means no character",
     "write '\\\\' for one backslash, or use single quotes"},
    {"the referenced anchor", "'*' starts a YAML alias, which scenarios do not use",
     "write the value out, or put text that starts with '*' in quotes"},
    {"alias not found", "'*' starts a YAML alias, which scenarios do not use", quote_it},
    {"anchor not found", "'&' starts a YAML anchor, which scenarios do not use", quote_it},
    {"unknown token", "this character cannot start a value", quote_it},
}};

/// The line of `text`, from 1.
std::string_view line_of(std::string_view text, int line) {
  for (int i = 1; i < line; ++i) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  return text.substr(0, text.find('\n'));
}

bool is_indented_by_tab(std::string_view line) {
  const std::size_t end = line.find_first_not_of(" \t");
  return line.substr(0, std::min(end, line.size())).find('\t') != std::string_view::npos;
}

/// The offset of the first quote at or after `from` that starts a value and is never closed.
std::size_t find_unclosed_quote(std::string_view text, std::size_t from) {
  constexpr std::string_view before_a_value = " \t\r\n[{,:-";
  for (std::size_t i = from; i < text.size(); ++i) {
    const bool starts = i == 0 || before_a_value.find(text[i - 1]) != std::string_view::npos;
    if (!starts) continue;
    if (text[i] == '#') {
      i = std::min(text.find('\n', i), text.size());
    } else if (text[i] == '"' || text[i] == '\'') {
      const std::size_t end = closing_quote(text, i);
      if (end == std::string_view::npos) return i;
      i = end;
    }
  }
  return std::string_view::npos;
}

bool report_unclosed_quote(std::string_view text, int file, std::size_t understood,
                           Findings& findings) {
  const std::size_t quote = find_unclosed_quote(text, understood);
  if (quote == std::string_view::npos) return false;
  const std::string_view before = text.substr(0, quote);
  const auto line = static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1;
  const auto column = static_cast<int>(quote - (before.rfind('\n') + 1)) + 1;
  findings.error({line, column, file}, {}, "the quotes that open here are never closed",
                 std::string("close them with ") + text[quote]);
  return true;
}

}  // namespace

std::size_t closing_quote(std::string_view text, std::size_t opening) {
  const char quote = text[opening];
  for (std::size_t i = opening + 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      const bool is_doubled = quote == '\'' && i + 1 < text.size() && text[i + 1] == quote;
      if (!is_doubled) return i;
      ++i;  // '' inside single quotes stands for one.
    }
  }
  return std::string_view::npos;
}

void report_yaml_error(const YAML::Exception& failure, std::string_view text, int file,
                       std::size_t understood, Findings& findings) {
  const bool ends_in_quotes = std::string_view(failure.msg).starts_with("illegal EOF in scalar");
  if (ends_in_quotes && report_unclosed_quote(text, file, understood, findings)) return;
  const Spot spot = failure.mark.is_null()
                        ? Spot{0, 0, file}
                        : Spot{failure.mark.line + 1, failure.mark.column + 1, file};
  if (is_indented_by_tab(line_of(text, spot.line))) {
    findings.error({spot.line, 1, file}, {}, "a tab indents this line, and YAML takes spaces only",
                   "replace the tab by spaces");
    return;
  }
  const auto* known =
      std::find_if(explanations.begin(), explanations.end(), [&](const Explanation& each) {
        return std::string_view(failure.msg).starts_with(each.from);
      });
  if (known != explanations.end()) {
    findings.error(spot, {}, known->message, known->suggestion);
  } else {
    findings.error(spot, {}, "not YAML: " + failure.msg, check_layout);
  }
}

}  // namespace attain::reading
