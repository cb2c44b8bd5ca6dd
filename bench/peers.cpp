#include "peers.hpp"

#include "child.hpp"

#include <attain/engine/simulate.hpp>
#include <attain/plan/plan.hpp>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace attain::bench {

namespace {

using nlohmann::json;

Mean mean_of(const json& object) {
  return {object.at("mean").get<double>(), object.at("standard_error").get<double>()};
}

void append(std::vector<double>& to, const json& row) {
  for (const json& value : row) to.push_back(value.get<double>());
}

Answer parse(const json& object) {
  Answer answer{object.at("replications").get<double>(),
                mean_of(object.at("bookings")),
                mean_of(object.at("wins")),
                mean_of(object.at("at_quota")),
                {}};
  append(answer.weekly, object.at("leads"));
  for (const char* kind : {"entered", "open"}) {
    for (const json& row : object.at(kind)) append(answer.weekly, row);
  }
  return answer;
}

Mean pooled(const Mean& a, double weight_a, const Mean& b, double weight_b) {
  const double all = weight_a + weight_b;
  return {(a.value * weight_a + b.value * weight_b) / all,
          std::hypot(a.standard_error * weight_a, b.standard_error * weight_b) / all};
}

double z(double difference, double standard_error) {
  if (standard_error > 0) return std::abs(difference) / standard_error;
  return difference == 0 ? 0 : HUGE_VAL;
}

double z(const Mean& a, const Mean& b) {
  return z(a.value - b.value, std::hypot(a.standard_error, b.standard_error));
}

/// Of a number whose sum and sum of squares over n replications are known.
Mean mean_of(double sum, double squares, double n) {
  const double mean = sum / n;
  return {mean, std::sqrt(std::max(squares / n - mean * mean, 0.0) / n)};
}

}  // namespace

void Answer::pool(const Answer& other) {
  if (replications == 0) {
    *this = other;
    return;
  }
  bookings = pooled(bookings, replications, other.bookings, other.replications);
  wins = pooled(wins, replications, other.wins, other.replications);
  at_quota = pooled(at_quota, replications, other.at_quota, other.replications);
  for (std::size_t i = 0; i < weekly.size(); ++i) {
    weekly[i] =
        pooled({weekly[i], 0}, replications, {other.weekly[i], 0}, other.replications).value;
  }
  replications += other.replications;
}

Answer engine_answer(const Scenario& scenario, std::int64_t replications) {
  const Plan plan = build_plan(scenario);
  SimulationOptions options;
  options.replications = replications;
  options.threads = 2;
  options.simd = best_simd_width();
  const Outcomes outcomes = simulate(plan, options);
  const TerritoryTally& tally = outcomes.territories[0];
  const auto n = static_cast<double>(replications);

  Answer answer;
  answer.replications = n;
  const Moments& final_week = tally.bookings.moments.back();
  answer.bookings = mean_of(static_cast<double>(final_week.sum) / 100,
                            static_cast<double>(final_week.squares) / 1e4, n);
  double wins = 0;
  double wins_squares = 0;
  for (std::size_t count = 0; count < tally.wins.size(); ++count) {
    const auto times = static_cast<double>(tally.wins[count]);
    wins += times * static_cast<double>(count);
    wins_squares += times * static_cast<double>(count * count);
  }
  answer.wins = mean_of(wins, wins_squares, n);
  const auto at_quota = static_cast<double>(tally.bookings.goals.front().at_quota);
  answer.at_quota = mean_of(at_quota, at_quota, n);
  const FlowTally& flow = tally.flows[0];
  const auto append_row = [&](const std::vector<std::uint64_t>& row) {
    for (const std::uint64_t count : row) {
      answer.weekly.push_back(static_cast<double>(count) / n);
    }
  };
  append_row(flow.leads.front());  // All start in the first stage.
  for (const auto& row : flow.entered) append_row(row);
  for (const auto& row : flow.open) append_row(row);
  return answer;
}

void Peer::run(int seed) {
  if (!problem.empty()) return;
  std::vector<std::string> words = command;
  words.insert(words.end(), {"--seed", std::to_string(seed)});
  const ChildResult child = run_child(words);
  if (child.exit_code != 0) {
    problem = "did not run (exit code " + std::to_string(child.exit_code) + ")";
    return;
  }
  const json object = json::parse(child.output);
  microseconds.add(object.at("microseconds").get<double>());
  answer.pool(parse(object));
}

std::vector<Peer> peers() {
  const std::string folder = std::string(ATTAIN_BENCH_SOURCES) + "/peers/";
  const auto numpy = [&](const char* name, const char* method, const char* replications) {
    return Peer{name,
                {ATTAIN_PYTHON, "-B", folder + "numpy_peer.py", "--method", method,
                 "--replications", replications}};
  };
  return {numpy("NumPy, stays from 16-bit tables", "tables", "200000"),
          numpy("NumPy, stays from floats", "continuous", "100000"),
          numpy("NumPy, plainly written", "plain", "50000"),
          numpy("NumPy, cohorts and binomials", "cohorts", "16000"),
          {"SimPy, a process for each deal",
           {ATTAIN_PYTHON, "-B", folder + "simpy_peer.py", "--replications", "300"}}};
}

std::vector<Peer> changing_peers() {
  return {{"NumPy, plainly written",
           {ATTAIN_PYTHON, "-B", std::string(ATTAIN_BENCH_SOURCES) + "/peers/changing_peer.py",
            "--replications", "20000"}}};
}

double Agreement::largest_mean() const { return std::max({bookings, wins, at_quota}); }

Agreement compare(const Answer& a, const Answer& b) {
  Agreement agreement{z(a.bookings, b.bookings), z(a.wins, b.wins), z(a.at_quota, b.at_quota), 0};
  for (std::size_t i = 0; i < a.weekly.size(); ++i) {
    const double error =
        std::sqrt(std::max(a.weekly[i], b.weekly[i]) * (1 / a.replications + 1 / b.replications));
    agreement.weekly = std::max(agreement.weekly, z(a.weekly[i] - b.weekly[i], error));
  }
  return agreement;
}

}  // namespace attain::bench
