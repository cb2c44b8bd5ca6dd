#include "explain_printed.hpp"
#include "explain_sections.hpp"
#include "table.hpp"

#include <attain/base/text.hpp>
#include <attain/report/figures.hpp>

#include <fmt/format.h>

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
  Table table({{"Open on day one", {Align::left}},
               {"Stage", {Align::left}},
               {"Weeks there", {Align::right}},
               {"Deals", {Align::right}},
               {"x won in time", {Align::left}},
               {"= wins", {Align::left}},
               {"x amount", {Align::left}},
               {"= expected", {Align::left}}});
  for (const OpenDealsExpectation& row : rows) {
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

std::string sum_sentences(const ExplainReport& report) {
  const Explanation& explanation = report.explanation;
  std::string text =
      fmt::format("Together {} wins and {}",
                  with_thousands(printed_number(explanation.expected_wins, 4, Zeros::keep).text),
                  printed_money(explanation.expected_bookings, 4, Zeros::keep).text);
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
  return paragraph(text);
}

}  // namespace

std::string arithmetic_section(const ExplainReport& report) {
  return fmt::format("The arithmetic, {}{}\n", weeks_text(report.scenario.calendar.weeks),
                     report.scenario.currency.empty()
                         ? std::string()
                         : ", in " + printable(report.scenario.currency)) +
         new_deals_table(report) + open_deals_table(report) + sum_sentences(report);
}

}  // namespace attain
