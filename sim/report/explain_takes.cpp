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

std::string rate_text(double value) {
  return with_thousands(printed_number(value, 3, Zeros::keep).text);
}

std::string whole_text(double value) { return with_thousands(fmt::format("{:.0f}", value)); }

/// "(4.2-4.4)", or "(4.2 or more)" where the upper end is beyond what was looked at.
std::string range_text(const NeededValue& needed, const Show& show) {
  const std::string low = show(needed.low);
  if (!needed.high) return "(" + low + " or more)";
  const std::string high = show(*needed.high);
  return low == high ? "" : "(" + low + "-" + high + ")";
}

std::string deals_text(double added) {
  return added < 0 ? whole_text(-added) + " fewer" : whole_text(added);
}

/// "(17-19 fewer)"; the fewer that can go, the more are needed.
std::string deals_range(const NeededValue& added) {
  if (added.low >= 0) return range_text(added, whole_text);
  if (!added.high) return "(at most " + deals_text(added.low) + ")";
  if (added.low == *added.high) return "";
  if (*added.high <= 0)
    return "(" + whole_text(-*added.high) + "-" + whole_text(-added.low) + " fewer)";
  return "(" + deals_text(added.low) + " to " + whole_text(*added.high) + " more)";
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
  [[nodiscard]] bool has_ranges() const { return has_ranges_; }

 private:
  using Range = std::function<std::string(const WhatItTakes&, const NeededValue&)>;
  using Value = std::function<const NeededValue*(const WhatItTakes&)>;

  /// One line; `value` gives nothing where the target is out of reach.
  void add_line(const std::string& label, const std::string& now, const Value& value,
                const Show& show, const std::string& if_never) {
    add_line(
        label, now, value, [&](const WhatItTakes&, const NeededValue& n) { return show(n.value); },
        [&](const WhatItTakes&, const NeededValue& n) { return range_text(n, show); }, if_never);
  }

  void add_line(const std::string& label, const std::string& now, const Value& value,
                const Range& show, const Range& range, const std::string& if_never) {
    std::vector<std::string> cells{label, now};
    for (const WhatItTakes& takes : explanation_.takes) {
      const NeededValue* needed = value(takes);
      cells.push_back(needed == nullptr ? if_never : show(takes, *needed));
      cells.push_back(needed == nullptr ? "" : range(takes, *needed));
      has_ranges_ = has_ranges_ || !cells.back().empty();
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
    return (activity.from_open + activity.from_new) / report_.calendar().length_weeks();
  }

  void add_pipeline() {
    const std::optional<double> missing = missing_to_quota(report_);
    const double pipeline = explanation_.arithmetic.pipeline;
    const auto needed = [](NeededValue WhatItTakes::*value) {
      return [value](const WhatItTakes& takes) {
        return takes.pipeline == Reach::never ? nullptr : &(takes.*value);
      };
    };
    add_line(
        "Or: more deals on day one", "0", needed(&WhatItTakes::added_deals),
        [](const WhatItTakes&, const NeededValue& added) { return deals_text(added.value); },
        [](const WhatItTakes&, const NeededValue& added) { return deals_range(added); },
        "out of reach");
    add_worth("  pipeline then", pipeline, money_text);
    if (!missing) return;
    const Show coverage = [missing](double worth) {
      return fmt::format("{:.2f}x", worth / *missing);
    };
    const bool booked = explanation_.arithmetic.booked > 0;
    add_worth(booked ? "  coverage (pipeline / missing)" : "  coverage (pipeline / quota)",
              pipeline, coverage);
  }

  void add_worth(const std::string& label, double now, const Show& show) {
    add_line(
        label, show(now),
        [](const WhatItTakes& takes) {
          return takes.pipeline == Reach::never ? nullptr : &takes.day_one;
        },
        [&](const WhatItTakes& takes, const NeededValue& worth) {
          return (takes.met_by_rest && worth.value > 0 ? "<= " : "") + show(worth.value);
        },
        [&](const WhatItTakes&, const NeededValue& worth) { return range_text(worth, show); }, "-");
  }

  const ExplainReport& report_;
  const Explanation& explanation_;
  Table table_;
  bool has_ranges_ = false;
};

std::string already(const ExplainReport& report) {
  const std::optional<double> missing = missing_to_quota(report);
  if (!missing) return "Quota is booked already.";
  std::string text;
  for (const WhatItTakes& takes : report.explanation.takes) {
    if (takes.leads != Reach::there) continue;
    const std::string target = takes.target == 0.5 ? "An even chance" : percent_text(takes.target);
    text = fmt::format("{} is there already: {} new deals a week would be enough", target,
                       rate_text(takes.leads_per_week.value));
    if (takes.pipeline == Reach::there && takes.added_deals.value < 0) {
      if (takes.met_by_rest && takes.day_one.value <= 0) {
        text += ", or no pipeline at all";
      } else {
        text += fmt::format(", or a coverage of {:.2f}x", takes.day_one.value / *missing);
        if (takes.met_by_rest) text += " or less: no deal without a name is needed in the pipeline";
      }
    }
    text += ".";
  }
  return text;
}

std::string which_deals(const Explanation& explanation) {
  const bool fewer =
      std::any_of(explanation.takes.begin(), explanation.takes.end(), [](const WhatItTakes& takes) {
        return takes.pipeline != Reach::never && takes.added_deals.value < 0;
      });
  const auto& open = explanation.arithmetic.open;
  const bool in_stages = std::any_of(open.begin(), open.end(), [](const auto& row) {
    return row.in_pipeline && !row.dated && row.count > 0;
  });
  std::string text = in_stages
                         ? "More deals on day one are like those in the pipeline now, of average "
                           "amount and unknown age"
                         : "More deals on day one stand in the first pipeline stage, of average "
                           "amount and unknown age";
  if (!fewer) return text + "; what is open stays.";
  return text +
         ". Fewer means that deals without a name go from the pipeline, such that their mix "
         "stays; named deals stay.";
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
      whole_text(explanation.limits.added_deals) + " more deals on day one";
  return "Out of reach means: cannot be reached, not even with " +
         (leads && pipeline ? most_leads + " or with " + most_deals
          : leads           ? most_leads
                            : most_deals) +
         ".";
}

}  // namespace

TakesSection takes_section(const ExplainReport& report) {
  const Explanation& explanation = report.explanation;
  if (explanation.takes.empty()) return {};
  TakesTable table(report);
  std::string text = "What it takes, one thing at a time\n" + table.text();
  for (const std::string& sentence : {already(report), never(explanation)}) {
    if (!sentence.empty()) text += paragraph(sentence);
  }
  return {text + paragraph(which_deals(explanation)), table.has_ranges()};
}

}  // namespace attain
