#pragma once

#include <attain/summary/drivers.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

namespace attain {

/// The target's territories as a scenario of their own, by name, so that their order in the file
/// does not show.
class TargetScenario {
 public:
  TargetScenario(const Scenario& scenario, const std::vector<std::size_t>& territories);

  [[nodiscard]] const Scenario& all() const { return all_; }
  /// Some of them, which have the same luck as in the whole. `chosen` ascends.
  [[nodiscard]] Scenario part(const std::vector<std::size_t>& chosen) const;

 private:
  Scenario shell_;  ///< Without territories and what speaks of them.
  Scenario all_;
};

/// One setting of a driver, before it is simulated.
struct Variant {
  DriverSetting setting;
  std::function<void(Scenario&)> change;  ///< Of the part that is touched; may be empty.
  std::optional<double> quantile;         ///< Of DriverVariants::number.
};

struct DriverVariants {
  Driver driver;                     ///< Without settings.
  std::vector<std::size_t> touched;  ///< Territories that it can change, ascending.
  std::size_t number = 0;            ///< Index into Scenario::uncertain.
  std::vector<Variant> variants;
};

/// Each adds its list. `scenario` is TargetScenario::all.
void add_unknown(const Scenario& scenario, std::vector<DriverVariants>& all);
void add_changeable(const Scenario& scenario, std::vector<DriverVariants>& all);
/// Hours of work, as a part of what we can change.
void add_hours(const Scenario& scenario, std::vector<DriverVariants>& all);
void add_possible(const Scenario& scenario, std::vector<DriverVariants>& all);

}  // namespace attain
