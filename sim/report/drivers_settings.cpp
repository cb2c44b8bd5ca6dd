#include "explain_printed.hpp"

#include <attain/base/text.hpp>
#include <attain/report/drivers.hpp>
#include <attain/report/figures.hpp>

#include <fmt/format.h>

#include <cmath>

namespace attain {

namespace {

/// Beyond this many decimals nothing differs that matters.
constexpr int most_decimals = 6;

/// As few decimals as a number of this size has in speech.
int usual_decimals(double value, DriverUnit unit) {
  const double size = std::abs(value);
  switch (unit) {
    case DriverUnit::share: return 0;
    case DriverUnit::factor:
    case DriverUnit::odds_factor: return 2;
    default: return size >= 100 ? 0 : size >= 0.95 || size == 0 ? 1 : 2;
  }
}

/// `like` is how large the values beside it are.
std::string value_text(double value, double like, DriverUnit unit, int more_decimals) {
  if (unit == DriverUnit::money) {
    constexpr int digits = 3;
    return more_decimals == 0 ? money_text(value)
                              : printed_money(value, digits + more_decimals, Zeros::keep).text;
  }
  const double shown = unit == DriverUnit::share ? 100 * value : value;
  std::string text = fmt::format("{:.{}f}", shown, usual_decimals(like, unit) + more_decimals);
  if (unit == DriverUnit::hours_a_week && text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  switch (unit) {
    case DriverUnit::factor: return "x" + text;
    case DriverUnit::odds_factor: return "odds x" + text;
    default: return with_thousands(text);
  }
}

std::string range_text(const ValueRange& range, double like, DriverUnit unit, int more_decimals) {
  const std::string low = value_text(range.low, like, unit, more_decimals);
  const std::string high = value_text(range.high, like, unit, more_decimals);
  const std::string text = low == high ? low : low + " to " + high;
  return unit == DriverUnit::share ? text + " %" : text;
}

std::string unit_words(const Driver& driver) {
  switch (*driver.unit) {
    case DriverUnit::leads_a_week: return " leads a week";
    case DriverUnit::weeks: return " weeks";
    case DriverUnit::hours_a_week:
      return driver.kind == DriverKind::selling ? " hours a week for deals" : " hours a week";
    case DriverUnit::money: return driver.kind == DriverKind::amount ? " a win" : "";
    case DriverUnit::share: return driver.kind == DriverKind::advance ? " advance" : "";
    default: return "";
  }
}

}  // namespace

std::string change_text(const Driver& driver, const DriverSetting& setting) {
  std::string from;
  std::string to;
  for (int more = 0; more <= most_decimals && from == to; ++more) {
    from = range_text(setting.from, setting.from.low, *driver.unit, more);
    to = range_text(setting.to, setting.from.low, *driver.unit, more);
  }
  return from + " -> " + to;
}

std::string setting_text(const Driver& driver, const DriverSetting& setting) {
  switch (setting.what) {
    case DriverSetting::What::off: return "off";
    case DriverSetting::What::won: return "won on day one";
    case DriverSetting::What::lost: return "lost";
    case DriverSetting::What::value: break;
  }
  const std::string text = change_text(driver, setting) + unit_words(driver);
  return driver.owner.empty() ? text : text + ", " + driver.owner;
}

std::string what_text(const Driver& driver) {
  switch (driver.kind) {
    case DriverKind::uncertain: return driver.name;
    case DriverKind::leads: return "leads of " + driver.name;
    case DriverKind::speed: return "speed of " + driver.name;
    case DriverKind::advance: return "advance of " + driver.name;
    case DriverKind::amount: return "amount of " + driver.name;
    case DriverKind::hours: return "an hour less of " + driver.name;
    case DriverKind::taker: return "no " + driver.name;
    case DriverKind::selling: return "an hour more for deals";
    case DriverKind::one_lead: return "one more lead for " + driver.name;
    case DriverKind::rule: return "rule " + driver.name;
    case DriverKind::shock: return "shock " + driver.name;
    case DriverKind::deal: break;
  }
  return "deal " + driver.name;
}

}  // namespace attain
