#include "mixed_scenario.hpp"

#include "support/oracle/build_scenario.hpp"

namespace attain::testing {

using namespace attain::oracle;

Scenario mixed_scenario(Step step) {
  Stream field = stream("field", 5,
                        {stage(0.6, Distribution::exponential(2)),
                         stage(0.55, Distribution::gamma(2, 0.8), Distribution::lognormal(3, 1.2)),
                         stage(0.7, Distribution::weibull(1.5, 0.7))},
                        Distribution::lognormal(40'000, 1));
  Stream renewal = stream("renewal", 150,
                          {stage(1, Distribution::fixed(0)), stage(0.3, Distribution::fixed(2)),
                           stage(1, Distribution::empirical({0.5, 1, 4}))},
                          Distribution::empirical({900, 1'500, 12'000}, {5, 3, 1}));
  renewal.enter = {0.5, 0.3, 0.2};
  Stream fixed_price = stream("fixed price", 1, {stage(0.4, Distribution::exponential(3))},
                              Distribution::fixed(5'000));
  OpenDeals priced = counted(1, 4, 2.0);
  priced.amount = dollars(7'500);
  OpenDeals bid = slipping(due("Bid", 70, 0.5, {}), 0.5, Distribution::exponential(1));
  bid.amount.reset();
  bid.due->amount = Distribution::gamma(30'000, 0.6);
  Territory first = territory(
      "Ohio", dollars(3'450'000), {field, renewal},
      {counted(0, 12), counted(1, 8, 1.5), counted(2, 40, 0.0), priced,
       named("Acme", 2, 3.0, dollars(90'000)), named("Borealis", 0, {}), named("Zenith", 1, 40.0),
       slipping(due("Dated", 40, 0.7, dollars(60'000)), 0.4, Distribution::gamma(2, 0.8)),
       slipping(renewals(20, {}, 0.85, Distribution::lognormal(3'000, 0.7)), 0.2,
                Distribution::fixed(2)),
       renewals(9, 66, 0.9, Distribution::empirical({2'000, 5'000})), bid});
  first.booked = Money{1'234'567};
  first.region = {"Americas", "East"};
  first.forecast = dollars(3'300'000);
  Territory second = territory("Texas", dollars(300'000), {field}, {counted(0, 3)});
  second.region = {"Americas", "South"};
  second.forecast = dollars(310'000);
  Territory third = territory("House", {}, {fixed_price});
  return scenario("mixed", calendar(13, step), {first, second, third});
}

Scenario mixed_scenario_resumed(Step step) {
  Scenario made = mixed_scenario(step);
  made.calendar = step == Step::week ? calendar_from(13, 5, step) : calendar_from(87, 38, step);
  return made;
}

}  // namespace attain::testing
