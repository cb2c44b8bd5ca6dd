#include "explain_printed.hpp"
#include "explain_sections.hpp"

#include <attain/base/text.hpp>
#include <attain/report/figures.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace attain {

namespace {

constexpr int longest_name = 40;

/// From here on mean and middle read as different numbers, in shares of the quota.
constexpr double notable_gap = 0.015;

/// Two counts, with a decimal where they would read alike without it.
std::pair<std::string, std::string> told_apart(double one, double other) {
  const std::pair texts{few_digits(one), few_digits(other)};
  if (texts.first != texts.second) return texts;
  const std::pair exact{with_thousands(fmt::format("{:.1f}", one)),
                        with_thousands(fmt::format("{:.1f}", other))};
  return exact.first == exact.second ? texts : exact;
}

std::string mean_and_middle(const ExplainReport& report, double quota) {
  const Explanation& explanation = report.explanation;
  // The simulated one, as in the headline and beside a middle that is simulated too.
  const double mean = explanation.simulated.mean / quota;
  const double middle = explanation.p50.value / quota;
  if (middle - mean > notable_gap) {
    return fmt::format(
        "Expected is {} of quota, but the middle of all outcomes is {}: mostly it goes better than "
        "expected, and now and then a large deal is missing.",
        percent_text(mean), percent_text(middle));
  }
  if (mean - middle < notable_gap) {
    return fmt::format("The middle of all outcomes, {} of quota, is about the expected {}.",
                       percent_text(middle), percent_text(mean));
  }
  std::string text = fmt::format(
      "Expected is {} of quota, but the middle of all outcomes is {}: a few quarters with many or "
      "large deals lift the mean, and half of all end below the middle.",
      percent_text(mean), percent_text(middle));
  if (mean >= 1 && explanation.attain->probability < 0.5) {
    text += " So a mean above quota is less than an even chance of it.";
  }
  return text;
}

/// A mean over streams and renewals that sell different things would say nothing about any of them.
bool sells_one_thing(const ExplainReport& report) {
  const std::vector<OpenDealsExpectation>& open = report.explanation.arithmetic.open;
  return report.place().streams.size() == 1 &&
         std::none_of(open.begin(), open.end(), [](const auto& row) { return row.dated; });
}

std::string needed_wins(const ExplainReport& report) {
  const Explanation& explanation = report.explanation;
  const std::optional<double> missing = missing_to_quota(report);
  // The arithmetic leaves out what changes the funnel; a reason must not.
  const bool changes = funnel_changes(report.scenario, report.territory);
  const double bookings = changes ? explanation.simulated.mean : explanation.expected_bookings;
  const double wins = changes ? explanation.simulated_wins : explanation.expected_wins;
  const double to_come = bookings - explanation.arithmetic.booked;
  if (!missing || !sells_one_thing(report) || to_come <= 0 || wins <= 0) return {};
  const double amount = to_come / wins;
  const auto [needed, expected] = told_apart(*missing / amount, wins);
  const std::string what = explanation.arithmetic.booked > 0
                               ? "The " + money_text(*missing) + " that are missing take"
                               : "Quota takes";
  return fmt::format(" {} {} {} at {}, the expected amount of a win; {} {} expected.", what, needed,
                     needed == "1" ? "win" : "wins", money_text(amount), expected,
                     expected == "1" ? "is" : "are");
}

std::string wins_and_spread(const ExplainReport& report, double quota) {
  const Explanation& explanation = report.explanation;
  const std::string low = fmt::format("{:.0f}", 100 * explanation.p10.value / quota);
  const std::string high = fmt::format("{:.0f}", 100 * explanation.p90.value / quota);
  std::string text =
      fmt::format("In 8 of 10 {}s bookings are {} % of quota.", period_noun(report.calendar()),
                  low == high ? low : low + " to " + high);
  return text + needed_wins(report);
}

std::string where_from(const Explanation& explanation) {
  double leads = 0;
  for (const NewDeals& row : explanation.arithmetic.new_deals) leads += row.leads;
  const std::string new_ones = with_thousands(printed_number(leads, 3, Zeros::drop).text);
  const double booked = explanation.arithmetic.booked / explanation.expected_bookings;
  const double from_open = explanation.expected_from_open / explanation.expected_bookings;
  const std::string ones = fmt::format("{} from {} new {}", percent_text(1 - booked - from_open),
                                       new_ones, new_ones == "1" ? "one" : "ones");
  if (booked > 0) {
    return fmt::format(
        "{} of the expected is booked, {} comes from deals that are open on day one{}.",
        percent_text(booked), percent_text(from_open), leads > 0 ? ", " + ones : std::string());
  }
  if (explanation.arithmetic.open.empty()) {
    return fmt::format("All that is expected comes from {} new {}.", new_ones,
                       new_ones == "1" ? "deal" : "deals");
  }
  if (leads <= 0) return "All that is expected comes from deals that are open on day one.";
  return fmt::format("{} of the expected comes from deals that are open on day one, {}.",
                     percent_text(from_open), ones);
}

std::string origin(const ExplainReport& report) {
  const Explanation& explanation = report.explanation;
  if (explanation.expected_bookings <= 0) {
    return "Nothing is expected: no deal can be won in time, or none brings anything.";
  }
  double ever = 0;
  double in_time = 0;
  for (const NewDeals& row : explanation.arithmetic.new_deals) {
    ever += std::accumulate(row.advance.begin(), row.advance.end(), row.leads, std::multiplies<>());
    in_time += row.wins;
  }
  if (ever <= 0) return where_from(explanation);
  const bool changes = funnel_changes(report.scenario, report.territory);
  return (changes ? "By the arithmetic alone: " : "") + where_from(explanation) +
         fmt::format(" Of the new deals that will be won, {} close within the {}.",
                     percent_text(in_time / ever), period_noun(report.calendar()));
}

/// What the chance would be without one kind of what changes the funnel.
std::string without_sentence(const Explanation& explanation, const WithoutChange& without) {
  const std::string chance = chance_text(without.attain);
  switch (without.kind) {
    case WithoutChange::Kind::hours:
      return fmt::format(
          "Open deals ask for {} of the hours there are. With all the hours they "
          "need the chance would be {}.",
          percent_text(explanation.utilization.value_or(0)), chance);
    case WithoutChange::Kind::rules:
      return fmt::format("Without the rules the chance would be {}.", chance);
    case WithoutChange::Kind::effort:
      return fmt::format("If nobody worked more or less because of the quota it would be {}.",
                         chance);
    case WithoutChange::Kind::ramp:
      return fmt::format("With the ramp over, in full swing, it would be {}.", chance);
    case WithoutChange::Kind::seasons:
      return fmt::format("Without seasons and closed weeks it would be {}.", chance);
    case WithoutChange::Kind::shocks: break;
  }
  return fmt::format("Without shocks it would be {}.", chance);
}

std::string deal_sentence(const ExplainReport& report, const DealEffect& effect) {
  const OpenDealsExpectation& open = report.explanation.arithmetic.open[effect.open];
  if (!effect.if_won || !effect.if_not_won) return {};
  return fmt::format(
      "{}, {}, {} to be won in time, is {} of the expected: the chance of quota is {} if it is won "
      "and "
      "{} if not.",
      short_name(open.deal, longest_name), money_text(open.amount),
      percent_text(open.win_in_period),
      percent_text(open.bookings / report.explanation.expected_bookings),
      chance_text(*effect.if_won), chance_text(*effect.if_not_won));
}

std::string last_week_sentence(const ExplainReport& report, std::size_t stream) {
  const LastUsefulWeek& last = report.explanation.last_useful_week[stream];
  const std::string noun = period_noun(report.calendar());
  const int done = report.calendar().weeks_done();
  const bool several = report.place().streams.size() > 1;
  const std::string which =
      several ? short_name(report.place().streams[stream].name, longest_name) + ": " : "";
  if (!last.ever_won) return which + "no new deal can be won, because a stage lets none go on.";
  if (last.week >= report.calendar().weeks()) {
    return which + fmt::format(
                       "even a deal created in the last week, if it will be won in the end, has a "
                       "{} chance to close this {}.",
                       percent_text(last.last_week), noun);
  }
  const std::string first_week =
      last.first_week < 0.005 ? "under 1 %" : percent_text(last.first_week);
  const std::string created = last.week == 0
                                  ? (done > 0 ? "new deals" : "deals created this " + noun)
                                  : fmt::format("deals created after week {}", done + last.week);
  return which + fmt::format(
                     "{} have less than a {} chance to close this {}, even those that will be won "
                     "in the end. Created in week {} they have {}.",
                     created, percent_text(useful_chance), noun, done + 1, first_week);
}

}  // namespace

std::string why_section(const ExplainReport& report) {
  const Explanation& explanation = report.explanation;
  if (!explanation.attain) return "Where it comes from\n" + bullet(origin(report));
  const double quota = report.place().quota->units();
  std::string text = "Why " + chance_text(*explanation.attain) + "\n";
  if (!missing_to_quota(report)) {
    text = "Why quota is made\n" +
           bullet(fmt::format("{} is booked before day one. What is won from now on is beyond it.",
                              money_text(report.place().booked.units())));
  }
  if (explanation.expected_bookings > 0) text += bullet(mean_and_middle(report, quota));
  text += bullet(wins_and_spread(report, quota)) + bullet(origin(report));
  for (const WithoutChange& without : explanation.without) {
    text += bullet(without_sentence(explanation, without));
  }
  for (const DealEffect& effect : explanation.deals) text += bullet(deal_sentence(report, effect));
  return text;
}

std::string last_week_section(const ExplainReport& report) {
  if (report.explanation.last_useful_week.empty()) return {};
  std::string text = "The last useful week\n";
  for (std::size_t i = 0; i < report.explanation.last_useful_week.size(); ++i) {
    std::string sentence = last_week_sentence(report, i);
    // With one stream there is no name in front; ASCII, because the sentences are ours.
    if (report.place().streams.size() == 1)
      sentence[0] = static_cast<char>(sentence[0] - 'a' + 'A');
    text += bullet(sentence);
  }
  return text;
}

}  // namespace attain
