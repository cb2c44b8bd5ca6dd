#include "drivers_place.hpp"
#include "drivers_variants.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace attain {

namespace {

constexpr double knob_step = 1.1;

/// Behind all names in byte order, because no name holds this byte: what is multiplied already
/// keeps its value to the last bit.
constexpr const char* driver_rule = "\xff";

/// By what names it within its kind.
using Places = std::map<std::vector<std::string>, Place>;

DriverVariants changed(DriverKind kind, DriverUnit unit, std::string name, const Place& place) {
  DriverVariants made;
  made.driver.list = DriverList::changeable;
  made.driver.kind = kind;
  made.driver.name = std::move(name);
  made.driver.owner = place.owner();
  made.driver.unit = unit;
  made.touched = place.touched();
  return made;
}

/// What a value becomes when its knob is multiplied.
double turned(DriverKind kind, double value, double factor) {
  switch (kind) {
    case DriverKind::speed: return value / factor;
    case DriverKind::advance: return factor * value / (1 - value + factor * value);
    default: return value * factor;
  }
}

/// The knob a step down and a step up, as a rule that always holds.
DriverVariants knob(DriverKind kind, DriverUnit unit, std::string name, const Place& place,
                    const KnobOf& on) {
  DriverVariants made = changed(kind, unit, std::move(name), place);
  const ValueRange now =
      kind == DriverKind::leads ? ValueRange{place.sum(), place.sum()} : place.range();
  for (const bool up : {false, true}) {
    const double down = kind == DriverKind::advance ? 1 / knob_step : 2 - knob_step;
    const double factor = up ? knob_step : down;
    Variant variant;
    variant.setting.from = now;
    variant.setting.to = {turned(kind, now.low, factor), turned(kind, now.high, factor)};
    variant.change = [where = place.where(), on, factor](Scenario& part) {
      Rule rule;
      rule.name = driver_rule;
      rule.where = where;
      rule.then = {{on, factor, {}, {}}};
      part.rules.push_back(std::move(rule));
    };
    made.variants.push_back(std::move(variant));
  }
  return made;
}

template <class Use>
void for_each_stream(const Scenario& scenario, const Use& use) {
  for (std::size_t t = 0; t < scenario.territories.size(); ++t) {
    const std::vector<Stream>& streams = scenario.territories[t].streams;
    for (std::size_t s = 0; s < streams.size(); ++s) use(t, s, streams[s]);
  }
}

/// The last part of a name only where there are others that are called the same without it.
std::string short_name_of(const Places& places, const std::vector<std::string>& key,
                          const std::string& joint) {
  const auto alike = std::count_if(places.begin(), places.end(), [&key](const auto& each) {
    return each.first.front() == key.front();
  });
  return alike > 1 ? key.front() + joint + key.back() : key.front();
}

std::string name_of(Source source) { return source == Source::own ? "own" : "marketing"; }

void add_leads(const Scenario& scenario, std::vector<DriverVariants>& all) {
  Places streams;
  Places sources;
  std::map<std::string, std::set<std::string>> streams_of;
  for_each_stream(scenario, [&](std::size_t t, std::size_t s, const Stream& stream) {
    if (stream.leads_per_week <= 0) return;
    const std::string source = name_of(stream.source);
    for (Place* place : {&streams[{stream.name, source}], &sources[{source}]}) {
      place->add(t, s, stream.owner);
      place->add_value(stream.leads_per_week);
    }
    streams_of[source].insert(stream.name);
  });
  const KnobOf on{Knob::leads, {}};
  const auto add = [&](const std::string& name, const Place& place) {
    all.push_back(knob(DriverKind::leads, DriverUnit::leads_a_week, name, place, on));
  };
  for (const auto& [key, place] : streams) add(short_name_of(streams, key, ", "), place);
  for (const auto& [key, place] : sources) {
    if (streams_of[key.front()].size() > 1) add("all " + key.front(), place);
  }
}

double mean_weeks(const Stage& stage) {
  return stage.advance * stage.weeks_to_advance.mean() +
         (1 - stage.advance) * stage.weeks_to_lost.mean();
}

/// Who answers for the deals that advance out of a stage.
const std::string& owner_of_advance(const Funnel& funnel, std::size_t stage) {
  return funnel.stages[std::min(stage + 1, funnel.stages.size() - 1)].owner;
}

void add_stages(const Scenario& scenario, std::vector<DriverVariants>& all) {
  Places speeds;
  Places advances;
  for_each_stream(scenario, [&](std::size_t t, std::size_t s, const Stream& stream) {
    const Funnel& funnel = stream.funnel;
    for (std::size_t i = 0; i < funnel.stages.size(); ++i) {
      const Stage& stage = funnel.stages[i];
      if (const double weeks = mean_weeks(stage); weeks > 0) {
        Place& place = speeds[{stage.name, funnel.name}];
        place.add(t, s, stage.owner);
        place.add_value(weeks);
      }
      if (stage.advance > 0 && stage.advance < 1) {
        Place& place = advances[{stage.name, funnel.name}];
        place.add(t, s, owner_of_advance(funnel, i));
        place.add_value(stage.advance);
      }
    }
  });
  for (const auto& [key, place] : speeds) {
    all.push_back(knob(DriverKind::speed, DriverUnit::weeks, short_name_of(speeds, key, " of "),
                       place, {Knob::speed, key.front()}));
  }
  for (const auto& [key, place] : advances) {
    all.push_back(knob(DriverKind::advance, DriverUnit::share, short_name_of(advances, key, " of "),
                       place, {Knob::advance, key.front()}));
  }
}

void add_amounts(const Scenario& scenario, std::vector<DriverVariants>& all) {
  Places streams;
  for_each_stream(scenario, [&](std::size_t t, std::size_t s, const Stream& stream) {
    const double mean = stream.funnel.amount.mean();
    if (mean <= 0) return;
    Place& place = streams[{stream.name}];
    place.add(t, s, stream.funnel.stages.back().owner);
    place.add_value(mean);
  });
  for (const auto& [key, place] : streams) {
    all.push_back(
        knob(DriverKind::amount, DriverUnit::money, key.front(), place, {Knob::amount, {}}));
  }
}

void add_one_lead(const Scenario& scenario, std::vector<DriverVariants>& all) {
  for_each_stream(scenario, [&](std::size_t t, std::size_t s, const Stream& stream) {
    const Territory& territory = scenario.territories[t];
    Place place;
    place.add(t, s, stream.owner);
    const std::string name =
        territory.streams.size() > 1 ? territory.name + ", " + stream.name : territory.name;
    DriverVariants made = changed(DriverKind::one_lead, DriverUnit::leads_a_week, name, place);
    made.driver.territory = territory.name;
    const double now = stream.leads_per_week;
    double all_leads = 1;
    for (const Stream& each : territory.streams) all_leads += each.leads_per_week;
    if (all_leads > most_leads_per_week(territory, scenario.calendar)) return;  // No room.
    Variant variant;
    variant.setting.from = {now, now};
    variant.setting.to = {now + 1, now + 1};
    variant.change = [s](Scenario& part) {
      part.territories.front().streams[s].leads_per_week += 1;
    };
    made.variants.push_back(std::move(variant));
    all.push_back(std::move(made));
  });
}

}  // namespace

void add_changeable(const Scenario& scenario, std::vector<DriverVariants>& all) {
  add_leads(scenario, all);
  add_stages(scenario, all);
  add_amounts(scenario, all);
  add_hours(scenario, all);
  add_one_lead(scenario, all);
}

}  // namespace attain
