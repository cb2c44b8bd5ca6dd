#include "explain.hpp"

#include <attain/base/text.hpp>
#include <attain/base/version.hpp>
#include <attain/cli/load_scenario.hpp>
#include <attain/cli/run.hpp>
#include <attain/cli/usage.hpp>
#include <attain/report/explain.hpp>
#include <attain/report/figures.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <thread>

namespace attain {

namespace {

/// Each replication's bookings are kept, 8 bytes for each variant that is compared.
constexpr std::int64_t most_explained_replications = 10'000'000;

const CommandText& text() {
  static const CommandText explain = with_scenario_options(
      {"explain",
       {"FILE", "TERRITORY"},
       "Why a territory's chance of quota is what it is: the arithmetic behind what is expected, "
       "the\n"
       "last useful week for a new deal, and what an even chance and 80 % would take.",
       {{"replications", "N",
         "how often the period is simulated, 1 to 10,000,000\n"
         "(default: the file's, or 20000)"},
        {"seed", "N", "another seed is other luck (default: the file's, or 1)"},
        {"threads", "N", "1 to 1024 (default: one per core); the answer is the same for all"},
        {"format", "FORMAT", "text (default) or json"}},
       {"attain explain scenario.yaml East",
        "attain explain scenario.yaml 'N. California' --replications 200k --format json"}});
  return explain;
}

std::string territory_list(const std::vector<std::string>& names) {
  constexpr std::size_t most = 20;
  std::string list;
  for (std::size_t i = 0; i < names.size() && i < most; ++i) {
    list += (i == 0 ? "" : ", ") + shell_word(names[i]);
  }
  return list + (names.size() > most ? fmt::format(" and {} more", names.size() - most) : "");
}

std::size_t territory_meant(const Scenario& scenario, const std::string& name) {
  std::vector<std::string> names;
  for (const Territory& territory : scenario.territories) names.push_back(territory.name);
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  // As answers show it: without what would garble a terminal.
  const auto shown = [&name](const std::string& own) { return printable(own) == name; };
  const auto cleaned = std::find_if(names.begin(), names.end(), shown);
  if (std::count_if(names.begin(), names.end(), shown) == 1) {
    return static_cast<std::size_t>(cleaned - names.begin());
  }
  std::string near = nearest_word(name, names);
  for (const std::string& candidate : names) {
    if (near.empty() && name.size() > 2 && candidate.rfind(name, 0) == 0) near = candidate;
  }
  throw UsageError(fmt::format("the scenario has no territory '{}'", name),
                   (near.empty() ? "" : fmt::format("did you mean {}? ", shell_word(near))) +
                       "territories: " + territory_list(names));
}

SimulationOptions simulation_options(const ParsedArguments& parsed, const RunSettings& settings,
                                     const Console& console) {
  SimulationOptions options;
  options.seed = settings.seed;
  options.replications = std::min(settings.replications, most_explained_replications);
  options.threads =
      std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, most_threads);
  options.stop = console.stop;
  if (const std::string* value = parsed.option("replications")) {
    options.replications = static_cast<std::int64_t>(
        whole_number("replications", *value, 1, most_explained_replications));
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

}  // namespace

ExitCode explain_from_arguments(std::span<const std::string> arguments, const Console& console) {
  const ParsedArguments parsed = parse_arguments(text(), arguments);
  if (parsed.help) {
    console.out << help_text(text());
    return ExitCode::done;
  }
  const std::string* format = parsed.option("format");
  const bool json = format != nullptr && choice("format", *format, {"text", "json"}) == 1;
  // Options are checked before the file is read, the territory as soon as it is.
  simulation_options(parsed, {}, console);
  const ReadOptions reading = read_options(parsed);
  const LoadResult read = load_scenario(parsed.operands[0], reading, console.err);
  if (!read.loaded) return read.code;
  const LoadedScenario* const loaded = &*read.loaded;
  const std::size_t territory = territory_meant(loaded->scenario, parsed.operands[1]);
  const SimulationOptions options = simulation_options(parsed, loaded->scenario.run, console);
  if (loaded->scenario.run.replications > options.replications &&
      parsed.option("replications") == nullptr) {
    console.err << fmt::format(
        "attain: {} replications instead of the file's {}, as explain keeps each one\n",
        integer_text(static_cast<std::uint64_t>(options.replications)),
        integer_text(static_cast<std::uint64_t>(loaded->scenario.run.replications)));
  }
  const Explanation explanation = explain(loaded->scenario, territory, options);
  RunRecord record = record_of(*loaded, reading);
  record.seed = options.seed;
  record.replications = options.replications;
  const ExplainReport report{loaded->scenario, territory, explanation, record};
  if (json) {
    write_json(report, console.out);
  } else {
    write_text(report, console.colour ? Colour::terminal : Colour::none, console.out);
  }
  return ExitCode::done;
}

}  // namespace attain
