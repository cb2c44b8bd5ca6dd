#include "support/oracle/count_law.hpp"

#include <boost/math/distributions/poisson.hpp>
#include <cmath>

namespace attain::oracle {

void CountLaw::add_events(double probability, int count) {
  if (probability > 0 && count > 0) events_.push_back({probability, count});
}

void CountLaw::add(const CountLaw& other) {
  poisson_mean_ += other.poisson_mean_;
  events_.insert(events_.end(), other.events_.begin(), other.events_.end());
}

double CountLaw::mean() const {
  double sum = poisson_mean_;
  for (const Events& e : events_) sum += e.count * e.probability;
  return sum;
}

double CountLaw::variance() const {
  double sum = poisson_mean_;
  for (const Events& e : events_) sum += e.count * e.probability * (1 - e.probability);
  return sum;
}

double CountLaw::third_central_moment() const {
  double sum = poisson_mean_;
  for (const Events& e : events_) {
    sum += e.count * e.probability * (1 - e.probability) * (1 - 2 * e.probability);
  }
  return sum;
}

double CountLaw::fourth_central_moment() const {
  double fourth_cumulant = poisson_mean_;
  for (const Events& e : events_) {
    const double pq = e.probability * (1 - e.probability);
    fourth_cumulant += e.count * pq * (1 - 6 * pq);
  }
  return fourth_cumulant + 3 * variance() * variance();
}

std::vector<double> CountLaw::probabilities() const {
  std::vector<double> law{1.0};
  if (poisson_mean_ > 0) {
    const boost::math::poisson_distribution<> poisson(poisson_mean_);
    const auto last = static_cast<int>(poisson_mean_ + 12 * std::sqrt(poisson_mean_) + 40);
    law.clear();
    for (int n = 0; n <= last; ++n) law.push_back(boost::math::pdf(poisson, n));
  }
  for (const Events& e : events_) {
    for (int i = 0; i < e.count; ++i) {
      law.push_back(0);
      for (std::size_t n = law.size(); n-- > 0;) {
        law[n] = law[n] * (1 - e.probability) + (n > 0 ? law[n - 1] * e.probability : 0);
      }
    }
  }
  return law;
}

}  // namespace attain::oracle
