#include <attain/summary/without_deal.hpp>

#include <algorithm>
#include <numeric>

namespace attain {

namespace {

/// Final bookings: [territory][replication].
using Bookings = std::vector<std::vector<std::int64_t>>;

/// Counts one of the territory, its regions and the company.
class Subject {
 public:
  Subject(std::string name, std::optional<Money> quota, std::vector<std::size_t> members)
      : name_(std::move(name)), quota_(quota), members_(std::move(members)) {}

  void add(const Bookings& bookings, std::size_t replication, std::int64_t difference) {
    std::int64_t booked = 0;
    for (const std::size_t member : members_) booked += bookings[member][replication];
    moments_.add(static_cast<std::uint64_t>(booked));
    if (quota_) counts_.add(booked >= quota_->cents, booked + difference >= quota_->cents);
  }

  [[nodiscard]] LostDealEffect effect(std::uint64_t replications) const {
    LostDealEffect effect;
    effect.name = name_;
    effect.quota = quota_;
    effect.bookings_with = mean_of(moments_, replications, 100);
    if (quota_) {
      effect.with = chance_of(counts_.first, replications);
      effect.without = chance_of(counts_.second, replications);
      effect.change = difference_of_chances(counts_);
    }
    return effect;
  }

 private:
  std::string name_;
  std::optional<Money> quota_;
  std::vector<std::size_t> members_;
  PairedCounts counts_;
  Moments moments_;
};

std::vector<Subject> subjects_of(const Scenario& scenario, std::size_t index) {
  const Territory& territory = scenario.territories[index];
  std::vector<Subject> subjects;
  const Calendar& calendar = scenario.calendar;
  subjects.emplace_back(territory.name, year_quota(territory, calendar),
                        std::vector<std::size_t>{index});
  for (const Group& group : region_groups(scenario)) {
    const auto& members = group.territories;
    if (std::find(members.begin(), members.end(), index) == members.end()) continue;
    subjects.emplace_back(group.name, year_quota(group, calendar), members);
  }
  const Group company = company_group(scenario);
  subjects.emplace_back(company.name, year_quota(company, calendar), company.territories);
  return subjects;
}

/// The deal's territory alone and without it: nobody else's luck or results change.
Scenario alone_without(const Scenario& scenario, const DealPlace& place) {
  Scenario alone = only_territory(scenario, place.territory);
  auto& open = alone.territories.front().open;
  open.erase(open.begin() + static_cast<std::ptrdiff_t>(place.open));
  return alone;
}

/// How often the deal is won, counted by itself: where rules look at what a territory stands at, a
/// deal more or less changes what others bring.
std::uint64_t times_won(const Scenario& scenario, const DealPlace& place,
                        SimulationOptions options) {
  options.progress = nullptr;
  const Outcomes outcomes =
      simulate(build_plan(only_territory(scenario, place.territory)), options);
  const std::vector<OpenDeals>& open = scenario.territories[place.territory].open;
  const auto before = open.begin() + static_cast<std::ptrdiff_t>(place.open);
  const auto index = static_cast<std::size_t>(
      std::count_if(open.begin(), before, [](const OpenDeals& deal) { return deal.named(); }));
  const auto& wins = outcomes.territories.front().named_wins[index];
  return std::accumulate(wins.begin(), wins.end(), std::uint64_t{0});
}

}  // namespace

std::vector<DealPlace> find_deals(const Scenario& scenario, const std::string& name) {
  std::vector<DealPlace> places;
  for (std::size_t t = 0; t < scenario.territories.size(); ++t) {
    const Territory& territory = scenario.territories[t];
    for (std::size_t i = 0; i < territory.open.size(); ++i) {
      const OpenDeals& open = territory.open[i];
      if (!open.named()) continue;
      if (name == open.deal || name == territory.name + "/" + open.deal) places.push_back({t, i});
    }
  }
  return places;
}

LostDeal without_deal(const Scenario& scenario, const DealPlace& place,
                      const SimulationOptions& options) {
  constexpr std::int64_t most_values = 4'000'000;  // Held at a time.
  const Territory& territory = scenario.territories[place.territory];
  const OpenDeals& open = territory.open[place.open];
  const Plan with = build_plan(scenario);
  const Plan without = build_plan(alone_without(scenario, place));
  std::vector<Subject> subjects = subjects_of(scenario, place.territory);
  PairedSums differences;
  std::uint64_t won = 0;

  const auto count = static_cast<std::int64_t>(scenario.territories.size());
  const std::int64_t piece = std::max<std::int64_t>(most_values / count / 64 * 64, 64);
  SimulationOptions part = options;
  for (std::int64_t done = 0; done < options.replications; done += part.replications) {
    part.first_replication = options.first_replication + done;
    part.replications = std::min(piece, options.replications - done);
    if (options.progress) {
      part.progress = [&options, done](std::int64_t more) { options.progress(done + more); };
    }
    const Bookings all = simulate_bookings(with, part);
    part.progress = nullptr;
    const Bookings changed = simulate_bookings(without, part);
    for (std::size_t r = 0; r < changed[0].size(); ++r) {
      const std::int64_t difference = changed[0][r] - all[place.territory][r];
      differences.add(difference);
      won += difference != 0 ? 1 : 0;
      for (Subject& subject : subjects) subject.add(all, r, difference);
    }
  }

  if (funnel_changes(scenario, place.territory)) won = times_won(scenario, place, options);

  LostDeal result;
  result.territory = territory.name;
  result.deal = open.deal;
  if (open.due) {
    result.due = open.due->date;
  } else {
    result.stage = territory.streams[open.stream].funnel.stages[open.stage].name;
  }
  result.amount = open.amount;
  const auto replications = static_cast<std::uint64_t>(options.replications);
  result.win = chance_of(won, replications);
  result.bookings = mean_difference(differences);
  for (const Subject& subject : subjects) result.effects.push_back(subject.effect(replications));
  return result;
}

}  // namespace attain
