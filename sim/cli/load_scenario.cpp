#include <attain/cli/load_scenario.hpp>

#include <ostream>

namespace attain {

std::optional<LoadedScenario> load_scenario(const std::string& file, std::ostream& err) {
  ScenarioSource source = load_scenario_file(file);
  ReadResult result = read_scenario(source);
  for (const Diagnostic& diagnostic : result.diagnostics) err << render(diagnostic, source.text);
  if (!result.scenario) return {};
  return LoadedScenario{*std::move(result.scenario), std::move(source)};
}

}  // namespace attain
