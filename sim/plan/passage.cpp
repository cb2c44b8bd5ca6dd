#include "passage.hpp"

namespace attain {

double probability_of(std::uint32_t threshold) {
  return threshold == 0xffffffffU ? 1.0 : static_cast<double>(threshold) * 0x1p-32;
}

const Passage& Passages::of(LawIndex law) {
  // Laws stand one behind the other, so that their places count them.
  const auto steps = static_cast<std::size_t>(plan_.steps);
  if (passages_.empty()) passages_.resize(plan_.departures.size() / steps);
  Passage& passage = passages_[law / steps];
  if (!passage.still.empty()) return passage;
  passage.advance.reserve(steps);
  passage.still.reserve(steps + 1);
  double still = 1;
  for (std::size_t clock = 0; clock < steps; ++clock) {
    const Departure& departure = plan_.departures[law + clock];
    passage.still.push_back(still);
    passage.advance.push_back(still * probability_of(departure.advance));
    still *= 1 - probability_of(departure.leave);
  }
  passage.still.push_back(still);
  return passage;
}

Passages::Node Passages::node_of(const FlowPlan& flow, std::size_t stage) {
  const auto steps = static_cast<std::size_t>(plan_.steps);
  if (win_within_.empty()) win_within_.emplace_back(steps + 1, 1.0);
  Node next = won;
  for (std::size_t s = flow.stages.size(); s-- > stage;) {
    const auto [entry, is_new] = nodes_.try_emplace({flow.stages[s].law, next}, win_within_.size());
    if (is_new) {
      const Passage& passage = of(flow.stages[s].law);
      const std::vector<double>& from_next = win_within_[next];
      std::vector<double> within(steps + 1, 0.0);
      for (std::size_t n = 1; n <= steps; ++n) {
        for (std::size_t k = 0; k < n; ++k) within[n] += passage.advance[k] * from_next[n - k];
      }
      win_within_.push_back(std::move(within));
    }
    next = entry->second;
  }
  return next;
}

const std::vector<double>& Passages::win_within(const FlowPlan& flow, std::size_t stage) {
  return win_within_[node_of(flow, stage)];
}

double Passages::win_in_period(const FlowPlan& flow, std::size_t stage, LawIndex law) {
  const auto steps = static_cast<std::size_t>(plan_.steps);
  const std::vector<double>& from_next = win_within(flow, stage + 1);
  const Passage& passage = of(law);
  double chance = 0;
  for (std::size_t k = 0; k < steps; ++k) chance += passage.advance[k] * from_next[steps - k];
  return chance;
}

std::vector<double> Passages::won_within(const FlowPlan& flow, std::size_t stage, LawIndex law) {
  const auto steps = static_cast<std::size_t>(plan_.steps);
  const std::vector<double>& from_next = win_within(flow, stage + 1);
  const Passage& passage = of(law);
  std::vector<double> within(steps + 1, 0.0);
  for (std::size_t n = 1; n <= steps; ++n) {
    for (std::size_t k = 0; k < n; ++k) within[n] += passage.advance[k] * from_next[n - k];
  }
  return within;
}

std::vector<double> Passages::win_if_still_here(const FlowPlan& flow, std::size_t stage,
                                                LawIndex law) {
  const auto steps = static_cast<std::size_t>(plan_.steps);
  const std::vector<double>& from_next = win_within(flow, stage + 1);
  std::vector<double> chance(steps + 1, 0.0);
  // Backwards, so that nothing is divided by a small chance to be still there.
  for (std::size_t m = steps; m-- > 0;) {
    const Departure& departure = plan_.departures[law + m];
    chance[m] = probability_of(departure.advance) * from_next[steps - m] +
                (1 - probability_of(departure.leave)) * chance[m + 1];
  }
  return chance;
}

}  // namespace attain
