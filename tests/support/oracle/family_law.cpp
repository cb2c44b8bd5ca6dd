#include "support/oracle/family_law.hpp"

#include <algorithm>
#include <boost/math/distributions/exponential.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/weibull.hpp>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <boost/math/quadrature/tanh_sinh.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <type_traits>

namespace attain::oracle {

namespace {

using boost::math::complement;

template <class Law>
std::function<double(double)> survival_of(const Law& law) {
  return [law](double x) { return boost::math::cdf(complement(law, x)); };
}

}  // namespace

double weibull_shape(double cv) {
  // ln(1 + cv^2) = ln Gamma(1 + 2/k) - 2 ln Gamma(1 + 1/k) falls with k; bisection on ln k.
  const double wanted = std::log1p(cv * cv);
  double low = std::log(0.05);
  double high = std::log(500.0);
  for (int i = 0; i < 200; ++i) {
    const double middle = 0.5 * (low + high);
    const double inverse = std::exp(-middle);
    const double found =
        boost::math::lgamma(1 + 2 * inverse) - 2 * boost::math::lgamma(1 + inverse);
    (found > wanted ? low : high) = middle;
  }
  return std::exp(0.5 * (low + high));
}

FamilyLaw::FamilyLaw(const Distribution& distribution) {
  if (const auto* d = std::get_if<Distribution::Fixed>(&distribution.family())) {
    atoms_ = {{d->value, 1.0}};
  } else if (const auto* e = std::get_if<Distribution::Empirical>(&distribution.family())) {
    for (std::size_t i = 0; i < e->values.size(); ++i) {
      atoms_.push_back({e->values[i], e->probabilities[i]});
    }
  } else if (const auto* x = std::get_if<Distribution::Exponential>(&distribution.family())) {
    survival_ = survival_of(boost::math::exponential_distribution<>(1 / x->mean));
    moment_ = [mean = x->mean](int k) { return std::pow(mean, k) * std::tgamma(k + 1.0); };
  } else if (const auto* g = std::get_if<Distribution::Gamma>(&distribution.family())) {
    const double shape = 1 / (g->cv * g->cv);
    const double scale = g->mean / shape;
    survival_ = survival_of(boost::math::gamma_distribution<>(shape, scale));
    moment_ = [shape, scale](int k) {
      return std::pow(scale, k) / boost::math::tgamma_delta_ratio(shape, k);
    };
  } else if (const auto* w = std::get_if<Distribution::Weibull>(&distribution.family())) {
    const double shape = weibull_shape(w->cv);
    const double scale = w->mean / std::tgamma(1 + 1 / shape);
    survival_ = survival_of(boost::math::weibull_distribution<>(shape, scale));
    moment_ = [shape, scale](int k) { return std::pow(scale, k) * std::tgamma(1 + k / shape); };
  } else if (const auto* l = std::get_if<Distribution::Lognormal>(&distribution.family())) {
    const double variance = std::log(1 + l->cv * l->cv);
    const double mu = std::log(l->mean) - variance / 2;
    survival_ = survival_of(boost::math::lognormal_distribution<>(mu, std::sqrt(variance)));
    moment_ = [mu, variance](int k) { return std::exp(k * mu + 0.5 * k * k * variance); };
  }
}

double FamilyLaw::survival(double x) const {
  if (x < 0) return 1;
  if (continuous()) return x == 0 ? 1 : survival_(x);
  double sum = 0;
  for (const Atom& atom : atoms_) sum += atom.value > x ? atom.probability : 0;
  return sum;
}

double FamilyLaw::survival_from(double x) const {
  if (x <= 0) return 1;
  if (continuous()) return survival_(x);
  double sum = 0;
  for (const Atom& atom : atoms_) sum += atom.value >= x ? atom.probability : 0;
  return sum;
}

double FamilyLaw::integrated_survival(double from, double to) const {
  if (continuous()) {
    const auto integrand = [this](double x) { return survival(x); };
    // The slope of some families is infinite at 0, which tanh-sinh quadrature does not mind.
    // Its nodes take long to find.
    thread_local boost::math::quadrature::tanh_sinh<double> rule;
    if (from == 0) return rule.integrate(integrand, from, to);
    return boost::math::quadrature::gauss_kronrod<double, 31>::integrate(integrand, from, to, 12,
                                                                         1e-13);
  }
  double sum = 0;
  for (const Atom& atom : atoms_) {
    sum += atom.probability * (std::clamp(atom.value, from, to) - from);
  }
  return sum;
}

double FamilyLaw::raw_moment(int power) const {
  if (continuous()) return moment_(power);
  double sum = 0;
  for (const Atom& atom : atoms_) sum += atom.probability * std::pow(atom.value, power);
  return sum;
}

}  // namespace attain::oracle
