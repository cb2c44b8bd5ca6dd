#pragma once

#include "fields.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attain::reading {

/// What may stand at a place of a scenario, as the table of fields has it.
struct Shape {
  enum class Inner { none, names, items };

  const Field* field = nullptr;  ///< What describes it; none for the scenario itself.
  Owner keys = Owner::none;      ///< Whose keys may stand there.
  Inner inner = Inner::none;     ///< Whether names of one's own, or items of a list, may.
  Owner of_inner = Owner::none;  ///< Whose keys each of those may have.
};

Shape shape_of(Owner owner);
Shape shape_of(const Field& field);
/// What may stand under a key; nothing if the format does not know the key.
std::optional<Shape> shape_below(const Shape& shape, std::string_view key);
/// What an item of the list, or the value of a name, may be.
Shape shape_of_inner(const Shape& shape);

/// The keys that the format knows at a place; names of one's own are none.
std::vector<std::string> known_keys(const Shape& shape);

/// Whether a set of keys or names may stand there, such that one can be made.
bool may_be_a_mapping(const Shape& shape);
/// Whether the value may be a list of texts or numbers, and whether it may be nothing else.
bool may_be_a_plain_list(const Field& field);
bool must_be_a_plain_list(const Field& field);
/// Whether a text or number, or a list of them, may stand there.
bool may_be_plain(const Shape& shape);

/// A part of a path as messages print it: a name, or the position of an item.
struct PathStep {
  std::string name;
  std::optional<std::size_t> index{};
  std::size_t offset = 0;  ///< Where it starts in the path's text.
};

/// A path such as `territories."N. California".open[2].stage`, up to the end of the text or `end`.
struct SplitPath {
  std::vector<PathStep> steps;
  std::size_t length = 0;  ///< Of the text that the path is.
  std::string problem{};   ///< What is wrong with it, at `length`.
};
SplitPath split_path(std::string_view text, char end = '\0');

}  // namespace attain::reading
