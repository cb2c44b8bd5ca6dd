#include <attain/cli/load_scenario.hpp>
#include <attain/cli/run.hpp>
#include <attain/cli/usage.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <thread>

namespace attain {

namespace {

const CommandText& text() {
  static const CommandText run = with_scenario_options(
      {"run",
       {"FILE"},
       "How likely each territory, each region and the company are to make their number.\n"
       "The answer goes to standard output, everything else to results/<name of FILE>/.",
       {{"replications", "N",
         "how often the period is simulated, 1 to 1,000,000,000\n"
         "(default: the file's, or 20000)"},
        {"seed", "N", "another seed is other luck (default: the file's, or 1)"},
        {"threads", "N", "1 to 1024 (default: one per core); the answer is the same for all"},
        {"format", "FORMAT", "text (default), json, or csv: one line per territory"},
        {"output", "DIR", "the folder for the results (default: results/<name of FILE>)"},
        {"precision", "P",
         "simulate until every chance of quota is known to within P, such as\n"
         "0.5%: the half-width of its 95 % interval; looks at 1,000\n"
         "replications and every doubling up to 2,048,000"},
        {"without-deal", "DEAL",
         "what changes, on the same luck, if this named deal is not there;\n"
         "DEAL is its name or TERRITORY/NAME; writes no results"},
        {"without-rule", "RULE",
         "leaves out the rule of this name, and all else has the same luck;\n"
         "may be repeated",
         true},
        {"replication", "N",
         "one future week by week, from 0 to replications - 1; writes no results"}},
       {"attain run scenario.yaml",
        "attain run scenario.yaml --replications 200k --seed 7 --format json",
        "attain run scenario.yaml --precision 0.5%",
        "attain run scenario.yaml --without-deal East/Acme",
        "attain run scenario.yaml --without-rule 'quarter-end push'",
        "attain run scenario.yaml --replication 41",
        "attain run scenario.yaml --set territories.Ohio.quota=300k"}});
  return run;
}

void refuse_together(const ParsedArguments& parsed, const std::string& option,
                     const std::vector<std::string>& others, const std::string& why) {
  if (parsed.option(option) == nullptr) return;
  for (const std::string& other : others) {
    if (parsed.option(other) == nullptr) continue;
    throw UsageError(fmt::format("--{} and --{} do not go together: {}", option, other, why),
                     "leave one of them out");
  }
}

int default_threads() {
  return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, most_threads);
}

RunOptions options_from(const ParsedArguments& parsed, const Console& console) {
  RunOptions options;
  options.file = parsed.operands.front();
  options.reading = read_options(parsed);
  options.threads = default_threads();
  if (const std::string* value = parsed.option("replications")) {
    options.replications =
        static_cast<std::int64_t>(whole_number("replications", *value, 1, most_replications));
  }
  if (const std::string* value = parsed.option("seed")) options.seed = seed_number("seed", *value);
  if (const std::string* value = parsed.option("threads")) {
    options.threads = static_cast<int>(whole_number("threads", *value, 1, most_threads));
  }
  if (const std::string* value = parsed.option("format")) {
    options.format = static_cast<Format>(choice("format", *value, {"text", "json", "csv"}));
  }
  if (const std::string* value = parsed.option("output")) {
    if (value->empty()) throw UsageError("--output is empty", "name a folder, or leave it out");
    options.output = *value;
  }
  if (const std::string* value = parsed.option("precision")) {
    options.precision = precision_share("precision", *value);
  }
  if (const std::string* value = parsed.option("without-deal")) options.without_deal = *value;
  options.without_rules = parsed.values("without-rule");
  if (const std::string* value = parsed.option("replication")) {
    options.replication =
        static_cast<std::int64_t>(whole_number("replication", *value, 0, most_replications - 1));
  }
  options.colour = console.colour;
  options.progress = console.progress;
  options.stop = console.stop;
  return options;
}

}  // namespace

ExitCode run_from_arguments(std::span<const std::string> arguments, const Console& console) {
  const ParsedArguments parsed = parse_arguments(text(), arguments);
  if (parsed.help) {
    console.out << help_text(text());
    return ExitCode::done;
  }
  refuse_together(parsed, "precision", {"replications"},
                  "the precision decides how many there are");
  refuse_together(parsed, "replication", {"precision", "without-deal", "output"},
                  "one future is only printed");
  refuse_together(parsed, "without-deal", {"precision", "output"},
                  "the comparison is only printed");
  return run_command(options_from(parsed, console), console.out, console.err);
}

}  // namespace attain
