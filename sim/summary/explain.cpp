#include <attain/summary/explain.hpp>
#include <attain/summary/side_runs.hpp>

#include "current_period.hpp"
#include "expected_weeks.hpp"
#include "explain_search.hpp"
#include "explain_variants.hpp"
#include "span_bookings.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace attain {

namespace {

constexpr std::size_t most_deal_effects = 3;
constexpr double targets[] = {0.5, 0.8};

class Explainer {
 public:
  Explainer(const Scenario& scenario, std::size_t territory, const SimulationOptions& options)
      : variants_(current_period_of(only_territory(scenario, territory)), options),
        options_(options) {}

  Explanation explain() {
    result_.replications = options_.replications;
    result_.seed = options_.seed;
    result_.arithmetic = arithmetic(variants_.scenario(), variants_.plan(), 0);
    result_.leads_per_week = variants_.leads_per_week();
    result_.lead_shares = variants_.lead_shares();
    add_sums();
    add_named_deals();
    add_simulation();
    for (std::size_t i = 0; i < territory().streams.size(); ++i) add_last_useful_week(i);
    if (!territory().quota) return std::move(result_);
    add_deal_effects();
    add_without_changes();
    // Without a funnel there is nothing that more leads or deals could go through.
    if (!territory().streams.empty()) add_what_it_takes();
    return std::move(result_);
  }

 private:
  [[nodiscard]] const Territory& territory() const { return variants_.territory(); }
  [[nodiscard]] std::uint64_t replications() const {
    return static_cast<std::uint64_t>(options_.replications);
  }

  void add_sums() {
    for (const NewDeals& row : result_.arithmetic.new_deals) {
      result_.expected_wins += row.wins;
      result_.expected_bookings += row.bookings;
    }
    for (const OpenDealsExpectation& row : result_.arithmetic.open) {
      result_.expected_wins += row.count * row.win_in_period;
      result_.expected_from_open += row.bookings;
    }
    result_.expected_bookings += result_.expected_from_open + result_.arithmetic.booked;
  }

  void add_named_deals() {
    const auto expected = attain::expectations(variants_.scenario(), variants_.plan()).front();
    const std::vector<OpenDeals>& open = territory().open;
    for (std::size_t i = 0; i < open.size(); ++i) {
      if (open[i].named()) result_.named.push_back({i, expected.deals[result_.named.size()]});
    }
  }

  void add_simulation() {
    const Outcomes outcomes = simulate(variants_.plan(), options_);
    result_.expectations = expected_by_week(variants_.plan(), outcomes, 0);
    const BookingsTally& tally = outcomes.territories.front().bookings;
    const BookedBefore before = booked_before(variants_.plan().territories.front());
    const BookingsSummary bookings =
        SpanReader(replications()).read(bookings_of(variants_.plan(), tally, 0, before));
    result_.simulated = bookings.mean;
    result_.standard_error =
        result_.simulated.sd.value_or(0) / std::sqrt(static_cast<double>(options_.replications));
    result_.p10 = bookings.p10;
    result_.p20 = bookings.p20;
    result_.p50 = bookings.p50;
    result_.p90 = bookings.p90;
    const TerritoryTally& territory_tally = outcomes.territories.front();
    for (std::size_t n = 0; n < territory_tally.wins.size(); ++n) {
      result_.simulated_wins += static_cast<double>(n * territory_tally.wins[n]);
    }
    result_.simulated_wins /= static_cast<double>(options_.replications);
    if (!territory_tally.utilization.weeks.empty()) {
      constexpr double millionths = 1e6;
      result_.utilization =
          mean_of(territory_tally.utilization.period, replications(), millionths).mean;
    }
    const GoalTally& reached = tally.goals.front();
    if (territory().quota) {
      result_.attain = chance_of(reached.at_quota, replications());
      result_.attain_range = range_of_only_territory(variants_.scenario(), variants_.plan(),
                                                     options_, result_.attain->probability);
    }
    if (territory().forecast)
      result_.attain_forecast = chance_of(reached.at_forecast, replications());
  }

  void add_last_useful_week(std::size_t stream) {
    const std::vector<double>& in_time = result_.arithmetic.in_time_by_week[stream];
    const Stream& made = territory().streams[stream];
    LastUsefulWeek last;
    last.first_week = in_time.front();
    last.last_week = in_time.back();
    last.ever_won = false;
    for (std::size_t s = 0; s < made.enter.size(); ++s) {
      last.ever_won =
          last.ever_won || (made.enter[s] > 0 &&
                            std::all_of(made.funnel.stages.begin() + static_cast<std::ptrdiff_t>(s),
                                        made.funnel.stages.end(),
                                        [](const Stage& stage) { return stage.advance > 0; }));
    }
    // The later, the less; so the last one is how many are enough.
    last.week = static_cast<int>(
        std::count_if(in_time.begin(), in_time.end(), [](double c) { return c >= useful_chance; }));
    result_.last_useful_week.push_back(last);
  }

  void add_deal_effects() {
    const std::vector<OpenDealsExpectation>& open = result_.arithmetic.open;
    std::vector<std::size_t> biggest;
    for (std::size_t i = 0; i < open.size(); ++i) {
      if (!open[i].deal.empty() && open[i].bookings > 0) biggest.push_back(i);
    }
    std::stable_sort(biggest.begin(), biggest.end(), [&](std::size_t a, std::size_t b) {
      return open[a].bookings > open[b].bookings;
    });
    if (deals_interact(variants_.scenario(), 0)) biggest.clear();
    if (biggest.size() > most_deal_effects) biggest.resize(most_deal_effects);
    if (biggest.empty()) return;
    const std::vector<std::int64_t> with = variants_.bookings(variants_.scenario());
    for (const std::size_t i : biggest) result_.deals.push_back(deal_effect(i, with));
    std::stable_sort(result_.deals.begin(), result_.deals.end(),
                     [](const DealEffect& a, const DealEffect& b) { return swing(a) > swing(b); });
  }

  void add_without_changes() {
    for (const auto& [kind, variant] : variants_.without_changes()) {
      result_.without.push_back({kind, chance_of(variants_.at_quota(variant), replications())});
    }
  }

  /// By how much the deal moves the chance of quota.
  static double swing(const DealEffect& effect) {
    if (!effect.if_won || !effect.if_not_won) return 0;
    return effect.if_won->probability - effect.if_not_won->probability;
  }

  /// On the same luck the other deals bring the same without it, so that it was won where the
  /// bookings differ.
  DealEffect deal_effect(std::size_t open, const std::vector<std::int64_t>& with) {
    const std::vector<std::int64_t> without = variants_.bookings(variants_.without_open(open));
    const std::int64_t quota = territory().quota->cents;
    std::uint64_t won = 0;
    std::uint64_t won_at_quota = 0;
    std::uint64_t not_won_at_quota = 0;
    for (std::size_t i = 0; i < with.size(); ++i) {
      const bool is_won = with[i] != without[i];
      const std::uint64_t at_quota = with[i] >= quota ? 1 : 0;
      won += is_won ? 1 : 0;
      (is_won ? won_at_quota : not_won_at_quota) += at_quota;
    }
    DealEffect effect;
    effect.open = open;
    if (won > 0) effect.if_won = chance_of(won_at_quota, won);
    if (won < with.size()) effect.if_not_won = chance_of(not_won_at_quota, with.size() - won);
    return effect;
  }

  void add_what_it_takes() {
    add_limits();
    add_streams_of_added();

    Lever leads([this](double x) { return variants_.at_quota(variants_.with_leads(x)); },
                result_.limits.leads_per_week, false);
    // Counts from where none of the pipeline's deals without a name is left, to look both ways.
    const int removable = variants_.removable_deals();
    Lever deals([&](double x) { return variants_.at_quota(with_change(x - removable)); },
                removable + result_.limits.added_deals, true);
    leads.know(result_.leads_per_week, result_.attain->count);
    deals.know(removable, result_.attain->count);
    try_where_the_mean_meets_quota(leads, deals);

    const TerritoryArithmetic at_unit_rate = arithmetic_at(1);
    for (const double target : targets) {
      const NeededCounts needed = needed_counts(target, replications());
      WhatItTakes takes;
      takes.target = target;
      const bool there = result_.attain->count >= needed.value;
      if (const auto value = needed_value(leads, needed)) {
        takes.leads = there ? Reach::there : Reach::reachable;
        takes.leads_per_week = *value;
        if (there) takes.leads_per_week.value = std::min(value->value, result_.leads_per_week);
        takes.activities = activities_at(takes.leads_per_week, at_unit_rate);
      }
      if (const auto value = needed_value(deals, needed)) {
        takes.pipeline = there ? Reach::there : Reach::reachable;
        takes.met_by_rest = value->value == 0 && there;
        takes.added_deals = {value->value - removable, value->low - removable, {}};
        if (value->high) takes.added_deals.high = *value->high - removable;
        if (there) takes.added_deals.value = std::min(takes.added_deals.value, 0.0);
        const NeededValue& added = takes.added_deals;
        takes.day_one = {pipeline_with(added.value), pipeline_with(added.low), {}};
        if (added.high) takes.day_one.high = pipeline_with(*added.high);
      }
      result_.takes.push_back(std::move(takes));
    }
  }

  /// Ten times what there is now, and enough for a territory that starts with next to nothing, as
  /// far as the engine counts.
  void add_limits() {
    const Calendar& calendar = variants_.scenario().calendar;
    const double most_leads = 0.999 * most_leads_per_week(territory(), calendar);
    result_.limits.leads_per_week = std::max(
        std::min(std::max(10 * result_.leads_per_week, 50.0), most_leads), result_.leads_per_week);
    int in_pipeline = 0;
    for (const OpenDealsExpectation& row : result_.arithmetic.open) {
      if (row.in_pipeline) in_pipeline += row.count;
    }
    const double room = most_deals_of_a_territory - room_for_deals(territory(), calendar);
    result_.limits.added_deals =
        std::min(std::clamp(10 * in_pipeline, 100, 10'000), static_cast<int>(std::max(room, 0.0)));
  }

  /// A good first guess of both levers, as an even chance is near it.
  void try_where_the_mean_meets_quota(Lever& leads, Lever& deals) {
    const double missing = territory().quota->units() - result_.expected_bookings;
    if (missing <= 0) return;
    const double from_new =
        result_.expected_bookings - result_.expected_from_open - result_.arithmetic.booked;
    if (from_new > 0) leads.try_first(result_.leads_per_week * (1 + missing / from_new));
    const int some = std::min(100, result_.limits.added_deals);
    const TerritoryArithmetic with_some = [&] {
      const Scenario variant = variants_.with_added_deals(some);
      return arithmetic(variant, build_plan(variant), 0);
    }();
    double from_some = 0;
    for (std::size_t i = result_.arithmetic.open.size(); i < with_some.open.size(); ++i) {
      from_some += with_some.open[i].bookings;
    }
    if (from_some > 0) deals.try_first(variants_.removable_deals() + some * missing / from_some);
  }

  TerritoryArithmetic arithmetic_at(double leads_per_week) const {
    const Scenario variant = variants_.with_leads(leads_per_week);
    return arithmetic(variant, build_plan(variant), 0);
  }

  std::vector<NeededActivity> activities_at(const NeededValue& leads,
                                            const TerritoryArithmetic& at_unit_rate) const {
    const double weeks = variants_.scenario().calendar.length_weeks();
    std::vector<NeededActivity> activities;
    for (std::size_t i = 0; i < result_.arithmetic.activities.size(); ++i) {
      const ActivityExpectation& activity = result_.arithmetic.activities[i];
      const auto at = [&](double leads_per_week) {
        const double from_new = at_unit_rate.activities[i].from_new * leads_per_week;
        return (activity.from_open + from_new) / weeks;
      };
      NeededActivity needed;
      needed.name = activity.name;
      needed.now = at(result_.leads_per_week);
      needed.needed = {at(leads.value), at(leads.low), {}};
      if (leads.high) needed.needed.high = at(*leads.high);
      activities.push_back(std::move(needed));
    }
    return activities;
  }

  /// With more deals on day one, or with fewer of those that have no name.
  [[nodiscard]] Scenario with_change(double added) const {
    return added < 0 ? variants_.with_fewer_deals(static_cast<int>(-added))
                     : variants_.with_added_deals(static_cast<int>(added));
  }

  [[nodiscard]] double pipeline_with(double added) const {
    double worth = result_.arithmetic.pipeline;
    for (const std::size_t line : variants_.removed_lines(static_cast<int>(-added))) {
      worth -= result_.arithmetic.open[line].amount;
    }
    for (const auto& kind : variants_.added_kinds(static_cast<int>(added))) {
      worth += variants_.plan().territories.front().flows[kind.stream].amount.expected;
    }
    return worth;
  }

  void add_streams_of_added() {
    for (const auto& kind : variants_.added_kinds(100)) {
      auto& streams = result_.added_to;
      if (std::find(streams.begin(), streams.end(), kind.stream) == streams.end()) {
        streams.push_back(kind.stream);
      }
    }
    std::sort(result_.added_to.begin(), result_.added_to.end());
  }

  TerritoryVariants variants_;
  SimulationOptions options_;
  Explanation result_;
};

}  // namespace

Explanation explain(const Scenario& scenario, std::size_t territory,
                    const SimulationOptions& options) {
  return Explainer(scenario, territory, options).explain();
}

}  // namespace attain
