#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace attain::reading {

enum class Unit { none, percent, thousand, million, weeks, hours };

/// A number as it is written; the unit is part of the value already (45% is 0.45).
struct Number {
  double value = 0;
  Unit unit = Unit::none;
};

/// Reads digits as JSON does (no leading zeros, no plus, no hexadecimal, finite) with one of the
/// units %, k, M, week, weeks, h, hour or hours behind them. Nothing for all else.
std::optional<Number> parse_number(std::string_view text);

/// The two texts on both sides of `to`, as in `3 to 5`; nothing where there is none.
std::optional<std::pair<std::string_view, std::string_view>> split_range(std::string_view text);

/// "%" of 40 to 60%: a unit that changes the size of the second number, and that the first lacks.
std::string unit_of_the_other(std::string_view first, std::string_view second);

/// A whole number up to 2^64 - 1, digits only.
std::optional<std::uint64_t> parse_seed(std::string_view text);

/// What to write instead of a `text` that is not a number, as in "write 1200, without the comma";
/// empty where there is nothing to say.
std::string number_suggestion(std::string_view text);

/// A bound of a range as people write it: 0.01, 5200, 1e12.
std::string bound_text(double bound);

}  // namespace attain::reading
