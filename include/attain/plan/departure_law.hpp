#pragma once

#include <cstdint>

namespace attain {

/// The expressions by which a deal leaves its stage in a step, shared by the tables of a plan and
/// the engine's loop, so that both come to the same bits. `Real` is a float, or a vector of floats
/// with as many `Int` of 32 bits. Survivals are P(still there | outcome) at the deal's clock before
/// and after the step. Always inlined, because the loop must not share functions with the rest of
/// the program.
namespace departure_law {

/// A chance as a multiple of 2^-31, twice; below 1.
inline constexpr float scale = 0x1p31F;
inline constexpr std::uint32_t certain = 0xffffffffU;

template <class Real>
struct Chances {
  Real leave;
  Real advance;
};

template <class Real>
[[gnu::always_inline]] inline Real no_less_than_zero(Real x) {
  return x > Real{} ? x : Real{};
}

/// Where deals stay equally long whatever their outcome: a `share` of those who leave advances.
template <class Real>
[[gnu::always_inline]] inline Chances<Real> of_one_stay(Real before, Real after, Real share) {
  // Noise in the far tail of a distribution must not bring anybody back.
  const Real leave = no_less_than_zero(before - after) / before;
  return {leave, leave * share};
}

/// Where the stay differs by outcome; `advance` and `lost` are the outcomes' probabilities.
template <class Real>
[[gnu::always_inline]] inline Chances<Real> of_two_stays(Real advance, Real advance_before,
                                                         Real advance_after, Real lost,
                                                         Real lost_before, Real lost_after) {
  const Real there = advance * advance_before + lost * lost_before;
  const Real advancing = advance * no_less_than_zero(advance_before - advance_after) / there;
  const Real losing = lost * no_less_than_zero(lost_before - lost_after) / there;
  return {advancing + losing, advancing};
}

/// The chance to advance if the odds of those who leave are `odds` times as good; `odds` > 0.
template <class Real>
[[gnu::always_inline]] inline Real with_odds(Chances<Real> chances, Real odds) {
  const Real advancing = odds * chances.advance;
  return chances.leave * (advancing / ((chances.leave - chances.advance) + advancing));
}

}  // namespace departure_law
}  // namespace attain
