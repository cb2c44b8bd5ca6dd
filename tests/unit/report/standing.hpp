#pragma once

#include <attain/report/run_report.hpp>

#include <attain/engine/simulate.hpp>

#include "support/oracle/build_scenario.hpp"

namespace attain::testing {

using namespace attain::oracle;

/// Week 6 of 13, where nothing is left to chance: East has 120 booked; Acme (700, called commit)
/// comes into its last stage in week 6 and is won in week 8; Delta (40) is due on 16 March, in week
/// 11, and won; 3 renewals of 10 are due on the period's last day and won; Later (90) is due after
/// it. West has a quota and nothing else.
inline Scenario standing() {
  const Stage sure = stage(1, Distribution::fixed(2));
  Stream flow = stream("new", 0, {sure, sure}, Distribution::fixed(1'000));
  flow.funnel.stages[1].owner = "closers";
  OpenDeals acme = named("Acme", 0, 1.0, dollars(700));
  acme.labels = {"commit", "Acme Holding", "Seat 9", "legal review"};
  const OpenDeals delta = due("Delta", 71, 1, dollars(40));
  OpenDeals last = renewals(3, 90, 1, Distribution::fixed(10));
  last.amount = dollars(10);
  Territory east = territory("East", dollars(850), {flow},
                             {acme, delta, last, due("Later", 100, 1, dollars(90))});
  east.region = {"World"};
  east.owner = "Seat 4";
  east.note = "on leave";
  east.relief = QuotaRelief{dollars(1'000), 0.15, "leave from March"};
  east.forecast = dollars(900);
  east.forecast_called = calendar(1, Step::week).start + std::chrono::days(28);
  east.booked = dollars(120);
  Territory west = territory("West", dollars(500), {flow});
  west.region = {"World"};
  Scenario made = scenario("Standing", calendar_from(13, 5, Step::week), {east, west});
  made.company.quota = dollars(1'200);
  made.categories = {{"commit", 0.85}};
  return made;
}

/// A run of a scenario and all that writers need.
struct Ran {
  explicit Ran(Scenario made, std::int64_t replications = 200)
      : scenario(std::move(made)), plan(build_plan(scenario)) {
    SimulationOptions options;
    options.replications = replications;
    summary = summarize(scenario, plan, simulate(plan, options), expectations(scenario, plan));
    run.version = "1.2.3";
    run.file = "standing.yaml";
    run.sha256 = "0123";
    run.seed = 1;
    run.replications = replications;
  }
  [[nodiscard]] RunReport report() const { return {scenario, summary, run}; }

  Scenario scenario;
  Plan plan;
  Summary summary;
  RunRecord run;
};

/// `text` with every line break and the blanks around it as one blank.
inline std::string in_one_line(const std::string& text) {
  std::string line;
  for (const char letter : text) {
    const bool blank = letter == ' ' || letter == '\n';
    if (!blank || line.empty() || line.back() != ' ') line += blank ? ' ' : letter;
  }
  return line;
}

}  // namespace attain::testing
