#include "text_notes.hpp"

#include "text_assumptions.hpp"
#include "text_table.hpp"
#include "text_targets.hpp"

#include <attain/base/text.hpp>
#include <attain/report/figures.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace attain {

namespace {

constexpr int widest_name = 40;

/// Territories with a quota, the least likely first.
std::vector<const Outlook*> least_likely_first(const Summary& summary) {
  std::vector<const Outlook*> outlooks;
  for (const TerritorySummary& territory : summary.territories) {
    if (territory.outlook.attain) outlooks.push_back(&territory.outlook);
  }
  std::sort(outlooks.begin(), outlooks.end(), [](const Outlook* a, const Outlook* b) {
    if (a->attain->count != b->attain->count) return a->attain->count < b->attain->count;
    const double left = *a->attainment();
    const double right = *b->attainment();
    return left != right ? left < right : a->name < b->name;
  });
  return outlooks;
}

/// A company of one territory is spoken of as that.
std::string company_name(const Summary& summary) {
  if (!company_is_one_territory(summary)) return "The company";
  return short_name(summary.territories.front().outlook.name, widest_name);
}

std::string thresholds_note(const RunReport& report) {
  const Outlook& company = whole_outlook(report.summary);
  if (company.thresholds.size() < 2) return {};
  std::string parts;
  for (const ThresholdChance& threshold : company.thresholds) {
    parts += fmt::format(
        "{}to {:g} %{} {}", parts.empty() ? "" : ", ", rounded_for_output(100 * threshold.at),
        parts.empty() ? " of quota with a chance of" : " with", chance_text(threshold.chance));
  }
  return company_name(report.summary) + " gets " + parts + ".";
}

std::string decision_note(const Summary& summary) {
  constexpr std::size_t most_names = 10;
  std::vector<const Outlook*> outlooks = least_likely_first(summary);
  std::erase_if(outlooks, [](const Outlook* outlook) { return !needs_decision(*outlook->attain); });
  if (outlooks.empty()) return {};
  std::string names;
  for (std::size_t i = 0; i < std::min(outlooks.size(), most_names); ++i) {
    names += (i == 0 ? "" : ", ") + short_name(outlooks[i]->name, widest_name);
  }
  if (outlooks.size() > most_names) {
    names += fmt::format(" and {} more", outlooks.size() - most_names);
  }
  return fmt::format("Needs a decision: {}. As {}, quota is out of reach.", names,
                     outlooks.size() == 1 ? "its funnel stands" : "their funnels stand");
}

/// Readers add up what stands in one column.
std::string overlap_note(const RunReport& report) {
  const Summary& summary = report.summary;
  if (company_is_one_territory(summary)) return {};
  std::vector<const GroupSummary*> seen(summary.territories.size(), nullptr);
  for (const GroupSummary& region : summary.regions) {
    for (const std::size_t member : region.territories) {
      if (seen[member] == nullptr) {
        seen[member] = &region;
        continue;
      }
      return fmt::format(
          "Regions overlap: {}, for one, counts in {} and in {}; only regions of one level add up.",
          short_name(summary.territories[member].outlook.name, widest_name),
          short_name(seen[member]->outlook.name, widest_name),
          short_name(region.outlook.name, widest_name));
    }
  }
  return {};
}

std::string again_sentence(const AtQuota& at_quota, const std::string& noun) {
  const long about = std::lround(at_quota.mean);
  if (about < 1 || !at_quota.repeat) return {};
  if (about == 1) {
    return fmt::format(
        "whoever makes quota would make it again in {:.0f} of 100 reruns of the same {}.",
        100 * *at_quota.repeat / at_quota.mean, noun);
  }
  return fmt::format("of the {} who make quota, {} would make it again if the same {} were rerun.",
                     integer_text(static_cast<std::uint64_t>(about)), count_text(*at_quota.repeat),
                     noun);
}

std::string luck_note(const RunReport& report) {
  const Summary& summary = report.summary;
  const std::optional<AtQuota>& at_quota = summary.company.at_quota;
  if (!at_quota || at_quota->of < 2 || !ranges_are_known(summary)) return {};
  const std::string noun = whole_noun(report.scenario.calendar);
  std::string text = again_sentence(*at_quota, noun);
  text = "Luck: " + text + (text.empty() ? "the" : " The");
  text += fmt::format(" lowest of the {} ends near {} of quota on average",
                      integer_text(at_quota->of), percent_text(summary.lowest->mean));
  const TerritorySummary& last = summary.territories[summary.lowest->most_often];
  const long times = std::lround(100 * last.lowest->probability);
  // Among hundreds nobody is it often enough to be named.
  if (times == 0 || is_vague(*last.lowest)) return text + ".";
  return text + fmt::format("; it is {} in {} of 100 {}s.",
                            short_name(last.outlook.name, widest_name), times, noun);
}

std::string identical_note(const RunReport& report) {
  const std::optional<IdenticalSeats>& seats = report.summary.identical_seats;
  if (!seats || !seats->same_picture || !ranges_are_known(report.summary)) return {};
  return fmt::format(
      "{} equal seats would show nearly the same picture by luck alone (about {:.1f} at quota, the "
      "lowest near {}): the plan and equal seats can hardly be told apart from one {}.",
      integer_text(seats->seats), seats->at_quota, percent_text(seats->lowest),
      whole_noun(report.scenario.calendar));
}

std::string error_note(const RunReport& report) {
  const RunRecord& run = report.run;
  const std::string noun = whole_noun(report.scenario.calendar);
  const std::string size =
      fmt::format("{} {}{}, seed {}", integer_text(static_cast<std::uint64_t>(run.replications)),
                  noun, run.replications == 1 ? "" : "s", run.seed);
  const double widest = report.summary.widest_half_width();
  std::string text;
  if (run.precision) {
    text =
        fmt::format("Simulation error of chances of quota: {} ({}; sequential, {} asked{}).",
                    points_text(run.precision->achieved), size, points_text(run.precision->asked),
                    run.precision->reached ? "" : ", not reached");
  } else if (widest > 0) {
    text = fmt::format("Simulation error is below {} ({}).", points_text(widest), size);
  } else {
    text = fmt::format("Simulated: {}.", size);
  }
  if (widest > 0.10) {
    text +=
        " Chances are rounded accordingly, or given as ranges; --replications makes them sharper.";
  } else if (widest > 0.025) {
    text += " Chances are rounded accordingly; --replications makes them sharper.";
  }
  if (report.summary.territories.size() > 1) {
    text += " 'Expected' adds up; chances and ranges do not.";
  }
  return text;
}

std::string left_out_note(const RunRecord& run) {
  if (run.without_rules.empty()) return {};
  std::vector<std::string> names;
  for (const std::string& name : run.without_rules) names.push_back(short_name(name, widest_name));
  return fmt::format("Left out: {} {}. Everything here is without {}.",
                     names.size() == 1 ? "rule" : "rules", listed(names, ", "),
                     names.size() == 1 ? "it" : "them");
}

/// Who is overloaded, or nearly so.
std::string hours_note(const Summary& summary) {
  constexpr double worth_saying = 0.85;
  std::vector<const TerritorySummary*> busy;
  for (const TerritorySummary& territory : summary.territories) {
    if (territory.utilization && territory.utilization->mean >= worth_saying) {
      busy.push_back(&territory);
    }
  }
  std::stable_sort(busy.begin(), busy.end(), [](const auto* a, const auto* b) {
    return a->utilization->mean > b->utilization->mean;
  });
  if (busy.empty()) return {};
  std::vector<std::string> each;
  for (const TerritorySummary* territory : busy) {
    const std::string name = short_name(territory->outlook.name, widest_name);
    each.push_back(fmt::format("{}{}{} ({}{})", summary.territories.size() == 1 ? "" : name + " ",
                               percent_text(territory->utilization->mean),
                               each.empty() ? " of those there are" : "",
                               each.empty() ? "90 % of futures below " : "90 %: ",
                               percent_text(territory->utilization->p90)));
  }
  return fmt::format("Hours asked for: {}. Beyond 100 % deals have to wait.", listed(each, ", "));
}

/// "71 and 93 % of quota", or in money where there is none.
std::string range_between(const BookingsSummary& bookings, const std::optional<Money>& quota) {
  const double low = bookings.p10.value;
  const double high = bookings.p90.value;
  if (!quota) return money_text(low) + " and " + money_text(high);
  return fmt::format("{:.0f} and {} of quota", 100 * low / quota->units(),
                     percent_text(high / quota->units()));
}

std::string shocks_note(const RunReport& report) {
  const std::optional<WithoutShocks>& calm = report.summary.without_shocks;
  if (!calm || !ranges_are_known(report.summary)) return {};
  const Outlook& company = report.summary.company.outlook;
  const std::vector<Shock>& shocks = report.scenario.shocks;
  const bool all_shared = std::none_of(shocks.begin(), shocks.end(), [](const Shock& shock) {
    return shock.shared_by == Shock::SharedBy::territory;
  });
  const std::string chance =
      calm->attain ? chance_phrase(*calm->attain) + " of the company's quota, and " : std::string();
  return fmt::format("Without the {}shocks: {}8 of 10 {}s between {}; with them {}.",
                     all_shared ? "shared " : "", chance, whole_noun(report.scenario.calendar),
                     range_between(calm->bookings, company.quota),
                     range_between(company.bookings, company.quota));
}

bool nothing_can_happen(const Scenario& scenario, const std::string& name) {
  const auto& all = scenario.territories;
  const auto territory = std::find_if(all.begin(), all.end(),
                                      [&name](const Territory& own) { return own.name == name; });
  return territory->open.empty() &&
         std::all_of(territory->streams.begin(), territory->streams.end(),
                     [](const Stream& stream) { return stream.leads_per_week == 0; });
}

/// The territory of which `explain` says most.
std::string next_note(const RunReport& report) {
  const std::vector<const Outlook*> outlooks = least_likely_first(report.summary);
  const Outlook& outlook =
      outlooks.empty() ? report.summary.territories.front().outlook : *outlooks.front();
  if (nothing_can_happen(report.scenario, outlook.name)) {
    return fmt::format("Next: attain check {}{}   (why nothing can happen in {})",
                       report.run.options, operand_words({report.run.file}),
                       short_name(outlook.name, widest_name));
  }
  if (!report.run.without_rules.empty()) {
    return fmt::format("Next: attain drivers {}{}   (what each rule does, and all else)",
                       report.run.options, operand_words({report.run.file}));
  }
  const Calendar& calendar = report.scenario.calendar;
  std::string why = outlook.attain ? "why " + chance_text(*outlook.attain) + ", what it takes"
                                   : "the arithmetic behind it";
  if (calendar.periods > 1) {
    why = period_text(calendar, calendar.current_period() + 1) + ": why, what it takes";
  }

  return fmt::format("Next: attain explain {}{}   ({})", report.run.options,
                     operand_words({report.run.file, outlook.name}), why);
}

}  // namespace

std::vector<Note> notes(const RunReport& report) {
  const Summary& summary = report.summary;
  std::vector<Note> made;
  const auto add = [&made](std::string text, bool urgent = false) {
    if (!text.empty()) made.push_back({.text = std::move(text), .urgent = urgent});
  };
  add(decision_note(summary), true);
  add(left_out_note(report.run), true);
  add(thresholds_note(report));
  for (std::string& note : target_notes(report)) add(std::move(note));
  add(overlap_note(report));
  add(luck_note(report));
  add(identical_note(report));
  add(hours_note(summary));
  add(shocks_note(report));
  if (summary.cut_amounts > 0) {
    add(fmt::format("Beware: {} drawn amounts were cut at 1e12; check the amounts of the scenario.",
                    integer_text(summary.cut_amounts)),
        true);
  }
  if (summary.cut_leads > 0) {
    add(fmt::format(
            "Beware: {} leads were left out, as a territory has no room for more deals; check "
            "what multiplies its leads.",
            integer_text(summary.cut_leads)),
        true);
  }
  for (std::string& note : assumption_notes(report)) add(std::move(note));
  add(error_note(report));
  // One line however long, to be copied.
  made.push_back({.text = next_note(report), .whole = true});
  return made;
}

}  // namespace attain
