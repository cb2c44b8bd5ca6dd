#include <attain/report/csv.hpp>

#include "csv_parts.hpp"
#include "deal_figures.hpp"
#include "deal_text.hpp"

#include <attain/report/figures.hpp>

#include <fmt/format.h>

#include <vector>

namespace attain {

namespace {

/// The weeks of the period for which deals.csv says what a deal that has not moved is still worth,
/// as far as they are simulated.
std::vector<int> deal_weeks(const Calendar& calendar) {
  std::vector<int> weeks{4, 8, 12};
  std::erase_if(weeks, [&calendar](int week) {
    return week <= calendar.weeks_done() || week > calendar.period_weeks();
  });
  return weeks;
}

void add_place_of_week(CsvWriter& csv, const Calendar& calendar, std::size_t week) {
  const PlaceOfWeek place = place_of_week(calendar, week);
  csv.whole(static_cast<std::uint64_t>(place.period));
  csv.whole(static_cast<std::uint64_t>(place.week));
}

void weekly_rows(CsvWriter& csv, const RunReport& report, const char* level,
                 const Outlook& outlook) {
  for (std::size_t week = 0; week < outlook.weeks.size(); ++week) {
    const WeekSummary& summary = outlook.weeks[week];
    csv.text(level).text(outlook.name);
    add_place_of_week(csv, report.scenario.calendar, week);
    csv.number(summary.bookings_mean);
    for (const double value : summary.bookings) csv.number(value);
    csv.number(summary.pipeline).number(summary.leads).number(summary.wins);
    for (const double count : summary.activities) csv.number(count);
    if (has_utilization(report.summary)) csv.number(summary.utilization);
    csv.end_row();
  }
}

/// Stream, stage, and who answers for it; or the date and what becomes of the deal then.
void add_place(CsvWriter& csv, const Territory& territory, const OpenDeals& open) {
  if (open.due) {
    csv.empty().empty();
  } else {
    const Stream& stream = territory.streams[open.stream];
    csv.text(stream.name).text(stream.funnel.stages[open.stage].name);
  }
  csv.text(stage_owner(territory, open));
  csv.number(units_of(open.amount)).number(mean_amount(open, territory));
  csv.number(open.weeks_in_stage);
  if (!open.due) {
    csv.empty().empty().empty().empty();
    return;
  }
  csv.text(open.due->date ? iso_date_text(*open.due->date) : "spread").number(open.due->chance);
  csv.number(open.due->slip_chance).number(open.due->slip_weeks.mean());
}

void add_labels(CsvWriter& csv, const DealLabels& labels) {
  csv.text(labels.category).text(labels.account).text(labels.owner).text(labels.note);
}

}  // namespace

void write_deals_csv(const RunReport& report, std::ostream& out) {
  CsvWriter csv(out);
  const Calendar& calendar = report.scenario.calendar;
  const std::vector<int> still_here = deal_weeks(calendar);
  for (const char* name : {"territory",
                           "deal",
                           "stream",
                           "stage",
                           "stage_owner",
                           "amount",
                           "amount_mean",
                           "weeks_in_stage",
                           "due",
                           "chance",
                           "slip",
                           "slip_weeks",
                           "category",
                           "account",
                           "owner",
                           "note",
                           "win_in_period",
                           "win_in_period_simulated",
                           "win_ever",
                           "weeks_until_half_have_left",
                           "weeks_until_80%_have_left"}) {
    csv.text(name);
  }
  for (const int week : still_here) {
    csv.text(fmt::format("win_in_period_if_still_here_at_week_{}", week));
  }
  for (int week = 0; week < calendar.weeks(); ++week) {
    csv.text(fmt::format("won_by_week_{}", calendar.weeks_done() + week + 1));
  }
  csv.end_row();
  for (std::size_t i = 0; i < report.summary.territories.size(); ++i) {
    const Territory& stated = report.scenario.territories[i];
    for (const DealSummary& deal : report.summary.territories[i].deals) {
      const OpenDeals& open = stated.open[deal.open];
      csv.text(stated.name).text(deal.deal);
      add_place(csv, stated, open);
      add_labels(csv, open.labels);
      csv.number(deal.expected.win_in_period).number(deal.win.probability);
      csv.number(win_ever_of(deal));
      csv.number(deal.expected.half_left_weeks).number(deal.expected.most_left_weeks);
      for (const int week : still_here) {
        const auto simulated = static_cast<std::size_t>(week - calendar.weeks_done() - 1);
        csv.number(deal.expected.win_if_still_here[simulated]);
      }
      for (const double chance : deal.expected.won_by) csv.number(chance);
      csv.end_row();
    }
  }
}

void write_expectations_csv(const RunReport& report, std::ostream& out) {
  CsvWriter csv(out);
  for (const char* name : {"territory", "period", "week", "owner", "what", "mean", "p10", "p90"}) {
    csv.text(name);
  }
  csv.end_row();
  for (const TerritorySummary& territory : report.summary.territories) {
    for (const ExpectationSummary& item : territory.expectations) {
      for (std::size_t week = 0; week < item.weeks.size(); ++week) {
        const ExpectedByWeek& expected = item.weeks[week];
        csv.text(territory.outlook.name);
        add_place_of_week(csv, report.scenario.calendar, week);
        csv.text(item.owner).text(item.what);
        csv.number(expected.mean).number(expected.p10).number(expected.p90).end_row();
      }
    }
  }
}

void write_weekly_csv(const RunReport& report, std::ostream& out) {
  CsvWriter csv(out);
  for (const char* name : {"level", "name", "period", "week", "bookings_to_date_mean"}) {
    csv.text(name);
  }
  for (const double level : weekly_levels) csv.text("bookings_to_date_p" + percent_name(level));
  for (const char* name :
       {"pipeline_at_week_end_mean", "leads_in_week_mean", "wins_in_week_mean"}) {
    csv.text(name);
  }
  for (const std::string& kind : report.summary.activities) csv.text("activities_in_week." + kind);
  if (has_utilization(report.summary)) csv.text("utilization_in_week_mean");
  csv.end_row();
  for (const TerritorySummary& territory : report.summary.territories) {
    weekly_rows(csv, report, "territory", territory.outlook);
  }
  for (const GroupSummary& region : report.summary.regions) {
    weekly_rows(csv, report, "group", region.outlook);
  }
  weekly_rows(csv, report, "company", report.summary.company.outlook);
}

}  // namespace attain
