#pragma once

#include "read_rules.hpp"

#include <vector>

namespace attain::reading {

/// One entry of `when`, with its place.
struct Entered {
  const Field& field;
  const Node& value;
  const Path& path;

  [[nodiscard]] bool is_whole() const {
    return field.items == Kind::whole_weeks || field.name == "period";
  }
};

/// Refuses what no state can be: a number below 0, a week or period that there is not.
bool can_hold(const Entered& entered, const Condition& condition, const RuleContext& context);

/// Whether there is a week in which all conditions on time hold, and one that is still to come.
void check_weeks(const std::vector<Condition>& conditions, const Object& when,
                 const RuleContext& context);

/// What the condition looks at must be there in the territories of the rule. `earlier` are
/// conditions of the same rule, those on time among them.
void check_state(const Entered& entered, const Condition& condition,
                 const std::vector<Condition>& earlier, const std::vector<Selected>& where,
                 const RuleContext& context);

}  // namespace attain::reading
