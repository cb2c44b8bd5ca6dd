#pragma once

#include <attain/engine/simulate.hpp>
#include <attain/summary/estimate.hpp>
#include <attain/summary/paired.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace attain {

/// What moves a chance of quota: one thing is changed at a time, everything else sees the same
/// luck, and the difference of the two chances is what that thing does.

/// Whose chance of quota is looked at.
struct DriverTarget {
  enum class Level { territory, region, company };
  Level level = Level::company;
  std::string name;
  std::vector<std::size_t> territories;  ///< Indices into Scenario::territories.
  std::optional<Money> quota;            ///< Of the year where there are several periods.
};

/// The territories in the scenario's order, the regions, then the company.
std::vector<DriverTarget> driver_targets(const Scenario& scenario);

enum class DriverList {
  unknown,     ///< What we do not know: numbers that are uncertain.
  changeable,  ///< What we can change.
  possible,    ///< What may happen.
};

enum class DriverKind {
  uncertain,
  leads,
  speed,
  advance,
  amount,
  hours,     ///< One a week that other work gives back.
  taker,     ///< All hours of other work: the price of a meeting.
  selling,   ///< One hour a week more for deals.
  one_lead,  ///< One more lead a week.
  rule,
  shock,
  deal,
};

enum class DriverUnit { leads_a_week, share, weeks, money, hours_a_week, factor, odds_factor };

/// A value of one territory, or of several between its ends; lead rates of several are added up.
struct ValueRange {
  double low = 0;
  double high = 0;
};

/// The uncertain number at this probability, and the other end of the tornado's bar.
inline constexpr double low_quantile = 0.1;
inline constexpr double high_quantile = 0.9;

struct DriverSetting {
  enum class What { value, off, won, lost };
  What what = What::value;
  /// Of What::value, from what it is (its mean) to what is tried.
  ValueRange from;
  ValueRange to;
  /// P(quota) then, minus P(quota) as it is.
  Difference effect;
};

struct Driver {
  DriverList list = DriverList::unknown;
  DriverKind kind = DriverKind::uncertain;
  /// Unique within its kind: the stream, source, stage, taker of time, rule, shock, deal, or where
  /// an uncertain number is written.
  std::string name;
  std::string territory;  ///< Of deals and of one more lead.
  std::string owner;      ///< Of what we can change: who answers for it.
  std::optional<DriverUnit> unit;
  std::optional<Money> worth;  ///< Of a deal.
  /// Less or lost before more, off or won; one or two.
  std::vector<DriverSetting> settings;

  /// The larger of its effects, without sign.
  [[nodiscard]] double size() const;
  /// Whether the interval of one of them leaves out 0.
  [[nodiscard]] bool measurable() const;
};

struct Drivers {
  DriverTarget target;
  std::int64_t replications = 0;
  std::uint64_t seed = 0;
  Chance baseline;
  std::vector<Driver> drivers;  ///< By list, then the largest effect first.
};

/// Everything that is tried for one target, which must have a quota.
class DriverSearch {
 public:
  DriverSearch(const Scenario& scenario, const DriverTarget& target);
  ~DriverSearch();
  DriverSearch(const DriverSearch&) = delete;
  DriverSearch& operator=(const DriverSearch&) = delete;

  /// How many territories are simulated in all, counted again in each variant that changes them.
  [[nodiscard]] std::int64_t simulated_territories() const;

  /// The same for any number of threads and any order of territories. Progress counts replications
  /// of territories. Memory does not grow with `options.replications` beyond some millions.
  [[nodiscard]] Drivers run(const SimulationOptions& options) const;

 private:
  struct Parts;
  std::unique_ptr<const Parts> parts_;
};

}  // namespace attain
