#include <attain/report/text.hpp>

#include "table.hpp"
#include "text_notes.hpp"
#include "text_periods.hpp"
#include "text_roll_up.hpp"
#include "text_table.hpp"

#include <attain/base/text.hpp>
#include <attain/report/figures.hpp>

#include <fmt/format.h>

#include <cmath>
#include <ostream>

namespace attain {

namespace {

std::string headline(const RunReport& report) {
  const Scenario& scenario = report.scenario;
  const std::size_t count = scenario.territories.size();
  std::string line =
      fmt::format("{}: {} {}, {}", printable(scenario.name), integer_text(count),
                  count == 1 ? "territory" : "territories", span_text(scenario.calendar));
  if (scenario.calendar.step == Step::day) line += ", day by day";
  if (!scenario.currency.empty()) line += ", in " + printable(scenario.currency);
  const Money booked = report.summary.company.outlook.roll_up.booked;
  return booked.cents > 0 ? line + fmt::format("; {} booked", money_text(booked.units())) : line;
}

/// "The company has a 9 % chance of quota (11.90M) and a 26 % chance of its forecast (10.71M)."
/// `quota`: "quota", or "the year's quota" of several periods.
std::string chances_sentence(const Outlook& outlook, const std::string& who,
                             const std::string& quota) {
  std::string sentence = who + " has ";
  if (outlook.quota_is_booked()) {
    sentence += fmt::format("made its quota ({}; {} is booked)", money_text(outlook.quota->units()),
                            money_text(outlook.roll_up.booked.units()));
  } else if (outlook.attain) {
    sentence += fmt::format("{} of {} ({})", chance_phrase(*outlook.attain), quota,
                            money_text(outlook.quota->units()));
  }
  if (outlook.attain && outlook.attain_forecast) {
    sentence += outlook.quota_is_booked() ? " and has " : " and ";
  }
  if (outlook.attain_forecast) {
    sentence += fmt::format("{} of its forecast ({})", chance_phrase(*outlook.attain_forecast),
                            money_text(outlook.forecast->units()));
  }
  if (!outlook.attain && !outlook.attain_forecast) {
    return who + " has no quota and no forecast, so there is no chance to give.";
  }
  return sentence + ".";
}

/// "Expect 9.85M, 83 % of quota. 8.58M is a number you can promise at 80 %."
std::string promise_sentence(const Outlook& outlook, const std::string& noun, bool ranges) {
  std::string sentence = "Expect " + money_text(outlook.bookings.mean.mean);
  if (outlook.quota) {
    sentence += fmt::format(", {} of quota", percent_text(*outlook.attainment()));
  }
  if (outlook.roll_up.booked.cents > 0) {
    sentence += fmt::format(", of which {} is booked", money_text(outlook.roll_up.booked.units()));
  }
  if (outlook.quota || !ranges) {
    sentence += ".";
  } else {
    sentence +=
        fmt::format("; in 8 of 10 {}s it is {} to {}.", noun,
                    money_text(outlook.bookings.p10.value), money_text(outlook.bookings.p90.value));
  }
  if (!ranges) return sentence;
  const double promise = outlook.bookings.p20.value;
  if (promise <= 0) return sentence + " Nothing can be promised at 80 %.";
  return sentence + fmt::format(" {} is a number you can promise at 80 %.", money_text(promise));
}

std::string whole_number(double value) {
  return integer_text(static_cast<std::uint64_t>(std::llround(value)));
}

/// "About 5 of 17 make quota; in 8 of 10 quarters it is 3 to 8."
std::string count_sentence(const AtQuota& at_quota, const std::string& noun) {
  std::string range = integer_text(at_quota.p10);
  if (at_quota.p90 != at_quota.p10) range += " to " + integer_text(at_quota.p90);
  // Rounding says little of one or two.
  const std::string count = at_quota.mean < 1.5 ? fmt::format("On average {:.1f}", at_quota.mean)
                                                : "About " + whole_number(at_quota.mean);
  return fmt::format("{} of {} make quota; in 8 of 10 {}s it is {}.", count,
                     integer_text(at_quota.of), noun, range);
}

std::vector<std::string> verdict(const RunReport& report) {
  const Summary& summary = report.summary;
  const Calendar& calendar = report.scenario.calendar;
  const std::string noun = whole_noun(calendar);
  const std::string quota =
      calendar.periods == 1 ? "quota"
      : noun == "future"
          ? fmt::format("the quota of all {} {}s", calendar.periods, period_noun(calendar))
          : fmt::format("the {}'s quota", noun);
  const Outlook& company = whole_outlook(summary);
  const bool alone = company_is_one_territory(summary);
  const bool ranges = ranges_are_known(summary);
  const std::string who =
      alone ? short_name(summary.territories.front().outlook.name, 40) : "The company";
  std::vector<std::string> sentences{chances_sentence(company, who, quota),
                                     promise_sentence(company, noun, ranges)};
  const std::optional<AtQuota>& at_quota = summary.company.at_quota;
  if (ranges && at_quota && at_quota->of > 1) sentences.push_back(count_sentence(*at_quota, noun));
  return sentences;
}

}  // namespace

void write_text(const RunReport& report, Colour colour, std::ostream& out) {
  const bool coloured = colour == Colour::terminal;
  const char* const strong = coloured ? "\x1b[1m" : "";
  const char* const plain = coloured ? "\x1b[0m" : "";
  out << wrapped(headline(report), "", "  ", line_width);
  for (const std::string& sentence : verdict(report)) {
    out << strong << wrapped(sentence, "  ", "    ", line_width) << plain;
  }
  out << "\n" << outlook_table(report) << "\n";
  if (const std::string section = periods_section(report); !section.empty()) {
    out << section << "\n";
  }
  if (const std::string section = roll_up_section(report); !section.empty()) {
    out << section << "\n";
  }
  for (const Note& note : notes(report)) {
    const std::string text =
        note.whole ? "  " + note.text + "\n" : wrapped(note.text, "  ", "    ", line_width);
    const std::size_t label = coloured && note.urgent ? text.find(':') : std::string::npos;
    if (label == std::string::npos) {
      out << text;
    } else {
      out << strong << text.substr(0, label + 1) << plain << text.substr(label + 1);
    }
  }
}

}  // namespace attain
