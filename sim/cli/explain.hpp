#pragma once

#include <attain/cli/command.hpp>

namespace attain {

/// `attain explain FILE TERRITORY`
ExitCode explain_from_arguments(std::span<const std::string> arguments, const Console& console);

}  // namespace attain
