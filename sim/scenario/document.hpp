#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attain::reading {

class Findings;

/// Where something starts in one of the texts; line and column count from 1, columns in bytes.
struct Spot {
  int line = 0;
  int column = 0;
  int file = 0;  ///< Which of the texts: 0 is the scenario itself.

  friend bool operator==(const Spot&, const Spot&) = default;
};

struct Entry;

/// A value of a YAML document, with its place. Scalars stay text: what they mean depends on the
/// field that they stand in, never on how they look.
struct Node {
  enum class Kind {
    empty,  ///< No value, `~` or `null`.
    scalar,
    sequence,
    mapping,
    unusable,  ///< An error that has been reported.
  };
  Kind kind = Kind::empty;
  bool quoted = false;
  Spot spot{};
  std::string text;            ///< Of a scalar; "null" of an empty value that is written out.
  std::vector<Node> items;     ///< Of a sequence.
  std::vector<Entry> entries;  ///< Of a mapping, in the order of the file.
};

struct Entry {
  Node key;
  Node value;
};

/// How many more values may be read, in all files of a scenario.
struct NodeBudget {
  std::size_t left = 1'500'000;
};

/// The root of the one YAML document that a text is, kind `empty` where it holds no value; nothing
/// if it is not one document of YAML. What is wrong goes to `findings`; `file` is the text's
/// number.
std::optional<Node> parse_yaml(std::string_view text, int file, NodeBudget& budget,
                               Findings& findings);

/// Whether the bytes are text that can be parsed at all: size, UTF-8, no control characters.
bool check_bytes(std::string_view text, int file, Findings& findings);

/// Likewise for a table, which may be larger.
bool check_table_bytes(std::string_view text, int file, Findings& findings);

/// The text without the byte-order mark that it may start with.
std::string_view without_byte_order_mark(std::string_view text);

inline constexpr std::size_t largest_table_file = 64'000'000;  // Bytes.

}  // namespace attain::reading
