#include <attain/base/diagnostics.hpp>

#include <catch2/catch.hpp>

namespace attain {
namespace {

Diagnostic at(int line, int column) {
  return {Severity::error, {"s.yaml", line, column}, "'advance' is 45", "did you mean 45%?", "a.b"};
}

TEST_CASE("a message shows place, line, caret, suggestion and path", "[unit][base]") {
  CHECK(render(at(2, 3), "first\n  advance: 45\n") ==
        "s.yaml:2:3: error: 'advance' is 45\n"
        "      advance: 45\n"
        "      ^\n"
        "  did you mean 45%?\n"
        "  in a.b\n");
}

TEST_CASE("what is empty is left out", "[unit][base]") {
  CHECK(render({Severity::warning, {"s.yaml", 0, 0}, "odd", "", ""}, "text") ==
        "s.yaml: warning: odd\n");
  CHECK(render({Severity::error, {}, "odd", "", ""}, "") == "error: odd\n");
  CHECK(render({Severity::error, {"s.yaml", 9, 1}, "odd", "", ""}, "one line") ==
        "s.yaml:9:1: error: odd\n");
}

TEST_CASE("tabs, wide characters and a byte-order mark keep the caret in place", "[unit][base]") {
  const auto shown = [](int column, const std::string& source) {
    return render({Severity::error, {"s", 1, column}, "m", "", ""}, source);
  };
  CHECK(shown(2, "\tx") == "s:1:2: error: m\n     x\n     ^\n");
  CHECK(shown(3, "東京x") == "s:1:3: error: m\n    東京x\n        ^\n");
  CHECK(shown(1, "\xEF\xBB\xBFx\r\n") == "s:1:1: error: m\n    x\n    ^\n");
  CHECK(shown(9, "abc") == "s:1:9: error: m\n    abc\n       ^\n");
}

TEST_CASE("a long line is cut round the caret", "[unit][base]") {
  const std::string line = std::string(150, 'a') + "X" + std::string(150, 'b');
  CHECK(render({Severity::error, {"s", 1, 151}, "m", "", ""}, line) ==
        "s:1:151: error: m\n"
        "    ..." +
            std::string(50, 'a') + "X" + std::string(49, 'b') + "...\n" + std::string(57, ' ') +
            "^\n");
  CHECK(render({Severity::error, {"s", 1, 1}, "m", "", ""}, line) ==
        "s:1:1: error: m\n    " + std::string(100, 'a') + "...\n    ^\n");
  CHECK(render({Severity::error, {"s", 1, 301}, "m", "", ""}, line) ==
        "s:1:301: error: m\n    ..." + std::string(100, 'b') + "\n" + std::string(106, ' ') +
            "^\n");
}

TEST_CASE("a message cannot change a terminal", "[unit][base]") {
  CHECK(render({Severity::error, {"s\x1b", 1, 1}, "a\x1b[31m", "b\x07", "c\nd"}, "x\x1b") ==
        "s:1:1: error: a[31m\n    x\n    ^\n  b\n  in c d\n");
}

TEST_CASE("an invalid input says its first error", "[unit][base]") {
  const InvalidInput invalid({at(2, 3)});
  CHECK(std::string(invalid.what()) == "'advance' is 45");
  CHECK(invalid.diagnostics().size() == 1);
}

}  // namespace
}  // namespace attain
