#include "deal_text.hpp"
#include "explain_sections.hpp"

#include <attain/base/text.hpp>
#include <attain/report/figures.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace attain {

namespace {

constexpr int widest_name = 40;
constexpr std::size_t most_deals = 10;
constexpr std::int64_t fewest_for_ranges = 20;  // As for the ranges of a run.

/// The middle of what is left and its end, as indices of simulated weeks.
std::vector<std::size_t> weeks_to_look_at(std::size_t weeks) {
  if (weeks < 2) return {0};
  return {weeks / 2 - 1, weeks - 1};
}

int number_of(const ExplainReport& report, std::size_t week) {
  return report.calendar().weeks_done() + static_cast<int>(week) + 1;
}

/// "24 leads", "14 deals moved to proposal" or "14 to proposal", "5.1 wins", "180k booked".
std::string amount_text(const ExpectationSummary& item, double value, bool first_stage) {
  if (item.what == "bookings") return money_text(value) + " booked";
  const std::string count = few_digits(value);
  const bool one = count == "1";
  if (item.what == "leads") return count + (one ? " lead" : " leads");
  if (item.what == "wins") return count + (one ? " win" : " wins");
  const std::string moved = one ? " deal moved" : " deals moved";
  return fmt::format("{}{} to {}", count, first_stage ? moved : std::string(),
                     short_name(item.what, widest_name));
}

bool is_stage(const ExpectationSummary& item) {
  return item.what != "bookings" && item.what != "leads" && item.what != "wins";
}

std::string range_text(const ExpectationSummary& item, const ExpectedByWeek& week) {
  const auto text = [&item](double value) {
    return item.what == "bookings" ? money_text(value)
                                   : integer_text(static_cast<std::uint64_t>(value));
  };
  const std::string low = text(week.p10);
  const std::string high = text(week.p90);
  return low == high ? low : low + " to " + high;
}

/// Whose expectations follow each other in the order of first mention.
std::vector<std::string> owners_of(const std::vector<ExpectationSummary>& all) {
  std::vector<std::string> owners;
  for (const ExpectationSummary& item : all) {
    if (std::find(owners.begin(), owners.end(), item.owner) == owners.end()) {
      owners.push_back(item.owner);
    }
  }
  return owners;
}

class WeekText {
 public:
  WeekText(const ExplainReport& report, std::size_t week) : report_(report), week_(week) {}

  std::string text() {
    std::string lines =
        paragraph(fmt::format("By week {} ({}):", number_of(report_, week_),
                              day_text(last_day_of_week(report_.calendar(), week_))));
    for (const std::string& owner : owners_of(report_.explanation.expectations)) {
      const std::string parts = parts_of(owner);
      if (parts.empty()) continue;
      // A stream's own leads are brought by the seat.
      const std::string who = owner == "own" ? "the seat itself" : short_name(owner, widest_name);
      lines += bullet(who + " should have " + parts + ".");
    }
    return lines;
  }

 private:
  std::string parts_of(const std::string& owner) {
    std::vector<std::string> parts;
    bool first_stage = true;
    for (const ExpectationSummary& item : report_.explanation.expectations) {
      // What never comes is nothing to ask for.
      if (item.owner != owner || item.weeks.back().mean <= 0) continue;
      std::string part = amount_text(item, item.weeks[week_].mean, first_stage);
      first_stage = first_stage && !is_stage(item);
      if (report_.explanation.replications >= fewest_for_ranges) {
        part += fmt::format(" ({}{})", range_text(item, item.weeks[week_]), meaning());
      }
      parts.push_back((item.what == "leads" && parts.empty() ? "brought " : "") + part);
    }
    return fmt::format("{}", fmt::join(parts, ", "));
  }

  /// Said with the first range; the others are read alike.
  std::string meaning() {
    if (has_range_) return {};
    has_range_ = true;
    return fmt::format(" in 8 of 10 {}s", period_noun(report_.calendar()));
  }

  const ExplainReport& report_;
  std::size_t week_;
  bool has_range_ = false;
};

std::string share_text(double chance) {
  if (chance > 0 && chance < 0.005) return "under 1 %";
  return percent_text(chance);
}

/// "won by week 9 with 70 %, by week 13 with 75 %; if still there after week 9, with 70 %."
std::string won_by_text(const ExplainReport& report, const DealExpectation& expected,
                        const char* if_open) {
  const std::vector<std::size_t> weeks = weeks_to_look_at(expected.won_by.size());
  const int middle = number_of(report, weeks.front());
  const std::string by_middle = share_text(expected.won_by[weeks.front()]);
  const std::string by_end = share_text(expected.won_by[weeks.back()]);
  const std::string text = fmt::format("won by week {}", middle);
  if (weeks.size() < 2) return fmt::format("{} with {}.", text, by_end);
  const auto& still = expected.win_if_still_here[weeks.front()];
  if (!still) return fmt::format("{} with {}; then it is decided.", text, by_middle);
  const int end = number_of(report, weeks.back());
  const std::string chances =
      by_middle == by_end
          ? fmt::format("{} and by week {} with {}", text, end, by_end)
          : fmt::format("{} with {}, by week {} with {}", text, by_middle, end, by_end);
  return fmt::format("{}; if {} after week {}, with {}.", chances, if_open, middle,
                     share_text(*still));
}

std::string deal_line(const ExplainReport& report, const NamedDeal& named) {
  const OpenDeals& open = report.place().open[named.open];
  const Calendar& calendar = report.calendar();
  const std::string labels = labels_text(open.labels);
  const bool later = open.due && open.due->date && *open.due->date > calendar.last_day();
  return fmt::format(
      "{}, {}{}: {}", short_name(open.deal, widest_name), place_text(report.place(), open),
      labels.empty() ? std::string() : " (" + labels + ")",
      later ? fmt::format("not decided in this {}.", period_noun(calendar))
            : won_by_text(report, named.expected, open.due ? "undecided" : "still there"));
}

std::string deal_lines(const ExplainReport& report) {
  const std::vector<NamedDeal>& named = report.explanation.named;
  if (named.empty()) return {};
  std::string text = paragraph("Named deals:");
  for (std::size_t i = 0; i < std::min(named.size(), most_deals); ++i) {
    text += bullet(deal_line(report, named[i]));
  }
  if (named.size() > most_deals) {
    text += paragraph(fmt::format("And {} more; the deals.csv of 'attain run' has them all.",
                                  named.size() - most_deals));
  }
  return text;
}

std::string counted_from(const ExplainReport& report) {
  const Calendar& calendar = report.calendar();
  if (calendar.steps_done == 0 && report.explanation.arithmetic.booked <= 0) return {};
  return paragraph(fmt::format("Counted from {}; booked is all of the {}.",
                               day_text(calendar.day_one()), period_noun(calendar)));
}

}  // namespace

std::string expectations_section(const ExplainReport& report) {
  const std::vector<ExpectationSummary>& all = report.explanation.expectations;
  if (all.empty() || all.back().weeks.back().mean <= 0) return {};
  const std::vector<std::size_t> weeks = weeks_to_look_at(all.front().weeks.size());
  std::string text = "What should be true by";
  for (const std::size_t week : weeks) {
    text +=
        fmt::format("{} week {}", week == weeks.front() ? "" : " and by", number_of(report, week));
  }
  text += "\n";
  for (const std::size_t week : weeks) text += WeekText(report, week).text();
  return text + counted_from(report) + deal_lines(report);
}

}  // namespace attain
