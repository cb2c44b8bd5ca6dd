#pragma once

#include <attain/report/run_report.hpp>
#include <attain/summary/without_deal.hpp>

#include <iosfwd>

namespace attain {

/// What changes if a deal is not there.
struct LostDealReport {
  const Scenario& scenario;
  const RunRecord& run;
  LostDeal lost;
};

void write_lost_deal_text(const LostDealReport& report, std::ostream& out);
void write_lost_deal_json(const LostDealReport& report, std::ostream& out);
void write_lost_deal_csv(const LostDealReport& report, std::ostream& out);

}  // namespace attain
