#include "support/program.hpp"

#include <attain/engine/simulate.hpp>
#include <attain/random/draws.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

using namespace attain;
using namespace attain::testing;

namespace {

const std::string managers =
    std::string(ATTAIN_SOURCE_DIR) + "/scenarios/seventeen-account-managers.yaml";

/// Everything that a run writes: standard output and each file of its folder.
using Written = std::map<std::string, std::string>;

Written written_by(const std::vector<std::string>& options,
                   const std::vector<std::pair<std::string, std::string>>& environment = {}) {
  const TemporaryFolder folder;
  ProgramRun run;
  run.arguments = {ATTAIN_EXECUTABLE, "run", managers, "--format", "json",
                   "--replications",  "3000"};
  run.arguments.insert(run.arguments.end(), options.begin(), options.end());
  run.environment = environment;
  run.folder = folder.path();
  const ProgramResult result = run_program(run);
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  Written written{{"standard output", result.out}};
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
    if (entry.is_regular_file()) {
      written[entry.path().filename().string()] = read_file(entry.path().string());
    }
  }
  REQUIRE(written.size() >= 6);
  return written;
}

void generate_territories(const std::string& path, int count) {
  std::ofstream file(path);
  file << "attain: 1\nname: Many\ncurrency: USD\ncalendar: {start: 2027-01-04, weeks: 13}\n"
          "funnels:\n  field:\n    pipeline_from: meeting\n    stages:\n"
          "      - {name: lead, advance: 45%, weeks: {mean: 2, cv: 80%}}\n"
          "      - {name: meeting, advance: 55%, weeks: 2.5, activity: meeting}\n"
          "      - {name: proposal, advance: 60%, weeks: 3}\n"
          "    amount: {mean: 42k, cv: 90%}\n"
          "defaults: {funnel: field, quota: 300k}\nterritories:\n";
  for (int i = 0; i < count; ++i) {
    file << "  - {name: Territory " << i << ", region: [R" << i % 10
         << "], leads_per_week: " << 3 + i % 4
         << ", open: [{deal: A, stage: proposal, amount: 50k}, "
         << "{stage: meeting, count: 5}, {stage: lead, count: 4}]}\n";
  }
}

long peak_kilobytes(const std::string& file, const std::string& replications) {
  const TemporaryFolder folder;
  const ProgramResult result = run_program(
      {{ATTAIN_EXECUTABLE, "run", file, "--replications", replications}, {}, folder.path()});
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  return result.peak_kilobytes;
}

}  // namespace

TEST_CASE("A run writes the same bytes with any number of threads", "[cli][invariant]") {
  const Written one = written_by({"--threads", "1"});
  CHECK(written_by({"--threads", "2"}) == one);
  CHECK(written_by({"--threads", "7"}) == one);
  // Negative control: another seed is seen.
  CHECK(written_by({"--threads", "1", "--seed", "8"}) != one);
}

TEST_CASE("A run writes the same bytes with every SIMD width of the machine", "[cli][invariant]") {
  const Written widest = written_by({});
  for (const SimdWidth width : {SimdWidth::sse2, SimdWidth::avx2, SimdWidth::avx512}) {
    if (!machine_has(width)) continue;
    CHECK(written_by({}, {{"ATTAIN_SIMD", std::string(name_of(width))}}) == widest);
  }
}

TEST_CASE("What the C library computes, to the last bit", "[.libm]") {
  std::uint64_t hash = 0;
  for (int i = 1; i < 20'000; ++i) {
    const double x = i * 0.00137;
    for (const double value : {std::exp(-x), std::log(x), std::pow(x, 1.7)}) {
      std::uint64_t bits = 0;
      std::memcpy(&bits, &value, sizeof bits);
      hash = mix64(hash ^ bits);
    }
  }
  std::cout << "libm " << hash << '\n';
}

TEST_CASE("A run writes the same bytes where the C library has no FMA", "[cli][invariant]") {
  const std::vector<std::pair<std::string, std::string>> hidden{
      {"GLIBC_TUNABLES", "glibc.cpu.hwcaps=-FMA,-AVX2,-AVX512F"}};
  // Control: hiding them changes what libm gives, else equal bytes would say nothing.
  const std::string self = std::filesystem::read_symlink("/proc/self/exe").string();
  const auto libm = [&](const auto& environment) {
    const std::string out = run_program({{self, "[libm]"}, environment, ""}).out;
    return out.substr(out.find("libm "), out.find('\n', out.find("libm ")) - out.find("libm "));
  };
  if (libm(hidden) == libm(std::vector<std::pair<std::string, std::string>>{})) {
    WARN("the C library of this machine computes the same with and without FMA");
  }
  CHECK(written_by({}, hidden) == written_by({}));
}

TEST_CASE("Memory does not grow with replications", "[cli][invariant]") {
  const long few = peak_kilobytes(managers, "20000");
  const long many = peak_kilobytes(managers, "400000");
  // Twenty times as many reach a little farther into the tails.
  CHECK(many < few + few / 3);
  CHECK(many < 200'000);
}

TEST_CASE("10,000,000 replications of 17 territories stay under 200 MB", "[.slow][cli]") {
  CHECK(peak_kilobytes(managers, "10000000") < 200'000);
}

TEST_CASE("1,000 territories stay under 1 GB", "[.slow][cli]") {
  const TemporaryFolder folder;
  const std::string file = folder.path() + "/many.yaml";
  generate_territories(file, 1'000);
  CHECK(peak_kilobytes(file, "20000") < 1'000'000);
}
