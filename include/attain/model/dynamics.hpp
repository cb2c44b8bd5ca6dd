#pragma once

#include <attain/model/uncertain.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace attain {

/// Everything that changes a funnel is a multiplier on one of four knobs.
enum class Knob {
  leads,    ///< The arrival rate of a stream.
  speed,    ///< The clock of deals in a stage, or in all: 2 is twice as fast, 0 stands still.
  advance,  ///< The odds to go on, of deals that leave a stage.
  amount,   ///< Of a won deal.
};

/// A knob, of one stage or of all.
struct KnobOf {
  Knob knob = Knob::leads;
  std::string stage;  ///< Of speed and advance; empty: every stage.
  bool operator==(const KnobOf&) const = default;
};

/// A multiplier and what it acts on.
struct Effect {
  KnobOf on;
  double factor = 1;  ///< Of advance: on the odds.
  UncertainIndex factor_uncertain{};
  /// Of advance and one stage: the share that the stage's own `advance` becomes; then no factor.
  std::optional<double> to;
};

/// What a condition looks at. Week, weeks left and period are those of the step that begins; all
/// else is the state of the whole territory at the end of the step before.
enum class StateVariable {
  week,         ///< From 1 in each period.
  weeks_left,   ///< Counts the current one: 1 in the last.
  period,       ///< From 1.
  attainment,   ///< booked / quota.
  pace,         ///< booked / (quota x steps done / steps of the period); 1 before the first step.
  booked,       ///< Since the period's start, in units of the currency.
  wins,         ///< Since the period's start, or day one.
  leads,        ///< Likewise.
  activities,   ///< Likewise; of all kinds, or of one.
  open_deals,   ///< Dated ones included until they are decided.
  pipeline,     ///< Worth of open deals in pipeline stages and of dated ones, without multipliers.
  coverage,     ///< pipeline / (quota - booked); infinite once quota is made.
  utilization,  ///< Hours that the open deals ask for / hours there are in this step.
};

/// A variable between two bounds, which may be infinite and belong to the range or not.
struct Condition {
  StateVariable variable = StateVariable::week;
  std::string activity;  ///< Of StateVariable::activities; empty: all kinds.
  double low = 0;
  double high = 0;
  bool low_included = true;
  bool high_included = true;
};

/// Where a rule acts within a territory; names have been resolved.
struct Selected {
  std::size_t territory = 0;         ///< Index into Scenario::territories.
  std::vector<std::size_t> streams;  ///< Indices into Territory::streams, ascending; not empty
                                     ///< unless the territory has none.
  /// Not narrowed to streams, sources or funnels: then its amounts are those of dated deals, too.
  bool whole = true;
};

struct Rule {
  std::string name;             ///< Unique; multipliers are multiplied in byte order of names.
  std::vector<Selected> where;  ///< By territory, ascending.
  std::vector<Condition> when;  ///< All have to hold.
  double chance = 1;            ///< The share of replications and periods in which it exists.
  UncertainIndex chance_uncertain{};
  bool chance_per_territory = false;  ///< Else drawn once for all of its territories.
  std::vector<Effect> then;
};

/// Factors on a knob by time, in every territory.
struct Season {
  enum class By { week, month };
  By by = By::week;             ///< Week of the period (the last factor repeats), or month.
  std::vector<double> factors;  ///< Of months: 12.
  KnobOf on{Knob::leads, {}};
};

/// How a newcomer grows into the job: a factor by month since `start`, the last one stays.
struct Ramp {
  std::chrono::sys_days start{};  ///< Month 1 begins here.
  std::vector<double> by_month;
  bool hours = true;
  bool own_leads = true;  ///< Leads of streams of the source `own`.
  bool all_leads = false;
  bool advance = false;  ///< Odds, of all stages.
};

/// A random factor exp(sd Z - sd^2 / 2) on a knob, Z standard normal: new in each period, or in
/// each week with Z_w = persistence Z_(w-1) + sqrt(1 - persistence^2) e_w, running on across
/// periods.
struct Shock {
  enum class Per { period, week };
  enum class SharedBy { all, attribute, territory };

  std::string name;  ///< Unique.
  KnobOf on;
  double sd = 0;
  UncertainIndex sd_uncertain{};
  Per per = Per::period;
  double persistence = 0;  ///< Of Per::week; 0 to below 1.
  SharedBy shared_by = SharedBy::territory;
  std::string attribute;           ///< Of SharedBy::attribute: region, segment, or another one.
  std::vector<std::string> group;  ///< [territory] its value, which those who share have in common.
};

/// How people answer to their quota: the factor e on the leads of own streams and on the speed of
/// all stages. Before quota is made e = 1 + bonus_pull phi(z) / phi(0) + goal_gradient (1 - d)^2 -
/// give_up (if p < give_up_below), within 0.7 to 1.3; after it 1 - coast. d is what is missing as a
/// share of the quota, p = Phi(z) the chance by what is open and will come (methods page).
struct Effort {
  double bonus_pull = 0;
  double goal_gradient = 0;
  double give_up = 0;
  double give_up_below = 0.1;
  double coast = 0;

  [[nodiscard]] bool any() const {
    return bonus_pull != 0 || goal_gradient != 0 || give_up != 0 || coast != 0;
  }
  bool operator==(const Effort&) const = default;
};

/// Work beside the deals, and what it takes.
struct OtherTime {
  std::string taker;
  double hours = 0;  ///< A week.
  UncertainIndex hours_uncertain{};
};

/// The hours that a territory has for its deals in a week; none: no limit.
struct Capacity {
  double hours_per_week = 0;
  double selling_share = 1;           ///< Where no takers are stated.
  std::vector<OtherTime> other_time;  ///< Takers, each once.
  UncertainIndex hours_uncertain{};
  UncertainIndex share_uncertain{};

  /// Hours a week for deals.
  [[nodiscard]] double selling_hours() const;
};

}  // namespace attain
