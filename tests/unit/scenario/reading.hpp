#pragma once

#include <attain/base/diagnostics.hpp>
#include <attain/scenario/read_scenario.hpp>

#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>
#include <string>

namespace attain::test {

/// Everything that the reader says about a text, as people see it.
inline std::string messages(const std::string& text) {
  return messages_of(read_scenario({"scenario.yaml", text}));
}

/// The scenario that a sound text says.
inline Scenario read(const std::string& text) {
  ReadResult result = read_scenario({"scenario.yaml", text});
  INFO(messages_of(result));
  REQUIRE(result.scenario.has_value());
  return std::move(*result.scenario);
}

inline std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  INFO(path);
  REQUIRE(file.good());
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// A scenario with these stages and keys of its one territory.
inline std::string scenario_with(const std::string& stages, const std::string& territory) {
  return "attain: 1\n"
         "calendar: {start: 2027-01-04, weeks: 13}\n"
         "funnels:\n"
         "  field: {stages: [" +
         stages +
         "], amount: 40k}\n"
         "territories:\n"
         "  - {name: Ohio, quota: 300k, " +
         territory + "}\n";
}

inline std::string scenario_with_weeks(const std::string& weeks) {
  return scenario_with("{name: order, advance: 60%, weeks: " + weeks + "}",
                       "funnel: field, leads_per_week: 3");
}

}  // namespace attain::test
