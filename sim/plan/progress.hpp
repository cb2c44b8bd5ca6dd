#pragma once

#include <attain/model/scenario.hpp>
#include <attain/plan/plan.hpp>

namespace attain {

/// Says what is counted week by week for a status meeting, and where: leads by owner, deals that
/// advance into a stage by owner and name of the stage, wins. The flows of the territory's streams
/// must be there; those that are added later take over from their stream.
void add_progress(TerritoryPlan& plan, const Territory& territory);

/// Lets a flow of a stream's deals count where the stream's own flow counts.
void take_progress(FlowPlan& flow, const FlowPlan& of_stream);

}  // namespace attain
