#include "plain_engine.hpp"

#include "plain_changes.hpp"

#include <attain/plan/quantile_cells.hpp>
#include <attain/random/draws.hpp>

#include <cmath>
#include <cstring>
#include <map>
#include <string>
#include <vector>

namespace attain::testing {

namespace {

float quantile(const AmountTable& table, std::uint32_t draw) {
  const bool upper = draw >= 0x80000000U;
  const std::uint32_t from_end = upper ? ~draw : draw;
  const float v = static_cast<float>(static_cast<std::int32_t>(from_end)) + 1.0F;
  int exponent = 0;
  const float fraction = std::frexp(v, &exponent) * 2 - 1;  // v = (1 + fraction) 2^(exponent - 1)
  const float scaled = fraction * AmountCells::cells_an_octave;
  const int within = static_cast<int>(scaled);
  const float place = scaled - static_cast<float>(within);
  const auto cell =
      static_cast<std::size_t>((upper ? AmountCells::cells_a_side : 0) +
                               (exponent - 1) * AmountCells::cells_an_octave + within);
  constexpr std::size_t cells = AmountCells::cells;
  const std::vector<float>& c = table.coefficients;
  return (c[2 * cells + cell] * place + c[cells + cell]) * place + c[cell];
}

std::int64_t cents_of(double units_times_100) {
  return std::min(static_cast<std::int64_t>(
                      std::nearbyint(std::min(units_times_100, 2.0 * largest_amount.cents))),
                  largest_amount.cents);
}

/// `table` is of AmountPlan::Kind::quantiles.
std::int64_t amount_cents(const AmountPlan& amount, const AmountTable* table, float multiplier,
                          std::uint32_t draw) {
  float units = 0;
  switch (amount.kind) {
    case AmountPlan::Kind::fixed:
      return cents_of(static_cast<double>(amount.fixed.cents) * static_cast<double>(multiplier));
    case AmountPlan::Kind::quantiles: units = quantile(*table, draw) * amount.mean; break;
    case AmountPlan::Kind::alias: {
      const std::uint64_t scaled = static_cast<std::uint64_t>(draw) * amount.alias->values.size();
      const auto column = static_cast<std::size_t>(scaled >> 32U);
      const bool keep = happens(static_cast<std::uint32_t>(scaled), amount.alias->keep[column]);
      units = amount.alias->values[keep ? column : amount.alias->alias[column]];
    }
  }
  return cents_of(static_cast<double>(units) * static_cast<double>(multiplier) * 100);
}

class Quarter {
 public:
  Quarter(const Plan& plan, const TerritoryPlan& territory, std::uint64_t seed,
          std::uint64_t replication, int steps)
      : plan_(plan),
        territory_(territory),
        key_(pair_key(seed, replication / 2, territory.name_hash)),
        odd_(static_cast<unsigned>(replication % 2)),
        steps_(steps),
        changes_(plan, territory, key_, pair_key(seed, replication / 2, shared_by_all), odd_) {}

  PlainResult run() {
    before_ = territory_.actual.cents;
    booked_ = territory_.booked.cents;
    for (const FlowPlan& flow : territory_.flows) {
      std::vector<std::vector<Cell>> cells(flow.stages.size());
      for (std::size_t i = 0; i < flow.open.size(); ++i) {
        const OpenCell& open = flow.open[i];
        cells[open.stage].push_back({open.count, open.place, 0, open.law, 0, i, open.clock});
      }
      cells_.push_back(std::move(cells));
    }
    for (const NamedPlan& deal : territory_.named) named_.push_back({deal.stage, deal.law, 0});
    for (int step = 0; step < steps_; ++step) {
      if (step > 0 && plan_.steps_left(step) == plan_.period_steps) begin_period();
      changes_.begin(step, look(step));
      for (std::size_t f = 0; f < territory_.flows.size(); ++f) step_flow(f, step);
      for (std::size_t i = 0; i < named_.size(); ++i) step_named(i, step);
    }
    write_what_is_open();
    result_.booked_cents = before_ + booked_;
    return std::move(result_);
  }

 private:
  struct Cell {
    int count = 0;
    std::uint64_t place = 0;
    std::uint32_t entry = 0;
    LawIndex law = 0;
    int born = 0;
    std::optional<std::size_t> open;
    std::size_t clock = 0;  ///< In Plan::clocks.
  };
  struct Named {
    std::size_t stage = 0;
    LawIndex law = 0;
    int born = 0;
    bool moved = false;
    bool gone = false;
  };

  /// Draws are addressed by steps from the calendar's start.
  [[nodiscard]] std::uint32_t from_start(int step) const {
    return static_cast<std::uint32_t>(plan_.first_step + step);
  }

  void begin_period() {
    before_ += booked_;
    booked_ = 0;
    wins_before_ = result_.wins;
    leads_before_ = result_.leads;
    activities_.clear();
  }

  /// What rules, effort and capacity look at as a step begins.
  [[nodiscard]] PlainState look(int step) const {
    PlainState state;
    state.booked_cents = booked_;
    state.wins = result_.wins - wins_before_;
    state.leads = result_.leads - leads_before_;
    state.activities = activities_;
    const auto add = [&state](const FlowPlan& flow, std::size_t stage, int count, double amount) {
      state.open_deals += count;
      if (stage >= flow.pipeline_from) state.pipeline += count * amount;
    };
    for (std::size_t f = 0; f < cells_.size(); ++f) {
      const FlowPlan& flow = territory_.flows[f];
      state.in_stage.emplace_back();
      for (std::size_t s = 0; s < cells_[f].size(); ++s) {
        int count = 0;
        for (const Cell& cell : cells_[f][s]) count += cell.count;
        state.in_stage.back().push_back(count);
        add(flow, s, count, flow.amount.expected);
      }
    }
    for (std::size_t i = 0; i < named_.size(); ++i) {
      const NamedPlan& deal = territory_.named[i];
      state.named_stage.push_back(named_[i].gone ? -1 : static_cast<int>(named_[i].stage));
      if (named_[i].gone) continue;
      add(territory_.flows[deal.flow], named_[i].stage, 1, deal.amount.expected);
    }
    if (territory_.dynamics.effort) add_to_come(step, state);
    return state;
  }

  /// What the deals that are open now and new leads are worth in the rest of the period.
  void add_to_come(int step, PlainState& state) const {
    const EffortPlan& effort = *territory_.dynamics.effort;
    const auto left = static_cast<std::size_t>(plan_.steps_left(step));
    state.to_come = effort.new_leads[left].mean;
    state.to_come_variance = effort.new_leads[left].variance;
    double chances = 0;
    double squares = 0;
    const auto add = [&](const WinTable& table, int clock, int count) {
      const std::size_t clocks = static_cast<std::size_t>(table.last) + 1;
      const std::size_t at = static_cast<std::size_t>(std::min(clock, table.last));
      const double chance = table.chances.size() == clocks
                                ? table.chances[static_cast<std::size_t>(step)]
                                : table.chances[left * clocks + at];
      chances += count * chance;
      squares += count * (chance * chance);
    };
    const auto take = [&](const Worth& amount) {
      state.to_come += chances * amount.mean;
      state.to_come_variance +=
          chances * amount.variance + (chances - squares) * (amount.mean * amount.mean);
      chances = squares = 0;
    };
    for (std::size_t f = 0; f < cells_.size(); ++f) {
      const EffortPlan::Flow& worth = effort.flows[f];
      for (std::size_t o = 0; o < territory_.flows[f].open.size(); ++o) {
        for (std::size_t s = 0; s < cells_[f].size(); ++s) {
          for (const Cell& cell : cells_[f][s]) {
            if (cell.open == o)
              add(*worth.open[o], changes_.whole_steps(f, s, 0, step), cell.count);
          }
        }
      }
      for (std::size_t s = 0; s < cells_[f].size(); ++s) {
        for (const Cell& cell : cells_[f][s]) {
          if (cell.open || cell.count == 0) continue;
          add(*worth.stages[s], changes_.whole_steps(f, s, cell.born, step), cell.count);
        }
      }
      take(worth.amount);
    }
    for (std::size_t i = 0; i < named_.size(); ++i) {
      const Named& now = named_[i];
      if (now.gone) continue;
      const std::size_t flow = territory_.named[i].flow;
      add(now.moved ? *effort.flows[flow].stages[now.stage] : *effort.named[i].wins,
          changes_.whole_steps(flow, now.stage, now.moved ? now.born : 0, step), 1);
      take(effort.named[i].amount);
    }
  }

  void count_activities(const StagePlan& stage, int present, int entered) {
    for (const Activity& activity : stage.activities) {
      const double add =
          present * (activity.per_week * plan_.step_weeks()) + entered * activity.on_entry;
      activities_[""] += add;
      activities_[activity.name] += add;
    }
  }

  /// Moves a cell's deals; returns how many advance.
  int move(Cell& cell, std::size_t flow, std::size_t stage, int step) {
    const Departure usual = plan_.departures[cell.law + static_cast<unsigned>(step - cell.born)];
    const Departure chance = changes_.chance(usual, flow, stage, cell.clock, cell.born);
    const Address at = address(cell.place, from_start(step), cell.entry);
    int advanced = 0;
    int left = 0;
    for (int deal = 0; deal < cell.count; ++deal) {
      const std::uint32_t draw = narrow_draw(key_, odd_, nth(at, static_cast<std::uint32_t>(deal)));
      left += happens(draw, chance.leave) ? 1 : 0;
      advanced += happens(draw, chance.advance) ? 1 : 0;
    }
    cell.count -= left;
    return advanced;
  }

  void step_flow(std::size_t index, int step) {
    const FlowPlan& flow = territory_.flows[index];
    std::vector<int> entered(flow.stages.size() + 1);
    for (const ArrivalPlan& arrival : flow.arrivals)
      entered[arrival.stage] += arrivals(arrival, flow.leads_channel, step);
    for (std::size_t s = 0; s < flow.stages.size(); ++s) {
      std::vector<Cell>& cells = cells_[index][s];
      int present = 0;
      for (const Cell& cell : cells) present += cell.count;
      count_activities(flow.stages[s], present, entered[s]);
      cells.push_back({entered[s],
                       flow.stages[s].place,
                       from_start(step),
                       flow.stages[s].law,
                       step,
                       {},
                       flow.stages[s].clock});
      for (Cell& cell : cells) entered[s + 1] += move(cell, index, s, step);
    }
    for (int win = 0; win < entered.back(); ++win) {
      const Address at =
          nth(address(flow.amount_place, from_start(step), 0), static_cast<std::uint32_t>(win));
      book(flow.amount, flow.amount_channel, wide_draw(key_, odd_, at));
    }
  }

  int arrivals(const ArrivalPlan& arrival, std::size_t channel, int step) {
    const float multiplier = changes_.multiplier(channel);
    int count = 0;
    const auto draw_of = [&](std::uint32_t part) {
      return wide_draw(key_, odd_, address(arrival.place, from_start(step), part));
    };
    if (multiplier == 1) {
      for (std::uint32_t part = 0; part <= arrival.full_parts; ++part) {
        for (const std::uint32_t threshold :
             part < arrival.full_parts ? arrival.full : arrival.rest)
          count += draw_of(part) >= threshold ? 1 : 0;
      }
    } else {
      float rest = std::min(static_cast<float>(arrival.mean) * multiplier, 16'000.0F);
      for (std::uint32_t part = 0; rest > 0; ++part) {
        const float mean = std::min(rest, static_cast<float>(ArrivalPlan::full_mean));
        count += poisson(mean, static_cast<float>(draw_of(part) >> 8U) * 0x1p-24F);
        rest -= mean;
      }
    }
    result_.leads += count;
    return count;
  }

  void step_named(std::size_t index, int step) {
    const NamedPlan& deal = territory_.named[index];
    const FlowPlan& flow = territory_.flows[deal.flow];
    Named& now = named_[index];
    if (now.gone) return;
    count_activities(flow.stages[now.stage], 1, 0);
    for (std::uint32_t pass = 0;; ++pass) {
      const Departure usual = plan_.departures[now.law + static_cast<unsigned>(step - now.born)];
      const std::size_t clock = now.moved ? flow.stages[now.stage].clock : deal.clock;
      const Departure chance =
          changes_.chance(usual, deal.flow, now.stage, clock, now.moved ? now.born : 0);
      const std::uint32_t draw = wide_draw(key_, odd_, address(deal.place, from_start(step), pass));
      if (!happens(draw, chance.leave)) return;
      now.gone = !happens(draw, chance.advance) || now.stage + 1 == flow.stages.size();
      if (!happens(draw, chance.advance)) return;
      if (now.gone) {
        const Address at = address(deal.amount_place, from_start(step), 0);
        book(deal.amount, flow.amount_channel, wide_draw(key_, odd_, at));
        return;
      }
      ++now.stage;
      now.moved = true;
      now.law = flow.stages[now.stage].law;
      now.born = step;
      count_activities(flow.stages[now.stage], 0, 1);
    }
  }

  void book(const AmountPlan& amount, std::size_t channel, std::uint32_t draw) {
    const bool drawn = amount.kind == AmountPlan::Kind::quantiles;
    booked_ += amount_cents(amount, drawn ? &changes_.amount_table(amount) : nullptr,
                            changes_.amount_multiplier(amount, channel), draw);
    ++result_.wins;
  }

  void write_what_is_open() {
    for (std::size_t f = 0; f < cells_.size(); ++f) {
      for (std::size_t s = 0; s < cells_[f].size(); ++s) {
        for (const Cell& cell : cells_[f][s]) {
          if (cell.count == 0) continue;
          result_.cells.push_back({f, s, cell.open, cell.count, steps_ - cell.born});
        }
      }
    }
    for (std::size_t i = 0; i < named_.size(); ++i) {
      const Named& now = named_[i];
      if (!now.gone) result_.named.push_back({i, now.stage, now.moved, steps_ - now.born});
    }
  }

  const Plan& plan_;
  const TerritoryPlan& territory_;
  PairKey key_;
  unsigned odd_;
  int steps_;
  PlainChanges changes_;
  std::vector<std::vector<std::vector<Cell>>> cells_;  ///< [flow][stage]
  std::vector<Named> named_;
  std::int64_t before_ = 0;  ///< Booked in periods that are over, in cents.
  std::int64_t booked_ = 0;  ///< Since the period's start.
  int wins_before_ = 0;
  int leads_before_ = 0;
  std::map<std::string, double> activities_;
  PlainResult result_;
};

}  // namespace

PlainResult plain_state(const Plan& plan, const TerritoryPlan& territory, std::uint64_t seed,
                        std::uint64_t replication, int steps) {
  return Quarter(plan, territory, seed, replication, steps).run();
}

PlainResult plain_quarter(const Plan& plan, const TerritoryPlan& territory, std::uint64_t seed,
                          std::uint64_t replication) {
  return plain_state(plan, territory, seed, replication, plan.steps);
}

}  // namespace attain::testing
