#pragma once

#include <vector>

namespace attain::oracle {

/// A funnel in continuous time whose stages all have the same exponential stay, whatever the
/// outcome, so that the time through k stages is Erlang(k): closed forms to see how far steps of a
/// week or a day are from continuous time.
struct ContinuousFunnel {
  double mean_weeks = 0;
  std::vector<double> advance;

  /// The chance that a deal that is in `stage` on day one is won within `weeks`.
  [[nodiscard]] double win_chance(std::size_t stage, double weeks) const;
  /// Expected wins within `weeks` of new deals that come at a constant rate: rate * p * integral of
  /// F_k, and for Erlang(k, scale b) that integral is T F_k(T) - k b F_{k+1}(T).
  [[nodiscard]] double expected_new_wins(double leads_per_week, double weeks) const;
};

}  // namespace attain::oracle
