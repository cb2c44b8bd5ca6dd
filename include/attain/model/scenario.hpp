#pragma once

#include <attain/base/money.hpp>
#include <attain/model/dynamics.hpp>
#include <attain/random/distribution.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace attain {

enum class Step { week, day };
enum class Source { marketing, own };

/// One period or several of the same length, in steps of a week or a day, and how much of them is
/// over on day one, where the simulation starts. The last week of a period may be in part; weeks
/// are numbered through from the start, so that each belongs to one period.
struct Calendar {
  std::chrono::sys_days start{};
  int period_steps = 13;  ///< Of one period.
  Step step = Step::week;
  int steps_done = 0;  ///< From the start to day one. Of `step: week` whole weeks.
  int periods = 1;

  [[nodiscard]] int steps_per_week() const { return step == Step::week ? 1 : 7; }
  /// The length of a step in weeks, the Δ of the methods page.
  [[nodiscard]] double step_weeks() const { return 1.0 / steps_per_week(); }
  [[nodiscard]] int all_steps() const { return periods * period_steps; }
  /// Steps that are simulated, and how long they are in weeks.
  [[nodiscard]] int steps() const { return all_steps() - steps_done; }
  [[nodiscard]] double length_weeks() const { return steps() * step_weeks(); }
  /// The period, from 0, in which a step lies that is counted from the start; the one of day one.
  [[nodiscard]] int period_of(int step_from_start) const { return step_from_start / period_steps; }
  [[nodiscard]] int current_period() const { return period_of(steps_done); }
  /// Steps of the current period that are over on day one.
  [[nodiscard]] int steps_into_period() const { return steps_done % period_steps; }
  /// Weeks of a period, whole or in part.
  [[nodiscard]] int period_weeks() const {
    return (period_steps + steps_per_week() - 1) / steps_per_week();
  }
  /// The week, from 0 at the start, of a step that is counted from there; and within its period.
  [[nodiscard]] int week_of(int step_from_start) const {
    return period_of(step_from_start) * period_weeks() + week_in_period(step_from_start);
  }
  [[nodiscard]] int week_in_period(int step_from_start) const {
    return step_from_start % period_steps / steps_per_week();
  }
  /// Weeks that are over on day one, from the start; and how many are simulated, in part or whole.
  [[nodiscard]] int weeks_done() const { return week_of(steps_done); }
  [[nodiscard]] int weeks() const { return periods * period_weeks() - weeks_done(); }

  [[nodiscard]] std::chrono::sys_days day_of_step(int steps_from_start) const {
    return start + std::chrono::days(steps_from_start * 7 / steps_per_week());
  }
  /// The first day that is simulated.
  [[nodiscard]] std::chrono::sys_days day_one() const { return day_of_step(steps_done); }
  [[nodiscard]] std::chrono::sys_days last_day() const {
    return day_of_step(all_steps()) - std::chrono::days(1);
  }
  /// The calendar of whole weeks without anything done.
  static Calendar of_weeks(std::chrono::sys_days start, int weeks, Step step) {
    Calendar made{start, weeks, step, 0, 1};
    made.period_steps = weeks * made.steps_per_week();
    return made;
  }
};

struct RunSettings {
  std::int64_t replications = 20'000;
  std::uint64_t seed = 1;
};

/// What a stage's deals count towards an activity such as meetings.
struct Activity {
  std::string name;
  double on_entry = 0;  ///< Per deal that enters the stage.
  double per_week = 0;  ///< Per deal in the stage at the start of a step, and week.
};

struct Stage {
  std::string name;
  double advance = 0;  ///< Probability to go on, rather than be lost, on leaving.
  Distribution weeks_to_advance = Distribution::exponential(1);  ///< Dwell of those that go on.
  Distribution weeks_to_lost = Distribution::exponential(1);     ///< Dwell of those that are lost.
  std::vector<Activity> activities;
  double hours = 0;             ///< That a deal in it asks for, a week.
  std::string owner = "sales";  ///< Who answers for the deals that advance into it.
  UncertainIndex advance_uncertain{};
  UncertainMoments weeks_to_advance_uncertain{};  ///< The same as for `lost` if the stay is one.
  UncertainMoments weeks_to_lost_uncertain{};
  UncertainIndex hours_uncertain{};
};

struct Funnel {
  std::string name;
  std::vector<Stage> stages;                     ///< At least one; the last one's advance is a win.
  Distribution amount = Distribution::fixed(0);  ///< Of a won deal, in units of the currency.
  UncertainMoments amount_uncertain{};
  std::size_t pipeline_from = 0;  ///< Index of the first stage that counts as pipeline.
};

/// One flow of new deals through a funnel (new business, renewal, ...).
struct Stream {
  std::string name;  ///< Unique in its territory.
  Funnel funnel;     ///< With the territory's overrides applied.
  double leads_per_week = 0;
  UncertainIndex leads_uncertain{};
  Source source = Source::marketing;
  std::vector<double> enter;        ///< Share of new deals that start in each stage; sums to 1.
  std::string owner = "marketing";  ///< Who answers for its leads; by default called as the source.
};

/// What is known of a deal and changes no number; each may be empty.
struct DealLabels {
  std::string category;  ///< As a forecast calls it: commit, best case, ...
  std::string account;
  std::string owner;
  std::string note;
};

/// When a deal without a stage is decided, and how.
struct DueDate {
  /// None: every deal has its own, a uniform day from day one to the period's last.
  std::optional<std::chrono::sys_days> date;
  double chance = 0;       ///< To be won on the last date, else lost.
  double slip_chance = 0;  ///< On the due date, once: then the last date is `slip_weeks` later.
  Distribution slip_weeks = Distribution::fixed(0);
  Distribution amount = Distribution::fixed(0);  ///< Where OpenDeals::amount is not stated.
};

/// A deal, or several alike, that is open on day one: in a stage of a stream, or with a due date.
struct OpenDeals {
  std::string deal;        ///< The name of a single deal that keeps its identity; empty if counted.
  std::size_t stream = 0;  ///< Stream and stage only without a due date.
  std::size_t stage = 0;
  int count = 1;
  std::optional<Money> amount;  ///< Of each if won; none: drawn from the stream's distribution.
  std::optional<double> weeks_in_stage;  ///< None: found in the stage at a random time.
  std::optional<DueDate> due;
  DealLabels labels{};

  [[nodiscard]] bool named() const { return !deal.empty(); }
};

/// Why a territory's quota is less than what was handed out.
struct QuotaRelief {
  Money before;      ///< What was handed out; sums of groups count this one.
  double share = 0;  ///< Taken off.
  std::string why;
};

struct Territory {
  std::string name;                 ///< Unique.
  std::vector<std::string> region;  ///< Widest level first; may be empty.
  std::string segment;
  std::map<std::string, std::string> attributes;
  std::string owner;  ///< Kept and printed, like the note.
  std::string note;
  std::optional<Money> quota;  ///< To be made, after relief; of the period of day one.
  /// By period, after relief, where there are several.
  std::vector<std::optional<Money>> quotas;
  std::vector<Money> actual;  ///< Bookings of the periods before the one of day one.
  std::optional<QuotaRelief> relief;
  std::optional<Money> forecast;
  std::optional<std::chrono::sys_days> forecast_called;  ///< The day on which it was called.
  Money booked;                                          ///< Won in the period before day one.
  std::optional<Capacity> capacity;                      ///< None: no limit.
  std::optional<Ramp> ramp;
  std::optional<Effort> effort;  ///< None: nothing answers to the quota.
  std::vector<Stream> streams;
  std::vector<OpenDeals> open;

  /// The quota as it was handed out.
  [[nodiscard]] std::optional<Money> quota_before_relief() const {
    return relief ? std::optional(relief->before) : quota;
  }
};

/// The engine counts a territory's deals in 16 bits. Bookings have 64 bits of cents, and the sum of
/// their squares over 1e9 replications has 128.
inline constexpr double most_deals_of_a_territory = 32'000;
inline constexpr double most_mean_bookings = 5e12;  ///< Of all territories, in currency units.

/// An age as the engine counts it: in 1/64 steps, rounded half up. Finer differences are none.
long long age_in_64ths(double age_weeks, int steps_per_week);

/// Weeks of a whole number of 1/64 steps: one division, so that 14 days are 2 weeks to the last
/// bit, and a stay of exactly 2 weeks is over.
double weeks_of_64ths(long long sixty_fourths, int steps_per_week);

/// `age_weeks` rounded to 1/64 step.
double rounded_age(double age_weeks, int steps_per_week);

/// Whether a deal of this (rounded) age is older than any deal can be, with a chance below 1e-9 of
/// being there: it is lost in the first step.
bool is_impossibly_old(const Stage& stage, double rounded_age_weeks);

/// The day on which a deal is due, 0 on day one: what was due before is due on that day.
int due_day(std::chrono::sys_days date, const Calendar& calendar);

/// The mean amount of one of these deals, in currency units.
double mean_amount(const OpenDeals& deals, const Territory& territory);

/// Room that a territory's deals may need: those open now and those that will come in the period,
/// with 20 % and 1,000 on top, more than 10 standard deviations of what chance can add.
double room_for_deals(const Territory& territory, const Calendar& calendar);

/// The total lead rate a week with which `room_for_deals` is used up; 0 if open deals fill it.
double most_leads_per_week(const Territory& territory, const Calendar& calendar);

/// What a territory would book in the mean if every deal were won: a bound, in currency units.
double bookings_if_all_won(const Territory& territory, const Calendar& calendar);

/// Quota and forecast that the company or a region states, where they are not the sums.
struct StatedTargets {
  std::optional<Money> quota;  ///< Of the period of day one.
  std::optional<Money> forecast;
  std::vector<std::optional<Money>> quotas;  ///< By period, where there are several.
};

/// What a forecast category means for deals that have a date and no chance of their own.
struct Category {
  std::string name;
  double chance = 0;
};

/// What a territory did in an earlier period.
struct HistoryRow {
  std::string period;
  std::string territory;
  std::optional<Money> bookings;
  std::optional<Money> quota;
  std::optional<Money> forecast;
  std::map<std::string, double> counts;  ///< leads, wins, activities, proposal.advanced, ...
};

/// A sales organisation for one period or several: what a scenario file says, checked and complete.
struct Scenario {
  std::string name;
  std::string currency;
  Calendar calendar;
  RunSettings run;
  std::vector<double> thresholds{0.5, 0.8, 1.0, 1.2};  ///< Attainments whose chances are reported.
  StatedTargets company;
  std::map<std::string, StatedTargets> region_targets;
  std::vector<Territory> territories;  ///< At least one, in the file's order.
  std::vector<Category> categories;    ///< In the file's order.
  std::vector<HistoryRow> history;     ///< Oldest first.
  std::vector<Rule> rules;             ///< In the file's order, which changes nothing.
  std::vector<Season> seasons;
  std::vector<Shock> shocks;         ///< In the file's order, which changes nothing.
  std::vector<Uncertain> uncertain;  ///< Numbers that are known only in part.
  std::vector<bool> closed_weeks;    ///< By week from the start over all periods; may be shorter.
};

/// A set of territories that is reported as one: a region name at any level, or the company.
struct Group {
  std::string name;
  std::vector<std::size_t> territories;  ///< Indices, ascending.
  std::optional<Money> quota;            ///< Stated, else the sum where a territory has one; of
                                         ///< the period of day one.
  std::optional<Money> forecast;         ///< Stated, else the sum if all with a quota have one.
  Money sum_of_quotas;  ///< Handed out to its territories, before relief, whatever is stated.
  /// By period, where there are several; likewise stated, else the sum.
  std::vector<std::optional<Money>> quotas;
};

/// The quota of a period, from 0, whether there are several or one.
std::optional<Money> quota_in(const Territory& territory, int period);
std::optional<Money> quota_in(const Group& group, int period);
/// The sum of all periods' quotas; none if a period has none.
std::optional<Money> year_quota(const Territory& territory, const Calendar& calendar);
std::optional<Money> year_quota(const Group& group, const Calendar& calendar);

/// The scenario of one territory alone, which has the same luck as in the whole.
Scenario only_territory(const Scenario& scenario, std::size_t territory);

/// Whether rules, working hours, effort, shocks, a ramp, seasons or closed weeks change the
/// territory's funnel, which closed forms leave out, or numbers of it are uncertain, which they
/// take at their means.
bool funnel_changes(const Scenario& scenario, std::size_t territory);

/// Whether some stage of the territory asks for hours, of which there may then be too few.
bool asks_for_hours(const Territory& territory);

/// Whether what a deal does to bookings cannot be told by taking it out: because what the territory
/// stands at changes the others (rules that look at it, working hours, effort), or because a rule
/// lets won deals bring nothing.
bool deals_interact(const Scenario& scenario, std::size_t territory);

/// The uncertain numbers on which a territory's funnel depends: indices, ascending.
std::vector<std::size_t> uncertain_numbers_of(const Scenario& scenario, std::size_t territory);

/// [step] whether the simulated step lies in a closed week.
std::vector<bool> closed_steps(const Scenario& scenario);

/// One group per region name, in the order of first mention.
std::vector<Group> region_groups(const Scenario& scenario);
Group company_group(const Scenario& scenario);

}  // namespace attain
