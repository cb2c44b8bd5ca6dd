#include "draw_counts.hpp"

#include <attain/random/draws.hpp>

#include <algorithm>
#include <array>
#include <vector>

namespace attain::bench {

namespace {

constexpr int lanes = 64;
using Lanes = std::array<int, lanes>;

struct Cell {
  Lanes count{};
  std::uint64_t place = 0;
  std::uint32_t entry = 0;
  LawIndex law = 0;
};

/// One territory in one block.
class Block {
 public:
  Block(const Plan& plan, const TerritoryPlan& territory, std::uint64_t seed, int number,
        DrawCounts& counts)
      : plan_(plan), counts_(counts) {
    for (int pair = 0; pair < lanes / 2; ++pair) {
      const auto index = static_cast<std::uint64_t>(number * lanes / 2 + pair);
      keys_.push_back(pair_key(seed, index, territory.name_hash));
    }
  }

  void run(const FlowPlan& flow) {
    std::vector<std::vector<Cell>> cells(flow.stages.size());
    for (const OpenCell& open : flow.open) {
      Cell cell{{}, open.place, 0, open.law};
      cell.count.fill(open.count);
      cells[open.stage].push_back(cell);
    }
    for (int step = 0; step < plan_.steps; ++step) {
      std::vector<Lanes> entered(flow.stages.size() + 1, Lanes{});
      for (const ArrivalPlan& arrival : flow.arrivals) arrive(arrival, step, entered);
      for (std::size_t stage = 0; stage < flow.stages.size(); ++stage) {
        cells[stage].push_back({entered[stage], flow.stages[stage].place,
                                static_cast<std::uint32_t>(step), flow.stages[stage].law});
        for (Cell& cell : cells[stage]) move(cell, step, entered[stage + 1]);
      }
      for (const int won : entered.back()) counts_.amounts += won;
    }
  }

 private:
  void arrive(const ArrivalPlan& arrival, int step, std::vector<Lanes>& entered) {
    for (std::uint32_t part = 0; part <= arrival.full_parts; ++part) {
      const bool is_full = part < arrival.full_parts;
      const Address at = address(arrival.place, static_cast<std::uint32_t>(step), part);
      for (unsigned lane = 0; lane < lanes; ++lane) {
        const std::uint32_t draw = wide_draw(keys_[lane / 2], lane % 2, at);
        for (const std::uint32_t threshold : is_full ? arrival.full : arrival.rest) {
          entered[arrival.stage][lane] += draw >= threshold ? 1 : 0;
        }
      }
      counts_.arrivals += lanes;
    }
  }

  void move(Cell& cell, int step, Lanes& advanced) {
    const int most = *std::max_element(cell.count.begin(), cell.count.end());
    if (most == 0) return;
    const Departure chance = plan_.departures[cell.law + static_cast<unsigned>(step) - cell.entry];
    const Address at = address(cell.place, static_cast<std::uint32_t>(step), cell.entry);
    counts_.slots += most * lanes;
    counts_.cells += 1;
    for (unsigned lane = 0; lane < lanes; ++lane) {
      int left = 0;
      for (int deal = 0; deal < cell.count[lane]; ++deal) {
        const std::uint32_t draw =
            narrow_draw(keys_[lane / 2], lane % 2, nth(at, static_cast<std::uint32_t>(deal)));
        left += happens(draw, chance.leave) ? 1 : 0;
        advanced[lane] += happens(draw, chance.advance) ? 1 : 0;
      }
      counts_.deals += cell.count[lane];
      cell.count[lane] -= left;
    }
  }

  const Plan& plan_;
  DrawCounts& counts_;
  std::vector<PairKey> keys_;
};

}  // namespace

DrawCounts count_draws(const Plan& plan, std::uint64_t seed, int blocks) {
  DrawCounts counts;
  for (int block = 0; block < blocks; ++block) {
    for (const TerritoryPlan& territory : plan.territories) {
      for (const FlowPlan& flow : territory.flows) {
        Block(plan, territory, seed, block, counts).run(flow);
      }
    }
  }
  const double cell_quarters = blocks * static_cast<double>(plan.territories.size());
  const double quarters = cell_quarters * lanes;
  return {counts.deals / quarters, counts.slots / quarters, counts.cells / cell_quarters,
          counts.arrivals / quarters, counts.amounts / quarters};
}

}  // namespace attain::bench
