#pragma once

#include "fields.hpp"
#include "findings.hpp"

#include <attain/base/money.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace attain::reading {

/// A value and what is expected of it.
struct Slot {
  const Node& node;
  const Field& field;
  Kind kind;  ///< The field's, or that of its items.
  const Path& path;
};

/// Each reads a value of its kind within the field's range, or reports what is wrong with it.
std::optional<double> read_number(const Slot& slot, Findings& findings);
std::optional<std::int64_t> read_whole_number(const Slot& slot, Findings& findings);
std::optional<std::uint64_t> read_seed(const Slot& slot, Findings& findings);
std::optional<Money> read_money(const Slot& slot, Findings& findings);
std::optional<std::chrono::sys_days> read_date(const Slot& slot, Findings& findings);
/// A date as messages name it: 2027-01-04.
std::string date_text(std::chrono::sys_days date);
/// Text that holds more than blanks.
std::optional<std::string> read_text(const Slot& slot, Findings& findings);
/// The position of the value among the field's choices.
std::optional<std::size_t> read_choice(const Slot& slot, Findings& findings);

/// Whether a list or a mapping has as many items as the field allows, or reports that it has not.
bool check_count(const Slot& slot, Findings& findings);

/// Whether a text can be printed as a name: refuses control characters, and warns of blanks at its
/// ends, with which a name looks like another one.
bool check_name(const Node& node, const Path& path, Findings& findings);

/// Reports that the value is not what the field expects.
void report_unexpected(const Slot& slot, Findings& findings, std::string suggestion = {});

/// Whether a value is `3 to 5`, or braces with what only an uncertain number has.
bool says_uncertain(const Node& node);
/// Reports an uncertain number where there can be none.
void refuse_uncertain(const Slot& slot, Findings& findings);
/// What to write instead of a range in another form, as in 3-5 and 3..5; empty for other text.
std::string range_suggestion_of(std::string_view text);

/// How a message names the value: a number as it is, text in quotes and cut, "a list".
std::string shown(const Node& node);

}  // namespace attain::reading
