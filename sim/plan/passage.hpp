#pragma once

#include <attain/plan/plan.hpp>

#include <cstddef>
#include <map>
#include <utility>
#include <vector>

namespace attain {

/// What a plan's departure table says of a deal as seen on the way in: by clock.
struct Passage {
  std::vector<double>
      advance;                ///< [k] P(goes on in the step in which the clock goes from k to k+1).
  std::vector<double> still;  ///< [k] P(still in the stage after k steps); one entry more.
};

/// Exact chances of deals under a plan, by convolution over its departure tables. Equal laws and
/// equal ends of funnels are worked out once.
class Passages {
 public:
  /// The plan must outlive this object.
  explicit Passages(const Plan& plan) : plan_(plan) {}

  const Passage& of(LawIndex law);

  /// [n] P(won within n steps, the one of entry included) of a deal that enters `stage`; all 1
  /// behind the last stage. Entries 0 .. steps.
  const std::vector<double>& win_within(const FlowPlan& flow, std::size_t stage);

  /// P(won in the period) of a deal that is in `stage` on day one and leaves it by `law`.
  double win_in_period(const FlowPlan& flow, std::size_t stage, LawIndex law);

  /// [n] P(won within n steps) of such a deal. Entries 0 .. steps.
  std::vector<double> won_within(const FlowPlan& flow, std::size_t stage, LawIndex law);

  /// [m] P(won in the period), given that it is still in that stage after m steps, whether it can
  /// be or not. Entries 0 .. steps.
  std::vector<double> win_if_still_here(const FlowPlan& flow, std::size_t stage, LawIndex law);

 private:
  /// The stages from one on to the win, as a node that names its stage's law and its rest.
  using Node = std::size_t;
  static constexpr Node won = 0;

  Node node_of(const FlowPlan& flow, std::size_t stage);

  const Plan& plan_;
  std::vector<Passage> passages_;  ///< By law, empty until asked for.
  std::map<std::pair<LawIndex, Node>, Node> nodes_;
  std::vector<std::vector<double>> win_within_;  ///< By node.
};

/// A threshold of a departure as a probability.
double probability_of(std::uint32_t threshold);

}  // namespace attain
