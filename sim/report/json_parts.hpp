#pragma once

#include "json_values.hpp"

#include <attain/summary/summary.hpp>

namespace attain {

/// Text, or null for none.
Json text_or_null(const std::string& text);

/// Adds what is stated of open deals and is the same for a run and an explanation: "due", "chance",
/// "slip", "category", "account", "owner", "note", "stage_owner".
void add_stated(Json& json, const Territory& territory, const OpenDeals& open);

/// Chances by week, and the week of the period that the first is for.
Json won_by(const Calendar& calendar, const std::vector<double>& chances);

/// What each owner should have done by the end of each week.
Json expectations_by_week(const Calendar& calendar, const std::vector<ExpectationSummary>& all);

/// What a quota was before relief: {"share", "why"}, or null.
Json relief(const std::optional<QuotaRelief>& relief);

/// A day, or null for none.
Json date(const std::optional<std::chrono::sys_days>& day);

}  // namespace attain
