#include <attain/cli/program.hpp>

#include <attain/base/diagnostics.hpp>
#include <attain/base/text.hpp>
#include <attain/base/version.hpp>
#include <attain/cli/usage.hpp>
#include <attain/engine/simulate.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <new>
#include <ostream>

namespace attain {

namespace {

std::string overview() {
  std::string text =
      "usage: attain COMMAND [options] [FILE]\n\n"
      "Says from a scenario how likely each territory and the company are to make their number.\n\n"
      "commands:\n";
  std::size_t width = 0;
  for (const Command& command : commands()) width = std::max(width, command.name.size());
  for (const Command& command : commands()) {
    text += fmt::format("  {:<{}}  {}\n", command.name, width, command.summary);
  }
  return text +
         "\n'attain COMMAND --help' says more. Exit codes: 0 done, 1 internal error, 2 usage,\n"
         "3 invalid scenario, 4 invalid data file, 5 cannot write, 130 and 143 interrupted.\n"
         "\nexamples:\n"
         "  attain init\n"
         "  attain run scenario.yaml\n"
         "  attain --version\n";
}

/// "--help" for -h, -help and help, likewise "--version"; else empty.
std::string general_option(const std::string& word) {
  const std::string bare = word.substr(std::min(word.find_first_not_of('-'), word.size()));
  const bool short_option = bare.size() == 1 && bare != word;
  for (const std::string option : {"help", "version"}) {
    if (bare == option || (short_option && (bare[0] | 0x20) == option[0])) return "--" + option;
  }
  return {};
}

[[noreturn]] void refuse(const std::string& word) {
  const bool option = word.rfind('-', 0) == 0;
  std::vector<std::string> known{"--help", "--version"};
  if (!option) {
    known.clear();
    for (const Command& command : commands()) known.push_back(command.name);
  }
  std::string near = general_option(word);
  if (near.empty()) near = nearest_word(word, known);
  for (const std::string& name : known) {
    if (near.empty() && word.size() > 2 && name.rfind(word, 0) == 0) near = name;
  }
  throw UsageError(
      fmt::format("'{}' is not {} of attain", word, option ? "an option" : "a command"),
      near.empty() ? "see 'attain --help'"
                   : fmt::format("did you mean {}{}?", option ? "" : "attain ", near));
}

ExitCode dispatch(std::span<const std::string> arguments, const Console& console) {
  if (arguments.empty()) throw UsageError("which command?", "see 'attain --help'");
  const std::string& name = arguments.front();
  if (name == "--help" || name == "--version") {
    if (arguments.size() > 1) {
      throw UsageError(fmt::format("'{}' is one argument too many", arguments[1]), "leave it out");
    }
    console.out << (name == "--help" ? overview() : fmt::format("attain {}\n", version()));
    return ExitCode::done;
  }
  for (const Command& command : commands()) {
    if (command.name == name) return command.run(arguments.subspan(1), console);
  }
  refuse(name);
}

void say(const Console& console, const std::string& message, const std::string& suggestion = {}) {
  console.err << "attain: " << message << "\n";
  if (!suggestion.empty()) console.err << "  " << suggestion << "\n";
}

}  // namespace

ExitCode run_program(std::span<const std::string> arguments, const Console& console) {
  try {
    const ExitCode code = dispatch(arguments, console);
    console.out.flush();
    if (console.out) return code;
    say(console, "error: cannot write the answer to standard output",
        "make room on the disk, or send it elsewhere");
    return ExitCode::cannot_write;
  } catch (const UsageError& error) {
    say(console, "error: " + printable(error.what()), printable(error.suggestion()));
    return ExitCode::usage;
  } catch (const InvalidInput& error) {
    for (const Diagnostic& diagnostic : error.diagnostics()) console.err << render(diagnostic, {});
    return ExitCode::invalid_scenario;
  } catch (const CannotWrite& error) {
    say(console, std::string("error: ") + error.what());
    return ExitCode::cannot_write;
  } catch (const Interrupted&) {
    say(console, "interrupted; the results that were there are whole");
    return ExitCode::interrupted;
  } catch (const std::bad_alloc&) {
    say(console, "error: out of memory", "ask for fewer threads or territories");
    return ExitCode::internal;
  } catch (const std::exception& error) {
    say(console, std::string("internal error: ") + error.what(),
        "this is a fault of the program, please report it with the command and its file");
    return ExitCode::internal;
  }
}

}  // namespace attain
