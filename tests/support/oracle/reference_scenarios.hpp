#pragma once

#include <attain/model/scenario.hpp>

#include <vector>

namespace attain::oracle {

/// The canonical scenario C1: 13 weeks; 6 leads a week; three stages that advance .5, .5 and .4 of
/// the deals after an exponential stay of mean 2 weeks; 4, 3 and 2 open deals without an age (which
/// makes no difference to an exponential stay); lognormal amounts with mean 20,000 and sigma 0.8.
Scenario canonical_scenario(Step step);
/// Its three stages.
std::vector<Stage> canonical_stages();
/// Its amounts.
Distribution canonical_amounts();

/// What the engine is compared with the solver on, in this order; the seed of each is its place in
/// the list, from 1.
std::vector<Scenario> reference_scenarios();

}  // namespace attain::oracle
