#include <attain/report/csv.hpp>

#include "csv_parts.hpp"
#include "relief.hpp"

#include <attain/report/figures.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace attain {

namespace {

void add_chance(CsvWriter& csv, const std::optional<Chance>& chance) {
  if (!chance) {
    csv.empty().empty().empty();
    return;
  }
  csv.number(chance->probability).number(chance->low).number(chance->high);
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " / ") + name;
  return text;
}

void add_date(CsvWriter& csv, const std::optional<std::chrono::sys_days>& day) {
  if (day) {
    csv.text(iso_date_text(*day));
  } else {
    csv.empty();
  }
}

/// What is stated of the territory, and what it has on day one, which belongs to the whole.
void add_stated(CsvWriter& csv, const Territory& territory, const Outlook& outlook,
                const Calendar& calendar) {
  csv.text(territory.owner).text(territory.note);
  csv.number(units_of(quota_before_relief(territory, outlook, calendar)));
  if (territory.relief) {
    csv.number(territory.relief->share).text(territory.relief->why);
  } else {
    csv.empty().empty();
  }
  add_date(csv, territory.forecast_called);
  csv.number(outlook.roll_up.booked.units());
}

void add_open(CsvWriter& csv, const RollUp& roll_up) {
  for (const double worth : roll_up.categories) csv.number(worth);
  csv.number(roll_up.pipeline).number(roll_up.due_later);
}

void add_uncertainty(CsvWriter& csv, const std::optional<Uncertainty>& uncertainty) {
  if (!uncertainty) {
    csv.empty().empty().empty().empty();
    return;
  }
  std::optional<double> low, high, ignorance;
  if (uncertainty->attain) low = uncertainty->attain->low;
  if (uncertainty->attain) high = uncertainty->attain->high;
  if (uncertainty->ignorance) ignorance = uncertainty->ignorance->value;
  csv.number(low).number(high).number(uncertainty->luck.value).number(ignorance);
}

/// The columns from the name to what is booked, for one of several periods or the whole.
void add_outlook(CsvWriter& csv, const RunReport& report, std::size_t index, const Outlook& outlook,
                 const std::optional<Chance>& lowest) {
  const Territory& stated = report.scenario.territories[index];
  csv.text(outlook.name).text(joined(stated.region)).text(stated.segment);
  if (!outlook.period && report.scenario.calendar.periods > 1) {
    csv.text("year");
  } else {
    csv.whole(static_cast<std::uint64_t>(outlook.period.value_or(1)));
  }
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
  if (lowest) {
    csv.number(lowest->probability);
  } else {
    csv.empty();
  }
  add_stated(csv, stated, outlook, report.scenario.calendar);
}

void period_row(CsvWriter& csv, const RunReport& report, std::size_t index,
                const Outlook& outlook) {
  add_outlook(csv, report, index, outlook, {});
  for (std::size_t i = 0; i < report.summary.categories.size() + 2; ++i) csv.empty();
  if (has_utilization(report.summary)) csv.empty().empty();
  if (!report.scenario.uncertain.empty()) add_uncertainty(csv, {});
  csv.end_row();
}

void territory_row(CsvWriter& csv, const RunReport& report, std::size_t index) {
  const TerritorySummary& territory = report.summary.territories[index];
  add_outlook(csv, report, index, territory.outlook, territory.lowest);
  add_open(csv, territory.outlook.roll_up);
  if (territory.utilization) {
    csv.number(territory.utilization->mean).number(territory.utilization->p90);
  } else if (has_utilization(report.summary)) {
    csv.empty().empty();
  }
  if (!report.scenario.uncertain.empty()) add_uncertainty(csv, territory.outlook.uncertainty);
  csv.end_row();
}

}  // namespace

std::string percent_name(double share) {
  return fmt::format("{:g}", rounded_for_output(100 * share));
}

std::optional<double> units_of(const std::optional<Money>& money) {
  if (!money) return {};
  return money->units();
}

bool has_utilization(const Summary& summary) {
  return std::any_of(summary.territories.begin(), summary.territories.end(),
                     [](const TerritorySummary& each) { return each.utilization.has_value(); });
}

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
  if (has_utilization(report.summary)) csv.text("utilization_mean").text("utilization_p90");
  if (!report.scenario.uncertain.empty()) {
    csv.text("attain_uncertainty_low").text("attain_uncertainty_high");
    csv.text("variance_luck").text("variance_ignorance");
  }
  csv.end_row();
  for (std::size_t i = 0; i < report.summary.territories.size(); ++i) {
    for (const PeriodSummary& period : report.summary.periods) {
      period_row(csv, report, i, period.territories[i]);
    }
    territory_row(csv, report, i);
  }
}

}  // namespace attain
