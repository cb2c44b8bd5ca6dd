#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace attain {

/// The candidate nearest to `word` by edit distance, ignoring case, if it is near enough to be a
/// misspelling (distance at most 2 and less than half the word), else empty.
std::string nearest_word(std::string_view word, const std::vector<std::string>& candidates);

/// `name` without control and bidirectional characters, which would garble or spoof a terminal.
std::string printable(std::string_view name);

/// The width of `text` on a terminal, in columns: code points, wide East Asian ones counted twice,
/// combining ones not at all.
int display_width(std::string_view text);

/// The offset of the first byte that is not valid UTF-8, or npos if all of them are.
std::size_t first_invalid_utf8(std::string_view bytes);

/// A 64-bit hash of a name, the same on every machine (FNV-1a with a final mix).
std::uint64_t name_hash(std::string_view name);

/// SHA-256 of `bytes` as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace attain
