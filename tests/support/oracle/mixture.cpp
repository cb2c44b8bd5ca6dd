#include "support/oracle/mixture.hpp"

#include <algorithm>
#include <cmath>

namespace attain::oracle {

namespace {

/// Raw moments from cumulants, of which the first one is that of the mean.
std::array<double, 7> raw_moments(const std::array<double, 7>& cumulants) {
  std::array<double, 7> moments{1};
  for (std::size_t n = 1; n < moments.size(); ++n) {
    double choose = 1;  // (n-1 over k-1)
    for (std::size_t k = 1; k <= n; ++k) {
      moments[n] += choose * cumulants[k] * moments[n - k];
      choose = choose * static_cast<double>(n - k) / static_cast<double>(k);
    }
  }
  return moments;
}

}  // namespace

double variance(const CountMixture& mixture) {
  const double mean = mixture.mean();
  double sum = 0;
  for (const auto& [probability, law] : mixture.parts()) {
    sum += probability * (law.variance() + (law.mean() - mean) * (law.mean() - mean));
  }
  return sum;
}

double fourth_central_moment(const CountMixture& mixture) {
  const double mean = mixture.mean();
  double sum = 0;
  for (const auto& [probability, law] : mixture.parts()) {
    const double apart = law.mean() - mean;
    sum += probability * (law.fourth_central_moment() + 4 * apart * law.third_central_moment() +
                          6 * apart * apart * law.variance() + std::pow(apart, 4));
  }
  return sum;
}

std::vector<double> probabilities(const CountMixture& mixture) {
  std::vector<double> mixed;
  for (const auto& [probability, law] : mixture.parts()) {
    const std::vector<double> one = law.probabilities();
    mixed.resize(std::max(mixed.size(), one.size()));
    for (std::size_t n = 0; n < one.size(); ++n) mixed[n] += probability * one[n];
  }
  return mixed;
}

std::array<double, 7> central_moments(const BookingsMixture& mixture) {
  const double mean = mixture.mean();
  std::array<double, 7> mixed{};
  for (const auto& [probability, law] : mixture.parts()) {
    std::array<double, 7> cumulants{};
    for (int order = 1; order <= 6; ++order) {
      cumulants[static_cast<std::size_t>(order)] = law.cumulant(order);
    }
    cumulants[1] -= mean;
    const std::array<double, 7> moments = raw_moments(cumulants);
    for (std::size_t n = 0; n < mixed.size(); ++n) mixed[n] += probability * moments[n];
  }
  return mixed;
}

std::int64_t cells_for(std::size_t worlds) {
  constexpr std::size_t many = 8;
  return worlds > many ? (1 << 11) - 4 : BookingsLaw::finest_cells;
}

std::vector<Chance> at_least(const BookingsMixture& mixture, const std::vector<Money>& thresholds) {
  const std::int64_t cells = cells_for(mixture.parts().size());
  std::vector<Chance> mixed(thresholds.size());
  for (const auto& [probability, law] : mixture.parts()) {
    const std::vector<Chance> one = law.at_least(thresholds, cells);
    for (std::size_t i = 0; i < one.size(); ++i) {
      mixed[i].value += probability * one[i].value;
      mixed[i].error += probability * one[i].error;
    }
  }
  return mixed;
}

}  // namespace attain::oracle
