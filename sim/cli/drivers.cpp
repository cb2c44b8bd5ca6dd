#include "drivers.hpp"

#include "progress.hpp"

#include <attain/base/text.hpp>
#include <attain/cli/load_scenario.hpp>
#include <attain/cli/run.hpp>
#include <attain/cli/usage.hpp>
#include <attain/report/drivers.hpp>
#include <attain/report/figures.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <thread>

namespace attain {

namespace {

using Level = DriverTarget::Level;

const CommandText& text() {
  static const CommandText drivers = with_scenario_options(
      {"drivers",
       {"FILE"},
       "What moves the chance of quota: what we do not know, what we can change, what may happen.\n"
       "One thing changes at a time, and all else sees the same luck. Nothing is written.",
       {{"for", "NAME", "a territory or a region (default: the company)"},
        {"replications", "N",
         "how often the period is simulated for each change, 1 to\n"
         "1,000,000,000 (default: the file's, or 20000)"},
        {"seed", "N", "another seed is other luck (default: the file's, or 1)"},
        {"threads", "N", "1 to 1024 (default: one per core); the answer is the same for all"},
        {"format", "FORMAT", "text (default), json, or csv: one line per change"}},
       {"attain drivers scenario.yaml", "attain drivers scenario.yaml --for East",
        "attain drivers scenario.yaml --for 'N. California' --replications 200k --format json"}});
  return drivers;
}

std::string list_of(const std::vector<std::string>& names) {
  constexpr std::size_t most = 20;
  std::string list;
  for (std::size_t i = 0; i < names.size() && i < most; ++i)
    list += (i == 0 ? "" : ", ") + shell_word(names[i]);
  return list + (names.size() > most ? fmt::format(" and {} more", names.size() - most) : "");
}

std::vector<std::string> names_with_quota(const std::vector<DriverTarget>& targets) {
  std::vector<std::string> names;
  for (const DriverTarget& each : targets)
    if (each.quota && each.level != Level::company) names.push_back(each.name);
  return names;
}

const DriverTarget& target_called(const std::vector<DriverTarget>& targets,
                                  const std::string& name) {
  const auto exact = std::find_if(targets.begin(), targets.end(),
                                  [&name](const DriverTarget& each) { return each.name == name; });
  if (exact != targets.end()) return *exact;
  // As answers show it: without what would garble a terminal.
  const auto shown = [&name](const DriverTarget& each) { return printable(each.name) == name; };
  if (std::count_if(targets.begin(), targets.end(), shown) == 1)
    return *std::find_if(targets.begin(), targets.end(), shown);
  std::vector<std::string> names;
  for (const DriverTarget& each : targets) names.push_back(each.name);
  std::string near = nearest_word(name, names);
  for (const std::string& candidate : names)
    if (near.empty() && name.size() > 2 && candidate.rfind(name, 0) == 0) near = candidate;
  names.pop_back();
  throw UsageError(fmt::format("--for '{}' names no territory and no region of the scenario", name),
                   (near.empty() ? "" : fmt::format("did you mean --for {}? ", shell_word(near))) +
                       "there are " + list_of(names));
}

void check_quota(const DriverTarget& target, const std::vector<DriverTarget>& targets) {
  if (target.quota) return;
  const std::vector<std::string> others = names_with_quota(targets);
  const bool company = target.level == Level::company;
  throw UsageError(
      fmt::format("{} no quota, so there is no chance of quota that anything could move",
                  company ? "the company has" : fmt::format("'{}' has", target.name)),
      others.empty() ? "give a territory a quota in every period"
                     : "give it a quota in every period, or look at one that has it with --for: " +
                           list_of(others));
}

SimulationOptions simulation_options(const ParsedArguments& parsed, const RunSettings& settings,
                                     const Console& console) {
  SimulationOptions options;
  options.seed = settings.seed;
  options.replications = settings.replications;
  options.threads =
      std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, most_threads);
  options.stop = console.stop;
  if (const std::string* value = parsed.option("replications")) {
    options.replications =
        static_cast<std::int64_t>(whole_number("replications", *value, 1, most_replications));
  }
  if (const std::string* value = parsed.option("seed")) options.seed = seed_number("seed", *value);
  if (const std::string* value = parsed.option("threads")) {
    options.threads = static_cast<int>(whole_number("threads", *value, 1, most_threads));
  }
  try {
    options.simd = best_simd_width();
  } catch (const std::invalid_argument& error) {
    throw UsageError(error.what(), "set ATTAIN_SIMD to sse2, avx2 or avx512, or not at all");
  }
  return options;
}

Format format_of(const ParsedArguments& parsed) {
  const std::string* value = parsed.option("format");
  if (value == nullptr) return Format::text;
  return static_cast<Format>(choice("format", *value, {"text", "json", "csv"}));
}

Drivers found_drivers(const Scenario& scenario, const DriverTarget& target,
                      SimulationOptions options, const Console& console) {
  const DriverSearch search(scenario, target);
  ProgressBar bar(console.err, console.progress,
                  search.simulated_territories() * options.replications,
                  "territory-" + period_noun(scenario.calendar) + "s");
  options.progress = bar.callback();
  return search.run(options);
}

}  // namespace

ExitCode drivers_from_arguments(std::span<const std::string> arguments, const Console& console) {
  const ParsedArguments parsed = parse_arguments(text(), arguments);
  if (parsed.help) {
    console.out << help_text(text());
    return ExitCode::done;
  }
  // Options are checked before the file is read, the target as soon as it is.
  const Format format = format_of(parsed);
  simulation_options(parsed, {}, console);
  const ReadOptions reading = read_options(parsed);
  const LoadResult read = load_scenario(parsed.operands[0], reading, console.err);
  if (!read.loaded) return read.code;
  const Scenario& scenario = read.loaded->scenario;
  const std::vector<DriverTarget> targets = driver_targets(scenario);
  const std::string* name = parsed.option("for");
  const DriverTarget& target = name == nullptr ? targets.back() : target_called(targets, *name);
  check_quota(target, targets);
  const SimulationOptions options = simulation_options(parsed, scenario.run, console);
  const Drivers drivers = found_drivers(scenario, target, options, console);
  RunRecord record = record_of(*read.loaded, reading);
  record.seed = options.seed;
  record.replications = options.replications;
  const DriversReport report{scenario, drivers, record};
  switch (format) {
    case Format::text:
      write_text(report, console.colour ? Colour::terminal : Colour::none, console.out);
      break;
    case Format::json: write_json(report, console.out); break;
    case Format::csv: write_csv(report, console.out); break;
  }
  return ExitCode::done;
}

}  // namespace attain
