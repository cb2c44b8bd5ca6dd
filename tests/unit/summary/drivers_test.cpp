#include <attain/report/drivers.hpp>
#include <attain/summary/drivers.hpp>

#include "support/build_rules.hpp"
#include "support/oracle/build_scenario.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <sstream>

using namespace attain;
using namespace attain::oracle;
using namespace attain::testing;

namespace {

using What = DriverSetting::What;

constexpr std::int64_t replications = 20'000;

SimulationOptions options_for(std::int64_t count, int threads = 1) {
  SimulationOptions options;
  options.seed = 11;
  options.replications = count;
  options.threads = threads;
  return options;
}

DriverTarget company_of(const Scenario& scenario) { return driver_targets(scenario).back(); }

Drivers drivers_of(const Scenario& scenario, const DriverTarget& target,
                   std::int64_t count = replications, int threads = 1) {
  return DriverSearch(scenario, target).run(options_for(count, threads));
}

const Driver& driver_called(const Drivers& all, DriverKind kind, const std::string& name) {
  const auto found = std::find_if(all.drivers.begin(), all.drivers.end(), [&](const Driver& each) {
    return each.kind == kind && each.name == name;
  });
  INFO(name);
  REQUIRE(found != all.drivers.end());
  return *found;
}

/// P(Poisson(mean) >= count).
double poisson_tail(double mean, int count) {
  double term = std::exp(-mean);
  double below = 0;
  for (int k = 0; k < count; ++k) {
    below += term;
    term *= mean / (k + 1);
  }
  return 1 - below;
}

/// Chance under a setting, which is known exactly, within 4.5 of its standard errors.
void check_chance(const Drivers& all, const DriverSetting& setting, double exact) {
  const double simulated = all.baseline.probability + setting.effect.value;
  INFO("simulated " << simulated << ", exact " << exact);
  CHECK(std::abs(simulated - exact) <
        4.5 * std::sqrt(exact * (1 - exact) / static_cast<double>(all.replications)));
}

/// Enough where counts are compared exactly.
constexpr std::int64_t few = 3'000;

/// Bookings of the whole scenario, as they add up, against the company's quota.
std::uint64_t company_at_quota(const Scenario& scenario, Money quota) {
  const auto bookings = simulate_bookings(build_plan(scenario), options_for(few));
  std::uint64_t count = 0;
  for (std::size_t r = 0; r < bookings[0].size(); ++r) {
    std::int64_t sum = 0;
    for (const auto& territory : bookings) sum += territory[r];
    count += sum >= quota.cents ? 1 : 0;
  }
  return count;
}

std::uint64_t count_under(const Drivers& all, const DriverSetting& setting) {
  return static_cast<std::uint64_t>(std::llround((all.baseline.probability + setting.effect.value) *
                                                 static_cast<double>(all.replications)));
}

/// Wins in 10 weeks are Poisson(leads x 10 x advance); each brings 10,000 on the spot.
Scenario at_once(double leads, double advance, int wins_needed) {
  Stream flow =
      stream("new", leads, {stage(advance, Distribution::fixed(0))}, Distribution::fixed(10'000));
  flow.funnel.stages[0].owner = "sales";
  return scenario("at once", calendar(10, Step::week),
                  {territory("East", dollars(10'000 * wins_needed), {flow})});
}

/// Three territories with everything that they could share.
Scenario shared_world() {
  const auto field = [](const char* name, double leads) {
    Stream made =
        stream(name, leads,
               {stage(0.5, Distribution::exponential(2)), stage(0.6, Distribution::exponential(2))},
               Distribution::lognormal(20'000, 0.8));
    made.funnel.name = "field";
    for (Stage& each : made.funnel.stages) each.hours = 2;
    return made;
  };
  Scenario made = scenario("shared", calendar(13, Step::week),
                           {territory("West", dollars(120'000), {field("new", 2)}, {counted(0, 4)}),
                            territory("East", dollars(150'000), {field("new", 3), field("own", 1)},
                                      {named("Acme", 1, 1.0, dollars(60'000)),
                                       due("Borealis", 30, 0.5, dollars(40'000))}),
                            territory("House", {}, {field("new", 1)})});
  made.territories[1].streams[1].source = Source::own;
  for (Territory& each : made.territories) each.capacity = hours_a_week(40);
  made.territories[0].capacity->other_time = {{"meetings", 12, {}}, {"admin", 6, {}}};
  made.territories[1].capacity->other_time = {{"meetings", 16, {}}};
  made.territories[2].capacity->selling_share = 0.5;
  made.uncertain.push_back({"leads", NumberLaw::lognormal(2, 0.3), false});
  made.uncertain.push_back({"advance", NumberLaw::logit_normal_between(0.5, 0.7), true});
  made.territories[0].streams[0].leads_uncertain = std::size_t{0};
  for (Territory& each : made.territories)
    for (Stream& flow : each.streams) flow.funnel.stages[1].advance_uncertain = std::size_t{1};
  made.shocks.push_back({"economy",
                         {Knob::leads, {}},
                         0.2,
                         {},
                         Shock::Per::period,
                         0,
                         Shock::SharedBy::attribute,
                         "region",
                         {"North", "South", "North"}});
  Rule& freeze = add_rule(made, "freeze", {}, {times(Knob::leads, 0.5)});
  freeze.chance = 0.4;
  freeze.where.erase(freeze.where.begin());
  add_rule(made, "never", {at_least(StateVariable::wins, 1e6)}, {times(Knob::amount, 2)});
  return made;
}

std::string csv_of(const Scenario& scenario, const Drivers& drivers) {
  std::ostringstream out;
  write_csv({scenario, drivers, RunRecord{}}, out);
  write_text({scenario, drivers, RunRecord{}}, Colour::none, out);
  return out.str();
}

}  // namespace

TEST_CASE("Each knob moves the chance as the exact law says", "[unit][summary][drivers]") {
  const Scenario scenario = at_once(2.5, 0.4, 10);
  const Drivers all = drivers_of(scenario, company_of(scenario));
  check_chance(all, {}, poisson_tail(10, 10));

  const Driver& leads = driver_called(all, DriverKind::leads, "new");
  REQUIRE(leads.settings.size() == 2);
  check_chance(all, leads.settings[0], poisson_tail(9, 10));
  check_chance(all, leads.settings[1], poisson_tail(11, 10));
  CHECK(leads.settings[1].from.low == 2.5);
  CHECK(leads.settings[1].to.low == Approx(2.75));

  const Driver& advance = driver_called(all, DriverKind::advance, "stage 1");
  const double odds = 0.4 / 0.6;
  for (const int end : {0, 1}) {
    const double changed = end == 0 ? odds / 1.1 : odds * 1.1;
    const double share = changed / (1 + changed);
    CHECK(advance.settings[end].to.low == Approx(share));
    check_chance(all, advance.settings[end], poisson_tail(25 * share, 10));
  }

  // At 9,000 it takes 12 wins to 100,000, at 11,000 as many as before: 10.
  const Driver& amount = driver_called(all, DriverKind::amount, "new");
  check_chance(all, amount.settings[0], poisson_tail(10, 12));
  CHECK(amount.settings[1].effect.value == 0);

  const Driver& one = driver_called(all, DriverKind::one_lead, "East");
  check_chance(all, one.settings[0], poisson_tail(14, 10));
}

TEST_CASE("An uncertain number is taken at its 10 % and its 90 % quantile",
          "[unit][summary][drivers]") {
  Scenario scenario = at_once(2.5, 0.4, 10);
  const NumberLaw law = NumberLaw::lognormal(2.5, 0.3);
  scenario.uncertain.push_back({"territories.East.leads_per_week", law, false});
  scenario.territories[0].streams[0].leads_uncertain = std::size_t{0};
  const Drivers all = drivers_of(scenario, company_of(scenario));
  const Driver& leads =
      driver_called(all, DriverKind::uncertain, "territories.East.leads_per_week");
  CHECK(leads.list == DriverList::unknown);
  CHECK(leads.settings[0].to.low == law.quantile(0.1));
  CHECK(leads.settings[1].to.low == law.quantile(0.9));
  check_chance(all, leads.settings[0], poisson_tail(4 * law.quantile(0.1), 10));
  check_chance(all, leads.settings[1], poisson_tail(4 * law.quantile(0.9), 10));
}

TEST_CASE("A deal is won on day one or gone", "[unit][summary][drivers]") {
  // Acme decides: with it quota is made, without it it is not.
  Scenario scenario = at_once(0, 0.4, 10);
  scenario.territories[0].open = {due("Acme", 20, 0.3, dollars(100'000)),
                                  due("Minor", 20, 0.5, dollars(99'999))};
  const Drivers all = drivers_of(scenario, company_of(scenario));
  const Driver& acme = driver_called(all, DriverKind::deal, "Acme");
  REQUIRE(acme.settings.size() == 2);
  CHECK(acme.settings[0].what == What::lost);
  CHECK(acme.settings[0].effect.value == -all.baseline.probability);
  CHECK(acme.settings[1].what == What::won);
  CHECK(acme.settings[1].effect.value == 1 - all.baseline.probability);
  const Driver& minor = driver_called(all, DriverKind::deal, "Minor");
  CHECK(minor.settings[0].effect.value == 0);
  CHECK(minor.settings[1].effect.value == 0);
  CHECK_FALSE(minor.measurable());
}

TEST_CASE("A part that is changed alone gives what the whole would, to the replication",
          "[unit][summary][drivers]") {
  const Scenario scenario = shared_world();
  const DriverTarget company = company_of(scenario);
  const Drivers all = drivers_of(scenario, company, few);
  CHECK(all.baseline.count == company_at_quota(scenario, *company.quota));
  CHECK(all.baseline.probability > 0.05);
  CHECK(all.baseline.probability < 0.95);
  const auto check = [&](const DriverSetting& setting, const Scenario& by_hand) {
    const std::uint64_t count = count_under(all, setting);
    CHECK(count == company_at_quota(by_hand, *company.quota));
    CHECK(count != all.baseline.count);
  };

  Scenario changed = scenario;
  changed.territories[1].streams[1].leads_per_week += 1;
  check(driver_called(all, DriverKind::one_lead, "East, own").settings[0], changed);

  changed = scenario;
  changed.rules.erase(changed.rules.begin());
  check(driver_called(all, DriverKind::rule, "freeze").settings[0], changed);

  changed = scenario;
  changed.shocks.clear();
  check(driver_called(all, DriverKind::shock, "economy").settings[0], changed);

  changed = scenario;
  for (const std::size_t t : {0, 1}) changed.territories[t].capacity->other_time[0].hours -= 1;
  check(driver_called(all, DriverKind::hours, "meetings").settings[0], changed);

  changed = scenario;
  for (const std::size_t t : {0, 1}) {
    auto& other = changed.territories[t].capacity->other_time;
    other.erase(other.begin());
  }
  check(driver_called(all, DriverKind::taker, "meetings").settings[0], changed);

  changed = scenario;
  changed.territories[2].capacity->selling_share = 21.0 / 40;
  CHECK(count_under(all, driver_called(all, DriverKind::selling, "selling").settings[0]) ==
        company_at_quota(changed, *company.quota));

  changed = scenario;
  changed.territories[1].open.erase(changed.territories[1].open.begin());
  check(driver_called(all, DriverKind::deal, "East/Acme").settings[0], changed);
  changed.territories[1].booked = dollars(60'000);
  check(driver_called(all, DriverKind::deal, "East/Acme").settings[1], changed);

  changed = scenario;
  add_rule(changed, "z", {}, {times(Knob::speed, 1.1, "stage 2")});
  check(driver_called(all, DriverKind::speed, "stage 2").settings[1], changed);

  changed = scenario;
  Rule& own = add_rule(changed, "z", {}, {times(Knob::leads, 0.9)});
  own.where = {{1, {1}, false}};
  check(driver_called(all, DriverKind::leads, "own").settings[0], changed);
}

TEST_CASE("A territory and a region are looked at by their own quotas",
          "[unit][summary][drivers]") {
  Scenario scenario = shared_world();
  scenario.territories[0].region = {"North"};
  scenario.territories[2].region = {"North"};
  const std::vector<DriverTarget> targets = driver_targets(scenario);
  REQUIRE(targets.size() == 5);
  CHECK(targets[2].name == "House");
  CHECK_FALSE(targets[2].quota);

  const auto bookings = simulate_bookings(build_plan(scenario), options_for(few));
  const auto count = [&](std::int64_t quota, const std::vector<std::size_t>& members) {
    std::uint64_t made = 0;
    for (std::size_t r = 0; r < bookings[0].size(); ++r) {
      std::int64_t sum = 0;
      for (const std::size_t member : members) sum += bookings[member][r];
      made += sum >= quota ? 1 : 0;
    }
    return made;
  };
  const Drivers east = drivers_of(scenario, targets[1], few);
  CHECK(east.baseline.count == count(15'000'000, {1}));
  CHECK(driver_called(east, DriverKind::deal, "Acme").territory == "East");
  const Drivers north = drivers_of(scenario, targets[3], few);
  CHECK(north.target.name == "North");
  CHECK(north.baseline.count == count(12'000'000, {0, 2}));
  for (const Driver& each : north.drivers) CHECK(each.kind != DriverKind::deal);
}

TEST_CASE("A knob turned by nothing changes no replication", "[unit][summary][drivers]") {
  const Scenario scenario = shared_world();
  const auto as_it_is = simulate_bookings(build_plan(scenario), options_for(2'000));
  for (const Effect& effect : {times(Knob::leads, 1), times(Knob::speed, 1, "stage 1"),
                               times(Knob::advance, 1, "stage 2"), times(Knob::amount, 1)}) {
    Scenario same = scenario;
    add_rule(same, "\xff", {}, {effect});
    CHECK(simulate_bookings(build_plan(same), options_for(2'000)) == as_it_is);
  }
}

TEST_CASE("What cannot matter has no effect at all, and stands behind what has",
          "[unit][summary][drivers]") {
  const Scenario scenario = shared_world();
  const Drivers all = drivers_of(scenario, company_of(scenario), 4'000);
  const Driver& never = driver_called(all, DriverKind::rule, "never");
  CHECK(never.settings[0].effect.value == 0);
  CHECK(never.settings[0].effect.low == 0);
  CHECK(never.settings[0].effect.high == 0);
  CHECK_FALSE(never.measurable());
  CHECK(csv_of(scenario, all).find("no measurable effect: rule never") != std::string::npos);
  for (std::size_t i = 1; i < all.drivers.size(); ++i) {
    const Driver& before = all.drivers[i - 1];
    const Driver& driver = all.drivers[i];
    CHECK(before.list <= driver.list);
    if (before.list == driver.list) CHECK(before.size() >= driver.size());
  }
}

TEST_CASE("Neither the order of territories nor threads change a byte",
          "[unit][summary][drivers]") {
  const Scenario scenario = shared_world();
  const std::string text = csv_of(scenario, drivers_of(scenario, company_of(scenario), 1'000));
  CHECK(csv_of(scenario, drivers_of(scenario, company_of(scenario), 1'000, 3)) == text);

  Scenario turned = scenario;
  std::rotate(turned.territories.begin(), turned.territories.begin() + 1, turned.territories.end());
  std::swap(turned.rules[0], turned.rules[1]);
  for (Rule& rule : turned.rules) {
    for (Selected& each : rule.where) each.territory = (each.territory + 2) % 3;
    std::sort(rule.where.begin(), rule.where.end(),
              [](const Selected& a, const Selected& b) { return a.territory < b.territory; });
  }
  auto& group = turned.shocks[0].group;
  std::rotate(group.begin(), group.begin() + 1, group.end());
  CHECK(csv_of(turned, drivers_of(turned, company_of(turned), 1'000)) == text);
}

TEST_CASE("Settings read as people say them", "[unit][report][drivers]") {
  const auto text = [](DriverUnit unit, ValueRange from, ValueRange to) {
    Driver driver;
    driver.unit = unit;
    DriverSetting setting;
    setting.from = from;
    setting.to = to;
    return setting_text(driver, setting);
  };
  CHECK(text(DriverUnit::leads_a_week, {4, 4}, {4.4, 4.4}) == "4.0 -> 4.4 leads a week");
  CHECK(text(DriverUnit::leads_a_week, {1234, 1234}, {1357, 1357}) ==
        "1,234 -> 1,357 leads a week");
  CHECK(text(DriverUnit::leads_a_week, {0.25, 0.25}, {0.275, 0.275}) ==
        "0.25 -> 0.28 leads a week");
  CHECK(text(DriverUnit::share, {0.55, 0.55}, {0.573, 0.573}) == "55 % -> 57 %");
  CHECK(text(DriverUnit::share, {0.55, 0.62}, {0.573, 0.642}) == "55 to 62 % -> 57 to 64 %");
  CHECK(text(DriverUnit::share, {0.99, 0.99}, {0.9909, 0.9909}) == "99.0 % -> 99.1 %");
  CHECK(text(DriverUnit::money, {42'000, 42'000}, {46'200, 46'200}) == "42k -> 46k");
  CHECK(text(DriverUnit::weeks, {0.02, 0.02}, {0.018, 0.018}) == "0.020 -> 0.018 weeks");
  CHECK(text(DriverUnit::hours_a_week, {6, 6}, {0, 0}) == "6 -> 0 hours a week");
  CHECK(text(DriverUnit::hours_a_week, {1.5, 6}, {0.5, 5}) == "1.5 to 6 -> 0.5 to 5 hours a week");
  CHECK(text(DriverUnit::odds_factor, {1.3, 1.3}, {1.5, 1.5}) == "odds x1.30 -> odds x1.50");
}
