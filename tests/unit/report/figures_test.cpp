#include <attain/report/figures.hpp>

#include <catch2/catch.hpp>

using namespace attain;

TEST_CASE("Money reads in thousands and millions", "[unit][report]") {
  CHECK(money_text(0) == "0");
  CHECK(money_text(950) == "950");
  CHECK(money_text(999.4) == "999");
  CHECK(money_text(999.6) == "1.0k");
  CHECK(money_text(9'500) == "9.5k");
  CHECK(money_text(9'960) == "10k");
  CHECK(money_text(700'000) == "700k");
  CHECK(money_text(999'499) == "999k");
  CHECK(money_text(999'501) == "1.00M");
  CHECK(money_text(11'900'000) == "11.90M");
  CHECK(money_text(123'450'000) == "123.5M");
  CHECK(money_text(999'400'000) == "999.4M");
  CHECK(money_text(999'600'000) == "1.00B");
  CHECK(money_text(1'190'000'000) == "1.19B");
  CHECK(money_text(999.6e9) == "1.00T");
  CHECK(money_text(1'109'704e6) == "1.11T");
  CHECK(money_text(-2e12) == "-2.00T");
  CHECK(money_text(-56'000) == "-56k");
}

TEST_CASE("Small money has its cents", "[unit][report]") {
  CHECK(money_text(0.5) == "0.50");
  CHECK(money_text(0.01) == "0.01");
  CHECK(money_text(0.001) == "0");
  CHECK(money_text(5) == "5");
  CHECK(money_text(7.333) == "7.33");
  CHECK(money_text(9.99) == "9.99");
  CHECK(money_text(9.999) == "10");
  CHECK(money_text(-0.25) == "-0.25");
}

TEST_CASE("Percentages stop where nobody reads on", "[unit][report]") {
  CHECK(percent_text(0.834) == "83 %");
  CHECK(percent_text(2.01) == "201 %");
  CHECK(percent_text(9.99) == "999 %");
  CHECK(percent_text(9.996) == ">999 %");
}

TEST_CASE("A chance has no more digits than its simulation error allows", "[unit][report]") {
  CHECK(chance_text(chance_of(13'800, 20'000)) == "69 %");
  CHECK(chance_text(chance_of(99, 20'000)) == "<1 %");
  CHECK(chance_text(chance_of(101, 20'000)) == "1 %");
  CHECK(chance_text(chance_of(0, 20'000)) == "<1 %");
  CHECK(chance_text(chance_of(20'000, 20'000)) == ">99 %");
  // Half of the interval's width is 3.1 points at 1,000, 9.6 at 100, but 0.6 for 1 % of 1,000.
  CHECK(chance_text(chance_of(470, 1'000)) == "45 %");
  CHECK(chance_text(chance_of(47, 100)) == "50 %");
  CHECK(chance_text(chance_of(10, 1'000)) == "1 %");
  CHECK(chance_text(chance_of(0, 20)) == "<10 %");
}

TEST_CASE("A chance from nearly no simulation is a range that nobody judges", "[unit][report]") {
  for (const Chance& vague :
       {chance_of(3, 3), chance_of(0, 3), chance_of(0, 10), chance_of(25, 50), chance_of(1, 1)}) {
    CAPTURE(vague.low, vague.high);
    CHECK(is_vague(vague));
    CHECK(chance_word(vague).empty());
    CHECK(call_word(vague).empty());
    CHECK_FALSE(needs_decision(vague));
  }
  CHECK(chance_text(chance_of(3, 3)) == "44-100 %");
  CHECK(chance_text(chance_of(0, 10)) == "0-28 %");
  CHECK(chance_phrase(chance_of(3, 3)) == "a chance (somewhere from 44 to 100 %)");
  // From about 100 replications on, or 20 where the chance is at an end.
  CHECK_FALSE(is_vague(chance_of(47, 100)));
  CHECK_FALSE(is_vague(chance_of(0, 20)));
}

TEST_CASE("A chance in a sentence has its article", "[unit][report]") {
  CHECK(chance_phrase(chance_of(1'800, 20'000)) == "a 9 % chance");
  CHECK(chance_phrase(chance_of(1'600, 20'000)) == "an 8 % chance");
  CHECK(chance_phrase(chance_of(2'200, 20'000)) == "an 11 % chance");
  CHECK(chance_phrase(chance_of(3'600, 20'000)) == "an 18 % chance");
  CHECK(chance_phrase(chance_of(17'000, 20'000)) == "an 85 % chance");
  CHECK(chance_phrase(chance_of(0, 20'000)) == "less than a 1 % chance");
  CHECK(chance_phrase(chance_of(20'000, 20'000)) == "more than a 99 % chance");
}

TEST_CASE("Words beside a chance go by the percentage that is shown", "[unit][report]") {
  CHECK(chance_word(chance_of(12'000, 20'000)) == "likely");
  CHECK(chance_word(chance_of(11'940, 20'000)) == "likely");  // 59.7 % is shown as 60 %.
  CHECK(chance_word(chance_of(11'880, 20'000)) == "even");
  CHECK(chance_word(chance_of(8'000, 20'000)) == "even");
  CHECK(chance_word(chance_of(7'800, 20'000)) == "unlikely");
  CHECK(chance_word(chance_of(2'000, 20'000)) == "unlikely");
  CHECK(chance_word(chance_of(1'800, 20'000)) == "out of reach");
  CHECK(needs_decision(chance_of(1'800, 20'000)));
  CHECK_FALSE(needs_decision(chance_of(2'000, 20'000)));
  CHECK(call_word(chance_of(13'000, 20'000)) == "cautious");
  CHECK(call_word(chance_of(12'800, 20'000)).empty());
  CHECK(call_word(chance_of(6'200, 20'000)).empty());
  CHECK(call_word(chance_of(6'000, 20'000)) == "bold");
}

TEST_CASE("A mean count reads as a count, or as the two that it lies between", "[unit][report]") {
  CHECK(count_text(0.2) == "none");
  CHECK(count_text(0.4) == "none or 1");
  CHECK(count_text(2.2) == "2");
  CHECK(count_text(2.4) == "2 or 3");
  CHECK(count_text(2.8) == "3");
  CHECK(count_text(1'234.4) == "1,234 or 1,235");
}

TEST_CASE("An error in points is rounded up", "[unit][report]") {
  CHECK(points_text(0.006929) == "0.7 points");
  CHECK(points_text(0.00431) == "0.44 points");
  CHECK(points_text(0.005) == "0.5 points");
  CHECK(points_text(0.01) == "1 point");
  CHECK(points_text(0.0311) == "3.2 points");
}

TEST_CASE("Dates, counts and periods read as people say them", "[unit][report]") {
  using namespace std::chrono;
  const sys_days day{year{2027} / January / 4};
  CHECK(date_text(day) == "4 January 2027");
  CHECK(short_date_text(day + days{6 * 7}) == "15 Feb");
  CHECK(integer_text(7) == "7");
  CHECK(integer_text(20'000) == "20,000");
  CHECK(integer_text(1'234'567) == "1,234,567");
  CHECK(period_noun(Calendar::of_weeks({}, 13, Step::week)) == "quarter");
  CHECK(period_noun(Calendar::of_weeks({}, 4, Step::week)) == "month");
  CHECK(period_noun(Calendar::of_weeks({}, 52, Step::week)) == "year");
  CHECK(period_noun(Calendar::of_weeks({}, 8, Step::week)) == "period");
}

TEST_CASE("A name in a command line is one word of the shell", "[unit][report]") {
  CHECK(shell_word("scenarios/a-b.yaml") == "scenarios/a-b.yaml");
  CHECK(shell_word("N. California") == "'N. California'");
  CHECK(shell_word("O'Hare") == "'O'\\''Hare'");
  CHECK(shell_word("$(reboot)") == "'$(reboot)'");
  CHECK(shell_word("") == "''");
}

TEST_CASE("A name that starts with a dash is no option", "[unit][report]") {
  CHECK(operand_words({"o.yaml", "East"}) == "o.yaml East");
  CHECK(operand_words({"o.yaml", "-1+2"}) == "o.yaml -- -1+2");
  CHECK(operand_words({"-o.yaml", "-1 2"}) == "-- -o.yaml '-1 2'");
  CHECK(operand_words({"o.yaml", "a\x1b[31mb"}) == "o.yaml 'a[31mb'");
}

TEST_CASE("A long name is cut by columns, not in the middle of a character", "[unit][report]") {
  CHECK(short_name("Ohio", 10) == "Ohio");
  CHECK(short_name("Mid-Atlantic", 8) == "Mid-A...");
  CHECK(short_name("名古屋名古屋", 8) == "名古...");
  CHECK(short_name("a\x1b[31mb", 20) == "a[31mb");
}

TEST_CASE("Printed numbers are rounded to 10 digits", "[unit][report]") {
  CHECK(rounded_for_output(1.0 / 3) == 0.3333333333);
  CHECK(rounded_for_output(123456.789012345) == 123456.7890);
  CHECK(rounded_for_output(0) == 0);
  CHECK(rounded_for_output(-2.5) == -2.5);
}

TEST_CASE("A span of time says where the period stands", "[unit][report]") {
  using namespace std::chrono;
  Calendar calendar = Calendar::of_weeks(sys_days{year{2026} / December / 28}, 13, Step::week);
  CHECK(span_text(calendar) == "13 weeks from 28 December 2026");
  calendar.steps_done = 5;
  CHECK(span_text(calendar) == "week 6 of 13, from 1 February (as of) to 28 March 2027");
  calendar.steps_done = 0;
  calendar.step = Step::day;
  calendar.period_steps = 87;
  CHECK(span_text(calendar) == "28 December 2026 to 24 March 2027");
  calendar.start = sys_days{year{2027} / January / 4};
  CHECK(span_text(calendar) == "4 January to 31 March 2027");
  calendar.steps_done = 86;
  CHECK(span_text(calendar) == "week 13 of 13, 31 March 2027 (as of)");
  calendar.steps_done = 0;
  calendar.period_steps = 1;
  CHECK(span_text(calendar) == "4 January 2027");
}

TEST_CASE("A week ends with its Sunday, the last one with the period", "[unit][report]") {
  using namespace std::chrono;
  Calendar calendar = Calendar::of_weeks(sys_days{year{2027} / January / 4}, 13, Step::day);
  calendar.period_steps = 87;
  calendar.steps_done = 38;
  CHECK(iso_date_text(last_day_of_week(calendar, 0)) == "2027-02-14");
  CHECK(day_text(last_day_of_week(calendar, 0)) == "14 February");
  CHECK(iso_date_text(last_day_of_week(calendar, 7)) == "2027-03-31");
}
