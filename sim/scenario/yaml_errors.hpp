#pragma once

#include <string_view>

namespace YAML {
class Exception;
}

namespace attain::reading {

class Findings;

/// Says in our words what yaml-cpp found wrong with the form of a text.
void report_yaml_error(const YAML::Exception& failure, std::string_view text, Findings& findings);

}  // namespace attain::reading
