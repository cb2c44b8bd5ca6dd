#pragma once

#include <attain/random/number_law.hpp>

#include <vector>

namespace attain::oracle {

/// A value that stands for its surroundings, and their probability.
struct Node {
  double value = 0;
  double probability = 0;
};

/// Nodes are so many standard deviations apart. The trapezoidal rule converges faster than any
/// power of that for a density that is smooth and vanishes at both ends, such as the normal one.
inline constexpr double usual_spacing = 0.6;

/// Of the standard normal distribution.
std::vector<Node> normal_nodes(double spacing = usual_spacing);
/// Of what is known of a number; its shape is worked out anew from mean, sd and quantiles.
std::vector<Node> nodes_of(const NumberLaw& law, double spacing = usual_spacing);
/// The 16 equally likely values that an uncertain number of a stay takes.
std::vector<Node> cases_of(const NumberLaw& law);

}  // namespace attain::oracle
