#pragma once

#include "document.hpp"

#include <string>
#include <string_view>

namespace attain::reading {

/// A text as a YAML scalar, in quotes where YAML would read something else.
std::string yaml_scalar(std::string_view text, bool is_text);

/// A value in one line, lists in brackets and sets of keys in braces. `is_text`: its scalars are
/// texts, even if they look like numbers.
std::string yaml_in_one_line(const Node& node, bool is_text);

}  // namespace attain::reading
