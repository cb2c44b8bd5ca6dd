#include <attain/model/scenario.hpp>

#include <algorithm>
#include <set>

namespace attain {

namespace {

class Used {
 public:
  void add(const UncertainIndex& index) {
    if (index) used_.insert(*index);
  }
  void add(const UncertainMoments& moments) {
    add(moments.mean);
    add(moments.cv);
  }
  void add(const Stream& stream) {
    add(stream.leads_uncertain);
    add(stream.funnel.amount_uncertain);
    for (const Stage& stage : stream.funnel.stages) {
      add(stage.advance_uncertain);
      add(stage.weeks_to_advance_uncertain);
      add(stage.weeks_to_lost_uncertain);
      add(stage.hours_uncertain);
    }
  }
  void add(const Capacity& capacity) {
    add(capacity.hours_uncertain);
    add(capacity.share_uncertain);
    for (const OtherTime& taker : capacity.other_time) add(taker.hours_uncertain);
  }
  void add(const Rule& rule) {
    add(rule.chance_uncertain);
    for (const Effect& effect : rule.then) add(effect.factor_uncertain);
  }
  [[nodiscard]] std::vector<std::size_t> all() const { return {used_.begin(), used_.end()}; }

 private:
  std::set<std::size_t> used_;
};

}  // namespace

std::vector<std::size_t> uncertain_numbers_of(const Scenario& scenario, std::size_t territory) {
  if (scenario.uncertain.empty()) return {};
  const Territory& its = scenario.territories[territory];
  Used used;
  for (const Stream& stream : its.streams) used.add(stream);
  if (its.capacity) used.add(*its.capacity);
  for (const Rule& rule : scenario.rules) {
    const bool here = std::any_of(rule.where.begin(), rule.where.end(), [&](const Selected& each) {
      return each.territory == territory;
    });
    if (here) used.add(rule);
  }
  for (const Shock& shock : scenario.shocks) used.add(shock.sd_uncertain);
  return used.all();
}

}  // namespace attain
