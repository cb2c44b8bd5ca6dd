#pragma once

#include <attain/model/scenario.hpp>
#include <attain/summary/estimate.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace attain {

/// How numbers read in an answer: short, and with no more digits than they can bear.

/// 0.50, 950, 9.5k, 700k, 11.90M, 1.19B, 2.00T.
std::string money_text(double units);

/// 83 %, and >999 % from there on.
std::string percent_text(double fraction);

/// Whether a chance comes from so few replications that its interval is more than 10 points to
/// either side. It is then shown as the interval, without words that would judge it.
bool is_vague(const Chance& chance);

/// 69 %, <1 % and >99 % at the ends, or 44-100 % where it is vague. Rounded to 1 point, and to 5 or
/// 10 where the simulation error is beyond 2.5 or 5 points.
std::string chance_text(const Chance& chance);

/// "a 69 % chance", "an 8 % chance", "less than a 1 % chance", "a chance (somewhere from 44 to
/// 100 %)".
std::string chance_phrase(const Chance& chance);

/// The words beside chances go by the percentage that is shown, so that 59.7 % is "60 %, likely".

/// likely (60 % and more), even (40 to 60), unlikely (10 to 40), out of reach (under 10); nothing
/// where the chance is vague.
std::string_view chance_word(const Chance& chance);

/// What a chance of the forecast says of the call: cautious (65 % and more), bold (30 % and less),
/// else nothing.
std::string_view call_word(const Chance& chance);

/// Whether quota is out of reach, so that somebody should decide something.
bool needs_decision(const Chance& chance);

/// A mean count in words: 2, "2 or 3", "none or 1".
std::string count_text(double mean);

/// 20,000.
std::string integer_text(std::uint64_t value);

/// A width of an interval in points, rounded up, as in "below 0.7 points".
std::string points_text(double half_width);

/// 4 January 2027, 4 January, 4 Jan, and 2027-01-04.
std::string date_text(std::chrono::sys_days day);
std::string day_text(std::chrono::sys_days day);
std::string short_date_text(std::chrono::sys_days day);
std::string iso_date_text(std::chrono::sys_days day);

/// "13 weeks from 4 January 2027", or where the period stands on day one: "week 6 of 13, from
/// 8 February (as of) to 4 April 2027". Of several periods "4 quarters of 13 weeks from ...", or
/// "quarter 2 of 4, week 6 of 13, from ...".
std::string span_text(const Calendar& calendar);

/// "quarter 2 of 4"; `period` from 1.
std::string period_text(const Calendar& calendar, int period);

/// The calendar of the period of day one alone; the same where there is only one.
Calendar current_period(const Calendar& calendar);

/// Where a week of those that are simulated, from 0, stands; both from 1.
struct PlaceOfWeek {
  int period = 1;
  int week = 1;  ///< Of the period.
};
PlaceOfWeek place_of_week(const Calendar& calendar, std::size_t week);

/// The first day of a week of those that are simulated, from 0, as far as it is; and the last.
std::chrono::sys_days first_day_of_week(const Calendar& calendar, std::size_t week);
std::chrono::sys_days last_day_of_week(const Calendar& calendar, std::size_t week);

/// What people call a period of that length: "quarter", "month", "year", else "period".
std::string period_noun(const Calendar& calendar);

/// "Quarter" for "quarter": `word` begins with a small letter of ASCII.
std::string capitalized(std::string word);

/// What people call all periods together: that of one, or "year", "half-year", else "future".
std::string whole_noun(const Calendar& calendar);

/// `text` as one word of a shell command, quoted if it must be.
std::string shell_word(const std::string& text);

/// The words of a command behind its options, printable, with "--" where one starts with a dash.
std::string operand_words(const std::vector<std::string>& operands);

/// `name` made printable and cut to `width` columns.
std::string short_name(std::string_view name, int width);

/// `value` with 10 significant digits: enough for everyone, and the same on every machine.
double rounded_for_output(double value);

}  // namespace attain
