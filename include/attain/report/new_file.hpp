#pragma once

#include <string>
#include <string_view>

namespace attain {

/// Writes a file that must not be there yet, flushed to disk. Throws CannotWrite; a file that was
/// not written as a whole is removed.
void write_new_file(const std::string& path, std::string_view text);

}  // namespace attain
