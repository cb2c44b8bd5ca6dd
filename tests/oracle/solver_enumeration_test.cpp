// The solver against brute force: every phase, stay and outcome of a small funnel, one by one.

#include "support/oracle/build_scenario.hpp"
#include "support/oracle/solver.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

namespace attain::oracle {

namespace {

constexpr int steps = 6;
/// Stays are multiples of 1/8 step, so the eight midpoints of a phase stand for all phases exactly.
constexpr int phases = 8;

struct Exit {
  int after = 0;  ///< Steps.
  bool advance = false;
  double probability = 0;
};

/// Calls `use(stay, advance, probability)` for each stay (in steps) and outcome of a stage.
template <class Use>
void each_stay(const Stage& stage, int steps_per_week, const Use& use) {
  for (const bool advance : {true, false}) {
    const Distribution& dwell = advance ? stage.weeks_to_advance : stage.weeks_to_lost;
    const double share = advance ? stage.advance : 1 - stage.advance;
    const auto& family = std::get<Distribution::Empirical>(dwell.family());
    for (std::size_t i = 0; i < family.values.size(); ++i) {
      use(family.values[i] * steps_per_week, advance, share * family.probabilities[i]);
    }
  }
}

std::vector<Exit> exits_of_entered_deals(const Stage& stage, int steps_per_week) {
  std::vector<Exit> exits;
  each_stay(stage, steps_per_week, [&](double stay, bool advance, double probability) {
    for (int i = 0; i < phases; ++i) {
      const double phase = (i + 0.5) / phases;
      exits.push_back({static_cast<int>(std::floor(phase + stay)), advance, probability / phases});
    }
  });
  return exits;
}

std::vector<Exit> exits_of_aged_deals(const Stage& stage, int steps_per_week, double age) {
  std::vector<Exit> exits;
  double total = 0;
  each_stay(stage, steps_per_week, [&](double stay, bool advance, double probability) {
    if (stay < age) return;
    // The step (k, k + 1] in which it ends; a stay of exactly the age ends in the first.
    const int after = std::max(static_cast<int>(std::ceil(stay - age)) - 1, 0);
    exits.push_back({after, advance, probability});
    total += probability;
  });
  for (Exit& exit : exits) exit.probability /= total;
  return exits;
}

std::vector<Exit> exits_of_found_deals(const Stage& stage, int steps_per_week) {
  std::vector<Exit> exits;
  double total = 0;
  each_stay(stage, steps_per_week, [&](double stay, bool advance, double probability) {
    // Seen at each moment of the stay alike: each eighth of a step that remains is one case.
    for (int i = 0; i < std::lround(stay * phases); ++i) {
      exits.push_back({i / phases, advance, probability});
      total += probability;
    }
  });
  for (Exit& exit : exits) exit.probability /= total;
  return exits;
}

/// Expected wins and deals in stages at the end of each step, by walking every path.
struct Walk {
  const std::vector<std::vector<Exit>>& entered;
  std::vector<double> won = std::vector<double>(steps);
  std::vector<std::vector<double>> present =
      std::vector<std::vector<double>>(entered.size(), std::vector<double>(steps));

  void from(std::size_t stage, int step, const std::vector<Exit>& exits, double weight) {
    for (const Exit& exit : exits) {
      const double here = weight * exit.probability;
      const int leaves = step + exit.after;
      for (int t = step; t < std::min(leaves, steps); ++t) present[stage][t] += here;
      if (leaves >= steps || !exit.advance) continue;
      if (stage + 1 == entered.size()) {
        won[leaves] += here;
      } else {
        from(stage + 1, leaves, entered[stage + 1], here);
      }
    }
  }
};

Stream small_stream(int steps_per_week) {
  const double unit = 1.0 / steps_per_week;
  const auto values = [unit](std::vector<double> in_steps) {
    for (double& value : in_steps) value *= unit;
    return in_steps;
  };
  Stream made =
      stream("small", 2.5,
             {stage(0.6, Distribution::empirical(values({0, 0.375, 1, 2.5}), {2, 3, 1, 2}),
                    Distribution::empirical(values({0.5, 1.25}))),
              stage(0.7, Distribution::empirical(values({0.125, 3}), {3, 1}),
                    Distribution::empirical(values({0, 2}))),
              stage(0.5, Distribution::empirical(values({0, 1.5})))},
             Distribution::fixed(1'000));
  made.enter = {0.5, 0.3, 0.2};
  return made;
}

void compare_with_walk(const TerritoryLaw& law, const Walk& walk) {
  for (int step = 0; step < steps; ++step) {
    CHECK(law.wins({step, step + 1}, {}).mean() == Approx(walk.won[step]).margin(1e-13));
    for (std::size_t stage = 0; stage < walk.entered.size(); ++stage) {
      CHECK(law.open(stage, step, {}).mean() == Approx(walk.present[stage][step]).margin(1e-13));
    }
  }
}

}  // namespace

TEST_CASE("the law of deals is that of all phases, stays and outcomes", "[oracle][solver]") {
  // Daily steps take a whole number of weeks; the walk looks at the first six days.
  const auto step = GENERATE(Step::week, Step::day);
  Calendar period = calendar(step == Step::week ? steps : 1, step);
  const int per_week = period.steps_per_week();
  const Stream small = small_stream(per_week);
  std::vector<std::vector<Exit>> entered;
  for (const Stage& s : small.funnel.stages) entered.push_back(exits_of_entered_deals(s, per_week));

  SECTION("new deals") {
    Walk walk{entered};
    for (std::size_t start = 0; start < 3; ++start) {
      for (int t = 0; t < steps; ++t) {
        walk.from(start, t, entered[start], 2.5 / per_week * small.enter[start]);
      }
    }
    compare_with_walk(solve(territory("T", {}, {small}), period), walk);
  }
  SECTION("open deals") {
    Stream closed = small;
    closed.leads_per_week = 0;
    const auto start = GENERATE(std::size_t{0}, std::size_t{1});
    const auto age = GENERATE(-1.0, 0.0, 0.125, 1.0, 2.0);
    Walk walk{entered};
    const Stage& first = small.funnel.stages[start];
    walk.from(
        start, 0,
        age < 0 ? exits_of_found_deals(first, per_week) : exits_of_aged_deals(first, per_week, age),
        1);
    std::optional<double> weeks;
    if (age >= 0) weeks = age / per_week;
    compare_with_walk(solve(territory("T", {}, {closed}, {counted(start, 1, weeks)}), period),
                      walk);
  }
}

TEST_CASE("deals whose stay is over before they are looked at leave at once", "[oracle][solver]") {
  const Calendar period = calendar(3, Step::week);
  const Stage immediate = stage(0.7, Distribution::fixed(0));
  CHECK(exit_of_found(immediate, period).advance[0] == 0.7);
  CHECK(exit_of_found(immediate, period).lost[0] == Approx(0.3));
  CHECK(exit_of_entered(immediate, period).advance[0] == 0.7);
  // Older than any deal can be: lost, whatever the stage's advance.
  CHECK(exit_of_aged(immediate, period, 1).lost[0] == 1);
  CHECK(exit_of_aged(stage(1, Distribution::exponential(2)), period, 60).lost[0] == 1);
  CHECK(exit_of_aged(stage(1, Distribution::exponential(2)), period, 40).lost[0] == 0);
  // Only an outcome with a chance of its own counts.
  const Stage sure = stage(1, Distribution::fixed(0), Distribution::fixed(5));
  CHECK(exit_of_found(sure, period).advance[0] == 1);
}

TEST_CASE("dated deals are decided in the step that holds their last date", "[oracle][solver]") {
  const auto step = GENERATE(Step::week, Step::day);
  const Calendar period =
      step == Step::week ? calendar_from(6, 2, step) : calendar_from(41, 17, step);
  const int days_of_step = step == Step::week ? 7 : 1;
  const int days_done = period.steps_done * days_of_step;
  // On edges of days and weeks, and between them.
  const std::vector<double> slip_days{0, 3, 4, 7, 10.5, 14, 19, 70};
  std::vector<double> weeks;
  for (const double days : slip_days) weeks.push_back(days / 7);
  const double share = 1.0 / static_cast<double>(slip_days.size());
  const auto decide = [&](std::vector<double>& decided, int due_day, double probability) {
    const auto at = [&](double days, double p) {
      const auto k = static_cast<std::size_t>(std::floor(days / days_of_step));
      if (k < decided.size()) decided[k] += p;
    };
    const int from = std::max(due_day - days_done, 0);
    at(from, 0.6 * probability);
    for (const double days : slip_days) at(from + days, 0.4 * share * probability);
  };
  const auto compare = [&](const OpenDeals& deals, const std::vector<double>& decided) {
    const StageExit exit = exit_of_due(*deals.due, period);
    for (std::size_t k = 0; k < decided.size(); ++k) {
      CHECK(exit.advance[k] == Approx(0.8 * decided[k]).margin(1e-13));
      CHECK(exit.lost[k] == Approx(0.2 * decided[k]).margin(1e-13));
    }
  };
  for (const int day :
       {0, 3, days_done, days_done + 1, days_done + 13, days_done + 14, 40, 41, 60}) {
    std::vector<double> decided(static_cast<std::size_t>(period.steps()));
    decide(decided, day, 1);
    compare(slipping(renewals(1, day, 0.8, Distribution::fixed(1)), 0.4,
                     Distribution::empirical(weeks)),
            decided);
  }
  const int days = period.steps() * days_of_step;
  std::vector<double> decided(static_cast<std::size_t>(period.steps()));
  for (int day = 0; day < days; ++day) decide(decided, days_done + day, 1.0 / days);
  compare(
      slipping(renewals(1, {}, 0.8, Distribution::fixed(1)), 0.4, Distribution::empirical(weeks)),
      decided);
}

TEST_CASE("the law of bookings is that of all combinations", "[oracle][solver]") {
  const Distribution prices = Distribution::empirical({0, 2.5, 4, 10}, {1, 4, 3, 2});
  BookingsLaw law;
  law.add_poisson(AmountLaw(prices), 1.3);
  law.add_events(AmountLaw(Money{750}), 0.35, 2);
  law.add_events(AmountLaw(prices), 0.8);
  law.add_certain(Money{123});

  const AmountLaw amounts(prices);
  std::map<std::int64_t, double> sums;
  const auto with_price = [&](const std::map<std::int64_t, double>& before) {
    std::map<std::int64_t, double> after;
    for (const auto& [cents, p] : before) {
      for (const AmountLaw::Atom& atom : amounts.atoms()) {
        after[cents + atom.cents] += p * atom.probability;
      }
    }
    return after;
  };
  std::map<std::int64_t, double> of_wins{{0, std::exp(-1.3)}};
  for (int n = 1; n <= 25; ++n) {
    for (const auto& [cents, p] : of_wins) sums[cents] += p;
    of_wins = with_price(of_wins);
    for (auto& [cents, p] : of_wins) p *= 1.3 / n;
  }
  for (int i = 0; i < 2; ++i) {
    std::map<std::int64_t, double> after;
    for (const auto& [cents, p] : sums) {
      after[cents] += 0.65 * p;
      after[cents + 750] += 0.35 * p;
    }
    sums = after;
  }
  std::map<std::int64_t, double> all = with_price(sums);
  for (auto& [cents, p] : all) p *= 0.8;
  for (const auto& [cents, p] : sums) all[cents] += 0.2 * p;
  std::map<std::int64_t, double> with_certain;
  for (const auto& [cents, p] : all) with_certain[cents + 123] = p;
  all = with_certain;

  double mean = 0;
  for (const auto& [cents, p] : all) mean += p * static_cast<double>(cents) / 100;
  double variance = 0;
  double fourth = 0;
  for (const auto& [cents, p] : all) {
    const double apart = static_cast<double>(cents) / 100 - mean;
    variance += p * apart * apart;
    fourth += p * apart * apart * apart * apart;
  }
  CHECK(law.mean() == Approx(mean).epsilon(1e-12));
  CHECK(law.variance() == Approx(variance).epsilon(1e-12));
  CHECK(law.cumulant(4) + 3 * variance * variance == Approx(fourth).epsilon(1e-12));
  for (const std::int64_t target :
       {1, 123, 124, 250, 373, 374, 873, 1'123, 1'124, 2'023, 3'000, 5'475}) {
    double expected = 0;
    for (const auto& [cents, p] : all) expected += cents >= target ? p : 0;
    CHECK(law.at_least({{target}}).front().value == Approx(expected).margin(2e-8));
  }
}

}  // namespace attain::oracle
