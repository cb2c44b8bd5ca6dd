#include <attain/report/figures.hpp>

#include <attain/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace attain {

namespace {

constexpr std::array<std::string_view, 12> month_names{
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

/// The steps in which a chance is shown, in points.
int points_of(const Chance& chance) {
  const double half_width = chance.half_width();
  return half_width <= 0.025 ? 1 : half_width <= 0.05 ? 5 : 10;
}

/// The ends of the interval of a vague chance, in whole points.
std::string interval_text(const Chance& chance, std::string_view between) {
  return fmt::format("{:.0f}{}{:.0f} %", 100 * chance.low, between, 100 * chance.high);
}

int rounded_points(const Chance& chance) {
  const int step = points_of(chance);
  return step * static_cast<int>(std::lround(100 * chance.probability / step));
}

constexpr int needs_decision_below = 10;

std::string_view chance_word(int points) {
  if (points >= 60) return "likely";
  if (points >= 40) return "even";
  return points >= needs_decision_below ? "unlikely" : "out of reach";
}

std::string_view call_word(int points) {
  return points >= 65 ? "cautious" : points <= 30 ? "bold" : "";
}

std::string scaled_text(double value, char unit) {
  return fmt::format("{:.{}f}{}", value, std::abs(value) < 99.995 ? 2 : 1, unit);
}

std::string_view month_name(std::chrono::month month) {
  return month_names[static_cast<unsigned>(month) - 1];
}

}  // namespace

std::string money_text(double units) {
  const double size = std::abs(units);
  // Below 10 cents count, but for whole amounts: 0.50, and 5.
  if (size < 9.995 && std::llround(100 * size) % 100 != 0) return fmt::format("{:.2f}", units);
  // Each unit begins where the one below would round to its thousand.
  if (size < 999.5) return fmt::format("{:.0f}", units);
  if (size < 9'950) return fmt::format("{:.1f}k", units / 1e3);
  if (size < 999'500) return fmt::format("{:.0f}k", units / 1e3);
  if (size < 999.5e6) return scaled_text(units / 1e6, 'M');
  return size < 999.5e9 ? scaled_text(units / 1e9, 'B') : scaled_text(units / 1e12, 'T');
}

std::string percent_text(double fraction) {
  // Nobody reads more: it means that the quota is none.
  return fraction >= 9.995 ? ">999 %" : fmt::format("{:.0f} %", 100 * fraction);
}

bool is_vague(const Chance& chance) { return chance.half_width() > 0.10; }

std::string chance_text(const Chance& chance) {
  if (is_vague(chance)) return interval_text(chance, "-");
  const int step = points_of(chance);
  const int points = rounded_points(chance);
  if (points <= 0) return fmt::format("<{} %", step);
  if (points >= 100) return fmt::format(">{} %", 100 - step);
  return fmt::format("{} %", points);
}

std::string chance_phrase(const Chance& chance) {
  if (is_vague(chance)) return "a chance (somewhere from " + interval_text(chance, " to ") + ")";
  const int step = points_of(chance);
  const int points = rounded_points(chance);
  if (points <= 0) return fmt::format("less than a {} % chance", step);
  if (points >= 100) return fmt::format("more than a {} % chance", 100 - step);
  const bool vowel = points == 8 || points == 11 || points == 18 || points / 10 == 8;
  return fmt::format("{} {} % chance", vowel ? "an" : "a", points);
}

std::string_view chance_word(const Chance& chance) {
  return is_vague(chance) ? std::string_view() : chance_word(rounded_points(chance));
}

std::string_view call_word(const Chance& chance) {
  return is_vague(chance) ? std::string_view() : call_word(rounded_points(chance));
}

bool needs_decision(const Chance& chance) {
  return !is_vague(chance) && rounded_points(chance) < needs_decision_below;
}

std::string count_text(double mean) {
  const auto word = [](long count) {
    return count == 0 ? "none" : integer_text(static_cast<std::uint64_t>(count));
  };
  const double below = std::floor(mean);
  const double rest = mean - below;
  if (rest < 0.25) return word(std::lround(below));
  if (rest >= 0.75) return word(std::lround(below) + 1);
  return word(std::lround(below)) + " or " + word(std::lround(below) + 1);
}

std::string integer_text(std::uint64_t value) {
  std::string digits = std::to_string(value);
  for (std::size_t place = digits.size(); place > 3; place -= 3) digits.insert(place - 3, ",");
  return digits;
}

std::string points_text(double half_width) {
  const double points = 100 * half_width;
  // Rounded up, so that "below" is true.
  const double step = points < 1 ? 0.01 : 0.1;
  const std::string number = fmt::format("{:g}", std::ceil(points / step - 1e-9) * step);
  return number + (number == "1" ? " point" : " points");
}

std::string date_text(std::chrono::sys_days day) {
  const std::chrono::year_month_day date{day};
  return fmt::format("{} {} {}", static_cast<unsigned>(date.day()), month_name(date.month()),
                     static_cast<int>(date.year()));
}

std::string day_text(std::chrono::sys_days day) {
  const std::chrono::year_month_day date{day};
  return fmt::format("{} {}", static_cast<unsigned>(date.day()), month_name(date.month()));
}

std::string iso_date_text(std::chrono::sys_days day) {
  const std::chrono::year_month_day date{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string short_date_text(std::chrono::sys_days day) {
  const std::chrono::year_month_day date{day};
  return fmt::format("{} {}", static_cast<unsigned>(date.day()),
                     month_name(date.month()).substr(0, 3));
}

namespace {

std::string span_of_period(const Calendar& calendar) {
  const std::chrono::sys_days first = calendar.day_one();
  const std::chrono::sys_days last = calendar.last_day();
  const bool one_year =
      std::chrono::year_month_day{first}.year() == std::chrono::year_month_day{last}.year();
  const std::string from = one_year ? day_text(first) : date_text(first);
  if (calendar.steps_done > 0) {
    const std::string days = first == last
                                 ? fmt::format("{} (as of)", date_text(last))
                                 : fmt::format("from {} (as of) to {}", from, date_text(last));
    return fmt::format("week {} of {}, {}", calendar.weeks_done() + 1, calendar.period_weeks(),
                       days);
  }
  if (first == last) return date_text(first);
  if (calendar.period_steps % calendar.steps_per_week() != 0) {
    return fmt::format("{} to {}", from, date_text(last));
  }
  return fmt::format("{} {} from {}", calendar.weeks(), calendar.weeks() == 1 ? "week" : "weeks",
                     date_text(first));
}

std::string span_of_periods(const Calendar& calendar) {
  const std::string all =
      fmt::format("{} {}s of {} weeks from {}", calendar.periods, period_noun(calendar),
                  calendar.period_weeks(), date_text(calendar.day_one()));
  if (calendar.steps_done > 0) {
    return fmt::format("{}, week {} of {}, from {} (as of) to {}",
                       period_text(calendar, calendar.current_period() + 1),
                       calendar.week_in_period(calendar.steps_done) + 1, calendar.period_weeks(),
                       date_text(calendar.day_one()), date_text(calendar.last_day()));
  }
  if (calendar.period_steps % calendar.steps_per_week() == 0) return all;
  return fmt::format("{} {}s, {} to {}", calendar.periods, period_noun(calendar),
                     date_text(calendar.day_one()), date_text(calendar.last_day()));
}

}  // namespace

std::string span_text(const Calendar& calendar) {
  return calendar.periods == 1 ? span_of_period(calendar) : span_of_periods(calendar);
}

std::string period_text(const Calendar& calendar, int period) {
  return fmt::format("{} {} of {}", period_noun(calendar), period, calendar.periods);
}

Calendar current_period(const Calendar& calendar) {
  Calendar made = calendar;
  made.start = calendar.day_of_step(calendar.current_period() * calendar.period_steps);
  made.steps_done = calendar.steps_into_period();
  made.periods = 1;
  return made;
}

PlaceOfWeek place_of_week(const Calendar& calendar, std::size_t week) {
  const int from_start = calendar.weeks_done() + static_cast<int>(week);
  return {from_start / calendar.period_weeks() + 1, from_start % calendar.period_weeks() + 1};
}

std::chrono::sys_days first_day_of_week(const Calendar& calendar, std::size_t week) {
  const PlaceOfWeek place = place_of_week(calendar, week);
  const int step =
      (place.period - 1) * calendar.period_steps + (place.week - 1) * calendar.steps_per_week();
  return std::max(calendar.day_of_step(step), calendar.day_one());
}

std::chrono::sys_days last_day_of_week(const Calendar& calendar, std::size_t week) {
  const PlaceOfWeek place = place_of_week(calendar, week);
  const int in_period = std::min(place.week * calendar.steps_per_week(), calendar.period_steps);
  const int step = (place.period - 1) * calendar.period_steps + in_period;
  return calendar.day_of_step(step) - std::chrono::days(1);
}

std::string period_noun(const Calendar& calendar) {
  if (calendar.period_weeks() >= 12 && calendar.period_weeks() <= 14) return "quarter";
  if (calendar.period_weeks() >= 4 && calendar.period_weeks() <= 5) return "month";
  return calendar.period_weeks() >= 52 && calendar.period_weeks() <= 53 ? "year" : "period";
}

std::string capitalized(std::string word) {
  word.front() = static_cast<char>(word.front() - 'a' + 'A');
  return word;
}

std::string whole_noun(const Calendar& calendar) {
  if (calendar.periods == 1) return period_noun(calendar);
  const int weeks = calendar.periods * calendar.period_weeks();
  if (weeks >= 51 && weeks <= 54) return "year";
  return weeks >= 25 && weeks <= 27 ? "half-year" : "future";
}

std::string shell_word(const std::string& text) {
  const auto harmless = [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') ||
           std::string_view("-_./,:@%+=").find(letter) != std::string_view::npos;
  };
  if (!text.empty() && std::all_of(text.begin(), text.end(), harmless)) return text;
  std::string quoted = "'";
  for (const char letter : text)
    quoted += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  return quoted + "'";
}

std::string operand_words(const std::vector<std::string>& operands) {
  std::string words;
  bool ended = false;
  for (const std::string& operand : operands) {
    // What starts with a dash is no option once the options are ended.
    const bool ends = !ended && operand.rfind('-', 0) == 0;
    ended = ended || ends;
    words += fmt::format("{}{}{}", words.empty() ? "" : " ", ends ? "-- " : "",
                         printable(shell_word(operand)));
  }
  return words;
}

std::string short_name(std::string_view name, int width) {
  const std::string whole = printable(name);
  if (display_width(whole) <= width) return whole;
  std::size_t end = 0;
  std::size_t next = 0;
  while (next < whole.size()) {
    ++next;
    while (next < whole.size() && (static_cast<unsigned char>(whole[next]) & 0xC0) == 0x80) ++next;
    if (display_width(std::string_view(whole).substr(0, next)) > width - 3) break;
    end = next;
  }
  return whole.substr(0, end) + "...";
}

double rounded_for_output(double value) {
  std::array<char, 64> digits{};
  const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), value,
                                     std::chars_format::scientific, 9);
  double rounded = value;
  std::from_chars(digits.data(), written.ptr, rounded);
  return rounded;
}

}  // namespace attain
