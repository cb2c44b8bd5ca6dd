#include "explain_variants.hpp"

#include <algorithm>

namespace attain {

TerritoryVariants::TerritoryVariants(const Scenario& scenario, const SimulationOptions& options)
    : scenario_(scenario), plan_(build_plan(scenario)), options_(options) {
  options_.progress = nullptr;
  for (const Stream& stream : territory().streams) leads_per_week_ += stream.leads_per_week;
  for (const Stream& stream : territory().streams) {
    lead_shares_.push_back(leads_per_week_ > 0 ? stream.leads_per_week / leads_per_week_ : 0);
  }
  if (leads_per_week_ <= 0 && !lead_shares_.empty()) lead_shares_.front() = 1;
}

Scenario TerritoryVariants::with_leads(double per_week) const {
  Scenario variant = scenario_;
  std::vector<Stream>& streams = variant.territories.front().streams;
  for (std::size_t i = 0; i < streams.size(); ++i) {
    streams[i].leads_per_week = per_week * lead_shares_[i];
  }
  return variant;
}

std::vector<TerritoryVariants::Kind> TerritoryVariants::added_kinds(int count) const {
  struct Share {
    Kind kind;
    double share;
    int added;
  };
  std::vector<Share> mix;
  double all = 0;
  for (const OpenDeals& open : territory().open) {
    if (open.due) continue;
    if (open.stage < territory().streams[open.stream].funnel.pipeline_from) continue;
    auto same = std::find_if(mix.begin(), mix.end(), [&](const Share& known) {
      return known.kind.stream == open.stream && known.kind.stage == open.stage;
    });
    if (same == mix.end()) same = mix.insert(mix.end(), {{open.stream, open.stage}, 0, 0});
    same->share += open.count;
    all += open.count;
  }
  if (all <= 0) {
    const auto busiest = static_cast<std::size_t>(
        std::max_element(lead_shares_.begin(), lead_shares_.end()) - lead_shares_.begin());
    mix = {{{busiest, territory().streams[busiest].funnel.pipeline_from}, 1, 0}};
    all = 1;
  }
  std::vector<Kind> kinds;
  for (int n = 1; n <= count; ++n) {
    const auto deficit = [&](const Share& part) { return part.share / all * n - part.added; };
    auto next = std::max_element(mix.begin(), mix.end(), [&](const Share& a, const Share& b) {
      return deficit(a) < deficit(b);
    });
    ++next->added;
    kinds.push_back(next->kind);
  }
  return kinds;
}

Scenario TerritoryVariants::with_added_deals(int count) const {
  Scenario variant = scenario_;
  std::vector<OpenDeals>& open = variant.territories.front().open;
  const std::size_t there = open.size();
  for (const Kind& kind : added_kinds(count)) {
    const auto same = std::find_if(
        open.begin() + static_cast<std::ptrdiff_t>(there), open.end(), [&](const OpenDeals& added) {
          return added.stream == kind.stream && added.stage == kind.stage;
        });
    if (same != open.end()) {
      ++same->count;
      continue;
    }
    OpenDeals added;
    added.stream = kind.stream;
    added.stage = kind.stage;
    open.push_back(added);
  }
  return variant;
}

bool TerritoryVariants::is_removable(const OpenDeals& open) const {
  return !open.named() && !open.due &&
         open.stage >= territory().streams[open.stream].funnel.pipeline_from;
}

int TerritoryVariants::removable_deals() const {
  int all = 0;
  for (const OpenDeals& open : territory().open) all += is_removable(open) ? open.count : 0;
  return all;
}

std::vector<std::size_t> TerritoryVariants::removed_lines(int count) const {
  struct Line {
    std::size_t open;
    double share;
    int left;
  };
  const int all = removable_deals();
  std::vector<Line> mix;
  for (std::size_t i = 0; i < territory().open.size(); ++i) {
    const OpenDeals& open = territory().open[i];
    if (!is_removable(open)) continue;
    mix.push_back({i, static_cast<double>(open.count) / all, open.count});
  }
  std::vector<std::size_t> lines;
  for (int n = 1; n <= std::min(count, all); ++n) {
    const auto surplus = [&](const Line& line) { return line.left - line.share * (all - n); };
    auto next = std::max_element(mix.begin(), mix.end(), [&](const Line& a, const Line& b) {
      return surplus(a) < surplus(b);
    });
    --next->left;
    lines.push_back(next->open);
  }
  return lines;
}

Scenario TerritoryVariants::with_fewer_deals(int count) const {
  Scenario variant = scenario_;
  std::vector<OpenDeals>& open = variant.territories.front().open;
  for (const std::size_t line : removed_lines(count)) --open[line].count;
  std::erase_if(open, [](const OpenDeals& line) { return line.count == 0; });
  return variant;
}

Scenario TerritoryVariants::without_open(std::size_t index) const {
  Scenario variant = scenario_;
  std::vector<OpenDeals>& open = variant.territories.front().open;
  open.erase(open.begin() + static_cast<std::ptrdiff_t>(index));
  return variant;
}

std::vector<std::pair<WithoutChange::Kind, Scenario>> TerritoryVariants::without_changes() const {
  using Without = WithoutChange::Kind;
  std::vector<std::pair<Without, Scenario>> variants;
  const auto add = [&](Without kind, bool is_there, const auto& take_out) {
    if (!is_there) return;
    Scenario variant = scenario_;
    take_out(variant);
    variants.emplace_back(kind, std::move(variant));
  };
  const Territory& its = territory();
  const bool limits = its.capacity && asks_for_hours(its);
  const bool any_rule = std::any_of(scenario_.rules.begin(), scenario_.rules.end(),
                                    [](const Rule& rule) { return !rule.where.empty(); });
  const bool any_closed = std::find(scenario_.closed_weeks.begin(), scenario_.closed_weeks.end(),
                                    true) != scenario_.closed_weeks.end();
  add(Without::hours, limits, [](Scenario& made) { made.territories.front().capacity.reset(); });
  add(Without::rules, any_rule, [](Scenario& made) { made.rules.clear(); });
  add(Without::effort, its.effort && its.effort->any(),
      [](Scenario& made) { made.territories.front().effort.reset(); });
  add(Without::ramp, its.ramp.has_value(),
      [](Scenario& made) { made.territories.front().ramp.reset(); });
  add(Without::seasons, !scenario_.seasons.empty() || any_closed, [](Scenario& made) {
    made.seasons.clear();
    made.closed_weeks.clear();
  });
  add(Without::shocks, !scenario_.shocks.empty(), [](Scenario& made) { made.shocks.clear(); });
  return variants;
}

Plan TerritoryVariants::plan_of(const Scenario& variant) const {
  return build_plan(variant, &plan_);
}

std::vector<std::int64_t> TerritoryVariants::bookings(const Scenario& variant) const {
  return std::move(simulate_bookings(plan_of(variant), options_).front());
}

std::uint64_t TerritoryVariants::at_quota(const Scenario& variant) const {
  const std::int64_t quota = territory().quota->cents;
  const std::vector<std::int64_t> booked = bookings(variant);
  return static_cast<std::uint64_t>(std::count_if(
      booked.begin(), booked.end(), [&](std::int64_t cents) { return cents >= quota; }));
}

}  // namespace attain
