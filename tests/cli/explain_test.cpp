#include "support/program.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>

using namespace attain::testing;

namespace {

const std::string folder = "tests/cli/explain/";

/// Runs in the source folder, so that the file's name in the answer is the same everywhere.
ProgramResult explain(std::vector<std::string> arguments) {
  ProgramRun run;
  run.arguments = {ATTAIN_EXECUTABLE, "explain", folder + "scenario.yaml"};
  run.arguments.insert(run.arguments.end(), arguments.begin(), arguments.end());
  run.folder = ATTAIN_SOURCE_DIR;
  return run_program(run);
}

/// Compares with the file; ATTAIN_UPDATE_TRANSCRIPTS=1 rewrites it.
void check_transcript(const std::string& territory, const std::string& file) {
  const ProgramResult result = explain({territory});
  CHECK(result.exit_code == 0);
  CHECK(result.err.empty());
  const std::string path = std::string(ATTAIN_SOURCE_DIR) + "/" + folder + file;
  if (std::getenv("ATTAIN_UPDATE_TRANSCRIPTS") != nullptr) std::ofstream(path) << result.out;
  CHECK(result.out == read_file(path));
}

/// A number as a planner would type it into a spreadsheet, and a unit of its last digit.
struct Typed {
  double value = 0;
  double last = 0;
};

Typed typed(const std::string& text) {
  double unit = 1;
  if (text.back() == '%') unit = 0.01;
  if (text.back() == 'k') unit = 1e3;
  if (text.back() == 'M') unit = 1e6;
  const std::string digits = text.substr(0, text.find_first_not_of("0123456789."));
  const std::size_t point = digits.find('.');
  const auto decimals =
      point == std::string::npos ? 0 : static_cast<int>(digits.size() - point - 1);
  return {std::stod(digits) * unit, std::pow(10.0, -decimals) * unit};
}

/// A printed row: count x share x ... = wins x amount = expected.
struct Row {
  std::vector<Typed> factors;  ///< The count first.
  Typed wins, amount, expected;
};

/// The rows of both tables of the arithmetic.
std::vector<Row> rows_of(const std::string& text) {
  std::vector<Row> rows;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t equals = line.find(" = ");
    const std::size_t first = line.find(" x ");
    const bool heading = line.find("= expected") != std::string::npos;
    if (equals == std::string::npos || first == std::string::npos || heading) continue;
    Row row;
    const std::size_t end = line.find_last_not_of(' ', first);
    const std::size_t begin = line.find_last_of(' ', end) + 1;
    row.factors.push_back(typed(line.substr(begin, end - begin + 1)));
    std::istringstream words(line.substr(first));
    std::vector<std::string> tokens;
    for (std::string word; words >> word;) {
      if (word == "%") {
        tokens.back() += "%";
      } else {
        tokens.push_back(word);
      }
    }
    // x share x share ... = wins x amount = expected
    std::size_t i = 0;
    for (; tokens[i] == "x"; i += 2) row.factors.push_back(typed(tokens[i + 1]));
    REQUIRE(tokens.size() == i + 6);
    row.wins = typed(tokens[i + 1]);
    row.amount = typed(tokens[i + 3]);
    row.expected = typed(tokens[i + 5]);
    rows.push_back(std::move(row));
  }
  return rows;
}

bool within_last_digit(double value, const Typed& printed, double units = 1) {
  return std::abs(value - printed.value) <= units * printed.last * (1 + 1e-9);
}

}  // namespace

TEST_CASE("explain says why the mean is above quota and the chance below even", "[cli][explain]") {
  check_transcript("New England", "new-england.txt");
}

TEST_CASE("explain has a row for each stream and stage of entry", "[cli][explain]") {
  check_transcript("Two streams", "two-streams.txt");
}

TEST_CASE("explain says what cannot be reached", "[cli][explain]") {
  check_transcript("Tenders", "tenders.txt");
}

TEST_CASE("explain without a quota is arithmetic, and says so", "[cli][explain]") {
  check_transcript("House accounts", "house-accounts.txt");
}

TEST_CASE("explain shows what is booked, deals with dates and both quotas", "[cli][explain]") {
  check_transcript("Under way", "under-way.txt");
}

TEST_CASE("what explain prints multiplies to what it prints", "[cli][explain]") {
  std::size_t all = 0;
  for (const std::string territory :
       {"New England", "Two streams", "Tenders", "House accounts", "Under way"}) {
    const ProgramResult text = explain({territory, "--replications", "1000"});
    const auto json = nlohmann::json::parse(
        explain({territory, "--replications", "1000", "--format", "json"}).out)["territory"];
    double sum = 0;
    double last = 0;
    const std::vector<Row> rows = rows_of(text.out);
    for (const Row& row : rows) {
      double product = 1;
      for (const Typed& factor : row.factors) product *= factor.value;
      CHECK(within_last_digit(product, row.wins));
      CHECK(within_last_digit(row.wins.value * row.amount.value, row.expected));
      CHECK(within_last_digit(product * row.amount.value, row.expected));
      sum += row.expected.value;
      last += row.expected.last;
    }
    // Every row is there, printed products are the closed form, and they sum to the total.
    REQUIRE(rows.size() == json["new_deals"].size() + json["open_deals"].size());
    std::size_t i = 0;
    for (const char* kind : {"new_deals", "open_deals"}) {
      for (const auto& exact : json[kind]) {
        CHECK(within_last_digit(exact["bookings"].get<double>(), rows[i++].expected));
      }
    }
    const double to_come =
        json["expected"]["bookings"].get<double>() - json["booked"].get<double>();
    CHECK(std::abs(sum - to_come) <= last);
    all += rows.size();
  }
  CHECK(all == 18);
}

TEST_CASE("explain in JSON has the same numbers as run", "[cli][explain]") {
  const auto explained = nlohmann::json::parse(explain({"Two streams", "--format", "json"}).out);
  const TemporaryFolder results;
  ProgramRun run;
  run.arguments = {ATTAIN_EXECUTABLE,
                   "run",
                   std::string(ATTAIN_SOURCE_DIR) + "/" + folder + "scenario.yaml",
                   "--format",
                   "json",
                   "--output",
                   results.path() + "/run"};
  const auto ran = nlohmann::json::parse(run_program(run).out);
  const auto& mine = explained["territory"];
  const auto& theirs = ran["territories"][1];
  CHECK(mine["name"] == theirs["name"]);
  CHECK(mine["attain"]["probability"] == theirs["attain"]["probability"]);
  CHECK(mine["simulated"]["mean"] == theirs["bookings"]["mean"]);
  CHECK(mine["expected"]["bookings"].get<double>() ==
        Approx(theirs["expected"]["bookings"].get<double>()));
  CHECK(explained["run"]["seed"] == 7);
}

TEST_CASE("explain gives the same bytes for any number of threads", "[cli][explain]") {
  const std::string one = explain({"New England", "--threads", "1", "--format", "json"}).out;
  CHECK(one == explain({"New England", "--threads", "2", "--format", "json"}).out);
  CHECK(one == explain({"New England", "--threads", "7", "--format", "json"}).out);
}

TEST_CASE("explain tells the mean that run tells", "[cli][explain]") {
  const std::string text = explain({"Two streams"}).out;
  const TemporaryFolder results;
  ProgramRun run;
  run.arguments = {ATTAIN_EXECUTABLE, "run", folder + "scenario.yaml", "--output",
                   results.path() + "/run"};
  run.folder = ATTAIN_SOURCE_DIR;
  const std::size_t at = text.find("Expect ") + 7;
  const std::string mean = text.substr(at, text.find(',', at) - at);
  const std::string table = run_program(run).out;
  const std::size_t row = table.find("\n  Two streams");
  REQUIRE(row != std::string::npos);
  CHECK(table.substr(row, table.find('\n', row + 1) - row).find(" " + mean + " ") !=
        std::string::npos);
}

TEST_CASE("an unknown territory gets a suggestion and the list", "[cli][explain]") {
  const ProgramResult result = explain({"new england"});
  CHECK(result.exit_code == 2);
  CHECK(result.out.empty());
  CHECK(result.err ==
        "attain: error: the scenario has no territory 'new england'\n"
        "  did you mean 'New England'? territories: 'New England', 'Two streams', Tenders, "
        "'House accounts', 'Under way'\n");
  CHECK(explain({"Nowhere at all"}).err ==
        "attain: error: the scenario has no territory 'Nowhere at all'\n"
        "  territories: 'New England', 'Two streams', Tenders, 'House accounts', 'Under way'\n");
}

TEST_CASE("explain refuses what it cannot use", "[cli][explain]") {
  CHECK(explain({}).exit_code == 2);
  CHECK(explain({"Tenders", "--format", "csv"}).exit_code == 2);
  CHECK(explain({"Tenders", "--replications", "0"}).exit_code == 2);
  CHECK(explain({"Tenders", "--replications", "11000000"}).exit_code == 2);
  CHECK(explain({"Tenders", "--replications", "1"}).exit_code == 0);
  CHECK(explain({"--help"}).exit_code == 0);
}
