#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attain::reading {

class Findings;

/// Where something starts in the text; both count from 1, columns in bytes.
struct Spot {
  int line = 0;
  int column = 0;
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
  std::string text;            ///< Of a scalar.
  std::vector<Node> items;     ///< Of a sequence.
  std::vector<Entry> entries;  ///< Of a mapping, in the order of the file.
};

struct Entry {
  Node key;
  Node value;
};

/// The root of the one YAML document that `text` is, or nothing if it is not one; what is wrong
/// goes to `findings`.
std::optional<Node> parse_document(std::string_view text, Findings& findings);

/// Whether the bytes are text that can be parsed at all: size, UTF-8, no control characters.
bool check_bytes(std::string_view text, Findings& findings);

}  // namespace attain::reading
