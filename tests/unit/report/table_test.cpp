#include "report/table.hpp"

#include <catch2/catch.hpp>

using namespace attain;
using enum Table::Align;

TEST_CASE("Columns are as wide as what people see", "[unit][report]") {
  Table table({{"Name", {left}}, {"Chance", {right, left}}, {"Sum", {right}}});
  table.add_row({"名古屋", "7 %", "low", "1"});
  table.add_blank_line();
  table.add_row({"Ohio", "69 %", "likely", "10000"});
  CHECK(table.text("  ") ==
        "  Name    Chance          Sum\n"
        "  名古屋   7 %  low         1\n"
        "\n"
        "  Ohio    69 %  likely  10000\n");
}

TEST_CASE("A heading without anything below it is left out", "[unit][report]") {
  Table table({{"Name", {left}}, {"Quota", {right, left}}, {"Sum", {right}}});
  table.add_row({"Ohio", "", "", "1"});
  table.add_row({"Web", "", "", "20"});
  CHECK(table.text("") == "Name  Sum\nOhio    1\nWeb    20\n");
}

TEST_CASE("Ranges have their ends below each other", "[unit][report]") {
  CHECK(aligned_ranges({{"9", "54 %"}, {"71", "201 %"}, {"", ">999 %"}}) ==
        std::vector<std::string>{" 9-  54 %", "71- 201 %", ">999 %"});
}

TEST_CASE("Lines are broken between words, never before a percent sign or a unit",
          "[unit][report]") {
  CHECK(wrapped("one two three", "  ", "    ", 9) == "  one two\n    three\n");
  CHECK(wrapped("to 12 % of it", "", "", 6) == "to\n12 %\nof it\n");
  CHECK(wrapped("is 82 %, or not", "", "", 7) == "is\n82 %,\nor not\n");
  CHECK(wrapped("below 0.7 points (4,000 quarters, seed 1)", "", "", 14) ==
        "below\n0.7 points\n(4,000 quarters,\nseed 1)\n");
  CHECK(wrapped("the weeks", "", "", 6) == "the\nweeks\n");
  CHECK(wrapped("unbreakable", "  ", "  ", 4) == "  unbreakable\n");
}
