#include "read_seasons.hpp"

#include <fmt/format.h>

#include <cstddef>

namespace attain::reading {

namespace {

constexpr std::size_t months = 12;

std::vector<double> read_factors(const Object& season) {
  const Node* list = season.list("factors");
  if (list == nullptr) return {};
  const Path path(season.path(), "factors");
  const Field& field = field_of(Owner::season, "factors");
  std::vector<double> factors;
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    const Path item_path(path, i);
    const auto factor =
        read_number({list->items[i], field, field.items, item_path}, season.findings());
    factors.push_back(factor.value_or(1));
  }
  return factors;
}

void check_count_of_factors(const Object& season, const Season& read, const CalendarDraft& dates) {
  const Path path(season.path(), "factors");
  const std::size_t count = read.factors.size();
  const Spot spot = season.find("factors")->spot;
  if (read.by == Season::By::month) {
    if (count == months) return;
    season.findings().error(spot, path,
                            fmt::format("'factors' has {} number{}, and a year has 12 months",
                                        count, count == 1 ? "" : "s"),
                            "write 12, from January to December; 1 where nothing changes");
    return;
  }
  if (!dates.as_of) return;
  const auto weeks = static_cast<std::size_t>(dates.calendar.period_weeks());
  if (count <= weeks) return;
  season.findings().warning(
      spot, path, fmt::format("'factors' has {} numbers, and the period {} weeks", count, weeks),
      "the first one is that of week 1; those beyond the period are not used");
}

void read_closed(const Object& season, const CalendarDraft& dates, std::vector<bool>& closed) {
  const Node* list = season.list("closed");
  if (list == nullptr) return;
  const Path path(season.path(), "closed");
  const Field& field = field_of(Owner::season, "closed");
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    const Path item_path(path, i);
    const auto day = read_date({list->items[i], field, field.items, item_path}, season.findings());
    if (!day || !dates.as_of) continue;
    const Calendar& calendar = dates.calendar;
    if (*day < calendar.start || *day > calendar.last_day()) {
      season.findings().error(
          list->items[i].spot, item_path,
          calendar.periods == 1
              ? fmt::format("{} is not in the period, which is from {} to {}", date_text(*day),
                            date_text(calendar.start), date_text(calendar.last_day()))
              : fmt::format("{} is not in the {} periods, which are from {} to {}", date_text(*day),
                            calendar.periods, date_text(calendar.start),
                            date_text(calendar.last_day())),
          calendar.periods == 1 ? "name days of this period alone"
                                : "name days of these periods alone");
      continue;
    }
    const auto days = static_cast<int>((*day - calendar.start).count());
    const auto week =
        static_cast<std::size_t>(calendar.week_of(days * calendar.steps_per_week() / 7));
    if (closed.size() <= week) closed.resize(week + 1);
    closed[week] = true;
  }
}

void read_season(const Node& node, const Path& path, const Object& scenario,
                 const CalendarDraft& dates, const RuleNames& names, Seasons& seasons) {
  const Object object(node, Owner::season, path, scenario.findings());
  if (!object.is_mapping()) return;
  read_closed(object, dates, seasons.closed_weeks);
  const auto by = object.choice("by");
  const std::optional<KnobOf> knob = read_knob(object, names);
  if (!object.has("factors")) {
    if (!object.has("closed") || object.has("by") || object.has("affects"))
      object.report_missing("factors");
    return;
  }
  if (!object.has("by")) object.report_missing("by");
  Season season;
  season.factors = read_factors(object);
  if (!by || !knob || season.factors.empty()) return;
  season.by = *by == 1 ? Season::By::month : Season::By::week;
  season.on = *knob;
  check_count_of_factors(object, season, dates);
  seasons.factors.push_back(std::move(season));
}

}  // namespace

Seasons read_seasons(const Object& scenario, const CalendarDraft& dates, const RuleNames& names) {
  Seasons seasons;
  const Node* node = scenario.find("seasonality");
  if (node == nullptr) return seasons;
  const Path path(scenario.path(), "seasonality");
  if (node->kind != Node::Kind::sequence) {
    read_season(*node, path, scenario, dates, names, seasons);
    return seasons;
  }
  const Field& field = field_of(Owner::scenario, "seasonality");
  if (!check_count({*node, field, field.kind, path}, scenario.findings())) return seasons;
  for (std::size_t i = 0; i < node->items.size(); ++i) {
    const Path item_path(path, i);
    read_season(node->items[i], item_path, scenario, dates, names, seasons);
  }
  return seasons;
}

}  // namespace attain::reading
