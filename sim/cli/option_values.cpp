#include <attain/cli/usage.hpp>

#include <attain/base/text.hpp>
#include <attain/report/figures.hpp>

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <limits>

namespace attain {

namespace {

/// Digits only, which from_chars alone does not ask for, below 2^64.
std::optional<std::uint64_t> digits_of(std::string_view text) {
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (text.empty() || read.ec != std::errc{} || read.ptr != end) return {};
  return value;
}

std::optional<std::uint64_t> scaled(std::string_view text) {
  std::uint64_t unit = 1;
  if (!text.empty() && (text.back() == 'k' || text.back() == 'M')) {
    unit = text.back() == 'k' ? 1'000 : 1'000'000;
    text.remove_suffix(1);
  }
  const std::optional<std::uint64_t> number = digits_of(text);
  if (!number || *number > std::numeric_limits<std::uint64_t>::max() / unit) return {};
  return *number * unit;
}

/// What somebody who wrote 1e3, 0x10, 1,000, 1.5k or 2K means, if it is whole.
std::optional<std::uint64_t> meant_by(std::string text) {
  std::erase_if(text, [](char sign) { return sign == ',' || sign == '_' || sign == '\''; });
  const bool hexadecimal = text.rfind("0x", 0) == 0;
  if (hexadecimal) text.erase(0, 2);
  double unit = 1;
  const char last = text.empty() ? '\0' : text.back();
  if (!hexadecimal && (last == 'k' || last == 'K' || last == 'm' || last == 'M')) {
    unit = last == 'k' || last == 'K' ? 1e3 : 1e6;
    text.pop_back();
  }
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(
      text.data(), end, value, hexadecimal ? std::chars_format::hex : std::chars_format::general);
  value *= unit;
  if (text.empty() || read.ec != std::errc{} || read.ptr != end) return {};
  if (!(value >= 0 && value < 0x1p53) || value != std::floor(value)) return {};
  return static_cast<std::uint64_t>(value);
}

/// An example that may well be meant: many replications, a few threads, the first of a list.
std::uint64_t example_between(std::uint64_t lowest, std::uint64_t highest) {
  if (lowest == 0) return 0;
  return highest < 20'000 ? 4 : 20'000;
}

/// A number too large for 64 bits is a number all the same, and gets the message of its range.
bool only_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::uint64_t whole_number(const std::string& option, const std::string& text, std::uint64_t lowest,
                           std::uint64_t highest) {
  const std::optional<std::uint64_t> value = scaled(text);
  if (value && *value >= lowest && *value <= highest) return *value;
  const bool number = value || only_digits(text);
  std::uint64_t instead = meant_by(text).value_or(highest + 1);
  if (instead < lowest || instead > highest) instead = example_between(lowest, highest);
  throw UsageError(fmt::format("--{} is '{}', not a whole number from {} to {}", option, text,
                               integer_text(lowest), integer_text(highest)),
                   number ? "" : fmt::format("write it as in --{} {}", option, instead));
}

std::uint64_t seed_number(const std::string& option, const std::string& text) {
  if (const std::optional<std::uint64_t> value = digits_of(text)) return *value;
  throw UsageError(fmt::format("--{} is '{}', not a whole number from 0 to 2^64 - 1", option, text),
                   fmt::format("write it as in --{} {}", option, meant_by(text).value_or(7)));
}

double precision_share(const std::string& option, const std::string& text) {
  std::string_view digits = text;
  const bool percent = !digits.empty() && digits.back() == '%';
  if (percent) digits.remove_suffix(1);
  while (!digits.empty() && digits.back() == ' ') digits.remove_suffix(1);
  double value = 0;
  const char* const end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, value, std::chars_format::fixed);
  const bool number = !digits.empty() && read.ec == std::errc{} && read.ptr == end;
  const double share = percent ? value / 100 : value;
  if (number && std::isfinite(share) && share > 0 && share <= 0.25) return share;
  const bool forgot_percent = number && !percent && value > 0.25 && value <= 25;
  throw UsageError(
      fmt::format("--{} is '{}', not a half-width above 0 and up to 25 %", option, text),
      forgot_percent ? fmt::format("did you mean --{} {}%?", option, text)
                     : fmt::format("write it as in --{} 0.5%", option));
}

std::size_t choice(const std::string& option, const std::string& text,
                   const std::vector<std::string>& choices) {
  std::string list;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (choices[i] == text) return i;
    list += (i == 0 ? "" : i + 1 == choices.size() ? " or " : ", ") + choices[i];
  }
  const std::string near = nearest_word(text, choices);
  throw UsageError(fmt::format("--{} is '{}', not {}", option, text, list),
                   near.empty() ? "" : fmt::format("did you mean --{} {}?", option, near));
}

}  // namespace attain
