#include "meanings.hpp"

#include "numbers.hpp"
#include "object.hpp"
#include "read_distribution.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace attain::reading {

namespace {

constexpr double two_days = 2.0 / 7.0;

std::string weeks_text(double weeks) { return fmt::format("{:.3g}", weeks); }

std::string amount_text(double units) {
  if (units >= 1e6) return fmt::format("{:.4g}M", units / 1e6);
  if (units >= 1e4) return fmt::format("{:.4g}k", units / 1e3);
  return fmt::format("{:.6g}", units);
}

/// "1 deal in 8 leaves within 2 days; half after 1.4 weeks, 9 in 10 after 4.6".
std::string stay_text(const Distribution& stay) {
  if (const auto* fixed = std::get_if<Distribution::Fixed>(&stay.family())) {
    return fixed->value == 0 ? "leaves at once"
                             : fmt::format("always {} weeks", weeks_text(fixed->value));
  }
  const double share = 1 - stay.survival(two_days);
  const std::string early =
      share >= 0.4     ? fmt::format("{:.0f} of 100 deals leave within 2 days", share * 100)
      : share >= 0.005 ? fmt::format("1 deal in {:.0f} leaves within 2 days", 1 / share)
                       : std::string("hardly a deal leaves within 2 days");
  const char* const family =
      std::holds_alternative<Distribution::Exponential>(stay.family()) ? "exponential: " : "";
  return fmt::format("{}{}, half by week {}, 9 in 10 by week {}", family, early,
                     weeks_text(stay.quantile(0.5)), weeks_text(stay.quantile(0.9)));
}

std::string dwell_text(const Dwell& dwell, bool differs) {
  if (!differs) return stay_text(dwell.advance);
  return fmt::format("deals that go on: {}; lost ones: {}", stay_text(dwell.advance),
                     stay_text(dwell.lost));
}

std::string amounts_text(const Distribution& amount) {
  if (std::holds_alternative<Distribution::Fixed>(amount.family())) return "always this amount";
  return fmt::format("half of the deals bring less than {}, 1 in 10 more than {}",
                     amount_text(amount.quantile(0.5)), amount_text(amount.quantile(0.9)));
}

std::string number_text(double number, bool is_share) {
  if (is_share) return fmt::format("{:.3g} %", number * 100);
  return number >= 1e4 ? amount_text(number) : fmt::format("{:.3g}", number);
}

/// What is known of the uncertain numbers of a value.
std::string ranges_of(const UncertainNumbers& numbers) {
  std::string text;
  for (const Uncertain& each : numbers.all()) {
    const NumberLaw& law = each.law;
    const bool is_share = law.family() != NumberLaw::Family::lognormal;
    text += fmt::format(
        "; uncertain: mean {}, 9 in 10 draws from {} to {}", number_text(law.mean(), is_share),
        number_text(law.quantile(0.05), is_share), number_text(law.quantile(0.95), is_share));
  }
  return text;
}

std::optional<double> number_of(const Node& value) {
  const std::optional<Number> number =
      value.kind == Node::Kind::scalar ? parse_number(value.text) : std::nullopt;
  return number ? std::optional(number->value) : std::nullopt;
}

/// A date that has been checked, or nothing for other text.
std::optional<std::chrono::sys_days> date_of(std::string_view text) {
  if (text.size() != 10) return std::nullopt;
  const auto part = [text](std::size_t from, std::size_t size) {
    int value = 0;
    std::from_chars(text.data() + from, text.data() + from + size, value);
    return value;
  };
  const std::chrono::year_month_day date{std::chrono::year{part(0, 4)},
                                         std::chrono::month{static_cast<unsigned>(part(5, 2))},
                                         std::chrono::day{static_cast<unsigned>(part(8, 2))}};
  return date.ok() ? std::optional(std::chrono::sys_days(date)) : std::nullopt;
}

std::string day_text(std::chrono::sys_days day) {
  const std::chrono::year_month_day date{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

/// "; proposal 60 % -> 68 %" if the stage's own share is the same in all streams of the rule.
std::string shares_text(const Effect& effect, const std::vector<Selected>& where,
                        const Scenario& scenario) {
  std::optional<double> own;
  for (const Selected& each : where) {
    for (const std::size_t stream : each.streams) {
      for (const Stage& stage :
           scenario.territories[each.territory].streams[stream].funnel.stages) {
        if (stage.name != effect.on.stage) continue;
        if (own && *own != stage.advance) return {};
        own = stage.advance;
      }
    }
  }
  if (!own) return {};
  const double odds = effect.factor * *own;
  const double become = effect.to ? *effect.to : *own == 0 ? 0 : odds / (1 - *own + odds);
  return fmt::format("; {} {:.3g} % -> {:.3g} %", effect.on.stage, *own * 100, become * 100);
}

std::string due_text(std::string_view due, const Calendar& calendar) {
  const bool is_one = calendar.periods == 1;
  if (due == "spread") {
    return is_one ? "each on a random day of the period"
                  : fmt::format("each on a random day of the rest of period {}",
                                calendar.current_period() + 1);
  }
  const auto day = date_of(due);
  if (!day) return {};
  if (*day < calendar.day_one()) return "before day one: decided in the first step";
  if (*day > calendar.last_day())
    return is_one ? "after the period: stays open" : "after the last period: stays open";
  const auto days = static_cast<int>((*day - calendar.start).count());
  const int step = days * calendar.steps_per_week() / 7;
  const std::string which =
      is_one ? std::string{} : fmt::format(" of period {}", calendar.period_of(step) + 1);
  return fmt::format("decided in week {} of {}{}", calendar.week_in_period(step) + 1,
                     calendar.period_weeks(), which);
}

}  // namespace

std::string meaning_of(const Field& field, const Node& value, const Calendar& calendar,
                       Findings& findings) {
  std::optional<double> number = number_of(value);
  UncertainNumbers numbers;
  switch (field.kind) {
    case Kind::weeks_distribution: {
      const auto dwell = read_dwell(value, {}, numbers, findings);
      const bool differs = value.kind == Node::Kind::mapping && !peek_text(value, "lost").empty();
      const bool differs_in_form =
          std::any_of(value.entries.begin(), value.entries.end(),
                      [](const Entry& entry) { return entry.key.text == "lost"; });
      return dwell ? dwell_text(*dwell, differs || differs_in_form) + ranges_of(numbers)
                   : std::string{};
    }
    case Kind::amount_distribution: {
      const auto amount = read_amount(value, {}, numbers, findings);
      return amount ? amounts_text(amount->distribution) + ranges_of(numbers) : std::string{};
    }
    case Kind::map:
    case Kind::rule_chance: break;
    default:
      if (!field.may_be_uncertain || number) break;
      const Path path;
      if (const auto read = numbers.read({value, field, field.kind, path}, findings))
        number = read->value;
  }
  if (field.name == "advance" && number) {
    const double on = std::round(*number * 1000) / 10;
    return fmt::format("of 100 deals {:.4g} go on, {:.4g} are lost", on, 100 - on) +
           ranges_of(numbers);
  }
  if (field.name == "leads_per_week" && number) {
    return fmt::format("{:.4g} expected in {:.4g} weeks", *number * calendar.length_weeks(),
                       calendar.length_weeks()) +
           ranges_of(numbers);
  }
  if (!numbers.all().empty()) return ranges_of(numbers).substr(2);
  if (field.owner == Owner::calendar && (field.name == "weeks" || field.name == "end")) {
    const auto last = calendar.day_of_step(calendar.period_steps) - std::chrono::days(1);
    return fmt::format("{} to {}", day_text(calendar.start), day_text(last));
  }
  if (field.name == "periods" && calendar.periods > 1)
    return fmt::format("to {}", day_text(calendar.last_day()));
  if (field.owner == Owner::calendar && field.name == "as_of")
    return fmt::format("{}{:.3g} weeks to go",
                       calendar.periods == 1
                           ? std::string{}
                           : fmt::format("in period {}; ", calendar.current_period() + 1),
                       calendar.length_weeks());
  if (field.name == "replications" && number) {
    return fmt::format("an even chance is known to within {:.2g} points",
                       100 * 1.96 * 0.5 / std::sqrt(*number));
  }
  return {};
}

std::string meaning_of_deals(const Node& deals, const Calendar& calendar) {
  const std::string_view due = peek_text(deals, "due");
  if (!due.empty()) return due_text(due, calendar);
  if (const auto age = parse_number(peek_text(deals, "weeks_in_stage"))) {
    if (age->value == 0) return "came today";
    const auto days = static_cast<int>(std::lround(std::min(age->value, 5200.0) * 7));
    return fmt::format("there since {}", day_text(calendar.day_one() - std::chrono::days(days)));
  }
  if (const auto entered = date_of(peek_text(deals, "entered"))) {
    // Day one may be earlier than the day as of which the file is.
    const auto days = std::max((calendar.day_one() - *entered).count(), std::chrono::days::rep{0});
    const double weeks = static_cast<double>(days) / 7;
    return weeks == 1 ? "1 week in the stage" : fmt::format("{:.3g} weeks in the stage", weeks);
  }
  return "found there at a random time";
}

std::string meaning_of_quota(const Territory& territory) {
  if (!territory.relief || !territory.quota) return {};
  return fmt::format("{} is to be made", amount_text(territory.quota->units()));
}

std::string meaning_of_hours(const Territory& territory) {
  if (!territory.capacity) return {};
  return fmt::format("{:.4g} a week to sell", territory.capacity->selling_hours());
}

std::string meaning_of_ramp(const Territory& territory, const Node& ramp) {
  if (!territory.ramp || peek_text(ramp, "months_in_seat").empty()) return {};
  return "since " + day_text(territory.ramp->start);
}

std::string meaning_of_rule(const Rule& rule, const Scenario& scenario) {
  const std::size_t all = scenario.territories.size();
  std::string text =
      fmt::format("in {} of {} territor{}", rule.where.size(), all, all == 1 ? "y" : "ies");
  for (const Effect& effect : rule.then) {
    if (effect.on.knob == Knob::advance && !effect.on.stage.empty())
      text += shares_text(effect, rule.where, scenario);
  }
  return text;
}

}  // namespace attain::reading
