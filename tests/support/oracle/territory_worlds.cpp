#include "support/oracle/territory_worlds.hpp"

#include <algorithm>

namespace attain::oracle {

TerritoryWorlds::TerritoryWorlds(const std::vector<World>& worlds, std::size_t territory) {
  for (const World& world : worlds) {
    const auto& law = world.territories.at(territory);
    const auto alike = std::find_if(worlds_.begin(), worlds_.end(),
                                    [&](const OneWorld& one) { return one.law == law; });
    if (alike == worlds_.end()) {
      worlds_.push_back({world.probability, law});
    } else {
      alike->probability += world.probability;
    }
  }
}

CountMixture TerritoryWorlds::leads(Steps range, const Part& part) const {
  return mixed([&](const TerritoryLaw& law) { return law.leads(range, part); });
}

CountMixture TerritoryWorlds::leads(std::size_t stage, Steps range, const Part& part) const {
  return mixed([&](const TerritoryLaw& law) { return law.leads(stage, range, part); });
}

CountMixture TerritoryWorlds::wins(Steps range, const Part& part) const {
  return mixed([&](const TerritoryLaw& law) { return law.wins(range, part); });
}

CountMixture TerritoryWorlds::entered(std::size_t stage, Steps range, const Part& part) const {
  return mixed([&](const TerritoryLaw& law) { return law.entered(stage, range, part); });
}

CountMixture TerritoryWorlds::open(std::size_t stage, int step, const Part& part) const {
  return mixed([&](const TerritoryLaw& law) { return law.open(stage, step, part); });
}

BookingsMixture TerritoryWorlds::bookings(Steps range, const Part& part) const {
  return mixed([&](const TerritoryLaw& law) { return law.bookings(range, part); });
}

BookingsMixture TerritoryWorlds::booked_by(int step) const {
  return mixed([&](const TerritoryLaw& law) { return law.booked_by(step); });
}

Chance TerritoryWorlds::win_chance(const std::string& deal, Steps range) const {
  return chance([&](const TerritoryLaw& law) { return law.win_chance(deal, range); });
}

Chance TerritoryWorlds::open_chance(const std::string& deal, std::size_t from_stage,
                                    int step) const {
  return chance([&](const TerritoryLaw& law) { return law.open_chance(deal, from_stage, step); });
}

BookingsLaw ReportedSpan::bookings(const TerritoryLaw& law) const {
  return period < 0 ? law.year() : law.booked_by(last_step_);
}

std::vector<ReportedSpan> reported_spans(const Calendar& calendar) {
  std::vector<ReportedSpan> spans;
  for (int period = calendar.steps_done / calendar.period_steps; period < calendar.periods;
       ++period) {
    ReportedSpan span;
    span.period = period;
    span.last_step_ = (period + 1) * calendar.period_steps - 1 - calendar.steps_done;
    span.last_week =
        calendar.week_of(calendar.steps_done + span.last_step_) - calendar.weeks_done();
    if (calendar.periods > 1) span.name = ", period " + std::to_string(period + 1);
    spans.push_back(span);
  }
  if (calendar.periods > 1) {
    ReportedSpan year = spans.back();
    year.period = -1;
    year.name = ", year";
    spans.push_back(year);
  }
  return spans;
}

}  // namespace attain::oracle
