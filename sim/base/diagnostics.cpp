#include <attain/base/diagnostics.hpp>
#include <attain/base/text.hpp>

#include <algorithm>
#include <cstddef>

namespace attain {

namespace {

constexpr std::size_t widest_excerpt = 100;  // Characters.

std::string_view line_of(std::string_view source, int line) {
  if (source.starts_with("\xEF\xBB\xBF")) source.remove_prefix(3);  // The byte-order mark.
  for (int i = 1; i < line; ++i) {
    const std::size_t end = source.find('\n');
    if (end == std::string_view::npos) return {};
    source.remove_prefix(end + 1);
  }
  std::string_view text = source.substr(0, source.find('\n'));
  if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
  return text;
}

bool starts_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }

/// The offset of the character that is `count` characters after `offset`.
std::size_t forward(std::string_view text, std::size_t offset, std::size_t count) {
  while (offset < text.size() && count > 0) {
    ++offset;
    while (offset < text.size() && !starts_character(text[offset])) ++offset;
    --count;
  }
  return offset;
}

std::size_t backward(std::string_view text, std::size_t offset, std::size_t count) {
  while (offset > 0 && count > 0) {
    --offset;
    while (offset > 0 && !starts_character(text[offset])) --offset;
    --count;
  }
  return offset;
}

/// The line with a caret below `column`; a long line is cut round the caret.
std::string excerpt(std::string_view line, int column) {
  const std::size_t caret = forward(line, 0, static_cast<std::size_t>(std::max(column - 1, 0)));
  std::size_t first = 0;
  std::size_t last = line.size();
  if (forward(line, 0, widest_excerpt) < line.size()) {
    first = backward(line, caret, widest_excerpt / 2);
    last = forward(line, first, widest_excerpt);
    if (last == line.size()) first = backward(line, last, widest_excerpt);
  }
  const std::string opening = first > 0 ? "..." : "";
  const std::string before = opening + printable(line.substr(first, caret - first));
  const std::string after = printable(line.substr(caret, last - caret));
  const std::string closing = last < line.size() ? "..." : "";
  return "    " + before + after + closing + "\n" +
         std::string(4 + static_cast<std::size_t>(display_width(before)), ' ') + "^\n";
}

}  // namespace

InvalidInput::InvalidInput(std::vector<Diagnostic> diagnostics)
    : std::runtime_error(diagnostics.empty() ? "the input is not valid"
                                             : diagnostics.front().message),
      diagnostics_(std::move(diagnostics)) {}

std::string render(const Diagnostic& diagnostic, std::string_view source) {
  std::string text = printable(diagnostic.place.file);
  if (diagnostic.place.line > 0) {
    text +=
        ":" + std::to_string(diagnostic.place.line) + ":" + std::to_string(diagnostic.place.column);
  }
  if (!text.empty()) text += ": ";
  switch (diagnostic.severity) {
    case Severity::error: text += "error: "; break;
    case Severity::warning: text += "warning: "; break;
    case Severity::note: text += "note: "; break;
  }
  text += printable(diagnostic.message) + "\n";
  if (diagnostic.place.line > 0) {
    const std::string_view line = line_of(source, diagnostic.place.line);
    if (!line.empty()) text += excerpt(line, diagnostic.place.column);
  }
  if (!diagnostic.suggestion.empty()) text += "  " + printable(diagnostic.suggestion) + "\n";
  if (!diagnostic.path.empty()) text += "  in " + printable(diagnostic.path) + "\n";
  return text;
}

}  // namespace attain
