#pragma once

#include <attain/plan/expectations.hpp>
#include <attain/summary/estimate.hpp>
#include <attain/summary/uncertainty.hpp>

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace attain {

/// Money in a summary is in units of the currency, chances are fractions, weeks count from index 0,
/// the one of day one.

struct ThresholdChance {
  double at = 0;  ///< Share of the quota.
  Chance chance;
};

struct BookingsSummary {
  MeanEstimate mean;
  Quantile p10, p20, p50, p90;
};

/// The levels of WeekSummary::bookings.
inline constexpr std::array<double, 7> weekly_levels{0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95};

struct WeekSummary {
  double bookings_mean = 0;  ///< Since the start of its period, at the week's end.
  std::array<double, weekly_levels.size()> bookings{};  ///< Quantiles of the same.
  double pipeline = 0;  ///< Mean worth of the open deals in pipeline stages at the week's end.
  double leads = 0;     ///< Mean number of new deals in the week.
  double wins = 0;
  std::vector<double> activities;  ///< Mean number in the week, as in Summary::activities.
  /// Of a territory whose hours are limited: the mean share of them that open deals ask for.
  std::optional<double> utilization;
};

struct StreamSummary {
  std::string name;
  double leads = 0;  ///< Mean number of new deals in the period.
  double wins = 0;   ///< Mean number, named deals included.
  /// Mean, named deals included; none for one of several periods.
  std::optional<double> bookings;
};

struct DealSummary {
  std::string deal;
  std::size_t open = 0;  ///< Index into Territory::open, which has all that is stated of it.
  Chance win;            ///< In what is simulated of the period, or of the year.
  DealExpectation expected;
};

/// What should have happened by the end of a week, cumulative from day one (bookings: from the
/// period's start): the mean, and the range of 8 in 10 futures.
struct ExpectedByWeek {
  double mean = 0;
  double p10 = 0;
  double p90 = 0;
};

/// One thing that somebody answers for. Means are of all replications, ranges of counts of the
/// first `progress_replications`.
struct ExpectationSummary {
  std::string owner;
  std::string what;  ///< leads, wins, bookings, or the name of the stage that deals advance into.
  std::vector<ExpectedByWeek> weeks;
};

/// What is known on day one without any model, beside which the simulated range stands. Worth of
/// open deals: their stated amounts, else mean ones.
struct RollUp {
  Money booked;
  std::vector<double> categories;  ///< As in Summary::categories.
  double pipeline = 0;             ///< Open deals of no category: dated, or in pipeline stages.
  double due_later = 0;            ///< Due after the period, and so in none of the others.
};

/// What is said alike of a territory, a region and the company.
struct Outlook {
  std::string name;
  std::optional<int> period;  ///< From 1, of several; none: the whole, which then is the year.
  std::optional<Money> quota;
  std::optional<Money> forecast;
  RollUp roll_up;
  std::optional<Chance> attain;             ///< Booked >= quota; none without a quota.
  std::optional<Chance> attain_forecast;    ///< Booked >= forecast.
  std::vector<ThresholdChance> thresholds;  ///< Empty without a quota.
  BookingsSummary bookings;
  double wins = 0;  ///< From day one on.
  /// In closed form, without simulation; none for periods behind the first of several.
  std::optional<double> expected_wins;
  std::optional<double> expected_bookings;
  bool expected_is_exact = true;  ///< Nothing changes the funnels, which closed forms leave out.
  std::vector<StreamSummary> streams;  ///< Of a group: by name, in order of first mention.
  StreamSummary dated;                 ///< Deals with a due date; without name and leads.
  std::vector<WeekSummary> weeks;
  std::optional<Uncertainty> uncertainty;  ///< Of the whole, where inputs are uncertain.

  /// Whether quota is made before day one.
  [[nodiscard]] bool quota_is_booked() const;
  /// Mean bookings as a share of the quota, none without one.
  [[nodiscard]] std::optional<double> attainment() const;
};

/// Hours that open deals ask for as a share of the hours there are, over what is simulated.
struct Utilization {
  double mean = 0;
  double p90 = 0;
};

struct TerritorySummary {
  Outlook outlook;
  std::vector<DealSummary> deals;
  std::vector<ExpectationSummary> expectations;  ///< Leads, stages, wins, bookings.
  std::optional<Chance> lowest;  ///< That its attainment is the lowest; none without a quota.
  std::optional<Utilization> utilization;  ///< None where hours are not limited.
};

/// How many territories of a group make quota.
struct AtQuota {
  std::size_t of = 0;  ///< Territories that have a quota.
  double mean = 0;
  std::uint64_t p10 = 0, p50 = 0, p90 = 0;
  /// Mean number that would make it again if the period were run once more; none for a single
  /// replication. Without bias: sum over territories of x (x - 1) / (n (n - 1)).
  std::optional<double> repeat;
};

struct GroupSummary {
  Outlook outlook;
  std::vector<std::size_t> territories;
  Money sum_of_quotas;              ///< Handed out to its territories.
  std::optional<AtQuota> at_quota;  ///< None if none of them has a quota.
};

/// The lowest attainment of all territories with a quota.
struct LowestSummary {
  double mean = 0;
  double p10 = 0, p50 = 0, p90 = 0;
  std::size_t most_often = 0;  ///< The territory that is it most often.
};

/// What as many equal seats, with the scenario's mean and spread of attainment, would show by luck.
struct IdenticalSeats {
  std::size_t seats = 0;
  double at_quota = 0;        ///< Expected number at quota.
  double lowest = 0;          ///< Expected attainment of the lowest.
  bool same_picture = false;  ///< Both lie within the scenario's own ranges of 8 in 10.
};

/// The same for one period of several. What is followed through all of them - single deals,
/// expectations by week, the lowest - is in the summary of the whole alone.
struct PeriodSummary {
  int period = 0;  ///< From 1.
  std::vector<Outlook> territories;
  std::vector<GroupSummary> regions;
  GroupSummary company;
};

/// The company if no shock hit anybody, on the same luck.
struct WithoutShocks {
  std::optional<Chance> attain;
  BookingsSummary bookings;
};

/// Of several periods, territories, regions and company are the year's: all bookings, those before
/// day one included, against the sum of all quotas.
struct Summary {
  std::int64_t replications = 0;
  std::vector<std::string> activities;        ///< Kinds, sorted.
  std::vector<std::string> categories;        ///< Of open deals, as `deal_categories` has them.
  std::vector<TerritorySummary> territories;  ///< In the scenario's order.
  std::vector<GroupSummary> regions;          ///< In order of first mention.
  GroupSummary company;
  std::vector<PeriodSummary> periods;  ///< Each that is simulated, where there are several.
  std::optional<WithoutShocks> without_shocks;    ///< None without shocks.
  std::optional<LowestSummary> lowest;            ///< None without quotas.
  std::optional<IdenticalSeats> identical_seats;  ///< None with fewer than five quotas.
  std::uint64_t cut_amounts = 0;
  std::uint64_t cut_leads = 0;  ///< As in Outcomes.

  /// The widest interval of a chance of quota or forecast, of the whole and of periods, as half of
  /// its width.
  [[nodiscard]] double widest_half_width() const;
};

/// What the outcomes say. `plan` must be built from `scenario`, `outcomes` be simulated from
/// `plan`, with at least one replication, and `expected` be its expectations.
Summary summarize(const Scenario& scenario, const Plan& plan, const Outcomes& outcomes,
                  const std::vector<TerritoryExpectation>& expected);

}  // namespace attain
