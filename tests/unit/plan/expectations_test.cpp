#include "plan/passage.hpp"
#include "support/oracle/build_scenario.hpp"
#include "support/oracle/reference_scenarios.hpp"
#include "support/oracle/solver.hpp"

#include <attain/engine/simulate.hpp>
#include <attain/plan/expectations.hpp>

#include <catch2/catch.hpp>

#include <chrono>
#include <cmath>

using namespace attain;
using attain::oracle::calendar;
using attain::oracle::canonical_amounts;
using attain::oracle::canonical_scenario;
using attain::oracle::canonical_stages;
using attain::oracle::counted;
using attain::oracle::dollars;
using attain::oracle::due;
using attain::oracle::named;
using attain::oracle::reference_scenarios;
using attain::oracle::scenario;
using attain::oracle::slipping;
using attain::oracle::stage;
using attain::oracle::stream;
using attain::oracle::territory;
using D = Distribution;

namespace {

std::vector<TerritoryExpectation> expected(const Scenario& made) {
  return expectations(made, build_plan(made));
}

Scenario one_stream(Stream made, std::vector<OpenDeals> open = {}, Step step = Step::week) {
  return scenario("one", calendar(13, step),
                  {territory("T", dollars(100'000), {std::move(made)}, std::move(open))});
}

/// The chance to win of one named deal in a stage of C1's funnel, in daily steps.
DealExpectation canonical_deal(std::size_t at, std::optional<double> weeks) {
  const Scenario made = one_stream(stream("new", 0, canonical_stages(), canonical_amounts()),
                                   {named("deal", at, weeks)}, Step::day);
  return expected(made)[0].deals[0];
}

struct SimulatedMeans {
  double bookings = 0;
  double bookings_error = 0;
  double wins = 0;
  double wins_error = 0;
};

SimulatedMeans simulated(const Scenario& made, std::size_t index, std::int64_t replications) {
  SimulationOptions options;
  options.seed = 11;
  options.replications = replications;
  options.simd = best_simd_width();
  const Outcomes outcomes = simulate(build_plan(made), options);
  const TerritoryTally& tally = outcomes.territories[index];
  const auto n = static_cast<double>(replications);
  const Moments& moments = tally.bookings.moments.back();
  SimulatedMeans result;
  const double mean_cents = static_cast<double>(moments.sum) / n;
  const double variance = static_cast<double>(moments.squares) / n - mean_cents * mean_cents;
  result.bookings = mean_cents / 100;
  result.bookings_error = std::sqrt(variance / n) / 100;
  double squares = 0;
  for (std::size_t wins = 0; wins < tally.wins.size(); ++wins) {
    const auto count = static_cast<double>(tally.wins[wins]);
    result.wins += static_cast<double>(wins) * count / n;
    squares += static_cast<double>(wins * wins) * count / n;
  }
  result.wins_error = std::sqrt((squares - result.wins * result.wins) / n);
  return result;
}

}  // namespace

TEST_CASE("the expected new wins of C1 are those of the reference", "[unit][expectations]") {
  const auto new_wins = [](Step step) {
    return expected(
        one_stream(stream("new", 6, canonical_stages(), canonical_amounts()), {}, step))[0];
  };
  const TerritoryExpectation weekly = new_wins(Step::week);
  CHECK(weekly.wins == Approx(4.2686).margin(5e-5));
  CHECK(weekly.streams[0].leads == Approx(78));
  CHECK(weekly.bookings == Approx(weekly.wins * 20'000).epsilon(1e-9));
  // Continuous time (methods, R12).
  CHECK(new_wins(Step::day).wins == Approx(4.266978).margin(5e-5));
}

TEST_CASE("open deals of C1 have the reference's chances to win", "[unit][expectations]") {
  // R12, continuous time; for an exponential stay the age does not matter.
  for (const std::optional<double> age : {std::optional<double>(), std::optional<double>(3.0)}) {
    CHECK(canonical_deal(0, age).win_in_period == Approx(0.0956964).margin(1e-4));
    CHECK(canonical_deal(1, age).win_in_period == Approx(0.1977448).margin(1e-4));
    CHECK(canonical_deal(2, age).win_in_period == Approx(0.3993986).margin(1e-6));
    CHECK(canonical_deal(1, age).win_ever == Approx(0.2));
    CHECK(*canonical_deal(1, age).half_left_weeks == Approx(2 * std::log(2)).margin(1e-5));
    CHECK(*canonical_deal(1, age).most_left_weeks == Approx(2 * std::log(5)).margin(1e-5));
  }
}

TEST_CASE("the chance to advance falls with age as in R4", "[unit][expectations]") {
  const Stage aging = stage(0.4, D::gamma(3, 0.5), D::gamma(8, std::sqrt(0.5)));
  const std::vector<std::pair<double, double>> reference{
      {0, 0.4}, {2, 0.345822}, {4, 0.167033}, {8, 0.010259}};
  for (const auto& [age, chance] : reference) {
    const Scenario made =
        one_stream(stream("new", 0, {aging}, D::fixed(1)), {named("deal", 0, age)});
    CHECK(expected(made)[0].deals[0].win_ever == Approx(chance).margin(1e-6));
  }
}

TEST_CASE("the time left in a stage is a mixture over outcomes", "[unit][expectations]") {
  // Half leave after exactly 4 weeks, half after exactly 10; it has been there for 1.
  const Stage split = stage(0.5, D::fixed(4), D::fixed(10));
  const auto deal = [&](std::optional<double> age) {
    return expected(one_stream(stream("new", 0, {split}, D::fixed(1)), {named("deal", 0, age)}))[0]
        .deals[0];
  };
  CHECK(*deal(1.0).half_left_weeks == Approx(3).margin(1e-5));
  CHECK(*deal(1.0).most_left_weeks == Approx(9).margin(1e-5));
  // Found at a random time: weights 4 and 10 of 14, then uniform. P(left by h) = 2h/14 up to 4.
  CHECK(*deal({}).half_left_weeks == Approx(3.5).margin(1e-5));
  CHECK(*deal({}).most_left_weeks == Approx(7.2).margin(1e-5));
  // Still there after four weeks: it will be lost.
  CHECK(*deal(1.0).win_if_still_here[0] == Approx(0.5));
  CHECK(*deal(1.0).win_if_still_here[3] == Approx(0).margin(1e-9));
  CHECK_FALSE(deal(1.0).win_if_still_here[8].has_value());
}

TEST_CASE("the time until a dated deal is decided is that of its slip", "[unit][expectations]") {
  const auto deal = [](double slip_chance, int day) {
    Scenario made = one_stream(
        stream("new", 0, {stage(0.5, D::exponential(2))}, D::fixed(1)),
        {slipping(due("deal", day, 0.6, dollars(10)), slip_chance, D::empirical({1, 2, 4, 30}))});
    made.calendar.steps_done = 2;
    return expected(made)[0].deals[0];
  };
  CHECK(*deal(0, 24).half_left_weeks == Approx(10 / 7.0));
  CHECK(*deal(0, 24).most_left_weeks == Approx(10 / 7.0));
  CHECK(*deal(0, 3).half_left_weeks == 0);
  // 8 in 10 are reached with 2 in 4 of the slips.
  CHECK(*deal(0.4, 24).half_left_weeks == Approx(10 / 7.0));
  CHECK(*deal(0.4, 24).most_left_weeks == Approx(10 / 7.0 + 2));
  CHECK(deal(0.4, 24).win_ever == 0.6);
  CHECK(deal(0.4, 24).win_in_period == Approx(0.6 * 0.9));
  // It can only be undecided in the fifth week if it has slipped; then 3 in 4 end in time.
  CHECK(*deal(0.4, 24).win_if_still_here[0] == Approx(0.6 * 0.9));
  CHECK(*deal(0.4, 24).win_if_still_here[1] == Approx(0.6 * 0.75));
}

TEST_CASE("a stay beyond ten years has no week by which it ends", "[unit][expectations]") {
  const Scenario made = one_stream(
      stream("new", 0, {stage(0.5, D::exponential(1'000))}, D::fixed(1)), {named("deal", 0, {})});
  CHECK_FALSE(expected(made)[0].deals[0].half_left_weeks.has_value());
}

TEST_CASE("degenerate funnels have exact expectations", "[unit][expectations]") {
  const Stage at_once = stage(1, D::fixed(0));
  CHECK(
      expected(one_stream(stream("orders", 5, {at_once, at_once}, D::fixed(3'000))))[0].bookings ==
      Approx(5 * 13 * 3'000.0));
  CHECK(expected(one_stream(stream("none", 5, {stage(0, D::exponential(2))}, D::fixed(3'000))))[0]
            .wins == 0);
  CHECK(expected(one_stream(stream("none", 0, {at_once}, D::fixed(3'000)),
                            {counted(0, 4), named("one", 0, 0.0)}))[0]
            .wins == Approx(5));
  // Older than any deal can be: lost at once.
  const TerritoryExpectation dead = expected(one_stream(
      stream("none", 0, {stage(0.5, D::fixed(2))}, D::fixed(3'000)), {named("dead", 0, 60.0)}))[0];
  CHECK(dead.wins == 0);
  CHECK(dead.deals[0].win_ever == 0);
  CHECK(*dead.deals[0].half_left_weeks == 0);
}

TEST_CASE("whoever enters a stage advances, is lost or is still there", "[unit][expectations]") {
  const Plan plan = build_plan(canonical_scenario(Step::day));
  Passages passages(plan);
  for (LawIndex law = 0; law < plan.departures.size(); law += static_cast<LawIndex>(plan.steps)) {
    const Passage& passage = passages.of(law);
    double gone = 0;
    for (int k = 0; k < plan.steps; ++k) {
      const auto clock = static_cast<std::size_t>(k);
      const double leaves = passage.still[clock] - passage.still[clock + 1];
      CHECK(passage.advance[clock] <= leaves + 1e-15);
      gone += leaves;
    }
    CHECK(gone + passage.still.back() == Approx(1).epsilon(1e-12));
  }
}

TEST_CASE("expectations agree with the independent solver", "[unit][expectations]") {
  for (const Scenario& made : reference_scenarios()) {
    INFO(made.name);
    const std::vector<TerritoryExpectation> closed = expected(made);
    for (std::size_t i = 0; i < made.territories.size(); ++i) {
      const Territory& place = made.territories[i];
      const auto law = oracle::solve(place, made.calendar);
      CHECK(closed[i].wins == Approx(law.wins(law.all(), {}).mean()).epsilon(2e-6));
      CHECK(closed[i].bookings == Approx(law.booked_by(law.steps - 1).mean()).epsilon(2e-6));
      const oracle::TerritoryLaw::Part dated{{}, false, true};
      CHECK(closed[i].dated.wins == Approx(law.wins(law.all(), dated).mean()).epsilon(2e-6));
      CHECK(closed[i].dated.bookings ==
            Approx(law.bookings(law.all(), dated).mean()).epsilon(2e-6));
      for (std::size_t s = 0; s < place.streams.size(); ++s) {
        CHECK(closed[i].streams[s].leads == Approx(law.leads(law.all(), {s, false}).mean()));
        CHECK(closed[i].streams[s].wins ==
              Approx(law.wins(law.all(), {s, false}).mean()).epsilon(2e-6));
      }
      std::size_t deal = 0;
      for (const OpenDeals& open : place.open) {
        if (!open.named()) continue;
        const DealExpectation& found = closed[i].deals[deal++];
        CHECK(found.win_in_period ==
              Approx(law.win_chance(open.deal, law.all())).epsilon(2e-6).margin(1e-8));
        REQUIRE(found.won_by.size() == static_cast<std::size_t>(made.calendar.weeks()));
        int step = 0;
        for (const double chance : found.won_by) {
          // To the end of the week, which may be in part.
          do ++step;
          while (step < law.steps &&
                 (made.calendar.steps_done + step) % made.calendar.steps_per_week() != 0);
          CHECK(chance == Approx(law.win_chance(open.deal, {0, step})).epsilon(2e-6).margin(1e-8));
        }
        CHECK(step == law.steps);
      }
    }
  }
}

TEST_CASE("simulated means are within four standard errors of the expected ones",
          "[unit][expectations]") {
  for (const Scenario& made : {canonical_scenario(Step::week), canonical_scenario(Step::day)}) {
    const TerritoryExpectation closed = expected(made)[0];
    const SimulatedMeans means = simulated(made, 0, 200'000);
    CHECK(std::abs(means.bookings - closed.bookings) < 4 * means.bookings_error);
    CHECK(std::abs(means.wins - closed.wins) < 4 * means.wins_error);
  }
}

TEST_CASE("the comparison with simulation notices two points of one stage's advance",
          "[unit][expectations]") {
  Scenario wrong = canonical_scenario(Step::week);
  wrong.territories[0].streams[0].funnel.stages[1].advance = 0.52;
  const TerritoryExpectation closed = expected(wrong)[0];
  const SimulatedMeans means = simulated(canonical_scenario(Step::week), 0, 200'000);
  CHECK(std::abs(means.bookings - closed.bookings) > 4 * means.bookings_error);
  CHECK(std::abs(means.wins - closed.wins) > 4 * means.wins_error);
}

TEST_CASE("a thousand different territories take well under a tenth of a second",
          "[unit][expectations]") {
  std::vector<Territory> territories;
  for (int i = 0; i < 1'000; ++i) {
    std::vector<Stage> stages = canonical_stages();
    stages[1] = stage(0.3 + 0.0004 * i, D::gamma(2, 0.8));
    territories.push_back(territory("T" + std::to_string(i), dollars(100'000),
                                    {stream("new", 6, stages, D::fixed(20'000))},
                                    {counted(0, 4), counted(1, 3), named("deal", 1, 0.01 * i)}));
  }
  const Scenario made = scenario("many", calendar(13, Step::week), territories);
  const Plan plan = build_plan(made);
  const auto start = std::chrono::steady_clock::now();
  const auto all = expectations(made, plan);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  CHECK(all.size() == 1'000);
  INFO(seconds.count());
  // 30 ms on the machine where this was written; the rest is for sanitizers and busy machines.
  CHECK(seconds.count() < 1);
}
