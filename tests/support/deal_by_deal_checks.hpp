#pragma once

#include "support/oracle/agreement.hpp"

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <iostream>
#include <string>

namespace attain::testing {

#if defined(__SANITIZE_ADDRESS__)
inline constexpr std::int64_t usual_replications = 1'000;
inline constexpr bool enough_for_controls = false;
#else
inline constexpr std::int64_t usual_replications = 10'000;
inline constexpr bool enough_for_controls = true;
#endif

/// More than any list here has, so that controls have to fail by more than the others may.
inline constexpr std::size_t many_checks = 10'000;

inline void print(const oracle::Agreement& agreement, const std::string& what) {
  const oracle::Check worst = agreement.worst();
  std::cout << fmt::format("deal by deal: {:4} checks, largest z {:6.2f} of {:.2f}, {} ({})\n",
                           agreement.checks().size(), worst.z,
                           oracle::bound_for(agreement.checks().size()), what, worst.what);
}

inline void expect_agreement(const oracle::Agreement& agreement, const std::string& what) {
  print(agreement, what);
  INFO(what << ": " << agreement.worst().what);
  CHECK(std::abs(agreement.worst().z) < oracle::bound_for(agreement.checks().size()));
  CHECK(agreement.checks().size() > 10);
}

inline void expect_failure(const oracle::Agreement& agreement, const std::string& what) {
  print(agreement, "control, " + what);
  INFO(what << ": " << agreement.worst().what);
  if (enough_for_controls) CHECK(std::abs(agreement.worst().z) > oracle::bound_for(many_checks));
}

}  // namespace attain::testing
