#include "support/oracle/worlds.hpp"

#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>

namespace attain::oracle {

namespace {

/// What has been drawn so far.
struct Draws {
  double probability = 1;
  std::vector<std::vector<double>> numbers;  ///< [territory][uncertain number]
  std::vector<TerritoryLuck> luck;           ///< [territory]
  std::vector<double> normal;  ///< [territory] of the present shock, in its last week.
};

/// Rarer worlds are left out: all of them together would not be seen in 1,000,000 replications.
constexpr double rarest = 1e-10;

/// Each world becomes as many as there are cases in it.
template <class Cases, class Set>
void branch(std::vector<Draws>& worlds, const Cases& cases, const Set& set) {
  std::vector<Draws> branched;
  for (const Draws& world : worlds) {
    for (const Node& node : cases(world)) {
      if (world.probability * node.probability < rarest) continue;
      Draws& one = branched.emplace_back(world);
      one.probability *= node.probability;
      set(one, node.value);
    }
  }
  worlds = std::move(branched);
}

/// Calls `use(index, is_of_a_stay, write)` for each uncertain number on which a territory depends.
template <class Use>
void each_number(Scenario& scenario, std::size_t territory, const Use& use) {
  using Write = std::function<void(double)>;
  const auto plain = [&](const UncertainIndex& index, double& number) {
    if (index) use(*index, false, Write([&number](double value) { number = value; }));
  };
  const auto moments = [&](const UncertainMoments& index, Distribution& law, bool stay) {
    if (index.mean) use(*index.mean, stay, Write([&law](double x) { law = law.with_mean(x); }));
    if (index.cv) use(*index.cv, true, Write([&law](double x) { law = law.with_cv(x); }));
  };
  for (Stream& stream : scenario.territories[territory].streams) {
    plain(stream.leads_uncertain, stream.leads_per_week);
    moments(stream.funnel.amount_uncertain, stream.funnel.amount, false);
    for (Stage& stage : stream.funnel.stages) {
      plain(stage.advance_uncertain, stage.advance);
      moments(stage.weeks_to_advance_uncertain, stage.weeks_to_advance, true);
      moments(stage.weeks_to_lost_uncertain, stage.weeks_to_lost, true);
    }
  }
  for (Rule& rule : scenario.rules) {
    bool here = false;
    for (const Selected& where : rule.where) here = here || where.territory == territory;
    if (!here) continue;
    plain(rule.chance_uncertain, rule.chance);
    for (Effect& effect : rule.then) plain(effect.factor_uncertain, effect.factor);
  }
  for (Shock& shock : scenario.shocks) plain(shock.sd_uncertain, shock.sd);
}

class Worlds {
 public:
  Worlds(const Scenario& scenario, LawVariant variant, double spacing)
      : scenario_(scenario), variant_(variant), spacing_(spacing) {
    const std::size_t territories = scenario.territories.size();
    TerritoryLuck none;
    none.exists.assign(scenario.rules.size(),
                       std::vector<bool>(static_cast<std::size_t>(scenario.calendar.periods)));
    none.factor.assign(scenario.shocks.size(),
                       std::vector<double>(static_cast<std::size_t>(scenario.calendar.steps()), 1));
    worlds_ = {{1, std::vector(territories, std::vector<double>(scenario.uncertain.size())),
                std::vector(territories, none), std::vector<double>(territories)}};
    is_chance_.resize(scenario.uncertain.size());
    for (const Rule& rule : scenario.rules) {
      if (rule.chance_uncertain) is_chance_[*rule.chance_uncertain] = true;
    }
  }

  std::vector<World> all() {
    for (std::size_t u = 0; u < scenario_.uncertain.size(); ++u) draw_number(u);
    for (std::size_t r = 0; r < scenario_.rules.size(); ++r) draw_existence(r);
    for (std::size_t s = 0; s < scenario_.shocks.size(); ++s) draw_shock(s);
    // What differs in nothing but a chance that was drawn is one world.
    std::map<std::vector<std::shared_ptr<const TerritoryLaw>>, double> solved;
    for (const Draws& draws : worlds_) {
      std::vector<std::shared_ptr<const TerritoryLaw>> laws;
      for (std::size_t t = 0; t < scenario_.territories.size(); ++t) {
        laws.push_back(law_of(draws, t));
      }
      solved[laws] += draws.probability;
    }
    double sum = 0;
    for (const auto& [laws, probability] : solved) sum += probability;
    std::vector<World> worlds;
    for (const auto& [laws, probability] : solved) worlds.push_back({probability / sum, laws});
    return worlds;
  }

 private:
  using Territories = std::vector<std::size_t>;

  void draw_number(std::size_t number) {
    const Uncertain& uncertain = scenario_.uncertain[number];
    Scenario copy = scenario_;
    bool of_a_stay = false;
    Territories users;
    for (std::size_t t = 0; t < scenario_.territories.size(); ++t) {
      each_number(copy, t, [&](std::size_t index, bool stay, const auto&) {
        if (index != number) return;
        of_a_stay = of_a_stay || stay;
        if (users.empty() || users.back() != t) users.push_back(t);
      });
    }
    const std::vector<Node> nodes =
        of_a_stay ? cases_of(uncertain.law) : nodes_of(uncertain.law, spacing_);
    for (const Territories& group : groups(users, uncertain.per_territory)) {
      branch(
          worlds_, [&](const Draws&) { return nodes; },
          [&](Draws& draws, double value) {
            for (const std::size_t t : group) draws.numbers[t][number] = value;
          });
    }
  }

  void draw_existence(std::size_t rule_index) {
    const Rule& rule = scenario_.rules[rule_index];
    Territories selected;
    for (const Selected& where : rule.where) selected.push_back(where.territory);
    const Calendar& calendar = scenario_.calendar;
    for (int period = calendar.current_period(); period < calendar.periods; ++period) {
      for (const Territories& group : groups(selected, rule.chance_per_territory)) {
        branch(
            worlds_,
            [&](const Draws& draws) {
              const double chance = rule.chance_uncertain
                                        ? draws.numbers[group.front()][*rule.chance_uncertain]
                                        : rule.chance;
              return std::vector<Node>{{0, 1 - chance}, {1, chance}};
            },
            [&](Draws& draws, double exists) {
              for (const std::size_t t : group) {
                draws.luck[t].exists[rule_index][static_cast<std::size_t>(period)] = exists == 1;
              }
            });
      }
    }
  }

  void draw_shock(std::size_t index) {
    const Shock& shock = scenario_.shocks[index];
    std::map<std::string, Territories> by_name;
    for (std::size_t t = 0; t < scenario_.territories.size(); ++t) {
      switch (shock.shared_by) {
        case Shock::SharedBy::all: by_name[""].push_back(t); break;
        case Shock::SharedBy::attribute: by_name[shock.group.at(t)].push_back(t); break;
        case Shock::SharedBy::territory: by_name[scenario_.territories[t].name] = {t}; break;
      }
    }
    const std::vector<Node> nodes = normal_nodes(spacing_);
    for (const auto& [name, group] : by_name) {
      for (int step = 0; step < scenario_.calendar.steps();) {
        const int end = end_of_draw(shock, step);
        branch(
            worlds_, [&](const Draws&) { return nodes; },
            [&](Draws& draws, double normal) {
              for (const std::size_t t : group) set_shock(draws, index, t, step, end, normal);
            });
        step = end;
      }
    }
  }

  /// Behind the steps that see the same draw of a shock.
  [[nodiscard]] int end_of_draw(const Shock& shock, int step) const {
    const Calendar& calendar = scenario_.calendar;
    const auto draw_of = [&](int s) {
      const int from_start = calendar.steps_done + s;
      return shock.per == Shock::Per::period ? calendar.period_of(from_start)
                                             : calendar.week_of(from_start);
    };
    int end = step;
    while (end < calendar.steps() && draw_of(end) == draw_of(step)) ++end;
    return end;
  }

  void set_shock(Draws& draws, std::size_t index, std::size_t t, int step, int end,
                 double normal) const {
    const Shock& shock = scenario_.shocks[index];
    const double kept = step == 0 ? 0 : shock.persistence;
    draws.normal[t] = kept * draws.normal[t] + std::sqrt(1 - kept * kept) * normal;
    const double sd = shock.sd_uncertain ? draws.numbers[t][*shock.sd_uncertain] : shock.sd;
    const double factor = std::exp(sd * draws.normal[t] - (variant_.mean_one ? sd * sd / 2 : 0));
    for (int s = step; s < end; ++s) {
      draws.luck[t].factor[index][static_cast<std::size_t>(s)] = factor;
    }
  }

  [[nodiscard]] static std::vector<Territories> groups(const Territories& territories, bool apart) {
    if (territories.empty()) return {};
    if (!apart) return {territories};
    std::vector<Territories> each;
    for (const std::size_t t : territories) each.push_back({t});
    return each;
  }

  std::shared_ptr<const TerritoryLaw> law_of(const Draws& draws, std::size_t t) {
    std::vector<double> key{static_cast<double>(t)};
    for (std::size_t u = 0; u < draws.numbers[t].size(); ++u) {
      if (!is_chance_[u]) key.push_back(draws.numbers[t][u]);
    }
    for (const auto& periods : draws.luck[t].exists) {
      key.insert(key.end(), periods.begin(), periods.end());
    }
    for (const auto& steps : draws.luck[t].factor)
      key.insert(key.end(), steps.begin(), steps.end());
    std::shared_ptr<const TerritoryLaw>& law = known_[key];
    if (!law) {
      Scenario with_numbers = scenario_;
      each_number(with_numbers, t, [&](std::size_t index, bool, const auto& write) {
        write(draws.numbers[t][index]);
      });
      law = std::make_shared<const TerritoryLaw>(
          solve(with_numbers.territories[t], scenario_.calendar,
                knobs_of(with_numbers, t, draws.luck[t]), variant_));
    }
    return law;
  }

  const Scenario& scenario_;
  LawVariant variant_;
  double spacing_;
  std::vector<bool> is_chance_;  ///< [uncertain number] which matters by what it decides alone.
  std::vector<Draws> worlds_;
  std::map<std::vector<double>, std::shared_ptr<const TerritoryLaw>> known_;
};

}  // namespace

std::vector<World> worlds_of(const Scenario& scenario, LawVariant variant, double spacing) {
  return Worlds(scenario, variant, spacing).all();
}

}  // namespace attain::oracle
