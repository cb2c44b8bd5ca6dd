#include "support/oracle/quadrature.hpp"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <cmath>
#include <functional>

namespace attain::oracle {

namespace {

/// Beyond so many standard deviations there is a share of 5e-8.
constexpr double farthest = 5.4;
constexpr int cases = 16;

/// The mean and standard deviation of a number's logarithm, or of its logit.
struct OnTheLine {
  double mean = 0;
  double sd = 1;
};

double logit(double p) { return std::log(p / (1 - p)); }
double logistic(double y) { return 1 / (1 + std::exp(-y)); }

double normal_quantile(double p) {
  return boost::math::quantile(boost::math::normal_distribution<>(), p);
}

OnTheLine log_of(const NumberLaw& law) {
  const double cv = law.sd() / law.mean();
  const double variance = std::log1p(cv * cv);
  return {std::log(law.mean()) - variance / 2, std::sqrt(variance)};
}

OnTheLine logit_of(const NumberLaw& law) {
  const double low = logit(law.quantile(0.05));
  const double high = logit(law.quantile(0.95));
  return {(low + high) / 2, (high - low) / 2 / normal_quantile(0.95)};
}

boost::math::beta_distribution<> beta_of(const NumberLaw& law) {
  const double sd = law.sd();
  const double total = law.mean() * (1 - law.mean()) / (sd * sd) - 1;
  return {law.mean() * total, (1 - law.mean()) * total};
}

std::vector<Node> normalized(std::vector<Node> nodes) {
  double sum = 0;
  for (const Node& node : nodes) sum += node.probability;
  for (Node& node : nodes) node.probability /= sum;
  return nodes;
}

std::vector<Node> mapped(std::vector<Node> nodes, const std::function<double(double)>& function) {
  for (Node& node : nodes) node.value = function(node.value);
  return nodes;
}

/// On the logit, where the density is smooth and vanishes like exp at both ends.
std::vector<Node> beta_nodes(const NumberLaw& law, double spacing) {
  const boost::math::beta_distribution<> beta = beta_of(law);
  const double a = beta.alpha();
  const double b = beta.beta();
  const double center = boost::math::digamma(a) - boost::math::digamma(b);
  const double sd = std::sqrt(boost::math::trigamma(a) + boost::math::trigamma(b));
  std::vector<Node> nodes;
  const int last = static_cast<int>(2 * farthest / spacing);
  for (int k = -last; k <= last; ++k) {
    const double y = center + k * spacing * sd;
    const double log_density =
        a * std::log(logistic(y)) + b * std::log(logistic(-y)) - std::log(boost::math::beta(a, b));
    const double probability = std::exp(log_density) * spacing * sd;
    if (probability > 1e-9) nodes.push_back({logistic(y), probability});
  }
  return normalized(nodes);
}

}  // namespace

std::vector<Node> normal_nodes(double spacing) {
  const boost::math::normal_distribution<> normal;
  std::vector<Node> nodes;
  const int last = static_cast<int>(farthest / spacing);
  for (int k = -last; k <= last; ++k) {
    nodes.push_back({k * spacing, spacing * boost::math::pdf(normal, k * spacing)});
  }
  return normalized(nodes);
}

std::vector<Node> nodes_of(const NumberLaw& law, double spacing) {
  if (law.family() == NumberLaw::Family::beta) return beta_nodes(law, spacing);
  const bool positive = law.family() == NumberLaw::Family::lognormal;
  const OnTheLine line = positive ? log_of(law) : logit_of(law);
  return mapped(normal_nodes(spacing), [&](double z) {
    const double y = line.mean + line.sd * z;
    return positive ? std::exp(y) : logistic(y);
  });
}

std::vector<Node> cases_of(const NumberLaw& law) {
  std::vector<Node> nodes;
  for (int i = 0; i < cases; ++i) {
    const double p = (i + 0.5) / cases;
    double value = 0;
    switch (law.family()) {
      case NumberLaw::Family::lognormal:
        value = std::exp(log_of(law).mean + log_of(law).sd * normal_quantile(p));
        break;
      case NumberLaw::Family::logit_normal:
        value = logistic(logit_of(law).mean + logit_of(law).sd * normal_quantile(p));
        break;
      case NumberLaw::Family::beta: value = boost::math::quantile(beta_of(law), p); break;
    }
    nodes.push_back({value, 1.0 / cases});
  }
  return nodes;
}

}  // namespace attain::oracle
