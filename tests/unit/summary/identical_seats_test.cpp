#include "summary/identical_seats.hpp"

#include <catch2/catch.hpp>

using namespace attain;

namespace {

/// Bookings spread evenly from 0 to twice `mean`, in cents.
BookingsTally even_bookings(std::uint64_t mean) {
  BookingsTally tally;
  tally.moments.resize(1);
  tally.histograms.resize(1);
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    const std::uint64_t cents = (2 * i + 1) * mean / 20'000;
    tally.moments[0].add(cents);
    tally.histograms[0].add(Histogram::bin_of(cents));
  }
  return tally;
}

struct Seats {
  Plan plan;
  Outcomes outcomes;

  void add(std::uint64_t quota, std::uint64_t mean) {
    TerritoryPlan territory;
    territory.goals = {{Money{static_cast<std::int64_t>(quota)}, {}}};
    plan.spans = {{.period = 1, .end_week = 1}};
    plan.territories.push_back(territory);
    TerritoryTally tally;
    tally.bookings = even_bookings(mean);
    outcomes.territories.push_back(tally);
    outcomes.replications = 20'000;
  }

  [[nodiscard]] std::optional<IdenticalSeats> judged(std::uint64_t p10, std::uint64_t p90,
                                                     double low, double high) const {
    AtQuota at_quota;
    at_quota.p10 = p10;
    at_quota.p90 = p90;
    return identical_seats(plan, outcomes, at_quota, {.p10 = low, .p90 = high});
  }
};

}  // namespace

TEST_CASE("Equal seats have a known number at quota and a known lowest", "[unit][summary]") {
  Seats seats;
  for (int i = 0; i < 9; ++i) seats.add(10'000'000, 8'000'000);
  const auto found = seats.judged(2, 5, 0.1, 0.3);
  REQUIRE(found);
  // Attainment is even on (0, 1.6): P(A >= 1) = .6 / 1.6, and the lowest of 9 has mean 1.6 / 10.
  CHECK(found->seats == 9);
  CHECK(found->at_quota == Approx(9 * 0.6 / 1.6).epsilon(0.003));
  CHECK(found->lowest == Approx(0.16).epsilon(0.01));
  CHECK(found->same_picture);
}

TEST_CASE("Seats are compared at their common mean, whatever their quotas", "[unit][summary]") {
  Seats seats;
  // Attainments of .5, .8 and 1.1: the common mean is .8, and the shape the same.
  for (int i = 0; i < 2; ++i) {
    seats.add(10'000'000, 5'000'000);
    seats.add(20'000'000, 16'000'000);
    seats.add(40'000'000, 44'000'000);
  }
  const auto found = seats.judged(0, 2, 0, 0.8);
  REQUIRE(found);
  CHECK(found->at_quota == Approx(6 * 0.6 / 1.6).epsilon(0.003));
  CHECK(found->lowest == Approx(1.6 / 7).epsilon(0.01));
}

TEST_CASE("The picture is the same only if both numbers are within the ranges", "[unit][summary]") {
  Seats seats;
  for (int i = 0; i < 9; ++i) seats.add(10'000'000, 8'000'000);
  CHECK_FALSE(seats.judged(4, 5, 0.1, 0.3)->same_picture);
  CHECK_FALSE(seats.judged(1, 3, 0.1, 0.3)->same_picture);
  CHECK_FALSE(seats.judged(2, 5, 0.2, 0.3)->same_picture);
  CHECK_FALSE(seats.judged(2, 5, 0.1, 0.15)->same_picture);
}

TEST_CASE("A few seats are no picture", "[unit][summary]") {
  Seats seats;
  for (int i = 0; i < 4; ++i) seats.add(10'000'000, 8'000'000);
  CHECK_FALSE(seats.judged(0, 4, 0, 1));
  seats.add(10'000'000, 8'000'000);
  CHECK(seats.judged(0, 5, 0, 1));
}

TEST_CASE("One seat, or seats that book nothing, are not compared", "[unit][summary]") {
  Seats one;
  one.add(10'000'000, 8'000'000);
  CHECK_FALSE(one.judged(0, 1, 0, 1));
  Seats idle;
  for (int i = 0; i < 5; ++i) idle.add(10'000'000, 0);
  CHECK_FALSE(idle.judged(0, 1, 0, 1));
}
