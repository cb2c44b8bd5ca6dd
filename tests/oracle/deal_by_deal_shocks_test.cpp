// Shocks of the deal-by-deal simulation, whose moments have closed forms.

#include "support/deal_by_deal_build.hpp"
#include "support/deal_by_deal_checks.hpp"
#include "support/deal_by_deal_tally.hpp"

#include <boost/math/quadrature/gauss.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

namespace attain::testing {

namespace {

using namespace attain::oracle;
using D = Distribution;

constexpr double rate = 20;  ///< Leads a week, in each territory.

/// Leads that are lost at once; two periods of three weeks.
Scenario leads_alone(std::size_t territories) {
  std::vector<Territory> all;
  for (std::size_t t = 0; t < territories; ++t) {
    all.push_back(territory("Territory " + std::to_string(t + 1), dollars(1),
                            {stream("new", rate, {stage(0, D::fixed(0))}, D::fixed(1))}));
  }
  return scenario("leads alone", periods_of(2, 3), all);
}

/// [replication], each by week of the first territory, then of the others.
std::vector<std::vector<double>> leads_of(const Scenario& scenario,
                                          const DealVariant& variant = {}) {
  DealByDeal simulator(scenario, variant);
  Luck luck(71);
  std::vector<std::vector<double>> leads;
  for (std::int64_t r = 0; r < 2 * usual_replications; ++r) {
    std::vector<double>& here = leads.emplace_back();
    for (const SimulatedTerritory& territory : simulator.simulate(luck).territories) {
      for (const long n : territory.streams[0].leads) here.push_back(static_cast<double>(n));
    }
  }
  return leads;
}

/// Means of `rate`, and covariances by indices.
Agreement compare_moments(const std::vector<std::vector<double>>& samples,
                          const std::function<double(std::size_t, std::size_t)>& covariance) {
  Agreement agreement(static_cast<std::int64_t>(samples.size()));
  for (std::size_t a = 0; a < samples[0].size(); ++a) {
    long double sum = 0;
    for (const std::vector<double>& each : samples) sum += each[a];
    agreement.sum(Kind::leads, "mean " + std::to_string(a), sum, rate, covariance(a, a));
    for (std::size_t b = 0; b <= a; ++b) {
      PowerSums products;
      for (const std::vector<double>& each : samples)
        products.add((each[a] - rate) * (each[b] - rate));
      agreement.sum(Kind::leads, "covariance " + std::to_string(a) + ", " + std::to_string(b),
                    products.first, covariance(a, b), products.variance(agreement.replications()));
    }
  }
  return agreement;
}

/// Of counts whose rates have correlated shocks: of the logs this is the covariance.
double shared(double log_covariance) { return rate * rate * std::expm1(log_covariance); }
double own(std::size_t a, std::size_t b) { return a == b ? rate : 0; }

}  // namespace

TEST_CASE("deal by deal, a shock has mean one and is drawn anew in each period",
          "[oracle][deal_by_deal]") {
  Scenario made = leads_alone(1);
  add_shock(made, "demand", {Knob::leads, {}}, 0.3);
  const auto expected = [](std::size_t a, std::size_t b) {
    return own(a, b) + (a / 3 == b / 3 ? shared(0.09) : 0);
  };
  expect_agreement(compare_moments(leads_of(made), expected), "a shock per period");
  expect_failure(compare_moments(leads_of(made, {.shocks_drawn_anew = false}), expected),
                 "one shock for all periods");
  made.shocks[0].sd = 0.27;
  expect_failure(compare_moments(leads_of(made), expected), "a tenth of the sd");
}

TEST_CASE("deal by deal, a weekly shock is stationary from day one and runs on across periods",
          "[oracle][deal_by_deal]") {
  Scenario made = leads_alone(1);
  made.calendar.steps_done = 1;
  make_weekly(add_shock(made, "demand", {Knob::leads, {}}, 0.3), 0.8);
  const auto expected = [](std::size_t a, std::size_t b) {
    return own(a, b) +
           shared(0.09 * std::pow(0.8, std::abs(static_cast<int>(a) - static_cast<int>(b))));
  };
  expect_agreement(compare_moments(leads_of(made), expected), "a shock per week");
  expect_failure(compare_moments(leads_of(made, {.shocks_run_on = false}), expected),
                 "shocks begin anew");
  made.shocks[0].persistence = 0;
  expect_failure(compare_moments(leads_of(made), expected), "without persistence");
}

TEST_CASE("deal by deal, a shock is shared by all, by an attribute, or by nobody",
          "[oracle][deal_by_deal]") {
  Scenario made = leads_alone(3);
  Shock& shock = add_shock(made, "demand", {Knob::leads, {}}, 0.3, Shock::SharedBy::all);
  const auto expect = [&](const std::string& what, auto share) {
    const auto expected = [share](std::size_t a, std::size_t b) {
      const bool same_period = a % 6 / 3 == b % 6 / 3;
      return own(a, b) + (same_period && share(a / 6, b / 6) ? shared(0.09) : 0);
    };
    expect_agreement(compare_moments(leads_of(made), expected), what);
  };
  expect("shared by all", [](std::size_t, std::size_t) { return true; });
  share_by(shock, "segment", {"a", "b", "a"});
  expect("shared by an attribute", [](std::size_t t, std::size_t u) { return t % 2 == u % 2; });
  shock.shared_by = Shock::SharedBy::territory;
  expect("by territory", [](std::size_t t, std::size_t u) { return t == u; });
}

TEST_CASE("deal by deal, shocks on amounts, odds and speed have their mean over the normal law",
          "[oracle][deal_by_deal]") {
  // Eight deals that are decided at once, or after 1.5 weeks; a dated one.
  Scenario made = scenario(
      "decided", calendar(3, Step::week),
      {territory("Here", {}, {stream("new", 0, {stage(0.4, D::fixed(0))}, D::fixed(1'000))},
                 {counted(0, 8), due("dated", 3, 1, dollars(4'000))})});
  const auto tally_with = [&](Knob knob) {
    made.shocks.clear();
    add_shock(made, "shock", {knob, {}}, 0.5);
    return simulate_deal_by_deal(made, usual_replications, 72);
  };
  const auto mean_over_z = [](const auto& f) {
    return boost::math::quadrature::gauss<double, 60>::integrate(
        [&](double z) {
          return f(std::exp(0.5 * z - 0.125)) * std::exp(-z * z / 2) / std::sqrt(2 * M_PI);
        },
        -8.0, 8.0);
  };
  Agreement agreement(usual_replications);
  // (8 x .4 + 4)^2 e^(s^2) + variance of the binomial x e^(s^2), in thousands.
  const double square = (7.2 * 7.2 + 8 * 0.4 * 0.6) * std::exp(0.25);
  const PowerSums amounts = tally_with(Knob::amount).at(Place::What::booked);
  agreement.sum(Kind::bookings_mean, "amount", amounts.first, 7'200, (square - 7.2 * 7.2) * 1e6);
  agreement.sum(Kind::bookings_variance, "amount, square", amounts.second, square * 1e6,
                static_cast<double>(amounts.fourth / usual_replications) - square * square * 1e12);

  const double share = mean_over_z([](double m) { return m * 0.4 / (0.6 + m * 0.4); });
  const PowerSums odds = tally_with(Knob::advance).at(Place::What::stream_wins);
  agreement.sum(Kind::wins_mean, "odds", odds.first, 8 * share, odds.variance(usual_replications));

  made.territories[0].streams[0].funnel.stages[0] = stage(1, D::fixed(1.5));
  made.territories[0].streams[0].funnel.stages[0].name = "stage 1";
  made.territories[0].open[0].weeks_in_stage = 0;
  // All leave in week 1 if the clock passes 1.5 then: half up from 95.5 / 64.
  const double z = (std::log(95.5 / 64) + 0.125) / 0.5;
  const double in_week_1 = std::erfc(z / std::sqrt(2)) / 2;
  const PowerSums speed = tally_with(Knob::speed).at(Place::What::stream_wins);
  agreement.sum(Kind::wins_mean, "speed", speed.first, 8 * in_week_1,
                64 * in_week_1 * (1 - in_week_1));
  CAPTURE(agreement.worst().what, in_week_1);
  CHECK(agreement.checks().size() == 4);
  CHECK(std::abs(agreement.worst().z) < bound_for(4));
}

}  // namespace attain::testing
