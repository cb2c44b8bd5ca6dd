#include <attain/base/csv_reader.hpp>

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <random>
#include <string>
#include <vector>

namespace attain {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(const std::string& text) {
  CsvReader reader(text);
  Rows rows;
  for (std::vector<CsvCell> row; reader.next(row);) {
    std::vector<std::string>& cells = rows.emplace_back();
    for (const CsvCell& cell : row) cells.emplace_back(cell.text);
  }
  return rows;
}

/// "line:column message" of each problem.
std::vector<std::string> problems_of(const std::string& text) {
  CsvReader reader(text);
  for (std::vector<CsvCell> row; reader.next(row);) {
  }
  std::vector<std::string> problems;
  for (const CsvProblem& each : reader.problems())
    problems.push_back(fmt::format("{}:{} {}", each.line, each.column, each.message));
  return problems;
}

TEST_CASE("rows are read as RFC 4180 has them", "[unit][base][csv]") {
  CHECK(rows_of("a,b\n1,2\n") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(rows_of("a,b\r\n1,2\r\n") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(rows_of("a,b\n1,2") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(rows_of("a,b\n\"1,\"\"x\"\"\",\"two\nlines\"\n") ==
        Rows{{"a", "b"}, {"1,\"x\"", "two\nlines"}});
  CHECK(rows_of("a,b\n,\"\"\n1,\n") == Rows{{"a", "b"}, {"", ""}, {"1", ""}});
  CHECK(rows_of("a\n\"\"\"\"\n") == Rows{{"a"}, {"\""}});
}

TEST_CASE("blanks are trimmed outside of quotes only", "[unit][base][csv]") {
  CHECK(rows_of(" a ,\tb\n 1 x , \" 2 \" \n") == Rows{{"a", "b"}, {"1 x", " 2 "}});
}

TEST_CASE("blank lines, empty rows and a byte-order mark are passed over", "[unit][base][csv]") {
  CHECK(rows_of("\xEF\xBB\xBF\n\na,b\n\n , \n1,2\n\n") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(rows_of("").empty());
  CHECK(rows_of("\n \n").empty());
}

TEST_CASE("the header says which separator there is", "[unit][base][csv]") {
  CHECK(rows_of("a;b\n1,5;2\n") == Rows{{"a", "b"}, {"1,5", "2"}});
  CHECK(rows_of("a\tb\n1\t2\n") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(rows_of("a;b,c\n1;2,3\n") == Rows{{"a;b", "c"}, {"1;2", "3"}});
  CHECK(rows_of("\"a,b\";c\n1;2\n") == Rows{{"a,b", "c"}, {"1", "2"}});
  CHECK(rows_of("a\tb\n\t2\n1\t\n") == Rows{{"a", "b"}, {"", "2"}, {"1", ""}});
  CHECK(rows_of("a\n1;2\n") == Rows{{"a"}, {"1;2"}});
}

TEST_CASE("a cell knows where it starts and whether it is quoted", "[unit][base][csv]") {
  const std::string text = "a,b\n\"two\nlines\",  x\n";
  CsvReader reader(text);
  std::vector<CsvCell> row;
  REQUIRE(reader.next(row));
  REQUIRE(reader.next(row));
  CHECK(row[0].quoted);
  CHECK(row[0].line == 2);
  CHECK(row[0].column == 1);
  CHECK_FALSE(row[1].quoted);
  CHECK(row[1].line == 3);
  CHECK(row[1].column == 10);
}

TEST_CASE("what is wrong with a table is said with its place, and the rest is read",
          "[unit][base][csv]") {
  using Lines = std::vector<std::string>;
  CHECK(problems_of("a,b\n1\n1,2,3\n") == Lines{"2:1 this row has 1 cell, the header has 2",
                                                "3:5 this row has 3 cells, the header has 2"});
  CHECK(problems_of("a,b\n1,\"x\n2,3\n") ==
        Lines{"2:3 the quotes that open here are never closed"});
  CHECK(problems_of("a,b\n\"1\" x,2\n") ==
        Lines{"2:5 text stands behind the closing quote of a cell"});
  CHECK(problems_of("a,b\n1,2\"\n") ==
        Lines{"2:4 a quote stands inside of a cell that does not start with one"});
  CHECK(problems_of("a,b\r1,2\r") == Lines{"1:4 a line ends here with CR alone"});
  CHECK(rows_of("a,b\n1\n\"1\"x,2\n3,4\n") == Rows{{"a", "b"}, {"3", "4"}});
  CHECK(rows_of("a\"b,c\n1,2\n").empty());  // Without a header rows mean nothing.
}

TEST_CASE("problems without end are counted, not kept", "[unit][base][csv]") {
  std::string text = "a,b\n";
  for (int i = 0; i < 5000; ++i) text += "1\n";
  CsvReader reader(text);
  for (std::vector<CsvCell> row; reader.next(row);) {
  }
  CHECK(reader.problem_count() == 5000);
  CHECK(reader.problems().size() == 100);
}

// What a careful writer puts into quotes, the reader takes out again.
TEST_CASE("any text survives being written and read", "[unit][base][csv]") {
  std::mt19937 random(7);
  const std::string letters = "ab ,;\t\"\n\r|.";
  for (int round = 0; round < 500; ++round) {
    const std::size_t width = 1 + random() % 4;
    Rows rows{std::vector<std::string>(width, "h,")};
    for (std::size_t r = 0; r < random() % 5; ++r) {
      std::vector<std::string>& row = rows.emplace_back();
      for (std::size_t c = 0; c < width; ++c) {
        std::string& cell = row.emplace_back();
        for (std::size_t i = 0; i < random() % 6; ++i) cell += letters[random() % letters.size()];
      }
    }
    std::string text;
    for (const std::vector<std::string>& row : rows) {
      for (std::size_t c = 0; c < row.size(); ++c) {
        std::string quoted = "\"";
        for (const char letter : row[c]) quoted += letter == '"' ? "\"\"" : std::string(1, letter);
        text += (c == 0 ? "" : ",") + quoted + '"';
      }
      text += round % 2 == 0 ? "\n" : "\r\n";
    }
    if (width == 1) continue;  // Then nothing says that the comma separates.
    INFO(text);
    CHECK(problems_of(text).empty());
    CHECK(rows_of(text) == rows);
  }
}

TEST_CASE("a first line may state the separator", "[unit][base]") {
  const Rows expected{{"a,b", "c"}, {"1", "2"}};
  CHECK(rows_of("sep=;\na,b;c\n1;2\n") == expected);
  CHECK(rows_of("\xEF\xBB\xBFsep=;\r\na,b;c\r\n1;2\r\n") == expected);
  CHECK(rows_of("sep=\t\na,b\tc\n1\t2\n") == expected);
  CHECK(rows_of("sep=x\n1\n") == Rows{{"sep=x"}, {"1"}});
  CsvReader reader("sep=;\na;b\n");
  std::vector<CsvCell> cells;
  REQUIRE(reader.next(cells));
  CHECK(cells[1].line == 2);
  CHECK(cells[1].column == 3);
  CHECK(rows_of("sep=;").size() == 1);
}

}  // namespace
}  // namespace attain
