#include "table.hpp"

#include <attain/base/text.hpp>
#include <attain/report/drivers.hpp>
#include <attain/report/figures.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ostream>

namespace attain {

namespace {

using What = DriverSetting::What;

constexpr int widest_name = 40;
constexpr int widest_label = 52;
constexpr int width = 100;
constexpr int half_bar = 8;
constexpr std::size_t most_leads = 10;
constexpr std::size_t most_names = 10;

std::string paragraph(const std::string& text) { return wrapped(text, "  ", "    ", width); }

std::string noun_of(const DriversReport& report) {
  return whole_noun(report.scenario.calendar) + (report.drivers.replications == 1 ? "" : "s");
}

std::string signed_points(double change) {
  const std::string text = fmt::format("{:+.1f}", 100 * change);
  return text == "-0.0" || text == "+0.0" ? "0.0" : text;
}

std::string effect_text(const Difference& effect) {
  return fmt::format("{} ({:.1f})", signed_points(effect.value), 50 * (effect.high - effect.low));
}

/// "   ====|==" on the scale of the largest effect of all.
std::string bar(const Driver& driver, double largest) {
  double down = 0;
  double up = 0;
  for (const DriverSetting& each : driver.settings) {
    down = std::max(down, -each.effect.value);
    up = std::max(up, each.effect.value);
  }
  const auto length = [largest](double size) {
    return static_cast<std::size_t>(std::lround(half_bar * size / largest));
  };
  const std::size_t left = length(down);
  return std::string(half_bar - left, ' ') + std::string(left, '=') + "|" +
         std::string(length(up), '=') + std::string(half_bar - length(up), ' ');
}

/// Where a setting's effect stands: less and lost to the left, more and won to the right.
bool stands_left(const Driver& driver, std::size_t setting) {
  if (driver.settings.size() > 1) return setting == 0;
  return driver.settings[0].what == What::off;
}

/// Where a number is written, without what goes without saying.
std::string short_path(const std::string& path) {
  std::string text = path;
  for (const std::string_view part : {"territories.", "funnels."})
    if (text.rfind(part, 0) == 0) text.erase(0, part.size());
  if (const std::size_t at = text.find(".stages."); at != std::string::npos) text.erase(at, 7);
  return text;
}

/// What the row is about, with the setting that stands to the right.
std::string row_label(const Driver& driver, bool named) {
  const std::string name = short_name(driver.name, widest_name);
  switch (driver.kind) {
    case DriverKind::rule: return "rule " + name + ": off";
    case DriverKind::shock: return "shock " + name + ": off";
    case DriverKind::deal: return fmt::format("{}, {}", name, money_text(driver.worth->units()));
    default: break;
  }
  DriverSetting shown = driver.settings.back();
  if (driver.kind == DriverKind::uncertain) {
    shown.from = driver.settings.front().to;
    return short_name(short_path(driver.name), widest_name) + ": " + change_text(driver, shown);
  }
  const std::string setting = printable(setting_text(driver, shown));
  return named ? name + ": " + setting : setting;
}

/// Names are said where several things of a kind would not be told apart.
std::string label_of(const Driver& driver, const Drivers& all) {
  if (driver.kind == DriverKind::selling) return row_label(driver, false);
  const bool told_apart = driver.kind != DriverKind::leads && driver.kind != DriverKind::amount &&
                          !(driver.kind == DriverKind::one_lead && driver.name == all.target.name);
  const auto alike =
      std::count_if(all.drivers.begin(), all.drivers.end(),
                    [&driver](const Driver& each) { return each.kind == driver.kind; });
  return short_name(row_label(driver, told_apart || alike > 1), widest_label);
}

struct Section {
  std::string title;
  std::string left;
  std::string right;
  std::string if_empty;
  std::size_t most = static_cast<std::size_t>(-1);
};

/// The longest of all labels, so that the bars of all lists stand below each other.
int label_width(const Drivers& all) {
  int widest = 0;
  for (const Driver& driver : all.drivers)
    if (driver.measurable()) widest = std::max(widest, display_width(label_of(driver, all)));
  return widest;
}

double largest_effect(const Drivers& all) {
  double largest = 0;
  for (const Driver& driver : all.drivers) largest = std::max(largest, driver.size());
  return largest;
}

std::string without_effect(const std::vector<const Driver*>& drivers) {
  if (drivers.empty()) return {};
  std::string names;
  for (std::size_t i = 0; i < std::min(drivers.size(), most_names); ++i) {
    const Driver& driver = *drivers[i];
    // Its heading says what is tried.
    const std::string what = driver.kind == DriverKind::one_lead ? driver.name : what_text(driver);
    names += (i == 0 ? "" : ", ") + short_name(what, widest_label);
  }
  if (drivers.size() > most_names)
    names += fmt::format(" and {} more", drivers.size() - most_names);
  return paragraph("no measurable effect: " + names);
}

std::string section_text(const Section& section, const Drivers& all,
                         const std::vector<const Driver*>& drivers) {
  if (drivers.empty()) {
    return section.if_empty.empty() ? "" : "\n" + section.title + "\n  " + section.if_empty + "\n";
  }
  std::vector<const Driver*> none;
  std::vector<const Driver*> shown;
  for (const Driver* each : drivers) (each->measurable() ? shown : none).push_back(each);
  const std::size_t left_out = shown.size() - std::min(shown.size(), section.most);
  shown.resize(shown.size() - left_out);
  std::string text = "\n" + section.title + "\n";
  if (!shown.empty()) {
    using enum Table::Align;
    Table table({{"", {left}}, {section.left, {right}}, {" ", {left}}, {section.right, {right}}});
    const int label = label_width(all);
    const double largest = largest_effect(all);
    for (const Driver* each : shown) {
      std::vector<std::string> cells{padded(label_of(*each, all), label, left), "",
                                     bar(*each, largest), ""};
      for (std::size_t i = 0; i < each->settings.size(); ++i)
        cells[stands_left(*each, i) ? 1 : 3] = effect_text(each->settings[i].effect);
      table.add_row(std::move(cells));
    }
    text += table.text("  ");
  }
  if (left_out > 0) text += fmt::format("  and {} more with smaller effects\n", left_out);
  return text + without_effect(none);
}

template <class Belongs>
std::vector<const Driver*> those(const Drivers& all, const Belongs& belongs) {
  std::vector<const Driver*> found;
  for (const Driver& driver : all.drivers)
    if (belongs(driver)) found.push_back(&driver);
  return found;
}

std::string sections(const Drivers& all) {
  const auto of_list = [&all](DriverList list) {
    return those(all, [list](const Driver& driver) {
      return driver.list == list && driver.kind != DriverKind::one_lead;
    });
  };
  const auto one_lead =
      those(all, [](const Driver& driver) { return driver.kind == DriverKind::one_lead; });
  return section_text({"What we do not know: from a low value, 10 %, to a high one, 90 %", "low",
                       "high", "Every input was taken as exact."},
                      all, of_list(DriverList::unknown)) +
         section_text({"What we can change: by 10 %, or an hour a week", "less", "more",
                       "Nothing here has leads, stages or hours."},
                      all, of_list(DriverList::changeable)) +
         section_text({"What we can change: one more lead a week", "", "more", "", most_leads}, all,
                      one_lead) +
         section_text({"What may happen: rules and shocks off, the biggest deals decided",
                       "off, lost", "won", "There are no rules, shocks or named deals."},
                      all, of_list(DriverList::possible));
}

std::string who(const DriverTarget& target) {
  return target.level == DriverTarget::Level::company ? "the company"
                                                      : short_name(target.name, widest_name);
}

std::string chance_sentence(const DriversReport& report) {
  const Drivers& drivers = report.drivers;
  const std::string_view word = chance_word(drivers.baseline);
  const bool year = report.scenario.calendar.periods > 1;
  return fmt::format("{} has {} of {} ({}){}.",
                     drivers.target.level == DriverTarget::Level::company
                         ? "The company"
                         : short_name(drivers.target.name, widest_name),
                     chance_phrase(drivers.baseline),
                     year ? "the " + whole_noun(report.scenario.calendar) + "'s quota" : "quota",
                     money_text(drivers.target.quota->units()),
                     word.empty() ? std::string() : fmt::format(": {}", word));
}

/// From the company to where a lead does most; from a territory to why.
std::string next_step(const DriversReport& report) {
  const std::string before = report.run.options;
  const DriverTarget& target = report.drivers.target;
  const std::string file = operand_words({report.run.file});
  if (target.territories.size() == 1) {
    const std::string& name = report.scenario.territories[target.territories.front()].name;
    return fmt::format("attain explain {}{}   (why {}, what it takes)", before,
                       operand_words({report.run.file, name}),
                       chance_text(report.drivers.baseline));
  }
  const auto has_quota = [&report](const std::string& name) {
    const std::vector<Territory>& all = report.scenario.territories;
    return std::any_of(all.begin(), all.end(), [&](const Territory& each) {
      return each.name == name && year_quota(each, report.scenario.calendar);
    });
  };
  for (const Driver& driver : report.drivers.drivers) {
    if (driver.kind != DriverKind::one_lead || !has_quota(driver.territory)) continue;
    return fmt::format("attain drivers {}--for={} {}   (what moves one territory)", before,
                       shell_word(driver.territory), file);
  }
  return fmt::format("attain run {}{}   (the chances of all)", before, file);
}

}  // namespace

void write_text(const DriversReport& report, Colour colour, std::ostream& out) {
  const char* const strong = colour == Colour::terminal ? "\x1b[1m" : "";
  const char* const plain = colour == Colour::terminal ? "\x1b[0m" : "";
  const Drivers& drivers = report.drivers;
  out << fmt::format("{}: what moves the chance of {}, {}\n", printable(report.scenario.name),
                     who(drivers.target), span_text(report.scenario.calendar));
  out << strong << paragraph(chance_sentence(report)) << plain;
  out << paragraph(
      "Each line changes one thing, and all else sees the same luck: what that does to the chance, "
      "in points. Effects do not add up.");
  out << sections(drivers) << "\n";
  out << paragraph(fmt::format(
      "In brackets: half of an effect's 95 % interval, simulation error alone ({} {}, seed {}).",
      integer_text(static_cast<std::uint64_t>(drivers.replications)), noun_of(report),
      drivers.seed));
  out << "  Next: " << printable(next_step(report)) << "\n";
}

}  // namespace attain
