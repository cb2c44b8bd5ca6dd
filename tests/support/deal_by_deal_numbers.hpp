#pragma once

// Uncertain numbers, drawn once a replication by Boost.Random.

#include "support/deal_by_deal_stays.hpp"

#include <attain/model/scenario.hpp>

#include <vector>

namespace attain::testing {

/// What is drawn for one number. The mean or cv of a stay is one of 16 equally likely values, the
/// quantiles (i + 1/2) / 16; each other number has its whole law.
struct DrawnNumber {
  double value = 0;
  double of_a_stay = 0;
};

class NumberDraw {
 public:
  explicit NumberDraw(const NumberLaw& law);
  DrawnNumber draw(Luck& luck) const;
  [[nodiscard]] const std::vector<double>& of_stays() const { return of_stays_; }

 private:
  NumberLaw::Family family_;
  double first_ = 0;   ///< Mean of the log or logit; of beta its first parameter.
  double second_ = 0;  ///< Standard deviation of these; of beta its second parameter.
  std::vector<double> of_stays_;
};

std::vector<NumberDraw> number_draws(const Scenario& scenario);

/// [territory][number], of one replication.
std::vector<std::vector<DrawnNumber>> draw_numbers(const Scenario& scenario,
                                                   const std::vector<NumberDraw>& draws,
                                                   Luck& luck);

/// The scenario as it is for one territory in a replication: what is drawn in place of means. Of
/// the other territories nothing is replaced.
Scenario with_numbers(const Scenario& scenario, std::size_t territory,
                      const std::vector<DrawnNumber>& drawn);

/// The same scenario with all numbers known, at their means.
Scenario at_means(Scenario scenario);

}  // namespace attain::testing
