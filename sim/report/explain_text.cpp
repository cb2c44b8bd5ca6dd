#include "explain_sections.hpp"
#include "text_targets.hpp"

#include <attain/base/text.hpp>
#include <attain/report/figures.hpp>

#include <fmt/format.h>

#include <ostream>

namespace attain {

namespace {

constexpr int longest_name = 40;

std::string headline(const ExplainReport& report) {
  const Calendar calendar = report.calendar();
  std::string line = printable(report.place().name) + ", " + printable(report.scenario.name);
  const Calendar& all = report.scenario.calendar;
  line += ": ";
  if (all.periods > 1) line += period_text(all, all.current_period() + 1) + ", ";
  line += span_text(calendar);
  return line + (calendar.step == Step::day ? ", day by day" : "");
}

std::string chance_sentence(const ExplainReport& report) {
  const Explanation& explanation = report.explanation;
  const Territory& place = report.place();
  const std::string who = short_name(place.name, longest_name);
  if (!place.quota)
    return who + " has no quota, so there is arithmetic here and no chance of quota.";
  const std::string_view word = chance_word(*explanation.attain);
  const std::string in_words =
      word.empty() ? "" : fmt::format(": {}", word == "even" ? "about even" : word);
  const std::string quota = money_text(place.quota->units());
  std::string sentence = place.booked >= *place.quota
                             ? fmt::format("{} has made its quota ({}): {} is booked.", who, quota,
                                           money_text(place.booked.units()))
                             : fmt::format("{} has {} of quota ({}){}.", who,
                                           chance_phrase(*explanation.attain), quota, in_words);
  if (explanation.attain_range && place.booked < *place.quota) {
    sentence +=
        fmt::format(" Because inputs are only estimates it may as well be {:.0f} or {:.0f} %.",
                    100 * explanation.attain_range->low, 100 * explanation.attain_range->high);
  }
  if (explanation.attain_forecast) {
    const std::string_view call = call_word(*explanation.attain_forecast);
    const std::string called =
        place.forecast_called ? " (called on " + date_text(*place.forecast_called) + ")" : "";
    sentence += fmt::format(" Its forecast of {}{} has {}{}.", money_text(place.forecast->units()),
                            called, chance_phrase(*explanation.attain_forecast),
                            call.empty() ? std::string() : fmt::format(", a {} call", call));
  }
  return sentence;
}

std::string promise_sentence(const ExplainReport& report) {
  const Explanation& explanation = report.explanation;
  std::string sentence = "Expect " + money_text(explanation.simulated.mean);
  if (const auto& quota = report.place().quota) {
    sentence += ", " + percent_text(explanation.simulated.mean / quota->units()) + " of quota";
  }
  if (report.place().booked.cents > 0) {
    sentence += ", of which " + money_text(report.place().booked.units()) + " is booked";
  }
  constexpr std::int64_t fewest = 20;  // Below, no order statistic bounds the 20 % quantile.
  if (explanation.replications < fewest) return sentence + ".";
  const double promise = explanation.p20.value;
  if (promise <= 0) return sentence + ". Nothing can be promised at 80 %.";
  return sentence + fmt::format(". {} is a number you can promise at 80 %.", money_text(promise));
}

/// What is known of the territory and changes no number.
std::string known_sentence(const Territory& place) {
  std::string text;
  if (is_relieved(place)) text = "Relief: " + relief_text(place) + ".";
  if (!place.owner.empty()) {
    text += (text.empty() ? "" : " ") + ("Owner: " + short_name(place.owner, longest_name) + ".");
  }
  if (!place.note.empty()) {
    text += (text.empty() ? "" : " ") + ("Note: " + short_name(place.note, 2 * longest_name) + ".");
  }
  return text;
}

std::string footer(const ExplainReport& report, bool has_ranges) {
  const Explanation& explanation = report.explanation;
  const std::string luck = fmt::format("{}, seed {}", replications_text(report), explanation.seed);
  std::string text = luck + ".";
  if (explanation.attain) {
    text = fmt::format("Simulation error of the chance is below {} ({}){}.",
                       points_text(explanation.attain->half_width()), luck,
                       has_ranges ? "; in brackets, where it may have put what it takes" : "");
  }
  return text + (uncertain_numbers_of(report.scenario, report.territory).empty()
                     ? " Every input was taken as exact."
                     : fmt::format(" Inputs that are only estimates were drawn anew for each {}.",
                                   period_noun(report.calendar())));
}

/// The biggest named deal is what most conversations turn to next; else one future to look at.
std::string next_step(const ExplainReport& report) {
  const std::string file = report.run.options + operand_words({report.run.file});
  if (report.explanation.expected_wins <= 0) {
    return fmt::format("attain check {}   (nothing is won here: does the file say what it should?)",
                       file);
  }
  if (report.explanation.deals.empty()) {
    return fmt::format("attain run {} --replication 1   (one future, week by week)", file);
  }
  const DealEffect& biggest = report.explanation.deals.front();
  const std::string& deal = report.explanation.arithmetic.open[biggest.open].deal;
  return fmt::format("attain run {} --without-deal {}   (what if it is lost)", file,
                     shell_word(report.place().name + "/" + deal));
}

}  // namespace

void write_text(const ExplainReport& report, Colour colour, std::ostream& out) {
  const char* const strong = colour == Colour::terminal ? "\x1b[1m" : "";
  const char* const plain = colour == Colour::terminal ? "\x1b[0m" : "";
  out << headline(report) << "\n";
  for (const std::string& sentence : {chance_sentence(report), promise_sentence(report)}) {
    out << strong << paragraph(sentence) << plain;
  }
  out << paragraph(known_sentence(report.place()));
  const TakesSection takes = takes_section(report);
  for (const std::string& section :
       {arithmetic_section(report), why_section(report), expectations_section(report),
        last_week_section(report), takes.text}) {
    if (!section.empty()) out << "\n" << section;
  }
  out << "\n" << paragraph(footer(report, takes.has_ranges));
  out << "  Next: " << printable(next_step(report)) << "\n";
}

}  // namespace attain
