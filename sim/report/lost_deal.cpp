#include <attain/report/lost_deal.hpp>

#include "json_parts.hpp"
#include "table.hpp"

#include <attain/base/text.hpp>
#include <attain/report/csv.hpp>
#include <attain/report/figures.hpp>

#include <fmt/format.h>

#include <ostream>

namespace attain {

namespace {

constexpr int widest_name = 40;

std::string signed_points(double change) {
  const std::string text = fmt::format("{:+.1f}", 100 * change);
  return text == "-0.0" || text == "+0.0" ? "0.0" : text;
}

std::string opening(const LostDealReport& report) {
  const LostDeal& lost = report.lost;
  const std::string place = !lost.stage.empty() ? "in " + printable(lost.stage)
                            : lost.due          ? "due " + day_text(*lost.due)
                                                : "due on a day of its own";
  std::string text = fmt::format("{}: without {} ({}, {}", printable(report.scenario.name),
                                 short_name(lost.deal, widest_name),
                                 short_name(lost.territory, widest_name), place);
  if (lost.amount) text += ", " + money_text(lost.amount->units());
  return text + ")";
}

std::string sentence(const LostDealReport& report) {
  const LostDeal& lost = report.lost;
  const Difference& change = lost.bookings;
  const std::string noun = whole_noun(report.scenario.calendar);
  if (lost.win.count == 0) {
    return fmt::format("It is never won this {}; without it nothing changes.", noun);
  }
  return fmt::format("It has {} of being won this {}. Without it expect {} less ({} to {}).",
                     chance_phrase(lost.win), noun, money_text(-change.value),
                     money_text(-change.high), money_text(-change.low));
}

/// A company of one territory would only repeat it, or ask what was handed out before relief.
bool repeats_territory(const Scenario& scenario, const LostDealEffect& effect) {
  if (scenario.territories.size() != 1) return false;
  const Territory& only = scenario.territories.front();
  return effect.quota == year_quota(only, scenario.calendar) ||
         effect.quota == only.quota_before_relief();
}

std::string effects_table(const LostDealReport& report) {
  const LostDeal& lost = report.lost;
  using enum Table::Align;
  Table table({{"", {left}},
               {"Quota", {right}},
               {"Chance of quota", {right}},
               {"without it", {right}},
               {"Change in points", {right, left}},
               {"Expected", {right}},
               {"without it", {right}}});
  for (std::size_t i = 0; i < lost.effects.size(); ++i) {
    const LostDealEffect& effect = lost.effects[i];
    if (i > 0 && repeats_territory(report.scenario, effect)) continue;
    std::vector<std::string> cells{short_name(effect.name, widest_name), "none", "", "", "", ""};
    if (effect.quota) {
      cells[1] = money_text(effect.quota->units());
      cells[2] = chance_text(*effect.with);
      cells[3] = chance_text(*effect.without);
      cells[4] = signed_points(effect.change->value);
      cells[5] = fmt::format("({} to {})", signed_points(effect.change->low),
                             signed_points(effect.change->high));
    }
    const double mean = effect.bookings_with.mean;
    cells.push_back(money_text(mean));
    cells.push_back(money_text(mean + lost.bookings.value));
    table.add_row(std::move(cells));
  }
  return table.text("  ");
}

Json json_of(const Difference& difference) {
  return {{"value", number(difference.value)},
          {"low", number(difference.low)},
          {"high", number(difference.high)}};
}

}  // namespace

void write_lost_deal_text(const LostDealReport& report, std::ostream& out) {
  const std::string noun = whole_noun(report.scenario.calendar);
  const auto replications = static_cast<std::uint64_t>(report.run.replications);
  out << opening(report) << "\n" << wrapped(sentence(report), "  ", "    ", 100) << "\n";
  out << effects_table(report) << "\n";
  out << wrapped(
      fmt::format("Both see the same luck ({} {}{}, seed {}). In brackets: simulation "
                  "error, 95 %.",
                  integer_text(replications), noun, replications == 1 ? "" : "s", report.run.seed),
      "  ", "    ", 100);
}

void write_lost_deal_json(const LostDealReport& report, std::ostream& out) {
  const LostDeal& lost = report.lost;
  Json json = head_of(report.scenario, report.run);
  Json effects = Json::array();
  for (std::size_t i = 0; i < lost.effects.size(); ++i) {
    const LostDealEffect& effect = lost.effects[i];
    const bool company = i + 1 == lost.effects.size();
    effects.push_back({{"level", i == 0    ? "territory"
                                 : company ? "company"
                                           : "group"},
                       {"name", effect.name},
                       {"quota", money(effect.quota)},
                       {"with", chance(effect.with)},
                       {"without", chance(effect.without)},
                       {"difference", effect.change ? json_of(*effect.change) : Json(nullptr)},
                       {"bookings",
                        {{"with", number(effect.bookings_with.mean)},
                         {"without", number(effect.bookings_with.mean + lost.bookings.value)},
                         {"difference", json_of(lost.bookings)}}}});
  }
  json["without_deal"] = {{"deal", lost.deal},
                          {"territory", lost.territory},
                          {"stage", text_or_null(lost.stage)},
                          {"due", lost.due             ? date(lost.due)
                                  : lost.stage.empty() ? Json("spread")
                                                       : Json(nullptr)},
                          {"amount", money(lost.amount)},
                          {"win_probability", number(lost.win.probability)},
                          {"bookings", {{"difference", json_of(lost.bookings)}}},
                          {"effects", std::move(effects)}};
  print(json, out);
}

void write_lost_deal_csv(const LostDealReport& report, std::ostream& out) {
  CsvWriter csv(out);
  for (const char* name :
       {"name", "quota", "attain_with", "attain_without", "difference", "difference_low",
        "difference_high", "bookings_with", "bookings_without"}) {
    csv.text(name);
  }
  csv.end_row();
  for (const LostDealEffect& effect : report.lost.effects) {
    csv.text(effect.name);
    if (effect.quota) {
      csv.number(effect.quota->units());
      csv.number(effect.with->probability).number(effect.without->probability);
      csv.number(effect.change->value).number(effect.change->low).number(effect.change->high);
    } else {
      csv.empty().empty().empty().empty().empty().empty();
    }
    csv.number(effect.bookings_with.mean);
    csv.number(effect.bookings_with.mean + report.lost.bookings.value).end_row();
  }
}

}  // namespace attain
