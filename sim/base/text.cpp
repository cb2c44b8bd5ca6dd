#include <attain/base/text.hpp>

#include <sha2.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>

namespace attain {

namespace {

struct Range {
  char32_t first, last;
};

/// Format characters that change the order or the look of the text around them.
constexpr std::array<Range, 8> invisible{{{0x0000, 0x001F},
                                          {0x007F, 0x009F},
                                          {0x061C, 0x061C},
                                          {0x200B, 0x200F},
                                          {0x2028, 0x202E},
                                          {0x2060, 0x206F},
                                          {0xFEFF, 0xFEFF},
                                          {0xE0000, 0xE007F}}};

/// Combining marks of the scripts in common use (Unicode 15, blocks of general category Mn and Me).
constexpr std::array<Range, 9> zero_width{{{0x0300, 0x036F},
                                           {0x0483, 0x0489},
                                           {0x0591, 0x05BD},
                                           {0x064B, 0x065F},
                                           {0x0E34, 0x0E3A},
                                           {0x1AB0, 0x1AFF},
                                           {0x1DC0, 0x1DFF},
                                           {0x20D0, 0x20FF},
                                           {0xFE00, 0xFE0F}}};

/// Blocks that are wide in Unicode's East Asian Width, and emoji.
constexpr std::array<Range, 9> double_width{{{0x1100, 0x115F},
                                             {0x2E80, 0x303E},
                                             {0x3041, 0xA4CF},
                                             {0xAC00, 0xD7A3},
                                             {0xF900, 0xFAFF},
                                             {0xFE30, 0xFE6F},
                                             {0xFF01, 0xFF60},
                                             {0x1F300, 0x1FAFF},
                                             {0x20000, 0x3FFFD}}};

template <std::size_t size>
bool within(char32_t character, const std::array<Range, size>& ranges) {
  return std::any_of(ranges.begin(), ranges.end(), [character](Range range) {
    return character >= range.first && character <= range.last;
  });
}

/// What a decoder of UTF-8 found at the front of some bytes; no length means no valid character.
struct Decoded {
  char32_t character = 0;
  std::size_t length = 0;
};

Decoded decode(std::string_view bytes) {
  const auto byte = [bytes](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead < 0xC2   ? 0
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                             : lead < 0xF5 ? 4
                                           : 0;
  if (length == 0 || bytes.size() < length) return {};
  char32_t character = lead & (0x7F >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    character = (character << 6) | (byte(i) & 0x3F);
  }
  const bool overlong = (length == 3 && character < 0x800) || (length == 4 && character < 0x10000);
  const bool surrogate = character >= 0xD800 && character <= 0xDFFF;
  if (overlong || surrogate || character > 0x10FFFF) return {};
  return {character, length};
}

/// Calls `visit(character, bytes)` for each character; a byte that is part of none counts as one.
template <typename Visit>
void for_each_character(std::string_view text, Visit visit) {
  while (!text.empty()) {
    Decoded next = decode(text);
    if (next.length == 0) next = {U'\uFFFD', 1};
    visit(next.character, text.substr(0, next.length));
    text.remove_prefix(next.length);
  }
}

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

/// Edit distance in which swapping two neighbours counts once (Damerau 1964, optimal string
/// alignment), or `limit` + 1 as soon as it must exceed `limit`.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  const std::size_t longer = std::max(a.size(), b.size());
  if (longer - std::min(a.size(), b.size()) > limit) return limit + 1;
  std::vector<std::size_t> before_last;
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    std::size_t smallest = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                           lower(a[i - 2]) == lower(b[j - 1]);
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
      smallest = std::min(smallest, row[j]);
    }
    if (smallest > limit) return limit + 1;
    before_last = last;
    std::swap(last, row);
  }
  return last[b.size()];
}

std::uint64_t mixed(std::uint64_t hash) {
  hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDULL;
  hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53ULL;
  return hash ^ (hash >> 33);
}

}  // namespace

std::string nearest_word(std::string_view word, const std::vector<std::string>& candidates) {
  constexpr std::size_t longest_word = 100;  // Nobody misspells one that is longer.
  if (word.size() > longest_word) return {};
  std::size_t limit = std::min<std::size_t>(2, word.empty() ? 0 : (word.size() - 1) / 2);
  const std::string* nearest = nullptr;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate, limit);
    if (distance > limit) continue;
    nearest = &candidate;
    if (distance == 0) break;
    limit = distance - 1;
  }
  return nearest ? *nearest : std::string{};
}

std::string printable(std::string_view name) {
  std::string result;
  result.reserve(name.size());
  for_each_character(name, [&result](char32_t character, std::string_view bytes) {
    if (character == '\t' || character == '\n' || character == '\r') {
      result += ' ';
    } else if (character == U'\uFFFD') {
      result += "\xEF\xBF\xBD";
    } else if (!within(character, invisible)) {
      result += bytes;
    }
  });
  return result;
}

int display_width(std::string_view text) {
  int width = 0;
  for_each_character(text, [&width](char32_t character, std::string_view) {
    if (within(character, zero_width) || within(character, invisible)) return;
    width += within(character, double_width) ? 2 : 1;
  });
  return width;
}

std::size_t first_invalid_utf8(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t length = decode(bytes.substr(i)).length;
    if (length == 0) return i;
    i += length;
  }
  return std::string_view::npos;
}

std::uint64_t name_hash(std::string_view name) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char byte : name) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3ULL;
  return mixed(hash);
}

std::string sha256_hex(std::string_view bytes) {
  std::array<char, SHA256_DIGEST_STRING_LENGTH> digits{};
  SHA256Data(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(), digits.data());
  return digits.data();
}

}  // namespace attain
