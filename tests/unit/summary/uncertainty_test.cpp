#include <attain/summary/uncertainty.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <random>

using namespace attain;

namespace {

constexpr std::uint64_t replications = 64;
constexpr int draws = 250;

/// Draws whose chance is beta(a, b), each simulated `replications` times.
std::vector<DrawResult> beta_binomial(std::mt19937_64& engine, double a, double b) {
  std::gamma_distribution<double> of_a(a);
  std::gamma_distribution<double> of_b(b);
  std::vector<DrawResult> made;
  for (int i = 0; i < draws; ++i) {
    const double x = of_a(engine);
    const double chance = x / (x + of_b(engine));
    std::binomial_distribution<std::uint64_t> count(replications, chance);
    made.push_back({.at_quota = count(engine)});
  }
  return made;
}

/// Draws whose mean is normal, and normal bookings within them.
std::vector<DrawResult> normal(std::mt19937_64& engine, double ignorance, double luck) {
  std::normal_distribution<double> standard;
  std::vector<DrawResult> made;
  for (int i = 0; i < draws; ++i) {
    const double mean = 1'000 + std::sqrt(ignorance) * standard(engine);
    double sum = 0;
    double squares = 0;
    for (std::uint64_t r = 0; r < replications; ++r) {
      const double value = std::sqrt(luck) * standard(engine);
      sum += value;
      squares += value * value;
    }
    const double n = replications;
    made.push_back({mean + sum / n, (squares - sum * sum / n) / (n - 1), 0});
  }
  return made;
}

}  // namespace

TEST_CASE("A chance's range is that of the beta distribution with its mean and variance",
          "[unit][summary]") {
  // Beta(1, 1): mean 1/2, variance 1/12, quantiles the probabilities themselves.
  const ChanceRange uniform = range_of_chance(0.5, 1.0 / 12);
  CHECK(uniform.low == Approx(0.05));
  CHECK(uniform.high == Approx(0.95));
  // Beta(2, 1): x^2 is the cdf.
  const ChanceRange rising = range_of_chance(2.0 / 3, 1.0 / 18);
  CHECK(rising.low == Approx(std::sqrt(0.05)).epsilon(1e-5));
  CHECK(rising.high == Approx(std::sqrt(0.95)).epsilon(1e-5));
}

TEST_CASE("A range without variance, or of what is certain, has no width", "[unit][summary]") {
  for (const auto& [mean, variance] :
       {std::pair{0.3, 0.0}, std::pair{0.3, -0.001}, std::pair{0.0, 0.1}, std::pair{1.0, 0.1}}) {
    const ChanceRange range = range_of_chance(mean, variance);
    CHECK(range.low == mean);
    CHECK(range.high == mean);
  }
  // More variance than a chance of this mean can have: as good as 0 or 1.
  const ChanceRange widest = range_of_chance(0.5, 1);
  CHECK(widest.low >= 0);
  CHECK(widest.low < 1e-6);
  CHECK(widest.high <= 1);
  CHECK(widest.high > 1 - 1e-6);
}

TEST_CASE("A hand-made pair of draws is taken apart as by hand", "[unit][summary]") {
  // Means 8, 10, 12: variance 4. Within: 64, 128, 192, mean 128; of that 128/64 = 2 in a mean.
  const Uncertainty made =
      uncertainty_of({{8, 64, 16}, {10, 128, 32}, {12, 192, 48}}, replications, 0.5);
  CHECK(made.luck.value == 128);
  REQUIRE(made.ignorance);
  CHECK(made.ignorance->value == Approx(2));
  // Leaving one out: luck 160, 128, 96, so its standard error is sqrt(2/3 (32^2 + 32^2)).
  CHECK(made.luck.high - 128 == Approx(z_95 * std::sqrt(2.0 / 3 * 2 * 32 * 32)));
  // And ignorance 2 - 160/64, 8 - 2, 2 - 96/64.
  const double rest[] = {2 - 2.5, 8 - 2.0, 2 - 1.5};
  const double mean = (rest[0] + rest[1] + rest[2]) / 3;
  double spread = 0;
  for (const double each : rest) spread += (each - mean) * (each - mean);
  CHECK(made.ignorance->high - 2 == Approx(z_95 * std::sqrt(2.0 / 3 * spread)));
  CHECK(made.ignorance->low == 0);
  // Shares 1/4, 1/2, 3/4: variance 1/16, less (3/16 + 1/4 + 3/16) / 3 / 63 of luck.
  const ChanceRange expected = range_of_chance(0.5, 1.0 / 16 - 0.625 / 3 / 63);
  REQUIRE(made.attain);
  CHECK(made.attain->low == expected.low);
  CHECK(made.attain->high == expected.high);
}

TEST_CASE("Ranges of beta-binomial draws are those of the beta, without the binomial's noise",
          "[unit][summary]") {
  // Beta(3, 7): 5 % and 95 % quantiles from tables.
  constexpr double low = 0.0977;
  constexpr double high = 0.5496;
  std::mt19937_64 engine(1);
  constexpr int times = 200;
  double sum_low = 0;
  double sum_high = 0;
  for (int i = 0; i < times; ++i) {
    const auto range = uncertainty_of(beta_binomial(engine, 3, 7), replications, 0.3).attain;
    REQUIRE(range);
    sum_low += range->low;
    sum_high += range->high;
  }
  // One of them has a standard error of about .008 and .012. With the noise left in they would be
  // .08 and .57.
  CHECK(sum_low / times == Approx(low).margin(0.003));
  CHECK(sum_high / times == Approx(high).margin(0.004));
}

TEST_CASE("Without ignorance none is measurable in half of the runs, and ranges have no width",
          "[unit][summary]") {
  std::mt19937_64 engine(2);
  constexpr int times = 400;
  int none = 0;
  int no_width = 0;
  double widest = 0;
  for (int i = 0; i < times; ++i) {
    if (!uncertainty_of(normal(engine, 0, 400), replications, {}).ignorance) ++none;
    std::vector<DrawResult> alike;
    std::binomial_distribution<std::uint64_t> count(replications, 0.3);
    for (int draw = 0; draw < draws; ++draw) alike.push_back({.at_quota = count(engine)});
    const auto range = uncertainty_of(alike, replications, 0.3).attain;
    if (range->low == range->high) ++no_width;
    widest = std::max(widest, range->high - range->low);
  }
  // Four standard errors of a count of 400 at one half are 40; the median lies a little below 0.
  CHECK(std::abs(none - times / 2) < 55);
  CHECK(std::abs(no_width - times / 2) < 55);
  // Without the correction every range would be 19 points wide.
  CHECK(widest < 0.12);
}

TEST_CASE("Luck and ignorance are found without bias, and their intervals hold what they promise",
          "[unit][summary]") {
  std::mt19937_64 engine(3);
  constexpr double ignorance = 30;
  constexpr double luck = 400;
  constexpr int times = 400;
  double sum = 0;
  int ignorance_inside = 0;
  int luck_inside = 0;
  for (int i = 0; i < times; ++i) {
    const Uncertainty made = uncertainty_of(normal(engine, ignorance, luck), replications, {});
    REQUIRE(made.ignorance);
    sum += made.ignorance->value;
    ignorance_inside += made.ignorance->low <= ignorance && ignorance <= made.ignorance->high;
    luck_inside += made.luck.low <= luck && luck <= made.luck.high;
  }
  // The standard error of one is (30 + 400/64) sqrt(2/249) = 3.2.
  CHECK(sum / times == Approx(ignorance).margin(4 * 3.25 / std::sqrt(times)));
  // 95 % of 400, within four standard errors of 4.4, and a skewed distribution costs a little.
  CHECK(ignorance_inside > 360);
  CHECK(ignorance_inside < 398);
  CHECK(luck_inside > 362);
  CHECK(luck_inside < 398);
}
