#pragma once

#include <attain/cli/command.hpp>

namespace attain {

/// `attain check FILE`
ExitCode check_from_arguments(std::span<const std::string> arguments, const Console& console);

}  // namespace attain
