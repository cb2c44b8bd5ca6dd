#pragma once

#include <vector>

namespace attain::oracle {

/// The exact law of Poisson(mean) plus independent events: what any count of deals is here, because
/// thinning a Poisson process leaves Poisson counts, and open deals are independent.
class CountLaw {
 public:
  void add_poisson(double mean) { poisson_mean_ += mean; }
  /// `count` independent events of one probability.
  void add_events(double probability, int count = 1);
  /// Independent of this one.
  void add(const CountLaw& other);

  [[nodiscard]] double mean() const;
  [[nodiscard]] double variance() const;
  [[nodiscard]] double third_central_moment() const;
  /// E[(N - E N)^4], for the standard error of a sample variance.
  [[nodiscard]] double fourth_central_moment() const;
  /// P(N = 0), P(N = 1), ...; what is left out is below 1e-15.
  [[nodiscard]] std::vector<double> probabilities() const;

 private:
  struct Events {
    double probability;
    int count;
  };
  double poisson_mean_ = 0;
  std::vector<Events> events_;
};

}  // namespace attain::oracle
