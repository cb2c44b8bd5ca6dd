#include <attain/engine/histogram.hpp>

#include <catch2/catch.hpp>

#include <cmath>

using namespace attain;

TEST_CASE("Every value lies in its bin, and bins follow each other", "[unit][engine]") {
  std::uint32_t last = 0;
  for (std::uint64_t value = 0; value < 70'000; ++value) {
    const std::uint32_t bin = Histogram::bin_of(value);
    REQUIRE(Histogram::lower_edge(bin) <= value);
    REQUIRE(value < Histogram::lower_edge(bin) + Histogram::width(bin));
    REQUIRE(bin - last <= 1);
    last = bin;
  }
  for (const std::uint64_t value : {std::uint64_t{1} << 40U, (std::uint64_t{1} << 50U) - 1}) {
    const std::uint32_t bin = Histogram::bin_of(value);
    CHECK(Histogram::lower_edge(bin) <= value);
    CHECK(value < Histogram::lower_edge(bin) + Histogram::width(bin));
  }
}

TEST_CASE("A value read by its rank is within half a percent", "[unit][engine]") {
  Histogram histogram;
  for (std::uint64_t value = 1; value <= 100'000; ++value) {
    histogram.add(Histogram::bin_of(value * 37));
  }
  CHECK(histogram.total() == 100'000);
  for (const std::uint64_t rank : {1ULL, 10ULL, 500ULL, 50'000ULL, 99'999ULL, 100'000ULL}) {
    const double truth = static_cast<double>(rank) * 37;
    CHECK(std::abs(histogram.value_at_rank(rank) / truth - 1) < 0.005);
  }
}

TEST_CASE("Histograms of parts merge to that of the whole", "[unit][engine]") {
  Histogram whole;
  Histogram low;
  Histogram high;
  for (const std::uint64_t value : {900ULL, 5ULL, 1'000'000'000ULL, 0ULL, 900ULL, 123'456ULL}) {
    whole.add(Histogram::bin_of(value));
    (value < 1000 ? low : high).add(Histogram::bin_of(value));
  }
  Histogram merged = high;
  merged.merge(low);
  CHECK(merged.total() == 6);
  for (std::uint64_t rank = 1; rank <= 6; ++rank) {
    CHECK(merged.value_at_rank(rank) == whole.value_at_rank(rank));
  }
  CHECK(merged.value_at_rank(1) == 0);
  CHECK(merged.value_at_rank(2) == 5);
}

TEST_CASE("Values up to 2^63 have a bin of their own size", "[unit][engine]") {
  for (int bit = 52; bit < 63; ++bit) {
    const std::uint64_t value = (std::uint64_t{1} << static_cast<unsigned>(bit)) + 12'345;
    const std::uint32_t bin = Histogram::bin_of(value);
    CHECK(Histogram::lower_edge(bin) <= value);
    CHECK(value < Histogram::lower_edge(bin) + Histogram::width(bin));
  }
}
