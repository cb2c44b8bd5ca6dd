#include <attain/report/csv.hpp>

#include "report/deal_figures.hpp"

#include <catch2/catch.hpp>

#include <sstream>

using namespace attain;

namespace {

std::string cell_of(std::string_view text) {
  std::ostringstream out;
  CsvWriter(out).text(text);
  return out.str();
}

std::string cell_of(double value) {
  std::ostringstream out;
  CsvWriter(out).number(value);
  return out.str();
}

}  // namespace

TEST_CASE("Cells are quoted where RFC 4180 asks for it", "[unit][report]") {
  CHECK(cell_of("Ohio") == "Ohio");
  CHECK(cell_of("Ohio, north") == "\"Ohio, north\"");
  CHECK(cell_of("the \"big\" one") == "\"the \"\"big\"\" one\"");
  CHECK(cell_of("two\nlines") == "\"two\nlines\"");
  CHECK(cell_of("") == "");
}

TEST_CASE("Text that a spreadsheet would run is disarmed, numbers are not", "[unit][report]") {
  CHECK(cell_of("=1+1") == "'=1+1");
  CHECK(cell_of("+49 30") == "'+49 30");
  CHECK(cell_of("-5") == "'-5");
  CHECK(cell_of("@SUM(A1)") == "'@SUM(A1)");
  CHECK(cell_of("\tx") == "'\tx");
  CHECK(cell_of("\rx") == "\"'\rx\"");
  CHECK(cell_of("=HYPERLINK(\"a\",\"b\")") == "\"'=HYPERLINK(\"\"a\"\",\"\"b\"\")\"");
  CHECK(cell_of("a=1") == "a=1");
  CHECK(cell_of(-5.0) == "-5");
}

TEST_CASE("Numbers have ten digits and no exponent", "[unit][report]") {
  CHECK(cell_of(1.0 / 3) == "0.3333333333");
  CHECK(cell_of(700'000.0) == "700000");
  CHECK(cell_of(123'456'789'012'345.0) == "123456789000000");
  CHECK(cell_of(1e-6) == "0.000001000000");
  CHECK(cell_of(0.0) == "0");
  CHECK(cell_of(-0.0) == "0");
}

TEST_CASE("Rows end with CR LF", "[unit][report]") {
  std::ostringstream out;
  CsvWriter csv(out);
  csv.text("a").whole(2).empty().number(std::optional<double>{}).end_row();
  csv.text("b").end_row();
  CHECK(out.str() == "a,2,,\r\nb\r\n");
}

TEST_CASE("A deal is never won more surely in the period than ever", "[unit][report]") {
  DealSummary deal;
  deal.expected.win_ever = 0.6;
  deal.expected.win_in_period = 0.6 + 1e-10;
  CHECK(win_ever_of(deal) == deal.expected.win_in_period);
  deal.expected.win_in_period = 0.4;
  CHECK(win_ever_of(deal) == 0.6);
}
