#include "drivers_variants.hpp"

#include <algorithm>
#include <tuple>

namespace attain {

namespace {

using What = DriverSetting::What;

constexpr std::size_t most_deals = 5;

DriverVariants event(DriverKind kind, std::string name, std::vector<std::size_t> touched) {
  DriverVariants made;
  made.driver.list = DriverList::possible;
  made.driver.kind = kind;
  made.driver.name = std::move(name);
  made.touched = std::move(touched);
  return made;
}

Variant variant_of(What what, std::function<void(Scenario&)> change) {
  Variant variant;
  variant.setting.what = what;
  variant.change = std::move(change);
  return variant;
}

std::vector<std::size_t> every_territory(const Scenario& scenario) {
  std::vector<std::size_t> all(scenario.territories.size());
  for (std::size_t t = 0; t < all.size(); ++t) all[t] = t;
  return all;
}

void add_rules(const Scenario& scenario, std::vector<DriverVariants>& all) {
  for (const Rule& rule : scenario.rules) {
    std::vector<std::size_t> touched;
    for (const Selected& each : rule.where) touched.push_back(each.territory);
    DriverVariants made = event(DriverKind::rule, rule.name, std::move(touched));
    made.variants.push_back(variant_of(What::off, [name = rule.name](Scenario& part) {
      std::erase_if(part.rules, [&name](const Rule& each) { return each.name == name; });
    }));
    all.push_back(std::move(made));
  }
}

void add_shocks(const Scenario& scenario, std::vector<DriverVariants>& all) {
  for (const Shock& shock : scenario.shocks) {
    DriverVariants made = event(DriverKind::shock, shock.name, every_territory(scenario));
    made.variants.push_back(variant_of(What::off, [name = shock.name](Scenario& part) {
      std::erase_if(part.shocks, [&name](const Shock& each) { return each.name == name; });
    }));
    all.push_back(std::move(made));
  }
}

struct NamedDealPlace {
  std::size_t territory = 0;
  std::string territory_name;
  std::string deal;
  Money worth;
};

std::vector<NamedDealPlace> biggest_deals(const Scenario& scenario) {
  std::vector<NamedDealPlace> deals;
  for (std::size_t t = 0; t < scenario.territories.size(); ++t) {
    const Territory& territory = scenario.territories[t];
    for (const OpenDeals& open : territory.open) {
      if (!open.named()) continue;
      const Money worth =
          open.amount ? *open.amount : money_from_units(mean_amount(open, territory));
      deals.push_back({t, territory.name, open.deal, worth});
    }
  }
  std::sort(deals.begin(), deals.end(), [](const NamedDealPlace& a, const NamedDealPlace& b) {
    if (a.worth != b.worth) return a.worth > b.worth;
    return std::tie(a.deal, a.territory_name) < std::tie(b.deal, b.territory_name);
  });
  if (deals.size() > most_deals) deals.resize(most_deals);
  return deals;
}

/// Without the deal, and with so much more on day one.
std::function<void(Scenario&)> decided(const std::string& deal, Money booked) {
  return [deal, booked](Scenario& part) {
    Territory& territory = part.territories.front();
    std::erase_if(territory.open, [&deal](const OpenDeals& each) { return each.deal == deal; });
    territory.booked += booked;
  };
}

}  // namespace

void add_possible(const Scenario& scenario, std::vector<DriverVariants>& all) {
  add_rules(scenario, all);
  add_shocks(scenario, all);
  const bool several = scenario.territories.size() > 1;
  for (const NamedDealPlace& deal : biggest_deals(scenario)) {
    const std::string name = several ? deal.territory_name + "/" + deal.deal : deal.deal;
    DriverVariants made = event(DriverKind::deal, name, {deal.territory});
    made.driver.worth = deal.worth;
    made.driver.territory = deal.territory_name;
    made.variants.push_back(variant_of(What::lost, decided(deal.deal, {})));
    made.variants.push_back(variant_of(What::won, decided(deal.deal, deal.worth)));
    all.push_back(std::move(made));
  }
}

}  // namespace attain
