#include "support/oracle/continuous_time.hpp"

#include <boost/math/special_functions/gamma.hpp>

namespace attain::oracle {

double ContinuousFunnel::win_chance(std::size_t stage, double weeks) const {
  double advance_all = 1;
  for (std::size_t i = stage; i < advance.size(); ++i) advance_all *= advance[i];
  const auto stages = static_cast<double>(advance.size() - stage);
  return advance_all * boost::math::gamma_p(stages, weeks / mean_weeks);
}

double ContinuousFunnel::expected_new_wins(double leads_per_week, double weeks) const {
  if (weeks <= 0) return 0;
  double advance_all = 1;
  for (const double probability : advance) advance_all *= probability;
  const auto stages = static_cast<double>(advance.size());
  const double integral =
      weeks * boost::math::gamma_p(stages, weeks / mean_weeks) -
      stages * mean_weeks * boost::math::gamma_p(stages + 1, weeks / mean_weeks);
  return leads_per_week * advance_all * integral;
}

}  // namespace attain::oracle
