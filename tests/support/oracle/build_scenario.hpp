#pragma once

#include <attain/model/scenario.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace attain::oracle {

/// Small builders, so that a scenario of a test reads like the sentence that describes it.

constexpr Money dollars(std::int64_t units) { return {units * 100}; }

inline Calendar calendar(int weeks, Step step) {
  using namespace std::chrono;
  return Calendar::of_weeks(sys_days{year{2027} / January / 4}, weeks, step);
}

/// A period of so many steps of which some are over on day one.
inline Calendar calendar_from(int period_steps, int steps_done, Step step) {
  Calendar made = calendar(1, step);
  made.period_steps = period_steps;
  made.steps_done = steps_done;
  return made;
}

inline Stage stage(double advance, const Distribution& weeks) {
  Stage made;
  made.advance = advance;
  made.weeks_to_advance = weeks;
  made.weeks_to_lost = weeks;
  return made;
}

inline Stage stage(double advance, const Distribution& to_advance, const Distribution& to_lost) {
  Stage made = stage(advance, to_advance);
  made.weeks_to_lost = to_lost;
  return made;
}

/// A stream whose new deals all start in the first stage, unless `enter` is set afterwards.
inline Stream stream(std::string name, double leads_per_week, std::vector<Stage> stages,
                     const Distribution& amount) {
  Stream made;
  made.name = name;
  made.funnel.name = std::move(name);
  for (std::size_t i = 0; i < stages.size(); ++i) stages[i].name = "stage " + std::to_string(i + 1);
  made.funnel.stages = std::move(stages);
  made.funnel.amount = amount;
  made.leads_per_week = leads_per_week;
  made.enter.assign(made.funnel.stages.size(), 0.0);
  made.enter[0] = 1;
  return made;
}

/// `count` deals without names in a stage (from 0) of the first stream.
inline OpenDeals counted(std::size_t stage_index, int count, std::optional<double> weeks = {}) {
  OpenDeals made;
  made.stage = stage_index;
  made.count = count;
  made.weeks_in_stage = weeks;
  return made;
}

inline OpenDeals named(std::string deal, std::size_t stage_index, std::optional<double> weeks,
                       std::optional<Money> amount = {}) {
  OpenDeals made = counted(stage_index, 1, weeks);
  made.deal = std::move(deal);
  made.amount = amount;
  return made;
}

/// `count` deals that are decided on a day of the period, 0 on its first; none: on a day each of
/// the rest of the period.
inline OpenDeals renewals(int count, std::optional<int> day, double chance,
                          const Distribution& amount) {
  OpenDeals made;
  made.count = count;
  made.due = DueDate{};
  if (day) made.due->date = calendar(1, Step::week).start + std::chrono::days(*day);
  made.due->chance = chance;
  made.due->amount = amount;
  return made;
}

inline OpenDeals due(std::string deal, int day, double chance, Money amount) {
  OpenDeals made = renewals(1, day, chance, Distribution::fixed(0));
  made.deal = std::move(deal);
  made.amount = amount;
  return made;
}

inline OpenDeals slipping(OpenDeals dated, double chance, const Distribution& weeks) {
  dated.due->slip_chance = chance;
  dated.due->slip_weeks = weeks;
  return dated;
}

inline Territory territory(std::string name, std::optional<Money> quota,
                           std::vector<Stream> streams, std::vector<OpenDeals> open = {}) {
  Territory made;
  made.name = std::move(name);
  made.quota = quota;
  made.streams = std::move(streams);
  made.open = std::move(open);
  return made;
}

inline Scenario scenario(std::string name, const Calendar& period,
                         std::vector<Territory> territories) {
  Scenario made;
  made.name = std::move(name);
  made.currency = "USD";
  made.calendar = period;
  made.territories = std::move(territories);
  return made;
}

}  // namespace attain::oracle
