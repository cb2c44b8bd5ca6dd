#include "explain_printed.hpp"
#include "explain_sections.hpp"
#include "table.hpp"

#include <attain/report/figures.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace attain {

namespace {

using Align = Table::Align;
using Show = std::function<std::string(double)>;

constexpr int longest_name = 28;

std::string rate_text(double value) { return printed_number(value, 3, Zeros::keep).text; }

std::string whole_text(double value) { return fmt::format("{:.0f}", value); }

/// "(4.2-4.4)", or "(4.2 or more)" where the upper end is beyond what was looked at.
std::string range_text(const NeededValue& needed, const Show& show) {
  const std::string low = show(needed.low);
  if (!needed.high) return "(" + low + " or more)";
  const std::string high = show(*needed.high);
  return low == high ? "" : "(" + low + "-" + high + ")";
}

class TakesTable {
 public:
  explicit TakesTable(const ExplainReport& report)
      : report_(report),
        explanation_(report.explanation),
        table_({{"", {Align::left}},
                {"Now", {Align::right}},
                {"Even chance", {Align::right, Align::left}},
                {"80 %", {Align::right, Align::left}}}) {}

  std::string text() {
    add_leads();
    table_.add_blank_line();
    add_pipeline();
    return table_.text("  ");
  }

 private:
  using Value = std::function<const NeededValue*(const WhatItTakes&)>;

  /// One line; `value` gives nothing where the target is out of reach.
  void add_line(const std::string& label, const std::string& now, const Value& value,
                const Show& show, const std::string& if_never) {
    std::vector<std::string> cells{label, now};
    for (const WhatItTakes& takes : explanation_.takes) {
      const NeededValue* needed = value(takes);
      cells.push_back(needed == nullptr ? if_never : show(needed->value));
      cells.push_back(needed == nullptr ? "" : range_text(*needed, show));
    }
    table_.add_row(std::move(cells));
  }

  void add_leads() {
    add_line(
        "New deals a week", rate_text(explanation_.leads_per_week),
        [](const WhatItTakes& takes) {
          return takes.leads == Reach::never ? nullptr : &takes.leads_per_week;
        },
        rate_text, "out of reach");
    if (explanation_.lead_shares.size() > 1) {
      for (std::size_t i = 0; i < explanation_.lead_shares.size(); ++i) add_stream(i);
    }
    for (std::size_t i = 0; i < explanation_.arithmetic.activities.size(); ++i) {
      add_line(
          "  " + short_name(explanation_.arithmetic.activities[i].name, longest_name) + " a week",
          rate_text(activity_now(i)),
          [i](const WhatItTakes& takes) {
            return takes.leads == Reach::never ? nullptr : &takes.activities[i].needed;
          },
          rate_text, "-");
    }
  }

  void add_stream(std::size_t stream) {
    const double share = explanation_.lead_shares[stream];
    const Show show = [share](double all) { return rate_text(share * all); };
    add_line(
        "  of which " + short_name(report_.place().streams[stream].name, longest_name),
        show(explanation_.leads_per_week),
        [](const WhatItTakes& takes) {
          return takes.leads == Reach::never ? nullptr : &takes.leads_per_week;
        },
        show, "-");
  }

  [[nodiscard]] double activity_now(std::size_t i) const {
    const ActivityExpectation& activity = explanation_.arithmetic.activities[i];
    return (activity.from_open + activity.from_new) / report_.scenario.calendar.weeks;
  }

  void add_pipeline() {
    const double quota = report_.place().quota->units();
    const double pipeline = explanation_.arithmetic.pipeline;
    const auto needed = [](NeededValue WhatItTakes::*value) {
      return [value](const WhatItTakes& takes) {
        return takes.pipeline == Reach::never ? nullptr : &(takes.*value);
      };
    };
    add_line("Or: more deals on day one", "0", needed(&WhatItTakes::added_deals), whole_text,
             "out of reach");
    add_line("  pipeline then", money_text(pipeline), needed(&WhatItTakes::day_one), money_text,
             "-");
    const Show coverage = [quota](double worth) { return fmt::format("{:.2f}x", worth / quota); };
    add_line("  coverage (pipeline / quota)", coverage(pipeline), needed(&WhatItTakes::day_one),
             coverage, "-");
  }

  const ExplainReport& report_;
  const Explanation& explanation_;
  Table table_;
};

std::string already(const Explanation& explanation) {
  std::string text;
  for (const WhatItTakes& takes : explanation.takes) {
    if (takes.leads != Reach::there) continue;
    const std::string target = takes.target == 0.5 ? "An even chance" : percent_text(takes.target);
    text = target + " is there already: " + rate_text(takes.leads_per_week.value) +
           " new deals a week would do.";
  }
  return text;
}

std::string never(const Explanation& explanation) {
  const auto any = [&](Reach WhatItTakes::*lever) {
    return std::any_of(explanation.takes.begin(), explanation.takes.end(),
                       [&](const WhatItTakes& takes) { return takes.*lever == Reach::never; });
  };
  const bool leads = any(&WhatItTakes::leads);
  const bool pipeline = any(&WhatItTakes::pipeline);
  if (!leads && !pipeline) return {};
  const std::string most_leads = rate_text(explanation.limits.leads_per_week) + " new deals a week";
  const std::string most_deals =
      fmt::format("{} more deals on day one", explanation.limits.added_deals);
  return "Out of reach means: cannot be reached, not even with " +
         (leads && pipeline ? most_leads + " or with " + most_deals
          : leads           ? most_leads
                            : most_deals) +
         ".";
}

}  // namespace

std::string takes_section(const ExplainReport& report) {
  const Explanation& explanation = report.explanation;
  if (explanation.takes.empty()) return {};
  std::string text = "What it takes, one thing at a time\n" + TakesTable(report).text();
  for (const std::string& sentence : {already(explanation), never(explanation)}) {
    if (!sentence.empty()) text += paragraph(sentence);
  }
  const std::string kinds =
      explanation.arithmetic.pipeline > 0
          ? "More deals on day one are like those in the pipeline now, of "
            "average amount and unknown age; what is open stays."
          : "More deals on day one stand in the first pipeline stage, of average "
            "amount and unknown age; what is open stays.";
  return text + paragraph(kinds);
}

}  // namespace attain
