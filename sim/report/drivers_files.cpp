#include "json_parts.hpp"

#include <attain/report/csv.hpp>
#include <attain/report/drivers.hpp>

#include <ostream>

namespace attain {

namespace {

const char* name_of(DriverList list) {
  switch (list) {
    case DriverList::unknown: return "what we do not know";
    case DriverList::changeable: return "what we can change";
    case DriverList::possible: break;
  }
  return "what may happen";
}

const char* name_of(DriverKind kind) {
  switch (kind) {
    case DriverKind::uncertain: return "uncertain";
    case DriverKind::leads: return "leads";
    case DriverKind::speed: return "speed";
    case DriverKind::advance: return "advance";
    case DriverKind::amount: return "amount";
    case DriverKind::hours: return "hour";
    case DriverKind::taker: return "taker";
    case DriverKind::selling: return "selling";
    case DriverKind::one_lead: return "one_lead";
    case DriverKind::rule: return "rule";
    case DriverKind::shock: return "shock";
    case DriverKind::deal: break;
  }
  return "deal";
}

Json range(const DriverSetting& setting, const ValueRange& values) {
  if (setting.what != DriverSetting::What::value) return nullptr;
  return {{"low", number(values.low)}, {"high", number(values.high)}};
}

}  // namespace

void write_json(const DriversReport& report, std::ostream& out) {
  const Drivers& drivers = report.drivers;
  Json list = Json::array();
  for (const Driver& driver : drivers.drivers) {
    for (const DriverSetting& setting : driver.settings) {
      list.push_back({{"name", driver.name},
                      {"list", name_of(driver.list)},
                      {"kind", name_of(driver.kind)},
                      {"territory", text_or_null(driver.territory)},
                      {"owner", text_or_null(driver.owner)},
                      {"setting", setting_text(driver, setting)},
                      {"from", range(setting, setting.from)},
                      {"to", range(setting, setting.to)},
                      {"difference", number(setting.effect.value)},
                      {"low", number(setting.effect.low)},
                      {"high", number(setting.effect.high)}});
    }
  }
  Json json = head_of(report.scenario, report.run);
  json["target"] = drivers.target.name;
  json["quota"] = money(drivers.target.quota);
  json["baseline"] = chance(drivers.baseline);
  json["drivers"] = std::move(list);
  print(json, out);
}

void write_csv(const DriversReport& report, std::ostream& out) {
  CsvWriter csv(out);
  for (const char* name :
       {"target", "baseline", "list", "kind", "name", "territory", "owner", "setting", "from_low",
        "from_high", "to_low", "to_high", "difference", "low", "high"}) {
    csv.text(name);
  }
  csv.end_row();
  const auto value = [&csv](const DriverSetting& setting, double stated) {
    if (setting.what == DriverSetting::What::value) {
      csv.number(stated);
    } else {
      csv.empty();
    }
  };
  for (const Driver& driver : report.drivers.drivers) {
    for (const DriverSetting& setting : driver.settings) {
      csv.text(report.drivers.target.name).number(report.drivers.baseline.probability);
      csv.text(name_of(driver.list)).text(name_of(driver.kind)).text(driver.name);
      csv.text(driver.territory).text(driver.owner).text(setting_text(driver, setting));
      value(setting, setting.from.low);
      value(setting, setting.from.high);
      value(setting, setting.to.low);
      value(setting, setting.to.high);
      csv.number(setting.effect.value).number(setting.effect.low).number(setting.effect.high);
      csv.end_row();
    }
  }
}

}  // namespace attain
