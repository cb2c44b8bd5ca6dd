#pragma once

#include <map>
#include <string>

namespace attain::testing {

/// One scenario in two ways: as one file, and with its lists in tables beside it.

inline const std::string head =
    "attain: 1\n"
    "name: Several files\n"
    "calendar: {start: 2027-01-04, weeks: 13}\n"
    "categories: {commit: 85%, best case: 45%}\n"
    "funnels:\n"
    "  field:\n"
    "    stages:\n"
    "      - {name: meeting, advance: 50%, weeks: 2, activity: meeting}\n"
    "      - {name: a.b, advance: 60%, weeks: {mean: 3, cv: 60%}}\n"
    "    amount: {mean: 40k, cv: 80%}\n";

inline const std::string in_yaml = head +
                                   R"(defaults: {funnel: field, quota: 300k}
territories:
  - name: Ohio
    region: [Americas, East]
    attributes: {tier: gold, size: "12"}
    leads_per_week: 3
    stages: {a.b: {advance: 55%}}
    amount: {empirical: [20k, 30k, 30k]}
    booked: 20k
    open:
      - {deal: Acme, stage: a.b, amount: 90k, weeks_in_stage: 3, category: commit, note: 'legal, "final" review'}
      - {stage: meeting, count: 5}
      - {deal: Bore, amount: 60k, due: 2027-03-15, chance: 80%, slip: {chance: 25%, weeks: {mean: 4}}}
  - name: N. California
    region: West
    quota: {amount: 330k, relief: 15%, why: leave from March}
    leads_per_week: 4
    open:
      - {renewals: 14, amount: {mean: 6k, cv: 40%}, due: spread, category: best case}
  - {name: Texas, quota: none, leads_per_week: 2}
history:
  - {period: 2026-Q3, territory: Ohio, bookings: 290k, quota: 300k, meeting: 90}
  - {period: 2026-Q4, territory: Ohio, bookings: 298k, quota: 300k, meeting: 96, a.b.advanced: 4}
)";

inline const std::map<std::string, std::string> in_tables{
    {"scenario.yaml", head + "defaults: {funnel: field, quota: 300k, open: {from: pipeline.csv}}\n"
                             "territories: {from: tables/territories.csv}\n"
                             "history: {from: history.csv}\n"},
    {"tables/territories.csv",
     "name,region,attributes.tier,attributes.size,leads_per_week,\"stages.\"\"a.b\"\".advance\","
     "amount.empirical,booked,quota,quota.amount,quota.relief,quota.why\n"
     "Ohio,Americas | East,gold,12,3,55%,20k|30k|30k,20k,,,,\n"
     "N. California,West,,,4,,,,,330k,15%,leave from March\n"
     "Texas,,,,2,,,,none,,,\n"},
    {"pipeline.csv",
     "territory;deal;stage;amount;weeks_in_stage;category;note;count;due;chance;slip.chance;"
     "slip.weeks.mean;renewals;amount.mean;amount.cv\r\n"
     "Ohio;Acme;a.b;90k;3;commit;\"legal, \"\"final\"\" review\";;;;;;;;\r\n"
     "N. California;;;;;best case;;;spread;;;;14;6k;40%\r\n"
     "Ohio;;meeting;;;;;5;;;;;;;\r\n"
     "\r\n"
     "Ohio;Bore;;60k;;;;;2027-03-15;80%;25%;4;;;\r\n"},
    {"history.csv",
     "\xEF\xBB\xBFperiod,territory,bookings,quota,meeting,a.b.advanced\n"
     "2026-Q3,Ohio,290k,300k,90,\n"
     "2026-Q4,Ohio,298k,300k,96,4\n"}};

}  // namespace attain::testing
