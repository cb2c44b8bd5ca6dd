// Effort against rules that do the same, to the byte.

#include "plan/effort.hpp"
#include "support/build_rules.hpp"

#include <attain/engine/simulate.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

using namespace attain;
using namespace attain::oracle;
using namespace attain::testing;
using D = Distribution;

namespace {

/// The first stream is the people's own.
Scenario two_streams(Money quota) {
  const std::vector<Stage> stages{stage(0.6, D::lognormal(1.5, 0.7)),
                                  stage(0.5, D::gamma(2, 0.5), D::gamma(3, 1))};
  Territory made = territory(
      "T", quota,
      {stream("own", 2, stages, D::lognormal(100, 0.8)), stream("given", 3, stages, D::fixed(100))},
      {counted(0, 4), counted(1, 2, 1.0), named("Acme", 0, 3.0),
       due("Borealis", 30, 0.5, dollars(250))});
  made.streams[0].source = Source::own;
  return scenario("two streams", calendar(13, Step::week), {made});
}

Scenario with(Scenario made, const Effort& effort) {
  for (Territory& territory : made.territories) territory.effort = effort;
  return made;
}

/// What effort does, as a rule.
void add_answer(Scenario& made, const std::string& name, const std::vector<Condition>& when,
                double factor) {
  add_rule(made, name + " speed", when, {times(Knob::speed, factor)});
  Rule& leads = add_rule(made, name + " leads", when, {times(Knob::leads, factor)});
  for (Selected& where : leads.where) {
    const auto& streams = made.territories[where.territory].streams;
    std::erase_if(where.streams, [&](std::size_t s) { return streams[s].source != Source::own; });
    where.whole = false;
  }
  std::erase_if(leads.where, [](const Selected& where) { return where.streams.empty(); });
  if (leads.where.empty()) made.rules.pop_back();
}

void same_future(const Scenario& a, const Scenario& b) {
  const Plan plan_a = build_plan(a);
  const Plan plan_b = build_plan(b);
  for (const SimdWidth width : {SimdWidth::sse2, SimdWidth::avx2, SimdWidth::avx512}) {
    if (!machine_has(width)) continue;
    SimulationOptions options;
    options.seed = 5;
    options.replications = 1'000;
    options.simd = width;
    CHECK(simulate_bookings(plan_a, options) == simulate_bookings(plan_b, options));
    const TerritoryTally left = simulate(plan_a, options).territories[0];
    const TerritoryTally right = simulate(plan_b, options).territories[0];
    REQUIRE(left.flows.size() == right.flows.size());
    for (std::size_t f = 0; f < left.flows.size(); ++f) {
      CHECK(left.flows[f].entered == right.flows[f].entered);
      CHECK(left.flows[f].open == right.flows[f].open);
    }
  }
}

/// A territory whose every state rules can name: deals of 100 in two stages without a memory, of
/// which the second is pipeline; one dated deal of 1,000; orders of 10 that are won as they come,
/// or in the next week where work goes slowly.
struct Nameable {
  static constexpr int deals = 2;
  static constexpr int most_orders = 7;
  static constexpr int most_waiting = 2;
  static constexpr int weeks = 5;
  static constexpr int due_week = 2;
  static constexpr double orders_a_week = 0.2;
  static constexpr double advance[] = {0.7, 0.6};
  static constexpr double stay[] = {2, 3};

  static Scenario scenario_with(std::vector<OpenDeals> open) {
    Stream field = stream(
        "field", 0,
        {stage(advance[0], D::exponential(stay[0])), stage(advance[1], D::exponential(stay[1]))},
        D::fixed(100));
    field.funnel.pipeline_from = 1;
    const Stream orders = stream("orders", orders_a_week, {stage(1, D::fixed(0))}, D::fixed(10));
    open.push_back(
        slipping(due("dated", (due_week - 1) * 7, 0.7, dollars(1'000)), 0.25, D::fixed(8)));
    return scenario("nameable", calendar(weeks, Step::week),
                    {territory("T", dollars(1'150), {field, orders}, open)});
  }

  /// Within so many steps.
  static double second_stage_wins(int left) { return advance[1] * (1 - std::exp(-left / stay[1])); }
  static double new_second_stage_wins(int left) {
    // It enters at a random phase of its first step.
    const double after_one = stay[1] * (1 - std::exp(-1 / stay[1]));
    return advance[1] * (1 - after_one * std::exp(-(left - 1) / stay[1]));
  }
  static double first_stage_wins(int left) {
    double wins = 0;
    for (int step = 1; step <= left; ++step) {
      const double leaves = std::exp(-(step - 1) / stay[0]) * (1 - std::exp(-1 / stay[0]));
      wins += leaves * advance[0] * new_second_stage_wins(left - step + 1);
    }
    return wins;
  }
  /// If it slips, that is beyond the end.
  static double dated_wins(int week) { return week <= due_week ? 0.7 * 0.75 : 0; }

  struct State {
    int week, first, second, waiting;
    bool dated;
    double booked;
  };

  static double z(const State& state) {
    const int left = weeks - state.week + 1;
    double mean = orders_a_week * left * 10 + state.waiting * 10;
    double variance = orders_a_week * left * 100;
    const auto add = [&](int count, double wins, double amount) {
      mean += count * wins * amount;
      variance += count * wins * (1 - wins) * amount * amount;
    };
    add(state.first, first_stage_wins(left), 100);
    add(state.second, second_stage_wins(left), 100);
    add(state.dated ? 1 : 0, dated_wins(state.week), 1'000);
    return std::floor(64 * (mean + state.booked - 1'150) / std::sqrt(variance) + 0.5) / 64;
  }

  static std::vector<State> states() {
    std::vector<State> all;
    for (int week = 1; week <= weeks; ++week) {
      for (int first = 0; first <= deals; ++first) {
        for (int second = 0; first + second <= deals; ++second) {
          for (int won = 0; first + second + won <= deals; ++won) {
            for (int orders = 0; orders <= most_orders; ++orders) {
              for (int waiting = 0; waiting <= most_waiting; ++waiting) {
                const double booked = 100 * won + 10 * orders;
                all.push_back({week, first, second, waiting, true, booked});
                all.push_back({week, first, second, waiting, false, booked});
                all.push_back({week, first, second, waiting, false, booked + 1'000});
              }
            }
          }
        }
      }
    }
    return all;
  }
};

}  // namespace

TEST_CASE("Effort without any strength changes no byte", "[unit][effort]") {
  const Scenario made = two_streams(dollars(900));
  same_future(made, with(made, Effort{}));
}

TEST_CASE("Coasting is a rule on quota that is made", "[unit][effort]") {
  const Scenario made = two_streams(dollars(900));
  Effort coast;
  coast.coast = 0.25;
  Scenario rules = made;
  add_answer(rules, "coast", {at_least(StateVariable::attainment, 1)}, 0.75);
  same_future(with(made, coast), rules);
}

TEST_CASE("The goal gradient is one of rules on what is booked", "[unit][effort]") {
  Scenario made = two_streams(dollars(500));
  for (Stream& each : made.territories[0].streams) each.funnel.amount = D::fixed(100);
  made.territories[0].open.pop_back();
  Effort gradient;
  gradient.goal_gradient = 0.2;
  Scenario rules = made;
  for (int wins = 0; wins < 5; ++wins) {
    const double reached = wins * 100.0 / 500;
    add_answer(rules, "booked " + std::to_string(wins),
               {between(StateVariable::booked, wins * 100, wins * 100)},
               1 + 0.2 * reached * reached);
  }
  same_future(with(made, gradient), rules);
}

TEST_CASE("People give up a quota out of reach, and effort has bounds", "[unit][effort]") {
  const Scenario made = two_streams(dollars(100'000'000));
  for (const double share : {0.15, 0.6}) {
    Effort effort;
    effort.give_up = share;
    effort.give_up_below = 0.1;
    Scenario rules = made;
    add_answer(rules, "give up", {}, std::max(0.7, 1 - share));
    same_future(with(made, effort), rules);
  }
  Scenario near = two_streams(dollars(1'000));
  near.territories[0].booked = dollars(950);
  Effort driven;
  driven.goal_gradient = 0.9;
  Scenario rules = near;
  add_answer(rules, "driven", {between(StateVariable::booked, 0, 999.99)}, 1.3);
  same_future(with(near, driven), rules);
}

TEST_CASE("Effort is that of what is open, booked and to come", "[unit][effort]") {
  Effort effort;
  effort.bonus_pull = 0.25;
  effort.give_up = 0.2;
  effort.give_up_below = 0.3;
  const std::vector<std::vector<OpenDeals>> pipelines{
      {counted(0, 2, 2.0)},
      {named("A", 0, 1.0), named("B", 0, {})},
      {named("A", 1, 1.0), counted(0, 1)},
  };
  for (const std::vector<OpenDeals>& open : pipelines) {
    const Scenario made = Nameable::scenario_with(open);
    Scenario rules = made;
    for (const Nameable::State& state : Nameable::states()) {
      if (state.booked >= 1'150) continue;
      const double z = Nameable::z(state);
      const double pipeline = 100 * state.second + 10 * state.waiting + (state.dated ? 1'000 : 0);
      const int there = state.first + state.second + state.waiting + (state.dated ? 1 : 0);
      const auto exactly = [](StateVariable variable, double value) {
        return between(variable, value, value);
      };
      add_answer(
          rules, std::to_string(rules.rules.size()),
          {exactly(StateVariable::week, state.week), exactly(StateVariable::open_deals, there),
           exactly(StateVariable::pipeline, pipeline),
           exactly(StateVariable::booked, state.booked)},
          1 + 0.25 * static_cast<float>(std::exp(-z * z / 2)) - (z < -0.5244005 ? 0.2 : 0));
    }
    same_future(with(made, effort), rules);
  }
}

TEST_CASE("Effort looks at the clock of a deal, not at the weeks that it has been there",
          "[unit][effort]") {
  // A single deal: while it is open, effort and clocks have been the same in every replication. It
  // is twice as fast as usual, and leaves the first stage when its clock comes to 3.
  constexpr int weeks = 8;
  Effort effort;
  effort.bonus_pull = 0.2;
  for (const bool has_name : {true, false}) {
    Scenario made = scenario(
        "clock", calendar(weeks, Step::week),
        {territory("T", dollars(90),
                   {stream("field", 0, {stage(1, D::fixed(3)), stage(0.6, D::gamma(9, 0.4))},
                           D::fixed(100))},
                   {has_name ? named("A", 0, 0.0) : counted(0, 1, 0.0)})});
    add_rule(made, "always", {}, {times(Knob::speed, 2)});
    made.territories[0].effort = effort;
    const Plan plan = build_plan(made);
    const EffortPlan answer = *effort_plan(plan, plan.territories[0], made.territories[0]);
    const WinTable& first = has_name ? *answer.named[0].wins : *answer.flows[0].open[0];
    const WinTable& second = *answer.flows[0].stages[1];

    Scenario rules = made;
    rules.territories[0].effort.reset();
    double time = 0;
    double entry = 0;
    bool advanced = false;
    for (int week = 1; week <= weeks; ++week) {
      const WinTable& table = advanced ? second : first;
      const int clock = std::min(static_cast<int>(std::floor(time - entry + 0.5)), table.last);
      const double wins = table.chances[(weeks - week + 1) * (table.last + 1) + clock];
      const double sd = 100 * std::sqrt(wins * (1 - wins));
      const double z = std::floor(64 * (wins * 100 - 90) / sd + 0.5) / 64;
      const double e = 1 + 0.2 * static_cast<float>(std::exp(-z * z / 2));
      CAPTURE(week, clock, wins, e);
      CHECK(e > 1);
      add_answer(
          rules, "week " + std::to_string(week),
          {between(StateVariable::week, week, week), between(StateVariable::open_deals, 1, 1)}, e);
      const double before = time;
      time += 2.0 * static_cast<float>(e);
      if (!advanced && time >= 3) {
        advanced = true;
        entry = before;
      }
    }
    same_future(made, rules);
  }
}

TEST_CASE("Effort answers anew to each period's quota, and to none in a period without one",
          "[unit][effort]") {
  Scenario made = two_streams(dollars(900));
  made.calendar.periods = 3;
  made.territories[0].quotas = {dollars(900), dollars(1'200), {}};
  Effort coast;
  coast.coast = 0.25;
  Scenario rules = made;
  add_answer(rules, "coast",
             {between(StateVariable::period, 1, 2), at_least(StateVariable::attainment, 1)}, 0.75);
  same_future(with(made, coast), rules);
}
