#include "support/deal_by_deal_open.hpp"

namespace attain::testing {

namespace {

double worth(const OpenDeals& open, const Distribution& otherwise) {
  return open.amount ? open.amount->units() : otherwise.mean();
}

}  // namespace

double hours_asked(const Territory& territory, const StagesNow& now) {
  double hours = 0;
  for (std::size_t s = 0; s < now.size(); ++s) {
    for (std::size_t stage = 0; stage < now[s].size(); ++stage) {
      hours += territory.streams[s].funnel.stages[stage].hours *
               static_cast<double>(now[s][stage].deals.size());
    }
  }
  return hours;
}

void look_at_open_deals(const Territory& stated, const StagesNow& now,
                        const std::vector<DatedDeal>& dated, DealState& state) {
  state.open_deals = static_cast<long>(dated.size());
  state.pipeline = 0;
  for (const DatedDeal& deal : dated) state.pipeline += worth(*deal.open, deal.open->due->amount);
  for (std::size_t s = 0; s < now.size(); ++s) {
    const Funnel& funnel = stated.streams[s].funnel;
    for (std::size_t stage = 0; stage < now[s].size(); ++stage) {
      state.open_deals += static_cast<long>(now[s][stage].deals.size());
      if (stage < funnel.pipeline_from) continue;
      for (const Deal& deal : now[s][stage].deals) {
        state.pipeline +=
            deal.open != nullptr ? worth(*deal.open, funnel.amount) : funnel.amount.mean();
      }
    }
  }
}

StillToCome still_to_come(const Prospects& prospects, const StagesNow& now,
                          const std::vector<DatedDeal>& dated, const TerritoryStep& step) {
  StillToCome to_come = prospects.of_new_leads(step.steps_left());
  for (const DatedDeal& deal : dated)
    to_come.add(prospects.of_dated(*deal.open, step.step, step.steps_left()));
  for (std::size_t s = 0; s < now.size(); ++s) {
    for (std::size_t stage = 0; stage < now[s].size(); ++stage) {
      for (const Deal& deal : now[s][stage].deals) {
        const std::int64_t moved = now[s][stage].time_64ths - deal.came_at - deal.clock_at_start;
        const WhereDeal where{s, stage, deal.stay.known, deal.clock_at_start,
                              static_cast<int>((moved + 32) / 64)};
        to_come.add(prospects.of_deal(where, deal.open, step.steps_left()));
      }
    }
  }
  return to_come;
}

}  // namespace attain::testing
