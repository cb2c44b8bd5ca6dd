#include "support/oracle/reference_scenarios.hpp"

#include "support/oracle/build_scenario.hpp"

#include <cmath>

namespace attain::oracle {

namespace {

using D = Distribution;

const double root_half = std::sqrt(0.5);

/// Open deals by age under the dwell laws of reference R4: advance Gamma(4, scale .75), lost
/// Gamma(2, scale 4), and 40 % advance.
Scenario open_deals_by_age() {
  const Stage aging = stage(0.4, D::gamma(3, 0.5), D::gamma(8, root_half));
  std::vector<OpenDeals> open;
  for (const double age : {0.0, 2.0, 4.0, 8.0}) {
    open.push_back(named("age " + std::to_string(static_cast<int>(age)), 0, age, dollars(10'000)));
  }
  open.push_back(counted(0, 6, 3.3));
  open.push_back(counted(0, 2, 0.01));
  return scenario("open deals by age", calendar(13, Step::week),
                  {territory("Aging", dollars(45'000),
                             {stream("new", 1, {aging}, D::gamma(10'000, 0.6))}, open)});
}

Scenario three_lead_rates() {
  std::vector<Territory> territories;
  const std::vector<std::pair<double, int>> rates{{3, 39'840}, {6, 85'316}, {12, 174'844}};
  for (const auto& [rate, quota] : rates) {
    territories.push_back(
        territory("Rate " + std::to_string(static_cast<int>(rate)), dollars(quota),
                  {stream("new", rate, canonical_stages(), canonical_amounts())}));
  }
  return scenario("three lead rates", calendar(13, Step::week), territories);
}

Scenario dwell_by_outcome() {
  return scenario(
      "stays that differ by outcome", calendar(13, Step::week),
      {territory("Patient", dollars(200'000),
                 {stream("new", 5,
                         {stage(0.6, D::gamma(1.5, 0.8), D::weibull(5, 0.7)),
                          stage(0.5, D::lognormal(4, 0.6), D::exponential(1.2)),
                          stage(0.7, D::exponential(2), D::gamma(6, 0.5))},
                         D::gamma(20'000, 0.5))},
                 {counted(0, 5, 2), counted(1, 4, 5), counted(2, 3, 0.5), counted(2, 2)})});
}

/// Stays so short that several stages are passed in one week, and shares that start late.
Scenario two_streams() {
  Stream field = stream("field", 4,
                        {stage(0.6, D::exponential(0.4)), stage(0.5, D::gamma(0.5, 0.5)),
                         stage(0.6, D::exponential(3))},
                        D::lognormal(15'000, 0.6));
  field.enter = {0.7, 0.2, 0.1};
  Stream renewal =
      stream("renewal", 3.5, {stage(0.9, D::weibull(0.8, 0.4)), stage(0.8, D::lognormal(0.6, 1.1))},
             D::exponential(3'000));
  renewal.enter = {0.25, 0.75};
  OpenDeals renewing = counted(1, 8, 0.4);
  renewing.stream = 1;
  OpenDeals big = named("Big renewal", 0, 1.0, dollars(60'000));
  big.stream = 1;
  return scenario(
      "two streams with entry shares", calendar(13, Step::week),
      {territory("Both", dollars(260'000), {field, renewal}, {counted(0, 3), renewing, big})});
}

Scenario empirical_amounts() {
  return scenario(
      "empirical amounts", calendar(13, Step::week),
      {territory("Price list", dollars(60'000),
                 {stream("new", 4, {stage(0.5, D::exponential(2)), stage(0.6, D::exponential(3))},
                         D::empirical({2'500, 5'000, 12'500, 20'000}, {4, 3, 2, 1}))},
                 {counted(1, 4), named("Special", 1, 1.5, dollars(7'500))})});
}

/// Orders that are won in the week in which they come: amounts and quota on one lattice.
Scenario immediate_orders() {
  return scenario(
      "immediate orders", calendar(13, Step::week),
      {territory("Orders", dollars(210'000),
                 {stream("orders", 5, {stage(1, D::fixed(0))}, D::fixed(3'000))}, {counted(0, 4)}),
       territory("Half of them", dollars(99'000),
                 {stream("orders", 5, {stage(0.5, D::fixed(0)), stage(1, D::fixed(0))},
                         D::fixed(3'000))})});
}

Scenario every_family() {
  return scenario(
      "every family of stays", calendar(20, Step::week),
      {territory("Mixed", dollars(150'000),
                 {stream("new", 6,
                         {stage(0.7, D::gamma(2, 1.5)), stage(0.7, D::weibull(2.5, 0.5)),
                          stage(0.7, D::lognormal(1.5, 0.9)),
                          stage(0.6, D::empirical({0, 0.5, 1.75, 4}, {1, 2, 3, 2}))},
                         D::weibull(5'000, 0.5))},
                 {counted(0, 3), counted(0, 2, 7), counted(1, 3), counted(1, 2, 2.2), counted(2, 3),
                  counted(2, 2, 6.6), counted(3, 3), counted(3, 2, 1.75), counted(3, 2, 2)})});
}

/// Stays of whole and fractional weeks, of which the ages of open deals hit the atoms.
Scenario fixed_stays(Step step) {
  return scenario(
      step == Step::week ? "fixed stays" : "fixed stays, daily steps", calendar(10, step),
      {territory("Clockwork", dollars(64'000),
                 {stream("new", 4,
                         {stage(0.8, D::fixed(2)), stage(0.75, D::fixed(1.375)),
                          stage(0.5, D::fixed(3), D::fixed(0.25))},
                         D::fixed(4'000))},
                 {counted(0, 3, 2), counted(0, 3, 1), counted(0, 2), counted(1, 3, 1.375),
                  counted(1, 2, 0.375), counted(2, 4, 3), counted(2, 4, 0), counted(2, 4)})});
}

/// Means above 64 a step, which the engine draws in parts.
Scenario many_leads() {
  return scenario(
      "many leads", calendar(13, Step::week),
      {territory("Web shop", dollars(620'000),
                 {stream("web", 400, {stage(0.3, D::exponential(1)), stage(0.5, D::gamma(2, 0.7))},
                         D::gamma(1'000, 1))},
                 {counted(0, 350), counted(1, 120, 1.5)})});
}

Scenario very_old_deals() {
  return scenario(
      "very old deals", calendar(13, Step::week),
      {territory(
          "Zombies", dollars(30'000),
          {stream("new", 1,
                  {stage(0.5, D::gamma(2, 0.5), D::lognormal(3, 1)), stage(0.6, D::exponential(2))},
                  D::exponential(10'000))},
          {counted(0, 3, 40), named("Old but alive", 1, 35.0),
           named("Dead", 1, 60.0, dollars(25'000)), counted(1, 2, 12)})});
}

Scenario named_deals() {
  return scenario(
      "named deals", calendar(13, Step::week),
      {territory("Key accounts", dollars(300'000),
                 {stream("new", 1.5,
                         {stage(0.45, D::gamma(2, 0.8)), stage(0.6, D::gamma(3, 0.6)),
                          stage(0.72, D::exponential(2))},
                         D::gamma(42'000, 0.7))},
                 {named("Acme", 2, 3.0, dollars(90'000)), named("Borealis", 1, {}, dollars(60'000)),
                  named("Cedar", 0, 0.0), named("Delta", 2, {}), named("Echo", 1, 9.0), [] {
                    OpenDeals own_amount = counted(1, 3, 1.0);
                    own_amount.amount = dollars(25'000);
                    return own_amount;
                  }()})});
}

/// Three with a quota, one without; amounts on a lattice beside continuous ones.
Scenario several_territories(Step step) {
  const std::vector<Stage> stages{stage(0.5, D::exponential(1.5)), stage(0.5, D::gamma(2.5, 0.5))};
  const auto place = [](Territory made, std::vector<std::string> region) {
    made.region = std::move(region);
    return made;
  };
  Territory north = place(territory("North", dollars(80'000),
                                    {stream("new", 4, stages, D::fixed(10'000))}, {counted(1, 3)}),
                          {"Americas", "East"});
  north.forecast = dollars(70'000);
  Territory south =
      place(territory("South", dollars(90'000), {stream("new", 5, stages, D::gamma(11'000, 0.6))},
                      {named("Fixed part", 1, 1.0, dollars(20'000))}),
            {"Americas", "East"});
  south.forecast = dollars(95'000);
  Territory west = place(territory("West", dollars(50'000),
                                   {stream("new", 3, stages, D::weibull(12'000, 0.8)),
                                    stream("orders", 2, {stage(1, D::fixed(0))}, D::fixed(500))}),
                         {"Americas", "West"});
  west.forecast = dollars(50'000);
  const Territory house = place(territory("House accounts", {},
                                          {stream("orders", 3, {stage(0.9, D::exponential(0.5))},
                                                  D::empirical({500, 1'500}))}),
                                {"Elsewhere"});
  Scenario made =
      scenario(step == Step::week ? "several territories" : "several territories, daily steps",
               calendar(13, step), {north, south, west, house});
  made.company.quota = dollars(240'000);
  made.region_targets["East"].quota = dollars(165'000);
  return made;
}

Scenario found_without_age() {
  return scenario("open deals without an age", calendar(8, Step::week),
                  {territory("Found", dollars(90'000),
                             {stream("none", 0,
                                     {stage(0.3, D::gamma(8, 0.4), D::gamma(2, 1)),
                                      stage(0.6, D::lognormal(2, 1.2), D::weibull(6, 0.5)),
                                      stage(0.7, D::fixed(2.5), D::empirical({0, 1, 5}))},
                                     D::gamma(10'000, 0.3))},
                             {counted(0, 6), counted(1, 7), counted(2, 8)})});
}

/// Renewals of every kind: on a day, spread, overdue, behind the end; with slips of every family.
Scenario renewals_run_out(Step step) {
  const Distribution amounts = D::gamma(6'000, 0.4);
  std::vector<OpenDeals> open{
      renewals(14, {}, 0.92, amounts),
      slipping(renewals(9, {}, 0.7, D::fixed(2'000)), 0.4, D::exponential(3)),
      slipping(renewals(6, 31, 0.8, amounts), 0.3, D::gamma(4, 0.7)),
      slipping(renewals(5, -20, 0.6, D::empirical({1'000, 4'000})), 0.5, D::fixed(2)),
      slipping(renewals(7, 88, 0.9, D::fixed(2'000)), 0.25, D::weibull(2, 1.4)),
      renewals(3, 91, 0.9, amounts),
      renewals(3, 90, 1, D::exponential(3'000))};
  open[3].amount = dollars(2'500);
  // Nothing but dates, and many of them.
  Territory book =
      territory("Book", dollars(413'000), {},
                {slipping(renewals(400, {}, 0.9, D::fixed(1'000)), 0.1, D::gamma(3, 0.6)),
                 renewals(100, 45, 0.85, D::fixed(1'000))});
  book.booked = dollars(2'500);
  return scenario(
      step == Step::week ? "renewals" : "renewals, daily steps", calendar(13, step),
      {territory("Renewals", dollars(180'000),
                 {stream("new", 2, {stage(0.5, D::exponential(2))}, D::gamma(9'000, 1))}, open),
       book});
}

/// Slips that end on the first day of a step, on the last one, and between.
Scenario dated_beside_staged(Step step) {
  const auto days = [](double count) { return D::fixed(count / 7); };
  return scenario(
      step == Step::week ? "dated deals" : "dated deals, daily steps", calendar(8, step),
      {territory("Dates", dollars(260'000),
                 {stream("new", 2, {stage(0.5, D::exponential(2)), stage(0.6, D::gamma(2, 0.7))},
                         D::gamma(20'000, 0.5))},
                 {slipping(due("Edge", 0, 0.8, dollars(30'000)), 0.3, D::fixed(2)),
                  slipping(due("Next edge", 10, 0.8, dollars(10'000)), 0.3, days(4)),
                  slipping(due("Last day of a week", 10, 0.8, dollars(10'000)), 0.3, days(3)),
                  slipping(due("Behind the end", 50, 0.7, dollars(10'000)), 0.5, days(6)),
                  slipping(due("Just in time", 50, 0.7, dollars(10'000)), 0.5, days(5)),
                  slipping(due("Overdue", -3, 0.6, dollars(25'000)), 0.6, D::lognormal(2, 1)),
                  slipping(due("Listed", 20, 0.5, dollars(40'000)), 1,
                           D::empirical({0, 0.5, 1, 9}, {1, 2, 3, 1})),
                  slipping(due("Gamma", 13, 0.55, dollars(35'000)), 0.45, D::gamma(1.5, 0.8)),
                  slipping(due("Weibull", 14, 0.65, dollars(15'000)), 0.35, D::weibull(3, 0.6)),
                  slipping(due("Fraction", 6, 0.5, dollars(12'000)), 0.9, D::fixed(0.2)),
                  due("Certain", 27, 1, dollars(5'000)), due("Never", 27, 0, dollars(99'000)),
                  due("Too late", 56, 0.9, dollars(70'000)), named("Staged", 1, 2.0), counted(0, 3),
                  counted(1, 2, 1.5)})});
}

/// Some of the period is over; the last week of the daily one is in part, and so is its first.
Scenario mid_quarter(Step step) {
  const bool weekly = step == Step::week;
  const std::vector<Stage> stages{stage(0.5, D::exponential(1.5)), stage(0.6, D::gamma(2.5, 0.5))};
  Stream field = stream("field", 3, stages, D::gamma(12'000, 0.6));
  field.enter = {0.8, 0.2};
  field.funnel.pipeline_from = 1;
  field.funnel.stages[0].owner = "marketing";
  Stream partner = stream("partner", 1, stages, D::fixed(8'000));
  partner.funnel.stages[1].owner = "partners";
  partner.owner = "partners";
  OpenDeals from_partner = counted(1, 3, 1.0);
  from_partner.stream = 1;
  from_partner.amount = dollars(9'000);
  Territory first = territory(
      "First", dollars(255'000), {field, partner},
      {counted(0, 3), counted(1, 4, 2.2), from_partner, named("Staged", 0, 1.0, dollars(20'000)),
       slipping(due("Dated", 60, 0.75, dollars(45'000)), 0.3, D::exponential(2)),
       slipping(due("Overdue", 20, 0.5, dollars(15'000)), 0.5, D::gamma(1.5, 0.5)),
       slipping(renewals(10, {}, 0.85, D::gamma(4'000, 0.5)), 0.2, D::fixed(3))});
  first.booked = Money{7'654'321};
  first.region = {"East"};
  first.forecast = dollars(230'000);
  Territory second = territory("Second", dollars(145'000), {field}, {counted(1, 2)});
  second.booked = dollars(60'000);
  second.region = {"East"};
  return scenario(weekly ? "mid-quarter" : "mid-quarter, daily steps",
                  weekly ? calendar_from(13, 5, step) : calendar_from(87, 38, step),
                  {first, second});
}

}  // namespace

std::vector<Stage> canonical_stages() {
  return {stage(0.5, D::exponential(2)), stage(0.5, D::exponential(2)),
          stage(0.4, D::exponential(2))};
}

Distribution canonical_amounts() { return D::lognormal(20'000, std::sqrt(std::expm1(0.64))); }

Scenario canonical_scenario(Step step) {
  return scenario(step == Step::week ? "C1, weekly steps" : "C1, daily steps", calendar(13, step),
                  {territory("C1", dollars(100'000),
                             {stream("new", 6, canonical_stages(), canonical_amounts())},
                             {counted(0, 4), counted(1, 3), counted(2, 2)})});
}

std::vector<Scenario> reference_scenarios() {
  return {canonical_scenario(Step::week),
          canonical_scenario(Step::day),
          open_deals_by_age(),
          three_lead_rates(),
          dwell_by_outcome(),
          found_without_age(),
          two_streams(),
          empirical_amounts(),
          immediate_orders(),
          every_family(),
          fixed_stays(Step::week),
          fixed_stays(Step::day),
          many_leads(),
          very_old_deals(),
          named_deals(),
          several_territories(Step::week),
          several_territories(Step::day),
          renewals_run_out(Step::week),
          renewals_run_out(Step::day),
          dated_beside_staged(Step::week),
          dated_beside_staged(Step::day),
          mid_quarter(Step::week),
          mid_quarter(Step::day)};
}

}  // namespace attain::oracle
