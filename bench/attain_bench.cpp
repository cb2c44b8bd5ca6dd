// How fast is it? Prints ratios within one run: all candidates take turns, round by round.

#include "changing.hpp"
#include "draw_counts.hpp"
#include "engine_speed.hpp"
#include "peers.hpp"
#include "program.hpp"
#include "reference.hpp"

#include <fmt/format.h>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

namespace attain::bench {

namespace {

constexpr double most_standard_errors = 4;
/// Of the largest of all weekly counts, more than a hundred.
constexpr double most_weekly = 5;
/// Where uncertain numbers and shocks let counts vary more than a Poisson number does.
constexpr double most_weekly_changing = 7;
constexpr std::int64_t replications_to_agree = 2'000'000;

struct Options {
  int rounds = 9;
  bool peers = true;
  bool memory = false;
};

std::string cpu_name() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    if (line.rfind("model name", 0) == 0) return line.substr(line.find(':') + 2);
  }
  return "unknown CPU";
}

double load_average() {
  double loads[1] = {0};
  return getloadavg(loads, 1) == 1 ? loads[0] : 0;
}

void print_head(const Options& options) {
  fmt::print("{}; {}; {} rounds, load average {:.1f} at the start\n", cpu_name(), ATTAIN_COMPILER,
             options.rounds, load_average());
  fmt::print(
      "Reference scenario: 4 stages, 28 open deals, 4 leads a week, 13 weekly steps, lognormal\n"
      "amounts. Microseconds of one core per territory-quarter, by the thread's own clock. All\n"
      "candidates take turns in each round; the least of all rounds counts, the median beside it\n"
      "says how busy the machine was.\n");
}

void print_engine(const EngineSpeed& speed) {
  fmt::print("\nThe engine, us per territory-quarter (least, median)\n  {:<40}", "");
  for (const WidthSpeed& width : speed.widths()) fmt::print(" {:>15}", name_of(width.width));
  const auto row = [&](const char* name, Samples WidthSpeed::*samples) {
    fmt::print("\n  {:<40}", name);
    for (const WidthSpeed& width : speed.widths()) {
      fmt::print("   {:6.3f} {:6.3f}", (width.*samples).least(), (width.*samples).median());
    }
  };
  row("simulate, 17 territories", &WidthSpeed::counted);
  row("simulate, 1 territory", &WidthSpeed::one_counted);
  row("simulate_bookings, 17 territories", &WidthSpeed::bookings_only);
  fmt::print("\n  {:<40}", "each named deal, of 16");
  for (const WidthSpeed& width : speed.widths()) {
    const auto cost = [](double with, double without) {
      return (with - without) / EngineSpeed::named_deals;
    };
    fmt::print("   {:6.3f} {:6.3f}", cost(width.with_named.least(), width.bookings_only.least()),
               cost(width.with_named.median(), width.bookings_only.median()));
  }
  fmt::print("\n");
}

void print_floor(const EngineSpeed& speed) {
  const Plan plan = build_plan(reference_scenario(1));
  const DrawCounts counts = count_draws(plan, 1, 100);
  fmt::print("\nDraws per territory-quarter\n");
  fmt::print("  {:<56} {:8.1f}\n", "to move deals: deals present, summed over steps", counts.deals);
  fmt::print("  {:<56} {:8.1f}\n", "that lanes in lockstep make for it", counts.slots);
  fmt::print("  {:<56} {:8.1f}\n", "for leads and amounts, 32 bits each",
             counts.arrivals + counts.amounts);
  fmt::print("  {:<56} {:8.1f}\n", "cells that 64 replications go through together", counts.cells);
  fmt::print("\nThe generator alone, us for as many draws\n  {:<40}", "");
  for (const WidthSpeed& width : speed.widths()) fmt::print(" {:>15}", name_of(width.width));
  // A 32-bit draw takes as much mixing as two of 16 bits.
  const double wide = 2 * (counts.arrivals + counts.amounts);
  const auto row = [&](const char* name, double draws) {
    fmt::print("\n  {:<40}", name);
    for (const WidthSpeed& width : speed.widths()) {
      fmt::print(" {:15.3f}", width.raw_round.least() * 1e-3 * draws / 64);
    }
  };
  const double needed = counts.deals + wide;
  const double made = counts.slots + wide;
  row("needed", needed);
  row("made in lockstep", made);
  fmt::print("\n  {:<40}", "simulate / made in lockstep");
  for (const WidthSpeed& width : speed.widths()) {
    fmt::print(" {:15.2f}", width.counted.least() / (width.raw_round.least() * 1e-3 * made / 64));
  }
  fmt::print("\n");
}

/// What rules, hours, shocks and uncertain numbers cost.
void print_changing(const EngineSpeed& speed) {
  fmt::print(
      "\nThe reference scenario with 5 rules that look at the state, hours that run short, 2 "
      "shocks\n"
      "and 6 uncertain numbers\n  {:<40}",
      "");
  for (const WidthSpeed& width : speed.widths()) fmt::print(" {:>15}", name_of(width.width));
  fmt::print("\n  {:<40}", "simulate, 17 territories");
  for (const WidthSpeed& width : speed.widths()) {
    fmt::print("   {:6.3f} {:6.3f}", width.changing.least(), width.changing.median());
  }
  fmt::print("\n  {:<40}", "times as long as without");
  for (const WidthSpeed& width : speed.widths()) {
    fmt::print(" {:15.2f}", width.changing.least() / width.counted.least());
  }
  fmt::print("   aim: 2.5\n");
}

void print_threads(const ThreadGain& gain) {
  fmt::print("\nThe second thread, 17 territories, wall time, {:.1f} and {:.1f} ms (least)\n",
             gain.one.least() * 1e3, gain.two.least() * 1e3);
  fmt::print("  {:<56} {:8.2f}   aim: 1.85\n", "times as fast as one thread",
             gain.one.least() / gain.two.least());
  fmt::print("  {:<56} {:8.2f}\n", "what the CPU time of both allows on two free cores",
             2 * gain.cpu_one.least() / gain.cpu_two.least());
}

/// `own` is what the engine takes for the same work.
void print_peers(const EngineSpeed& speed, const std::vector<Peer>& peers,
                 Samples WidthSpeed::*own) {
  fmt::print(
      "\nThe same work elsewhere, us per quarter of one territory (least, median), and how\n"
      "many times as long as `simulate` with 17 territories\n  {:<40} {:>15}",
      "", "");
  for (const WidthSpeed& width : speed.widths()) fmt::print(" {:>8}", name_of(width.width));
  for (const Peer& peer : peers) {
    fmt::print("\n  {:<40}", peer.name);
    if (peer.microseconds.empty()) {
      fmt::print(" {}", peer.problem);
      continue;
    }
    fmt::print(" {:7.2f} {:7.2f}", peer.microseconds.least(), peer.microseconds.median());
    for (const WidthSpeed& width : speed.widths()) {
      fmt::print(" {:8.1f}", peer.microseconds.least() / (width.*own).least());
    }
  }
  fmt::print("\n");
}

/// Whether all peers ran and say the same as the engine.
bool print_agreement(const std::vector<Peer>& peers, const Scenario& scenario, double weekly) {
  const Answer engine = engine_answer(scenario, replications_to_agree);
  fmt::print(
      "\nEqual within error? Mean bookings, mean wins, P(quota); then differences from the\n"
      "engine in standard errors, those of {} weekly counts last (the largest)\n",
      engine.weekly.size());
  const auto row = [](const std::string& name, const Answer& answer) {
    fmt::print("  {:<34} {:9.0f} {:8.4f} {:7.4f}", name, answer.bookings.value, answer.wins.value,
               answer.at_quota.value);
  };
  row("engine", engine);
  bool agree = true;
  for (const Peer& peer : peers) {
    fmt::print("\n");
    if (!peer.problem.empty()) {
      fmt::print("  {:<34} {}", peer.name, peer.problem);
      agree = false;
      continue;
    }
    row(peer.name, peer.answer);
    const Agreement off = compare(engine, peer.answer);
    fmt::print("   {:4.1f} {:4.1f} {:4.1f} {:4.1f}", off.bookings, off.wins, off.at_quota,
               off.weekly);
    agree = agree && off.largest_mean() <= most_standard_errors && off.weekly <= weekly;
  }
  fmt::print("\n  {}: none may be more than {:.0f} off, the last {:.0f}\n",
             agree ? "equal within error" : "NOT EQUAL", most_standard_errors, weekly);
  return agree;
}

int run(const Options& options, const std::string& this_program) {
  print_head(options);
  std::fflush(stdout);
  EngineSpeed engine;
  ProgramSpeed program;
  std::vector<Peer> others;
  std::vector<Peer> changing;
  if (options.peers) {
    others = peers();
    changing = changing_peers();
  }
  for (int round = 1; round <= options.rounds; ++round) {
    engine.round();
    for (Peer& peer : others) peer.run(round);
    for (Peer& peer : changing) peer.run(round);
    program.round();
  }
  print_engine(engine);
  print_floor(engine);
  print_threads(engine.threads());
  program.print();
  bool agree = true;
  if (options.peers) {
    print_peers(engine, others, &WidthSpeed::counted);
    agree = print_agreement(others, reference_scenario(1), most_weekly);
  }
  print_changing(engine);
  if (options.peers) {
    print_peers(engine, changing, &WidthSpeed::changing);
    fmt::print("  aim: 20\n");
    agree = print_agreement(changing, changing_scenario(1), most_weekly_changing) && agree;
  }
  std::fflush(stdout);
  if (options.memory) print_memory(this_program);
  return agree ? 0 : 1;
}

int usage() {
  fmt::print(stderr, "usage: attain_bench [--rounds N] [--no-peers] [--memory]\n");
  return 2;
}

}  // namespace

int main(const std::vector<std::string>& arguments) {
  if (arguments.size() == 4 && arguments[1] == "--simulate") {
    return simulate_file(arguments[2], arguments[3]);
  }
  Options options;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    if (arguments[i] == "--no-peers") {
      options.peers = false;
    } else if (arguments[i] == "--memory") {
      options.memory = true;
    } else if (arguments[i] == "--rounds" && i + 1 < arguments.size()) {
      options.rounds = std::atoi(arguments[++i].c_str());
      if (options.rounds < 1) return usage();
    } else {
      return usage();
    }
  }
  return run(options, "/proc/self/exe");
}

}  // namespace attain::bench

int main(int count, char** words) {
  return attain::bench::main(std::vector<std::string>(words, words + count));
}
