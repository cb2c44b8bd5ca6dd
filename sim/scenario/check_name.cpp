#include "values.hpp"

#include <fmt/format.h>

namespace attain::reading {

namespace {

/// The UTF-8 character at the front of a text; check_bytes has seen that the file is valid.
char32_t first_character(std::string_view text, std::size_t& length) {
  const auto lead = static_cast<unsigned char>(text[0]);
  length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  char32_t character = lead < 0x80 ? lead : lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length && i < text.size(); ++i) {
    character = (character << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  return character;
}

/// C0, DEL and C1, line and paragraph separators, and those that turn the direction of text.
/// Joiners are none: Persian and emoji need them.
bool is_control(char32_t character) {
  return character < 0x20 || (character >= 0x7F && character <= 0x9F) ||
         (character >= 0x2028 && character <= 0x202E) ||
         (character >= 0x2066 && character <= 0x2069);
}

std::string what_stands_there(char32_t character) {
  if (character == U'\n' || character == U'\r') return "a line break";
  if (character == U'\t') return "a tab";
  return fmt::format("the control character {:02X}", static_cast<unsigned>(character));
}

}  // namespace

bool check_name(const Node& node, const Path& path, Findings& findings) {
  std::string_view rest = node.text;
  while (!rest.empty()) {
    std::size_t length = 1;
    const char32_t character = first_character(rest, length);
    if (is_control(character)) {
      findings.error(node.spot, path,
                     fmt::format("{} has {} in it", shown(node), what_stands_there(character)),
                     character == U'\n' || character == U'\r' ? "write it in one line"
                     : character == U'\t'                     ? "put a blank there"
                                                              : "remove it");
      return false;
    }
    rest.remove_prefix(std::min(length, rest.size()));
  }
  if (node.text.starts_with(' ') || node.text.ends_with(' ')) {
    findings.warning(node.spot, path,
                     fmt::format("{} has a blank at its {}", shown(node),
                                 node.text.starts_with(' ') ? "beginning" : "end"),
                     "remove it, or it will not be found by the name without it");
  }
  return true;
}

}  // namespace attain::reading
