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
    "check that keys of one object start in the same column and that ': ' follows each key";
constexpr const char* quote_it = "put the text in quotes";

constexpr std::array<Explanation, 16> explanations{{
    {"end of map flow", "the '{' before this is never closed, or a ',' is missing",
     "close it with '}', and put ',' between its entries"},
    {"end of sequence flow", "the '[' before this is never closed, or a ',' is missing",
     "close it with ']', and put ',' between its items"},
    {"end of map not found", "this does not fit what stands above it", check_layout},
    {"end of sequence not found", "a list that starts with '-' goes on differently here",
     "start each item with '- ' in the same column"},
    {"illegal flow end", "a closing bracket without an opening one", "remove it, or open one before it"},
    {"illegal block entry", "a '- ' is not allowed here", "start a list in a line of its own"},
    {"illegal map key", "a key is not allowed here", check_layout},
    {"illegal map value", "a ':' is not allowed here",
     "check the indentation, and put text that contains ': ' in quotes"},
    {"illegal tab", "a tab indents this line", "indent with spaces"},
    {"unknown escape", "this '\\' in double quotes means nothing",
     "write '\\\\' for one backslash, or use single quotes"},
    {"invalid unicode", "this '\\' in double quotes means no character", "write the character itself"},
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

}  // namespace

void report_yaml_error(const YAML::Exception& failure, std::string_view text, Findings& findings) {
  const Spot spot = failure.mark.is_null() ? Spot{} : Spot{failure.mark.line + 1, failure.mark.column + 1};
  if (is_indented_by_tab(line_of(text, spot.line))) {
    findings.error({spot.line, 1}, {}, "a tab indents this line, and YAML takes spaces only",
                   "replace the tab by spaces");
    return;
  }
  const auto* known = std::find_if(explanations.begin(), explanations.end(), [&](const Explanation& each) {
    return std::string_view(failure.msg).starts_with(each.from);
  });
  if (known != explanations.end()) {
    findings.error(spot, {}, known->message, known->suggestion);
  } else {
    findings.error(spot, {}, "not YAML: " + failure.msg, check_layout);
  }
}

}  // namespace attain::reading
