#pragma once

#include "document.hpp"

#include <string_view>

namespace attain::reading {

/// Lays `over` on `base`: sets of keys are merged, a written `null` takes a key out, everything
/// else replaces what is there.
Node merged(Node base, Node over);

/// Likewise for two lists of territories: those of one name are merged, others are added.
Node merged_by_name(Node base, Node over);

/// The value of a key; null if it is not there.
Node* find_value(Node& mapping, std::string_view key);
/// Takes a key out. One that stands there twice stays, for that is an error to be said.
void erase_key(Node& mapping, std::string_view key);

}  // namespace attain::reading
