#include "support/oracle/compare_groups.hpp"

#include "support/oracle/bookings_checks.hpp"

namespace attain::oracle {

void GroupComparison::compare(const Group& group, const GroupTally& tally) {
  // A group of one has the same bookings as its territory.
  if (group.territories.size() < 2) return;
  const std::string name = scenario_.name + ": " + group.name;
  for (std::size_t i = 0; i < spans_.size(); ++i) {
    const ReportedSpan& span = spans_[i];
    const BookingsMixture law = bookings(group, span);
    check_moments(agreement_, Kind::group_bookings, Kind::group_bookings, name + span.name,
                  span.moments(tally.bookings), law);
    const Targets targets{name + span.name, span.quota(group, scenario_.calendar),
                          i == 0 ? group.forecast : std::nullopt, tally.bookings.goals[i],
                          span.histogram(tally.bookings)};
    check_chances(agreement_, Kind::group_attained, targets, law, scenario_.thresholds);
    agreement_.distribution(Kind::territories_at_quota, name + span.name, tally.at_quota[i],
                            probabilities(number_at_quota(group, i)));
  }
}

BookingsMixture GroupComparison::bookings(const Group& group, const ReportedSpan& span) const {
  BookingsMixture mixture;
  for (const World& world : worlds_) {
    BookingsLaw sum;
    for (const std::size_t t : group.territories) sum.add(span.bookings(*world.territories[t]));
    mixture.add(world.probability, sum);
  }
  return mixture;
}

CountMixture GroupComparison::number_at_quota(const Group& group, std::size_t span) {
  CountMixture mixture;
  for (const World& world : worlds_) {
    CountLaw number;
    for (const std::size_t t : group.territories) {
      number.add_events(chances(*world.territories[t], t)[span]);
    }
    mixture.add(world.probability, number);
  }
  return mixture;
}

const std::vector<double>& GroupComparison::chances(const TerritoryLaw& law,
                                                    std::size_t territory) {
  const auto [found, is_new] = known_.try_emplace(&law);
  if (!is_new) return found->second;
  for (const ReportedSpan& span : spans_) {
    const auto quota = span.quota(scenario_.territories[territory], scenario_.calendar);
    found->second.push_back(
        quota ? span.bookings(law).at_least({*quota}, cells_for(worlds_.size()))[0].value : 0);
  }
  return found->second;
}

}  // namespace attain::oracle
