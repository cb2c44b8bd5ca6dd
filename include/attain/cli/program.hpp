#pragma once

#include <attain/cli/command.hpp>

namespace attain {

/// The whole program: finds the command, runs it, and turns what it throws into a message on
/// `console.err` and an exit code.
ExitCode run_program(std::span<const std::string> arguments, const Console& console);

/// The same with the process's streams, terminals and signals. Only for main.
int run_process(int count, char** arguments);

}  // namespace attain
