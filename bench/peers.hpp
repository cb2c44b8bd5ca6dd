#pragma once

#include "timing.hpp"

#include <attain/model/scenario.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace attain::bench {

/// A mean over replications and its standard error.
struct Mean {
  double value = 0;
  double standard_error = 0;
};

/// What the engine and its peers say of a scenario. `weekly` holds means of counts:
/// leads, then deals that entered each stage, then those open in it, by week.
struct Answer {
  double replications = 0;
  Mean bookings;
  Mean wins;
  Mean at_quota;
  std::vector<double> weekly;

  /// Of this and further replications together.
  void pool(const Answer& other);
};

/// The engine's answer, from `replications` replications of a scenario of one territory and stream.
Answer engine_answer(const Scenario& scenario, std::int64_t replications);

/// A program in another framework that does the same work.
struct Peer {
  std::string name;
  std::vector<std::string> command;  ///< Without the seed.
  Samples microseconds{};
  Answer answer{};
  std::string problem{};  ///< Why it did not run.

  void run(int seed);
};

/// Of the reference scenario.
std::vector<Peer> peers();

/// Of the reference scenario with everything that may change a funnel.
std::vector<Peer> changing_peers();

/// The largest difference between two answers in standard errors. Weekly counts of the reference
/// scenario are sums of independent Poisson and binomial numbers, so that their variance is at most
/// their mean, which is used in its place; where numbers are uncertain it may be more.
struct Agreement {
  double bookings = 0;
  double wins = 0;
  double at_quota = 0;
  double weekly = 0;  ///< The largest of all.

  [[nodiscard]] double largest_mean() const;  ///< Without the weekly counts.
};

Agreement compare(const Answer& a, const Answer& b);

}  // namespace attain::bench
