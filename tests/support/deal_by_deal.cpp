#include "support/deal_by_deal.hpp"

#include "support/deal_by_deal_open.hpp"

#include <algorithm>
#include <boost/random/poisson_distribution.hpp>
#include <cmath>
#include <limits>
#include <optional>

namespace attain::testing {

namespace {

constexpr double largest_cents = 1e14;

/// What one territory goes by in one replication.
struct Given {
  const Scenario& stated;  ///< Uncertain numbers at their means, as people know them.
  const Scenario& drawn;
  std::size_t territory = 0;
  const TerritoryLuck& shared_luck;
  const Prospects& prospects;
  const DealVariant& variant;
};

class TerritoryRun {
 public:
  TerritoryRun(const Given& given, StayLaws& laws, Luck& luck)
      : scenario_(given.drawn),
        given_(given),
        territory_(given.drawn.territories[given.territory]),
        luck_(luck) {
    const TerritoryStep first = at(0);
    const TerritoryStep last = at(scenario_.calendar.steps() - 1);
    first_week_ = first.week_from_start();
    const auto weeks = static_cast<std::size_t>(last.week_from_start() - first_week_ + 1);
    const std::vector<long> none(weeks);
    result_.booked.resize(weeks);
    result_.wins = result_.dated_wins = none;
    result_.hours_asked.resize(weeks);
    result_.hours_there.resize(weeks);
    for (const Stream& stream : territory_.streams) {
      const std::size_t stages = stream.funnel.stages.size();
      result_.streams.push_back({none, none, std::vector<SimulatedStage>(stages, {none, none})});
      now_.emplace_back(stages);
      amounts_.emplace_back(stream.funnel.amount);
      for (std::vector<StayLaw>& of_stream = stays_.emplace_back();
           const Stage& stage : stream.funnel.stages)
        of_stream.push_back(laws.of(stage));
    }
    state_.booked = booked_in_period_ = territory_.booked;
    for (const OpenDeals& open : territory_.open) {
      for (int i = 0; i < open.count; ++i) open.due ? add_dated(open) : add_staged(open);
    }
    look_at_open_deals(given_.stated.territories[given_.territory], now_, dated_, state_);
  }

  SimulatedTerritory run() {
    std::int64_t year = 0;
    for (const Money& actual : territory_.actual) year += actual.cents;
    for (int step = 0; step < scenario_.calendar.steps(); ++step) {
      run_step(step);
      if (at(step).steps_left() > 1) continue;
      result_.booked_in_spans.push_back(booked_in_period_.cents);
      year += booked_in_period_.cents;
      begin_period();
    }
    if (scenario_.calendar.periods > 1) result_.booked_in_spans.push_back(year);
    return std::move(result_);
  }

 private:
  [[nodiscard]] TerritoryStep at(int step) const { return {scenario_, given_.territory, step}; }

  void begin_period() {
    booked_in_period_ = {};
    if (!given_.variant.counts_start_anew) return;
    state_.booked = {};
    state_.wins = state_.leads = 0;
    state_.activities.clear();
  }

  std::size_t name(const OpenDeals& open) {
    if (!open.named()) return anonymous;
    result_.named.push_back({open.deal, SimulatedDeal::Outcome::open, -1, 0});
    return result_.named.size() - 1;
  }

  void add_staged(const OpenDeals& open) {
    const StayLaw& law = stays_[open.stream][open.stage];
    Deal deal;
    if (open.weeks_in_stage) {
      const int per_week = scenario_.calendar.steps_per_week();
      deal.clock_at_start =
          static_cast<std::int64_t>(std::floor(*open.weeks_in_stage * per_week * 64 + 0.5));
      deal.stay = law.aged(deal.clock_at_start, luck_);
    } else {
      deal.stay = law.found(luck_);
    }
    deal.came_at = -deal.clock_at_start;
    deal.named = name(open);
    deal.open = &open;
    now_[open.stream][open.stage].deals.push_back(deal);
  }

  void add_dated(const OpenDeals& open) {
    dated_.push_back(draw_dated(open, scenario_.calendar, luck_));
    dated_.back().named = name(open);
  }

  void run_step(int step) {
    step_ = step;
    const TerritoryStep now = at(step);
    week_ = static_cast<std::size_t>(now.week_from_start() - first_week_);
    const double asked = now.closed() ? 0 : hours_asked(territory_, now_);
    const double there = hours_there(now);
    state_.utilization = asked == 0 ? 0 : asked / there;
    result_.hours_asked[week_] += asked * scenario_.calendar.step_weeks();
    result_.hours_there[week_] += there * scenario_.calendar.step_weeks();

    multiply_ = multipliers(now, state_, given_.shared_luck);
    if (territory_.effort) make_effort(now);
    const double capacity = asked > there ? there / asked : 1;
    count_activities_by_week();
    move_time(capacity);
    for (std::size_t s = 0; s < now_.size(); ++s) {
      leads_arrive(s);
      for (std::size_t stage = 0; stage < now_[s].size(); ++stage) move_deals(s, stage);
    }
    if (!now.closed()) decide_dated();
    look_at_open_deals(given_.stated.territories[given_.territory], now_, dated_, state_);
    result_.booked[week_] = booked_in_period_.cents;
    for (std::size_t s = 0; s < now_.size(); ++s) {
      for (std::size_t stage = 0; stage < now_[s].size(); ++stage) {
        const std::vector<Deal>& deals = now_[s][stage].deals;
        result_.streams[s].stages[stage].open[week_] = std::count_if(
            deals.begin(), deals.end(), [](const Deal& d) { return d.named == anonymous; });
      }
    }
  }

  void make_effort(const TerritoryStep& now) {
    const StillToCome to_come = still_to_come(given_.prospects, now_, dated_, now);
    if (result_.to_come.size() == week_) result_.to_come.push_back(to_come);
    const double e = effort_factor(*territory_.effort, now.quota(), state_.booked, to_come);
    for (std::size_t s = 0; s < now_.size(); ++s) {
      if (territory_.streams[s].source == Source::own) multiply_.leads[s] *= e;
      for (double& speed : multiply_.speed[s]) speed *= e;
    }
  }

  void count_activities_by_week() {
    for (std::size_t s = 0; s < now_.size(); ++s) {
      for (std::size_t stage = 0; stage < now_[s].size(); ++stage) {
        const auto deals = static_cast<double>(now_[s][stage].deals.size());
        for (const Activity& activity : stage_of(s, stage).activities) {
          state_.activities[activity.name] +=
              activity.per_week * scenario_.calendar.step_weeks() * deals;
        }
      }
    }
  }

  void move_time(double capacity) {
    for (std::size_t s = 0; s < now_.size(); ++s) {
      for (std::size_t stage = 0; stage < now_[s].size(); ++stage) {
        StageNow& here = now_[s][stage];
        here.before_64ths = here.time_64ths;
        here.time += multiply_.speed[s][stage] * capacity;
        here.time_64ths = static_cast<std::int64_t>(std::floor(here.time * 64 + 0.5));
      }
    }
  }

  void leads_arrive(std::size_t s) {
    const Stream& stream = territory_.streams[s];
    for (std::size_t stage = 0; stage < stream.enter.size(); ++stage) {
      const double mean = stream.leads_per_week * scenario_.calendar.step_weeks() *
                          stream.enter[stage] * multiply_.leads[s];
      if (!(mean > 0)) continue;
      const long leads = boost::random::poisson_distribution<long>(mean)(luck_);
      state_.leads += leads;
      result_.streams[s].leads[week_] += leads;
      for (long i = 0; i < leads; ++i) enter({}, s, stage);
    }
  }

  void enter(Deal deal, std::size_t s, std::size_t stage) {
    deal.stay = stays_[s][stage].entered(luck_);
    deal.came_at = now_[s][stage].before_64ths;
    deal.clock_at_start = 0;
    now_[s][stage].deals.push_back(deal);
    ++result_.streams[s].stages[stage].entered[week_];
    for (const Activity& activity : stage_of(s, stage).activities)
      state_.activities[activity.name] += activity.on_entry;
  }

  void move_deals(std::size_t s, std::size_t stage) {
    StageNow& here = now_[s][stage];
    std::vector<Deal> staying;
    for (const Deal& deal : here.deals) {
      const std::int64_t from = here.before_64ths - deal.came_at;
      const std::int64_t to = here.time_64ths - deal.came_at;
      if (to == from || deal.stay.weeks > stays_[s][stage].weeks_on(to)) {
        staying.push_back(deal);
      } else if (!advances(deal, s, stage, from, to)) {
        if (deal.named != anonymous) settle(deal.named, SimulatedDeal::Outcome::lost, 0);
      } else if (stage + 1 < now_[s].size()) {
        enter(deal, s, stage + 1);
      } else {
        win(deal, s);
      }
    }
    here.deals = std::move(staying);
  }

  bool advances(const Deal& deal, std::size_t s, std::size_t stage, std::int64_t from,
                std::int64_t to) {
    const double odds = multiply_.odds[s][stage];
    if (odds == 1) return deal.stay.advances;
    const double share =
        stays_[s][stage].share_advancing(deal.stay.known, from, to, from == deal.clock_at_start);
    return uniform(luck_) < with_odds(share, odds);
  }

  void win(const Deal& deal, std::size_t s) {
    ++result_.streams[s].wins[week_];
    const bool stated = deal.open != nullptr && deal.open->amount;
    const double cents =
        stated ? static_cast<double>(deal.open->amount->cents) : amounts_[s].draw_cents(luck_);
    book(cents * multiply_.amount[s], deal.named);
  }

  /// Those whose last date is before the end of the step, put off from closed weeks or not.
  void decide_dated() {
    std::vector<DatedDeal> waiting;
    for (const DatedDeal& deal : dated_) {
      if (!deal.is_over_by(step_, scenario_.calendar)) {
        waiting.push_back(deal);
      } else if (uniform(luck_) < deal.open->due->chance) {
        ++result_.dated_wins[week_];
        const Distribution& amount = deal.open->due->amount;
        const double cents = deal.open->amount ? static_cast<double>(deal.open->amount->cents)
                                               : FamilyDraw(amount).draw_cents(luck_);
        book(cents * multiply_.amount_of_dated, deal.named);
      } else if (deal.named != anonymous) {
        settle(deal.named, SimulatedDeal::Outcome::lost, 0);
      }
    }
    dated_ = std::move(waiting);
  }

  void book(double cents, std::size_t named) {
    const auto whole = static_cast<std::int64_t>(std::nearbyint(std::min(cents, largest_cents)));
    state_.booked.cents += whole;
    booked_in_period_.cents += whole;
    ++state_.wins;
    ++result_.wins[week_];
    if (named != anonymous) settle(named, SimulatedDeal::Outcome::won, whole);
  }

  void settle(std::size_t named, SimulatedDeal::Outcome outcome, std::int64_t cents) {
    result_.named[named] = {result_.named[named].deal, outcome, step_, cents};
  }

  [[nodiscard]] const Stage& stage_of(std::size_t s, std::size_t stage) const {
    return territory_.streams[s].funnel.stages[stage];
  }

  const Scenario& scenario_;  ///< With what is drawn.
  const Given& given_;
  const Territory& territory_;
  Luck& luck_;
  std::vector<std::vector<StayLaw>> stays_;  ///< By stream and stage.
  std::vector<FamilyDraw> amounts_;
  StagesNow now_;
  std::vector<DatedDeal> dated_;
  DealState state_;
  Money booked_in_period_;  ///< In DealState too, unless a variant counts on.
  DealMultipliers multiply_;
  int step_ = 0;
  int first_week_ = 0;  ///< From the start.
  std::size_t week_ = 0;
  SimulatedTerritory result_;
};

}  // namespace

DealByDeal::DealByDeal(const Scenario& scenario, const DealVariant& variant)
    : scenario_(scenario),
      variant_(variant),
      numbers_(number_draws(scenario)),
      laws_(scenario.calendar.steps_per_week()) {
  for (const Territory& territory : scenario.territories)
    prospects_.emplace_back(territory, scenario.calendar);
}

SimulatedQuarter DealByDeal::simulate(Luck& luck) {
  Luck shared(luck());
  const std::vector<TerritoryLuck> lucks = draw_luck(scenario_, shared, variant_);
  const std::vector<std::vector<DrawnNumber>> drawn = draw_numbers(scenario_, numbers_, shared);
  SimulatedQuarter quarter;
  for (std::size_t t = 0; t < scenario_.territories.size(); ++t) {
    std::optional<Scenario> with_drawn;
    if (!numbers_.empty()) with_drawn = with_numbers(scenario_, t, drawn[t]);
    const Given given{scenario_, with_drawn ? *with_drawn : scenario_, t, lucks[t], prospects_[t],
                      variant_};
    quarter.territories.push_back(TerritoryRun(given, laws_, luck).run());
  }
  return quarter;
}

}  // namespace attain::testing
