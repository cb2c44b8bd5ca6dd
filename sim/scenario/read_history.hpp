#pragma once

#include "read_funnels.hpp"

#include <attain/model/scenario.hpp>

#include <vector>

namespace attain::reading {

/// What territories did in earlier periods, oldest first. `territories` and `funnels` say which
/// names there are.
std::vector<HistoryRow> read_history(const Object& scenario, const FunnelDrafts& funnels,
                                     const std::vector<Territory>& territories);

}  // namespace attain::reading
