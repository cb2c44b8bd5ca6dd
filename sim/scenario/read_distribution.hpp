#pragma once

#include "findings.hpp"

#include <attain/random/distribution.hpp>

#include <optional>

namespace attain::reading {

/// How long a deal stays in a stage, by what becomes of it.
struct Dwell {
  Distribution advance;
  Distribution lost;
};

/// Any form of `weeks`; a bare number is the mean of an exponential distribution, mean and cv are a
/// gamma's.
std::optional<Dwell> read_dwell(const Node& node, const Path& path, Findings& findings);

/// Any form of `weeks` but those that differ by outcome.
std::optional<Distribution> read_weeks(const Node& node, const Path& path, Findings& findings);

/// Any form of a distribution of amounts; a bare number is fixed, mean and cv are a lognormal's.
std::optional<Distribution> read_amount(const Node& node, const Path& path, Findings& findings);

/// How many values a distribution holds besides itself.
std::size_t values_of(const Distribution& distribution);

}  // namespace attain::reading
