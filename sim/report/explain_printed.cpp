#include "explain_printed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace attain {

namespace {

constexpr int product_digits = 4;
constexpr int most_digits = 15;

/// `value` in multiples of `unit`, with `suffix` behind it.
Printed printed(double value, double unit, const std::string& suffix, int digits, Zeros zeros) {
  const double shown = value / unit;
  const int before_point =
      shown == 0 ? 1 : static_cast<int>(std::floor(std::log10(std::abs(shown)))) + 1;
  const int decimals = shown == 0 ? 0 : std::max(digits - before_point, 0);
  Printed result;
  result.text = fmt::format("{:.{}f}", shown, decimals);
  result.value = std::strtod(result.text.c_str(), nullptr) * unit;
  result.last = std::pow(10.0, -decimals) * unit;
  if (zeros == Zeros::drop && decimals > 0) {
    result.text.erase(result.text.find_last_not_of('0') + 1);
    if (result.text.back() == '.') result.text.pop_back();
  }
  result.text += suffix;
  return result;
}

bool agree(double product, const Printed& with) {
  return std::abs(product - with.value) <= with.last * (1 + 1e-9);
}

bool checks(const PrintedProduct& row) {
  double wins = row.count.value;
  for (const Printed& share : row.shares) wins *= share.value;
  return agree(wins, row.wins) && agree(row.wins.value * row.amount.value, row.expected) &&
         agree(wins * row.amount.value, row.expected);
}

}  // namespace

Printed printed_number(double value, int digits, Zeros zeros) {
  return printed(value, 1, "", digits, zeros);
}

Printed printed_percent(double fraction, int digits, Zeros zeros) {
  return printed(fraction, 0.01, " %", digits, zeros);
}

Printed printed_money(double units, int digits, Zeros zeros) {
  const double size = std::abs(units);
  if (size >= 999'950) return printed(units, 1e6, "M", digits, zeros);
  if (size >= 999.95) return printed(units, 1e3, "k", digits, zeros);
  return printed(units, 1, "", digits, zeros);
}

std::string with_thousands(std::string number) {
  const std::size_t end = std::min(number.find_first_not_of("0123456789"), number.size());
  for (std::size_t place = end; place > 3; place -= 3) number.insert(place - 3, ",");
  return number;
}

PrintedProduct printed_product(double count, const std::vector<double>& shares, double amount) {
  double wins = count;
  for (const double share : shares) wins *= share;
  PrintedProduct row;
  for (int of_wins = product_digits; of_wins <= most_digits; ++of_wins) {
    for (int of_factors = of_wins; of_factors <= most_digits; ++of_factors) {
      row.count = printed_number(count, of_factors, Zeros::drop);
      row.shares.clear();
      for (const double share : shares) {
        row.shares.push_back(printed_percent(share, of_factors, Zeros::drop));
      }
      row.wins = printed_number(wins, of_wins, Zeros::keep);
      row.amount = printed_money(amount, of_factors, Zeros::drop);
      row.expected = printed_money(wins * amount, product_digits, Zeros::keep);
      if (checks(row)) return row;
    }
  }
  return row;
}

}  // namespace attain
