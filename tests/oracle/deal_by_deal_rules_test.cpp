// The deal-by-deal simulation with rules that have a closed form, against the exact solution.

#include "support/build_rules.hpp"
#include "support/deal_by_deal_checks.hpp"
#include "support/deal_by_deal_tally.hpp"
#include "support/oracle/solver.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

namespace attain::testing {

namespace {

using namespace attain::oracle;
using D = Distribution;

/// Amounts of every kind, open deals of every kind, stays that do not depend on the outcome.
Scenario base_scenario(const D& amounts = D::gamma(20'000, 0.5), Money acme = dollars(90'000)) {
  return scenario(
      "base", calendar(13, Step::week),
      {territory(
          "Here", dollars(200'000),
          {stream("new", 5, {stage(0.6, D::gamma(1.5, 0.8)), stage(0.5, D::lognormal(2, 0.6))},
                  amounts)},
          {counted(0, 5, 2.0), counted(1, 4), named("Acme", 1, 1.0, acme)})});
}

Stage& second_stage(Scenario& scenario) {
  return scenario.territories[0].streams[0].funnel.stages[1];
}

/// Moments of wins by week of the first stream's deals, from exits by stage; all leads start in the
/// first stage.
struct Exits {
  std::vector<StageExit> entered;
  std::function<StageExit(const OpenDeals&)> open;
};

std::vector<CountLaw> wins_by_week(const Territory& territory, std::size_t weeks,
                                   const Exits& exits) {
  std::vector<CountLaw> wins(weeks);
  const DealPath path = follow(0, exits.entered[0], exits.entered);
  double so_far = 0;
  for (std::size_t week = 0; week < weeks; ++week) {
    so_far += path.won[week];
    wins[week].add_poisson(territory.streams[0].leads_per_week * so_far);
  }
  for (const OpenDeals& open : territory.open) {
    const DealPath of_open = follow(open.stage, exits.open(open), exits.entered);
    for (std::size_t week = 0; week < weeks; ++week)
      wins[week].add_events(of_open.won[week], open.count);
  }
  return wins;
}

Agreement compare_wins(const DealTally& tally, const std::vector<CountLaw>& wins) {
  Agreement agreement(tally.count());
  for (std::size_t week = 0; week < wins.size(); ++week) {
    const PowerSums& sums = tally.at(Place::What::wins, 0, week);
    agreement.count(Kind::wins_by_week, "week " + std::to_string(week + 1),
                    static_cast<std::uint64_t>(std::llround(sums.first)), wins[week]);
  }
  return agreement;
}

/// So many steps at speed 1 in one, and the odds among what leaves then.
StageExit faster_with_odds(const StageExit& plain, std::size_t speed, double odds) {
  const std::size_t steps = plain.advance.size() / speed;
  StageExit made{std::vector<double>(steps), std::vector<double>(steps)};
  for (std::size_t k = 0; k < steps * speed; ++k) {
    made.advance[k / speed] += plain.advance[k];
    made.lost[k / speed] += plain.lost[k];
  }
  for (std::size_t k = 0; k < steps; ++k) {
    const double leaving = made.advance[k] + made.lost[k];
    if (leaving <= 0) continue;
    made.advance[k] = leaving * odds * made.advance[k] / (odds * made.advance[k] + made.lost[k]);
    made.lost[k] = leaving - made.advance[k];
  }
  return made;
}

Exits exits_at(const Territory& territory, int weeks, std::size_t speed, double odds_of_second) {
  const Calendar longer = calendar(weeks * static_cast<int>(speed), Step::week);
  const std::vector<Stage> stages = territory.streams[0].funnel.stages;
  const auto odds = [odds_of_second](std::size_t s) { return s == 1 ? odds_of_second : 1.0; };
  Exits exits;
  for (std::size_t s = 0; s < stages.size(); ++s)
    exits.entered.push_back(faster_with_odds(exit_of_entered(stages[s], longer), speed, odds(s)));
  exits.open = [=](const OpenDeals& open) {
    const Stage& here = stages[open.stage];
    const StageExit plain = open.weeks_in_stage ? exit_of_aged(here, longer, *open.weeks_in_stage)
                                                : exit_of_found(here, longer);
    return faster_with_odds(plain, speed, odds(open.stage));
  };
  return exits;
}

/// Stays differ by outcome, so that the share that advances depends on the clock.
Territory patient() {
  return territory("Patient", dollars(200'000),
                   {stream("new", 5,
                           {stage(0.6, D::gamma(1.5, 0.8), D::weibull(5, 0.7)),
                            stage(0.5, D::lognormal(4, 0.6), D::exponential(1.2))},
                           D::gamma(20'000, 0.5))},
                   {counted(0, 5, 2.0), counted(1, 4, 5.0), counted(1, 3), counted(1, 3, 0.0)});
}

}  // namespace

TEST_CASE("deal by deal, more leads in weeks 5 to 8 bring the wins of those leads",
          "[oracle][deal_by_deal]") {
  Scenario with_rule = base_scenario();
  add_rule(with_rule, "campaign", {between(StateVariable::week, 5, 8)}, {times(Knob::leads, 1.3)});
  const DealTally tally = simulate_deal_by_deal(with_rule, usual_replications, 21);

  // Leads that come from week 5 on, less those from week 9 on.
  const auto wins_of_extra = [](int weeks) {
    Scenario extra = base_scenario();
    extra.calendar = calendar(weeks, Step::week);
    extra.territories[0].open.clear();
    extra.territories[0].streams[0].leads_per_week *= 0.3;
    return solve(extra.territories[0], extra.calendar);
  };
  const TerritoryLaw from_5 = wins_of_extra(9);
  const TerritoryLaw from_9 = wins_of_extra(5);
  const Scenario plain = base_scenario();
  const TerritoryLaw law = solve(plain.territories[0], plain.calendar);
  std::vector<CountLaw> wins;
  for (int week = 0; week < 13; ++week) {
    const auto of_week = [&](const TerritoryLaw& extra, int first) {
      return week < first ? 0 : extra.wins({week - first, week - first + 1}, {}).mean();
    };
    wins.push_back(law.wins({week, week + 1}, {}));
    wins.back().add_poisson(of_week(from_5, 4) - of_week(from_9, 8));
  }
  expect_agreement(compare_wins(tally, wins), "leads x1.3 in weeks 5 to 8");
  expect_failure(compare_with_solver(tally, plain), "leads x1.3 overlooked");
}

TEST_CASE("deal by deal, odds of a stage change its advance", "[oracle][deal_by_deal]") {
  const auto changed_to = [](double advance) {
    Scenario made = base_scenario();
    second_stage(made).advance = advance;
    return made;
  };
  Scenario with_rule = base_scenario();
  add_rule(with_rule, "push", {}, {times(Knob::advance, 1.4, "stage 2")});
  DealTally tally = simulate_deal_by_deal(with_rule, usual_replications, 22);
  expect_agreement(compare_with_solver(tally, changed_to(1.4 / 2.4)), "odds x1.4");
  expect_failure(compare_with_solver(tally, changed_to(0.7)), "advance x1.4");

  with_rule.rules[0].then = {advance_to(0.78, "stage 2")};
  tally = simulate_deal_by_deal(with_rule, usual_replications, 23);
  expect_agreement(compare_with_solver(tally, changed_to(0.78)), "to 78 %");
}

TEST_CASE("deal by deal, amounts change in the step of the win", "[oracle][deal_by_deal]") {
  Scenario with_rule = base_scenario();
  add_rule(with_rule, "discount", {}, {times(Knob::amount, 0.9)});
  const DealTally tally = simulate_deal_by_deal(with_rule, usual_replications, 24);
  expect_agreement(
      compare_with_solver(tally, base_scenario(D::gamma(18'000, 0.5), dollars(81'000))),
      "amount -10 %");
  expect_failure(compare_with_solver(tally, base_scenario(D::gamma(18'000, 0.5))),
                 "named deals at their old amount");
}

TEST_CASE("deal by deal, speed and odds follow the clock where stays differ by outcome",
          "[oracle][deal_by_deal]") {
  Scenario made = scenario("patient", calendar(13, Step::week), {patient()});
  const Territory& here = made.territories[0];
  add_rule(made, "fast", {}, {times(Knob::speed, 2)});
  DealTally tally = simulate_deal_by_deal(made, usual_replications, 25);
  expect_agreement(compare_wins(tally, wins_by_week(here, 13, exits_at(here, 13, 2, 1))),
                   "speed x2");

  made.rules[0].then.push_back(times(Knob::advance, 1.7, "stage 2"));
  tally = simulate_deal_by_deal(made, usual_replications, 26);
  expect_agreement(compare_wins(tally, wins_by_week(here, 13, exits_at(here, 13, 2, 1.7))),
                   "speed x2, odds x1.7");

  made.rules[0].then = {times(Knob::advance, 1.7, "stage 2")};
  tally = simulate_deal_by_deal(made, usual_replications, 27);
  expect_agreement(compare_wins(tally, wins_by_week(here, 13, exits_at(here, 13, 1, 1.7))),
                   "odds x1.7");
  Scenario with_new_share = made;
  with_new_share.rules.clear();
  second_stage(with_new_share).advance = 1.7 / 2.7;
  expect_failure(compare_with_solver(tally, with_new_share), "odds without the clock");
}

TEST_CASE("deal by deal, odds that change next to nothing leave what was drawn on entry",
          "[oracle][deal_by_deal]") {
  // The outcome is then drawn on leaving, from a share that depends on a fractional clock.
  Scenario made = scenario("patient", calendar(13, Step::week), {patient()});
  made.seasons = {{Season::By::week, {0.6, 1.7, 0.3, 1.1}, {Knob::speed, {}}}};
  const DealTally drawn_on_entry = simulate_deal_by_deal(made, 2 * usual_replications, 31);
  const auto with_odds = [&](double odds) {
    add_rule(made, "odds", {}, {times(Knob::advance, odds)});
    const DealTally tally = simulate_deal_by_deal(made, 2 * usual_replications, 32);
    made.rules.clear();
    return compare_tallies(tally, drawn_on_entry);
  };
  expect_agreement(with_odds(1 + 1e-9), "odds x1.000000001");
  expect_failure(with_odds(1.1), "odds x1.1");
}

TEST_CASE("deal by deal, a constant speed leaves win shares as they are",
          "[oracle][deal_by_deal]") {
  // 200 weeks, after which every deal has left at any speed.
  Territory deals = patient();
  deals.streams[0].leads_per_week = 0;
  deals.open = {named("New", 0, 0.0), named("Old", 1, 6.0), named("Found", 1, {}),
                named("First", 0, 3.25)};
  for (const double speed : {0.5, 1.40625, 3.0}) {
    Scenario made = scenario("deals", calendar(200, Step::week), {deals});
    add_rule(made, "speed", {}, {times(Knob::speed, speed)});
    const DealTally tally = simulate_deal_by_deal(made, usual_replications / 2, 28);
    const TerritoryLaw law = solve(deals, made.calendar);
    Agreement agreement(tally.count());
    for (std::size_t i = 0; i < tally.places().size(); ++i) {
      const Place& place = tally.places()[i];
      if (place.what != Place::What::named_won) continue;
      const std::string& deal = deals.open[place.stream].deal;
      agreement.event(Kind::named_deal, deal,
                      static_cast<std::uint64_t>(std::llround(tally.sums()[i].first)),
                      {law.win_chance(deal, law.all()), 0});
    }
    CAPTURE(speed, agreement.worst().what);
    CHECK(agreement.checks().size() == 4);
    CHECK(std::abs(agreement.worst().z) < bound_for(12));
  }
}

TEST_CASE("deal by deal, the mean stay at a constant speed is (E X / step + 1/2) / m - 1/2",
          "[oracle][deal_by_deal]") {
  for (const double speed : {0.25, 0.5, 1.0, 1.25}) {
    // Leads of the first week alone; they are open at as many week ends as they stay steps.
    Scenario made = scenario(
        "stays", calendar(120, Step::week),
        {territory("Here", {}, {stream("new", 40, {stage(0.5, D::gamma(2, 0.7))}, D::fixed(1))})});
    add_rule(made, "speed", {}, {times(Knob::speed, speed)});
    add_rule(made, "once", {at_least(StateVariable::week, 2)}, {times(Knob::leads, 0)});
    const DealTally tally = simulate_deal_by_deal(made, 2'000, 29);
    long double steps = 0;
    for (std::size_t week = 0; week < 120; ++week)
      steps += tally.at(Place::What::open, 0, week).first;
    const auto deals = static_cast<double>(tally.at(Place::What::entered).first);
    const double mean = static_cast<double>(steps) / deals;
    const double expected = (2 + 0.5) / speed - 0.5;
    // K has about the standard deviation of a stay at this speed, 1.4 weeks, and at most 1 more.
    CAPTURE(speed);
    CHECK(std::abs(mean - expected) < 5 * (1.4 / speed + 1) / std::sqrt(deals));
    CHECK(tally.at(Place::What::leads, 0, 1).first == 0);
  }
}

TEST_CASE("deal by deal, a chance mixes the worlds with and without the rule",
          "[oracle][deal_by_deal]") {
  const Territory first = base_scenario().territories[0];
  Territory second = first;
  second.name = "There";
  Scenario made = scenario("two", calendar(13, Step::week), {first, second});
  Rule& rule = add_rule(made, "freeze", {}, {times(Knob::leads, 0.5)});
  rule.chance = 0.3;

  Territory frozen = first;
  frozen.streams[0].leads_per_week *= 0.5;
  const BookingsLaw with = solve(frozen, made.calendar).booked_by(12);
  const BookingsLaw without = solve(first, made.calendar).booked_by(12);
  const double apart = with.mean() - without.mean();
  const double within = 2 * (0.3 * with.variance() + 0.7 * without.variance());
  for (const bool per_territory : {false, true}) {
    made.rules[0].chance_per_territory = per_territory;
    const DealTally tally = simulate_deal_by_deal(made, usual_replications, 30);
    const std::int64_t n = tally.count();
    const PowerSums& company = tally.at(Place::What::company_booked, 0, 12);
    const double between_worlds = 0.3 * 0.7 * apart * apart * (per_territory ? 2 : 4);
    const double mean = 2 * (0.3 * with.mean() + 0.7 * without.mean());
    const double variance = within + between_worlds;
    CAPTURE(per_territory);
    const double count = static_cast<double>(n);
    CHECK(std::abs(company.mean(n) - mean) < 4 * std::sqrt(variance / count));
    const double error =
        std::sqrt((company.fourth_central_moment(n) - variance * variance) / count);
    CHECK(std::abs(company.variance(n) - variance) < 4 * error);
    // The other kind of chance would be seen.
    if (enough_for_controls) CHECK(0.3 * 0.7 * apart * apart * 2 > 8 * error);
  }
}

}  // namespace attain::testing
