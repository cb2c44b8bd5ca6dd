#include <attain/report/csv.hpp>

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

std::optional<double> units_of(const std::optional<Money>& money) {
  if (!money) return {};
  return money->units();
}

void add_chance(CsvWriter& csv, const std::optional<Chance>& chance) {
  if (!chance) {
    csv.empty().empty().empty();
    return;
  }
  csv.number(chance->probability).number(chance->low).number(chance->high);
}

std::string percent_name(double share) {
  return fmt::format("{:g}", rounded_for_output(100 * share));
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " / ") + name;
  return text;
}

void weekly_rows(CsvWriter& csv, const RunReport& report, const char* level,
                 const Outlook& outlook) {
  const auto done = static_cast<std::size_t>(report.scenario.calendar.weeks_done());
  for (std::size_t week = 0; week < outlook.weeks.size(); ++week) {
    const WeekSummary& summary = outlook.weeks[week];
    csv.text(level).text(outlook.name).whole(1).whole(done + week + 1);
    csv.number(summary.bookings_mean);
    for (const double value : summary.bookings) csv.number(value);
    csv.number(summary.pipeline).number(summary.leads).number(summary.wins);
    for (const double count : summary.activities) csv.number(count);
    csv.end_row();
  }
}

void add_date(CsvWriter& csv, const std::optional<std::chrono::sys_days>& day) {
  if (day) {
    csv.text(iso_date_text(*day));
  } else {
    csv.empty();
  }
}

/// What is stated of the territory, and what it has on day one.
void add_stated(CsvWriter& csv, const Territory& territory, const RollUp& roll_up) {
  csv.text(territory.owner).text(territory.note);
  csv.number(units_of(territory.quota_before_relief()));
  if (territory.relief) {
    csv.number(territory.relief->share).text(territory.relief->why);
  } else {
    csv.empty().empty();
  }
  add_date(csv, territory.forecast_called);
  csv.number(roll_up.booked.units());
  for (const double worth : roll_up.categories) csv.number(worth);
  csv.number(roll_up.pipeline).number(roll_up.due_later);
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

void write_territories_csv(const RunReport& report, std::ostream& out) {
  CsvWriter csv(out);
  for (const char* name :
       {"territory", "region", "segment", "period", "quota", "forecast", "attain", "attain_low",
        "attain_high", "attain_forecast", "attain_forecast_low", "attain_forecast_high"}) {
    csv.text(name);
  }
  for (const double at : report.scenario.thresholds) csv.text("attain_" + percent_name(at) + "%");
  for (const char* name :
       {"attainment_mean", "bookings_mean", "bookings_sd", "bookings_p10", "bookings_p20",
        "bookings_p50", "bookings_p90", "wins_mean", "expected_wins", "expected_bookings", "lowest",
        "owner", "note", "quota_before_relief", "relief", "relief_why", "forecast_called",
        "booked"}) {
    csv.text(name);
  }
  for (const std::string& name : report.summary.categories) csv.text("open_in_category." + name);
  csv.text("open_in_pipeline").text("open_due_later");
  csv.end_row();
  for (std::size_t i = 0; i < report.summary.territories.size(); ++i) {
    const TerritorySummary& territory = report.summary.territories[i];
    const Outlook& outlook = territory.outlook;
    const Territory& stated = report.scenario.territories[i];
    csv.text(outlook.name).text(joined(stated.region)).text(stated.segment).whole(1);
    csv.number(units_of(outlook.quota)).number(units_of(outlook.forecast));
    add_chance(csv, outlook.attain);
    add_chance(csv, outlook.attain_forecast);
    for (std::size_t t = 0; t < report.scenario.thresholds.size(); ++t) {
      if (outlook.quota) {
        csv.number(outlook.thresholds[t].chance.probability);
      } else {
        csv.empty();
      }
    }
    const BookingsSummary& bookings = outlook.bookings;
    csv.number(outlook.attainment()).number(bookings.mean.mean).number(bookings.mean.sd);
    csv.number(bookings.p10.value).number(bookings.p20.value);
    csv.number(bookings.p50.value).number(bookings.p90.value);
    csv.number(outlook.wins).number(outlook.expected_wins).number(outlook.expected_bookings);
    if (territory.lowest) {
      csv.number(territory.lowest->probability);
    } else {
      csv.empty();
    }
    add_stated(csv, stated, outlook.roll_up);
    csv.end_row();
  }
}

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
  const auto done = static_cast<std::size_t>(report.scenario.calendar.weeks_done());
  for (const TerritorySummary& territory : report.summary.territories) {
    for (const ExpectationSummary& item : territory.expectations) {
      for (std::size_t week = 0; week < item.weeks.size(); ++week) {
        const ExpectedByWeek& expected = item.weeks[week];
        csv.text(territory.outlook.name).whole(1).whole(done + week + 1);
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
