#include "explain_sections.hpp"
#include "json_parts.hpp"

#include <attain/report/explain.hpp>

namespace attain {

namespace {

const char* name_of(Reach reach) {
  switch (reach) {
    case Reach::there: return "there";
    case Reach::reachable: return "reachable";
    case Reach::never: break;
  }
  return "never";
}

Json needed(const NeededValue& value) {
  return {{"value", number(value.value)}, {"low", number(value.low)}, {"high", number(value.high)}};
}

Json needed_unless_never(Reach reach, const NeededValue& value) {
  return reach == Reach::never ? Json(nullptr) : needed(value);
}

Json quantile(const Quantile& value) {
  return {{"value", number(value.value)}, {"low", number(value.low)}, {"high", number(value.high)}};
}

Json new_deals(const ExplainReport& report) {
  Json list = Json::array();
  for (const NewDeals& row : report.explanation.arithmetic.new_deals) {
    const Stream& stream = report.place().streams[row.stream];
    Json advance = Json::array();
    for (std::size_t i = 0; i < row.advance.size(); ++i) {
      advance.push_back(
          {{"stage", stream.funnel.stages[row.stage + i].name}, {"share", number(row.advance[i])}});
    }
    list.push_back({{"stream", stream.name},
                    {"stage", stream.funnel.stages[row.stage].name},
                    {"leads", number(row.leads)},
                    {"advance", std::move(advance)},
                    {"share_in_time", number(row.share_in_time)},
                    {"wins", number(row.wins)},
                    {"amount", number(row.amount)},
                    {"bookings", number(row.bookings)}});
  }
  return list;
}

Json open_deals(const ExplainReport& report) {
  Json list = Json::array();
  const Territory& place = report.place();
  const std::vector<OpenDealsExpectation>& rows = report.explanation.arithmetic.open;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const OpenDealsExpectation& row = rows[i];
    const Stream* stream = row.dated ? nullptr : &place.streams[row.stream];
    Json json;
    json["deal"] = text_or_null(row.deal);
    json["stream"] = stream ? Json(stream->name) : Json(nullptr);
    json["stage"] = stream ? Json(stream->funnel.stages[row.stage].name) : Json(nullptr);
    json["weeks_in_stage"] = number(row.weeks_in_stage);
    json["count"] = row.count;
    json["amount"] = number(row.amount);
    json["pipeline"] = row.in_pipeline;
    add_stated(json, place, place.open[i]);
    json["win_in_period"] = number(row.win_in_period);
    json["win_ever"] = number(row.win_ever);
    json["bookings"] = number(row.bookings);
    list.push_back(std::move(json));
  }
  return list;
}

Json named_deals(const ExplainReport& report) {
  Json list = Json::array();
  for (const NamedDeal& named : report.explanation.named) {
    Json if_still_here = Json::array();
    for (const auto& chance : named.expected.win_if_still_here) {
      if_still_here.push_back(number(chance));
    }
    list.push_back({{"deal", report.place().open[named.open].deal},
                    {"won_by", won_by(report.calendar(), named.expected.won_by)},
                    {"win_in_period_if_still_here", std::move(if_still_here)}});
  }
  return list;
}

Json last_useful_week(const ExplainReport& report) {
  Json list = Json::array();
  const int done = report.calendar().weeks_done();
  for (std::size_t i = 0; i < report.explanation.last_useful_week.size(); ++i) {
    Json by_week = Json::array();
    for (const double chance : report.explanation.arithmetic.in_time_by_week[i]) {
      by_week.push_back(number(chance));
    }
    const LastUsefulWeek& last = report.explanation.last_useful_week[i];
    list.push_back(
        {{"stream", report.place().streams[i].name},
         {"week", last.ever_won ? Json(last.week == 0 ? 0 : done + last.week) : Json(nullptr)},
         {"from_week", done + 1},
         {"closes_in_time_if_won", std::move(by_week)}});
  }
  return list;
}

Json deal_effects(const ExplainReport& report) {
  Json list = Json::array();
  for (const DealEffect& effect : report.explanation.deals) {
    list.push_back({{"deal", report.explanation.arithmetic.open[effect.open].deal},
                    {"attain_if_won", chance(effect.if_won)},
                    {"attain_if_not_won", chance(effect.if_not_won)}});
  }
  return list;
}

Json activities(const WhatItTakes& takes) {
  if (takes.leads == Reach::never) return nullptr;
  Json list = Json::array();
  for (const NeededActivity& activity : takes.activities) {
    list.push_back({{"activity", activity.name},
                    {"now", number(activity.now)},
                    {"needed", needed(activity.needed)}});
  }
  return list;
}

Json coverage(const ExplainReport& report, const WhatItTakes& takes) {
  if (takes.pipeline == Reach::never) return nullptr;
  const std::optional<double> missing = missing_to_quota(report);
  if (!missing) return nullptr;
  NeededValue value{takes.day_one.value / *missing, takes.day_one.low / *missing, {}};
  if (takes.day_one.high) value.high = *takes.day_one.high / *missing;
  return needed(value);
}

Json what_it_takes(const ExplainReport& report) {
  Json list = Json::array();
  for (const WhatItTakes& takes : report.explanation.takes) {
    Json by_stream = Json::array();
    for (std::size_t i = 0; i < report.place().streams.size(); ++i) {
      const double share = report.explanation.lead_shares[i];
      by_stream.push_back(
          {{"stream", report.place().streams[i].name},
           {"now", number(share * report.explanation.leads_per_week)},
           {"needed", takes.leads == Reach::never ? Json(nullptr)
                                                  : number(share * takes.leads_per_week.value)}});
    }
    list.push_back({{"target", number(takes.target)},
                    {"leads",
                     {{"reach", name_of(takes.leads)},
                      {"per_week", needed_unless_never(takes.leads, takes.leads_per_week)},
                      {"streams", std::move(by_stream)},
                      {"activities_per_week", activities(takes)}}},
                    {"pipeline",
                     {{"reach", name_of(takes.pipeline)},
                      {"added_deals", needed_unless_never(takes.pipeline, takes.added_deals)},
                      {"day_one", needed_unless_never(takes.pipeline, takes.day_one)},
                      {"coverage", coverage(report, takes)},
                      {"met_by_rest", takes.met_by_rest}}}});
  }
  return list;
}

Json activities_now(const ExplainReport& report) {
  Json list = Json::array();
  const double weeks = report.calendar().length_weeks();
  for (const ActivityExpectation& activity : report.explanation.arithmetic.activities) {
    list.push_back({{"activity", activity.name},
                    {"per_week", number((activity.from_open + activity.from_new) / weeks)},
                    {"from_open", number(activity.from_open)},
                    {"from_new", number(activity.from_new)}});
  }
  return list;
}

}  // namespace

void write_json(const ExplainReport& report, std::ostream& out) {
  const Explanation& explanation = report.explanation;
  const Territory& place = report.place();
  Json territory;
  territory["name"] = place.name;
  territory["region"] = place.region;
  territory["owner"] = text_or_null(place.owner);
  territory["note"] = text_or_null(place.note);
  if (const Calendar& all = report.scenario.calendar; all.periods > 1) {
    territory["period"] = all.current_period() + 1;
  }
  territory["quota"] = money(place.quota);
  territory["quota_before_relief"] = money(place.quota_before_relief());
  territory["relief"] = relief(place.relief);
  territory["forecast"] = money(place.forecast);
  territory["forecast_called"] = date(place.forecast_called);
  territory["booked"] = number(explanation.arithmetic.booked);
  territory["attain"] = chance(explanation.attain);
  if (explanation.attain_range) {
    territory["attain"]["uncertainty"] = {{"low", number(explanation.attain_range->low)},
                                          {"high", number(explanation.attain_range->high)}};
  }
  territory["attain_forecast"] = chance(explanation.attain_forecast);
  territory["expected"] = {{"wins", number(explanation.expected_wins)},
                           {"bookings", number(explanation.expected_bookings)},
                           {"from_open", number(explanation.expected_from_open)}};
  if (funnel_changes(report.scenario, report.territory)) territory["expected"]["exact"] = false;
  territory["simulated"] = {{"mean", number(explanation.simulated.mean)},
                            {"standard_error", number(explanation.standard_error)},
                            {"sd", number(explanation.simulated.sd)},
                            {"p10", quantile(explanation.p10)},
                            {"p20", quantile(explanation.p20)},
                            {"p50", quantile(explanation.p50)},
                            {"p90", quantile(explanation.p90)}};
  territory["new_deals"] = new_deals(report);
  territory["open_deals"] = open_deals(report);
  territory["expectations"] = expectations_by_week(report.calendar(), explanation.expectations);
  territory["named_deals"] = named_deals(report);
  territory["leads_per_week"] = number(explanation.leads_per_week);
  territory["activities"] = activities_now(report);
  territory["pipeline"] = number(explanation.arithmetic.pipeline);
  const std::optional<double> missing = missing_to_quota(report);
  territory["coverage"] =
      missing ? number(explanation.arithmetic.pipeline / *missing) : Json(nullptr);
  territory["deal_effects"] = deal_effects(report);
  territory["last_useful_week"] = last_useful_week(report);
  territory["what_it_takes"] = place.quota ? what_it_takes(report) : Json(nullptr);
  territory["looked_at"] = place.quota
                               ? Json{{"leads_per_week", number(explanation.limits.leads_per_week)},
                                      {"added_deals", explanation.limits.added_deals}}
                               : Json(nullptr);
  Json json = head_of(report.scenario, report.run);
  json["territory"] = std::move(territory);
  print(json, out);
}

}  // namespace attain
