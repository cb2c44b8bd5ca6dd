#include "support/oracle/agreement.hpp"

#include <algorithm>
#include <array>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <cmath>

namespace attain::oracle {

namespace {

using boost::math::complement;

/// Stands for 'cannot happen by chance'.
constexpr double impossible = 40;
/// Totals with a smaller variance are not normal enough in the tails that count here.
constexpr double smallest_normal_variance = 1000;
/// The same for the skewness of a total; .05 changes z = 5 by .2.
constexpr double largest_skewness = 0.05;
constexpr double cell_expects = 25;
/// Chances are not known better than this (see BookingsLaw).
constexpr double smallest_chance = 1e-8;

double z_of_upper_tail(double probability) {
  if (probability < 1e-300) return impossible;
  if (probability > 1 - 1e-16) return -impossible;
  return boost::math::quantile(complement(boost::math::normal_distribution<>(), probability));
}

/// z of a discrete observation: half of its own probability counts to either side ('mid-p').
template <class Law>
double z_of_discrete(const Law& law, double observed) {
  const double own = boost::math::pdf(law, observed) / 2;
  const double above = boost::math::cdf(complement(law, observed)) + own;
  if (above < 0.5) return z_of_upper_tail(above);
  const double below = (observed > 0 ? boost::math::cdf(law, observed - 1) : 0) + own;
  return -z_of_upper_tail(below);
}

}  // namespace

std::string_view name_of(Kind kind) {
  constexpr std::array<std::string_view, 20> names{
      "leads",
      "mean of wins",
      "variance of wins",
      "distribution of wins",
      "wins of a week",
      "mean of bookings",
      "variance of bookings",
      "distribution of bookings",
      "bookings by a week",
      "chance to attain",
      "wins of a stream",
      "bookings of a stream",
      "entries into a stage",
      "deals in a stage",
      "named deal",
      "bookings of a group",
      "chance of a group",
      "number of territories at quota",
      "dated deals of a week",
      "progress by a week",
  };
  return names.at(static_cast<std::size_t>(kind));
}

double bound_for(std::size_t checks) {
  const double one = -std::expm1(std::log(0.999) / static_cast<double>(checks));
  return z_of_upper_tail(one / 2);
}

void Agreement::sum(Kind kind, const std::string& what, long double observed, double mean,
                    double variance, double skewness) {
  const auto n = static_cast<long double>(replications_);
  const long double apart = observed - n * static_cast<long double>(mean);
  if (variance * static_cast<double>(n) < 1e-7) {
    if (!(std::abs(apart) < 0.005L)) checks_.push_back({kind, what, impossible});
    return;
  }
  if (std::abs(skewness) / std::sqrt(static_cast<double>(n)) > largest_skewness) return;
  checks_.push_back({kind, what, static_cast<double>(apart / std::sqrt(n * variance))});
}

void Agreement::count(Kind kind, const std::string& what, std::uint64_t observed,
                      const CountMixture& law) {
  const auto n = static_cast<double>(replications_);
  const double of_one = variance(law);
  const double mean = law.mean();
  if (n * of_one < 1e-7 || n * of_one >= smallest_normal_variance) {
    sum(kind, what, static_cast<long double>(observed), mean, of_one);
  } else if (mean < 0.01 && of_one < 1.02 * mean) {
    // Rare events are Poisson, whatever they are made of.
    const boost::math::poisson_distribution<> poisson(n * mean);
    checks_.push_back({kind, what, z_of_discrete(poisson, static_cast<double>(observed))});
  }
}

void Agreement::event(Kind kind, const std::string& what, std::uint64_t observed,
                      const Chance& chance) {
  const auto n = static_cast<double>(replications_);
  const double p = std::clamp(chance.value, smallest_chance, 1 - smallest_chance);
  const boost::math::binomial_distribution<> binomial(n, p);
  checks_.push_back({kind, what, z_of_discrete(binomial, static_cast<double>(observed))});
  if (n * p * (1 - p) >= 1) {
    solver_error_ = std::max(solver_error_, chance.error / std::sqrt(p * (1 - p) / n));
  }
}

void Agreement::distribution(Kind kind, const std::string& what,
                             const std::vector<std::uint64_t>& observed,
                             const std::vector<double>& probabilities) {
  const auto n = static_cast<double>(replications_);
  struct Cell {
    double expected = 0;
    double found = 0;
  };
  std::vector<Cell> cells(1);
  const std::size_t size = std::max(observed.size(), probabilities.size());
  for (std::size_t i = 0; i < size; ++i) {
    if (cells.back().expected >= cell_expects) cells.emplace_back();
    cells.back().expected += i < probabilities.size() ? n * probabilities[i] : 0;
    cells.back().found += i < observed.size() ? static_cast<double>(observed[i]) : 0;
  }
  if (cells.size() > 1 && cells.back().expected < cell_expects) {
    cells[cells.size() - 2].expected += cells.back().expected;
    cells[cells.size() - 2].found += cells.back().found;
    cells.pop_back();
  }
  if (cells.size() < 2) return;
  double chi_square = 0;
  for (const Cell& cell : cells) {
    chi_square += (cell.found - cell.expected) * (cell.found - cell.expected) / cell.expected;
  }
  const boost::math::chi_squared_distribution<> law(static_cast<double>(cells.size() - 1));
  checks_.push_back({kind, what, z_of_upper_tail(boost::math::cdf(complement(law, chi_square)))});
}

void Agreement::add(const Agreement& other) {
  checks_.insert(checks_.end(), other.checks_.begin(), other.checks_.end());
  solver_error_ = std::max(solver_error_, other.solver_error_);
}

Check Agreement::worst() const {
  Check worst;
  for (const Check& check : checks_) {
    if (!(std::abs(check.z) <= std::abs(worst.z))) worst = check;
  }
  return worst;
}

Check Agreement::worst(Kind kind) const {
  Agreement of_kind(replications_);
  for (const Check& check : checks_) {
    if (check.kind == kind) of_kind.checks_.push_back(check);
  }
  return of_kind.worst();
}

}  // namespace attain::oracle
