#pragma once

#include <attain/report/run_report.hpp>

#include <nlohmann/json.hpp>

#include <iosfwd>

namespace attain {

using Json = nlohmann::ordered_json;

/// A number with as many digits as are the same everywhere; null for none.
Json number(double value);
Json number(const std::optional<double>& value);
Json money(const std::optional<Money>& value);
Json chance(const std::optional<Chance>& value);

/// The keys "version", "scenario" and "run" with which every answer about a run begins.
Json head_of(const Scenario& scenario, const RunRecord& run);

/// Indented, with a line break at the end.
void print(const Json& json, std::ostream& out);

}  // namespace attain
