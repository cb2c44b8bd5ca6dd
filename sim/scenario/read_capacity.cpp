#include "read_capacity.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attain::reading {

namespace {

std::vector<OtherTime> read_takers(const Object& object, UncertainNumbers& numbers) {
  const Path path(object.path(), "other_time");
  const Field& field = field_of(object.owner(), "other_time");
  std::vector<OtherTime> takers;
  for (const Entry* entry : object.map("other_time")) {
    const Path taker_path(path, entry->key.text);
    const auto hours =
        numbers.read({entry->value, field, field.items, taker_path}, object.findings());
    if (hours) takers.push_back({entry->key.text, hours->value, hours->uncertain});
  }
  return takers;
}

/// What is left to sell cannot be less than nothing.
void check_takers(const Object& territory, const Capacity& capacity) {
  double taken = 0;
  for (const OtherTime& taker : capacity.other_time) taken += taker.hours;
  if (taken <= capacity.hours_per_week) return;
  const bool is_own = territory.has("other_time");
  territory.findings().error(
      is_own ? territory.find("other_time")->spot : territory.node().spot,
      is_own ? Path(territory.path(), "other_time") : territory.path(),
      fmt::format("'other_time' takes {:.15g} hours a week, and there are {:.15g}", taken,
                  capacity.hours_per_week),
      "let both be for the same people: the whole week is 'hours_per_week'");
}

}  // namespace

CapacityTerms read_capacity_terms(const Object& object, UncertainNumbers& numbers) {
  CapacityTerms terms;
  terms.hours_per_week = numbers.read(object, "hours_per_week");
  if (const auto share = numbers.read(object, "selling_share")) terms.selling_share = *share;
  terms.other_time = read_takers(object, numbers);
  terms.states_selling_time = object.has("selling_share") || object.has("other_time");
  if (object.has("selling_share") && object.has("other_time")) {
    object.findings().error(object.key_spot("selling_share"), Path(object.path(), "selling_share"),
                            "'selling_share' stands beside 'other_time'", "keep one of the two");
  }
  return terms;
}

std::optional<Capacity> read_capacity(const Object& territory, const CapacityTerms& defaults,
                                      UncertainNumbers& numbers) {
  const CapacityTerms own = read_capacity_terms(territory, numbers);
  const auto hours = territory.has("hours_per_week") ? own.hours_per_week : defaults.hours_per_week;
  if (!hours) {
    if (own.states_selling_time && !territory.has("hours_per_week")) {
      const char* const key = territory.has("other_time") ? "other_time" : "selling_share";
      territory.findings().error(territory.key_spot(key), Path(territory.path(), key),
                                 fmt::format("'{}' is part of hours that nothing states", key),
                                 "add them here or under 'defaults', as in 'hours_per_week: 40'");
    }
    return std::nullopt;
  }
  const CapacityTerms& selling = own.states_selling_time ? own : defaults;
  const Capacity capacity{hours->value, selling.selling_share.value, selling.other_time,
                          hours->uncertain, selling.selling_share.uncertain};
  check_takers(territory, capacity);
  return capacity;
}

void warn_of_idle_hours(const Object& scenario, const CapacityTerms& defaults,
                        const std::vector<Territory>& territories) {
  const auto asks = [](const Territory& territory) {
    for (const Stream& stream : territory.streams)
      for (const Stage& stage : stream.funnel.stages)
        if (stage.hours > 0) return true;
    return false;
  };
  const bool any_capacity =
      std::any_of(territories.begin(), territories.end(),
                  [](const Territory& territory) { return territory.capacity.has_value(); });
  const Path path(scenario.path(), "defaults");
  if (!any_capacity && defaults.states_selling_time) {
    scenario.findings().warning(scenario.find("defaults")->spot, path,
                                "selling time is stated, and no territory has 'hours_per_week'",
                                "add 'hours_per_week: 40', or remove 'selling_share' and "
                                "'other_time'");
  } else if (any_capacity && std::none_of(territories.begin(), territories.end(), asks)) {
    const bool is_default = defaults.hours_per_week.has_value();
    scenario.findings().warning(
        is_default ? scenario.find("defaults")->spot : scenario.find("territories")->spot,
        is_default ? path : Path(scenario.path(), "territories"),
        "'hours_per_week' limits nothing: no stage asks for hours",
        "say what a deal takes a week, as in 'hours: 1.5' of a stage");
  }
}

}  // namespace attain::reading
