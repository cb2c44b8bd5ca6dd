#pragma once

#include <attain/cli/command.hpp>

namespace attain {

/// `attain drivers FILE`
ExitCode drivers_from_arguments(std::span<const std::string> arguments, const Console& console);

}  // namespace attain
