#include "text_roll_up.hpp"

#include "table.hpp"
#include "text_notes.hpp"
#include "text_table.hpp"
#include "text_targets.hpp"

#include <attain/base/text.hpp>
#include <attain/report/figures.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace attain {

namespace {

constexpr int widest_name = 24;
constexpr int widest_category = 12;
constexpr int widest_listed = 40;
constexpr int gap = 2;  // Between columns.
/// What the headings of categories may take of a line, and what the last of them takes if the rest
/// of the categories is added up in it.
constexpr int room_for_categories = 37;
constexpr int room_for_others = 13;

bool has_roll_up(const RunReport& report) {
  const Summary& summary = report.summary;
  if (!summary.categories.empty() || summary.company.outlook.roll_up.booked.cents > 0) return true;
  const auto& territories = report.scenario.territories;
  return std::any_of(territories.begin(), territories.end(), [](const Territory& territory) {
    return std::any_of(territory.open.begin(), territory.open.end(),
                       [](const OpenDeals& open) { return open.due.has_value(); });
  });
}

struct Column {
  std::string heading{};
  std::size_t first = 0, end = 0;  ///< Of Summary::categories.
};

/// As many categories as fit on a line; the rest is one column.
std::vector<Column> columns_of(const std::vector<std::string>& categories) {
  std::vector<Column> columns;
  std::vector<int> used{0};  // By the first categories.
  for (std::size_t i = 0; i < categories.size(); ++i) {
    columns.push_back({"+ " + short_name(categories[i], widest_category), i, i + 1});
    used.push_back(used.back() + gap + display_width(columns.back().heading));
  }
  if (used.back() <= room_for_categories) return columns;
  std::size_t alone = 0;
  while (used[alone + 1] <= room_for_categories - room_for_others) ++alone;
  columns.resize(alone);
  columns.push_back(
      {fmt::format("+ {} {}", categories.size() - alone, alone == 0 ? "called" : "others"), alone,
       categories.size()});
  return columns;
}

/// Each amount with all that stand before it, as leaders speak of them.
std::vector<std::string> cells_of(const RollUp& roll_up, const std::vector<Column>& columns) {
  double sum = roll_up.booked.units();
  std::vector<std::string> cells{money_text(sum)};
  for (const Column& column : columns) {
    for (std::size_t i = column.first; i < column.end; ++i) sum += roll_up.categories[i];
    cells.push_back(money_text(sum));
  }
  cells.push_back(money_text(sum + roll_up.pipeline));
  return cells;
}

Table table_of(const std::vector<Column>& columns, const std::string& noun, bool ranges) {
  using enum Table::Align;
  std::vector<Table::Heading> headings{{"Called so far", {left}}, {"Booked", {right}}};
  for (const Column& column : columns) headings.push_back({column.heading, {right}});
  headings.push_back({"+ pipeline", {right}});
  if (ranges) headings.push_back({fmt::format("8 of 10 {}s", noun), {right}});
  headings.push_back({"Expected", {right}});
  return Table(std::move(headings));
}

/// What the last column adds up without room for the names.
std::string others_text(const std::vector<Column>& columns,
                        const std::vector<std::string>& categories) {
  if (columns.empty() || columns.back().end - columns.back().first < 2) return {};
  std::vector<std::string> names;
  for (std::size_t i = columns.back().first; i < columns.back().end; ++i) {
    names.push_back(short_name(categories[i], widest_listed));
  }
  return fmt::format(" '{}' adds {}.", columns.back().heading, listed(names, ", "));
}

/// From which stage on open deals of no category count; empty if all do.
std::string pipeline_text(const Scenario& scenario) {
  std::set<std::string> stages;
  bool all = true;
  for (const Territory& territory : scenario.territories) {
    for (const Stream& stream : territory.streams) {
      const Funnel& funnel = stream.funnel;
      stages.insert(funnel.stages[funnel.pipeline_from].name);
      all = all && funnel.pipeline_from == 0;
    }
  }
  if (all) return {};
  return stages.size() == 1 ? fmt::format(" ('pipeline': from stage {} on)",
                                          short_name(*stages.begin(), widest_name))
                            : std::string(" ('pipeline': from each funnel's 'pipeline_from' on)");
}

std::string how_to_read(const RunReport& report, const std::vector<Column>& columns) {
  return fmt::format(
      "Each '+' adds open deals{}, at full amounts, to what stands left of it: what has been "
      "called, not what will come.{} The simulated range counts how often such deals are won in "
      "this {}, and adds new ones.",
      pipeline_text(report.scenario), others_text(columns, report.summary.categories),
      whole_noun(report.scenario.calendar));
}

}  // namespace

std::string roll_up_section(const RunReport& report) {
  if (!has_roll_up(report)) return {};
  const std::vector<OutlookRow> rows = outlook_rows(report);
  const std::vector<Column> columns = columns_of(report.summary.categories);
  const bool ranges_known = ranges_are_known(report.summary);
  const std::string noun = whole_noun(report.scenario.calendar);
  std::vector<std::pair<std::string, std::string>> ends;
  for (const OutlookRow& row : rows) {
    const BookingsSummary& bookings = row.outlook->bookings;
    ends.emplace_back(money_text(bookings.p10.value), money_text(bookings.p90.value));
  }
  const std::vector<std::string> ranges = aligned_ranges(ends);
  Table table = table_of(columns, noun, ranges_known);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Outlook& outlook = *rows[i].outlook;
    if (rows[i].begins_block) table.add_blank_line();
    std::vector<std::string> cells{short_name(outlook.name, widest_name)};
    for (std::string& cell : cells_of(outlook.roll_up, columns)) cells.push_back(std::move(cell));
    if (ranges_known) cells.push_back(ranges[i]);
    cells.push_back(money_text(outlook.bookings.mean.mean));
    table.add_row(std::move(cells));
  }
  return table.text("  ") + wrapped(how_to_read(report, columns), "  ", "    ", line_width);
}

}  // namespace attain
