#pragma once

#include "support/oracle/bookings_law.hpp"
#include "support/oracle/count_law.hpp"
#include "support/oracle/mixture.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace attain::oracle {

/// What a check looks at; there is a control that must fail for each.
enum class Kind {
  leads,
  wins_mean,
  wins_variance,
  wins_distribution,
  wins_by_week,
  bookings_mean,
  bookings_variance,
  bookings_distribution,
  bookings_by_week,
  attained,
  stream_wins,
  stream_bookings,
  stage_entries,
  stage_occupancy,
  named_deal,
  group_bookings,
  group_attained,
  territories_at_quota,
  dated_deals,
  progress,
};

std::string_view name_of(Kind kind);

struct Check {
  Kind kind{};
  std::string what;
  double z = 0;
};

/// What N independent standard normal variables stay below, all of them, 99.9 % of the time.
double bound_for(std::size_t checks);

/// Comparisons of what a simulation counted with what the solver expects, each as a standard normal
/// z: sums by their exact variance, events by the binomial distribution, histograms by chi-square.
class Agreement {
 public:
  explicit Agreement(std::int64_t replications) : replications_(replications) {}

  /// A sum over replications of a number with this mean and variance. `skewness` (of one number)
  /// tells whether a sum of so many is normal enough; if not there is no check. Nor is there one
  /// if the variance is 0, unless the sum is not what it has to be.
  void sum(Kind kind, const std::string& what, long double observed, double mean, double variance,
           double skewness = 0);
  /// A sum over replications of a count.
  void count(Kind kind, const std::string& what, std::uint64_t observed, const CountMixture& law);
  /// A number of replications in which something happened.
  void event(Kind kind, const std::string& what, std::uint64_t observed, const Chance& chance);
  /// A histogram of 0, 1, 2, ...; cells are pooled until each expects 25.
  void distribution(Kind kind, const std::string& what, const std::vector<std::uint64_t>& observed,
                    const std::vector<double>& probabilities);
  void add(const Agreement& other);

  [[nodiscard]] std::int64_t replications() const { return replications_; }
  [[nodiscard]] const std::vector<Check>& checks() const { return checks_; }
  /// The check with the largest |z|; of one kind in the second form.
  [[nodiscard]] Check worst() const;
  [[nodiscard]] Check worst(Kind kind) const;
  /// The largest error of the solver, in standard errors of the simulation.
  [[nodiscard]] double solver_error() const { return solver_error_; }

 private:
  std::int64_t replications_;
  std::vector<Check> checks_;
  double solver_error_ = 0;
};

}  // namespace attain::oracle
