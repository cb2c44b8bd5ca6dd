#include "drivers_place.hpp"
#include "drivers_variants.hpp"

#include <algorithm>
#include <map>

namespace attain {

namespace {

struct Change {
  ValueRange from;
  ValueRange to;
  std::function<void(Scenario&)> make;
};

DriverVariants hours(DriverKind kind, const std::string& name, const Place& place, Change change) {
  DriverVariants made;
  made.driver.list = DriverList::changeable;
  made.driver.kind = kind;
  made.driver.name = name;
  made.driver.unit = DriverUnit::hours_a_week;
  made.touched = place.touched();
  Variant variant;
  variant.setting.from = change.from;
  variant.setting.to = change.to;
  variant.change = std::move(change.make);
  made.variants.push_back(std::move(variant));
  return made;
}

/// Takes up to `hours` a week from a taker in every territory that has it.
std::function<void(Scenario&)> less_for(const std::string& taker, double hours) {
  return [taker, hours](Scenario& part) {
    for (Territory& territory : part.territories) {
      for (OtherTime& each : territory.capacity->other_time) {
        if (each.taker != taker) continue;
        each.hours = std::max(each.hours - hours, 0.0);
        if (each.hours == 0) each.hours_uncertain = {};
      }
    }
  };
}

void add_takers(const Scenario& scenario, std::vector<DriverVariants>& all) {
  std::map<std::string, Place> takers;
  for (std::size_t t = 0; t < scenario.territories.size(); ++t) {
    const auto& capacity = scenario.territories[t].capacity;
    if (!capacity) continue;
    for (const OtherTime& each : capacity->other_time) {
      if (each.hours <= 0) continue;
      takers[each.taker].add(t, 0, {});
      takers[each.taker].add_value(each.hours);
    }
  }
  for (const auto& [taker, place] : takers) {
    const ValueRange now = place.range();
    const ValueRange less{std::max(now.low - 1, 0.0), std::max(now.high - 1, 0.0)};
    if (less.high > 0)
      all.push_back(hours(DriverKind::hours, taker, place, {now, less, less_for(taker, 1)}));
    all.push_back(hours(DriverKind::taker, taker, place, {now, {}, less_for(taker, now.high)}));
  }
}

/// An hour of selling as other work of less than none, so that a share that is uncertain stays.
void add_selling_hour(Scenario& part) {
  for (Territory& territory : part.territories) {
    Capacity& capacity = *territory.capacity;
    const double hours = capacity.share_uncertain ? 1 / capacity.selling_share : 1;
    capacity.other_time.push_back({"", -hours, {}});
  }
}

void add_selling(const Scenario& scenario, std::vector<DriverVariants>& all) {
  Place place;
  for (std::size_t t = 0; t < scenario.territories.size(); ++t) {
    const auto& capacity = scenario.territories[t].capacity;
    if (!capacity || !capacity->other_time.empty() || capacity->selling_share <= 0) continue;
    place.add(t, 0, {});
    place.add_value(capacity->selling_hours());
  }
  if (place.touched().empty()) return;
  const ValueRange now = place.range();
  all.push_back(hours(DriverKind::selling, "selling", place,
                      {now, {now.low + 1, now.high + 1}, add_selling_hour}));
}

}  // namespace

void add_hours(const Scenario& scenario, std::vector<DriverVariants>& all) {
  add_takers(scenario, all);
  add_selling(scenario, all);
}

}  // namespace attain
