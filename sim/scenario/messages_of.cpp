#include <attain/scenario/read_scenario.hpp>

#include <algorithm>

namespace attain {

std::string messages_of(const ReadResult& result) {
  std::string text;
  for (const Diagnostic& diagnostic : result.diagnostics) {
    const auto source = std::find_if(
        result.sources.begin(), result.sources.end(),
        [&](const ScenarioSource& each) { return each.file == diagnostic.place.file; });
    text += render(diagnostic, source == result.sources.end() ? std::string_view{}
                                                              : std::string_view(source->text));
  }
  return text;
}

}  // namespace attain
