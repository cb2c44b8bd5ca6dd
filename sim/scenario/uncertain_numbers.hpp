#pragma once

#include "object.hpp"

#include <attain/model/scenario.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attain::reading {

/// A number that may be uncertain: then `value` is its mean.
struct MaybeUncertain {
  double value = 0;
  UncertainIndex uncertain;
};

/// The number and which it is; 0 where there is none.
inline std::pair<double, UncertainIndex> parts_of(const std::optional<MaybeUncertain>& number) {
  return number ? std::pair(number->value, number->uncertain) : std::pair(0.0, UncertainIndex{});
}

/// Whether two numbers that are known to be sound make a range of which one can draw, or reports
/// why not. The numbers of a `share` lie between 0 and 1, others are above 0.
bool check_range(double low, double high, bool is_share, const Slot& slot, Findings& findings);

/// A number in its unit, of which nothing may be uncertain.
std::optional<double> read_certain(const Slot& slot, Findings& findings);

/// Reads numbers that may be uncertain, and keeps the uncertain ones of a scenario.
class UncertainNumbers {
 public:
  /// `key` is where the number is written, with names in place of positions.
  std::optional<MaybeUncertain> read(const Slot& slot, const Path& key, Findings& findings);
  std::optional<MaybeUncertain> read(const Slot& slot, Findings& findings) {
    return read(slot, slot.path, findings);
  }
  /// The value of a key if it stands there; the object's own path is its place.
  std::optional<MaybeUncertain> read(const Object& object, std::string_view name) {
    return read(object, name, object.path());
  }
  /// Likewise, where names make `key` of the object's path.
  std::optional<MaybeUncertain> read(const Object& object, std::string_view name, const Path& key);

  MaybeUncertain add(const Path& key, const NumberLaw& law, bool per_territory);

  /// Those that something of the scenario uses become its uncertain numbers, in the order in which
  /// they were read.
  void hand_over(Scenario& scenario) const;

  [[nodiscard]] const std::vector<Uncertain>& all() const { return all_; }

 private:
  std::vector<Uncertain> all_;
};

}  // namespace attain::reading
