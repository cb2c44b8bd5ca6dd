#include "text_table.hpp"

#include "table.hpp"
#include "text_targets.hpp"

#include <attain/base/text.hpp>
#include <attain/report/figures.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace attain {

namespace {

constexpr int widest_name = 32;

/// More likely first; then by attainment; those without a quota last, by bookings; then by name.
bool stands_before(const Outlook& a, const Outlook& b) {
  if (a.attain.has_value() != b.attain.has_value()) return a.attain.has_value();
  if (a.attain && a.attain->count != b.attain->count) return a.attain->count > b.attain->count;
  const double left = a.attainment().value_or(a.bookings.mean.mean);
  const double right = b.attainment().value_or(b.bookings.mean.mean);
  return left != right ? left > right : a.name < b.name;
}

/// How deep in the hierarchy a region's name stands, 0 is widest.
std::size_t level_of(const Scenario& scenario, const GroupSummary& region) {
  std::size_t level = std::string::npos;
  for (const std::size_t member : region.territories) {
    const auto& names = scenario.territories[member].region;
    const auto place = std::find(names.begin(), names.end(), region.outlook.name);
    level = std::min(level, static_cast<std::size_t>(place - names.begin()));
  }
  return level;
}

struct Region {
  std::size_t level;
  const GroupSummary* group;
};

/// Level by level, the widest first, so that regions which add up stand together.
std::vector<Region> sorted_regions(const RunReport& report) {
  std::vector<Region> regions;
  for (const GroupSummary& region : report.summary.regions) {
    regions.push_back({level_of(report.scenario, region), &region});
  }
  std::stable_sort(regions.begin(), regions.end(), [](const Region& a, const Region& b) {
    return a.level != b.level ? a.level < b.level
                              : stands_before(a.group->outlook, b.group->outlook);
  });
  return regions;
}

std::vector<const TerritorySummary*> sorted_territories(const Summary& summary) {
  std::vector<const TerritorySummary*> territories;
  for (const TerritorySummary& territory : summary.territories) territories.push_back(&territory);
  std::sort(territories.begin(), territories.end(),
            [](const auto* a, const auto* b) { return stands_before(a->outlook, b->outlook); });
  return territories;
}

/// What is known of the rows before the first is written.
struct Contents {
  bool quotas = false;
  bool forecasts = false;
  bool reliefs = false;  ///< Then quotas have room for a mark behind them.
  int widest_range = 0;  ///< Of a chance that moves.
};

/// How far the chance moves where inputs are only estimates, else in words what it is.
std::string beside_chance(const Outlook& outlook, int widest_range) {
  if (outlook.quota_is_booked()) return "made";
  const std::string range = chance_range_text(outlook);
  return range.empty() ? std::string(chance_word(*outlook.attain))
                       : padded(range, widest_range, Table::Align::right);
}

std::vector<std::string> cells_of(const OutlookRow& row, std::string range,
                                  const Contents& contents) {
  const Outlook& outlook = *row.outlook;
  const std::string& note = row.note;
  std::vector<std::string> cells{short_name(outlook.name, widest_name)};
  if (outlook.attain) {
    const std::string mark = !contents.reliefs                              ? ""
                             : row.territory && is_relieved(*row.territory) ? "*"
                                                                            : " ";
    cells.push_back(money_text(outlook.quota->units()) + mark);
    cells.push_back(chance_text(*outlook.attain));
    cells.push_back(beside_chance(outlook, contents.widest_range));
  } else {
    const std::string none = contents.reliefs ? "none " : "none";
    cells.insert(cells.end(), {contents.quotas ? none : "", "", ""});
  }
  cells.push_back(money_text(outlook.bookings.mean.mean));
  cells.push_back(outlook.quota ? percent_text(*outlook.attainment()) : std::string{});
  cells.push_back(std::move(range));
  std::string_view call;
  if (outlook.attain_forecast) {
    cells.push_back(money_text(outlook.forecast->units()));
    cells.push_back(chance_text(*outlook.attain_forecast));
    call = call_word(*outlook.attain_forecast);
  } else {
    cells.insert(cells.end(), {"", ""});
  }
  // The call is a person's; in its place groups say how many make quota.
  cells.push_back(!contents.forecasts || note.empty() ? std::string(call) : note);
  cells.push_back(contents.forecasts ? std::string{} : note);
  return cells;
}

std::string at_quota_note(const GroupSummary& group, bool first) {
  if (!group.at_quota) return {};
  return fmt::format("{:.1f} of {}{}", group.at_quota->mean, integer_text(group.at_quota->of),
                     first ? " at quota" : "");
}

}  // namespace

std::string chance_range_text(const Outlook& outlook) {
  if (!outlook.uncertainty || !outlook.uncertainty->attain || is_vague(*outlook.attain)) return {};
  const ChanceRange& range = *outlook.uncertainty->attain;
  if (range.low == range.high) return {};
  return fmt::format("({:.0f}-{:.0f})", 100 * range.low, 100 * range.high);
}

std::pair<std::string, std::string> range_of(const Outlook& outlook) {
  const double low = outlook.bookings.p10.value;
  const double high = outlook.bookings.p90.value;
  if (!outlook.quota) return {money_text(low), money_text(high)};
  const double quota = outlook.quota->units();
  std::string low_text = percent_text(low / quota);
  std::string high_text = percent_text(high / quota);
  if (low_text == high_text && low_text.front() == '>') return {"", high_text};
  low_text.erase(low_text.find(' '));
  return {low_text, high_text};
}

bool ranges_are_known(const Summary& summary) {
  constexpr std::int64_t fewest = 20;  // Below, no order statistic bounds the 20 % quantile.
  return summary.replications >= fewest;
}

bool company_is_one_territory(const Summary& summary) {
  if (summary.territories.size() != 1) return false;
  const Outlook& territory = summary.territories.front().outlook;
  const Outlook& company = summary.company.outlook;
  // Nothing else is asked of a company whose quota is what its territory had before relief.
  const bool same_quota = territory.quota == company.quota ||
                          (territory.quota && company.quota == summary.company.sum_of_quotas);
  return same_quota && territory.forecast == company.forecast;
}

const Outlook& whole_outlook(const Summary& summary) {
  return company_is_one_territory(summary) ? summary.territories.front().outlook
                                           : summary.company.outlook;
}

std::vector<OutlookRow> outlook_rows(const RunReport& report) {
  const Summary& summary = report.summary;
  std::vector<OutlookRow> rows;
  for (const TerritorySummary* territory : sorted_territories(summary)) {
    const auto index = static_cast<std::size_t>(territory - summary.territories.data());
    rows.push_back({&territory->outlook, &report.scenario.territories[index]});
  }
  if (company_is_one_territory(summary)) return rows;
  const bool counted = ranges_are_known(summary);
  const auto note = [counted](const GroupSummary& group, bool first) {
    return counted ? at_quota_note(group, first) : std::string();
  };
  bool first = true;
  std::size_t level = 0;
  for (const Region& region : sorted_regions(report)) {
    rows.push_back({&region.group->outlook, nullptr, note(*region.group, first),
                    first || region.level != level});
    level = region.level;
    first = false;
  }
  // Regions of one level add up to the company, which then ends their block.
  rows.push_back(
      {&summary.company.outlook, nullptr, note(summary.company, first), first || level > 0});
  return rows;
}

std::string outlook_table(const RunReport& report) {
  const Summary& summary = report.summary;
  const std::string noun = whole_noun(report.scenario.calendar);
  const std::vector<OutlookRow> rows = outlook_rows(report);
  const bool ranges_known = ranges_are_known(summary);
  std::vector<std::pair<std::string, std::string>> ends;
  Contents contents;
  for (const OutlookRow& row : rows) {
    ends.push_back(ranges_known ? range_of(*row.outlook) : std::pair<std::string, std::string>());
    contents.quotas = contents.quotas || row.outlook->quota;
    contents.forecasts = contents.forecasts || row.outlook->forecast;
    contents.widest_range =
        std::max(contents.widest_range, display_width(chance_range_text(*row.outlook)));
    contents.reliefs = contents.reliefs || (row.territory && is_relieved(*row.territory));
  }
  const std::vector<std::string> ranges = aligned_ranges(ends);

  using enum Table::Align;
  Table table({{"Territory", {left}},
               {"Quota", {right}},
               {"Chance of quota", {right, left}},
               {"Expected", {right, right}},
               {"8 of 10 " + noun + "s", {right}},
               {"Forecast (chance)", {right, right, left}},
               {"", {left}}});
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].begins_block) table.add_blank_line();
    table.add_row(cells_of(rows[i], ranges[i], contents));
  }
  return table.text("  ");
}

}  // namespace attain
