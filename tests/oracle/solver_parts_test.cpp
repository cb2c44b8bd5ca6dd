#include "support/oracle/agreement.hpp"
#include "support/oracle/bookings_law.hpp"
#include "support/oracle/build_scenario.hpp"
#include "support/oracle/count_law.hpp"
#include "support/oracle/reference_scenarios.hpp"

#include <boost/math/distributions/poisson.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

namespace attain::oracle {

namespace {

/// P(compound Poisson sum of exponential amounts > x), a mixture of Erlang tails.
double exponential_sum_tail(double poisson_mean, double amount_mean, double x) {
  if (x < 0) return 1;
  double sum = x == 0 ? -std::exp(-poisson_mean) + 1 : 0;
  if (x == 0) return sum;
  const boost::math::poisson_distribution<> number(poisson_mean);
  for (int n = 1; n < 200; ++n) {
    sum += boost::math::pdf(number, n) * boost::math::gamma_q(n, x / amount_mean);
  }
  return sum;
}

}  // namespace

TEST_CASE("the transform is its definition, and its inverse takes it back", "[oracle][solver]") {
  const Spectrum values{{1, 0}, {2, -1}, {0, 3}, {-1, 0.5}, {0.25, 0}, {7, 1}, {0, 0}, {-3, 2}};
  Spectrum found = values;
  transform(found);
  for (std::size_t k = 0; k < values.size(); ++k) {
    std::complex<double> expected = 0;
    for (std::size_t j = 0; j < values.size(); ++j) {
      const double angle = -2 * std::numbers::pi * static_cast<double>(j * k) / 8;
      expected += values[j] * std::polar(1.0, angle);
    }
    CHECK(std::abs(found[k] - expected) < 1e-13);
  }
  transform_back(found);
  for (std::size_t j = 0; j < values.size(); ++j) CHECK(std::abs(found[j] - values[j]) < 1e-14);
  Spectrum odd(3);
  CHECK_THROWS(transform(odd));
}

TEST_CASE("the solver's functions and those of Distribution agree", "[oracle][solver]") {
  const auto distribution = GENERATE(
      Distribution::exponential(2), Distribution::gamma(3, 0.5), Distribution::gamma(3, 2.5),
      Distribution::lognormal(2, 0.4), Distribution::lognormal(2, 3), Distribution::weibull(4, 0.3),
      Distribution::weibull(4, 2), Distribution::fixed(1.75), Distribution::fixed(0),
      Distribution::empirical({0, 1, 2.5, 6}, {1, 2, 3, 4}));
  const FamilyLaw law(distribution);
  CHECK(law.mean() == Approx(distribution.mean()).epsilon(1e-11));
  CHECK(law.raw_moment(2) - law.mean() * law.mean() ==
        Approx(distribution.variance()).epsilon(1e-9).margin(1e-14));
  for (const double x : {0.0, 0.1, 1.0, 1.75, 2.5, 6.0, 20.0}) {
    CHECK(law.survival(x) == Approx(distribution.survival(x)).epsilon(1e-10).margin(1e-300));
    CHECK(law.survival_from(x) == Approx(distribution.survival_from(x)).epsilon(1e-10));
    CHECK(law.integrated_survival(x, x + 1) ==
          Approx(distribution.excess_mean(x) - distribution.excess_mean(x + 1)).margin(1e-11));
  }
}

TEST_CASE("moments of a count are those of its probabilities", "[oracle][solver]") {
  CountLaw law;
  law.add_poisson(3.5);
  law.add_events(0.3, 4);
  law.add_events(0.9);
  double mean = 0;
  double variance = 0;
  double fourth = 0;
  const std::vector<double> probabilities = law.probabilities();
  for (std::size_t n = 0; n < probabilities.size(); ++n) {
    mean += static_cast<double>(n) * probabilities[n];
  }
  for (std::size_t n = 0; n < probabilities.size(); ++n) {
    const double squared = std::pow(static_cast<double>(n) - mean, 2);
    variance += squared * probabilities[n];
    fourth += squared * squared * probabilities[n];
  }
  CHECK(law.mean() == Approx(mean).epsilon(1e-12));
  CHECK(law.variance() == Approx(variance).epsilon(1e-12));
  CHECK(law.fourth_central_moment() == Approx(fourth).epsilon(1e-12));
}

TEST_CASE("sums of exponential amounts have the closed form's tail", "[oracle][solver]") {
  const auto mean = GENERATE(0.5, 8.0, 60.0);
  BookingsLaw law;
  law.add_poisson(AmountLaw(Distribution::exponential(1'000)), mean);
  for (const double share : {0.3, 1.0, 1.3, 2.0}) {
    const double target = std::round(1'000 * mean * share);
    const Chance chance = law.at_least({{std::llround(target * 100)}}).front();
    const double expected = exponential_sum_tail(mean, 1'000, target);
    CHECK(chance.value == Approx(expected).margin(1e-7));
    CHECK(std::abs(chance.value - expected) <= chance.error);
    CHECK(chance.error < 1e-5);
  }
}

TEST_CASE("listed and continuous amounts may be mixed", "[oracle][solver]") {
  // Fixed deals of 1,000 beside exponential ones; also at a threshold that fixed deals alone reach.
  BookingsLaw law;
  law.add_events(AmountLaw(dollars(1'000)), 0.4, 5);
  law.add_poisson(AmountLaw(Distribution::exponential(700)), 1.5);
  CountLaw fixed;
  fixed.add_events(0.4, 5);
  const std::vector<double> number = fixed.probabilities();
  for (const double target : {1'000.0, 2'000.0, 2'000.01, 3'456.78, 5'000.0}) {
    double expected = 0;
    for (std::size_t n = 0; n < number.size(); ++n) {
      const double rest = target - 1'000 * static_cast<double>(n);
      expected += number[n] * (rest <= 0 ? 1 : exponential_sum_tail(1.5, 700, rest));
    }
    const Chance chance = law.at_least({{std::llround(target * 100)}}).front();
    CHECK(std::abs(chance.value - expected) <= 4 * chance.error);
    CHECK(chance.value == Approx(expected).margin(2e-5));
  }
}

TEST_CASE("rounding amounts down and up brackets the chance", "[oracle][solver]") {
  BookingsLaw law;
  law.add_poisson(AmountLaw(canonical_amounts()), 4.27);
  law.add_poisson(AmountLaw(Distribution::gamma(3'000, 2)), 6);
  law.add_events(AmountLaw(dollars(20'000)), 0.6, 3);
  const std::vector<Money> targets{dollars(40'000), dollars(100'000), dollars(163'211)};
  const std::vector<Chance> chances = law.at_least(targets);
  const std::vector<double> low = law.at_least_on_grid(targets, 1 << 14, Rounding::down);
  const std::vector<double> high = law.at_least_on_grid(targets, 1 << 14, Rounding::up);
  for (std::size_t i = 0; i < targets.size(); ++i) {
    CHECK(low[i] < chances[i].value);
    CHECK(chances[i].value < high[i]);
    CHECK(high[i] - low[i] < 2e-3);
    CHECK(chances[i].error < 2e-6);
  }
}

TEST_CASE("z of a check is that of its law, and the bound that of their number",
          "[oracle][solver]") {
  CHECK(bound_for(1) == Approx(3.2905267).epsilon(1e-6));
  CHECK(bound_for(1'000) == Approx(4.8916).epsilon(1e-3));

  Agreement agreement(10'000);
  agreement.sum(Kind::bookings_mean, "three sigma", 10'000 * 5 + 300, 5, 1);
  CHECK(agreement.checks().back().z == Approx(3));
  agreement.event(Kind::attained, "one sigma", 5'050, {0.5, 0});
  CHECK(agreement.checks().back().z == Approx(1).margin(1e-2));
  agreement.event(Kind::attained, "never", 0, {0, 0});
  CHECK(std::abs(agreement.checks().back().z) < 0.01);
  agreement.event(Kind::attained, "not never", 30, {0, 0});
  CHECK(agreement.checks().back().z > 6);
  const std::size_t before = agreement.checks().size();
  agreement.sum(Kind::bookings_mean, "certain", 50'000, 5, 0);
  CHECK(agreement.checks().size() == before);
  agreement.sum(Kind::bookings_mean, "not certain", 50'001, 5, 0);
  CHECK(agreement.checks().back().z > 6);
  agreement.distribution(Kind::wins_distribution, "fair", {2'480, 5'040, 2'480}, {0.25, 0.5, 0.25});
  CHECK(std::abs(agreement.checks().back().z) < 1);
  agreement.distribution(Kind::wins_distribution, "loaded", {2'800, 4'700, 2'500},
                         {0.25, 0.5, 0.25});
  CHECK(agreement.checks().back().z > 5);
  CHECK(agreement.worst().what == "not certain");
  CHECK(agreement.worst(Kind::wins_distribution).what == "loaded");
}

}  // namespace attain::oracle
