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

}  // namespace

void check_size(const Object& object, const Territory& territory, const Calendar& calendar) {
  double open = 0;
  double leads = 0;
  for (const OpenDeals& deals : territory.open) open += deals.count;
  for (const Stream& stream : territory.streams)
    leads += stream.leads_per_week * calendar.length_weeks();
  if (room_for_deals(territory, calendar) > most_deals_of_a_territory) {
    object.findings().error(
        object.node().spot, object.path(),
        fmt::format("'{}' simulates about {:.0f} deals in the period; at most 32,000 per "
                    "territory, with room for chance",
                    territory.name, open + leads),
        "split the territory, or let one deal stand for several (and its amount for theirs)");
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
                  const std::vector<std::string>& without) {
  constexpr std::size_t most_named = 5;
  if (!dates.as_of || dates.calendar.steps_done < dates.calendar.steps_per_week()) return;
  if (without.empty()) return;
  const Path calendar_path(scenario.path(), "calendar");
  const Path path(calendar_path, "as_of");
  const auto days = (dates.calendar.day_one() - dates.calendar.start).count();
  if (without.size() == territories) {
    scenario.findings().warning(
        dates.as_of_spot, path,
        fmt::format("the simulation starts {} days into the period, and no territory says what it "
                    "has booked by then",
                    days),
        "add 'booked' to the territories; 'booked: 0' where it is nothing");
    return;
  }
  const std::size_t named = std::min(without.size(), most_named);
  const std::size_t more = without.size() - named;
  scenario.findings().note(
      dates.as_of_spot, path,
      fmt::format(
          "{} of {} territories do not say what they have booked by then, which is taken "
          "as nothing: {}{}",
          without.size(), territories,
          fmt::join(without.begin(), without.begin() + static_cast<std::ptrdiff_t>(named), ", "),
          more == 0 ? std::string{} : fmt::format(" and {} more", more)),
      "add 'booked' to them; 'booked: 0' where it is nothing");
}

}  // namespace attain::reading
