#include <attain/base/text.hpp>

#include <catch2/catch.hpp>

namespace attain {
namespace {

TEST_CASE("the nearest word is a likely misspelling or nothing", "[unit][base]") {
  const std::vector<std::string> keys{"quota", "forecast", "name", "open"};
  CHECK(nearest_word("quoat", keys) == "quota");
  CHECK(nearest_word("Quota", keys) == "quota");
  CHECK(nearest_word("forcast", keys) == "forecast");
  CHECK(nearest_word("nam", keys) == "name");
  CHECK(nearest_word("oepn", keys) == "open");
  CHECK(nearest_word("region", keys).empty());
  CHECK(nearest_word("xx", keys).empty());
  CHECK(nearest_word("", keys).empty());
  CHECK(nearest_word(std::string(200, 'q'), keys).empty());
  CHECK(nearest_word("quota", {}).empty());
  CHECK(nearest_word("abcd", {"abce", "abcd"}) == "abcd");
}

TEST_CASE("printable text cannot change a terminal", "[unit][base]") {
  CHECK(printable("Ohio") == "Ohio");
  CHECK(printable("Zürich 東京") == "Zürich 東京");
  CHECK(printable("a\x1b[31mb\x07"
                  "c\x7f") == "a[31mbc");
  CHECK(printable("a\tb\nc") == "a b c");
  CHECK(printable("a\xE2\x80\xAE"
                  "b") == "ab");  // U+202E, right-to-left override
  CHECK(printable("a\xC2\x9B"
                  "b") == "ab");  // U+009B, a control sequence in one byte
  CHECK(printable("a\xFF"
                  "b") ==
        "a\xEF\xBF\xBD"
        "b");  // not UTF-8
}

TEST_CASE("the width of text is in columns of a terminal", "[unit][base]") {
  CHECK(display_width("") == 0);
  CHECK(display_width("Ohio") == 4);
  CHECK(display_width("Zürich") == 6);
  CHECK(display_width("東京") == 4);
  CHECK(display_width("e\xCC\x81") == 1);  // e with a combining acute accent
}

TEST_CASE("the first byte that is not UTF-8 is found", "[unit][base]") {
  constexpr auto none = std::string::npos;
  CHECK(first_invalid_utf8("") == none);
  CHECK(first_invalid_utf8("Zürich 東京 \xF0\x9F\x99\x82") == none);
  CHECK(first_invalid_utf8("ab\xFF") == 2);
  CHECK(first_invalid_utf8("ab\xC3") == 2);            // cut off
  CHECK(first_invalid_utf8("\xC0\xAF") == 0);          // overlong
  CHECK(first_invalid_utf8("\xED\xA0\x80") == 0);      // a surrogate
  CHECK(first_invalid_utf8("\xF4\x90\x80\x80") == 0);  // beyond U+10FFFF
  CHECK(first_invalid_utf8("\x80") == 0);
}

TEST_CASE("the hash of a name stays what it is", "[unit][base]") {
  // Results depend on it: a change would draw other luck for every territory.
  CHECK(name_hash("") == 0xEFD01F60BA992926ULL);
  CHECK(name_hash("Ohio") != name_hash("Ohip"));
  CHECK(name_hash("Ohio") == name_hash(std::string("Oh") + "io"));
}

TEST_CASE("SHA-256 is that of FIPS 180-2, appendix B", "[unit][base]") {
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

}  // namespace
}  // namespace attain
