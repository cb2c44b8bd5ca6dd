#include <attain/base/money.hpp>

#include <cmath>

namespace attain {

Money money_from_units(double units) {
  // nearbyint rounds half to even in the default rounding mode, which nothing here changes.
  return {static_cast<std::int64_t>(std::nearbyint(units * 100.0))};
}

Money at_least_share(Money quota, double share) {
  __extension__ using Wide = __int128;
  const Wide product = static_cast<Wide>(quota.cents) * std::llround(share * 1e6);
  return {static_cast<std::int64_t>((product + 999'999) / 1'000'000)};
}

}  // namespace attain
