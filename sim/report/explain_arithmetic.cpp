#include "explain_printed.hpp"
#include "explain_sections.hpp"
#include "table.hpp"

#include <attain/base/text.hpp>
#include <attain/report/figures.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace attain {

namespace {

using Align = Table::Align;

constexpr int longest_name = 28;

const Stage& stage_of(const Territory& territory, std::size_t stream, std::size_t stage) {
  return territory.streams[stream].funnel.stages[stage];
}

std::string new_deals_label(const Territory& territory, const NewDeals& row) {
  std::string label = short_name(territory.streams[row.stream].name, longest_name);
  if (row.stage > 0) {
    label += ", from " + short_name(stage_of(territory, row.stream, row.stage).name, longest_name);
  }
  return label;
}

std::string new_deals_table(const ExplainReport& report) {
  const Territory& territory = report.place();
  const std::vector<NewDeals>& rows = report.explanation.arithmetic.new_deals;
  if (rows.empty()) return "  No new deals come.\n";
  Table table({{"New deals", {Align::left}},
               {"Leads", {Align::right}},
               {"x go on, stage by stage", {Align::left}},
               {"x in time", {Align::left}},
               {"= wins", {Align::left}},
               {"x amount", {Align::left}},
               {"= expected", {Align::left}}});
  for (const NewDeals& row : rows) {
    std::vector<double> shares = row.advance;
    shares.push_back(row.share_in_time);
    const PrintedProduct printed = printed_product(row.leads, shares, row.amount);
    std::string goes_on;
    for (std::size_t i = 0; i < row.advance.size(); ++i) {
      goes_on += (i == 0 ? "x " : " x ") + printed.shares[i].text;
    }
    table.add_row({new_deals_label(territory, row), printed.count.text, goes_on,
                   "x " + printed.shares.back().text, "= " + printed.wins.text,
                   "x " + printed.amount.text, "= " + printed.expected.text});
  }
  return table.text("  ");
}

std::string open_deals_table(const ExplainReport& report) {
  const Territory& territory = report.place();
  const std::vector<OpenDealsExpectation>& rows = report.explanation.arithmetic.open;
  if (rows.empty()) return "  No deals are open on day one.\n";
  if (std::all_of(rows.begin(), rows.end(), [](const auto& row) { return row.dated; })) return {};
  Table table({{"Open on day one", {Align::left}},
               {"Stage", {Align::left}},
               {"Weeks there", {Align::right}},
               {"Deals", {Align::right}},
               {"x won in time", {Align::left}},
               {"= wins", {Align::left}},
               {"x amount", {Align::left}},
               {"= expected", {Align::left}}});
  for (const OpenDealsExpectation& row : rows) {
    if (row.dated) continue;
    const PrintedProduct printed = printed_product(row.count, {row.win_in_period}, row.amount);
    const bool one_stream = territory.streams.size() == 1;
    const std::string group = one_stream
                                  ? "without a name"
                                  : short_name(territory.streams[row.stream].name, longest_name);
    table.add_row(
        {row.deal.empty() ? group : short_name(row.deal, longest_name),
         short_name(stage_of(territory, row.stream, row.stage).name, longest_name),
         row.weeks_in_stage ? printed_number(*row.weeks_in_stage, 3, Zeros::drop).text : "any",
         printed.count.text, "x " + printed.shares[0].text, "= " + printed.wins.text,
         "x " + printed.amount.text, "= " + printed.expected.text});
  }
  return table.text("  ");
}

/// Deals with a due date: won with their chance, in time if they are decided in time.
std::string dated_deals_table(const ExplainReport& report) {
  const std::vector<OpenDealsExpectation>& rows = report.explanation.arithmetic.open;
  if (std::none_of(rows.begin(), rows.end(), [](const auto& row) { return row.dated; })) return {};
  Table table({{"Decided on a date", {Align::left}},
               {"Due", {Align::right}},
               {"Deals", {Align::right}},
               {"x chance", {Align::left}},
               {"x in time", {Align::left}},
               {"= wins", {Align::left}},
               {"x amount", {Align::left}},
               {"= expected", {Align::left}}});
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const OpenDealsExpectation& row = rows[i];
    if (!row.dated) continue;
    const DueDate& due = *report.place().open[i].due;
    const double in_time = due.chance > 0 ? std::min(row.win_in_period / due.chance, 1.0) : 0;
    const PrintedProduct printed = printed_product(row.count, {due.chance, in_time}, row.amount);
    table.add_row({row.deal.empty() ? "without a name" : short_name(row.deal, longest_name),
                   due.date ? short_date_text(*due.date) : "spread", printed.count.text,
                   "x " + printed.shares[0].text, "x " + printed.shares[1].text,
                   "= " + printed.wins.text, "x " + printed.amount.text,
                   "= " + printed.expected.text});
  }
  return table.text("  ");
}

std::string booked_line(const ExplainReport& report) {
  const double booked = report.explanation.arithmetic.booked;
  if (booked <= 0) return {};
  constexpr int digits = 4;
  return paragraph("Booked before day one: " + printed_money(booked, digits, Zeros::keep).text +
                   ".");
}

std::string sum_sentences(const ExplainReport& report) {
  const Explanation& explanation = report.explanation;
  const char* const with_booked = explanation.arithmetic.booked > 0 ? ", with what is booked," : "";
  std::string text =
      fmt::format("Together {} wins and{} {}",
                  with_thousands(printed_number(explanation.expected_wins, 4, Zeros::keep).text),
                  with_booked, printed_money(explanation.expected_bookings, 4, Zeros::keep).text);
  if (const auto& quota = report.place().quota) {
    text += fmt::format(
        ", {} of the quota of {}",
        printed_percent(explanation.expected_bookings / quota->units(), 4, Zeros::keep).text,
        printed_money(quota->units(), 4, Zeros::drop).text);
  }
  text += fmt::format(". Simulated, the mean is {} with a standard error of {} ({}).",
                      printed_money(explanation.simulated.mean, 4, Zeros::keep).text,
                      printed_money(explanation.standard_error, 2, Zeros::keep).text,
                      replications_text(report));
  if (funnel_changes(report.scenario, report.territory)) {
    const bool any_uncertain = !uncertain_numbers_of(report.scenario, report.territory).empty();
    text +=
        " The arithmetic, chances of single deals and the last useful week leave out what rules, "
        "effort, working hours, a ramp, seasons and shocks do";
    if (any_uncertain) text += ", and take uncertain inputs at their means";
    text += "; all that is simulated has them.";
  }
  return paragraph(text);
}

}  // namespace

std::string arithmetic_section(const ExplainReport& report) {
  const Calendar& calendar = report.calendar();
  const bool whole_weeks = calendar.period_steps % calendar.steps_per_week() == 0;
  const std::string span = calendar.steps_done > 0 ? "from " + date_text(calendar.day_one()) + " on"
                           : whole_weeks           ? weeks_text(calendar.weeks())
                                                   : span_text(calendar);
  return fmt::format("The arithmetic, {}{}\n", span,
                     report.scenario.currency.empty()
                         ? std::string()
                         : ", in " + printable(report.scenario.currency)) +
         booked_line(report) + new_deals_table(report) + open_deals_table(report) +
         dated_deals_table(report) + sum_sentences(report);
}

}  // namespace attain
