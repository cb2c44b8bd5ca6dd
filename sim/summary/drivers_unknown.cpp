#include "drivers_variants.hpp"

#include <attain/plan/dynamics_plan.hpp>

#include <cmath>
#include <map>

namespace attain {

namespace {

/// How a number is used, as far as that shows in its unit.
struct Use {
  DriverUnit unit = DriverUnit::factor;
  bool in_cases = false;  ///< One of LaneChoice::cases values stands for it.
};

class Uses {
 public:
  explicit Uses(const Scenario& scenario) {
    for (const Territory& territory : scenario.territories) add(territory);
    for (const Rule& rule : scenario.rules) {
      add(rule.chance_uncertain, DriverUnit::share);
      for (const Effect& effect : rule.then) {
        add(effect.factor_uncertain,
            effect.on.knob == Knob::advance ? DriverUnit::odds_factor : DriverUnit::factor);
      }
    }
    for (const Shock& shock : scenario.shocks) add(shock.sd_uncertain, DriverUnit::share);
  }

  [[nodiscard]] Use of(std::size_t number) const {
    const auto found = uses_.find(number);
    return found == uses_.end() ? Use{} : found->second;
  }

 private:
  void add(const UncertainIndex& index, DriverUnit unit, bool in_cases = false) {
    if (index) uses_[*index] = {unit, in_cases};
  }
  void add_stay(const UncertainMoments& stay) {
    add(stay.mean, DriverUnit::weeks, true);
    add(stay.cv, DriverUnit::share, true);
  }
  void add(const Territory& territory) {
    for (const Stream& stream : territory.streams) {
      add(stream.leads_uncertain, DriverUnit::leads_a_week);
      add(stream.funnel.amount_uncertain.mean, DriverUnit::money);
      add(stream.funnel.amount_uncertain.cv, DriverUnit::share, true);
      for (const Stage& stage : stream.funnel.stages) {
        add(stage.advance_uncertain, DriverUnit::share);
        add_stay(stage.weeks_to_advance_uncertain);
        add_stay(stage.weeks_to_lost_uncertain);
        add(stage.hours_uncertain, DriverUnit::hours_a_week);
      }
    }
    if (!territory.capacity) return;
    add(territory.capacity->hours_uncertain, DriverUnit::hours_a_week);
    add(territory.capacity->share_uncertain, DriverUnit::share);
    for (const OtherTime& taker : territory.capacity->other_time)
      add(taker.hours_uncertain, DriverUnit::hours_a_week);
  }

  std::map<std::size_t, Use> uses_;
};

/// The value that is simulated: of cases the one that holds the probability.
double value_at(const NumberLaw& law, const Use& use, double probability) {
  if (!use.in_cases) return law.quantile(probability);
  constexpr double cases = LaneChoice::cases;
  return law.quantile((std::floor(probability * cases) + 0.5) / cases);
}

}  // namespace

void add_unknown(const Scenario& scenario, std::vector<DriverVariants>& all) {
  if (scenario.uncertain.empty()) return;
  std::vector<std::vector<std::size_t>> users(scenario.uncertain.size());
  for (std::size_t t = 0; t < scenario.territories.size(); ++t) {
    for (const std::size_t number : uncertain_numbers_of(scenario, t)) users[number].push_back(t);
  }
  const Uses uses(scenario);
  for (std::size_t number = 0; number < users.size(); ++number) {
    if (users[number].empty()) continue;
    const Uncertain& uncertain = scenario.uncertain[number];
    const Use use = uses.of(number);
    DriverVariants made;
    made.driver.list = DriverList::unknown;
    made.driver.kind = DriverKind::uncertain;
    made.driver.name = uncertain.name;
    made.driver.unit = use.unit;
    made.touched = users[number];
    made.number = number;
    for (const double probability : {low_quantile, high_quantile}) {
      Variant variant;
      const double mean = uncertain.law.mean();
      const double value = value_at(uncertain.law, use, probability);
      variant.setting.from = {mean, mean};
      variant.setting.to = {value, value};
      variant.quantile = probability;
      made.variants.push_back(std::move(variant));
    }
    all.push_back(std::move(made));
  }
}

}  // namespace attain
