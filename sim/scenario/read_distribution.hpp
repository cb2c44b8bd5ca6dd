#pragma once

#include "uncertain_numbers.hpp"

#include <attain/random/distribution.hpp>

#include <optional>

namespace attain::reading {

/// How long a deal stays in a stage, by what becomes of it.
struct Dwell {
  Distribution advance;
  Distribution lost;
  UncertainMoments advance_uncertain{};
  UncertainMoments lost_uncertain{};
};

/// A distribution whose mean or cv may be uncertain.
struct MaybeUncertainDistribution {
  Distribution distribution;
  UncertainMoments uncertain{};
};

/// Any form of `weeks`; a bare number is the mean of an exponential distribution, mean and cv are a
/// gamma's.
std::optional<Dwell> read_dwell(const Node& node, const Path& path, UncertainNumbers& numbers,
                                Findings& findings);

/// Any form of `weeks` but those that differ by outcome, of which nothing may be uncertain.
std::optional<Distribution> read_weeks(const Node& node, const Path& path, Findings& findings);

/// Any form of a distribution of amounts; a bare number is fixed, mean and cv are a lognormal's.
std::optional<MaybeUncertainDistribution> read_amount(const Node& node, const Path& path,
                                                      UncertainNumbers& numbers,
                                                      Findings& findings);

/// Likewise, of which nothing may be uncertain.
std::optional<Distribution> read_certain_amount(const Node& node, const Path& path,
                                                Findings& findings);

/// The form `empirical` of an object that has it; `weighted` is what describes values with weights.
std::optional<Distribution> read_empirical(const Object& object, Owner weighted);

/// How many values a distribution holds besides itself.
std::size_t values_of(const Distribution& distribution);

}  // namespace attain::reading
