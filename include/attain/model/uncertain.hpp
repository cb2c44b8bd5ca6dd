#pragma once

#include <attain/random/number_law.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace attain {

/// A number of a scenario that is known only in part. It is drawn once a replication. Where the
/// number itself stands, there is its mean, which is all that anything else has to know.
struct Uncertain {
  std::string name;  ///< Where it is written, as a path of names; unique, and the key of its draw.
  NumberLaw law = NumberLaw::lognormal(1, 0.1);
  /// Each territory draws its own; else all that use it see one draw.
  bool per_territory = false;
};

/// Index into Scenario::uncertain. None: the number is taken as exact.
using UncertainIndex = std::optional<std::size_t>;

/// Of a distribution whose mean or cv is uncertain; in dwell times at most one of them.
struct UncertainMoments {
  UncertainIndex mean;
  UncertainIndex cv;

  [[nodiscard]] bool any() const { return mean || cv; }
  bool operator==(const UncertainMoments&) const = default;
};

}  // namespace attain
