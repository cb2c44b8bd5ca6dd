#pragma once

#include "lane_values.hpp"
#include "stay_grid.hpp"

#include <attain/model/scenario.hpp>
#include <attain/plan/plan.hpp>

#include <functional>
#include <map>
#include <tuple>
#include <vector>

namespace attain {

/// Clock tables that are made already: by law, how far they go and in which strides, and what of
/// them is uncertain.
struct KnownClocks {
  std::map<std::tuple<LawIndex, int, int, UncertainIndex, UncertainIndex>, std::size_t> tables;
  StayGrids grids;
};

/// Whether a deal stays equally long whatever becomes of it, whatever is not known.
bool has_one_stay(const Stage& stage);

/// The uncertain number of a dwell time; there is at most one.
UncertainIndex number_of(const UncertainMoments& moments);

/// The stage with the i-th of 16 cases of its uncertain dwell times.
Stage stage_case(const Scenario& scenario, const Stage& stage, std::size_t index);

/// Gives clock tables to all stages of a territory that have a speed channel, and to the deals that
/// are in them on day one. `speeds` are bounds on the speed of each channel, by step; empty:
/// nothing changes it.
void add_clocks(Plan& plan, const Scenario& scenario, std::size_t index,
                const std::vector<std::vector<double>>& speeds, KnownClocks& known);

}  // namespace attain
