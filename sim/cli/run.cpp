#include <attain/cli/run.hpp>

#include "progress.hpp"

#include <attain/base/diagnostics.hpp>
#include <attain/base/text.hpp>
#include <attain/base/version.hpp>
#include <attain/cli/load_scenario.hpp>
#include <attain/cli/usage.hpp>
#include <attain/engine/simulate.hpp>
#include <attain/report/csv.hpp>
#include <attain/report/figures.hpp>
#include <attain/report/future.hpp>
#include <attain/report/json.hpp>
#include <attain/report/lost_deal.hpp>
#include <attain/report/results_folder.hpp>
#include <attain/report/run_files.hpp>
#include <attain/report/text.hpp>
#include <attain/summary/sequential.hpp>
#include <attain/summary/side_runs.hpp>
#include <attain/summary/without_deal.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <ostream>

namespace attain {

namespace {

/// A scenario ready to be simulated as the options say.
struct Job {
  const RunOptions& options;
  const Scenario& scenario;
  RunRecord record;
  SimulationOptions simulation;
  std::string noun;  ///< Of several replications: "quarters".
};

SimdWidth simd_width() {
  try {
    return best_simd_width();
  } catch (const std::invalid_argument& error) {
    throw UsageError(error.what(), "set ATTAIN_SIMD to sse2, avx2 or avx512, or not at all");
  }
}

Job job_for(const RunOptions& options, const LoadedScenario& loaded) {
  Job job{options, loaded.scenario, {}, {}, {}};
  const RunSettings& settings = loaded.scenario.run;
  job.record = record_of(loaded, options.reading);
  job.record.without_rules = options.without_rules;
  job.record.seed = options.seed.value_or(settings.seed);
  job.record.replications = options.replications.value_or(settings.replications);
  job.simulation.seed = job.record.seed;
  job.simulation.replications = job.record.replications;
  job.simulation.threads = options.threads;
  job.simulation.simd = simd_width();
  job.simulation.stop = options.stop;
  job.noun = period_noun(loaded.scenario.calendar) + "s";
  return job;
}

Outcomes simulated(Job& job, const Plan& plan, std::ostream& err) {
  const std::optional<double>& precision = job.options.precision;
  ProgressBar bar(err, job.options.progress, precision ? 0 : job.record.replications, job.noun);
  job.simulation.progress = bar.callback();
  if (!precision) return simulate(plan, job.simulation);
  if (!has_quota(plan)) {
    throw UsageError("--precision is about chances of quota, and nobody here has a quota",
                     "give a territory a quota, or use --replications");
  }
  SequentialOutcomes sequential = simulate_to_precision(plan, job.simulation, *precision);
  job.record.replications = sequential.outcomes.replications;
  job.record.precision = {*precision, sequential.half_width, sequential.reached};
  return std::move(sequential.outcomes);
}

void simulate_beside(Job& job, const Plan& plan, Summary& summary, std::ostream& err) {
  const std::int64_t replications = job.record.replications;
  ProgressBar bar(err, job.options.progress, side_replications(job.scenario, replications),
                  job.noun);
  SimulationOptions options = job.simulation;
  options.replications = replications;
  options.progress = bar.callback();
  add_side_runs(summary, job.scenario, plan, options);
}

void print_answer(const RunReport& report, const RunOptions& options, std::ostream& out) {
  switch (options.format) {
    case Format::text:
      write_text(report, options.colour ? Colour::terminal : Colour::none, out);
      break;
    case Format::json: write_json(report, out); break;
    case Format::csv: write_territories_csv(report, out); break;
  }
}

ExitCode run_all(Job& job, std::ostream& out, std::ostream& err) {
  const RunOptions& options = job.options;
  const std::filesystem::path file(options.file);
  // Made before the work, so that a folder that cannot be written to does not cost a long run.
  ResultsFolder folder(options.output ? std::filesystem::path(*options.output)
                                      : std::filesystem::path("results") / file.stem());
  const Plan plan = build_plan(job.scenario);
  const Outcomes outcomes = simulated(job, plan, err);
  Summary summary = summarize(job.scenario, plan, outcomes, expectations(job.scenario, plan));
  simulate_beside(job, plan, summary, err);
  const RunReport report{job.scenario, summary, job.record};
  std::optional<CannotWrite> problem;
  try {
    add_run_files(report, folder);
    if (options.stop != nullptr && options.stop->load()) throw Interrupted();
    folder.commit();
  } catch (const CannotWrite& error) {
    problem = error;  // The answer is there all the same.
  }
  print_answer(report, options, out);
  if (problem) {
    out.flush();
    throw CannotWrite(*problem);
  }
  if (options.format == Format::text) {
    out.flush();
    err << "attain: results are in " << printable(folder.folder().string()) << "\n";
  }
  return ExitCode::done;
}

ExitCode run_one_future(Job& job, std::ostream& out) {
  const std::int64_t replication = *job.options.replication;
  if (replication >= job.record.replications) {
    const auto last = static_cast<std::uint64_t>(job.record.replications - 1);
    throw UsageError(fmt::format("--replication is {}, and the last one is {}", replication, last),
                     "numbers begin with 0; --replications makes more");
  }
  const Plan plan = build_plan(job.scenario);
  const FutureReport report{job.scenario, job.record, replication,
                            replay(plan, job.record.seed, replication, job.simulation.simd)};
  switch (job.options.format) {
    case Format::text: write_future_text(report, out); break;
    case Format::json: write_future_json(report, out); break;
    case Format::csv: write_future_csv(report, out); break;
  }
  return ExitCode::done;
}

/// "East/Acme, West/Acme" with at most a few.
std::string deal_list(const Scenario& scenario, const std::vector<DealPlace>& places) {
  constexpr std::size_t most = 8;
  std::string list;
  for (std::size_t i = 0; i < places.size() && i < most; ++i) {
    const Territory& territory = scenario.territories[places[i].territory];
    list += (i == 0 ? "" : ", ") +
            shell_word(territory.name + "/" + territory.open[places[i].open].deal);
  }
  return list + (places.size() > most ? ", ..." : "");
}

std::vector<DealPlace> named_deals(const Scenario& scenario) {
  std::vector<DealPlace> places;
  for (std::size_t t = 0; t < scenario.territories.size(); ++t) {
    const auto& open = scenario.territories[t].open;
    for (std::size_t i = 0; i < open.size(); ++i) {
      if (open[i].named()) places.push_back({t, i});
    }
  }
  return places;
}

/// The deals that answers show by this name: without what would garble a terminal.
std::vector<DealPlace> deals_shown_as(const Scenario& scenario, const std::string& name) {
  std::vector<DealPlace> places = named_deals(scenario);
  std::erase_if(places, [&](const DealPlace& place) {
    const Territory& territory = scenario.territories[place.territory];
    const std::string& deal = territory.open[place.open].deal;
    return name != printable(deal) && name != printable(territory.name + "/" + deal);
  });
  return places;
}

DealPlace deal_meant(const Scenario& scenario, const std::string& name) {
  std::vector<DealPlace> places = find_deals(scenario, name);
  if (places.empty()) places = deals_shown_as(scenario, name);
  if (places.size() == 1) return places.front();
  if (places.size() > 1) {
    throw UsageError(
        fmt::format("--without-deal '{}' may mean any of {} deals", name, places.size()),
        "say which: " + deal_list(scenario, places));
  }
  std::vector<std::string> names;
  const std::vector<DealPlace> all = named_deals(scenario);
  for (const DealPlace& place : all) {
    const Territory& territory = scenario.territories[place.territory];
    names.push_back(territory.open[place.open].deal);
    names.push_back(territory.name + "/" + territory.open[place.open].deal);
  }
  const std::string near = nearest_word(name, names);
  throw UsageError(fmt::format("--without-deal '{}' names no deal of the open pipeline", name),
                   !near.empty()  ? fmt::format("did you mean --without-deal {}?", shell_word(near))
                   : !all.empty() ? "named deals: " + deal_list(scenario, all)
                                  : "no deal of this scenario has a name");
}

ExitCode run_without_deal(Job& job, std::ostream& out, std::ostream& err) {
  const DealPlace place = deal_meant(job.scenario, *job.options.without_deal);
  LostDealReport report{job.scenario, job.record, {}};
  {
    ProgressBar bar(err, job.options.progress, job.record.replications, job.noun);
    job.simulation.progress = bar.callback();
    report.lost = without_deal(job.scenario, place, job.simulation);
  }
  switch (job.options.format) {
    case Format::text: write_lost_deal_text(report, out); break;
    case Format::json: write_lost_deal_json(report, out); break;
    case Format::csv: write_lost_deal_csv(report, out); break;
  }
  return ExitCode::done;
}

/// "push, freeze" with at most a few.
std::string rule_list(const std::vector<Rule>& rules) {
  constexpr std::size_t most = 8;
  std::string list;
  for (std::size_t i = 0; i < rules.size() && i < most; ++i)
    list += (i == 0 ? "" : ", ") + shell_word(rules[i].name);
  return list + (rules.size() > most ? ", ..." : "");
}

/// Takes rules out before anything is planned, so that nothing else changes its luck.
void leave_out(const std::vector<std::string>& names, std::vector<Rule>& rules) {
  std::vector<std::string> known;
  for (const Rule& rule : rules) known.push_back(rule.name);
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const std::string near = nearest_word(name, known);
    throw UsageError(fmt::format("--without-rule '{}' names no rule of the scenario", name),
                     !near.empty()
                         ? fmt::format("did you mean --without-rule {}?", shell_word(near))
                     : !rules.empty() ? "its rules: " + rule_list(rules)
                                      : "this scenario has no rules");
  }
  std::erase_if(rules, [&names](const Rule& rule) {
    return std::find(names.begin(), names.end(), rule.name) != names.end();
  });
}

}  // namespace

ExitCode run_command(const RunOptions& options, std::ostream& out, std::ostream& err) {
  LoadResult read = load_scenario(options.file, options.reading, err);
  if (!read.loaded) return read.code;
  leave_out(options.without_rules, read.loaded->scenario.rules);
  Job job = job_for(options, *read.loaded);
  if (options.replication) return run_one_future(job, out);
  if (options.without_deal) return run_without_deal(job, out, err);
  return run_all(job, out, err);
}

}  // namespace attain
