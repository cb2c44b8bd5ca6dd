#include "support/oracle/solver.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <stdexcept>

namespace attain::oracle {

namespace {

bool belongs(const Contribution& c, const TerritoryLaw::Part& part) {
  if (part.stream && part.stream != c.stream) return false;
  if (part.dated && c.stream) return false;
  return !(part.without_named && !c.deal.empty());
}

double sum_over(const std::vector<double>& by_step, Steps range) {
  return std::accumulate(by_step.begin() + range.from, by_step.begin() + range.to, 0.0);
}

/// By step; nothing given: 1.
double factor_at(const std::vector<double>& factors, std::size_t step) {
  return factors.empty() ? 1 : factors.at(step);
}

std::vector<StageExits> exits_of(const Funnel& funnel, const Calendar& calendar,
                                 const StreamKnobs& knobs, LawVariant variant) {
  std::vector<StageExits> exits;
  for (std::size_t i = 0; i < funnel.stages.size(); ++i) {
    exits.push_back(exits_of_entered(funnel.stages[i], calendar, knobs.stages.at(i), variant));
  }
  return exits;
}

Contribution new_deals(const Stream& stream, const Calendar& calendar, const StreamKnobs& knobs,
                       const std::vector<StageExits>& exits) {
  Contribution c;
  c.poisson = true;
  c.amount = AmountLaw(stream.funnel.amount);
  c.amount_factor = knobs.amount;
  const double leads_per_step = stream.leads_per_week / calendar.steps_per_week();
  for (const double share : stream.enter) {
    std::vector<double>& by_step = c.leads.emplace_back();
    for (std::size_t step = 0; step < static_cast<std::size_t>(calendar.steps()); ++step) {
      by_step.push_back(leads_per_step * share * factor_at(knobs.leads, step));
    }
  }
  c.path = follow(c.leads, exits);
  return c;
}

Contribution open_deals(const OpenDeals& open, const Stream& stream, const Calendar& calendar,
                        const StreamKnobs& knobs, const std::vector<StageExits>& exits,
                        LawVariant variant) {
  const Stage& stage = stream.funnel.stages.at(open.stage);
  const StageKnobs& of_stage = knobs.stages.at(open.stage);
  Contribution c;
  c.stream = open.stream;
  c.count = open.count;
  c.deal = open.deal;
  c.amount = open.amount ? AmountLaw(*open.amount) : AmountLaw(stream.funnel.amount);
  c.amount_factor = knobs.amount;
  c.path = follow(open.stage,
                  open.weeks_in_stage
                      ? exit_of_aged(stage, calendar, *open.weeks_in_stage, of_stage, variant)
                      : exit_of_found(stage, calendar, of_stage, variant),
                  exits);
  return c;
}

Contribution dated_deals(const OpenDeals& open, const Calendar& calendar,
                         const TerritoryKnobs& knobs, LawVariant variant) {
  const StageExit exit = exit_of_due(*open.due, calendar, variant);
  Contribution c;
  c.count = open.count;
  c.deal = open.deal;
  c.amount = open.amount ? AmountLaw(*open.amount) : AmountLaw(open.due->amount);
  c.amount_factor = knobs.dated_amount;
  c.path = follow(0, exit, std::vector<StageExit>{exit});
  return c;
}

/// What a deal expects in a stage, 0 where it has no such stage.
double in_stage(const std::vector<std::vector<double>>& by_stage, std::size_t stage, Steps range) {
  return stage < by_stage.size() ? sum_over(by_stage[stage], range) : 0;
}

double leads_into(const Contribution& c, std::size_t stage, Steps range) {
  return stage < c.leads.size() ? sum_over(c.leads[stage], range) : 0;
}

}  // namespace

CountLaw TerritoryLaw::count(const Part& part, const Expected& expected) const {
  CountLaw law;
  for (const Contribution& c : contributions) {
    if (!belongs(c, part)) continue;
    if (c.poisson) {
      law.add_poisson(expected(c));
    } else {
      law.add_events(expected(c), c.count);
    }
  }
  return law;
}

CountLaw TerritoryLaw::leads(Steps range, Part part) const {
  return count(part, [&](const Contribution& c) {
    double sum = 0;
    for (std::size_t stage = 0; stage < c.leads.size(); ++stage) sum += leads_into(c, stage, range);
    return sum;
  });
}

CountLaw TerritoryLaw::leads(std::size_t stage, Steps range, Part part) const {
  return count(part, [&](const Contribution& c) { return leads_into(c, stage, range); });
}

CountLaw TerritoryLaw::wins(Steps range, Part part) const {
  return count(part, [&](const Contribution& c) { return sum_over(c.path.won, range); });
}

CountLaw TerritoryLaw::entered(std::size_t stage, Steps range, Part part) const {
  return count(part, [&](const Contribution& c) { return in_stage(c.path.entered, stage, range); });
}

CountLaw TerritoryLaw::advanced(std::size_t stage, Steps range, Part part) const {
  return count(part, [&](const Contribution& c) {
    return in_stage(c.path.entered, stage, range) - leads_into(c, stage, range);
  });
}

CountLaw TerritoryLaw::open(std::size_t stage, int step, Part part) const {
  return count(part, [&](const Contribution& c) {
    return in_stage(c.path.present, stage, {step, step + 1});
  });
}

BookingsLaw TerritoryLaw::bookings(Steps range, Part part) const {
  BookingsLaw law;
  for (const Contribution& c : contributions) {
    if (!belongs(c, part)) continue;
    std::map<double, double> won;  // By the factor of the step.
    for (auto step = static_cast<std::size_t>(range.from);
         step < static_cast<std::size_t>(range.to); ++step) {
      won[factor_at(c.amount_factor, step)] += c.path.won[step];
    }
    std::vector<BookingsLaw::Win> wins;
    for (const auto& [factor, expected] : won) {
      if (expected == 0) continue;
      if (c.poisson) law.add_poisson(c.amount.times(factor), expected);
      wins.push_back({c.amount.times(factor), expected});
    }
    if (!c.poisson && !wins.empty()) law.add_events(wins, c.count);
  }
  return law;
}

BookingsLaw TerritoryLaw::booked_by(int step) const {
  const int from_start = calendar.steps_done + step;
  const int before = from_start - from_start % calendar.period_steps - calendar.steps_done;
  BookingsLaw law = bookings({std::max(before, 0), step + 1}, {});
  if (before <= 0) law.add_certain(booked);
  return law;
}

BookingsLaw TerritoryLaw::year() const {
  BookingsLaw law = bookings(all(), {});
  law.add_certain(booked);
  law.add_certain(actual);
  return law;
}

const Contribution& TerritoryLaw::named(const std::string& deal) const {
  for (const Contribution& c : contributions) {
    if (!deal.empty() && c.deal == deal) return c;
  }
  throw std::out_of_range("no deal is called " + deal);
}

double TerritoryLaw::win_chance(const std::string& deal, Steps range) const {
  return sum_over(named(deal).path.won, range);
}

double TerritoryLaw::open_chance(const std::string& deal, std::size_t from_stage, int step) const {
  const DealPath& path = named(deal).path;
  double chance = 0;
  for (std::size_t stage = from_stage; stage < path.present.size(); ++stage) {
    chance += path.present[stage][static_cast<std::size_t>(step)];
  }
  return chance;
}

TerritoryLaw solve(const Territory& territory, const Calendar& calendar,
                   const TerritoryKnobs& knobs, LawVariant variant) {
  TerritoryLaw law;
  law.booked = territory.booked;
  for (const Money money : territory.actual) law.actual += money;
  law.calendar = calendar;
  law.steps = calendar.steps();
  std::vector<std::vector<StageExits>> exits;
  for (std::size_t i = 0; i < territory.streams.size(); ++i) {
    const Stream& stream = territory.streams[i];
    exits.push_back(exits_of(stream.funnel, calendar, knobs.streams.at(i), variant));
    law.contributions.push_back(new_deals(stream, calendar, knobs.streams[i], exits.back()));
    law.contributions.back().stream = i;
  }
  for (const OpenDeals& open : territory.open) {
    law.contributions.push_back(open.due ? dated_deals(open, calendar, knobs, variant)
                                         : open_deals(open, territory.streams.at(open.stream),
                                                      calendar, knobs.streams[open.stream],
                                                      exits[open.stream], variant));
  }
  return law;
}

TerritoryLaw solve(const Territory& territory, const Calendar& calendar, LawVariant variant) {
  TerritoryKnobs knobs;
  for (const Stream& stream : territory.streams) {
    knobs.streams.push_back({{}, {}, std::vector<StageKnobs>(stream.funnel.stages.size())});
  }
  return solve(territory, calendar, knobs, variant);
}

}  // namespace attain::oracle
