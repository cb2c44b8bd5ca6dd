#include "support/resume.hpp"

#include <boost/random/uniform_01.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace attain::testing {

namespace {

class Resumption {
 public:
  Resumption(const Scenario& whole, const Plan& plan, int steps, boost::random::mt19937_64& random,
             ResumeFault fault)
      : whole_(whole),
        territory_(whole.territories[0]),
        plan_(plan.territories[0]),
        steps_(steps),
        step_weeks_(whole.calendar.step_weeks()),
        days_of_step_(7 / whole.calendar.steps_per_week()),
        random_(random),
        fault_(fault) {}

  Scenario from(const PlainResult& state) {
    Scenario made = whole_;
    made.calendar.steps_done += steps_;
    Territory& territory = made.territories[0];
    territory.booked.cents = fault_.booked_forgotten ? 0 : state.booked_cents;
    territory.open.clear();
    for (const PlainCell& cell : state.cells) {
      for (int i = 0; i < cell.count; ++i) territory.open.push_back(counted(cell));
    }
    for (const PlainNamed& deal : state.named) territory.open.push_back(named(deal));
    return made;
  }

 private:
  double uniform() { return boost::random::uniform_01<double>()(random_); }

  OpenDeals counted(const PlainCell& cell) {
    const FlowPlan& flow = plan_.flows[cell.flow];
    if (!cell.open) {
      OpenDeals made = in_stage(*flow.stream, cell.stage, cell.clock);
      if (cell.flow >= plan_.streams.size()) made.amount = flow.amount.fixed;
      return made;
    }
    const OpenDeals& was = entry_of(cell.flow, flow.open[*cell.open]);
    OpenDeals made = still_open(was);
    made.count = 1;
    return made;
  }

  OpenDeals named(const PlainNamed& deal) {
    const auto is_it = [&](const OpenDeals& open) {
      return open.deal == plan_.named[deal.named].deal;
    };
    const OpenDeals& was = *std::find_if(territory_.open.begin(), territory_.open.end(), is_it);
    if (!deal.moved) return still_open(was);
    OpenDeals made = in_stage(was.stream, deal.stage, deal.clock);
    made.deal = was.deal;
    made.amount = was.amount;
    return made;
  }

  const OpenDeals& entry_of(std::size_t flow, const OpenCell& cell) const {
    for (std::size_t i = 0; i < territory_.open.size(); ++i) {
      const OpenDeals& open = territory_.open[i];
      const OpenEntryPlan& entry = plan_.entries[i];
      if (open.named() || entry.flow != flow || entry.law != cell.law) continue;
      if (open.due || open.stage == cell.stage) return open;
    }
    throw std::logic_error("no entry of the open deals became this cell");
  }

  OpenDeals in_stage(std::size_t stream, std::size_t stage, int clock) {
    OpenDeals made;
    made.stream = stream;
    made.stage = stage;
    const Stage& law = territory_.streams[stream].funnel.stages[stage];
    made.weeks_in_stage = (clock - phase(law, clock)) * step_weeks_;
    return made;
  }

  /// P(still there at that age) if it has just been there.
  static double there(const Stage& stage, double age_weeks) {
    return stage.advance * stage.weeks_to_advance.survival_from(age_weeks) +
           (1 - stage.advance) * stage.weeks_to_lost.survival_from(age_weeks);
  }

  double phase(const Stage& stage, int clock) {
    if (fault_.clock_as_age) return 0;
    // The later in its step it entered, the likelier that it is still there.
    const double most = there(stage, (clock - 1) * step_weeks_);
    for (;;) {
      const double u = uniform();
      const double age = (clock - u) * step_weeks_;
      if (fault_.phase_at_random && there(stage, age) > 0) return u;
      if (uniform() * most < there(stage, age)) return u;
    }
  }

  /// A deal of day one that has not left its stage, or is not decided.
  OpenDeals still_open(const OpenDeals& was) {
    OpenDeals made = was;
    const double passed = steps_ * step_weeks_;
    if (was.due) {
      made.due = undecided(*was.due);
    } else if (was.weeks_in_stage) {
      made.weeks_in_stage =
          rounded_age(*was.weeks_in_stage, whole_.calendar.steps_per_week()) + passed;
    } else {
      made.weeks_in_stage =
          age_beyond(territory_.streams[was.stream].funnel.stages[was.stage], passed);
    }
    return made;
  }

  /// The age with a density proportional to `there` from `least` on.
  double age_beyond(const Stage& stage, double least) {
    const auto area_beyond = [&stage](double age) {
      return stage.advance * stage.weeks_to_advance.excess_mean(age) +
             (1 - stage.advance) * stage.weeks_to_lost.excess_mean(age);
    };
    const double wanted = area_beyond(least) * uniform();
    double low = least;
    double high = least + 1;
    while (area_beyond(high) > wanted) high += high - least;
    for (int i = 0; i < 60; ++i) {
      const double middle = 0.5 * (low + high);
      (area_beyond(middle) > wanted ? low : high) = middle;
    }
    return low;
  }

  DueDate undecided(DueDate due) {
    const int days_left = whole_.calendar.steps() * days_of_step_;
    const int today = steps_ * days_of_step_;
    const bool spread = !due.date;
    for (;;) {
      const int day =
          spread ? static_cast<int>(uniform() * days_left) : due_day(*due.date, whole_.calendar);
      if (day >= today) return due;
      if (uniform() >= due.slip_chance) continue;
      const double last = day + 7 * due.slip_weeks.quantile(std::max(uniform(), 0x1p-60));
      if (last < today) continue;
      due.date = whole_.calendar.day_one() + std::chrono::days(static_cast<int>(std::floor(last)));
      due.slip_chance = 0;
      return due;
    }
  }

  const Scenario& whole_;
  const Territory& territory_;
  const TerritoryPlan& plan_;
  int steps_;
  double step_weeks_;
  int days_of_step_;
  boost::random::mt19937_64& random_;
  ResumeFault fault_;
};

}  // namespace

Scenario resume(const Scenario& whole, const Plan& plan, const PlainResult& state, int steps,
                boost::random::mt19937_64& random, ResumeFault fault) {
  return Resumption(whole, plan, steps, random, fault).from(state);
}

}  // namespace attain::testing
