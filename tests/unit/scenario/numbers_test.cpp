#include <scenario/numbers.hpp>

#include <catch2/catch.hpp>

#include <string>

namespace attain::reading {
namespace {

TEST_CASE("a number is what JSON calls one, with a unit", "[unit][scenario]") {
  const auto value = [](std::string_view text) { return parse_number(text)->value; };
  CHECK(value("0") == 0);
  CHECK(value("-3") == -3);
  CHECK(value("2.50") == 2.5);
  CHECK(value("1e3") == 1000);
  CHECK(value("1.5E-2") == 0.015);
  CHECK(value("45%") == 0.45);
  CHECK(value("45 %") == 0.45);
  CHECK(value("7.3%") == 0.073);
  CHECK(value("700k") == 700'000);
  CHECK(value("1.2M") == 1'200'000);
  CHECK(value("13 weeks") == 13);
  CHECK(parse_number("1 week")->unit == Unit::weeks);
  CHECK(parse_number("1.2M")->unit == Unit::million);
}

TEST_CASE("what is no number is not taken for one", "[unit][scenario]") {
  for (const std::string text :
       {"",   " ",   "-",     ".",   "01",  "-01",  "00",        "1.",    ".5",    "+1",   "0x10",
        "1e", "1e+", "1e999", "nan", "inf", ".inf", "1,5",       "1_000", "1 000", "45%%", "45 k k",
        "k",  "%",   "1e3k",  " 1",  "1 ",  "1  %", "12 week s", "1M2",   "٣"}) {
    INFO(text);
    CHECK_FALSE(parse_number(text).has_value());
  }
}

TEST_CASE("a seed is up to 64 bits of digits", "[unit][scenario]") {
  CHECK(parse_seed("0") == 0);
  CHECK(parse_seed("18446744073709551615") == 18446744073709551615ULL);
  for (const std::string text : {"", "-1", "01", "18446744073709551616", "1.0", "1e3", "7k"}) {
    INFO(text);
    CHECK_FALSE(parse_seed(text).has_value());
  }
}

TEST_CASE("a suggestion is a number that is read", "[unit][scenario]") {
  CHECK(number_suggestion("012") == "write 12, without leading zeros");
  CHECK(number_suggestion("00.5") == "write 0.5, without leading zeros");
  CHECK(number_suggestion("000") == "write 0, without leading zeros");
  CHECK(number_suggestion("1,234,567") == "write 1234567, without commas");
  CHECK(number_suggestion("1.2 million") == "write 1.2M");
  CHECK(number_suggestion("$300,000") ==
        "write 300000, without commas; the currency stands at the top of the file");
  CHECK(number_suggestion("280 thousand") == "write 280k");
  CHECK(number_suggestion("1.2 million") == "write 1.2M");
  CHECK(number_suggestion("45 pct") == "write 45%");
  CHECK(number_suggestion("€280k") == "write 280k; the currency stands at the top of the file");
  CHECK(number_suggestion("many").empty());
  CHECK(number_suggestion("0").empty());
  CHECK(number_suggestion("").empty());
}

// Advice that is followed must not change a number by a factor.
TEST_CASE("a suggestion tells commas that group from those before decimals", "[unit][scenario]") {
  CHECK(number_suggestion("300,000") == "write 300000, without commas");
  CHECK(number_suggestion("1,00,000") == "write 100000, without commas");
  CHECK(number_suggestion("1.234.567") == "write 1234567, without dots");
  CHECK(number_suggestion("1,5") == "write 1.5, with a dot before the decimals");
  CHECK(number_suggestion("1,2M") == "write 1.2M, with a dot before the decimals");
  CHECK(number_suggestion("1,2 million") == "write 1.2M, with a dot before the decimals");
  CHECK(number_suggestion("45,5%") == "write 45.5%, with a dot before the decimals");
  CHECK(number_suggestion("45,125 %") == "write 45.125%, with a dot before the decimals");
  CHECK(number_suggestion("0,500") == "write 0.500, with a dot before the decimals");
  CHECK(number_suggestion("1.200,50") == "write 1200.50, with a dot before the decimals");
  CHECK(number_suggestion("1,200.50") == "write 1200.50, with a dot before the decimals");
  CHECK(number_suggestion("1 200,50") == "write 1200.50, with a dot before the decimals");
  CHECK(number_suggestion("1,250M") == "write 1250M or 1.250M, whichever is meant");
  CHECK(number_suggestion("1,2,3").empty());
  CHECK(number_suggestion("1.2.3").empty());
  CHECK(number_suggestion("1.2,3.4").empty());
}

}  // namespace
}  // namespace attain::reading
