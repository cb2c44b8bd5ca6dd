#include "text_assumptions.hpp"

#include "text_table.hpp"

#include <attain/report/figures.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace attain {

namespace {

/// What uncertain numbers are, in a reader's words and order.
class Kinds {
 public:
  explicit Kinds(const Scenario& scenario) {
    for (const Territory& territory : scenario.territories) {
      for (const Stream& stream : territory.streams) add(stream);
      if (territory.capacity) add(*territory.capacity);
    }
    for (const Rule& rule : scenario.rules) add(rule);
    for (const Shock& shock : scenario.shocks) shocks_ = shocks_ || shock.sd_uncertain;
  }

  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> made;
    if (leads_) made.emplace_back("lead rates");
    if (wins_) made.emplace_back("win rates");
    if (stays_) made.emplace_back("times in stage");
    if (amounts_) made.emplace_back("deal sizes");
    if (hours_) made.emplace_back("hours");
    if (rules_) made.emplace_back("effects of rules");
    if (shocks_) made.emplace_back("sizes of shocks");
    return made;
  }

 private:
  void add(const Stream& stream) {
    leads_ = leads_ || stream.leads_uncertain;
    amounts_ = amounts_ || stream.funnel.amount_uncertain.any();
    for (const Stage& stage : stream.funnel.stages) {
      wins_ = wins_ || stage.advance_uncertain;
      stays_ =
          stays_ || stage.weeks_to_advance_uncertain.any() || stage.weeks_to_lost_uncertain.any();
      hours_ = hours_ || stage.hours_uncertain;
    }
  }
  void add(const Capacity& capacity) {
    hours_ = hours_ || capacity.hours_uncertain || capacity.share_uncertain ||
             std::any_of(capacity.other_time.begin(), capacity.other_time.end(),
                         [](const OtherTime& taker) { return taker.hours_uncertain.has_value(); });
  }
  void add(const Rule& rule) {
    rules_ = rules_ || rule.chance_uncertain ||
             std::any_of(rule.then.begin(), rule.then.end(),
                         [](const Effect& effect) { return effect.factor_uncertain.has_value(); });
  }

  bool leads_ = false, wins_ = false, stays_ = false, amounts_ = false;
  bool hours_ = false, rules_ = false, shocks_ = false;
};

/// "lead rates, win rates and deal sizes"
std::string sentence_list(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  }
  return text;
}

bool has_shared_shock(const Scenario& scenario) {
  return std::any_of(scenario.shocks.begin(), scenario.shocks.end(), [](const Shock& shock) {
    return shock.shared_by != Shock::SharedBy::territory;
  });
}

/// Whether one draw of an uncertain number is seen by two territories.
bool has_shared_number(const Scenario& scenario) {
  std::set<std::size_t> seen;
  for (std::size_t i = 0; i < scenario.territories.size(); ++i) {
    for (const std::size_t number : uncertain_numbers_of(scenario, i)) {
      if (!scenario.uncertain[number].per_territory && !seen.insert(number).second) return true;
    }
  }
  return false;
}

/// Whether a rule exists for two territories at once, by chance.
bool has_shared_chance(const Scenario& scenario) {
  return std::any_of(scenario.rules.begin(), scenario.rules.end(), [](const Rule& rule) {
    if (rule.chance_per_territory || rule.where.size() < 2) return false;
    return rule.chance_uncertain || (rule.chance > 0 && rule.chance < 1);
  });
}

std::string independence_note(const Scenario& scenario) {
  if (scenario.territories.size() < 2 || has_shared_shock(scenario)) return {};
  std::vector<std::string> shared;
  if (has_shared_number(scenario)) shared.emplace_back("uncertain inputs");
  if (has_shared_chance(scenario)) shared.emplace_back("rules that exist by chance");
  if (shared.empty()) {
    return "Assumed: territories are treated as independent; the company's range is too narrow.";
  }
  return fmt::format(
      "Assumed: territories share {}, but no shock; the company's range is too narrow.",
      sentence_list(shared));
}

/// Whether anything but uncertain numbers and chance over time changes a funnel.
bool has_rules(const Scenario& scenario) {
  return !scenario.rules.empty() || !scenario.seasons.empty() ||
         std::find(scenario.closed_weeks.begin(), scenario.closed_weeks.end(), true) !=
             scenario.closed_weeks.end() ||
         std::any_of(scenario.territories.begin(), scenario.territories.end(),
                     [](const Territory& territory) {
                       return territory.ramp.has_value() || territory.capacity.has_value();
                     });
}

bool has_effort(const Scenario& scenario) {
  return std::any_of(
      scenario.territories.begin(), scenario.territories.end(),
      [](const Territory& territory) { return territory.effort && territory.effort->any(); });
}

std::string closed_forms_note(const RunReport& report) {
  const Scenario& scenario = report.scenario;
  if (report.summary.company.outlook.expected_is_exact) return {};
  std::vector<std::string> changes;
  if (has_effort(scenario)) changes.emplace_back("effort");
  if (!scenario.shocks.empty()) changes.emplace_back("shocks");
  const bool ruled = has_rules(scenario);
  constexpr const char* closed =
      "closed forms ('expected_wins', 'expected_bookings' and chances of single deals in the "
      "results)";
  const std::string at_means =
      scenario.uncertain.empty() ? "" : " and take uncertain inputs at their means";
  if (!ruled && changes.empty()) {
    return fmt::format(
        "Uncertain inputs are drawn anew in each future, but {} take them at their means.", closed);
  }
  std::string what = ruled ? "Rules, working hours, ramps or seasons" : sentence_list(changes);
  if (ruled && !changes.empty()) what += ", and " + sentence_list(changes) + ",";
  if (!ruled) what = capitalized(what);
  return fmt::format("{} change funnels here: they are simulated, but {} leave them out{}.", what,
                     closed, at_means);
}

/// How much of the differences between futures is not luck.
std::string share_of_ignorance(const Outlook& company) {
  if (!company.uncertainty || company.uncertainty->luck.value <= 0) return {};
  const Uncertainty& parts = *company.uncertainty;
  if (!parts.ignorance) {
    return " What that does to the company's bookings is too small beside luck to be measured.";
  }
  const double share = parts.ignorance->value / (parts.ignorance->value + parts.luck.value);
  return fmt::format(" Of the variance of the company's bookings that is {}, the rest is luck.",
                     share < 0.005 ? "less than 1 %" : percent_text(share));
}

std::string ignorance_note(const RunReport& report) {
  const Scenario& scenario = report.scenario;
  if (scenario.uncertain.empty()) {
    return "Assumed: every input was taken as exact; real chances are less sure than these.";
  }
  const Summary& summary = report.summary;
  const bool in_brackets = !chance_range_text(summary.company.outlook).empty() ||
                           std::any_of(summary.territories.begin(), summary.territories.end(),
                                       [](const TerritorySummary& territory) {
                                         return !chance_range_text(territory.outlook).empty();
                                       });
  const std::string kinds = sentence_list(Kinds(scenario).names());
  const std::string text =
      in_brackets ? fmt::format(
                        "In brackets: how far the chance moves because {} are only "
                        "estimates (5 to 95 % of it).",
                        kinds)
                  : capitalized(kinds) + " are only estimates, drawn anew in each future.";
  return text + share_of_ignorance(whole_outlook(summary));
}

}  // namespace

std::vector<std::string> assumption_notes(const RunReport& report) {
  std::vector<std::string> made{independence_note(report.scenario), closed_forms_note(report),
                                ignorance_note(report)};
  std::erase(made, std::string());
  return made;
}

}  // namespace attain
