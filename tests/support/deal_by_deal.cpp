#include "support/deal_by_deal.hpp"

#include "support/deal_by_deal_dated.hpp"

#include <algorithm>
#include <boost/random/poisson_distribution.hpp>
#include <cmath>
#include <limits>
#include <optional>

namespace attain::testing {

namespace {

constexpr double largest_cents = 1e14;

struct Deal {
  Stay stay;
  std::int64_t came_at = 0;         ///< 64ths on the stage's time then, less its age.
  std::int64_t clock_at_start = 0;  ///< Its age, in 64ths.
  std::size_t named = anonymous;    ///< Index into SimulatedTerritory::named.
  const OpenDeals* open = nullptr;  ///< Where it stands in the scenario, if open on day one.
};

/// A stage of one stream: its deals, and the time that their clocks follow.
struct StageNow {
  std::vector<Deal> deals;
  double time = 0;                ///< The running sum of speeds, in steps.
  std::int64_t time_64ths = 0;    ///< Rounded half up.
  std::int64_t before_64ths = 0;  ///< At the start of the step.
};

class TerritoryQuarter {
 public:
  TerritoryQuarter(const Scenario& scenario, std::size_t territory,
                   const std::vector<std::vector<StayLaw>>& stays, const std::vector<bool>& exists,
                   Luck& luck)
      : scenario_(scenario),
        index_(territory),
        territory_(scenario.territories[territory]),
        stays_(stays),
        exists_(exists),
        luck_(luck) {
    const auto weeks = static_cast<std::size_t>(scenario.calendar.weeks());
    const std::vector<long> none(weeks);
    result_ = {std::vector<std::int64_t>(weeks), none, {}, none, {}, std::vector<double>(weeks),
               std::vector<double>(weeks)};
    for (const Stream& stream : territory_.streams) {
      const std::size_t stages = stream.funnel.stages.size();
      result_.streams.push_back({none, none, std::vector<SimulatedStage>(stages, {none, none})});
      now_.emplace_back(stages);
      amounts_.emplace_back(stream.funnel.amount);
    }
    state_.booked = territory_.booked;
    for (const OpenDeals& open : territory_.open) {
      for (int i = 0; i < open.count; ++i) open.due ? add_dated(open) : add_staged(open);
    }
    look_at_state();
  }

  SimulatedTerritory run() {
    for (int step = 0; step < scenario_.calendar.steps(); ++step) run_step(step);
    return std::move(result_);
  }

 private:
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
    const TerritoryStep now{scenario_, index_, step};
    week_ = static_cast<std::size_t>(now.week() - scenario_.calendar.weeks_done());
    const double asked = now.closed() ? 0 : hours_asked();
    const double there = hours_there(now);
    state_.utilization = asked == 0 ? 0 : asked / there;
    result_.hours_asked[week_] += asked * scenario_.calendar.step_weeks();
    result_.hours_there[week_] += there * scenario_.calendar.step_weeks();

    multiply_ = multipliers(now, state_, exists_);
    const double capacity = asked > there ? there / asked : 1;
    count_activities_by_week();
    move_time(capacity);
    for (std::size_t s = 0; s < now_.size(); ++s) {
      leads_arrive(s);
      for (std::size_t stage = 0; stage < now_[s].size(); ++stage) move_deals(s, stage);
    }
    if (!now.closed()) decide_dated();
    look_at_state();
    result_.booked[week_] = state_.booked.cents;
    for (std::size_t s = 0; s < now_.size(); ++s) {
      for (std::size_t stage = 0; stage < now_[s].size(); ++stage) {
        const std::vector<Deal>& deals = now_[s][stage].deals;
        result_.streams[s].stages[stage].open[week_] = std::count_if(
            deals.begin(), deals.end(), [](const Deal& d) { return d.named == anonymous; });
      }
    }
  }

  /// A week.
  [[nodiscard]] double hours_asked() const {
    double hours = 0;
    for (std::size_t s = 0; s < now_.size(); ++s) {
      for (std::size_t stage = 0; stage < now_[s].size(); ++stage) {
        hours += stage_of(s, stage).hours * static_cast<double>(now_[s][stage].deals.size());
      }
    }
    return hours;
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
    ++state_.wins;
    ++result_.wins[week_];
    if (named != anonymous) settle(named, SimulatedDeal::Outcome::won, whole);
  }

  void settle(std::size_t named, SimulatedDeal::Outcome outcome, std::int64_t cents) {
    result_.named[named] = {result_.named[named].deal, outcome, step_, cents};
  }

  /// Open deals and what they are worth.
  void look_at_state() {
    state_.open_deals = static_cast<long>(dated_.size());
    state_.pipeline = 0;
    for (const DatedDeal& deal : dated_)
      state_.pipeline += worth(*deal.open, deal.open->due->amount);
    for (std::size_t s = 0; s < now_.size(); ++s) {
      const Funnel& funnel = territory_.streams[s].funnel;
      for (std::size_t stage = 0; stage < now_[s].size(); ++stage) {
        state_.open_deals += static_cast<long>(now_[s][stage].deals.size());
        if (stage < funnel.pipeline_from) continue;
        for (const Deal& deal : now_[s][stage].deals) {
          state_.pipeline +=
              deal.open != nullptr ? worth(*deal.open, funnel.amount) : funnel.amount.mean();
        }
      }
    }
  }

  static double worth(const OpenDeals& open, const Distribution& otherwise) {
    return open.amount ? open.amount->units() : otherwise.mean();
  }

  [[nodiscard]] const Stage& stage_of(std::size_t s, std::size_t stage) const {
    return territory_.streams[s].funnel.stages[stage];
  }

  const Scenario& scenario_;
  std::size_t index_;
  const Territory& territory_;
  const std::vector<std::vector<StayLaw>>& stays_;
  const std::vector<bool>& exists_;
  Luck& luck_;
  std::vector<FamilyDraw> amounts_;
  std::vector<std::vector<StageNow>> now_;
  std::vector<DatedDeal> dated_;
  DealState state_;
  DealMultipliers multiply_;
  int step_ = 0;
  std::size_t week_ = 0;
  SimulatedTerritory result_;
};

}  // namespace

DealByDeal::DealByDeal(const Scenario& scenario) : scenario_(scenario) {
  for (const Territory& territory : scenario.territories) {
    std::vector<std::vector<StayLaw>>& of_territory = stays_.emplace_back();
    for (const Stream& stream : territory.streams) {
      std::vector<StayLaw>& of_stream = of_territory.emplace_back();
      for (const Stage& stage : stream.funnel.stages)
        of_stream.emplace_back(stage, scenario.calendar.steps_per_week());
    }
  }
}

SimulatedQuarter DealByDeal::simulate(Luck& luck) const {
  Luck chances(luck());
  const std::vector<std::vector<bool>> exists = draw_rules(scenario_, chances);
  SimulatedQuarter quarter;
  for (std::size_t t = 0; t < scenario_.territories.size(); ++t)
    quarter.territories.push_back(TerritoryQuarter(scenario_, t, stays_[t], exists[t], luck).run());
  return quarter;
}

}  // namespace attain::testing
