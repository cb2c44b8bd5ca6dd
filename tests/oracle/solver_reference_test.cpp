// The solver against numbers that were computed independently (scipy, R) for the same models; R4,
// R12, R13 and R14 name the sets. Those in continuous time are compared with the step law where the
// two coincide, else with the parts of the solver that know no steps.

#include "support/oracle/build_scenario.hpp"
#include "support/oracle/continuous_time.hpp"
#include "support/oracle/reference_scenarios.hpp"
#include "support/oracle/solver.hpp"

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <cmath>
#include <iostream>
#include <numeric>

namespace attain::oracle {

namespace {

const ContinuousFunnel canonical{2, {0.5, 0.5, 0.4}};
constexpr double new_wins_at_six = 4.266978216;

BookingsLaw canonical_new_bookings(double leads_per_week) {
  BookingsLaw law;
  law.add_poisson(AmountLaw(canonical_amounts()), canonical.expected_new_wins(leads_per_week, 13));
  return law;
}

BookingsLaw canonical_bookings(double leads_per_week) {
  BookingsLaw law = canonical_new_bookings(leads_per_week);
  for (std::size_t stage = 0; stage < 3; ++stage) {
    law.add_events(AmountLaw(canonical_amounts()), canonical.win_chance(stage, 13),
                   4 - static_cast<int>(stage));
  }
  return law;
}

double at_least(const BookingsLaw& law, double units) {
  return law.at_least({{std::llround(units * 100)}}).front().value;
}

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// The chance that a deal of this age leaves a stage within so many weeks.
double leaves_within(const Distribution& dwell, double age, int weeks) {
  return sum(exit_of_aged(stage(1, dwell), calendar(weeks, Step::week), age).advance);
}

}  // namespace

TEST_CASE("a deal's age moves its chance to advance as in R4", "[oracle][solver]") {
  const Stage aging =
      stage(0.4, Distribution::gamma(3, 0.5), Distribution::gamma(8, std::sqrt(0.5)));
  const std::vector<std::pair<double, double>> expected{
      {0, 0.4}, {2, 0.345822}, {4, 0.167033}, {8, 0.010259}};
  for (const Step step : {Step::week, Step::day}) {
    for (const auto& [age, chance] : expected) {
      const StageExit exit = exit_of_aged(aging, calendar(150, step), age);
      CHECK(sum(exit.advance) == Approx(chance).margin(5e-7));
      CHECK(sum(exit.advance) + sum(exit.lost) == Approx(1).margin(1e-12));
    }
  }
}

TEST_CASE("the time that remains to an old deal is that of R4", "[oracle][solver]") {
  CHECK(leaves_within(Distribution::gamma(4, std::sqrt(0.5)), 5, 6) ==
        Approx(0.907538).margin(5e-7));
  const double weibull_mean = 6 * std::tgamma(1 + 1 / 0.8);
  const double weibull_cv =
      std::sqrt(std::tgamma(1 + 2 / 0.8) / std::pow(std::tgamma(1 + 1 / 0.8), 2) - 1);
  CHECK(leaves_within(Distribution::weibull(weibull_mean, weibull_cv), 5, 6) ==
        Approx(0.532215).margin(5e-7));
  CHECK(leaves_within(Distribution::lognormal(3 * std::exp(0.405), std::sqrt(std::expm1(0.81))), 5,
                      6) == Approx(0.739026).margin(5e-7));
}

TEST_CASE("C1 in continuous time has the wins and bookings of R12", "[oracle][solver]") {
  CHECK(canonical.expected_new_wins(6, 13) == Approx(new_wins_at_six).margin(5e-10));
  CHECK(canonical.expected_new_wins(6, 4) == Approx(0.261621).margin(5e-7));
  CHECK(canonical.expected_new_wins(6, 8) == Approx(1.617597).margin(5e-7));
  CHECK(canonical.expected_new_wins(6, 12) == Approx(3.698159).margin(5e-7));
  CHECK(canonical.win_chance(0, 13) == Approx(0.0956964053).margin(5e-11));
  CHECK(canonical.win_chance(1, 13) == Approx(0.1977448412).margin(5e-11));
  CHECK(canonical.win_chance(2, 13) == Approx(0.3993986243).margin(5e-11));

  CountLaw wins;
  wins.add_poisson(canonical.expected_new_wins(6, 13));
  for (std::size_t stage = 0; stage < 3; ++stage) {
    wins.add_events(canonical.win_chance(stage, 13), 4 - static_cast<int>(stage));
  }
  CHECK(wins.mean() == Approx(6.041795610).margin(5e-10));
  CHECK(wins.variance() == Approx(5.568816813).margin(5e-10));
  const std::vector<double> law = wins.probabilities();
  CHECK(sum(law) == Approx(1).margin(1e-14));
  CHECK(1 - std::accumulate(law.begin(), law.begin() + 5, 0.0) == Approx(0.7313824).margin(5e-8));

  const BookingsLaw bookings = canonical_bookings(6);
  CHECK(bookings.mean() == Approx(120835.912).margin(5e-4));
  CHECK(std::sqrt(bookings.variance()) == Approx(66287.770).margin(5e-4));
  const std::vector<Chance> chances = bookings.at_least(
      {dollars(60'000), dollars(80'000), dollars(100'000), dollars(120'000), dollars(150'000)});
  const std::vector<double> expected{0.82913725, 0.70412233, 0.56913394, 0.44061513, 0.28087544};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CHECK(chances[i].value == Approx(expected[i]).margin(1e-7));
    CHECK(chances[i].error < 1e-6);
  }
  const std::vector<std::pair<double, double>> quantiles{
      {0.1, 46127.6}, {0.25, 72998.0}, {0.5, 110506.6}, {0.75, 157111.0}, {0.9, 208149.2}};
  for (const auto& [p, quantile] : quantiles) {
    CHECK(at_least(bookings, quantile) == Approx(1 - p).margin(2e-6));
  }
}

TEST_CASE("C1 in steps is as near to continuous time as it was computed to be",
          "[oracle][solver]") {
  const auto new_wins = [](Step step) {
    Scenario scenario = canonical_scenario(step);
    scenario.territories[0].open.clear();
    const TerritoryLaw law = solve(scenario.territories[0], scenario.calendar);
    return law.wins(law.all(), {}).mean();
  };
  const double weekly = new_wins(Step::week);
  const double daily = new_wins(Step::day);
  std::cout << fmt::format(
      "expected new wins of C1: continuous time {:.6f}, steps of a week {:.6f}, of a day {:.6f}\n",
      canonical.expected_new_wins(6, 13), weekly, daily);
  CHECK(weekly == Approx(4.2686).margin(5e-5));
  CHECK(daily == Approx(4.2670).margin(5e-5));
  // The error of a step is of second order in its length: 49 times smaller with days.
  CHECK((weekly - new_wins_at_six) / (daily - new_wins_at_six) == Approx(49).epsilon(0.02));

  const Scenario scenario = canonical_scenario(Step::day);
  const TerritoryLaw law = solve(scenario.territories[0], scenario.calendar);
  CHECK(at_least(law.bookings(law.all(), {}), 100'000) == Approx(0.56913394).margin(2e-5));
}

TEST_CASE("lead rates and quotas for given chances are those of R13", "[oracle][solver]") {
  // These three hold for C1 with its open deals, the rest for new deals alone.
  CHECK(at_least(canonical_bookings(5.25441), 100'000) == Approx(0.5).margin(2e-6));
  CHECK(at_least(canonical_bookings(7.60856), 100'000) == Approx(0.7).margin(2e-6));
  CHECK(at_least(canonical_bookings(11.58796), 100'000) == Approx(0.9).margin(2e-6));

  struct Row {
    double rate, equal_quota, proportional, uniform;
  };
  const std::vector<Row> rows{{3, 39839.9, 0.394535, 0.086721},
                              {6, 85316.0, 0.421574, 0.329879},
                              {12, 174844.1, 0.441072, 0.811205}};
  BookingsLaw company;
  for (const Row& row : rows) {
    const BookingsLaw law = canonical_new_bookings(row.rate);
    CHECK(at_least(law, row.equal_quota) == Approx(0.424344).margin(2e-6));
    CHECK(at_least(law, 300'000 * row.rate / 21) == Approx(row.proportional).margin(1e-6));
    CHECK(at_least(law, 100'000) == Approx(row.uniform).margin(1e-6));
    company.add(law);
  }
  CHECK(at_least(company, 300'000) == Approx(0.452517).margin(1e-6));
}

TEST_CASE("compound Poisson sums of lognormal amounts have the tails of R14", "[oracle][solver]") {
  const auto lognormal = [](double mu, double sigma) {
    return AmountLaw(Distribution::lognormal(std::exp(mu + sigma * sigma / 2),
                                             std::sqrt(std::expm1(sigma * sigma))));
  };
  BookingsLaw large;
  large.add_poisson(lognormal(10, 1), 5);
  CHECK(at_least(large, 200'000) == Approx(0.34922614).margin(5e-8));
  CHECK(at_least(large, 300'000) == Approx(0.15202743).margin(5e-8));
  CHECK(at_least(large, 1'000'000) == Approx(0.00104860895).margin(5e-8));
  BookingsLaw small;
  small.add_poisson(lognormal(0, 1), 5);
  CHECK(at_least(small, 10) == Approx(0.29682736).margin(5e-8));
  BookingsLaw narrow;
  narrow.add_poisson(lognormal(0, 0.5), 4);
  CHECK(at_least(narrow, 5) == Approx(0.38338968).margin(5e-8));
}

TEST_CASE("sums on a lattice and numbers of events are those of R14", "[oracle][solver]") {
  BookingsLaw law;
  law.add_poisson(AmountLaw(Distribution::empirical({1, 2, 3}, {5, 4, 1})), 3);
  const std::vector<double> expected{0.04978707, 0.07468060, 0.11575493,
                                     0.13255807, 0.13596537, 0.12525337};
  for (std::size_t k = 0; k < expected.size(); ++k) {
    const auto amount = static_cast<std::int64_t>(k);
    const std::vector<Chance> chances = law.at_least({dollars(amount), dollars(amount + 1)});
    CHECK(chances[0].value - chances[1].value == Approx(expected[k]).margin(2e-8));
  }
  CHECK(at_least(law, 11) == Approx(1 - 0.95553361).margin(2e-8));

  CountLaw events;
  for (const double p : {0.1, 0.25, 0.25, 0.5, 0.6, 0.8}) events.add_events(p);
  const std::vector<double> number{0.02025, 0.147375, 0.339, 0.32725, 0.13925, 0.025375, 0.0015};
  const std::vector<double> found = events.probabilities();
  REQUIRE(found.size() == number.size());
  for (std::size_t k = 0; k < number.size(); ++k) {
    CHECK(found[k] == Approx(number[k]).margin(1e-14));
  }
}

}  // namespace attain::oracle
