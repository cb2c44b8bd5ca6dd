#pragma once

#include <attain/report/run_report.hpp>

#include <string>
#include <utility>
#include <vector>

namespace attain {

/// Whether the company's row would only repeat that of its one territory.
bool company_is_one_territory(const Summary& summary);

/// The outlook of the whole: of the company, or of the territory that is it.
const Outlook& whole_outlook(const Summary& summary);

/// Whether there are replications enough for ranges and promises.
bool ranges_are_known(const Summary& summary);

/// How far a chance moves because inputs are uncertain, in points: "(53-83)"; empty where that is
/// not known.
std::string chance_range_text(const Outlook& outlook);

/// The ends of 8 in 10 futures in % of quota, or in money where there is none; no low end where
/// both are beyond what is printed.
std::pair<std::string, std::string> range_of(const Outlook& outlook);

/// A row of a table about everyone.
struct OutlookRow {
  const Outlook* outlook = nullptr;
  const Territory* territory = nullptr;  ///< None for a group.
  std::string note{};
  bool begins_block = false;  ///< A blank line stands before it.
};

/// In the order in which tables list them.
std::vector<OutlookRow> outlook_rows(const RunReport& report);

/// The territories by their chance of quota, the regions level by level, the company.
std::string outlook_table(const RunReport& report);

}  // namespace attain
