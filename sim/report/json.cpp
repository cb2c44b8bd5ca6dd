#include <attain/report/json.hpp>

#include "deal_figures.hpp"
#include "json_parts.hpp"
#include "relief.hpp"

#include <attain/report/figures.hpp>

namespace attain {

namespace {

Json with_interval(const Quantile& quantile) {
  return {{"low", number(quantile.low)}, {"high", number(quantile.high)}};
}

Json bookings(const BookingsSummary& summary) {
  Json json{{"mean", number(summary.mean.mean)}, {"sd", number(summary.mean.sd)},
            {"p10", number(summary.p10.value)},  {"p20", number(summary.p20.value)},
            {"p50", number(summary.p50.value)},  {"p90", number(summary.p90.value)}};
  Json error{{"mean", nullptr},
             {"p10", with_interval(summary.p10)},
             {"p20", with_interval(summary.p20)},
             {"p50", with_interval(summary.p50)},
             {"p90", with_interval(summary.p90)}};
  if (summary.mean.half_width) {
    error["mean"] = {{"low", number(summary.mean.mean - *summary.mean.half_width)},
                     {"high", number(summary.mean.mean + *summary.mean.half_width)}};
  }
  json["intervals"] = std::move(error);
  return json;
}

Json thresholds(const Outlook& outlook) {
  if (!outlook.quota) return nullptr;
  Json list = Json::array();
  for (const ThresholdChance& threshold : outlook.thresholds) {
    list.push_back({{"at", number(threshold.at)},
                    {"probability", number(threshold.chance.probability)},
                    {"low", number(threshold.chance.low)},
                    {"high", number(threshold.chance.high)}});
  }
  return list;
}

Json streams(const Outlook& outlook) {
  Json list = Json::array();
  for (const StreamSummary& stream : outlook.streams) {
    list.push_back({{"name", stream.name},
                    {"leads", number(stream.leads)},
                    {"wins", number(stream.wins)},
                    {"bookings", number(stream.bookings)}});
  }
  return list;
}

/// Mean number of each kind over the period.
Json activities(const Summary& summary, const Outlook& outlook) {
  Json kinds = Json::object();
  for (std::size_t kind = 0; kind < summary.activities.size(); ++kind) {
    double sum = 0;
    for (const WeekSummary& week : outlook.weeks) sum += week.activities[kind];
    kinds[summary.activities[kind]] = {{"mean", number(sum)}};
  }
  return kinds;
}

Json roll_up(const Summary& summary, const RollUp& roll_up) {
  Json categories = Json::object();
  for (std::size_t i = 0; i < summary.categories.size(); ++i) {
    categories[summary.categories[i]] = number(roll_up.categories[i]);
  }
  return {{"booked", number(roll_up.booked.units())},
          {"categories", std::move(categories)},
          {"pipeline", number(roll_up.pipeline)},
          {"due_later", number(roll_up.due_later)}};
}

/// The number of one of several periods, else 1, or what stands for all of them.
Json period(const Outlook& outlook, const Calendar& calendar) {
  if (outlook.period) return *outlook.period;
  return calendar.periods > 1 ? Json("year") : Json(1);
}

Json attain_with_range(const Outlook& outlook) {
  Json json = chance(outlook.attain);
  if (outlook.uncertainty && outlook.uncertainty->attain) {
    json["uncertainty"] = {{"low", number(outlook.uncertainty->attain->low)},
                           {"high", number(outlook.uncertainty->attain->high)}};
  }
  return json;
}

Json ends_of(const Estimate& estimate) {
  return {{"low", number(estimate.low)}, {"high", number(estimate.high)}};
}

Json variance(const Uncertainty& uncertainty) {
  const std::optional<Estimate>& ignorance = uncertainty.ignorance;
  return {{"luck", number(uncertainty.luck.value)},
          {"ignorance", ignorance ? number(ignorance->value) : Json(nullptr)},
          {"intervals",
           {{"luck", ends_of(uncertainty.luck)},
            {"ignorance", ignorance ? ends_of(*ignorance) : Json(nullptr)}}}};
}

/// The keys that territories, regions and the company share.
void add_outlook(Json& json, const RunReport& report, const Outlook& outlook) {
  const Summary& summary = report.summary;
  json["period"] = period(outlook, report.scenario.calendar);
  json["quota"] = money(outlook.quota);
  json["forecast"] = money(outlook.forecast);
  json["booked"] = number(outlook.roll_up.booked.units());
  json["roll_up"] = outlook.period ? Json(nullptr) : roll_up(summary, outlook.roll_up);
  json["attain"] = attain_with_range(outlook);
  json["attain_forecast"] = chance(outlook.attain_forecast);
  json["thresholds"] = thresholds(outlook);
  json["bookings"] = bookings(outlook.bookings);
  if (outlook.uncertainty) json["variance"] = variance(*outlook.uncertainty);
  const std::optional<double> attainment = outlook.attainment();
  json["attainment"] = attainment ? Json{{"mean", number(*attainment)}} : Json(nullptr);
  json["wins"] = {{"mean", number(outlook.wins)}};
  json["expected"] = {{"wins", number(outlook.expected_wins)},
                      {"bookings", number(outlook.expected_bookings)}};
  if (!outlook.expected_is_exact) json["expected"]["exact"] = false;
  json["streams"] = streams(outlook);
  json["dated"] = {{"wins", number(outlook.dated.wins)},
                   {"bookings", number(outlook.dated.bookings)}};
  json["activities"] = activities(summary, outlook);
}

Json deals(const Calendar& calendar, const Territory& territory, const TerritorySummary& summary) {
  Json list = Json::array();
  for (const DealSummary& deal : summary.deals) {
    const OpenDeals& open = territory.open[deal.open];
    const Stream* stream = open.due ? nullptr : &territory.streams[open.stream];
    Json json;
    json["deal"] = deal.deal;
    json["stream"] = stream ? Json(stream->name) : Json(nullptr);
    json["stage"] = stream ? Json(stream->funnel.stages[open.stage].name) : Json(nullptr);
    json["amount"] = money(open.amount);
    json["weeks_in_stage"] = number(open.weeks_in_stage);
    add_stated(json, territory, open);
    json["win_probability"] = number(deal.win.probability);
    json["low"] = number(deal.win.low);
    json["high"] = number(deal.win.high);
    json["expected"] = {{"win_in_period", number(deal.expected.win_in_period)},
                        {"win_ever", number(win_ever_of(deal))}};
    json["won_by"] = won_by(calendar, deal.expected.won_by);
    list.push_back(std::move(json));
  }
  return list;
}

/// What territories booked in the periods that are over, with their quotas; `quotas` is of all.
template <class HasQuotas>
Json past_periods(const Scenario& scenario, const std::vector<std::size_t>& territories,
                  const HasQuotas& quotas) {
  Json list = Json::array();
  for (int period = 0; period < scenario.calendar.current_period(); ++period) {
    Money booked;
    for (const std::size_t t : territories) {
      const std::vector<Money>& actual = scenario.territories[t].actual;
      const auto index = static_cast<std::size_t>(period);
      if (index < actual.size()) booked += actual[index];
    }
    list.push_back({{"period", period + 1},
                    {"quota", money(quota_in(quotas, period))},
                    {"booked", number(booked.units())}});
  }
  return list;
}

/// What is stated of a territory, and its outlook for one of several periods or for the whole.
Json territory_outlook(const RunReport& report, std::size_t index, const Outlook& outlook) {
  const Territory& stated = report.scenario.territories[index];
  Json json;
  json["name"] = outlook.name;
  json["region"] = stated.region;
  json["segment"] = text_or_null(stated.segment);
  json["owner"] = text_or_null(stated.owner);
  json["note"] = text_or_null(stated.note);
  json["quota_before_relief"] =
      money(quota_before_relief(stated, outlook, report.scenario.calendar));
  json["relief"] = relief(stated.relief);
  json["forecast_called"] = date(stated.forecast_called);
  add_outlook(json, report, outlook);
  return json;
}

Json territory(const RunReport& report, std::size_t index) {
  const TerritorySummary& summary = report.summary.territories[index];
  Json json = territory_outlook(report, index, summary.outlook);
  if (summary.utilization) {
    json["utilization"] = {{"mean", number(summary.utilization->mean)},
                           {"p90", number(summary.utilization->p90)}};
  }
  if (report.scenario.calendar.current_period() > 0) {
    json["actual"] = past_periods(report.scenario, {index}, report.scenario.territories[index]);
  }
  json["lowest"] = chance(summary.lowest);
  json["deals"] = deals(report.scenario.calendar, report.scenario.territories[index], summary);
  json["expectations"] = expectations_by_week(report.scenario.calendar, summary.expectations);
  return json;
}

Json at_quota(const std::optional<AtQuota>& summary) {
  if (!summary) return nullptr;
  return {{"of", summary->of},
          {"mean", number(summary->mean)},
          {"p10", summary->p10},
          {"p50", summary->p50},
          {"p90", summary->p90}};
}

/// `region` is a list as for territories: the group's own name, empty for the company.
Json group_outlook(const RunReport& report, const GroupSummary& summary, const Json& region) {
  Json json;
  json["name"] = summary.outlook.name;
  json["region"] = region;
  json["segment"] = nullptr;
  json["territories"] = Json::array();
  for (const std::size_t member : summary.territories) {
    json["territories"].push_back(report.summary.territories[member].outlook.name);
  }
  add_outlook(json, report, summary.outlook);
  json["sum_of_quotas"] = summary.at_quota ? number(summary.sum_of_quotas.units()) : Json(nullptr);
  return json;
}

void add_at_quota(Json& json, const std::optional<AtQuota>& summary) {
  json["territories_at_quota"] = at_quota(summary);
  const bool repeats = summary && summary->repeat;
  json["repeat"] = repeats ? Json{{"mean", number(*summary->repeat)}} : Json(nullptr);
}

/// `territories` are those of the whole.
Json group(const RunReport& report, const GroupSummary& summary, const Json& region,
           const std::vector<Json>& territories) {
  Json json = group_outlook(report, summary, region);
  Json all_deals = Json::array();
  for (const std::size_t member : summary.territories) {
    for (const Json& deal : territories[member]["deals"]) {
      Json with_place{{"territory", territories[member]["name"]}};
      with_place.update(deal);
      all_deals.push_back(std::move(with_place));
    }
  }
  json["deals"] = std::move(all_deals);
  add_at_quota(json, summary.at_quota);
  return json;
}

/// A group in one of several periods.
Json group_in_period(const RunReport& report, const GroupSummary& summary, const Json& region) {
  Json json = group_outlook(report, summary, region);
  add_at_quota(json, summary.at_quota);
  return json;
}

Json without_shocks(const WithoutShocks& summary) {
  Json json{{"attain", chance(summary.attain)}};
  json.update(bookings(summary.bookings));
  return json;
}

Json lowest(const Summary& summary) {
  if (!summary.lowest) return nullptr;
  return {{"mean", number(summary.lowest->mean)},
          {"p10", number(summary.lowest->p10)},
          {"p50", number(summary.lowest->p50)},
          {"p90", number(summary.lowest->p90)},
          {"most_often", summary.territories[summary.lowest->most_often].outlook.name}};
}

Json identical_seats(const Summary& summary) {
  if (!summary.identical_seats) return nullptr;
  return {{"seats", summary.identical_seats->seats},
          {"at_quota", number(summary.identical_seats->at_quota)},
          {"lowest", number(summary.identical_seats->lowest)},
          {"same_picture", summary.identical_seats->same_picture}};
}

}  // namespace

void write_json(const RunReport& report, std::ostream& out) {
  const Summary& summary = report.summary;
  Json json = head_of(report.scenario, report.run);
  std::vector<Json> of_whole;
  Json territories = Json::array();
  for (std::size_t i = 0; i < summary.territories.size(); ++i) {
    for (const PeriodSummary& period : summary.periods) {
      territories.push_back(territory_outlook(report, i, period.territories[i]));
    }
    of_whole.push_back(territory(report, i));
    territories.push_back(of_whole.back());
  }
  Json groups = Json::array();
  for (std::size_t i = 0; i < summary.regions.size(); ++i) {
    const Json region = Json::array({summary.regions[i].outlook.name});
    for (const PeriodSummary& period : summary.periods) {
      groups.push_back(group_in_period(report, period.regions[i], region));
    }
    groups.push_back(group(report, summary.regions[i], region, of_whole));
  }
  Json company = group(report, summary.company, Json::array(), of_whole);
  company["lowest"] = lowest(summary);
  company["identical_seats"] = identical_seats(summary);
  json["territories"] = std::move(territories);
  json["groups"] = std::move(groups);
  if (summary.without_shocks) company["without_shocks"] = without_shocks(*summary.without_shocks);
  if (report.scenario.calendar.current_period() > 0) {
    company["actual"] =
        past_periods(report.scenario, summary.company.territories, company_group(report.scenario));
  }
  json["company"] = std::move(company);
  for (const PeriodSummary& period : summary.periods) {
    json["company_periods"].push_back(group_in_period(report, period.company, Json::array()));
  }
  json["cut_amounts"] = summary.cut_amounts;
  if (summary.cut_leads > 0) json["cut_leads"] = summary.cut_leads;
  print(json, out);
}

void write_run_record(const RunReport& report, std::ostream& out) {
  Json json;
  json["program"] = "attain";
  json["command"] = "run";
  json.update(head_of(report.scenario, report.run));
  print(json, out);
}

}  // namespace attain
