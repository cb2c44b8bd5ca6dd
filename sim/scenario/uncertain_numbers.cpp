#include "uncertain_numbers.hpp"

#include <algorithm>

namespace attain::reading {

namespace {

/// Calls `visit` with every index of an uncertain number that the scenario has.
template <typename Visit>
class Uses {
 public:
  explicit Uses(Visit visit) : visit_(visit) {}

  void of(Scenario& scenario) const {
    for (Territory& territory : scenario.territories) {
      for (Stream& stream : territory.streams) of(stream);
      if (territory.capacity) of(*territory.capacity);
    }
    for (Rule& rule : scenario.rules) {
      visit_(rule.chance_uncertain);
      for (Effect& effect : rule.then) visit_(effect.factor_uncertain);
    }
    for (Shock& shock : scenario.shocks) visit_(shock.sd_uncertain);
  }

 private:
  void of(UncertainMoments& moments) const {
    visit_(moments.mean);
    visit_(moments.cv);
  }
  void of(Stream& stream) const {
    visit_(stream.leads_uncertain);
    of(stream.funnel.amount_uncertain);
    for (Stage& stage : stream.funnel.stages) {
      visit_(stage.advance_uncertain);
      of(stage.weeks_to_advance_uncertain);
      of(stage.weeks_to_lost_uncertain);
      visit_(stage.hours_uncertain);
    }
  }
  void of(Capacity& capacity) const {
    visit_(capacity.hours_uncertain);
    visit_(capacity.share_uncertain);
    for (OtherTime& taker : capacity.other_time) visit_(taker.hours_uncertain);
  }

  Visit visit_;
};

template <typename Visit>
void for_each_use(Scenario& scenario, Visit visit) {
  Uses<Visit>(visit).of(scenario);
}

}  // namespace

std::optional<MaybeUncertain> UncertainNumbers::read(const Object& object, std::string_view name,
                                                     const Path& key) {
  const Node* node = object.find(name);
  if (node == nullptr) return std::nullopt;
  const Field& field = field_of(object.owner(), name);
  const Path path(object.path(), name);
  const Path key_path(key, name);
  return read({*node, field, field.kind, path}, key_path, object.findings());
}

MaybeUncertain UncertainNumbers::add(const Path& key, const NumberLaw& law, bool per_territory) {
  all_.push_back({key.text(), law, per_territory});
  return {law.mean(), all_.size() - 1};
}

void UncertainNumbers::hand_over(Scenario& scenario) const {
  if (all_.empty()) return;
  std::vector<bool> is_used(all_.size(), false);
  for_each_use(scenario, [&is_used](UncertainIndex& index) {
    if (index) is_used[*index] = true;
  });
  std::vector<std::size_t> new_index(all_.size(), 0);
  for (std::size_t i = 0; i < all_.size(); ++i) {
    if (!is_used[i]) continue;
    new_index[i] = scenario.uncertain.size();
    scenario.uncertain.push_back(all_[i]);
  }
  for_each_use(scenario, [&new_index](UncertainIndex& index) {
    if (index) index = new_index[*index];
  });
}

}  // namespace attain::reading
