#include "yaml_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace attain::reading {

namespace {

/// Plain letters, digits and signs that mean nothing to YAML, also within brackets. Bytes of other
/// letters are above 0x7F.
bool is_harmless(char byte) {
  const auto value = static_cast<unsigned char>(byte);
  return std::isalnum(value) != 0 || value >= 0x80 ||
         std::string_view(" _.%/+-()$;=<>~^").find(byte) != std::string_view::npos;
}

bool starts_harmless(char byte) {
  const auto value = static_cast<unsigned char>(byte);
  return std::isalnum(value) != 0 || value >= 0x80;
}

/// What YAML 1.1 or 1.2 take for a number, a date, a boolean or nothing.
bool looks_like_another_type(std::string_view text) {
  constexpr std::array<std::string_view, 11> words{"null", "true", "false", "yes", "no", "on",
                                                   "off",  "y",    "n",     "nan", "inf"};
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  if (std::find(words.begin(), words.end(), lower) != words.end()) return true;
  const bool starts_as_number = std::isdigit(static_cast<unsigned char>(text[0])) != 0;
  return starts_as_number &&
         text.find_first_not_of("0123456789+-.eExXabcdefABCDEF_:oO") == std::string_view::npos;
}

}  // namespace

std::string yaml_scalar(std::string_view text, bool is_text) {
  const bool is_plain = !text.empty() && starts_harmless(text.front()) && text.back() != ' ' &&
                        std::all_of(text.begin(), text.end(), is_harmless) && text != "null" &&
                        text != "Null" && text != "NULL" &&
                        !(is_text && looks_like_another_type(text));
  if (is_plain) return std::string(text);
  std::string quoted = "\"";
  for (const char byte : text) {
    if (byte == '"' || byte == '\\') quoted += '\\';
    quoted += byte;
  }
  return quoted + '"';
}

std::string yaml_in_one_line(const Node& node, bool is_text) {
  switch (node.kind) {
    case Node::Kind::scalar: return yaml_scalar(node.text, is_text);
    case Node::Kind::empty:
    case Node::Kind::unusable: return "null";
    case Node::Kind::sequence: {
      std::string text = "[";
      for (const Node& item : node.items)
        text += (text.size() > 1 ? ", " : "") + yaml_in_one_line(item, is_text);
      return text + ']';
    }
    case Node::Kind::mapping: break;
  }
  std::string text = "{";
  for (const Entry& entry : node.entries) {
    text += (text.size() > 1 ? ", " : "") + yaml_scalar(entry.key.text, true) + ": " +
            yaml_in_one_line(entry.value, is_text);
  }
  return text + '}';
}

}  // namespace attain::reading
