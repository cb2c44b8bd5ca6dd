#pragma once

#include <attain/summary/summary.hpp>

#include <algorithm>

namespace attain {

/// The chance that a deal is ever won as it is printed: never below that of the period, which comes
/// from tables of 24 bits and may be above it by a hair.
inline double win_ever_of(const DealSummary& deal) {
  return std::max(deal.expected.win_ever, deal.expected.win_in_period);
}

}  // namespace attain
