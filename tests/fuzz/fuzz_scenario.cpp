// Reads any bytes as a scenario: no crash, no hang, no sanitizer report.

#include <attain/base/diagnostics.hpp>
#include <attain/scenario/read_scenario.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const attain::ScenarioSource source{"fuzz.yaml",
                                      std::string(reinterpret_cast<const char*>(data), size)};
  const attain::ReadResult result = attain::read_scenario(source);
  for (const attain::Diagnostic& diagnostic : result.diagnostics)
    attain::render(diagnostic, source.text);
  return 0;
}
