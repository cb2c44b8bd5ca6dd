#include <attain/model/scenario.hpp>

#include <algorithm>
#include <cmath>

namespace attain {

namespace {

constexpr double spread = 1.2;
constexpr double margin = 1000;

/// Below this chance of being there at all, a deal is older than any deal can be.
constexpr double impossibly_old = 1e-9;

double open_deals(const Territory& territory) {
  double open = 0;
  for (const OpenDeals& deals : territory.open) open += deals.count;
  return open;
}

/// By period: what is stated, else the sum of what is handed out.
void complete_periods(Group& group, const Scenario& scenario, const StatedTargets& stated) {
  if (scenario.calendar.periods == 1) return;
  for (int period = 0; period < scenario.calendar.periods; ++period) {
    const auto index = static_cast<std::size_t>(period);
    std::optional<Money> sum;
    for (const std::size_t member : group.territories) {
      const Territory& territory = scenario.territories[member];
      const std::optional<Money> quota = quota_in(territory, period);
      if (!quota) continue;
      // A relief belongs to a quota that is the same in all periods.
      sum = sum.value_or(Money{}) + (territory.relief ? territory.relief->before : *quota);
    }
    const bool is_stated = index < stated.quotas.size() && stated.quotas[index].has_value();
    group.quotas.push_back(is_stated ? stated.quotas[index] : sum);
  }
}

void complete(Group& group, const Scenario& scenario, const StatedTargets& stated) {
  complete_periods(group, scenario, stated);
  bool any_quota = false;
  bool all_forecasts = true;
  Money forecasts;
  for (const std::size_t index : group.territories) {
    const Territory& territory = scenario.territories[index];
    if (territory.quota) {
      any_quota = true;
      group.sum_of_quotas += *territory.quota_before_relief();
      all_forecasts = all_forecasts && territory.forecast.has_value();
    }
    if (territory.forecast) forecasts += *territory.forecast;
  }
  group.quota = stated.quota;
  if (!group.quota && any_quota) group.quota = group.sum_of_quotas;
  group.forecast = stated.forecast;
  if (!group.forecast && any_quota && all_forecasts) group.forecast = forecasts;
}

}  // namespace

double Capacity::selling_hours() const {
  double hours = hours_per_week * selling_share;
  for (const OtherTime& taker : other_time) hours -= taker.hours;
  return std::max(hours, 0.0);
}

double weeks_of_64ths(long long sixty_fourths, int steps_per_week) {
  return static_cast<double>(sixty_fourths) / (64.0 * steps_per_week);
}

long long age_in_64ths(double age_weeks, int steps_per_week) {
  return static_cast<long long>(std::floor(age_weeks * steps_per_week * 64 + 0.5));
}

double rounded_age(double age_weeks, int steps_per_week) {
  return weeks_of_64ths(age_in_64ths(age_weeks, steps_per_week), steps_per_week);
}

bool is_impossibly_old(const Stage& stage, double rounded_age_weeks) {
  return stage.advance * stage.weeks_to_advance.survival_from(rounded_age_weeks) +
             (1 - stage.advance) * stage.weeks_to_lost.survival_from(rounded_age_weeks) <
         impossibly_old;
}

int due_day(std::chrono::sys_days date, const Calendar& calendar) {
  return std::max(static_cast<int>((date - calendar.day_one()).count()), 0);
}

double mean_amount(const OpenDeals& deals, const Territory& territory) {
  if (deals.amount) return deals.amount->units();
  return deals.due ? deals.due->amount.mean()
                   : territory.streams[deals.stream].funnel.amount.mean();
}

double room_for_deals(const Territory& territory, const Calendar& calendar) {
  double leads = 0;
  for (const Stream& stream : territory.streams)
    leads += stream.leads_per_week * calendar.length_weeks();
  return open_deals(territory) + spread * leads + margin;
}

double most_leads_per_week(const Territory& territory, const Calendar& calendar) {
  const double left = most_deals_of_a_territory - margin - open_deals(territory);
  return std::max(left, 0.0) / (spread * calendar.length_weeks());
}

double bookings_if_all_won(const Territory& territory, const Calendar& calendar) {
  double bookings = territory.booked.units();
  for (const Stream& stream : territory.streams) {
    bookings += stream.leads_per_week * calendar.length_weeks() * stream.funnel.amount.mean();
  }
  for (const OpenDeals& deals : territory.open) {
    bookings += deals.count * mean_amount(deals, territory);
  }
  return bookings;
}

Scenario only_territory(const Scenario& scenario, std::size_t territory) {
  Scenario alone = scenario;
  alone.territories = {scenario.territories[territory]};
  alone.region_targets.clear();
  alone.company = {};
  alone.history.clear();
  for (Rule& rule : alone.rules) {
    std::erase_if(rule.where,
                  [territory](const Selected& each) { return each.territory != territory; });
    for (Selected& each : rule.where) each.territory = 0;
  }
  for (Shock& shock : alone.shocks) {
    if (!shock.group.empty()) shock.group = {shock.group[territory]};
  }
  return alone;
}

namespace {

bool acts_in(const Rule& rule, std::size_t territory) {
  return std::any_of(rule.where.begin(), rule.where.end(),
                     [territory](const Selected& each) { return each.territory == territory; });
}

bool looks_at_state(const Rule& rule) {
  return std::any_of(rule.when.begin(), rule.when.end(), [](const Condition& condition) {
    return condition.variable != StateVariable::week &&
           condition.variable != StateVariable::weeks_left &&
           condition.variable != StateVariable::period;
  });
}

}  // namespace

bool asks_for_hours(const Territory& territory) {
  return std::any_of(territory.streams.begin(), territory.streams.end(), [](const Stream& stream) {
    return std::any_of(stream.funnel.stages.begin(), stream.funnel.stages.end(),
                       [](const Stage& stage) { return stage.hours > 0; });
  });
}

bool deals_interact(const Scenario& scenario, std::size_t territory) {
  const Territory& its = scenario.territories[territory];
  const auto brings_nothing = [](const Effect& effect) {
    return effect.on.knob == Knob::amount && effect.factor <= 0;
  };
  return (its.capacity && asks_for_hours(its)) || (its.effort && its.effort->any()) ||
         std::any_of(scenario.rules.begin(), scenario.rules.end(), [&](const Rule& rule) {
           return acts_in(rule, territory) &&
                  (looks_at_state(rule) ||
                   std::any_of(rule.then.begin(), rule.then.end(), brings_nothing));
         });
}

bool funnel_changes(const Scenario& scenario, std::size_t territory) {
  const Territory& its = scenario.territories[territory];
  const bool is_ruled =
      std::any_of(scenario.rules.begin(), scenario.rules.end(),
                  [territory](const Rule& rule) { return acts_in(rule, territory); });
  return is_ruled || !scenario.seasons.empty() || !scenario.shocks.empty() || its.ramp ||
         (its.capacity && asks_for_hours(its)) || (its.effort && its.effort->any()) ||
         !uncertain_numbers_of(scenario, territory).empty() ||
         std::find(scenario.closed_weeks.begin(), scenario.closed_weeks.end(), true) !=
             scenario.closed_weeks.end();
}

std::vector<bool> closed_steps(const Scenario& scenario) {
  const Calendar& calendar = scenario.calendar;
  std::vector<bool> closed;
  for (int step = calendar.steps_done; step < calendar.all_steps(); ++step) {
    const auto week = static_cast<std::size_t>(calendar.week_of(step));
    closed.push_back(week < scenario.closed_weeks.size() && scenario.closed_weeks[week]);
  }
  return closed;
}

namespace {

std::optional<Money> quota_of_period(const std::optional<Money>& quota,
                                     const std::vector<std::optional<Money>>& quotas, int period) {
  return quotas.empty() ? quota : quotas[static_cast<std::size_t>(period)];
}

template <class HasQuotas>
std::optional<Money> sum_of_year(const HasQuotas& whose, const Calendar& calendar) {
  Money sum;
  for (int period = 0; period < calendar.periods; ++period) {
    const std::optional<Money> quota = quota_in(whose, period);
    if (!quota) return {};
    sum += *quota;
  }
  return sum;
}

}  // namespace

std::optional<Money> quota_in(const Territory& territory, int period) {
  return quota_of_period(territory.quota, territory.quotas, period);
}

std::optional<Money> quota_in(const Group& group, int period) {
  return quota_of_period(group.quota, group.quotas, period);
}

std::optional<Money> year_quota(const Territory& territory, const Calendar& calendar) {
  return sum_of_year(territory, calendar);
}

std::optional<Money> year_quota(const Group& group, const Calendar& calendar) {
  return sum_of_year(group, calendar);
}

std::vector<Group> region_groups(const Scenario& scenario) {
  std::vector<Group> groups;
  std::map<std::string, std::size_t> index_of;
  for (std::size_t i = 0; i < scenario.territories.size(); ++i) {
    for (const std::string& name : scenario.territories[i].region) {
      const auto [entry, is_new] = index_of.try_emplace(name, groups.size());
      if (is_new)
        groups.push_back({.name = name,
                          .territories = {},
                          .quota = {},
                          .forecast = {},
                          .sum_of_quotas = {},
                          .quotas = {}});
      std::vector<std::size_t>& members = groups[entry->second].territories;
      if (members.empty() || members.back() != i) members.push_back(i);
    }
  }
  for (Group& group : groups) {
    const auto stated = scenario.region_targets.find(group.name);
    complete(group, scenario,
             stated == scenario.region_targets.end() ? StatedTargets{} : stated->second);
  }
  return groups;
}

Group company_group(const Scenario& scenario) {
  Group company{.name = "Company",
                .territories = {},
                .quota = {},
                .forecast = {},
                .sum_of_quotas = {},
                .quotas = {}};
  for (std::size_t i = 0; i < scenario.territories.size(); ++i) company.territories.push_back(i);
  complete(company, scenario, scenario.company);
  return company;
}

}  // namespace attain
