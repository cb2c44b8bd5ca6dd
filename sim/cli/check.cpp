#include "check.hpp"

#include <attain/cli/load_scenario.hpp>
#include <attain/cli/usage.hpp>
#include <attain/report/json.hpp>
#include <attain/scenario/read_scenario.hpp>

#include <fmt/format.h>

#include <ostream>

namespace attain {

namespace {

const CommandText& text() {
  static const CommandText check = with_scenario_options(
      {"check",
       {"FILE"},
       "Finds every error of a scenario, and what is odd in it, each with its place.",
       {{"format", "FORMAT", "text (default), or json: a list for editors"},
        {"resolved", "",
         "print the scenario as one file, with what it extends, tables, settings,\n"
         "defaults and standards: each value with its origin and meaning"}},
       {"attain check scenario.yaml", "attain check scenario.yaml --format json",
        "attain check scenario.yaml --resolved > whole.yaml"}});
  return check;
}

std::string counted(std::size_t count, const char* noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string verdict(const std::string& file, const ReadResult& result) {
  std::string also;
  if (result.warnings > 0) also += ", " + counted(result.warnings, "warning");
  if (result.notes > 0) also += ", " + counted(result.notes, "note");
  if (!result.scenario)
    return fmt::format("{}: {}{}\n", file, counted(result.errors, "error"), also);
  const std::size_t territories = result.scenario->territories.size();
  return fmt::format("{}: no errors{}; {}\n", file, also,
                     territories == 1 ? "1 territory" : fmt::format("{} territories", territories));
}

/// The scenario's text and what is said of it. A file that cannot be read is one thing to be said.
ReadResult result_of(const std::string& file, const ReadOptions& options, ScenarioSource& source) {
  try {
    source = load_scenario_file(file);
    return read_scenario(source, options);
  } catch (const InvalidInput& error) {
    ReadResult result;
    result.diagnostics = error.diagnostics();
    result.errors = result.diagnostics.size();
    return result;
  }
}

}  // namespace

ExitCode check_from_arguments(std::span<const std::string> arguments, const Console& console) {
  const ParsedArguments parsed = parse_arguments(text(), arguments);
  if (parsed.help) {
    console.out << help_text(text());
    return ExitCode::done;
  }
  const std::string* format = parsed.option("format");
  const bool json = format != nullptr && choice("format", *format, {"text", "json"}) == 1;
  const bool resolved = parsed.option("resolved") != nullptr;
  if (json && resolved) {
    throw UsageError("--resolved and --format json do not go together: both are the answer",
                     "leave one of them out");
  }
  const ReadOptions options = read_options(parsed);
  const std::string& file = parsed.operands.front();
  ScenarioSource source;
  const ReadResult result = result_of(file, options, source);
  if (json) {
    write_json(result.diagnostics, console.out);
    return exit_code_of(result);
  }
  console.err << messages_of(result);
  if (!resolved) {
    console.out << verdict(file, result);
    return exit_code_of(result);
  }
  // The scenario alone is the answer, which may go into a file.
  if (!result.scenario) {
    console.err << verdict(file, result);
    return exit_code_of(result);
  }
  const std::string whole = resolved_scenario(source, options);
  console.out << whole;
  if (whole.size() > largest_scenario_file) {
    console.err << fmt::format(
        "attain: the scenario as one file has {:.1f} MB and cannot be read "
        "back: at most {} MB are read\n  keep its tables\n",
        static_cast<double>(whole.size()) / 1e6, largest_scenario_file / 1'000'000);
  }
  return exit_code_of(result);
}

}  // namespace attain
