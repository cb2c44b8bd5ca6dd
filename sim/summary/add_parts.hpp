#pragma once

#include <attain/summary/summary.hpp>

#include <cstddef>
#include <vector>

namespace attain {

/// Adds to a group's outlook what is the sum of its territories': flows, closed forms, what is open
/// on day one. Its weeks must be there, with room for their activities.
void add_parts(Outlook& group, const std::vector<std::size_t>& members,
               const std::vector<const Outlook*>& territories);

}  // namespace attain
