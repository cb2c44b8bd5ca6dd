#pragma once

#include "object.hpp"
#include "uncertain_numbers.hpp"

#include <attain/model/scenario.hpp>

#include <optional>
#include <vector>

namespace attain::reading {

struct RuleNames;

/// `shocks` of the scenario, whose territories have been read.
std::vector<Shock> read_shocks(const Object& scenario, const std::vector<Territory>& territories,
                               const RuleNames& names, UncertainNumbers& numbers);

/// `effort` of the scenario or of a territory; nothing if there is none.
std::optional<Effort> read_effort(const Object& object);

}  // namespace attain::reading
