#include <attain/summary/estimate.hpp>

#include <catch2/catch.hpp>

#include <cmath>

using namespace attain;

namespace {

/// P(Bin(n, p) <= k) by adding up its terms, unlike the code under test.
double binomial_up_to(int n, double p, int k) {
  double sum = 0;
  for (int i = 0; i <= k; ++i) {
    sum += std::exp(std::lgamma(n + 1.0) - std::lgamma(i + 1.0) - std::lgamma(n - i + 1.0) +
                    i * std::log(p) + (n - i) * std::log1p(-p));
  }
  return sum;
}

struct Values {
  explicit Values(const std::vector<std::uint64_t>& values) {
    for (const std::uint64_t value : values) {
      histogram.add(Histogram::bin_of(value));
      moments.add(value);
    }
  }
  [[nodiscard]] Counted counted(std::uint64_t least = 0) const {
    return {histogram, moments, least};
  }

  Histogram histogram;
  Moments moments;
};

}  // namespace

TEST_CASE("Wilson intervals are those of the reference", "[unit][summary]") {
  // docs/methods.md, R7: computed with scipy and statsmodels.
  struct Row {
    std::uint64_t count, n;
    double low, high;
  };
  for (const Row& row :
       {Row{81, 263, .255289, .366210}, Row{15, 148, .062386, .160487}, Row{0, 20, 0, .161125},
        Row{1, 29, .006113, .171755}, Row{600, 1000, .569309, .629925}}) {
    const Chance chance = chance_of(row.count, row.n);
    CAPTURE(row.count, row.n);
    CHECK(chance.low == Approx(row.low).margin(5e-7));
    CHECK(chance.high == Approx(row.high).margin(5e-7));
    CHECK(chance.probability == static_cast<double>(row.count) / static_cast<double>(row.n));
  }
}

TEST_CASE("The interval of what never or always happens ends there", "[unit][summary]") {
  CHECK(chance_of(0, 20'000).low == 0);
  CHECK(chance_of(20'000, 20'000).high == 1);
  CHECK(chance_of(20'000, 20'000).low == Approx(1 - chance_of(0, 20'000).high));
}

TEST_CASE("Order statistics of a quantile are those of the reference", "[unit][summary]") {
  // docs/methods.md, R8.
  using Ranks = std::pair<std::uint64_t, std::uint64_t>;
  CHECK(quantile_ranks(1'000, 0.9) == Ranks{881, 919});
  CHECK(quantile_ranks(1'000, 0.5) == Ranks{469, 532});
  CHECK(quantile_ranks(10'000, 0.9) == Ranks{8941, 9059});
  CHECK(quantile_ranks(20, 0.5) == Ranks{6, 15});
}

TEST_CASE("Order statistics are the closest that cover 95 %", "[unit][summary]") {
  for (const int n : {10, 20, 100, 333}) {
    for (const double p : {0.05, 0.1, 0.2, 0.5, 0.9}) {
      const auto [low, high] = quantile_ranks(static_cast<std::uint64_t>(n), p);
      const int l = static_cast<int>(low);
      const int u = static_cast<int>(high);
      CAPTURE(n, p, l, u);
      if (l > 0) CHECK(binomial_up_to(n, p, l - 1) <= 0.025);
      CHECK(binomial_up_to(n, p, l) > 0.025);
      if (u <= n) CHECK(1 - binomial_up_to(n, p, u - 1) <= 0.025);
      CHECK(1 - binomial_up_to(n, p, u - 2) > 0.025);
    }
  }
}

TEST_CASE("Ranks are found for the largest number of replications", "[unit][summary]") {
  const auto [low, high] = quantile_ranks(1'000'000'000, 0.2);
  // Normal approximation: 1.96 sqrt(n p (1 - p)) = 24,792.
  CHECK(static_cast<double>(200'000'000 - low) == Approx(24'792).epsilon(0.001));
  CHECK(static_cast<double>(high - 200'000'000) == Approx(24'792).epsilon(0.001));
}

TEST_CASE("A quantile is an order statistic, and its interval holds what bins hide",
          "[unit][summary]") {
  std::vector<std::uint64_t> values;
  for (std::uint64_t i = 1; i <= 1'000; ++i) values.push_back(i * 1'000);
  const Quantile median = QuantileReader(1'000, {0.5}).read(Values(values).counted(), 1)[0];
  // The truth is 500,000, and the interval without bins 469,000 to 532,000.
  CHECK(median.value == Approx(500'000).epsilon(0.005));
  CHECK(median.low <= 469'000);
  CHECK(median.low > 469'000 * (1 - 1.0 / 128));
  REQUIRE(median.high);
  CHECK(*median.high >= 532'000);
  CHECK(*median.high < 532'000 * (1 + 1.0 / 128));
  // In another unit it is the same quantity.
  CHECK(QuantileReader(1'000, {0.5}).read(Values(values).counted(), 100)[0].low ==
        median.low / 100);
}

TEST_CASE("Small numbers are exact, and too few values bound nothing", "[unit][summary]") {
  std::vector<std::uint64_t> values;
  for (std::uint64_t i = 1; i <= 20; ++i) values.push_back(i);
  const auto quantiles = QuantileReader(20, {0.1, 0.5, 0.9}).read(Values(values).counted(), 1);
  CHECK(quantiles[1].value == 10);
  CHECK(quantiles[1].low == 6);
  CHECK(quantiles[1].high == 15);
  CHECK(quantiles[0].value == 2);
  CHECK(quantiles[0].low == 0);
  CHECK(quantiles[2].value == 18);
  CHECK_FALSE(quantiles[2].high.has_value());
}

TEST_CASE("Where all values are one, quantiles and their intervals are it", "[unit][summary]") {
  // Not the middle of a bin, and with a square beyond 64 bits.
  constexpr std::uint64_t value = 123'456'789'012;
  const QuantileReader reader(1'000, {0.1, 0.5, 0.9});
  const Values certain(std::vector<std::uint64_t>(1'000, value));
  for (const Quantile& quantile : reader.read(certain.counted(), 100)) {
    CHECK(quantile.value == value / 100.0);
    CHECK(quantile.low == value / 100.0);
    CHECK(quantile.high == value / 100.0);
  }
  CHECK(reader.values(certain.counted(), 100) == std::vector<double>(3, value / 100.0));
  // One value that differs by a cent takes the certainty away.
  std::vector<std::uint64_t> values(1'000, value);
  values.back() += 1;
  CHECK(reader.read(Values(values).counted(), 100)[1].low < value / 100.0);
  // A few values bound nothing, even if they are equal.
  const Quantile low =
      QuantileReader(10, {0.1}).read(Values(std::vector<std::uint64_t>(10, 7)).counted(2), 1)[0];
  CHECK(low.value == 7);
  CHECK(low.low == 2);
}

TEST_CASE("No quantile lies below what is there at least", "[unit][summary]") {
  // Booked and nothing won, or a win on top; the bin of 4,999,900 begins below it.
  constexpr std::uint64_t booked = 4'999'900;
  REQUIRE(Histogram::lower_edge(Histogram::bin_of(booked)) < booked);
  std::vector<std::uint64_t> values(1'000, booked);
  for (std::size_t i = 600; i < values.size(); ++i) values[i] = 9'000'000;
  const Values some(values);
  const QuantileReader reader(1'000, {0.1, 0.9});
  const Quantile p10 = reader.read(some.counted(booked), 1)[0];
  CHECK(p10.value >= booked);
  CHECK(p10.low == booked);
  CHECK(*p10.high >= booked);
  CHECK(reader.values(some.counted(booked), 1)[0] >= booked);
  CHECK(reader.read(some.counted(), 1)[0].low < booked);
}

TEST_CASE("Means and deviations come from exact sums", "[unit][summary]") {
  Moments moments;
  for (const std::uint64_t value : {100U, 200U, 300U, 600U}) moments.add(value);
  const MeanEstimate estimate = mean_of(moments, 4, 100);
  CHECK(estimate.mean == 3);
  CHECK(*estimate.sd == Approx(std::sqrt((4 + 1 + 0 + 9) / 3.0)));
  CHECK(*estimate.half_width == Approx(1.959964 * *estimate.sd / 2));

  // Squares near 1e33 that differ in their last digits: a difference of doubles would give 0.
  Moments large;
  for (const std::uint64_t value : {1U, 2U, 3U}) large.add(100'000'000'000'000'000U + value);
  CHECK(*mean_of(large, 3, 1).sd == 1);

  Moments one;
  one.add(7);
  CHECK(mean_of(one, 1, 1).mean == 7);
  CHECK_FALSE(mean_of(one, 1, 1).sd.has_value());
}

TEST_CASE("A quantile of counts is the smallest count that reaches it", "[unit][summary]") {
  const std::vector<std::uint64_t> replications{10, 20, 40, 20, 10};
  CHECK(count_quantile(replications, 0.1) == 0);
  CHECK(count_quantile(replications, 0.11) == 1);
  CHECK(count_quantile(replications, 0.5) == 2);
  CHECK(count_quantile(replications, 0.9) == 3);
  CHECK(count_quantile(replications, 0.91) == 4);
}
