#include <attain/summary/sequential.hpp>

#include <attain/summary/estimate.hpp>

#include "support/oracle/build_scenario.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <map>
#include <vector>

using namespace attain;
using namespace attain::oracle;

namespace {

/// Counts from `first` on with their probabilities; what is left out weighs less than 1e-12.
struct Law {
  std::int64_t first = 0;
  std::vector<double> weights;
};

Law binomial(std::int64_t n, double p) {
  const double mean = static_cast<double>(n) * p;
  const double reach = 9 * std::sqrt(mean * (1 - p)) + 20;
  const auto first = std::max<std::int64_t>(0, static_cast<std::int64_t>(mean - reach));
  const auto last = std::min(n, static_cast<std::int64_t>(mean + reach));
  Law law{first, {}};
  const auto size = static_cast<double>(n);
  for (std::int64_t k = first; k <= last; ++k) {
    const auto x = static_cast<double>(k);
    law.weights.push_back(std::exp(std::lgamma(size + 1) - std::lgamma(x + 1) -
                                   std::lgamma(size - x + 1) + x * std::log(p) +
                                   (size - x) * std::log1p(-p)));
  }
  return law;
}

/// Exact coverage, by dynamic programming over the counts that go on, of the 95 % Wilson interval
/// at which looks at n, `next(n)`, ... up to `last` stop with half of its width at most `h`.
template <class Next>
double coverage(double p, double h, std::int64_t n, std::int64_t last, const Next& next) {
  Law going = binomial(n, p);
  double covered = 0;
  while (true) {
    bool any = false;
    for (std::size_t i = 0; i < going.weights.size(); ++i) {
      const auto count = static_cast<std::uint64_t>(going.first) + i;
      const Chance chance = chance_of(count, static_cast<std::uint64_t>(n));
      if (chance.half_width() > h && n < last) {
        any = any || going.weights[i] > 0;
        continue;
      }
      if (chance.low <= p && p <= chance.high) covered += going.weights[i];
      going.weights[i] = 0;
    }
    if (!any) return covered;
    const std::int64_t more = next(n) - n;
    const Law step = binomial(more, p);
    Law sum{going.first + step.first,
            std::vector<double>(going.weights.size() + step.weights.size() - 1)};
    for (std::size_t i = 0; i < going.weights.size(); ++i) {
      if (going.weights[i] < 1e-15) continue;
      for (std::size_t j = 0; j < step.weights.size(); ++j) {
        sum.weights[i + j] += going.weights[i] * step.weights[j];
      }
    }
    going = std::move(sum);
    n += more;
  }
}

double coverage_of_the_rule(double p, double h) {
  return coverage(p, h, first_look, last_look, [](std::int64_t n) { return 2 * n; });
}

/// East makes its quota with an even chance or so, Idle never.
Scenario two_territories() {
  const auto flow = [](double leads) {
    return stream("new", leads, {stage(0.5, Distribution::exponential(2))},
                  Distribution::fixed(10'000));
  };
  return scenario("two", calendar(13, Step::week),
                  {territory("East", dollars(160'000), {flow(3)}),
                   territory("Idle", dollars(160'000), {flow(0.01)})});
}

}  // namespace

TEST_CASE("The dynamic programme gives the coverages of the reference", "[unit][summary]") {
  // docs/methods.md, R9: Wilson from 100 by 50, stop at .05.
  const auto by_50 = [](std::int64_t n) { return n + 50; };
  const std::map<double, double> reference{
      {.02, .9492}, {.05, .9581}, {.1, .9502}, {.3, .9480}, {.5, .9490}};
  for (const auto& [p, expected] : reference) {
    CAPTURE(p);
    CHECK(coverage(p, 0.05, 100, 5'000, by_50) == Approx(expected).margin(5e-5));
  }
}

TEST_CASE("Stopping at 1,000 and its doublings keeps its coverage", "[unit][summary]") {
  for (const double p : {.02, .05, .1, .2, .4, .5, .6, .75, .9, .98}) {
    for (const double h : {0.02, 0.01, 0.005}) {
      const double covered = coverage_of_the_rule(p, h);
      CAPTURE(h, p, covered);
      CHECK(covered >= 0.945);
      CHECK(covered <= 0.98);  // A programme that covered everything would prove nothing.
    }
  }
}

TEST_CASE("Stopping early leans a little where a look is only just enough", "[unit][summary]") {
  // Where p (1 - p) is a little above h^2 n / z^2 for a look n, only low counts stop there. All p
  // between 1 and 99 %, so that the worst are among them.
  for (const double h : {0.02, 0.01, 0.005}) {
    double worst = 1;
    double sum = 0;
    int all = 0;
    int good = 0;
    for (int i = 10; i <= 990; i += 2) {
      const double covered = coverage_of_the_rule(i / 1000.0, h);
      worst = std::min(worst, covered);
      sum += covered;
      ++all;
      good += covered >= 0.945 ? 1 : 0;
    }
    CAPTURE(h, worst, sum / all, good, all);
    CHECK(sum / all >= 0.9495);
    CHECK(good >= 0.9 * all);
    CHECK(worst >= 0.93);
  }
}

TEST_CASE("Looking after every replication from 10 on would lose coverage", "[unit][summary]") {
  // The negative control: the same programme finds what is wrong with the naive rule.
  const auto by_one = [](std::int64_t n) { return n + 1; };
  CHECK(coverage(0.1, 0.05, 10, 400, by_one) < 0.946);
}

TEST_CASE("A sequential run is one run of as many replications", "[unit][summary]") {
  const Plan plan = build_plan(two_territories());
  SimulationOptions options;
  options.seed = 11;
  const SequentialOutcomes sequential = simulate_to_precision(plan, options, 0.015);
  CHECK(sequential.reached);
  CHECK(sequential.half_width <= 0.015);
  // 0.015 takes 4,269 replications at an even chance; so it stops at the next look.
  REQUIRE(sequential.outcomes.replications == 8'000);
  options.replications = 8'000;
  const Outcomes whole = simulate(plan, options);
  CHECK(sequential.outcomes.territories[0].bookings.goals[0].at_quota ==
        whole.territories[0].bookings.goals[0].at_quota);
  CHECK(sequential.outcomes.groups[0].bookings.moments.back().squares ==
        whole.groups[0].bookings.moments.back().squares);
  CHECK(sequential.half_width == widest_chance_of_quota(plan, whole));
}

TEST_CASE("A precision that is out of reach ends at the last look", "[unit][summary]") {
  const Plan plan = build_plan(two_territories());
  SimulationOptions options;
  std::int64_t seen = 0;
  options.progress = [&seen](std::int64_t done) { seen = std::max(seen, done); };
  const SequentialOutcomes sequential = simulate_to_precision(plan, options, 1e-5);
  CHECK_FALSE(sequential.reached);
  CHECK(sequential.outcomes.replications == last_look);
  CHECK(sequential.half_width > 1e-5);
  CHECK(seen > first_look);
}

TEST_CASE("Precision needs a quota somewhere", "[unit][summary]") {
  Scenario scenario = two_territories();
  CHECK(has_quota(build_plan(scenario)));
  for (Territory& territory : scenario.territories) territory.quota.reset();
  CHECK_FALSE(has_quota(build_plan(scenario)));
  scenario.company.quota = dollars(5);
  CHECK(has_quota(build_plan(scenario)));
}
