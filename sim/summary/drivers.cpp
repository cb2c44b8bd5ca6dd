#include <attain/summary/drivers.hpp>

#include "drivers_variants.hpp"

#include <attain/plan/plan.hpp>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace attain {

namespace {

/// Bookings that are held at a time, of the scenario as it is.
constexpr std::int64_t most_values = 4'000'000;

/// Final bookings: [territory][replication].
using Bookings = std::vector<std::vector<std::int64_t>>;

std::vector<std::size_t> by_name(const Scenario& scenario, std::vector<std::size_t> territories) {
  std::sort(territories.begin(), territories.end(), [&scenario](std::size_t a, std::size_t b) {
    return scenario.territories[a].name < scenario.territories[b].name;
  });
  return territories;
}

/// Adds the chosen territories and what is said of them to a scenario without any.
void add_territories(Scenario& part, const Scenario& whole,
                     const std::vector<std::size_t>& chosen) {
  for (const std::size_t t : chosen) part.territories.push_back(whole.territories[t]);
  for (const Rule& rule : whole.rules) {
    std::vector<Selected> where;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      const auto found = std::lower_bound(
          rule.where.begin(), rule.where.end(), chosen[i],
          [](const Selected& each, std::size_t territory) { return each.territory < territory; });
      if (found == rule.where.end() || found->territory != chosen[i]) continue;
      where.push_back(*found);
      where.back().territory = i;
    }
    if (where.empty()) continue;
    part.rules.push_back({rule.name, std::move(where), rule.when, rule.chance,
                          rule.chance_uncertain, rule.chance_per_territory, rule.then});
  }
  part.shocks = whole.shocks;
  for (Shock& shock : part.shocks) {
    if (shock.group.empty()) continue;
    std::vector<std::string> group;
    for (const std::size_t t : chosen) group.push_back(shock.group[t]);
    shock.group = std::move(group);
  }
}

/// Largest first; what is equally large by what it is.
bool stands_before(const Driver& a, const Driver& b) {
  if (a.list != b.list) return a.list < b.list;
  if (a.size() != b.size()) return a.size() > b.size();
  return std::tie(a.kind, a.name) < std::tie(b.kind, b.name);
}

}  // namespace

TargetScenario::TargetScenario(const Scenario& scenario,
                               const std::vector<std::size_t>& territories) {
  shell_ = scenario;
  shell_.territories.clear();
  shell_.rules.clear();
  shell_.shocks.clear();
  shell_.history.clear();
  shell_.region_targets.clear();
  shell_.company = {};
  all_ = shell_;
  add_territories(all_, scenario, by_name(scenario, territories));
}

Scenario TargetScenario::part(const std::vector<std::size_t>& chosen) const {
  Scenario made = shell_;
  add_territories(made, all_, chosen);
  return made;
}

std::vector<DriverTarget> driver_targets(const Scenario& scenario) {
  using Level = DriverTarget::Level;
  std::vector<DriverTarget> targets;
  for (std::size_t t = 0; t < scenario.territories.size(); ++t) {
    const Territory& territory = scenario.territories[t];
    targets.push_back(
        {Level::territory, territory.name, {t}, year_quota(territory, scenario.calendar)});
  }
  for (const Group& group : region_groups(scenario)) {
    targets.push_back(
        {Level::region, group.name, group.territories, year_quota(group, scenario.calendar)});
  }
  const Group company = company_group(scenario);
  targets.push_back(
      {Level::company, company.name, company.territories, year_quota(company, scenario.calendar)});
  return targets;
}

double Driver::size() const {
  double largest = 0;
  for (const DriverSetting& each : settings)
    largest = std::max(largest, std::abs(each.effect.value));
  return largest;
}

bool Driver::measurable() const {
  return std::any_of(settings.begin(), settings.end(), [](const DriverSetting& each) {
    return each.effect.low > 0 || each.effect.high < 0;
  });
}

struct DriverSearch::Parts {
  DriverTarget target;
  TargetScenario scenario;
  std::vector<DriverVariants> drivers;
};

namespace {

/// Simulates replications piece by piece, and in each piece every variant.
class Simulation {
 public:
  Simulation(const TargetScenario& scenario, Money quota, const SimulationOptions& options)
      : scenario_(scenario), plan_(build_plan(scenario.all())), quota_(quota), options_(options) {}

  /// [driver][variant]
  using Counts = std::vector<std::vector<PairedCounts>>;

  Counts run(const std::vector<DriverVariants>& drivers) {
    Counts counts;
    for (const DriverVariants& each : drivers) counts.emplace_back(each.variants.size());
    const auto territories = static_cast<std::int64_t>(plan_.territories.size());
    const std::int64_t piece = std::max<std::int64_t>(most_values / territories / 64 * 64, 64);
    for (std::int64_t done = 0; done < options_.replications; done += piece) {
      first_ = options_.first_replication + done;
      count_ = std::min(piece, options_.replications - done);
      base_ = bookings(plan_);
      totals_.assign(static_cast<std::size_t>(count_), 0);
      for (const auto& of_territory : base_) {
        for (std::size_t r = 0; r < totals_.size(); ++r) totals_[r] += of_territory[r];
      }
      for (std::size_t r = 0; r < totals_.size(); ++r) at_quota_ += totals_[r] >= quota_.cents;
      for (std::size_t d = 0; d < drivers.size(); ++d) {
        for (std::size_t v = 0; v < drivers[d].variants.size(); ++v)
          compare(drivers[d], drivers[d].variants[v], counts[d][v]);
      }
    }
    return counts;
  }

  [[nodiscard]] std::uint64_t at_quota() const { return at_quota_; }

 private:
  Bookings bookings(const Plan& plan) {
    SimulationOptions piece = options_;
    piece.first_replication = first_;
    piece.replications = count_;
    const auto weight = static_cast<std::int64_t>(plan.territories.size());
    if (options_.progress) {
      piece.progress = [this, weight](std::int64_t more) {
        options_.progress(simulated_ + weight * more);
      };
    }
    Bookings made = simulate_bookings(plan, piece);
    simulated_ += weight * count_;
    return made;
  }

  /// What is not touched books what it books as it is, because its luck is its own.
  void compare(const DriverVariants& driver, const Variant& variant, PairedCounts& counts) {
    Scenario part = scenario_.part(driver.touched);
    if (variant.change) variant.change(part);
    Plan plan = build_plan(part, &plan_);
    if (variant.quantile) fix_uncertain(plan, driver.number, *variant.quantile);
    const Bookings changed = bookings(plan);
    for (std::size_t r = 0; r < totals_.size(); ++r) {
      std::int64_t total = totals_[r];
      for (std::size_t i = 0; i < changed.size(); ++i)
        total += changed[i][r] - base_[driver.touched[i]][r];
      counts.add(totals_[r] >= quota_.cents, total >= quota_.cents);
    }
  }

  const TargetScenario& scenario_;
  Plan plan_;
  Money quota_;
  const SimulationOptions& options_;
  std::int64_t simulated_ = 0;
  std::uint64_t at_quota_ = 0;
  // Of the piece at hand.
  std::int64_t first_ = 0;
  std::int64_t count_ = 0;
  Bookings base_;
  std::vector<std::int64_t> totals_;  ///< [replication]
};

}  // namespace

DriverSearch::DriverSearch(const Scenario& scenario, const DriverTarget& target) {
  auto parts =
      std::make_unique<Parts>(Parts{target, TargetScenario(scenario, target.territories), {}});
  add_unknown(parts->scenario.all(), parts->drivers);
  add_changeable(parts->scenario.all(), parts->drivers);
  add_possible(parts->scenario.all(), parts->drivers);
  parts_ = std::move(parts);
}

DriverSearch::~DriverSearch() = default;

std::int64_t DriverSearch::simulated_territories() const {
  std::size_t count = parts_->scenario.all().territories.size();
  for (const DriverVariants& each : parts_->drivers)
    count += each.touched.size() * each.variants.size();
  return static_cast<std::int64_t>(count);
}

Drivers DriverSearch::run(const SimulationOptions& options) const {
  Simulation simulation(parts_->scenario, *parts_->target.quota, options);
  const Simulation::Counts counts = simulation.run(parts_->drivers);
  Drivers result;
  result.target = parts_->target;
  result.replications = options.replications;
  result.seed = options.seed;
  result.baseline =
      chance_of(simulation.at_quota(), static_cast<std::uint64_t>(options.replications));
  for (std::size_t d = 0; d < counts.size(); ++d) {
    const DriverVariants& tried = parts_->drivers[d];
    Driver driver = tried.driver;
    for (std::size_t v = 0; v < counts[d].size(); ++v) {
      driver.settings.push_back(tried.variants[v].setting);
      driver.settings.back().effect = difference_of_chances(counts[d][v]);
    }
    result.drivers.push_back(std::move(driver));
  }
  std::sort(result.drivers.begin(), result.drivers.end(), stands_before);
  return result;
}

}  // namespace attain
