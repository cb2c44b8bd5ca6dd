#include <attain/cli/load_scenario.hpp>

#include <attain/base/text.hpp>
#include <attain/base/version.hpp>
#include <attain/report/figures.hpp>

#include <fmt/format.h>

#include <ostream>

namespace attain {

CommandText with_scenario_options(CommandText text) {
  text.options.push_back({"set", "PATH=VALUE",
                          "another value in place of the file's, as in\n"
                          "territories.Ohio.quota=300k; may be repeated",
                          true});
  text.options.push_back({"allow-outside", "",
                          "also read files outside of the scenario's folder that\n"
                          "the scenario names",
                          false});
  return text;
}

ReadOptions read_options(const ParsedArguments& parsed) {
  ReadOptions options = options_for_files();
  options.allow_outside = parsed.option("allow-outside") != nullptr;
  options.settings = parsed.values("set");
  for (const std::string& setting : options.settings) {
    if (setting.find('=') != std::string::npos) continue;
    throw UsageError(fmt::format("--set is '{}', which has no '='", setting),
                     "write it as in --set territories.Ohio.quota=300k");
  }
  return options;
}

LoadResult load_scenario(const std::string& file, const ReadOptions& options, std::ostream& err) {
  ReadResult result = read_scenario(load_scenario_file(file), options);
  err << messages_of(result);
  if (!result.scenario) return {std::nullopt, exit_code_of(result)};
  return {LoadedScenario{*std::move(result.scenario), std::move(result.sources)}, ExitCode::done};
}

ExitCode exit_code_of(const ReadResult& result) {
  if (result.scenario) return ExitCode::done;
  return result.only_tables_are_wrong ? ExitCode::invalid_data : ExitCode::invalid_scenario;
}

RunRecord record_of(const LoadedScenario& loaded, const ReadOptions& options) {
  RunRecord record;
  record.version = version();
  record.settings = options.settings;
  for (const ScenarioSource& source : loaded.sources) {
    if (&source != &loaded.sources.front() && source.file == settings_source) continue;
    record.inputs.push_back({source.file, sha256_hex(source.text)});
  }
  record.file = record.inputs.front().file;
  record.sha256 = record.inputs.front().sha256;
  if (record.inputs.size() == 1) record.inputs.clear();
  for (const std::string& setting : options.settings)
    record.options += "--set " + shell_word(setting) + ' ';
  if (options.allow_outside) record.options += "--allow-outside ";
  return record;
}

}  // namespace attain
