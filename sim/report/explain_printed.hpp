#pragma once

#include <string>
#include <vector>

namespace attain {

/// A number as it stands on paper, and what it is worth there.
struct Printed {
  std::string text;
  double value = 0;  ///< Of the text.
  double last = 0;   ///< One unit of its last digit.
};

/// Zeros at the end are kept where the digits should say how exact a number is.
enum class Zeros { keep, drop };

/// With so many significant digits; what stands before the point keeps all of its digits.
Printed printed_number(double value, int digits, Zeros zeros);
Printed printed_percent(double fraction, int digits, Zeros zeros);
Printed printed_money(double units, int digits, Zeros zeros);

/// "20,294" for "20294"; `number` begins with its digits.
std::string with_thousands(std::string number);

/// wins = count x shares[0] x shares[1] x ...; expected = wins x amount.
struct PrintedProduct {
  Printed count;
  std::vector<Printed> shares;
  Printed wins;
  Printed amount;
  Printed expected;
};

/// With as few digits as let a reader who multiplies what is printed get what is printed, within
/// one unit of the last digit: count x shares = wins, wins x amount = expected, and all at once.
PrintedProduct printed_product(double count, const std::vector<double>& shares, double amount);

}  // namespace attain
