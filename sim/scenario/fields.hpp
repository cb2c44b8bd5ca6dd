#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace attain::reading {

/// The kinds of object that a scenario is made of, each with its own keys.
enum class Owner {
  none,
  scenario,
  calendar,
  run,
  targets,
  groups,
  quota_terms,
  forecast_call,
  funnel,
  stage,
  stage_override,
  activity_counts,
  defaults,
  territory,
  stream,
  open,
  slip,
  history,
  ramp,
  season,
  rule,
  rule_where,
  rule_when,
  rule_then,
  rule_chance,
  shock,
  effort,
  uncertain,
  weeks_distribution,
  weeks_mean_cv,
  weeks_mean,
  weeks_empirical,
  amount_distribution,
  amount_mean_cv,
  amount_mean,
  amount_empirical,
};

/// What may stand as the value of a key.
enum class Kind {
  version,
  text,
  date,
  date_or_spread,
  choice,
  flag,  ///< `true`, or left out.
  whole_weeks,
  whole_number,
  seed,
  probability,
  share,
  ratio,
  number,
  weight,
  weeks,
  hours,
  money,
  money_or_none,
  money_by_period,  ///< An amount, or a list with one or `none` per period.
  quota,     ///< An amount, `none` or an `of`, or a list with an amount or `none` per period.
  forecast,  ///< An amount or an `of`.
  text_or_list,
  text_map,
  activity,
  weeks_distribution,
  amount_distribution,
  empirical,
  uncertain_value,  ///< In the braces of an uncertain number: a number as that one is.
  uncertain_range,  ///< Two of these: `3 to 5`.
  history,          ///< A list of `of`, or names with a list of amounts each.
  condition,        ///< A comparison or a range of numbers of the kind `items`.
  factor,           ///< What multiplies: `x1.3`, `+10%`, `-20%`.
  odds,             ///< What multiplies odds: `odds x1.4`, or `to 78%`.
  knob,             ///< What something acts on: `leads`, `speed.proposal`.
  rule_chance,      ///< A probability or an `of`.
  one_or_list,      ///< One `of`, or a list of these.
  object,           ///< One `of`.
  list,             ///< A list of `of`, or of numbers of the kind `items`.
  map,              ///< Names, each with an `of` or a value of the kind `items`.
};

enum class Presence { optional, required };

/// The numbers that are allowed: from `low` (itself only if `low_is_allowed`) to `high`.
struct Range {
  double low = 0;
  double high = 0;
  bool low_is_allowed = true;
};

/// How many items a list, or names a map, may have.
struct Count {
  std::size_t low = 0;
  std::size_t high = 0;  ///< 0: as many as fit.
};

/// One key of the format. The table of them is the only place that knows the format: what is read,
/// refused and suggested, the JSON Schema and the reference all come from it.
struct Field {
  Owner owner;
  std::string_view name;
  Kind kind;
  Presence presence = Presence::optional;
  Owner of = Owner::none;
  Kind items = Kind::object;
  Range range{};
  Count count{};
  std::string_view choices{};   ///< For Kind::choice, separated by '|'.
  std::string_view standard{};  ///< What is taken where the key is left out.
  std::string_view example{};   ///< As a value is written.
  std::string_view help{};
  std::string_view if_low{};   ///< What to write instead of a number that is too small.
  std::string_view if_many{};  ///< What to do instead of so many, or of a number that is too large.
  bool may_be_uncertain =
      false;  ///< A range, or an Owner::uncertain, may stand in place of the number.
  bool may_be_a_file = false;  ///< `{from: ...}` may stand in place of the list.
};

/// All fields, those of one owner together.
std::span<const Field> all_fields();
std::span<const Field> fields_of(Owner owner);
/// The field must exist.
const Field& field_of(Owner owner, std::string_view name);

/// "a territory", "the calendar".
std::string_view noun_of(Owner owner);
/// What the reference says about the objects of this kind; empty for none.
std::string_view about(Owner owner);
/// The last owner, so that all of them can be gone through.
inline constexpr Owner last_owner = Owner::amount_empirical;

/// "a probability", as in "... is 1.2, not a probability".
std::string_view noun_of(Kind kind);
/// "share, as 45% or 0.45": the unit as the reference names it.
std::string_view unit_of(Kind kind);

}  // namespace attain::reading
