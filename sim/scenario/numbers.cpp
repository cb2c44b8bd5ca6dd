#include "numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace attain::reading {

namespace {

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

std::size_t count_digits(std::string_view text) {
  const auto* const end = std::find_if_not(text.begin(), text.end(), is_digit);
  return static_cast<std::size_t>(end - text.begin());
}

/// A number in the grammar of JSON at the front of a text.
struct Digits {
  std::size_t length = 0;  ///< 0: none.
  bool has_exponent = false;
};

Digits scan_digits(std::string_view text) {
  std::size_t at = text.starts_with('-') ? 1 : 0;
  const std::size_t whole = count_digits(text.substr(at));
  if (whole == 0 || (whole > 1 && text[at] == '0')) return {};
  at += whole;
  if (at < text.size() && text[at] == '.') {
    const std::size_t decimals = count_digits(text.substr(at + 1));
    if (decimals == 0) return {};
    at += 1 + decimals;
  }
  if (at == text.size() || (text[at] != 'e' && text[at] != 'E')) return {at, false};
  std::size_t exponent = at + 1;
  if (exponent < text.size() && (text[exponent] == '+' || text[exponent] == '-')) ++exponent;
  const std::size_t digits = count_digits(text.substr(exponent));
  if (digits == 0) return {};
  return {exponent + digits, true};
}

struct UnitWord {
  std::string_view word;
  Unit unit;
  const char* exponent;  ///< The unit as a power of ten.
};
constexpr std::array<UnitWord, 8> unit_words{{{"%", Unit::percent, "e-2"},
                                              {"k", Unit::thousand, "e3"},
                                              {"M", Unit::million, "e6"},
                                              {"weeks", Unit::weeks, ""},
                                              {"week", Unit::weeks, ""},
                                              {"h", Unit::hours, ""},
                                              {"hour", Unit::hours, ""},
                                              {"hours", Unit::hours, ""}}};

struct Synonym {
  std::string_view word;
  const char* unit;
};
constexpr std::array<Synonym, 10> unit_synonyms{{{"percent", "%"},
                                                 {"pct", "%"},
                                                 {"thousand", "k"},
                                                 {"million", "M"},
                                                 {"mln", "M"},
                                                 {"mn", "M"},
                                                 {"m", "M"},
                                                 {"K", "k"},
                                                 {"hrs", "h"},
                                                 {"hr", "h"}}};

std::optional<double> to_double(std::string_view digits) {
  double value = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (failure != std::errc{} || end != digits.data() + digits.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

std::string without(std::string_view text, std::string_view letters) {
  std::string rest(text);
  std::erase_if(rest,
                [letters](char letter) { return letters.find(letter) != std::string_view::npos; });
  return rest;
}

/// What stands for a text in which commas or dots group digits or a comma stands before decimals.
struct Separated {
  std::string number;       ///< Empty: the text is nothing of the kind.
  std::string alternative;  ///< What else may be meant; mostly empty.
};

/// Whether `separator` groups the digits, as in 1,234,567 and 1,00,000.
bool groups_digits(std::string_view digits, char separator) {
  std::size_t group = digits.find(separator);
  if (group == 0 || group > 3 || digits.starts_with('0')) return false;
  while (group < digits.size()) {
    const std::size_t next = std::min(digits.find(separator, group + 1), digits.size());
    const std::size_t length = next - group - 1;
    if (length != 3 && (length != 2 || next == digits.size())) return false;
    group = next;
  }
  return true;
}

std::string with_decimal_point(std::string_view digits, std::size_t point) {
  return without(digits.substr(0, point), ".,") + '.' + std::string(digits.substr(point + 1));
}

Separated separated(std::string_view text) {
  const std::size_t end = std::min(text.find_first_not_of("0123456789.,"), text.size());
  const std::string_view digits = text.substr(0, end);
  const std::string unit(text.substr(end));
  const auto commas = std::count(digits.begin(), digits.end(), ',');
  const auto dots = std::count(digits.begin(), digits.end(), '.');
  if (commas > 0 && dots > 0) {
    // The last one stands before the decimals, the other one groups.
    const std::size_t last = digits.find_last_of(".,");
    if (std::count(digits.begin(), digits.end(), digits[last]) > 1) return {};
    return {with_decimal_point(digits, last) + unit, {}};
  }
  const char separator = commas > 0 ? ',' : '.';
  if (commas + dots == 0 || (dots == 1 && commas == 0)) return {};
  const std::string grouped = without(digits, ".,") + unit;
  if (commas + dots > 1) return {groups_digits(digits, separator) ? grouped : "", {}};
  const std::string decimal = with_decimal_point(digits, digits.find(',')) + unit;
  if (digits.ends_with(',')) return {grouped, {}};
  if (!groups_digits(digits, ',') || unit.find('%') != std::string::npos) return {decimal, {}};
  // 300,000 is never said to be 300.000, which would be read as 300; 1,250M may be either.
  return {grouped, unit.empty() || unit.find("week") != std::string::npos ? "" : decimal};
}

}  // namespace

std::optional<Number> parse_number(std::string_view text) {
  const Digits digits = scan_digits(text);
  if (digits.length == 0) return std::nullopt;
  std::string_view word = text.substr(digits.length);
  if (word.empty()) {
    const std::optional<double> value = to_double(text);
    return value ? std::optional(Number{*value, Unit::none}) : std::nullopt;
  }
  if (word.starts_with(' ')) word.remove_prefix(1);
  const auto* const unit = std::find_if(unit_words.begin(), unit_words.end(),
                                        [word](const UnitWord& each) { return each.word == word; });
  if (unit == unit_words.end() || digits.has_exponent) return std::nullopt;
  // Through the digits rather than by a product, so that 7.3% is exactly 0.073.
  const std::optional<double> value =
      to_double(std::string(text.substr(0, digits.length)) + unit->exponent);
  return value ? std::optional(Number{*value, unit->unit}) : std::nullopt;
}

std::optional<std::pair<std::string_view, std::string_view>> split_range(std::string_view text) {
  const std::size_t at = text.find(" to ");
  if (at == std::string_view::npos) return std::nullopt;
  const auto without_blanks = [](std::string_view part) {
    part.remove_prefix(std::min(part.find_first_not_of(' '), part.size()));
    return part.substr(0, part.find_last_not_of(' ') + 1);
  };
  return std::pair(without_blanks(text.substr(0, at)), without_blanks(text.substr(at + 4)));
}

std::string unit_of_the_other(std::string_view first, std::string_view second) {
  const auto low = parse_number(first);
  const auto high = parse_number(second);
  if (!low || !high || low->unit != Unit::none || low->value == 0) return {};
  switch (high->unit) {
    case Unit::percent: return "%";
    case Unit::thousand: return "k";
    case Unit::million: return "M";
    default: return {};
  }
}

std::optional<std::uint64_t> parse_seed(std::string_view text) {
  if (text.empty() || count_digits(text) != text.size()) return std::nullopt;
  if (text.size() > 1 && text[0] == '0') return std::nullopt;
  std::uint64_t seed = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), seed);
  return failure == std::errc{} ? std::optional(seed) : std::nullopt;
}

std::string number_suggestion(std::string_view text) {
  constexpr std::size_t longest = 40;
  if (text.empty() || text.size() > longest) return {};
  const auto write = [](const std::string& number, const char* why) {
    return parse_number(number) ? fmt::format("write {}{}", number, why) : std::string{};
  };
  if (text.starts_with("0x") || text.starts_with("0X")) return "write it as a decimal number";
  if (text.starts_with('+')) return write(std::string(text.substr(1)), ", without the plus");
  if (text.starts_with('.')) return write("0" + std::string(text), "");
  if (text.ends_with('.')) return write(std::string(text.substr(0, text.size() - 1)), "");
  if (text.size() > 1 && text[0] == '0' && is_digit(text[1])) {
    const std::size_t zeros = std::min(text.find_first_not_of('0'), text.size() - 1);
    return write(std::string(text.substr(is_digit(text[zeros]) ? zeros : zeros - 1)),
                 ", without leading zeros");
  }
  for (const auto& [word, unit] : unit_synonyms) {
    if (!text.ends_with(word)) continue;
    std::string_view number = text.substr(0, text.size() - word.size());
    if (number.ends_with(' ')) number.remove_suffix(1);
    const std::string meant = std::string(number) + unit;
    return parse_number(meant) ? write(meant, "") : number_suggestion(meant);
  }
  const std::string plain = without(text, "_' ");
  if (plain.size() != text.size() && parse_number(plain)) return write(plain, "");
  if (const auto [number, alternative] = separated(plain); parse_number(number)) {
    const char* const mark = plain.find(',') == std::string::npos ? "dots" : "commas";
    if (parse_number(alternative)) {
      return fmt::format("write {} or {}, whichever is meant", number, alternative);
    }
    return fmt::format("write {}, {}", number,
                       number.find('.') == std::string::npos
                           ? fmt::format("without {}", mark)
                           : std::string("with a dot before the decimals"));
  }
  if (text.find(" to ") != std::string_view::npos) return "write one number";
  const std::string bare = without(text, "$ ABCDEFGHIJKLNOPQRSTUVWXYZ\xC2\xA3\xE2\x82\xAC");
  if (bare.size() == text.size()) return {};
  constexpr const char* currency = "; the currency stands at the top of the file";
  if (parse_number(bare)) return write(bare, currency);
  const std::string advice = number_suggestion(bare);
  return advice.empty() ? advice : advice + currency;
}

std::string bound_text(double bound) {
  if (bound >= 1e9) return fmt::format("1e{:.0f}", std::log10(bound));
  return fmt::format("{:.15g}", bound);
}

}  // namespace attain::reading
