#pragma once

#include "support/deal_by_deal.hpp"
#include "support/oracle/agreement.hpp"
#include "support/oracle/solver.hpp"

#include <attain/engine/outcomes.hpp>
#include <attain/plan/plan.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace attain::testing {

/// A number that a simulated quarter has, and a plan's outcomes, too.
struct Place {
  enum class What {
    leads,        ///< Of a stream and week.
    stream_wins,  ///< Likewise.
    dated_wins,   ///< Of a week.
    wins,         ///< Likewise.
    all_wins,
    entered,   ///< Of a stream, stage and week.
    open,      ///< Likewise, at its end.
    booked,    ///< From the period's start until a week's end, in units of the currency.
    attained,  ///< `week` is the index of the span: a period, or the year.
    year_booked,
    named_won,       ///< `stream` is the index of the named deal.
    company_booked,  ///< As booked.
    company_attained,
    company_year_booked,
  };
  What what = What::wins;
  std::size_t territory = 0;
  std::size_t stream = 0;
  std::size_t stage = 0;
  std::size_t week = 0;
};

std::string describe(const Place& place);

/// Sums of a number over replications, and of its powers.
struct PowerSums {
  long double first = 0, second = 0, third = 0, fourth = 0;

  void add(double value);
  [[nodiscard]] double mean(std::int64_t count) const;
  [[nodiscard]] double variance(std::int64_t count) const;
  [[nodiscard]] double fourth_central_moment(std::int64_t count) const;
};

/// What simulated quarters of one scenario add up to.
class DealTally {
 public:
  explicit DealTally(const Scenario& scenario) : scenario_(scenario) {}
  void add(const SimulatedQuarter& quarter);

  [[nodiscard]] std::int64_t count() const { return count_; }
  [[nodiscard]] const std::vector<Place>& places() const { return places_; }
  /// As in places().
  [[nodiscard]] const std::vector<PowerSums>& sums() const { return sums_; }
  /// Bookings of the last span in units of the currency, by territory and replication.
  [[nodiscard]] const std::vector<std::vector<double>>& bookings() const { return bookings_; }
  [[nodiscard]] const PowerSums& at(Place::What what, std::size_t territory = 0,
                                    std::size_t week = 0) const;

 private:
  Scenario scenario_;
  std::int64_t count_ = 0;
  std::vector<Place> places_;
  std::vector<PowerSums> sums_;
  std::vector<std::vector<double>> bookings_;
};

DealTally simulate_deal_by_deal(const Scenario& scenario, std::int64_t replications,
                                std::uint64_t seed, const DealVariant& variant = {});

/// With the exact solution of `believed`, which has no rules.
oracle::Agreement compare_with_solver(const DealTally& tally, const Scenario& believed,
                                      oracle::LawVariant variant = {});

/// Of means, and of variances of bookings and wins and covariances of bookings, with another sample
/// of the same kind of scenario.
oracle::Agreement compare_tallies(const DealTally& tally, const DealTally& other);

/// Of covariances of the territories' bookings of the last span: another sample is
/// [territory][replication] in units of the currency.
oracle::Agreement compare_covariances(const DealTally& tally,
                                      const std::vector<std::vector<double>>& other);

/// With what the program counted: means, and variances of bookings and wins. Both have errors.
oracle::Agreement compare_with_outcomes(const DealTally& tally, const Plan& plan,
                                        const Outcomes& outcomes);

}  // namespace attain::testing
