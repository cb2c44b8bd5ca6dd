#pragma once

#include <cstddef>
#include <string_view>

namespace YAML {
class Exception;
}

namespace attain::reading {

class Findings;

/// The offset of the quote that closes the one at `opening`, or npos.
std::size_t closing_quote(std::string_view text, std::size_t opening);

/// Says in our words what yaml-cpp found wrong with the form of a text. `understood` is the offset
/// of the last value that it read.
void report_yaml_error(const YAML::Exception& failure, std::string_view text, int file,
                       std::size_t understood, Findings& findings);

}  // namespace attain::reading
