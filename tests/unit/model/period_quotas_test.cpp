// Quotas by period: of territories, of groups that state them, and of those that do not.

#include <attain/model/scenario.hpp>

#include <catch2/catch.hpp>

namespace attain {
namespace {

using Quotas = std::vector<std::optional<Money>>;

Money units(int amount) { return Money{std::int64_t{100} * amount}; }

/// `quotas` by period, where the first is that of day one.
Territory territory(const std::string& name, const Quotas& quotas) {
  Territory made;
  made.name = name;
  made.region = {"East"};
  made.quota = quotas[0];
  if (quotas.size() > 1) made.quotas = quotas;
  return made;
}

Scenario with(int periods, std::vector<Territory> territories) {
  Scenario scenario;
  scenario.calendar.periods = periods;
  scenario.territories = std::move(territories);
  return scenario;
}

TEST_CASE("a group's quotas are sums, period by period", "[unit][model]") {
  const Scenario scenario = with(3, {territory("Ohio", {units(100), units(200), std::nullopt}),
                                     territory("Utah", {units(10), std::nullopt, std::nullopt})});
  for (const Group& group : {company_group(scenario), region_groups(scenario).at(0)}) {
    CHECK(group.quotas == Quotas{units(110), units(200), std::nullopt});
    CHECK(group.quota == units(110));
    CHECK(quota_in(group, 1) == units(200));
    CHECK_FALSE(year_quota(group, scenario.calendar).has_value());
  }
}

TEST_CASE("what a group states replaces the sum of that period alone", "[unit][model]") {
  Scenario scenario = with(3, {territory("Ohio", {units(100), units(200), units(300)})});
  scenario.company = {units(150), {}, {units(150), std::nullopt, units(250)}};
  scenario.region_targets["East"] = {std::nullopt, {}, {std::nullopt, units(90), std::nullopt}};
  const Group company = company_group(scenario);
  CHECK(company.quotas == Quotas{units(150), units(200), units(250)});
  CHECK(year_quota(company, scenario.calendar) == units(600));
  CHECK(company.sum_of_quotas == units(100));
  const Group east = region_groups(scenario).at(0);
  CHECK(east.quotas == Quotas{units(100), units(90), units(300)});
  CHECK(east.quota == units(100));
}

TEST_CASE("sums of all periods count what was handed out before relief", "[unit][model]") {
  Territory ohio = territory("Ohio", {units(85), units(85)});
  ohio.relief = QuotaRelief{units(100), 0.15, "leave"};
  const Scenario scenario = with(2, {ohio, territory("Utah", {units(10), units(20)})});
  const Group company = company_group(scenario);
  CHECK(company.quotas == Quotas{units(110), units(120)});
  CHECK(year_quota(company, scenario.calendar) == units(230));
  CHECK(year_quota(scenario.territories[0], scenario.calendar) == units(170));
}

TEST_CASE("one period has one quota, and it is the year's", "[unit][model]") {
  const Scenario scenario =
      with(1, {territory("Ohio", {units(100)}), territory("House", {std::nullopt})});
  const Group company = company_group(scenario);
  CHECK(company.quotas.empty());
  CHECK(quota_in(company, 0) == units(100));
  CHECK(year_quota(company, scenario.calendar) == units(100));
  CHECK(year_quota(scenario.territories[0], scenario.calendar) == units(100));
  CHECK_FALSE(year_quota(scenario.territories[1], scenario.calendar).has_value());
}

}  // namespace
}  // namespace attain
