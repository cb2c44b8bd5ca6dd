// The solver's parts that know of multipliers and of luck, against brute force and closed forms.

#include "support/build_rules.hpp"
#include "support/oracle/build_scenario.hpp"
#include "support/oracle/mixture.hpp"
#include "support/oracle/quadrature.hpp"
#include "support/oracle/worlds.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

namespace attain::oracle {

namespace {

using testing::add_rule;
using testing::at_least;
using testing::between;
using testing::times;

/// Phases, stays and clocks are multiples of 1/8 step; midpoints stand for all phases exactly.
constexpr int phases = 8;

struct Moments2 {
  double mean = 0;
  double variance = 0;
};

Moments2 moments_of(const std::vector<Node>& nodes) {
  Moments2 made;
  for (const Node& node : nodes) made.mean += node.probability * node.value;
  for (const Node& node : nodes) {
    made.variance += node.probability * (node.value - made.mean) * (node.value - made.mean);
  }
  return made;
}

/// The step in which a clock that moves so much in each step, from `entry` on, passes a point.
std::size_t passes(double point, std::size_t entry, const std::vector<double>& speed) {
  double clock = 0;
  for (std::size_t step = entry; step < speed.size(); ++step) {
    clock += speed[step];
    if (clock > point) return step;
  }
  return speed.size();
}

}  // namespace

TEST_CASE("a clock with speeds and odds is that of all phases, stays and outcomes",
          "[oracle][solver]") {
  const Calendar period = calendar(6, Step::week);
  const StageKnobs knobs{{0.5, 1.5, 0, 2, 1, 0.25}, {1, 2, 3, 0.5, 0, 1.5}};
  const Stage both = stage(0.6, Distribution::empirical({0, 0.375, 1, 2.5}, {2, 3, 1, 2}),
                           Distribution::empirical({0.5, 1.25}));
  const StageExits exits = exits_of_entered(both, period, knobs);
  for (std::size_t entry = 0; entry < 6; ++entry) {
    std::vector<double> advance(7);
    std::vector<double> lost(7);
    for (int i = 0; i < phases; ++i) {
      const double phase = (i + 0.5) / phases;
      for (const auto& [stay, weight] :
           std::vector<std::pair<double, double>>{{0, 2}, {0.375, 3}, {1, 1}, {2.5, 2}}) {
        advance[passes(phase + stay, entry, knobs.speed)] += 0.6 * weight / 8 / phases;
      }
      for (const double stay : {0.5, 1.25}) {
        lost[passes(phase + stay, entry, knobs.speed)] += 0.4 / 2 / phases;
      }
    }
    for (std::size_t step = entry; step < 6; ++step) {
      const double leave = advance[step] + lost[step];
      const double odds = knobs.odds[step];
      const double share =
          leave == 0 ? 0 : odds * advance[step] / (lost[step] + odds * advance[step]);
      CHECK(exits[entry].advance[step - entry] == Approx(leave * share).margin(1e-13));
      CHECK(exits[entry].lost[step - entry] == Approx(leave * (1 - share)).margin(1e-13));
    }
  }
}

TEST_CASE("a constant speed takes open deals through the same outcomes in another time",
          "[oracle][solver]") {
  const Stage slow = stage(0.4, Distribution::gamma(3, 0.5), Distribution::weibull(4, 0.8));
  const Calendar period = calendar(200, Step::week);
  const auto won = [&](const StageExit& exit, std::size_t weeks) {
    return std::accumulate(exit.advance.begin(),
                           exit.advance.begin() + static_cast<std::ptrdiff_t>(weeks), 0.0);
  };
  for (const double speed : {0.5, 2.0, 4.0}) {
    const StageKnobs knobs{std::vector<double>(200, speed), {}};
    const StageExit aged = exit_of_aged(slow, period, 2, knobs);
    const StageExit found = exit_of_found(slow, period, knobs);
    CHECK(won(aged, 200) == Approx(won(exit_of_aged(slow, period, 2), 200)).epsilon(1e-9));
    // So many weeks at this speed are as long as so many others at speed 1.
    CHECK(won(aged, 4) ==
          Approx(won(exit_of_aged(slow, period, 2), static_cast<std::size_t>(4 * speed))));
    CHECK(won(found, 6) ==
          Approx(won(exit_of_found(slow, period), static_cast<std::size_t>(6 * speed))));
  }
}

TEST_CASE("nodes have the moments of their law", "[oracle][solver]") {
  double ones = 0;
  for (const Node& node : normal_nodes()) {
    ones += node.probability * std::exp(0.5 * node.value - 0.125);
  }
  CHECK(ones == Approx(1).margin(1e-6));
  for (const NumberLaw& law :
       {NumberLaw::lognormal(4, 0.2), NumberLaw::lognormal_between(3, 5), NumberLaw::beta(0.5, 0.2),
        NumberLaw::beta_observed(0.72, 85), NumberLaw::logit_normal_between(0.45, 0.8)}) {
    const Moments2 nodes = moments_of(nodes_of(law));
    CHECK(nodes.mean == Approx(law.mean()).epsilon(1e-6));
    CHECK(nodes.variance == Approx(law.sd() * law.sd()).epsilon(1e-4));
    const std::vector<Node> cases = cases_of(law);
    CHECK(cases.size() == 16);
    CHECK(cases[0].value == Approx(law.quantile(1.0 / 32)).epsilon(1e-9));
    CHECK(cases[15].value == Approx(law.quantile(31.0 / 32)).epsilon(1e-9));
  }
}

TEST_CASE("moments of mixed laws are those of their worlds", "[oracle][solver]") {
  CountLaw few;
  few.add_poisson(2);
  CountLaw many;
  many.add_poisson(5);
  many.add_events(0.4, 3);
  CountMixture counts;
  counts.add(0.3, few);
  counts.add(0.7, many);
  BookingsMixture bookings;
  const AmountLaw thousand(dollars(1'000));
  for (const auto& [probability, mean, chance] :
       {std::tuple{0.3, 2.0, 0.0}, std::tuple{0.7, 5.0, 0.4}}) {
    BookingsLaw law;
    law.add_poisson(thousand, mean);
    law.add_events(thousand, chance, 3);
    bookings.add(probability, law);
  }
  std::array<double, 7> moments{};
  const std::vector<double> law = probabilities(counts);
  for (std::size_t n = 0; n < law.size(); ++n) {
    const double apart = static_cast<double>(n) - counts.mean();
    for (std::size_t k = 0; k < moments.size(); ++k) {
      moments[k] += law[n] * std::pow(apart, static_cast<double>(k));
    }
  }
  CHECK(variance(counts) == Approx(moments[2]));
  CHECK(fourth_central_moment(counts) == Approx(moments[4]));
  const std::array<double, 7> of_bookings = central_moments(bookings);
  for (std::size_t k = 2; k < moments.size(); ++k) {
    CHECK(of_bookings[k] == Approx(moments[k] * std::pow(1'000, static_cast<double>(k))));
  }
  const double at_least_four = std::accumulate(law.begin() + 4, law.end(), 0.0);
  CHECK(at_least(bookings, {dollars(4'000)})[0].value == Approx(at_least_four).margin(1e-7));
}

TEST_CASE("a deal that is won with one of two amounts is one deal", "[oracle][solver]") {
  BookingsLaw law;
  law.add_events({{AmountLaw(dollars(100)), 0.3}, {AmountLaw(dollars(100), 1.5), 0.2}}, 2);
  // 0, 100 or 150 each; both together at least 200: 100 + 100, 100 + 150, 150 + 150.
  CHECK(law.at_least({dollars(200)})[0].value ==
        Approx(0.3 * 0.3 + 2 * 0.3 * 0.2 + 0.2 * 0.2).margin(1e-7));
  CHECK(law.mean() == Approx(2 * (30 + 30)));
  CHECK(law.variance() == Approx(2 * (0.3 * 1e4 + 0.2 * 2.25e4 - 60 * 60)));
}

TEST_CASE("worlds have the chances of what is drawn in them", "[oracle][solver]") {
  Scenario made = scenario(
      "worlds", calendar(4, Step::week),
      {territory("A", {},
                 {stream("new", 4, {stage(1, Distribution::fixed(0))}, Distribution::fixed(1))}),
       territory("B", {},
                 {stream("new", 4, {stage(1, Distribution::fixed(0))}, Distribution::fixed(1))})});
  Rule& freeze =
      add_rule(made, "freeze", {between(StateVariable::week, 2, 3)}, {times(Knob::leads, 0)});
  freeze.chance = 0.25;
  const auto variance_of_sum = [&] {
    double mean = 0;
    double square = 0;
    double luck = 0;
    for (const World& world : worlds_of(made)) {
      double sum = 0;
      for (const auto& law : world.territories) sum += law->wins(law->all(), {}).mean();
      mean += world.probability * sum;
      square += world.probability * sum * sum;
      luck += world.probability * sum;
    }
    return std::pair{mean, square - mean * mean + luck};
  };
  // 32 without the freeze, 16 with it, in both territories at once or in each alone.
  CHECK(worlds_of(made).size() == 2);
  CHECK(variance_of_sum().first == Approx(32 - 0.25 * 16));
  CHECK(variance_of_sum().second == Approx(28 + 0.25 * 0.75 * 16 * 16));
  made.rules[0].chance_per_territory = true;
  CHECK(worlds_of(made).size() == 4);
  CHECK(variance_of_sum().second == Approx(28 + 2 * 0.25 * 0.75 * 8 * 8));
  // A shock by week with memory: the weeks' factors have covariances exp(s^2 rho^k) - 1.
  made.rules.clear();
  made.calendar = calendar(2, Step::week);
  Shock mood;
  mood.name = "mood";
  mood.on = {Knob::leads, {}};
  mood.sd = 0.5;
  mood.per = Shock::Per::week;
  mood.persistence = 0.6;
  mood.shared_by = Shock::SharedBy::all;
  made.shocks = {mood};
  const double of_week = std::expm1(0.25);
  const double between_weeks = std::expm1(0.25 * 0.6);
  CHECK(variance_of_sum().first == Approx(16).epsilon(1e-5));
  CHECK(variance_of_sum().second ==
        Approx(16 + 64 * (2 * of_week + 2 * between_weeks)).epsilon(1e-4));
  // What depends on the state is refused.
  add_rule(made, "hold back", {at_least(StateVariable::wins, 1)}, {times(Knob::leads, 0.5)});
  CHECK_THROWS_AS(worlds_of(made), std::invalid_argument);
}

TEST_CASE("finer nodes find the same chances", "[oracle][solver]") {
  Scenario made = scenario("finer", calendar(13, Step::week),
                           {territory("A", {},
                                      {stream("new", 4, {stage(0.4, Distribution::exponential(2))},
                                              Distribution::fixed(5'000))})});
  Shock economy;
  economy.name = "economy";
  economy.on = {Knob::leads, {}};
  economy.sd = 0.4;
  made.shocks = {economy};
  const auto chances = [&](double spacing) {
    BookingsMixture law;
    for (const World& world : worlds_of(made, {}, spacing)) {
      law.add(world.probability, world.territories[0]->booked_by(12));
    }
    return at_least(law, {dollars(50'000), dollars(90'000), dollars(150'000)});
  };
  const std::vector<Chance> usual = chances(usual_spacing);
  const std::vector<Chance> fine = chances(usual_spacing / 2);
  for (std::size_t i = 0; i < usual.size(); ++i) {
    CHECK(usual[i].value == Approx(fine[i].value).margin(1e-5));
  }
}

}  // namespace attain::oracle
