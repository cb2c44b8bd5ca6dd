#pragma once

#include "support/oracle/quadrature.hpp"
#include "support/oracle/solver.hpp"

#include <attain/model/scenario.hpp>

#include <memory>
#include <vector>

namespace attain::oracle {

/// One outcome of all that a replication draws once: which rules exist in which periods, shocks,
/// uncertain numbers. Given these, territories are independent and each has its exact law.
struct World {
  double probability = 1;
  /// By territory; worlds that are alike to a territory share its law.
  std::vector<std::shared_ptr<const TerritoryLaw>> territories;
};

/// All worlds of a scenario: chances are enumerated, shocks and numbers stand for their
/// surroundings (quadrature.hpp); of a stay's numbers there are 16 values anyway. Their number is
/// the product over everything that is drawn.
std::vector<World> worlds_of(const Scenario& scenario, LawVariant variant = {},
                             double spacing = usual_spacing);

}  // namespace attain::oracle
