#include "json_values.hpp"

#include <attain/report/figures.hpp>

#include <ostream>

namespace attain {

Json number(double value) {
  const double rounded = rounded_for_output(value);
  // Without the sign that rounding can leave on a zero, and without ".0" on whole numbers.
  if (rounded == 0) return 0;
  if (rounded == static_cast<double>(static_cast<std::int64_t>(rounded)) && rounded < 1e15 &&
      rounded > -1e15) {
    return static_cast<std::int64_t>(rounded);
  }
  return rounded;
}

Json number(const std::optional<double>& value) { return value ? number(*value) : Json(nullptr); }

Json money(const std::optional<Money>& value) {
  return value ? number(value->units()) : Json(nullptr);
}

Json chance(const std::optional<Chance>& value) {
  if (!value) return nullptr;
  return {{"probability", number(value->probability)},
          {"low", number(value->low)},
          {"high", number(value->high)}};
}

Json head_of(const Scenario& scenario, const RunRecord& run) {
  Json head;
  head["version"] = run.version;
  head["scenario"] = {{"name", scenario.name}, {"file", run.file}, {"sha256", run.sha256}};
  for (const InputFile& input : run.inputs)
    head["inputs"].push_back({{"file", input.file}, {"sha256", input.sha256}});
  if (!run.settings.empty()) head["settings"] = run.settings;
  if (!run.without_rules.empty()) head["without_rules"] = run.without_rules;
  head["run"] = {{"seed", run.seed},
                 {"replications", run.replications},
                 {"step", scenario.calendar.step == Step::day ? "day" : "week"},
                 {"weeks", scenario.calendar.period_weeks()}};
  if (scenario.calendar.periods > 1) head["run"]["periods"] = scenario.calendar.periods;
  head["run"].update({{"start", iso_date_text(scenario.calendar.start)},
                      {"end", iso_date_text(scenario.calendar.last_day())},
                      {"as_of", iso_date_text(scenario.calendar.day_one())},
                      {"weeks_done", scenario.calendar.weeks_done()}});
  if (!scenario.currency.empty()) head["run"]["currency"] = scenario.currency;
  if (run.precision) {
    head["run"]["precision"] = {{"sequential", true},
                                {"asked", number(run.precision->asked)},
                                {"achieved", number(run.precision->achieved)},
                                {"reached", run.precision->reached}};
  }
  return head;
}

void print(const Json& json, std::ostream& out) {
  // Names are checked to be UTF-8 when they are read; `replace` is for what could still slip by.
  out << json.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
}

}  // namespace attain
