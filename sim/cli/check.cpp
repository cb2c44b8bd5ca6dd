#include "check.hpp"

#include <attain/cli/usage.hpp>
#include <attain/report/json.hpp>
#include <attain/scenario/read_scenario.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace attain {

namespace {

const CommandText text{
    "check",
    {"FILE"},
    "Finds every error of a scenario, and what is odd in it, each with its place.",
    {{"format", "FORMAT", "text (default), or json: a list for editors"}},
    {"attain check scenario.yaml", "attain check scenario.yaml --format json"}};

struct Findings {
  std::vector<Diagnostic> diagnostics;
  std::optional<Scenario> scenario;
  std::string source;
  std::size_t errors = 0;
  std::size_t warnings = 0;
};

Findings findings_in(const std::string& file) {
  Findings findings;
  try {
    const ScenarioSource source = load_scenario_file(file);
    findings.source = source.text;
    ReadResult result = read_scenario(source);
    findings.diagnostics = std::move(result.diagnostics);
    findings.scenario = std::move(result.scenario);
    findings.errors = result.errors;
    findings.warnings = result.warnings;
  } catch (const InvalidInput& error) {
    findings.diagnostics = error.diagnostics();
    findings.errors = findings.diagnostics.size();
  }
  return findings;
}

std::string counted(std::size_t count, const char* noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string verdict(const std::string& file, const Findings& findings) {
  const std::string also =
      findings.warnings == 0 ? "" : ", " + counted(findings.warnings, "warning");
  if (!findings.scenario)
    return fmt::format("{}: {}{}\n", file, counted(findings.errors, "error"), also);
  const std::size_t territories = findings.scenario->territories.size();
  return fmt::format("{}: no errors{}; {}\n", file, also,
                     territories == 1 ? "1 territory" : fmt::format("{} territories", territories));
}

}  // namespace

ExitCode check_from_arguments(std::span<const std::string> arguments, const Console& console) {
  const ParsedArguments parsed = parse_arguments(text, arguments);
  if (parsed.help) {
    console.out << help_text(text);
    return ExitCode::done;
  }
  const std::string* format = parsed.option("format");
  const bool json = format != nullptr && choice("format", *format, {"text", "json"}) == 1;
  const std::string& file = parsed.operands.front();
  const Findings findings = findings_in(file);
  if (json) {
    write_json(findings.diagnostics, console.out);
  } else {
    for (const Diagnostic& diagnostic : findings.diagnostics) {
      console.err << render(diagnostic, findings.source);
    }
    console.out << verdict(file, findings);
  }
  return findings.scenario ? ExitCode::done : ExitCode::invalid_scenario;
}

}  // namespace attain
