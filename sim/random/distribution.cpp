#include <attain/random/distribution.hpp>

#include <fmt/format.h>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/tools/roots.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace attain {

namespace {

using Exponential = Distribution::Exponential;
using Gamma = Distribution::Gamma;
using Lognormal = Distribution::Lognormal;
using Weibull = Distribution::Weibull;
using Fixed = Distribution::Fixed;
using Empirical = Distribution::Empirical;

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

constexpr double smallest_cv = 0.01;
constexpr double largest_cv = 10;
constexpr std::size_t most_values = 10'000;

void check_positive(const char* name, double value) {
  if (!std::isfinite(value) || value <= 0) {
    throw std::invalid_argument(fmt::format("'{}' is {}, not a positive number", name, value));
  }
}

void check_shape(double mean, double cv) {
  check_positive("mean", mean);
  if (!(cv >= smallest_cv && cv <= largest_cv)) {
    throw std::invalid_argument(
        fmt::format("'cv' is {}, not between {} and {}", cv, smallest_cv, largest_cv));
  }
}

double normal_survival(double z) { return 0.5 * std::erfc(z / std::sqrt(2.0)); }

/// z with P(Z > z) = probability.
double normal_upper_quantile(double probability) {
  return boost::math::quantile(
      boost::math::complement(boost::math::normal_distribution<>(0, 1), probability));
}

/// Squared cv plus one, from the shape of a Weibull distribution, in logs because Γ(1 + 2/k)
/// overflows for small k.
double weibull_log_ratio(double shape) {
  return std::lgamma(1 + 2 / shape) - 2 * std::lgamma(1 + 1 / shape);
}

double weibull_shape(double cv) {
  const double wanted = std::log1p(cv * cv);
  const auto excess = [wanted](double log_shape) {
    return weibull_log_ratio(std::exp(log_shape)) - wanted;
  };
  std::uintmax_t iterations = 200;
  const auto bracket =
      boost::math::tools::toms748_solve(excess, std::log(0.05), std::log(300.0),
                                        boost::math::tools::eps_tolerance<double>(52), iterations);
  return std::exp(0.5 * (bracket.first + bracket.second));
}

}  // namespace

Distribution Distribution::exponential(double mean) {
  check_positive("mean", mean);
  return Distribution(Exponential{mean});
}

Distribution Distribution::gamma(double mean, double cv) {
  check_shape(mean, cv);
  return Distribution(Gamma{mean, cv, 1 / (cv * cv), mean * cv * cv});
}

Distribution Distribution::lognormal(double mean, double cv) {
  check_shape(mean, cv);
  const double variance = std::log1p(cv * cv);
  return Distribution(Lognormal{mean, cv, std::log(mean) - variance / 2, std::sqrt(variance)});
}

Distribution Distribution::weibull(double mean, double cv) {
  check_shape(mean, cv);
  const double shape = weibull_shape(cv);
  return Distribution(Weibull{mean, cv, shape, mean / std::exp(std::lgamma(1 + 1 / shape))});
}

Distribution Distribution::fixed(double value) {
  if (!std::isfinite(value) || value < 0) {
    throw std::invalid_argument(fmt::format("'fixed' is {}, not zero or more", value));
  }
  return Distribution(Fixed{value});
}

Distribution Distribution::empirical(const std::vector<double>& values,
                                     const std::vector<double>& weights) {
  if (values.empty() || values.size() > most_values) {
    throw std::invalid_argument(
        fmt::format("'empirical' has {} values, not 1 to {}", values.size(), most_values));
  }
  if (!weights.empty() && weights.size() != values.size()) {
    throw std::invalid_argument(
        fmt::format("'empirical' has {} values and {} weights", values.size(), weights.size()));
  }
  std::vector<std::pair<double, double>> pairs;
  double total = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double weight = weights.empty() ? 1 : weights[i];
    if (!std::isfinite(values[i]) || values[i] < 0 || !std::isfinite(weight) || weight < 0) {
      throw std::invalid_argument("'empirical' has a negative value or weight");
    }
    pairs.emplace_back(values[i], weight);
    total += weight;
  }
  if (total <= 0) throw std::invalid_argument("the weights of 'empirical' sum to 0");
  std::sort(pairs.begin(), pairs.end());
  Empirical family;
  for (const auto& [value, weight] : pairs) {
    if (weight == 0) continue;
    if (!family.values.empty() && family.values.back() == value) {
      family.probabilities.back() += weight / total;
    } else {
      family.values.push_back(value);
      family.probabilities.push_back(weight / total);
    }
  }
  return Distribution(std::move(family));
}

double Distribution::mean() const {
  return std::visit(Overloaded{[](const Fixed& d) { return d.value; },
                               [](const Empirical& d) {
                                 return std::inner_product(d.values.begin(), d.values.end(),
                                                           d.probabilities.begin(), 0.0);
                               },
                               [](const auto& d) { return d.mean; }},
                    family_);
}

double Distribution::variance() const {
  return std::visit(Overloaded{[](const Exponential& d) { return d.mean * d.mean; },
                               [](const Fixed&) { return 0.0; },
                               [this](const Empirical& d) {
                                 const double centre = mean();
                                 double sum = 0;
                                 for (std::size_t i = 0; i < d.values.size(); ++i) {
                                   const double apart = d.values[i] - centre;
                                   sum += d.probabilities[i] * apart * apart;
                                 }
                                 return sum;
                               },
                               [](const auto& d) { return d.mean * d.cv * d.mean * d.cv; }},
                    family_);
}

double Distribution::cv() const {
  const double centre = mean();
  return centre > 0 ? std::sqrt(variance()) / centre : 0;
}

double Distribution::survival_from(double x) const {
  if (x <= 0) return 1;
  if (const auto* d = std::get_if<Fixed>(&family_)) return d->value >= x ? 1 : 0;
  if (const auto* d = std::get_if<Empirical>(&family_)) {
    const auto from = std::lower_bound(d->values.begin(), d->values.end(), x) - d->values.begin();
    return std::accumulate(d->probabilities.begin() + from, d->probabilities.end(), 0.0);
  }
  return survival(x);
}

double Distribution::survival(double x) const {
  if (x < 0) return 1;
  return std::visit(
      Overloaded{[x](const Exponential& d) { return std::exp(-x / d.mean); },
                 [x](const Gamma& d) { return boost::math::gamma_q(d.shape, x / d.scale); },
                 [x](const Lognormal& d) {
                   return x == 0 ? 1 : normal_survival((std::log(x) - d.mu) / d.sigma);
                 },
                 [x](const Weibull& d) { return std::exp(-std::pow(x / d.scale, d.shape)); },
                 [x](const Fixed& d) { return d.value > x ? 1.0 : 0.0; },
                 [x](const Empirical& d) {
                   const auto from =
                       std::upper_bound(d.values.begin(), d.values.end(), x) - d.values.begin();
                   return std::accumulate(d.probabilities.begin() + from, d.probabilities.end(),
                                          0.0);
                 }},
      family_);
}

double Distribution::excess_mean(double x) const {
  if (x <= 0) return mean() - x;
  const double excess = std::visit(
      Overloaded{
          [x](const Exponential& d) { return d.mean * std::exp(-x / d.mean); },
          // E[X; X > x] is the mean times the survival of the gamma distribution with shape + 1.
          [x](const Gamma& d) {
            return d.mean * boost::math::gamma_q(d.shape + 1, x / d.scale) -
                   x * boost::math::gamma_q(d.shape, x / d.scale);
          },
          [x](const Lognormal& d) {
            const double z = (std::log(x) - d.mu) / d.sigma;
            return d.mean * normal_survival(z - d.sigma) - x * normal_survival(z);
          },
          // The integral of exp(-(t/scale)^k) from x on, by t = scale * v^(1/k).
          [x](const Weibull& d) {
            return d.mean * boost::math::gamma_q(1 / d.shape, std::pow(x / d.scale, d.shape));
          },
          [x](const Fixed& d) { return d.value - x; },
          [x](const Empirical& d) {
            double sum = 0;
            for (std::size_t i = d.values.size(); i-- > 0 && d.values[i] > x;) {
              sum += d.probabilities[i] * (d.values[i] - x);
            }
            return sum;
          }},
      family_);
  return std::max(excess, 0.0);
}

double Distribution::quantile(double probability) const {
  return std::visit(
      Overloaded{
          [=](const Exponential& d) { return -d.mean * std::log1p(-probability); },
          [=](const Gamma& d) { return d.scale * boost::math::gamma_p_inv(d.shape, probability); },
          [=](const Lognormal& d) {
            return std::exp(d.mu - d.sigma * normal_upper_quantile(probability));
          },
          [=](const Weibull& d) {
            return d.scale * std::pow(-std::log1p(-probability), 1 / d.shape);
          },
          [](const Fixed& d) { return d.value; },
          [=](const Empirical& d) {
            double sum = 0;
            for (std::size_t i = 0; i + 1 < d.values.size(); ++i) {
              sum += d.probabilities[i];
              if (sum >= probability) return d.values[i];
            }
            return d.values.back();
          }},
      family_);
}

double Distribution::upper_quantile(double probability) const {
  return std::visit(
      Overloaded{
          [=](const Exponential& d) { return -d.mean * std::log(probability); },
          [=](const Gamma& d) { return d.scale * boost::math::gamma_q_inv(d.shape, probability); },
          [=](const Lognormal& d) {
            return std::exp(d.mu + d.sigma * normal_upper_quantile(probability));
          },
          [=](const Weibull& d) { return d.scale * std::pow(-std::log(probability), 1 / d.shape); },
          [this, probability](const auto&) { return quantile(1 - probability); }},
      family_);
}

Distribution Distribution::with_mean_one() const {
  const double centre = mean();
  if (centre == 0) return *this;
  return std::visit(Overloaded{[](const Exponential&) { return exponential(1); },
                               [](const Gamma& d) { return gamma(1, d.cv); },
                               [](const Lognormal& d) { return lognormal(1, d.cv); },
                               [](const Weibull& d) { return weibull(1, d.cv); },
                               [](const Fixed&) { return fixed(1); },
                               [centre](const Empirical& d) {
                                 Empirical scaled = d;
                                 for (double& value : scaled.values) value /= centre;
                                 return Distribution(std::move(scaled));
                               }},
                    family_);
}

Distribution Distribution::with_mean(double mean) const {
  return std::visit(
      Overloaded{[mean](const Exponential&) { return exponential(mean); },
                 [mean](const Gamma& d) { return gamma(mean, d.cv); },
                 [mean](const Lognormal& d) { return lognormal(mean, d.cv); },
                 [mean](const Weibull& d) { return weibull(mean, d.cv); },
                 [mean](const Fixed&) { return fixed(mean); },
                 [](const Empirical&) -> Distribution {
                   throw std::invalid_argument("an empirical distribution has no mean to change");
                 }},
      family_);
}

Distribution Distribution::with_cv(double cv) const {
  return std::visit(
      Overloaded{[cv](const Gamma& d) { return gamma(d.mean, cv); },
                 [cv](const Lognormal& d) { return lognormal(d.mean, cv); },
                 [cv](const Weibull& d) { return weibull(d.mean, cv); },
                 [](const auto&) -> Distribution {
                   throw std::invalid_argument("this distribution has no cv to change");
                 }},
      family_);
}

std::string Distribution::describe() const {
  return std::visit(
      Overloaded{[](const Exponential& d) { return fmt::format("exponential, mean {:g}", d.mean); },
                 [](const Gamma& d) {
                   return fmt::format("gamma, mean {:g}, cv {:g} %", d.mean, 100 * d.cv);
                 },
                 [](const Lognormal& d) {
                   return fmt::format("lognormal, mean {:g}, cv {:g} %", d.mean, 100 * d.cv);
                 },
                 [](const Weibull& d) {
                   return fmt::format("weibull, mean {:g}, cv {:g} %", d.mean, 100 * d.cv);
                 },
                 [](const Fixed& d) { return fmt::format("always {:g}", d.value); },
                 [this](const Empirical& d) {
                   return fmt::format("one of {} values, mean {:g}", d.values.size(), mean());
                 }},
      family_);
}

}  // namespace attain
