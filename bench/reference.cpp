#include "reference.hpp"

#include <array>
#include <string>

namespace attain::bench {

namespace {

struct StageNumbers {
  const char* name;
  double advance;
  double weeks;
  int open;
};

constexpr std::array<StageNumbers, 4> stages{{{"lead", 0.6, 2, 12},
                                              {"meeting", 0.55, 2, 8},
                                              {"proposal", 0.6, 2, 5},
                                              {"negotiation", 0.7, 1.5, 3}}};

Funnel reference_funnel() {
  Funnel funnel;
  funnel.name = "reference";
  for (const StageNumbers& numbers : stages) {
    Stage stage;
    stage.name = numbers.name;
    stage.advance = numbers.advance;
    stage.weeks_to_advance = Distribution::exponential(numbers.weeks);
    stage.weeks_to_lost = stage.weeks_to_advance;
    funnel.stages.push_back(stage);
  }
  funnel.amount = Distribution::lognormal(40'000, 1);
  return funnel;
}

}  // namespace

Scenario reference_scenario(std::size_t territories, int named) {
  Stream stream;
  stream.name = "new business";
  stream.funnel = reference_funnel();
  stream.leads_per_week = 4;
  stream.enter = {1, 0, 0, 0};

  Territory territory;
  territory.quota = Money{30'000'000};
  territory.streams = {stream};
  for (std::size_t stage = 0; stage < stages.size(); ++stage) {
    OpenDeals open;
    open.stage = stage;
    open.count = stages[stage].open;
    territory.open.push_back(open);
  }
  for (int i = 0; i < named; ++i) {
    OpenDeals open;
    open.deal = "Deal " + std::to_string(i + 1);
    open.stage = static_cast<std::size_t>(i) % stages.size();
    open.weeks_in_stage = 1;
    open.amount = Money{6'000'000};
    territory.open.push_back(open);
  }

  Scenario scenario;
  scenario.name = "reference";
  scenario.currency = "USD";
  scenario.calendar.start = std::chrono::year{2027} / std::chrono::January / 4;
  for (std::size_t i = 0; i < territories; ++i) {
    territory.name = "Territory " + std::to_string(i + 1);
    scenario.territories.push_back(territory);
  }
  return scenario;
}

}  // namespace attain::bench
