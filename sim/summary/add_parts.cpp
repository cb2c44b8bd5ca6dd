#include "add_parts.hpp"

#include "roll_up.hpp"

#include <algorithm>

namespace attain {

namespace {

void add(std::optional<double>& to, const std::optional<double>& from) {
  if (from) to = to.value_or(0) + *from;
}

void add_streams(std::vector<StreamSummary>& to, const std::vector<StreamSummary>& from) {
  for (const StreamSummary& stream : from) {
    const auto known = std::find_if(to.begin(), to.end(), [&stream](const StreamSummary& other) {
      return other.name == stream.name;
    });
    if (known == to.end()) {
      to.push_back(stream);
      continue;
    }
    known->leads += stream.leads;
    known->wins += stream.wins;
    add(known->bookings, stream.bookings);
  }
}

void add_weeks(std::vector<WeekSummary>& to, const std::vector<WeekSummary>& from) {
  for (std::size_t week = 0; week < to.size(); ++week) {
    to[week].pipeline += from[week].pipeline;
    to[week].leads += from[week].leads;
    to[week].wins += from[week].wins;
    for (std::size_t kind = 0; kind < to[week].activities.size(); ++kind) {
      to[week].activities[kind] += from[week].activities[kind];
    }
  }
}

}  // namespace

void add_parts(Outlook& group, const std::vector<std::size_t>& members,
               const std::vector<const Outlook*>& territories) {
  group.roll_up.booked = {};
  for (const std::size_t member : members) {
    const Outlook& part = *territories[member];
    group.wins += part.wins;
    add(group.expected_wins, part.expected_wins);
    add(group.expected_bookings, part.expected_bookings);
    group.expected_is_exact = group.expected_is_exact && part.expected_is_exact;
    add_streams(group.streams, part.streams);
    group.dated.wins += part.dated.wins;
    add(group.dated.bookings, part.dated.bookings);
    add_roll_up(group.roll_up, part.roll_up);
    add_weeks(group.weeks, part.weeks);
  }
}

}  // namespace attain
