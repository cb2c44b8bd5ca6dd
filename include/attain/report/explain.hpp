#pragma once

#include <attain/report/figures.hpp>
#include <attain/report/run_report.hpp>
#include <attain/report/text.hpp>
#include <attain/summary/explain.hpp>

#include <cstddef>
#include <iosfwd>

namespace attain {

/// Everything that a writer of an explanation needs.
struct ExplainReport {
  const Scenario& scenario;
  std::size_t territory = 0;
  const Explanation& explanation;
  const RunRecord& run;

  [[nodiscard]] const Territory& place() const { return scenario.territories[territory]; }
  /// Of the period of day one, which is the one that is explained.
  [[nodiscard]] Calendar calendar() const { return current_period(scenario.calendar); }
};

/// The explanation as people read it: verdict, arithmetic, why, what it takes, what to do next.
void write_text(const ExplainReport& report, Colour colour, std::ostream& out);

void write_json(const ExplainReport& report, std::ostream& out);

}  // namespace attain
