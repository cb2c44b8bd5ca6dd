#include "text_periods.hpp"

#include "table.hpp"
#include "text_table.hpp"

#include <attain/report/figures.hpp>

#include <fmt/format.h>

namespace attain {

namespace {

std::string name_of(const Calendar& calendar, int period) {
  return fmt::format("{} {}", capitalized(period_noun(calendar)), period);
}

/// What was booked in a period, from 0, that is over.
std::vector<std::string> past_cells(const Scenario& scenario, const Group& company, int period) {
  Money booked;
  for (const Territory& territory : scenario.territories) {
    const auto index = static_cast<std::size_t>(period);
    if (index < territory.actual.size()) booked += territory.actual[index];
  }
  const std::optional<Money> quota = quota_in(company, period);
  return {name_of(scenario.calendar, period + 1),
          quota ? money_text(quota->units()) : "none",
          "",
          "over",
          money_text(booked.units()),
          quota ? percent_text(booked.units() / quota->units()) : std::string()};
}

std::vector<std::string> cells_of(const RunReport& report, const PeriodSummary& period) {
  const bool alone = company_is_one_territory(report.summary);
  const Outlook& outlook = alone ? period.territories.front() : period.company.outlook;
  std::vector<std::string> cells{name_of(report.scenario.calendar, period.period)};
  if (outlook.attain) {
    cells.push_back(money_text(outlook.quota->units()));
    cells.push_back(chance_text(*outlook.attain));
    cells.emplace_back(outlook.quota_is_booked() ? "made" : chance_word(*outlook.attain));
  } else {
    cells.insert(cells.end(), {"none", "", ""});
  }
  cells.push_back(money_text(outlook.bookings.mean.mean));
  cells.push_back(outlook.quota ? percent_text(*outlook.attainment()) : std::string());
  const bool ranges = ranges_are_known(report.summary);
  const auto [low, high] = range_of(outlook);
  cells.push_back(!ranges ? "" : low.empty() ? high : low + "-" + high);
  if (outlook.attain_forecast) {
    cells.push_back(money_text(outlook.forecast->units()));
    cells.push_back(chance_text(*outlook.attain_forecast));
  } else {
    cells.insert(cells.end(), {"", ""});
  }
  const std::optional<AtQuota>& at_quota = period.company.at_quota;
  cells.push_back(ranges && at_quota && !alone
                      ? fmt::format("{:.1f} of {}", at_quota->mean, integer_text(at_quota->of))
                      : std::string());
  return cells;
}

/// Each territory's chance in each period that is simulated.
std::string territories_table(const RunReport& report) {
  const Calendar& calendar = report.scenario.calendar;
  constexpr int widest = 40;
  using enum Table::Align;
  std::vector<Table::Heading> headings{{"Chance of quota", {left}}};
  for (const PeriodSummary& period : report.summary.periods) {
    headings.push_back({name_of(calendar, period.period), {right}});
  }
  Table table(std::move(headings));
  for (std::size_t i = 0; i < report.summary.territories.size(); ++i) {
    std::vector<std::string> cells{short_name(report.summary.territories[i].outlook.name, widest)};
    for (const PeriodSummary& period : report.summary.periods) {
      const std::optional<Chance>& attain = period.territories[i].attain;
      cells.push_back(attain ? chance_text(*attain) : "no quota");
    }
    table.add_row(std::move(cells));
  }
  return table.text("  ");
}

}  // namespace

std::string periods_section(const RunReport& report) {
  const Calendar& calendar = report.scenario.calendar;
  if (report.summary.periods.empty()) return {};
  using enum Table::Align;
  Table table({{"By period", {left}},
               {"Quota", {right}},
               {"Chance of quota", {right, left}},
               {"Expected", {right, right}},
               {fmt::format("8 of 10 {}s", period_noun(calendar)), {right}},
               {"Forecast (chance)", {right, right}},
               {"At quota", {right}}});
  const Group company = company_group(report.scenario);
  for (int period = 0; period < calendar.current_period(); ++period) {
    table.add_row(past_cells(report.scenario, company, period));
  }
  for (const PeriodSummary& period : report.summary.periods) {
    table.add_row(cells_of(report, period));
  }
  const std::string text = table.text("  ");
  if (company_is_one_territory(report.summary)) return text;
  return text + "\n" + territories_table(report);
}

}  // namespace attain
