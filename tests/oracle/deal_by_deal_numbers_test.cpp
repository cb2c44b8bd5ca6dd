// Uncertain numbers of the deal-by-deal simulation, whose mixtures have closed forms.

#include "support/deal_by_deal_build.hpp"
#include "support/deal_by_deal_checks.hpp"
#include "support/deal_by_deal_tally.hpp"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/binomial.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

namespace attain::testing {

namespace {

using namespace attain::oracle;
using D = Distribution;
using What = Place::What;

constexpr double z95 = 1.644853626951473;

/// Ten deals that are decided at once.
Scenario ten_deals(std::size_t territories, double advance = 0.24,
                   const D& amount = D::fixed(100)) {
  std::vector<Territory> all;
  for (std::size_t t = 0; t < territories; ++t) {
    all.push_back(territory("Territory " + std::to_string(t + 1), {},
                            {stream("new", 0, {stage(advance, D::fixed(0))}, amount)},
                            {counted(0, 10)}));
  }
  return scenario("ten deals", calendar(1, Step::week), all);
}

Stage& only_stage(Scenario& scenario, std::size_t territory = 0) {
  return scenario.territories[territory].streams[0].funnel.stages[0];
}

/// [territory][n] replications with n wins in the first week.
std::vector<std::vector<std::uint64_t>> wins_of(const Scenario& scenario) {
  DealByDeal simulator(scenario);
  Luck luck(81);
  std::vector<std::vector<std::uint64_t>> often(scenario.territories.size(),
                                                std::vector<std::uint64_t>(11));
  for (std::int64_t r = 0; r < usual_replications; ++r) {
    const SimulatedQuarter quarter = simulator.simulate(luck);
    for (std::size_t t = 0; t < often.size(); ++t)
      ++often[t][static_cast<std::size_t>(quarter.territories[t].wins[0])];
  }
  return often;
}

std::vector<double> beta_binomial(int n, double a, double b) {
  std::vector<double> law;
  for (int k = 0; k <= n; ++k) {
    law.push_back(boost::math::binomial_coefficient<double>(static_cast<unsigned>(n),
                                                            static_cast<unsigned>(k)) *
                  boost::math::beta(a + k, b + n - k) / boost::math::beta(a, b));
  }
  return law;
}

std::vector<double> binomial(int n, double p) {
  std::vector<double> law;
  for (int k = 0; k <= n; ++k)
    law.push_back(boost::math::pdf(boost::math::binomial_distribution<>(n, p), k));
  return law;
}

double z_of_distribution(const std::vector<std::uint64_t>& often, const std::vector<double>& law) {
  Agreement agreement(usual_replications);
  agreement.distribution(Kind::wins_distribution, "", often, law);
  return std::abs(agreement.worst().z);
}

double z_of_sum(const PowerSums& sums, double mean, double variance) {
  Agreement agreement(usual_replications);
  agreement.sum(Kind::bookings_mean, "", sums.first, mean, variance);
  return std::abs(agreement.worst().z);
}

}  // namespace

TEST_CASE("deal by deal, uncertain numbers follow the laws as they are written",
          "[oracle][deal_by_deal]") {
  struct Written {
    NumberLaw law;
    double mean;
    double sd;
  };
  const double sigma = std::log(5.0 / 3) / (2 * z95);
  const double between = std::sqrt(15) * std::exp(sigma * sigma / 2);
  const std::vector<Written> all{
      {NumberLaw::lognormal(4, 0.2), 4, 0.8},
      {NumberLaw::lognormal_between(3, 5), between, between * std::sqrt(std::expm1(sigma * sigma))},
      {NumberLaw::beta(0.3, 0.1), 0.3, 0.1},
      {NumberLaw::beta_observed(0.24, 85), 0.24, std::sqrt(0.24 * 0.76 / 86)}};
  for (const Written& written : all) {
    const NumberDraw draws(written.law);
    Luck luck(82);
    PowerSums sums;
    for (std::int64_t i = 0; i < usual_replications; ++i) sums.add(draws.draw(luck).value);
    CAPTURE(written.law.describe());
    CHECK(z_of_sum(sums, written.mean, written.sd * written.sd) < 4);
    CHECK(sums.variance(usual_replications) == Approx(written.sd * written.sd).epsilon(0.1));
  }
  CHECK(NumberLaw::lognormal_between(3, 5).mean() == Approx(between));
}

TEST_CASE("quantiles of uncertain numbers are those of Boost.Random's draws",
          "[oracle][deal_by_deal]") {
  for (const NumberLaw& law :
       {NumberLaw::lognormal(4, 0.5), NumberLaw::lognormal_between(3, 5), NumberLaw::beta(0.3, 0.1),
        NumberLaw::beta_observed(0.24, 8), NumberLaw::logit_normal_between(0.2, 0.6)}) {
    const NumberDraw draws(law);
    Luck luck(83);
    std::vector<double> values;
    for (std::int64_t i = 0; i < usual_replications; ++i) values.push_back(draws.draw(luck).value);
    Agreement agreement(usual_replications);
    for (const double p : {0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99}) {
      const double quantile = law.quantile(p);
      const auto below = std::count_if(values.begin(), values.end(),
                                       [quantile](double x) { return x <= quantile; });
      agreement.event(Kind::attained, std::to_string(p), static_cast<std::uint64_t>(below), {p, 0});
      CHECK(law.upper_quantile(1 - p) == Approx(law.quantile(p)));
    }
    CAPTURE(law.describe(), agreement.worst().what);
    CHECK(std::abs(agreement.worst().z) < bound_for(60));
  }
  const NumberLaw logit = NumberLaw::logit_normal_between(0.2, 0.6);
  CHECK(logit.quantile(0.05) == Approx(0.2));
  CHECK(logit.quantile(0.95) == Approx(0.6));
  // The middle of the logits of 1/4 and 3/2.
  CHECK(logit.quantile(0.5) == Approx(std::sqrt(0.375) / (1 + std::sqrt(0.375))));
}

TEST_CASE("deal by deal, wins with an uncertain share are beta-binomial",
          "[oracle][deal_by_deal]") {
  Scenario made = ten_deals(2);
  const std::size_t rate = add_number(made, "rate", NumberLaw::beta_observed(0.24, 12));
  only_stage(made, 0).advance_uncertain = only_stage(made, 1).advance_uncertain = rate;
  const std::vector<double> law = beta_binomial(10, 0.24 * 12, 0.76 * 12);
  for (const auto& often : wins_of(made)) {
    CHECK(z_of_distribution(often, law) < 4);
    if (enough_for_controls) CHECK(z_of_distribution(often, binomial(10, 0.24)) > 10);
  }
  // 10^2 x variance of the share, where it is one draw; amounts are 100.
  const double covariance = 100 * 0.24 * 0.76 / 13 * 1e4;
  for (const bool per_territory : {false, true}) {
    made.uncertain[0].per_territory = per_territory;
    const DealTally tally = simulate_deal_by_deal(made, usual_replications, 84);
    PowerSums products;
    for (std::size_t r = 0; r < tally.bookings()[0].size(); ++r)
      products.add((tally.bookings()[0][r] - 240) * (tally.bookings()[1][r] - 240));
    CAPTURE(per_territory);
    CHECK(z_of_sum(products, per_territory ? 0 : covariance,
                   products.variance(usual_replications)) < 4);
  }
}

TEST_CASE("deal by deal, to a share starts from what was drawn", "[oracle][deal_by_deal]") {
  Scenario made = ten_deals(1);
  only_stage(made).advance_uncertain = add_number(made, "rate", NumberLaw::beta_observed(0.24, 12));
  add_rule(made, "to", {}, {advance_to(0.78, "stage 1")});
  CHECK(z_of_distribution(wins_of(made)[0], binomial(10, 0.78)) < 4);
}

TEST_CASE("deal by deal, an uncertain stay takes one of 16 quantiles", "[oracle][deal_by_deal]") {
  // All of them leave in one week of these.
  Scenario made = ten_deals(1, 1);
  made.calendar = calendar(10, Step::week);
  made.territories[0].open = {named("One", 0, 0.0)};
  const double sigma = std::sqrt(std::log1p(0.16));
  const double mu = std::log(4) - sigma * sigma / 2;
  const std::size_t mean = add_number(made, "mean", NumberLaw::lognormal(4, 0.4));
  const auto quantile = [&](int i) {
    return std::exp(
        mu + sigma * boost::math::quantile(boost::math::normal_distribution<>(), (i + 0.5) / 16));
  };
  const auto expect_wins = [&](const std::string& what, const auto& cdf_of_case) {
    const DealTally tally = simulate_deal_by_deal(made, usual_replications, 85);
    Agreement agreement(usual_replications);
    for (int week = 0; week < 10; ++week) {
      double chance = 0;
      for (int i = 0; i < 16; ++i)
        chance += (cdf_of_case(i, week + 1.0) - (week > 0 ? cdf_of_case(i, week * 1.0) : 0)) / 16;
      const PowerSums& wins = tally.at(What::wins, 0, static_cast<std::size_t>(week));
      agreement.event(Kind::wins_by_week, "week " + std::to_string(week + 1),
                      static_cast<std::uint64_t>(std::llround(wins.first)), {chance, 0});
    }
    INFO(what << agreement.worst().what);
    CHECK(agreement.checks().size() >= 7);
    CHECK(std::abs(agreement.worst().z) < bound_for(30));
  };
  only_stage(made).weeks_to_advance = only_stage(made).weeks_to_lost = D::fixed(4);
  only_stage(made).weeks_to_advance_uncertain.mean = mean;
  only_stage(made).weeks_to_lost_uncertain.mean = mean;
  expect_wins("fixed, ", [&](int i, double week) { return quantile(i) <= week ? 1.0 : 0.0; });

  only_stage(made).weeks_to_advance = only_stage(made).weeks_to_lost = D::gamma(4, 0.5);
  expect_wins("gamma, mean, ", [&](int i, double week) {
    return boost::math::cdf(boost::math::gamma_distribution<>(4, quantile(i) / 4), week);
  });

  made.uncertain[0].law = NumberLaw::lognormal(0.4, 0.4);
  only_stage(made).weeks_to_advance_uncertain =
      only_stage(made).weeks_to_lost_uncertain = {{}, mean};
  expect_wins("gamma, cv, ", [&](int i, double week) {
    const double cv = quantile(i) / 10;
    return boost::math::cdf(boost::math::gamma_distribution<>(1 / (cv * cv), 4 * cv * cv), week);
  });
}

TEST_CASE("deal by deal, uncertain rates, amounts, hours and factors move means and variances",
          "[oracle][deal_by_deal]") {
  Scenario made = ten_deals(1, 1, D::lognormal(100, 0.5));
  Territory& here = made.territories[0];
  here.streams[0].funnel.amount_uncertain.mean =
      add_number(made, "amount", NumberLaw::lognormal(100, 0.2));
  // (10 M F)^2 + 10 (cv M F)^2.
  const auto square = [](double of_mean, double of_factor) {
    return (100 + 10 * 0.25) * of_mean * of_factor;
  };
  DealTally tally = simulate_deal_by_deal(made, usual_replications, 86);
  double expected = square(1.04 * 1e4, 1);
  CHECK(z_of_sum(tally.at(What::booked), 1'000, expected - 1e6) < 4);
  const auto z_of_square = [&](const PowerSums& sums) {
    return z_of_sum({sums.second, 0, 0, 0}, expected,
                    static_cast<double>(sums.fourth / usual_replications) - expected * expected);
  };
  CHECK(z_of_square(tally.at(What::booked)) < 4);

  add_rule(made, "factor", {}, {times(Knob::amount, 1.5)}).then[0].factor_uncertain =
      add_number(made, "factor", NumberLaw::lognormal(1.5, 0.3));
  tally = simulate_deal_by_deal(made, usual_replications, 87);
  expected = square(1.04 * 1e4, 1.09 * 2.25);
  CHECK(z_of_sum(tally.at(What::booked), 1'500, expected - 2.25e6) < 4);
  CHECK(z_of_square(tally.at(What::booked)) < 4);

  here.streams[0].leads_per_week = 20;
  here.streams[0].leads_uncertain = add_number(made, "leads", NumberLaw::lognormal(20, 0.3));
  here.open.clear();
  tally = simulate_deal_by_deal(made, usual_replications, 88);
  expected = 20 + 400 * 1.09;
  CHECK(z_of_sum(tally.at(What::leads), 20, expected - 400) < 4);
  CHECK(z_of_square(tally.at(What::leads)) < 4);
}

TEST_CASE("deal by deal, uncertain hours are those that there are", "[oracle][deal_by_deal]") {
  Scenario made = ten_deals(1);
  made.territories[0].capacity = hours_a_week(40);
  Capacity& capacity = *made.territories[0].capacity;
  capacity.hours_uncertain = add_number(made, "hours", NumberLaw::lognormal(40, 0.1));
  capacity.selling_share = 0.5;
  capacity.share_uncertain = add_number(made, "share", NumberLaw::beta(0.5, 0.05));
  capacity.other_time = {
      {"meetings", 6, add_number(made, "meetings", NumberLaw::lognormal(6, 0.2))}};
  only_stage(made).hours = 2;
  only_stage(made).hours_uncertain = add_number(made, "asked", NumberLaw::lognormal(2, 0.2));
  DealByDeal simulator(made);
  Luck luck(89);
  PowerSums there, asked;
  for (std::int64_t r = 0; r < usual_replications; ++r) {
    const SimulatedTerritory found = simulator.simulate(luck).territories[0];
    there.add(found.hours_there[0]);
    asked.add(found.hours_asked[0]);
  }
  CHECK(z_of_sum(there, 14, 400 * (1.01 * 1.01 - 1) + 1.44) < 4);
  CHECK(there.variance(usual_replications) == Approx(400 * (1.01 * 1.01 - 1) + 1.44).epsilon(0.1));
  CHECK(z_of_sum(asked, 20, 16) < 4);
}

TEST_CASE("deal by deal, a rule exists in each period by a chance that is drawn once",
          "[oracle][deal_by_deal]") {
  // Three periods of a week with a certain deal each, which the rule doubles.
  Scenario made = scenario("three periods", periods_of(3, 1), {territory("Here", {}, {})});
  for (int week = 0; week < 3; ++week)
    made.territories[0].open.push_back(
        due("deal " + std::to_string(week), 7 * week, 1, dollars(1)));
  add_rule(made, "double", {}, {times(Knob::amount, 2)}).chance = 0.4;
  const auto periods_doubled = [&](const DealVariant& variant) {
    DealByDeal simulator(made, variant);
    Luck luck(90);
    std::vector<std::uint64_t> often(4);
    for (std::int64_t r = 0; r < usual_replications; ++r) {
      const SimulatedTerritory found = simulator.simulate(luck).territories[0];
      REQUIRE(found.booked_in_spans.size() == 4);
      ++often[static_cast<std::size_t>(found.booked_in_spans[3] / 100 - 3)];
    }
    return often;
  };
  CHECK(z_of_distribution(periods_doubled({}), binomial(3, 0.4)) < 4);
  if (enough_for_controls)
    CHECK(z_of_distribution(periods_doubled({.rules_drawn_anew = false}), binomial(3, 0.4)) > 10);
  made.rules[0].chance_uncertain = add_number(made, "chance", NumberLaw::beta_observed(0.4, 5));
  CHECK(z_of_distribution(periods_doubled({}), beta_binomial(3, 2, 3)) < 4);
  if (enough_for_controls) CHECK(z_of_distribution(periods_doubled({}), binomial(3, 0.4)) > 10);
}

}  // namespace attain::testing
