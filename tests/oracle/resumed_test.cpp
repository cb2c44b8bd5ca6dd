// A future is stopped, written down as a scenario of that day, and expected to its end. On average
// over futures, what is expected then is what was expected at the start: wins, bookings and the
// chance of quota are martingales. Only the futures up to that day are simulated; the rest is
// exact, so that few of them are enough.

#include "support/oracle/agreement.hpp"
#include "support/oracle/build_scenario.hpp"
#include "support/oracle/solver.hpp"
#include "support/resume.hpp"

#include <attain/plan/arithmetic.hpp>

#include <fmt/format.h>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <iostream>
#include <string_view>

namespace attain::oracle {

namespace {

using attain::testing::plain_state;
using attain::testing::resume;
using attain::testing::ResumeFault;
using D = Distribution;

#if defined(__SANITIZE_ADDRESS__)
constexpr bool enough_time = false;
#else
constexpr bool enough_time = true;
#endif

/// Amounts of this module are multiples of 1,000, so that the law of bookings has few nodes.
constexpr int lattice = 1'000;

struct Forecast {
  double wins = 0;  ///< Those that are won already included.
  double bookings = 0;
  double chance = 0;  ///< Of quota.
};

/// By the plan's tables, which other tests compare with the solver.
Forecast forecast(const Scenario& scenario, const Plan& plan, int wins_before) {
  const Territory& territory = scenario.territories[0];
  const TerritoryArithmetic parts = arithmetic(scenario, plan, 0);
  Forecast result{static_cast<double>(wins_before), parts.booked, 0};
  BookingsLaw law;
  law.add_certain(territory.booked);
  for (const NewDeals& row : parts.new_deals) {
    result.wins += row.wins;
    result.bookings += row.bookings;
    law.add_poisson(AmountLaw(territory.streams[row.stream].funnel.amount), row.wins);
  }
  for (const OpenDealsExpectation& row : parts.open) {
    result.wins += row.count * row.win_in_period;
    result.bookings += row.bookings;
    law.add_events(AmountLaw(D::fixed(row.amount)), row.win_in_period, row.count);
  }
  result.chance = law.at_least({*territory.quota})[0].value;
  return result;
}

struct Average {
  double sum = 0;
  double squares = 0;

  void add(double x) {
    sum += x;
    squares += x * x;
  }
  /// How many standard errors it is from what it should be.
  [[nodiscard]] double z(int n, double expected) const {
    const double mean = sum / n;
    return (mean - expected) / std::sqrt((squares / n - mean * mean) / (n - 1));
  }
};

constexpr std::array<std::string_view, 3> names{"wins", "bookings", "chance"};

/// With a quota of what is expected: a chance near 0 or 1 is not normal over so few futures.
Scenario with_even_quota(Scenario whole) {
  Territory& territory = whole.territories[0];
  territory.quota = dollars(1);
  const double expected = forecast(whole, build_plan(whole), 0).bookings;
  territory.quota = dollars(std::lround(expected / lattice) * lattice);
  return whole;
}

/// z of wins, bookings and chance, over that many futures.
std::array<double, 3> compare_with_whole(const Scenario& stated, int steps, int futures,
                                         ResumeFault fault = {}) {
  const Scenario whole = with_even_quota(stated);
  const Plan plan = build_plan(whole);
  const TerritoryLaw law = solve(whole.territories[0], whole.calendar);
  const BookingsLaw bookings = law.booked_by(law.steps - 1);
  boost::random::mt19937_64 random(20'270'104);
  std::array<Average, 3> averages;
  for (int r = 0; r < futures; ++r) {
    const auto state =
        plain_state(plan, plan.territories[0], 1, static_cast<std::uint64_t>(r), steps);
    const Scenario rest = resume(whole, plan, state, steps, random, fault);
    const Forecast now = forecast(rest, build_plan(rest, &plan), state.wins);
    averages[0].add(now.wins);
    averages[1].add(now.bookings);
    averages[2].add(now.chance);
  }
  return {averages[0].z(futures, law.wins(law.all(), {}).mean()),
          averages[1].z(futures, bookings.mean()),
          averages[2].z(futures, bookings.at_least({*whole.territories[0].quota})[0].value)};
}

Distribution thousands(int count) { return D::fixed(lattice * count); }

/// Stays of several families, deals of each kind on day one, dates, slips and bookings before.
Scenario every_kind(const Calendar& period) {
  OpenDeals priced = counted(1, 2, 1.5);
  priced.amount = dollars(7 * lattice);
  Territory made = territory(
      "T", {},
      {stream(
          "new", 4,
          {stage(0.6, D::gamma(1.6, 0.6), D::weibull(2.5, 0.7)),
           stage(0.55, D::lognormal(2.2, 0.7), D::gamma(1.2, 0.4)), stage(0.7, D::exponential(1))},
          thousands(10))},
      {counted(0, 4), counted(1, 3), counted(0, 2, 1.25), counted(1, 3, 0.5), priced,
       named("Aged", 0, 0.75, dollars(20 * lattice)), named("Found", 1, {}, dollars(15 * lattice)),
       slipping(due("Due", 24, 0.7, dollars(25 * lattice)), 0.4, D::exponential(2)),
       slipping(due("Overdue", -5, 0.6, dollars(12 * lattice)), 0.5, D::gamma(3, 0.5)),
       slipping(renewals(9, {}, 0.8, thousands(3)), 0.35, D::weibull(2, 0.8)),
       slipping(renewals(5, 40, 0.9, thousands(2)), 0.5, D::fixed(2))});
  made.booked = dollars(8 * lattice);
  return scenario("every kind", period, {made});
}

/// Stays that end within a step or two, in which the phase shows. Atoms lie half-way between the
/// 64ths of a step to which ages are rounded, so that rounding never moves one past an atom.
Scenario short_stays() {
  constexpr double part = 1.0 / 128;
  Territory made = territory(
      "T", {},
      {stream("new", 20,
              {stage(0.7, D::gamma(1.4, 0.25)),
               stage(0.6, D::fixed(1.5 + part), D::empirical({0.25 + part, 1 + part, 2.5 + part})),
               stage(0.7, D::lognormal(1.3, 0.3), D::lognormal(0.8, 0.3))},
              thousands(5))},
      {counted(0, 5), counted(1, 4), counted(2, 3), counted(1, 2, 0.5)});
  made.booked = dollars(20 * lattice);
  return scenario("short stays", calendar(10, Step::week), {made});
}

/// Who wins does so within a week, who is lost waits: that a deal is still there tells how it will
/// end, and the more the longer it has been there.
Scenario telling_stays() {
  constexpr double part = 1.0 / 128;
  Territory made =
      territory("T", {},
                {stream("new", 20, {stage(0.5, D::fixed(0.59375 + part), D::fixed(2.59375 + part))},
                        thousands(5))});
  made.booked = dollars(10 * lattice);
  return scenario("telling stays", calendar(10, Step::week), {made});
}

}  // namespace

TEST_CASE("a resumed future expects on average what was expected at the start",
          "[oracle][resumed]") {
  struct Case {
    Scenario whole;
    int steps;
    int futures;
  };
  const Scenario weekly = every_kind(calendar(13, Step::week));
  const Scenario daily = every_kind(calendar(8, Step::day));
  const std::vector<Case> cases{
      {weekly, 0, 1'000},
      {weekly, 1, 2'000},
      {weekly, 5, 2'000},
      {weekly, 11, 2'000},
      {daily, 9, 600},
      {daily, 37, 600},
      {every_kind(calendar_from(13, 3, Step::week)), 4, 2'000},
      {every_kind(calendar_from(59, 10, Step::day)), 20, 600},
      {short_stays(), 2, 1'000},
      {short_stays(), 7, 1'000},
      {short_stays(), 9, 2'000},
      {telling_stays(), 9, 8'000},
  };
  const double bound = bound_for(cases.size() * names.size());
  for (const Case& one : cases) {
    const int futures = enough_time ? one.futures : one.futures / 10;
    const auto z = compare_with_whole(one.whole, one.steps, futures);
    for (std::size_t i = 0; i < names.size(); ++i) {
      const std::string what = fmt::format("{} after {} of {} steps, {}", names[i], one.steps,
                                           one.whole.calendar.steps(), one.whole.name);
      std::cout << fmt::format("resumed: z {:6.2f}  {}\n", z[i], what);
      INFO(what);
      CHECK(std::abs(z[i]) < bound);
    }
  }
}

TEST_CASE("a future that is resumed wrongly does not", "[oracle][resumed]") {
  if (!enough_time) return;
  struct Control {
    std::string_view error;
    ResumeFault fault;
  };
  const std::vector<Control> controls{{"clock taken for the age", {.clock_as_age = true}},
                                      {"phase at random", {.phase_at_random = true}},
                                      {"booked forgotten", {.booked_forgotten = true}}};
  const double bound = bound_for(100);
  for (const Control& control : controls) {
    const auto z = compare_with_whole(telling_stays(), 9, 8'000, control.fault);
    std::cout << fmt::format(
        "resumed, control: z of wins {:.1f}, bookings {:.1f}, chance {:.1f}, {}\n", z[0], z[1],
        z[2], control.error);
    INFO(control.error);
    CHECK(std::abs(z[1]) > bound);
    CHECK(std::abs(z[2]) > bound);
  }
}

}  // namespace attain::oracle
