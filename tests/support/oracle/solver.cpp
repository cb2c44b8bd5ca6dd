#include "support/oracle/solver.hpp"

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

void add_scaled(std::vector<double>& sum, const std::vector<double>& term, double factor) {
  if (sum.empty()) sum.resize(term.size());
  for (std::size_t i = 0; i < term.size(); ++i) sum[i] += factor * term[i];
}

/// What deals expect in a step of the period if new ones come in every step: step t adds up what
/// one deal expects 0, 1, ..., t steps after it came.
void accumulate_in_time(std::vector<double>& by_step) {
  std::partial_sum(by_step.begin(), by_step.end(), by_step.begin());
}

std::vector<StageExit> exits_of_entered(const Funnel& funnel, const Calendar& calendar,
                                        LawVariant variant) {
  std::vector<StageExit> exits;
  for (const Stage& stage : funnel.stages) {
    exits.push_back(exit_of_entered(stage, calendar, variant));
  }
  return exits;
}

/// All new deals of a stream, over the stages in which they start.
DealPath paths_of_new(const Stream& stream, const std::vector<StageExit>& exits,
                      double leads_per_step) {
  const std::size_t stages = exits.size();
  DealPath total{
      std::vector<std::vector<double>>(stages), std::vector<std::vector<double>>(stages), {}};
  for (std::size_t start = 0; start < stages; ++start) {
    const double rate = leads_per_step * stream.enter.at(start);
    const DealPath one = follow(start, exits[start], exits);
    for (std::size_t stage = 0; stage < stages; ++stage) {
      add_scaled(total.entered[stage], one.entered[stage], rate);
      add_scaled(total.present[stage], one.present[stage], rate);
    }
    add_scaled(total.won, one.won, rate);
  }
  for (std::vector<double>& by_step : total.entered) accumulate_in_time(by_step);
  for (std::vector<double>& by_step : total.present) accumulate_in_time(by_step);
  accumulate_in_time(total.won);
  return total;
}

Contribution open_deals(const OpenDeals& open, const Stream& stream, const Calendar& calendar,
                        const std::vector<StageExit>& exits) {
  const Stage& stage = stream.funnel.stages.at(open.stage);
  const StageExit first = open.weeks_in_stage ? exit_of_aged(stage, calendar, *open.weeks_in_stage)
                                              : exit_of_found(stage, calendar);
  Contribution c;
  c.stream = open.stream;
  c.count = open.count;
  c.deal = open.deal;
  c.amount = open.amount ? AmountLaw(*open.amount) : AmountLaw(stream.funnel.amount);
  c.path = follow(open.stage, first, exits);
  // A deal that is there on day one has not entered the stage in this period.
  c.path.entered[open.stage].assign(static_cast<std::size_t>(calendar.steps()), 0.0);
  return c;
}

Contribution dated_deals(const OpenDeals& open, const Calendar& calendar, LawVariant variant) {
  const StageExit exit = exit_of_due(*open.due, calendar, variant);
  Contribution c;
  c.count = open.count;
  c.deal = open.deal;
  c.amount = open.amount ? AmountLaw(*open.amount) : AmountLaw(open.due->amount);
  c.path = follow(0, exit, {exit});
  c.path.entered[0].assign(static_cast<std::size_t>(calendar.steps()), 0.0);
  return c;
}

/// What a deal expects in a stage, 0 where it has no such stage.
double in_stage(const std::vector<std::vector<double>>& by_stage, std::size_t stage, Steps range) {
  return stage < by_stage.size() ? sum_over(by_stage[stage], range) : 0;
}

double leads_into(const Contribution& c, std::size_t stage, Steps range) {
  return stage < c.leads.size() ? c.leads[stage] * (range.to - range.from) : 0;
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
    const double expected = sum_over(c.path.won, range);
    if (c.poisson) {
      law.add_poisson(c.amount, expected);
    } else {
      law.add_events(c.amount, expected, c.count);
    }
  }
  return law;
}

BookingsLaw TerritoryLaw::booked_by(int step) const {
  BookingsLaw law = bookings({0, step + 1}, {});
  law.add_certain(booked);
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

TerritoryLaw solve(const Territory& territory, const Calendar& calendar, LawVariant variant) {
  TerritoryLaw law;
  law.booked = territory.booked;
  law.steps = calendar.steps();
  std::vector<std::vector<StageExit>> exits;
  for (std::size_t i = 0; i < territory.streams.size(); ++i) {
    const Stream& stream = territory.streams[i];
    exits.push_back(exits_of_entered(stream.funnel, calendar, variant));
    const double leads_per_step = stream.leads_per_week / calendar.steps_per_week();
    Contribution c;
    c.stream = i;
    c.poisson = true;
    c.amount = AmountLaw(stream.funnel.amount);
    for (const double share : stream.enter) c.leads.push_back(leads_per_step * share);
    c.path = paths_of_new(stream, exits.back(), leads_per_step);
    law.contributions.push_back(std::move(c));
  }
  for (const OpenDeals& open : territory.open) {
    law.contributions.push_back(open.due ? dated_deals(open, calendar, variant)
                                         : open_deals(open, territory.streams.at(open.stream),
                                                      calendar, exits.at(open.stream)));
  }
  return law;
}

}  // namespace attain::oracle
