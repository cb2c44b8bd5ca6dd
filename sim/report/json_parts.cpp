#include "json_parts.hpp"

#include "deal_text.hpp"

#include <attain/report/figures.hpp>

namespace attain {

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json date(const std::optional<std::chrono::sys_days>& day) {
  return day ? Json(iso_date_text(*day)) : Json(nullptr);
}

void add_stated(Json& json, const Territory& territory, const OpenDeals& open) {
  json["due"] = nullptr;
  json["chance"] = nullptr;
  json["slip"] = nullptr;
  if (open.due) {
    json["due"] = open.due->date ? date(open.due->date) : Json("spread");
    json["chance"] = number(open.due->chance);
    if (open.due->slip_chance > 0) {
      json["slip"] = {{"chance", number(open.due->slip_chance)},
                      {"weeks", number(open.due->slip_weeks.mean())}};
    }
  }
  json["category"] = text_or_null(open.labels.category);
  json["account"] = text_or_null(open.labels.account);
  json["owner"] = text_or_null(open.labels.owner);
  json["note"] = text_or_null(open.labels.note);
  json["stage_owner"] = stage_owner(territory, open);
}

Json won_by(const Calendar& calendar, const std::vector<double>& chances) {
  Json list = Json::array();
  for (const double chance : chances) list.push_back(number(chance));
  return {{"from_week", calendar.weeks_done() + 1}, {"probability", std::move(list)}};
}

Json expectations_by_week(const Calendar& calendar, const std::vector<ExpectationSummary>& all) {
  Json list = Json::array();
  for (const ExpectationSummary& item : all) {
    Json mean = Json::array();
    Json p10 = Json::array();
    Json p90 = Json::array();
    for (const ExpectedByWeek& week : item.weeks) {
      mean.push_back(number(week.mean));
      p10.push_back(number(week.p10));
      p90.push_back(number(week.p90));
    }
    list.push_back({{"owner", item.owner},
                    {"what", item.what},
                    {"from_week", calendar.weeks_done() + 1},
                    {"mean", std::move(mean)},
                    {"p10", std::move(p10)},
                    {"p90", std::move(p90)}});
  }
  return list;
}

Json relief(const std::optional<QuotaRelief>& relief) {
  if (!relief) return nullptr;
  return {{"share", number(relief->share)}, {"why", relief->why}};
}

}  // namespace attain
