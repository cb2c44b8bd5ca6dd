#include "program.hpp"

#include "child.hpp"

#include <attain/engine/simulate.hpp>
#include <attain/plan/plan.hpp>
#include <attain/scenario/read_scenario.hpp>

#include <fmt/format.h>
#include <filesystem>
#include <vector>

namespace attain::bench {

namespace {

const std::string executable = ATTAIN_EXECUTABLE;
const std::string large_scenario = std::string(ATTAIN_BENCH_WORK) + "/thousand-territories.yaml";
const std::string shipped_scenario =
    std::string(ATTAIN_BENCH_SOURCES) + "/../scenarios/seventeen-account-managers.yaml";

bool have_executable() { return !executable.empty() && std::filesystem::exists(executable); }

bool write_large_scenario() {
  return run_child({ATTAIN_PYTHON, "-B", std::string(ATTAIN_BENCH_SOURCES) + "/make_scenario.py",
                    "--territories", "1000", "--output", large_scenario})
             .exit_code == 0;
}

void print_peak(const std::string& what, const std::vector<std::string>& command) {
  const ChildResult child = run_child(command);
  if (child.exit_code != 0) {
    fmt::print("  {:<56} did not run (exit code {})\n", what, child.exit_code);
    return;
  }
  fmt::print("  {:<56} {:7.0f} MB {:8.1f} s\n", what, static_cast<double>(child.peak_bytes) / 1e6,
             child.seconds);
}

}  // namespace

ProgramSpeed::ProgramSpeed() : scenario_(large_scenario) {
  if (!have_executable()) {
    problem_ = "skipped: there is no executable `attain` yet";
  } else if (!write_large_scenario()) {
    problem_ = "skipped: make_scenario.py failed";
  } else {
    scenario_bytes_ = static_cast<double>(std::filesystem::file_size(scenario_));
  }
}

void ProgramSpeed::round() {
  if (!problem_.empty()) return;
  for (int i = 0; i < 3; ++i) {
    const ChildResult start = run_child({executable, "--version"});
    const ChildResult check = run_child({executable, "check", scenario_});
    if (start.exit_code != 0 || check.exit_code != 0) {
      problem_ =
          fmt::format("did not run (exit codes {} and {})", start.exit_code, check.exit_code);
      return;
    }
    start_.add(start.seconds * 1e3);
    check_.add(check.seconds * 1e3);
  }
}

void ProgramSpeed::print() const {
  fmt::print("\nThe program, milliseconds by the wall (least, median)\n");
  if (!problem_.empty()) {
    fmt::print("  {}\n", problem_);
    return;
  }
  fmt::print("  {:<56} {:8.1f} {:8.1f}\n", "attain --version", start_.least(), start_.median());
  fmt::print(
      "  {:<56} {:8.1f} {:8.1f}   aim: under 200\n",
      fmt::format("attain check, 1,000 territories, 5,000 deals, {:.0f} kB", scenario_bytes_ / 1e3),
      check_.least(), check_.median());
}

void print_memory(const std::string& this_program) {
  fmt::print("\nPeak memory (resident set of a process of its own, 2 threads)\n");
  if (!write_large_scenario()) {
    fmt::print("  skipped: make_scenario.py failed\n");
    return;
  }
  const std::string output = std::string(ATTAIN_BENCH_WORK) + "/memory";
  struct Case {
    const char* name;
    std::string file;
    const char* replications;
  };
  for (const Case& one : {Case{"17 territories x 10,000,000", shipped_scenario, "10000000"},
                          Case{"1,000 territories x 20,000", large_scenario, "20000"}}) {
    print_peak(fmt::format("{}, reading and simulating", one.name),
               {this_program, "--simulate", one.file, one.replications});
    if (have_executable()) {
      print_peak(fmt::format("{}, attain run", one.name),
                 {executable, "run", one.file, "--replications", one.replications, "--threads", "2",
                  "--output", output});
    }
  }
}

int simulate_file(const std::string& file, const std::string& replications) {
  const ReadResult result = read_scenario(load_scenario_file(file), options_for_files());
  if (!result.scenario) return 3;
  SimulationOptions options;
  options.replications = std::stoll(replications);
  options.threads = 2;
  options.simd = best_simd_width();
  const Outcomes outcomes = simulate(build_plan(*result.scenario), options);
  return outcomes.replications == options.replications ? 0 : 1;
}

}  // namespace attain::bench
