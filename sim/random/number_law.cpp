#include <attain/random/number_law.hpp>

#include <fmt/format.h>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/quadrature/gauss.hpp>

#include <cmath>
#include <stdexcept>

namespace attain {

namespace {

using Normal = boost::math::normal_distribution<>;
using Beta = boost::math::beta_distribution<>;

/// The 95 % quantile of the standard normal distribution.
constexpr double z95 = 1.6448536269514722;

double logit(double p) { return std::log(p / (1 - p)); }
double logistic(double x) { return 1 / (1 + std::exp(-x)); }

double normal_quantile(double probability) { return boost::math::quantile(Normal(), probability); }

/// E[f(m + s Z)], Z standard normal.
template <class Function>
double normal_mean(double m, double s, const Function& f) {
  // Beyond 9 standard deviations there is nothing that a double shows; pieces of one keep the rule
  // exact to about 1e-13 for what is smooth on that scale.
  double sum = 0;
  for (int piece = -9; piece < 9; ++piece) {
    sum += boost::math::quadrature::gauss<double, 15>::integrate(
        [&](double z) { return f(m + s * z) * boost::math::pdf(Normal(), z); }, piece, piece + 1.0);
  }
  return sum;
}

[[noreturn]] void refuse(const char* name, double value, const char* wanted) {
  throw std::invalid_argument(fmt::format("'{}' is {}, not {}", name, value, wanted));
}

double checked_positive(const char* name, double value) {
  if (!(std::isfinite(value) && value > 0)) refuse(name, value, "a positive number");
  return value;
}

double checked_share(const char* name, double value) {
  if (!(value > 0 && value < 1)) refuse(name, value, "between 0 and 1");
  return value;
}

double log_variance(double cv) { return std::log1p(cv * cv); }

}  // namespace

NumberLaw::NumberLaw(Family family, double first, double second)
    : family_(family), first_(first), second_(second), mean_(0) {
  switch (family) {
    case Family::lognormal: mean_ = std::exp(first + second * second / 2); break;
    case Family::logit_normal: mean_ = normal_mean(first, second, logistic); break;
    case Family::beta: mean_ = first / (first + second); break;
  }
}

NumberLaw NumberLaw::lognormal(double mean, double cv) {
  checked_positive("mean", mean);
  if (!(cv > 0 && cv <= 10)) refuse("cv", cv, "above 0 and at most 10");
  const double variance = log_variance(cv);
  NumberLaw law(Family::lognormal, std::log(mean) - variance / 2, std::sqrt(variance));
  law.mean_ = mean;
  return law;
}

NumberLaw NumberLaw::lognormal_between(double low, double high) {
  checked_positive("low", low);
  if (!(std::isfinite(high) && high > low)) refuse("high", high, "above the low end");
  const double from = std::log(low);
  const double to = std::log(high);
  return {Family::lognormal, (from + to) / 2, (to - from) / (2 * z95)};
}

NumberLaw NumberLaw::beta(double mean, double sd) {
  checked_share("mean", mean);
  if (!(sd > 0 && sd * sd < mean * (1 - mean))) {
    refuse("sd", sd, "above 0 and below the square root of mean (1 - mean)");
  }
  return beta_observed(mean, mean * (1 - mean) / (sd * sd) - 1);
}

NumberLaw NumberLaw::beta_observed(double rate, double observed) {
  checked_share("rate", rate);
  checked_positive("observed", observed);
  NumberLaw law(Family::beta, rate * observed, (1 - rate) * observed);
  law.mean_ = rate;
  return law;
}

NumberLaw NumberLaw::logit_normal_between(double low, double high) {
  checked_share("low", low);
  checked_share("high", high);
  if (!(high > low)) refuse("high", high, "above the low end");
  const double from = logit(low);
  const double to = logit(high);
  return {Family::logit_normal, (from + to) / 2, (to - from) / (2 * z95)};
}

double NumberLaw::sd() const {
  switch (family_) {
    case Family::lognormal: return mean_ * std::sqrt(std::expm1(second_ * second_));
    case Family::logit_normal: {
      const auto squared = [this](double x) {
        const double deviation = logistic(x) - mean_;
        return deviation * deviation;
      };
      return std::sqrt(normal_mean(first_, second_, squared));
    }
    case Family::beta: break;
  }
  return std::sqrt(mean_ * (1 - mean_) / (first_ + second_ + 1));
}

double NumberLaw::quantile(double probability) const {
  switch (family_) {
    case Family::lognormal: return std::exp(first_ + second_ * normal_quantile(probability));
    case Family::logit_normal: return logistic(first_ + second_ * normal_quantile(probability));
    case Family::beta: break;
  }
  return boost::math::quantile(Beta(first_, second_), probability);
}

double NumberLaw::upper_quantile(double probability) const {
  switch (family_) {
    case Family::lognormal: return std::exp(first_ - second_ * normal_quantile(probability));
    case Family::logit_normal: return logistic(first_ - second_ * normal_quantile(probability));
    case Family::beta: break;
  }
  return boost::math::quantile(boost::math::complement(Beta(first_, second_), probability));
}

std::string NumberLaw::describe() const {
  const auto percent = [](double share) { return fmt::format("{:.4g} %", share * 100); };
  switch (family_) {
    case Family::lognormal:
      return fmt::format("mean {:.6g}, 5 to 95 %: {:.4g} to {:.4g}", mean_, quantile(0.05),
                         quantile(0.95));
    case Family::logit_normal:
    case Family::beta: break;
  }
  return fmt::format("mean {}, 5 to 95 %: {} to {}", percent(mean_), percent(quantile(0.05)),
                     percent(quantile(0.95)));
}

}  // namespace attain
