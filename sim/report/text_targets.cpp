#include "text_targets.hpp"

#include "explain_printed.hpp"
#include "text_table.hpp"

#include <attain/report/figures.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace attain {

namespace {

constexpr int widest_name = 40;
constexpr int widest_reason = 80;
constexpr std::size_t most_names = 10;

std::string exact_money(const Money& money) {
  constexpr int digits = 4;
  return printed_money(money.units(), digits, Zeros::drop).text;
}

/// What the territories of a group have to make after relief.
Money relieved_quotas(const Summary& summary, const std::vector<std::size_t>& members) {
  Money sum;
  for (const std::size_t member : members) {
    if (const auto& quota = summary.territories[member].outlook.quota) sum += *quota;
  }
  return sum;
}

/// What counts the quota before relief.
std::string before_relief(const Summary& summary) {
  if (!company_is_one_territory(summary)) {
    return "; quotas of regions and the company count what was handed out, before relief";
  }
  const Outlook& company = summary.company.outlook;
  if (company.quota != summary.company.sum_of_quotas) return {};
  return fmt::format("; that of what was handed out is {}", chance_text(*company.attain));
}

std::string relief_note(const RunReport& report) {
  std::vector<std::string> reliefs;
  for (const Territory& territory : report.scenario.territories) {
    if (is_relieved(territory)) reliefs.push_back(relief_text(territory));
  }
  if (reliefs.empty()) return {};
  const std::string chances = reliefs.size() == 1
                                  ? "Its chance is that of the relieved quota"
                                  : "Their chances are those of the relieved quotas";
  return fmt::format("* Relief: {}. {}{}.", listed(reliefs, "; "), chances,
                     before_relief(report.summary));
}

std::string over_assignment(const Summary& summary, const GroupSummary& group,
                            const std::string& who) {
  const std::optional<Money>& quota = group.outlook.quota;
  if (!group.at_quota || !quota || *quota == group.sum_of_quotas) return {};
  const double share = group.sum_of_quotas.units() / quota->units() - 1;
  const double percent = 100 * std::abs(share);
  const Money relieved = relieved_quotas(summary, group.territories);
  const std::string after =
      relieved == group.sum_of_quotas
          ? std::string()
          : fmt::format(" before relief ({} after)", money_text(relieved.units()));
  return fmt::format("Quotas handed out in {} add up to {}{}, {:.{}f} % {} than its own {}.", who,
                     money_text(group.sum_of_quotas.units()), after, percent, percent < 1 ? 2 : 0,
                     share > 0 ? "more" : "less", money_text(quota->units()));
}

std::string called_note(const Scenario& scenario) {
  std::map<std::chrono::sys_days, std::vector<std::string>> by_day;
  for (const Territory& territory : scenario.territories) {
    if (!territory.forecast || !territory.forecast_called) continue;
    by_day[*territory.forecast_called].push_back(short_name(territory.name, widest_name));
  }
  if (by_day.empty()) return {};
  std::string text;
  for (const auto& [day, names] : by_day) {
    text +=
        fmt::format("{}on {} ({})", text.empty() ? "" : ", ", date_text(day), listed(names, ", "));
  }
  return "Forecasts were called " + text + ".";
}

/// Open deals that are due on a day that is not simulated.
struct Outside {
  int deals = 0;
  double worth = 0;
  std::vector<std::string> names;
};

template <typename IsOutside>
Outside deals_due(const Scenario& scenario, IsOutside is_outside) {
  Outside found;
  for (const Territory& territory : scenario.territories) {
    for (const OpenDeals& open : territory.open) {
      if (!open.due || !open.due->date || !is_outside(*open.due->date)) continue;
      found.deals += open.count;
      found.worth += open.count * mean_amount(open, territory);
      if (open.named()) found.names.push_back(short_name(open.deal, widest_name));
    }
  }
  return found;
}

std::string deals_text(const Outside& found) {
  std::string text =
      fmt::format("{} {} worth {}", integer_text(static_cast<std::uint64_t>(found.deals)),
                  found.deals == 1 ? "deal" : "deals", money_text(found.worth));
  return found.names.empty() ? text : text + " (" + listed(found.names, ", ") + ")";
}

std::string due_later_note(const Scenario& scenario) {
  const std::chrono::sys_days last = scenario.calendar.last_day();
  const Outside found =
      deals_due(scenario, [last](std::chrono::sys_days due) { return due > last; });
  if (found.deals == 0) return {};
  return fmt::format(
      "Due after {}: {}. {} open and {} nothing in this {}; what is called so far leaves {} out.",
      day_text(last), deals_text(found), found.deals == 1 ? "It stays" : "They stay",
      found.deals == 1 ? "brings" : "bring", whole_noun(scenario.calendar),
      found.deals == 1 ? "it" : "them");
}

std::string overdue_note(const Scenario& scenario) {
  const std::chrono::sys_days first = scenario.calendar.day_one();
  const Outside found =
      deals_due(scenario, [first](std::chrono::sys_days due) { return due < first; });
  if (found.deals == 0) return {};
  return fmt::format("Overdue on {}: {}. {} taken as due on that day.", day_text(first),
                     deals_text(found), found.deals == 1 ? "It is" : "They are");
}

}  // namespace

std::string listed(const std::vector<std::string>& names, const std::string& between) {
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), most_names); ++i) {
    text += (i == 0 ? "" : between) + names[i];
  }
  if (names.size() > most_names) text += fmt::format(" and {} more", names.size() - most_names);
  return text;
}

bool is_relieved(const Territory& territory) {
  return territory.relief && territory.quota != territory.relief->before;
}

std::string relief_text(const Territory& territory) {
  const QuotaRelief& relief = *territory.relief;
  return fmt::format("{} {} less {:g} % = {} ({})", short_name(territory.name, widest_name),
                     exact_money(relief.before), rounded_for_output(100 * relief.share),
                     exact_money(*territory.quota), short_name(relief.why, widest_reason));
}

std::vector<std::string> target_notes(const RunReport& report) {
  const Summary& summary = report.summary;
  std::vector<std::string> made{relief_note(report),
                                over_assignment(summary, summary.company, "the company")};
  for (const GroupSummary& region : summary.regions) {
    made.push_back(over_assignment(summary, region, short_name(region.outlook.name, widest_name)));
  }
  made.push_back(called_note(report.scenario));
  made.push_back(overdue_note(report.scenario));
  made.push_back(due_later_note(report.scenario));
  std::erase(made, std::string());
  return made;
}

}  // namespace attain
