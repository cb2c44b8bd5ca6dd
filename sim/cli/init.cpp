#include "init.hpp"

#include <attain/base/diagnostics.hpp>
#include <attain/cli/usage.hpp>
#include <attain/report/figures.hpp>
#include <attain/report/new_file.hpp>
#include <attain/scenario/format.hpp>

#include <fmt/format.h>

#include <filesystem>
#include <ostream>

namespace attain {

namespace {

const std::string default_file = "scenario.yaml";

const CommandText text{"init",
                       {"[FILE]"},
                       "Writes a commented scenario to start from, by default scenario.yaml. It "
                       "runs as it is.\nA file that is there already stays as it is.",
                       {},
                       {"attain init", "attain init north-america.yaml"}};

}  // namespace

ExitCode init_from_arguments(std::span<const std::string> arguments, const Console& console) {
  const ParsedArguments parsed = parse_arguments(text, arguments);
  if (parsed.help) {
    console.out << help_text(text);
    return ExitCode::done;
  }
  const std::string file = parsed.operands.empty() ? default_file : parsed.operands.front();
  if (file.empty()) throw UsageError("the name of the file is empty", "name it, or leave it out");
  std::error_code ignored;
  if (std::filesystem::exists(std::filesystem::symlink_status(file, ignored))) {
    throw CannotWrite(fmt::format(
        "{} is there already and stays as it is\n  name another file: attain init NAME.yaml",
        file));
  }
  write_new_file(file, starter_scenario());
  console.out << fmt::format(
      "Wrote {}, a scenario to start from. It runs as it is; put your own numbers in.\n"
      "Next: attain run {}\n",
      file, shell_word(file));
  return ExitCode::done;
}

}  // namespace attain
