#pragma once

#include <attain/report/run_report.hpp>

#include <string>
#include <vector>

namespace attain {

/// Whether the company's row would only repeat that of its one territory.
bool company_is_one_territory(const Summary& summary);

/// The outlook of the whole: of the company, or of the territory that is it.
const Outlook& whole_outlook(const Summary& summary);

/// Whether there are replications enough for ranges and promises.
bool ranges_are_known(const Summary& summary);

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
