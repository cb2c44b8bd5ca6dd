#include <attain/report/future.hpp>

#include "json_values.hpp"
#include "table.hpp"

#include <attain/base/text.hpp>
#include <attain/report/csv.hpp>
#include <attain/report/figures.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <set>

namespace attain {

namespace {

struct FutureMove {
  std::string deal, from, to;  ///< `to` may be "won" or "lost".
};

struct FutureWeek {
  int leads = 0;
  int wins = 0;
  Money booked;  ///< Since the start of its period.
  std::vector<FutureMove> moves;
};

struct TerritoryFuture {
  std::string name;
  std::optional<Money> quota;  ///< Of all periods.
  std::vector<FutureWeek> weeks;
  Money booked;                         ///< In all periods, those before day one included.
  std::vector<std::string> still_open;  ///< Named deals.
};

std::vector<const OpenDeals*> named_deals(const Territory& territory) {
  std::vector<const OpenDeals*> named;
  for (const OpenDeals& open : territory.open) {
    if (open.named()) named.push_back(&open);
  }
  return named;
}

constexpr const char* won = "won";
constexpr const char* lost = "lost";

FutureMove move_of(const Territory& territory, const OpenDeals& open, const Future::Move& move) {
  if (open.due) return {open.deal, "due", move.advanced ? won : lost};
  const std::vector<Stage>& stages = territory.streams[open.stream].funnel.stages;
  const std::string& from = stages[move.from_stage].name;
  if (!move.advanced) return {open.deal, from, lost};
  const bool last = move.from_stage + 1 == stages.size();
  return {open.deal, from, last ? won : stages[move.from_stage + 1].name};
}

/// The index, of those that are simulated, of the week in which a simulated step lies.
std::size_t week_of(const Calendar& calendar, int step) {
  return static_cast<std::size_t>(calendar.week_of(calendar.steps_done + step) -
                                  calendar.weeks_done());
}

bool ends_a_period(const Calendar& calendar, std::size_t week) {
  return place_of_week(calendar, week).week == calendar.period_weeks();
}

TerritoryFuture by_week(const FutureReport& report, std::size_t index) {
  const Territory& territory = report.scenario.territories[index];
  const Future& future = report.futures[index];
  const Calendar& calendar = report.scenario.calendar;
  TerritoryFuture made{territory.name, year_quota(territory, calendar), {}, {}, {}};
  made.weeks.resize(future.booked.size());
  for (std::size_t step = 0; step < future.leads.size(); ++step) {
    FutureWeek& week = made.weeks[week_of(calendar, static_cast<int>(step))];
    week.leads += future.leads[step];
    week.wins += future.wins[step];
  }
  for (std::size_t week = 0; week < made.weeks.size(); ++week) {
    made.weeks[week].booked = {future.booked[week]};
    if (ends_a_period(calendar, week)) made.booked += made.weeks[week].booked;
  }
  for (const Money& actual : territory.actual) made.booked += actual;
  const std::vector<const OpenDeals*> named = named_deals(territory);
  std::set<std::size_t> decided;
  for (const Future::Move& move : future.moves) {
    FutureMove shown = move_of(territory, *named[move.named], move);
    if (shown.to == won || shown.to == lost) decided.insert(move.named);
    made.weeks[week_of(calendar, move.step)].moves.push_back(std::move(shown));
  }
  for (std::size_t i = 0; i < named.size(); ++i) {
    if (!decided.contains(i)) made.still_open.push_back(named[i]->deal);
  }
  return made;
}

TerritoryFuture company_of(const FutureReport& report, const std::vector<TerritoryFuture>& parts) {
  const Group group = company_group(report.scenario);
  TerritoryFuture company{group.name, year_quota(group, report.scenario.calendar), {}, {}, {}};
  company.weeks.resize(parts.front().weeks.size());
  for (const TerritoryFuture& part : parts) {
    company.booked += part.booked;
    for (std::size_t week = 0; week < part.weeks.size(); ++week) {
      company.weeks[week].leads += part.weeks[week].leads;
      company.weeks[week].wins += part.weeks[week].wins;
      company.weeks[week].booked += part.weeks[week].booked;
    }
  }
  return company;
}

std::vector<TerritoryFuture> all_by_week(const FutureReport& report) {
  std::vector<TerritoryFuture> all;
  for (std::size_t i = 0; i < report.futures.size(); ++i) all.push_back(by_week(report, i));
  return all;
}

std::string moves_text(const std::vector<FutureMove>& moves) {
  std::string text;
  for (const FutureMove& move : moves) {
    text += fmt::format("{}{}: {} -> {}", text.empty() ? "" : "; ", short_name(move.deal, 40),
                        printable(move.from), printable(move.to));
  }
  return text;
}

void write_block(const FutureReport& report, const TerritoryFuture& future, std::ostream& out) {
  const Money booked = future.booked;
  out << short_name(future.name, 60) << ": " << money_text(booked.units()) << " booked";
  if (future.quota) {
    // 99.8 % must not read as 100 % of a quota that was missed.
    const double share = booked.units() / future.quota->units();
    const bool missed = booked < *future.quota;
    out << fmt::format(", {} % of quota ({}){}", static_cast<std::int64_t>(100 * share),
                       money_text(future.quota->units()), missed ? "" : ", made");
  }
  out << "\n";
  const Calendar& calendar = report.scenario.calendar;
  using enum Table::Align;
  Table table({{calendar.periods > 1 ? capitalized(period_noun(calendar)) : "", {right}},
               {"Week", {right}},
               {"From", {right}},
               {"Leads", {right}},
               {"Wins", {right}},
               {"Booked so far", {right}},
               {"Named deals", {left}}});
  for (std::size_t week = 0; week < future.weeks.size(); ++week) {
    const FutureWeek& here = future.weeks[week];
    const PlaceOfWeek place = place_of_week(calendar, week);
    table.add_row({calendar.periods > 1 ? std::to_string(place.period) : std::string(),
                   std::to_string(place.week), short_date_text(first_day_of_week(calendar, week)),
                   std::to_string(here.leads), std::to_string(here.wins),
                   money_text(here.booked.units()), moves_text(here.moves)});
  }
  out << table.text("  ");
  if (!future.still_open.empty()) {
    std::string names;
    for (const std::string& deal : future.still_open) {
      names += (names.empty() ? "" : ", ") + short_name(deal, 40);
    }
    out << wrapped("Still open: " + names, "  ", "    ", 100);
  }
}

Json json_of(const TerritoryFuture& future, const Calendar& calendar) {
  Json weeks = Json::array();
  for (std::size_t week = 0; week < future.weeks.size(); ++week) {
    const FutureWeek& here = future.weeks[week];
    Json moves = Json::array();
    for (const FutureMove& move : here.moves) {
      moves.push_back({{"deal", move.deal}, {"from", move.from}, {"to", move.to}});
    }
    const PlaceOfWeek place = place_of_week(calendar, week);
    Json json;
    if (calendar.periods > 1) json["period"] = place.period;
    json["week"] = place.week;
    json["leads"] = here.leads;
    json["wins"] = here.wins;
    json["booked"] = number(here.booked.units());
    json["moves"] = std::move(moves);
    weeks.push_back(std::move(json));
  }
  const Money booked = future.booked;
  Json json{{"name", future.name}, {"quota", money(future.quota)}};
  json["booked"] = number(booked.units());
  json["attained"] = future.quota ? Json(booked >= *future.quota) : Json(nullptr);
  json["weeks"] = std::move(weeks);
  json["still_open"] = future.still_open;
  return json;
}

}  // namespace

void write_future_text(const FutureReport& report, std::ostream& out) {
  const std::vector<TerritoryFuture> futures = all_by_week(report);
  out << fmt::format("{}: replication {} (of 0 to {}), seed {}\n", printable(report.scenario.name),
                     report.replication, report.run.replications - 1, report.run.seed);
  out << wrapped(fmt::format("One {} among many, as chance would have it; not a forecast.",
                             whole_noun(report.scenario.calendar)),
                 "  ", "    ", 100);
  if (futures.size() > 1) {
    out << "\n";
    write_block(report, company_of(report, futures), out);
  }
  for (const TerritoryFuture& future : futures) {
    out << "\n";
    write_block(report, future, out);
  }
}

void write_future_json(const FutureReport& report, std::ostream& out) {
  const std::vector<TerritoryFuture> futures = all_by_week(report);
  Json json = head_of(report.scenario, report.run);
  json["run"]["replication"] = report.replication;
  const Calendar& calendar = report.scenario.calendar;
  Json territories = Json::array();
  for (const TerritoryFuture& future : futures) territories.push_back(json_of(future, calendar));
  json["territories"] = std::move(territories);
  json["company"] = json_of(company_of(report, futures), calendar);
  print(json, out);
}

void write_future_csv(const FutureReport& report, std::ostream& out) {
  CsvWriter csv(out);
  const Calendar& calendar = report.scenario.calendar;
  csv.text("territory");
  if (calendar.periods > 1) csv.text("period");
  for (const char* name : {"week", "leads", "wins", "booked", "moves"}) csv.text(name);
  csv.end_row();
  for (const TerritoryFuture& future : all_by_week(report)) {
    for (std::size_t week = 0; week < future.weeks.size(); ++week) {
      const FutureWeek& here = future.weeks[week];
      const PlaceOfWeek place = place_of_week(calendar, week);
      csv.text(future.name);
      if (calendar.periods > 1) csv.whole(static_cast<std::uint64_t>(place.period));
      csv.whole(static_cast<std::uint64_t>(place.week));
      csv.whole(static_cast<std::uint64_t>(here.leads));
      csv.whole(static_cast<std::uint64_t>(here.wins)).number(here.booked.units());
      csv.text(moves_text(here.moves)).end_row();
    }
  }
}

}  // namespace attain
