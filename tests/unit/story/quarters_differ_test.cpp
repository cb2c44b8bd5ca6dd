// Scenarios in which hours, rules, behaviour and chance change funnels: what their comments claim.

#include "story.hpp"

#include <array>
#include <cmath>

using namespace attain;
using namespace attain::story;

namespace {

using Bookings = std::vector<std::vector<std::int64_t>>;  ///< [territory][replication], in cents.

Bookings bookings_of(const Scenario& scenario) {
  return simulate_bookings(build_plan(scenario), options_of(scenario));
}

double mean_of_all(const std::vector<std::int64_t>& values) {
  double sum = 0;
  for (const std::int64_t value : values) sum += static_cast<double>(value);
  return sum / static_cast<double>(values.size());
}

double correlation(const std::vector<std::int64_t>& a, const std::vector<std::int64_t>& b) {
  const double mean_a = mean_of_all(a);
  const double mean_b = mean_of_all(b);
  double products = 0;
  double squares_a = 0;
  double squares_b = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double from_a = static_cast<double>(a[i]) - mean_a;
    const double from_b = static_cast<double>(b[i]) - mean_b;
    products += from_a * from_b;
    squares_a += from_a * from_a;
    squares_b += from_b * from_b;
  }
  return products / std::sqrt(squares_a * squares_b);
}

double promise(const Summary& summary) { return summary.company.outlook.bookings.p20.value; }

/// The company's outlook in a period, from 1.
const Outlook& company_in(const Summary& summary, std::size_t period) {
  return summary.periods.at(period - 1).company.outlook;
}

}  // namespace

TEST_CASE("Half of the week: selling time is bookings, where hours are short", "[unit][story]") {
  const auto with_share = [](const char* share) {
    return shipped("half-the-week",
                   {"defaults.other_time=null", std::string("defaults.selling_share=") + share});
  };
  const Scenario half = shipped("half-the-week");
  for (const Territory& territory : half.territories) {
    CHECK(territory.capacity->selling_hours() == Approx(20));
  }
  const Summary at_50 = run(half);
  const Summary at_60 = run(with_share("60%"));
  const Summary at_70 = run(with_share("70%"));
  check_chances_are_worth_talking_about(at_50);
  CHECK(about(company_chance(at_50), 24));
  CHECK(about(company_chance(at_60), 45));
  CHECK(about(company_chance(at_70), 58));
  // The takers of the file leave what a selling share of a half does: the same futures.
  CHECK(run(with_share("50%")).company.outlook.attain->count ==
        at_50.company.outlook.attain->count);
  // The first hours bring most.
  CHECK(company_bookings(at_60) - company_bookings(at_50) >
        company_bookings(at_70) - company_bookings(at_60));
  const std::size_t saxony = 3;
  REQUIRE(half.territories[saxony].name == "Saxony");
  CHECK(between(chance(at_70, saxony) - chance(at_50, saxony), 0, 0.02));
  CHECK(at_50.territories[saxony].utilization->mean < 0.8);
  for (std::size_t i = 0; i < saxony; ++i) {
    CHECK(at_50.territories[i].utilization->mean > 1.2);
    CHECK(chance(at_70, i) - chance(at_50, i) > 0.15);
  }
}

TEST_CASE("Half of the week: where hours are short another lead is in the way", "[unit][story]") {
  const double as_it_is = company_chance(run(shipped("half-the-week")));
  const auto with = [](const std::string& setting) {
    return company_chance(run(shipped("half-the-week", {"territories." + setting})));
  };
  CHECK(between(with("Saxony.leads_per_week=3") - as_it_is, 0.01, 0.03));
  for (const char* more :
       {"Bavaria.leads_per_week=6", "Swabia.leads_per_week=5.2", "Rhineland.leads_per_week=5.6"}) {
    CHECK(between(with(more) - as_it_is, -0.035, -0.01));
  }
}

TEST_CASE("Half of the week: a weekly meeting has a price", "[unit][story]") {
  const Summary as_it_is = run(shipped("half-the-week"));
  const Summary without =
      run(shipped("half-the-week", {"defaults.other_time.\"weekly team meeting\"=0h"}));
  CHECK(between(company_chance(without) - company_chance(as_it_is), 0.095, 0.125));
  const double price = company_bookings(without) - company_bookings(as_it_is);
  CHECK(between(price, 50'000, 60'000));
  CHECK(between(price / as_it_is.company.outlook.quota->units(), 0.08, 0.1));
}

TEST_CASE("Quarter end: what is pulled in is missing later", "[unit][story]") {
  const Scenario scenario = shipped("quarter-end");
  const Summary with = run(scenario);
  const Summary without = run(without_rule(scenario, "year-end push"));
  check_chances_are_worth_talking_about(with);
  REQUIRE(with.periods.size() == 2);
  CHECK(about(chance(company_in(with, 1)), 56));
  CHECK(about(chance(company_in(without, 1)), 32));
  CHECK(about(chance(company_in(with, 2)), 20));
  CHECK(about(chance(company_in(without, 2)), 38));
  const auto difference = [&](const Outlook& a, const Outlook& b) {
    return a.bookings.mean.mean - b.bookings.mean.mean;
  };
  CHECK(between(difference(company_in(with, 1), company_in(without, 1)), 80'000, 100'000));
  CHECK(between(difference(company_in(with, 2), company_in(without, 2)), -110'000, -85'000));
  CHECK(between(difference(with.company.outlook, without.company.outlook), -20'000, -2'000));
}

TEST_CASE("Quarter end: the push alone moves deals and loses its discount", "[unit][story]") {
  // Nobody saves deals or gives up, and nothing is cheaper: then deals that are pulled in are all
  // that differs, and over the half year hardly anything does.
  Scenario scenario = without_rule(shipped("quarter-end", {"effort=null"}), "hold back");
  Rule& push = scenario.rules.at(0);
  REQUIRE(push.name == "year-end push");
  const double discounted = company_bookings(run(scenario));
  push.then.erase(
      std::remove_if(push.then.begin(), push.then.end(),
                     [](const Effect& effect) { return effect.on.knob == Knob::amount; }),
      push.then.end());
  REQUIRE(push.then.size() == 1);
  const Summary with = run(scenario);
  const Summary without = run(without_rule(scenario, "year-end push"));
  const auto mean = [](const Outlook& outlook) { return outlook.bookings.mean.mean; };
  const double more = mean(company_in(with, 1)) - mean(company_in(without, 1));
  const double less = mean(company_in(without, 2)) - mean(company_in(with, 2));
  CHECK(more > 90'000);
  CHECK(between(less / more, 0.9, 1));
  CHECK(discounted < company_bookings(with) - 10'000);
}

TEST_CASE("Quarter end: holding back and giving up cost what the file says", "[unit][story]") {
  const Scenario scenario = shipped("quarter-end");
  const Summary as_it_is = run(scenario);
  const Summary no_saving = run(without_rule(scenario, "hold back"));
  const Summary no_giving_up = run(shipped("quarter-end", {"effort=null"}));
  const double saved =
      company_in(no_saving, 1).bookings.mean.mean - company_in(as_it_is, 1).bookings.mean.mean;
  const double lost = company_bookings(no_saving) - company_bookings(as_it_is);
  CHECK(between(saved, 55'000, 75'000));
  CHECK(between(lost, 0, saved / 2));
  CHECK(between(company_bookings(no_giving_up) - company_bookings(as_it_is), 75'000, 95'000));
}

TEST_CASE("Government freeze: it comes to all at once, and costs what the file says",
          "[unit][story]") {
  const Scenario scenario = shipped("government-freeze");
  const std::size_t government = 3;
  for (std::size_t i = 0; i < scenario.territories.size(); ++i) {
    CHECK((scenario.territories[i].segment == "government") == (i < government));
  }
  const Summary as_it_is = run(scenario);
  const Summary without = run(without_rule(scenario, "budget freeze"));
  check_chances_are_worth_talking_about(as_it_is);
  CHECK(about(company_chance(as_it_is), 42));
  CHECK(about(company_chance(without), 57));
  CHECK(about(
      company_chance(run(shipped("government-freeze", {"rules.\"budget freeze\".chance=100%"}))),
      4));
  CHECK(between(company_bookings(without) - company_bookings(as_it_is), 95'000, 120'000));

  // The futures that differ are the frozen ones: three in ten, and the same for all three.
  const Bookings with = bookings_of(scenario);
  const Bookings never = bookings_of(without_rule(scenario, "budget freeze"));
  std::array<std::size_t, 4> differing{};  // [how many of the three]
  for (std::size_t future = 0; future < with[0].size(); ++future) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < government; ++i) count += with[i][future] != never[i][future];
    ++differing[count];
    for (std::size_t i = government; i < with.size(); ++i) {
      REQUIRE(with[i][future] == never[i][future]);
    }
  }
  const auto n = static_cast<double>(with[0].size());
  CHECK(between(static_cast<double>(differing[0]) / n, 0.685, 0.715));
  CHECK(static_cast<double>(differing[3]) / n > 0.28);
}

TEST_CASE("Government freeze: what is shared widens the company's range and no territory's",
          "[unit][story]") {
  const Scenario shared = shipped("government-freeze");
  const Scenario apart =
      shipped("government-freeze", {"rules.\"budget freeze\".chance={share: 30%, per: territory}"});
  const Summary together = run(shared);
  const Summary each = run(apart);
  CHECK(between(promise(each) - promise(together), 35'000, 55'000));
  CHECK(*together.company.outlook.bookings.mean.sd > 1.1 * *each.company.outlook.bookings.mean.sd);
  CHECK(company_bookings(together) == Approx(company_bookings(each)).epsilon(0.01));
  for (std::size_t i = 0; i < shared.territories.size(); ++i) {
    CHECK(chance(together, i) == Approx(chance(each, i)).margin(0.02));
  }
  const Bookings with = bookings_of(shared);
  const Bookings own = bookings_of(apart);
  const double noise = 4 / std::sqrt(static_cast<double>(with[0].size()));
  for (const auto& [a, b] : {std::pair{0, 1}, std::pair{0, 2}, std::pair{1, 2}}) {
    CHECK(correlation(with[a], with[b]) > 0.15);
    CHECK(std::abs(correlation(own[a], own[b])) < noise);
  }
  CHECK(std::abs(correlation(with[0], with[3])) < noise);
}

TEST_CASE("Government freeze: weak leads cost one region, and nobody else", "[unit][story]") {
  const Scenario scenario = shipped("government-freeze");
  const Summary as_it_is = run(scenario);
  const Summary mended = run(without_rule(scenario, "weak leads"));
  CHECK(between(company_chance(mended) - company_chance(as_it_is), 0.055, 0.085));
  for (std::size_t i = 0; i < scenario.territories.size(); ++i) {
    const bool south = scenario.territories[i].region.front() == "South";
    CHECK((chance(mended, i) - chance(as_it_is, i) > 0.05) == south);
    CHECK((mended.territories[i].outlook.attain->count ==
           as_it_is.territories[i].outlook.attain->count) != south);
    for (std::size_t s = 0; s < scenario.territories[i].streams.size(); ++s) {
      const StreamSummary& before = as_it_is.territories[i].outlook.streams[s];
      const StreamSummary& after = mended.territories[i].outlook.streams[s];
      const bool weak = south && scenario.territories[i].streams[s].source == Source::marketing;
      CHECK((after.wins > before.wins) == weak);
      CHECK(after.leads == before.leads);
    }
  }
}

TEST_CASE("New hires: the same quota is not the same chance", "[unit][story]") {
  const Summary as_it_is = run(shipped("new-hires"));
  const std::size_t ruhr = 2;
  const std::size_t eifel = 3;
  check_chances_are_worth_talking_about(as_it_is);
  CHECK(about(company_chance(as_it_is), 33));
  CHECK(about(chance(as_it_is, 0), 53));
  CHECK(about(chance(as_it_is, 1), 53));
  CHECK(about(chance(as_it_is, ruhr), 32));
  CHECK(about(chance(as_it_is, eifel), 16));
  CHECK(between(as_it_is.territories[eifel].utilization->mean, 1.45, 1.65));

  const Summary no_ramp =
      run(shipped("new-hires", {"territories.Ruhr.ramp=null", "territories.Eifel.ramp=null"}));
  CHECK(about(company_chance(no_ramp), 51));
  const Summary sooner = run(shipped("new-hires", {"territories.Eifel.ramp.start=2026-11-09"}));
  CHECK(about(chance(sooner, eifel), 33));
  CHECK(between(company_chance(sooner) - company_chance(as_it_is), 0.07, 0.11));
  const Summary relieved = run(
      shipped("new-hires", {"territories.Eifel.quota={amount: 160k, relief: 35%, why: newcomer}"}));
  CHECK(about(chance(relieved, eifel), 45));
  CHECK(between(*relieved.territories[eifel].outlook.attainment(), 0.95, 1.05));
}

TEST_CASE("New hires: leads follow the months in the seat, those of marketing do not",
          "[unit][story]") {
  const Scenario scenario = shipped("new-hires");
  const Summary summary = run(scenario);
  // Weeks that begin in each month since the start: from 7 December the first of the quarter is in
  // month 1, weeks 2 to 5 in month 2, 6 to 9 in month 3; from 9 November one week in month 2, weeks
  // 2 to 6 in month 3.
  const double eifel_weeks = 1 * 0.2 + 4 * 0.5 + 4 * 0.8 + 4;
  const double ruhr_weeks = 1 * 0.5 + 5 * 0.8 + 7;
  const auto leads = [&](std::size_t territory, const std::string& stream) {
    for (const StreamSummary& one : summary.territories[territory].outlook.streams) {
      if (one.name == stream) return one.leads;
    }
    FAIL(stream);
    return 0.0;
  };
  const auto n = static_cast<double>(summary.replications);
  const auto within_error = [&](double mean, double expected) {
    return std::abs(mean - expected) < 4 * std::sqrt(expected / n);  // A Poisson number.
  };
  CHECK(within_error(leads(2, "own"), 2 * ruhr_weeks));
  CHECK(within_error(leads(3, "own"), 2 * eifel_weeks));
  CHECK(within_error(leads(0, "own"), 2 * 13));
  for (std::size_t i = 0; i < 4; ++i) CHECK(within_error(leads(i, "marketing"), 3 * 13));
}
