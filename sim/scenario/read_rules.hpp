#pragma once

#include "object.hpp"
#include "read_calendar.hpp"
#include "select.hpp"
#include "uncertain_numbers.hpp"

#include <attain/model/scenario.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace attain::reading {

class FunnelDrafts;

/// The names that keys of rules may hold.
struct RuleNames {
  OtherKeys attributes;  ///< `tier`
  OtherKeys activities;  ///< `activities.meeting`
  OtherKeys stages;      ///< `speed.proposal`, `advance.proposal`
};

/// What rules are read with.
struct RuleContext {
  const std::vector<Territory>& territories;
  const CalendarDraft& dates;
  const RuleNames& names;
  /// No error so far; else what a rule needs of a territory may be one that could not be read.
  bool all_is_sound;
  UncertainNumbers& uncertain;
  Findings& findings;
};

RuleNames names_for_rules(const FunnelDrafts& funnels, const std::vector<Territory>& territories);

/// As it is written.
std::string_view name_of(Knob knob);

/// The knob under `affects`, which is `leads` if it is left out; nothing after a report.
std::optional<KnobOf> read_knob(const Object& object, const RuleNames& names);

/// The knob, and perhaps the stage, of `leads` or `advance.proposal`; nothing for other text.
std::optional<KnobOf> knob_of(std::string_view text);

/// The conditions of a rule that acts in `where`. What can never hold is reported.
std::vector<Condition> read_conditions(const Object& when, const std::vector<Selected>& where,
                                       const RuleContext& context);

/// What a rule that acts in `where` does, in the order of knobs and stages. `key` is where that is
/// written, by the rule's name.
std::vector<Effect> read_effects(const Object& then, const Path& key,
                                 const std::vector<Selected>& where, const RuleContext& context);

/// What a rule without a name is called: what it says, the same wherever it stands.
std::string name_by_content(const Object& rule);

std::vector<Rule> read_rules(const Object& scenario, const RuleContext& context);

}  // namespace attain::reading
