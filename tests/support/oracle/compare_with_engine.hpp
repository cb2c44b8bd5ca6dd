#pragma once

#include "support/oracle/agreement.hpp"
#include "support/oracle/deal_law.hpp"

#include <attain/engine/outcomes.hpp>
#include <attain/model/scenario.hpp>
#include <attain/plan/plan.hpp>

namespace attain::oracle {

/// Everything that the engine counted, against the exact solution of `believed`. Controls pass
/// another scenario than the one that was simulated, or a wrong law.
Agreement compare(const Scenario& believed, const Plan& plan, const Outcomes& outcomes,
                  LawVariant variant = {});

}  // namespace attain::oracle
