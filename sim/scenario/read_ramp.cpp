#include "read_capacity.hpp"

#include <fmt/format.h>

#include <cmath>

namespace attain::reading {

namespace {

using std::chrono::sys_days;

sys_days months_before(sys_days day, int months) {
  const std::chrono::year_month_day date{day};
  const std::chrono::year_month month =
      std::chrono::year_month{date.year(), date.month()} - std::chrono::months(months);
  const std::chrono::year_month_day same_day = month / date.day();
  return same_day.ok() ? sys_days(same_day) : sys_days(month / std::chrono::last);
}

std::vector<double> read_by_month(const Object& ramp) {
  const Node* list = ramp.list("by_month");
  if (list == nullptr) return {};
  const Path path(ramp.path(), "by_month");
  const Field& field = field_of(Owner::ramp, "by_month");
  std::vector<double> factors;
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    const Path item_path(path, i);
    const auto factor =
        read_number({list->items[i], field, field.items, item_path}, ramp.findings());
    factors.push_back(factor.value_or(1));
  }
  return factors;
}

void read_affects(const Object& object, Ramp& ramp) {
  if (!object.has("affects")) return;
  ramp.hours = ramp.own_leads = false;
  const Node* list = object.list("affects");
  if (list == nullptr) return;
  const Path path(object.path(), "affects");
  const Field& field = field_of(Owner::ramp, "affects");
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    const Path item_path(path, i);
    const auto affected =
        read_choice({list->items[i], field, field.items, item_path}, object.findings());
    if (!affected) continue;
    bool& flag = *affected == 0 ? ramp.hours : *affected == 1 ? ramp.all_leads : ramp.advance;
    if (flag) {
      object.findings().error(list->items[i].spot, item_path,
                              fmt::format("'{}' stands here twice", list->items[i].text),
                              "name each once");
    }
    flag = true;
  }
}

void read_start(const Object& object, const CalendarDraft& dates, Ramp& ramp) {
  const auto start = object.date("start");
  const auto months = object.number("months_in_seat");
  if (object.has("start") == object.has("months_in_seat")) {
    const char* const key = object.has("start") ? "months_in_seat" : "start";
    if (object.has("start")) {
      object.findings().error(object.key_spot(key), Path(object.path(), key),
                              "'months_in_seat' stands beside 'start'", "keep one of the two");
    } else {
      object.report_missing("start",
                            "say since when, as in 'start: 2026-11-02', or how long, as in "
                            "'months_in_seat: 1.5'");
    }
    return;
  }
  if (start) ramp.start = *start;
  if (!dates.as_of) return;
  const sys_days day_one = dates.calendar.day_one();
  if (months) ramp.start = start_of_months(day_one, *months);
  if (!start || *start <= day_one) return;
  object.findings().error(
      object.find("start")->spot, Path(object.path(), "start"),
      fmt::format("the ramp starts on {}, after day one, {}", date_text(*start),
                  date_text(day_one)),
      "leave the ramp out until then; a rule such as 'when: {week: \">= 5\"}' starts later");
}

}  // namespace

sys_days start_of_months(sys_days day, double months) {
  const auto whole = static_cast<int>(std::floor(months));
  const sys_days start = months_before(day, whole);
  // Of the day itself, not of `start`: that may have been moved to the end of a short month.
  const auto days_of_month = (start - months_before(day, whole + 1)).count();
  const double part = (months - whole) * static_cast<double>(days_of_month);
  return start - std::chrono::days(static_cast<int>(part));
}

std::optional<Ramp> read_ramp(const Object& territory, const CalendarDraft& dates) {
  const Node* node = territory.find("ramp");
  if (node == nullptr) return std::nullopt;
  const Path path(territory.path(), "ramp");
  const Object object(*node, Owner::ramp, path, territory.findings());
  if (!object.is_mapping()) return std::nullopt;
  Ramp ramp;
  read_start(object, dates, ramp);
  ramp.by_month = read_by_month(object);
  read_affects(object, ramp);
  return ramp;
}

}  // namespace attain::reading
