#include <attain/random/distribution.hpp>

#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <boost/random/exponential_distribution.hpp>
#include <boost/random/gamma_distribution.hpp>
#include <boost/random/lognormal_distribution.hpp>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/weibull_distribution.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>
#include <vector>

using namespace attain;

namespace {

std::vector<Distribution> continuous_families() {
  return {Distribution::exponential(2.5),   Distribution::gamma(3, 0.6),
          Distribution::gamma(0.4, 1.7),    Distribution::lognormal(40'000, 1),
          Distribution::lognormal(2, 0.05), Distribution::weibull(2, 0.5),
          Distribution::weibull(5, 2.2)};
}

double integral(const std::function<double(double)>& f, double from, double to) {
  return boost::math::quadrature::gauss_kronrod<double, 61>::integrate(f, from, to, 12, 1e-11);
}

/// The largest distance between the empirical cdf of `values` and the distribution's (Kolmogorov).
double distance(std::vector<double> values, const Distribution& distribution) {
  std::sort(values.begin(), values.end());
  double largest = 0;
  const auto count = static_cast<double>(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double cdf = 1 - distribution.survival(values[i]);
    const auto rank = static_cast<double>(i);
    largest = std::max({largest, std::abs(cdf - rank / count), std::abs(cdf - (rank + 1) / count)});
  }
  return largest;
}

}  // namespace

TEST_CASE("Mean and variance are the integrals of the survival function", "[unit][random]") {
  for (const Distribution& d : continuous_families()) {
    CAPTURE(d.describe());
    const double far = d.upper_quantile(1e-14);
    double mean = 0;
    double square = 0;
    // In pieces, because one rule does not see both the body and the tail.
    double from = 0;
    for (double to = d.mean() / 16; from < far; to *= 2) {
      const double end = std::min(to, far);
      mean += integral([&](double x) { return d.survival(x); }, from, end);
      square += integral([&](double x) { return 2 * x * d.survival(x); }, from, end);
      from = end;
    }
    CHECK(mean == Approx(d.mean()).epsilon(1e-7));
    CHECK(square - mean * mean == Approx(d.variance()).epsilon(1e-4));
  }
}

TEST_CASE("The excess mean is the integral of the survival function's tail", "[unit][random]") {
  for (const Distribution& d : continuous_families()) {
    CAPTURE(d.describe());
    for (const double x : {0.3 * d.mean(), d.mean(), 2.5 * d.mean()}) {
      const double between = integral([&](double t) { return d.survival(t); }, x, 2 * x);
      CHECK(d.excess_mean(x) - d.excess_mean(2 * x) == Approx(between).epsilon(1e-8));
    }
    CHECK(d.excess_mean(-1) == Approx(d.mean() + 1));
    CHECK(d.excess_mean(0) == Approx(d.mean()));
  }
}

TEST_CASE("Quantiles invert the survival function in both tails", "[unit][random]") {
  for (const Distribution& d : continuous_families()) {
    CAPTURE(d.describe());
    for (const double p : {1e-9, 1e-4, 0.1, 0.5, 0.9}) {
      CHECK(1 - d.survival(d.quantile(p)) == Approx(p).epsilon(1e-6));
      CHECK(d.survival(d.upper_quantile(p)) == Approx(p).epsilon(1e-6));
    }
  }
}

TEST_CASE("Families agree with Boost.Random's samplers", "[unit][random]") {
  // Kolmogorov's limit for a false alarm in 1e-4: 2.23 / sqrt(n).
  constexpr int count = 20'000;
  const double limit = 2.23 / std::sqrt(count);
  boost::random::mt19937 engine(7);
  const auto sampled = [&](auto sampler) {
    std::vector<double> values(count);
    for (double& value : values) value = sampler(engine);
    return values;
  };
  const Distribution gamma = Distribution::gamma(3, 0.6);
  const auto& g = std::get<Distribution::Gamma>(gamma.family());
  const auto gammas = sampled(boost::random::gamma_distribution<>(g.shape, g.scale));
  CHECK(distance(gammas, gamma) < limit);
  CHECK(distance(sampled(boost::random::exponential_distribution<>(1 / 2.5)),
                 Distribution::exponential(2.5)) < limit);
  const Distribution lognormal = Distribution::lognormal(40'000, 1);
  const auto& l = std::get<Distribution::Lognormal>(lognormal.family());
  CHECK(distance(sampled(boost::random::lognormal_distribution<>(l.mu, l.sigma)), lognormal) <
        limit);
  const Distribution weibull = Distribution::weibull(5, 2.2);
  const auto& w = std::get<Distribution::Weibull>(weibull.family());
  CHECK(distance(sampled(boost::random::weibull_distribution<>(w.shape, w.scale)), weibull) <
        limit);
  // Negative control: a cv that is 5 % off is seen.
  CHECK(distance(gammas, Distribution::gamma(3, 0.63)) > limit);
}

TEST_CASE("Atoms count on the right side", "[unit][random]") {
  const Distribution two = Distribution::fixed(2);
  CHECK(two.survival(2) == 0);
  CHECK(two.survival_from(2) == 1);
  CHECK(two.survival(1.999) == 1);
  CHECK(two.excess_mean(0.5) == 1.5);
  const Distribution dice = Distribution::empirical({5, 1, 2, 2}, {1, 1, 1, 1});
  CHECK(dice.mean() == Approx(2.5));
  CHECK(dice.survival(2) == Approx(0.25));
  CHECK(dice.survival_from(2) == Approx(0.75));
  CHECK(dice.quantile(0.25) == 1);
  CHECK(dice.quantile(0.26) == 2);
  CHECK(dice.excess_mean(1.5) == Approx(0.25 * 3.5 + 0.5 * 0.5));
}

TEST_CASE("Impossible parameters are refused by name", "[unit][random]") {
  CHECK_THROWS_WITH(Distribution::exponential(0), Catch::Contains("'mean' is 0"));
  CHECK_THROWS_WITH(Distribution::gamma(1, 50), Catch::Contains("'cv' is 50"));
  CHECK_THROWS_WITH(Distribution::lognormal(1, 0), Catch::Contains("'cv' is 0"));
  CHECK_THROWS_WITH(Distribution::fixed(-1), Catch::Contains("'fixed' is -1"));
  CHECK_THROWS_AS(Distribution::empirical({}), std::invalid_argument);
  CHECK_THROWS_AS(Distribution::empirical({1, 2}, {0, 0}), std::invalid_argument);
  CHECK_THROWS_AS(Distribution::empirical({1, 2}, {1}), std::invalid_argument);
}
