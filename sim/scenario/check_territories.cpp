#include "read_territories.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attain::reading {

namespace {

/// The last stage from `first` on that lets no deal go on; none: deals can be won from there.
const Stage* last_barrier(const Stream& stream, std::size_t first) {
  const std::vector<Stage>& stages = stream.funnel.stages;
  for (std::size_t s = stages.size(); s > first; --s) {
    if (stages[s - 1].advance <= 0) return &stages[s - 1];
  }
  return nullptr;
}

/// Something won before day one that territories may say, and what is said if they do not.
struct Reminder {
  std::string_view key, what;
  std::string if_all_lack_it;
  std::string_view advice;
};

void remind(const Object& scenario, const CalendarDraft& dates, const Reminder& reminder,
            std::size_t territories, const std::vector<std::string>& without) {
  constexpr std::size_t most_named = 5;
  if (without.empty()) return;
  const Path calendar_path(scenario.path(), "calendar");
  const Path path(calendar_path, "as_of");
  if (without.size() == territories) {
    scenario.findings().warning(
        dates.as_of_spot, path, reminder.if_all_lack_it,
        fmt::format("add '{}' to the territories; {}", reminder.key, reminder.advice));
    return;
  }
  const std::size_t named = std::min(without.size(), most_named);
  const std::size_t more = without.size() - named;
  scenario.findings().note(
      dates.as_of_spot, path,
      fmt::format(
          "{} of {} territories do not say what they {}, which is taken as nothing: {}{}",
          without.size(), territories, reminder.what,
          fmt::join(without.begin(), without.begin() + static_cast<std::ptrdiff_t>(named), ", "),
          more == 0 ? std::string{} : fmt::format(" and {} more", more)),
      fmt::format("add '{}' to them; {}", reminder.key, reminder.advice));
}

}  // namespace

void check_size(const Object& object, const Territory& territory, const Calendar& calendar) {
  double open = 0;
  double leads = 0;
  for (const OpenDeals& deals : territory.open) open += deals.count;
  for (const Stream& stream : territory.streams)
    leads += stream.leads_per_week * calendar.length_weeks();
  const bool is_one = calendar.periods == 1;
  if (room_for_deals(territory, calendar) > most_deals_of_a_territory) {
    object.findings().error(
        object.node().spot, object.path(),
        fmt::format("'{}' simulates about {:.0f} deals in the {}; at most 32,000 per territory, "
                    "with room for chance",
                    territory.name, open + leads, is_one ? "period" : "periods"),
        fmt::format("split the territory, {}let one deal stand for several (and its amount for "
                    "theirs)",
                    is_one ? "or " : "simulate fewer periods, or "));
  }
  if (open + leads == 0) {
    object.findings().warning(
        object.node().spot, object.path(),
        fmt::format("nothing can happen in '{}': it has neither leads nor open deals",
                    territory.name),
        "add 'leads_per_week' or 'open'");
  }
}

void warn_if_nothing_is_won(const Object& object, const Territory& territory) {
  const Stage* barrier = nullptr;
  for (const Stream& stream : territory.streams) {
    if (stream.leads_per_week <= 0) continue;
    for (std::size_t s = 0; s < stream.enter.size(); ++s) {
      if (stream.enter[s] <= 0) continue;
      barrier = last_barrier(stream, s);
      if (barrier == nullptr) return;
    }
  }
  bool any_due = false;
  for (const OpenDeals& deals : territory.open) {
    if (deals.due) {
      if (deals.due->chance > 0) return;
      any_due = true;
      continue;
    }
    barrier = last_barrier(territory.streams[deals.stream], deals.stage);
    if (barrier == nullptr) return;
  }
  if (barrier == nullptr) {
    if (!any_due) return;
    object.findings().warning(
        object.node().spot, object.path(),
        fmt::format("nothing can be won in '{}': each deal has a chance of 0 %", territory.name),
        "give a deal a chance above 0, or add 'leads_per_week'");
    return;
  }
  object.findings().warning(
      object.node().spot, object.path(),
      fmt::format("nothing can be won in '{}': each deal comes to a stage with 'advance: 0%', "
                  "such as '{}'",
                  territory.name, barrier->name),
      "give the share of the deals that go on from there");
}

void check_booked(const Object& scenario, const CalendarDraft& dates, std::size_t territories,
                  const Unstated& unstated) {
  if (!dates.as_of) return;
  const Calendar& calendar = dates.calendar;
  const int period = calendar.current_period();
  if (calendar.steps_into_period() >= calendar.steps_per_week()) {
    const std::chrono::sys_days start = calendar.day_of_step(period * calendar.period_steps);
    const auto days = (calendar.day_one() - start).count();
    const std::string which =
        period == 0 ? std::string("the period") : fmt::format("period {}", period + 1);
    remind(scenario, dates,
           {"booked", "have booked by then",
            fmt::format("the simulation starts {} days into {}, and no territory says what it has "
                        "booked by then",
                        days, which),
            "'booked: 0' where it is nothing"},
           territories, unstated.booked);
  }
  if (period > 0) {
    remind(scenario, dates,
           {"actual", "booked in periods that are over",
            fmt::format("the simulation starts in period {}, and no territory says what it booked "
                        "before, which is taken as nothing",
                        period + 1),
            "one amount for each period that is over, as in 'actual: [298k]'"},
           territories, unstated.actual);
  }
}

}  // namespace attain::reading
