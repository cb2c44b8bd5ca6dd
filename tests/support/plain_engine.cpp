#include "plain_engine.hpp"

#include <attain/plan/amount_table.hpp>
#include <attain/random/draws.hpp>

#include <cmath>
#include <cstring>
#include <vector>

namespace attain::testing {

namespace {

float quantile(const AmountTable& table, std::uint32_t draw) {
  using namespace amount_table;
  const bool upper = draw >= 0x80000000U;
  const std::uint32_t from_end = upper ? ~draw : draw;
  const float v = static_cast<float>(static_cast<std::int32_t>(from_end)) + 1.0F;
  int exponent = 0;
  const float fraction = std::frexp(v, &exponent) * 2 - 1;  // v = (1 + fraction) 2^(exponent - 1)
  const float scaled = fraction * (1 << fraction_bits);
  const auto within = static_cast<std::size_t>(scaled);
  const float place = scaled - static_cast<float>(within);
  constexpr std::size_t cells = 2 * cells_a_side;
  const std::size_t cell = (upper ? cells_a_side : 0) +
                           (static_cast<std::size_t>(exponent - 1) << fraction_bits) + within;
  const std::vector<float>& c = table.coefficients;
  return (c[2 * cells + cell] * place + c[cells + cell]) * place + c[cell];
}

std::int64_t amount_cents(const AmountPlan& amount, std::uint32_t draw) {
  float units = 0;
  switch (amount.kind) {
    case AmountPlan::Kind::fixed: return amount.fixed.cents;
    case AmountPlan::Kind::quantiles:
      units = quantile(*amount.quantiles, draw) * amount.mean;
      break;
    case AmountPlan::Kind::alias: {
      const std::uint64_t scaled = static_cast<std::uint64_t>(draw) * amount.alias->values.size();
      const auto column = static_cast<std::size_t>(scaled >> 32U);
      const bool keep = happens(static_cast<std::uint32_t>(scaled), amount.alias->keep[column]);
      units = amount.alias->values[keep ? column : amount.alias->alias[column]];
    }
  }
  return std::min(money_from_units(static_cast<double>(units)).cents, largest_amount.cents);
}

class Quarter {
 public:
  Quarter(const Plan& plan, const TerritoryPlan& territory, std::uint64_t seed,
          std::uint64_t replication, int steps)
      : plan_(plan),
        territory_(territory),
        key_(pair_key(seed, replication / 2, territory.name_hash)),
        odd_(static_cast<unsigned>(replication % 2)),
        steps_(steps) {}

  PlainResult run() {
    result_.booked_cents = territory_.booked.cents;
    for (std::size_t f = 0; f < territory_.flows.size(); ++f) run_flow(f);
    for (std::size_t i = 0; i < territory_.named.size(); ++i) run_named(i);
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
  };

  /// Draws are addressed by the steps of the period.
  [[nodiscard]] std::uint32_t in_period(int step) const {
    return static_cast<std::uint32_t>(plan_.first_step + step);
  }

  /// Moves a cell's deals; returns how many advance.
  int move(Cell& cell, int step) {
    const Departure chance = plan_.departures[cell.law + static_cast<unsigned>(step - cell.born)];
    const Address at = address(cell.place, in_period(step), cell.entry);
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

  void run_flow(std::size_t index) {
    const FlowPlan& flow = territory_.flows[index];
    std::vector<std::vector<Cell>> cells(flow.stages.size());
    for (std::size_t i = 0; i < flow.open.size(); ++i) {
      const OpenCell& open = flow.open[i];
      cells[open.stage].push_back({open.count, open.place, 0, open.law, 0, i});
    }
    for (int step = 0; step < steps_; ++step) {
      std::vector<int> entered(flow.stages.size() + 1);
      for (const ArrivalPlan& arrival : flow.arrivals)
        entered[arrival.stage] += arrivals(arrival, step);
      for (std::size_t s = 0; s < flow.stages.size(); ++s) {
        cells[s].push_back(
            {entered[s], flow.stages[s].place, in_period(step), flow.stages[s].law, step, {}});
        for (Cell& cell : cells[s]) entered[s + 1] += move(cell, step);
      }
      for (int win = 0; win < entered.back(); ++win) {
        const Address at =
            nth(address(flow.amount_place, in_period(step), 0), static_cast<std::uint32_t>(win));
        book(flow.amount, wide_draw(key_, odd_, at));
      }
    }
    for (std::size_t s = 0; s < cells.size(); ++s) {
      for (const Cell& cell : cells[s]) {
        if (cell.count == 0) continue;
        result_.cells.push_back({index, s, cell.open, cell.count, steps_ - cell.born});
      }
    }
  }

  int arrivals(const ArrivalPlan& arrival, int step) {
    int count = 0;
    for (std::uint32_t part = 0; part <= arrival.full_parts; ++part) {
      const std::uint32_t draw =
          wide_draw(key_, odd_, address(arrival.place, in_period(step), part));
      for (const std::uint32_t threshold : part < arrival.full_parts ? arrival.full : arrival.rest)
        count += draw >= threshold ? 1 : 0;
    }
    result_.leads += count;
    return count;
  }

  void run_named(std::size_t index) {
    const NamedPlan& deal = territory_.named[index];
    const FlowPlan& flow = territory_.flows[deal.flow];
    PlainNamed now{index, deal.stage, false, 0};
    LawIndex law = deal.law;
    int born = 0;
    for (int step = 0; step < steps_; ++step) {
      for (std::uint32_t pass = 0;; ++pass) {
        const Departure chance = plan_.departures[law + static_cast<unsigned>(step - born)];
        const std::uint32_t draw =
            wide_draw(key_, odd_, address(deal.place, in_period(step), pass));
        if (!happens(draw, chance.leave)) break;
        if (!happens(draw, chance.advance)) return;
        if (++now.stage == flow.stages.size()) {
          const Address at = address(deal.amount_place, in_period(step), 0);
          book(deal.amount, wide_draw(key_, odd_, at));
          return;
        }
        now.moved = true;
        law = flow.stages[now.stage].law;
        born = step;
      }
    }
    now.clock = steps_ - born;
    result_.named.push_back(now);
  }

  void book(const AmountPlan& amount, std::uint32_t draw) {
    result_.booked_cents += amount_cents(amount, draw);
    ++result_.wins;
  }

  const Plan& plan_;
  const TerritoryPlan& territory_;
  PairKey key_;
  unsigned odd_;
  int steps_;
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
