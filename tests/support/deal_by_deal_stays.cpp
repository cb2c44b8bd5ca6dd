#include "support/deal_by_deal_stays.hpp"

#include <algorithm>
#include <boost/math/distributions/exponential.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/weibull.hpp>
#include <boost/random/discrete_distribution.hpp>
#include <boost/random/exponential_distribution.hpp>
#include <boost/random/gamma_distribution.hpp>
#include <boost/random/lognormal_distribution.hpp>
#include <boost/random/uniform_01.hpp>
#include <boost/random/weibull_distribution.hpp>
#include <cmath>
#include <vector>

namespace attain::testing {

namespace {

template <class Law>
double beyond(const Law& law, double least, Luck& luck) {
  const double survivors = least > 0 ? boost::math::cdf(boost::math::complement(law, least)) : 1;
  // Not 0, whose quantile is infinite.
  const double tail = survivors * (1 - uniform(luck));
  return std::max(least, boost::math::quantile(boost::math::complement(law, tail)));
}

double one_of(const std::vector<double>& values, const std::vector<double>& weights, Luck& luck) {
  return values[boost::random::discrete_distribution<std::size_t>(weights)(luck)];
}

}  // namespace

double uniform(Luck& luck) { return boost::random::uniform_01<double>()(luck); }

FamilyDraw::FamilyDraw(const Distribution& distribution) : family_(distribution.family()) {
  if (const auto* g = std::get_if<Distribution::Gamma>(&family_)) {
    shape_ = 1 / (g->cv * g->cv);
    scale_ = g->mean / shape_;
  } else if (const auto* w = std::get_if<Distribution::Weibull>(&family_)) {
    shape_ = oracle::weibull_shape(w->cv);
    scale_ = w->mean / std::tgamma(1 + 1 / shape_);
  } else if (const auto* l = std::get_if<Distribution::Lognormal>(&family_)) {
    shape_ = std::sqrt(std::log(1 + l->cv * l->cv));
    scale_ = std::log(l->mean) - shape_ * shape_ / 2;
  }
}

double FamilyDraw::draw(Luck& luck) const {
  namespace random = boost::random;
  if (const auto* f = std::get_if<Distribution::Fixed>(&family_)) return f->value;
  if (const auto* e = std::get_if<Distribution::Empirical>(&family_))
    return one_of(e->values, e->probabilities, luck);
  if (const auto* x = std::get_if<Distribution::Exponential>(&family_))
    return random::exponential_distribution<>(1 / x->mean)(luck);
  if (std::holds_alternative<Distribution::Gamma>(family_))
    return random::gamma_distribution<>(shape_, scale_)(luck);
  if (std::holds_alternative<Distribution::Weibull>(family_))
    return random::weibull_distribution<>(shape_, scale_)(luck);
  return random::lognormal_distribution<>(scale_, shape_)(luck);
}

double FamilyDraw::draw_cents(Luck& luck) const {
  const double units = draw(luck);
  if (std::holds_alternative<Distribution::Fixed>(family_)) return std::nearbyint(units * 100);
  return static_cast<double>(static_cast<float>(units)) * 100;
}

double FamilyDraw::draw_at_least(double least, Luck& luck) const {
  namespace math = boost::math;
  if (const auto* f = std::get_if<Distribution::Fixed>(&family_)) return f->value;
  if (const auto* e = std::get_if<Distribution::Empirical>(&family_)) {
    std::vector<double> weights = e->probabilities;
    for (std::size_t i = 0; i < weights.size(); ++i) weights[i] *= e->values[i] >= least ? 1 : 0;
    return one_of(e->values, weights, luck);
  }
  if (const auto* x = std::get_if<Distribution::Exponential>(&family_))
    return beyond(math::exponential_distribution<>(1 / x->mean), least, luck);
  if (std::holds_alternative<Distribution::Gamma>(family_))
    return beyond(math::gamma_distribution<>(shape_, scale_), least, luck);
  if (std::holds_alternative<Distribution::Weibull>(family_))
    return beyond(math::weibull_distribution<>(shape_, scale_), least, luck);
  return beyond(math::lognormal_distribution<>(scale_, shape_), least, luck);
}

double FamilyDraw::draw_length_biased(Luck& luck) const {
  namespace random = boost::random;
  if (const auto* f = std::get_if<Distribution::Fixed>(&family_)) return f->value;
  if (const auto* e = std::get_if<Distribution::Empirical>(&family_)) {
    std::vector<double> weights = e->probabilities;
    for (std::size_t i = 0; i < weights.size(); ++i) weights[i] *= e->values[i];
    return one_of(e->values, weights, luck);
  }
  if (const auto* x = std::get_if<Distribution::Exponential>(&family_))
    return random::gamma_distribution<>(2, x->mean)(luck);
  if (std::holds_alternative<Distribution::Gamma>(family_))
    return random::gamma_distribution<>(shape_ + 1, scale_)(luck);
  if (std::holds_alternative<Distribution::Weibull>(family_)) {
    // (X / scale)^shape is exponential; x f(x) makes it gamma with shape 1 + 1/shape.
    const double power = random::gamma_distribution<>(1 + 1 / shape_, 1)(luck);
    return scale_ * std::pow(power, 1 / shape_);
  }
  return random::lognormal_distribution<>(scale_ + shape_ * shape_, shape_)(luck);
}

OutcomeLaw::OutcomeLaw(const Distribution& weeks, int steps_per_week)
    : weeks_(weeks), steps_per_week_(steps_per_week), draws_(weeks), law_(weeks) {}

double OutcomeLaw::still_there(std::int64_t clock_64ths) const {
  if (clock_64ths <= 0) return 1;
  const double to = weeks_on(clock_64ths);
  if (clock_64ths >= 64)
    return steps_per_week_ * law_.integrated_survival(weeks_on(clock_64ths - 64), to);
  const double before_entry = 1 - static_cast<double>(clock_64ths) / 64;
  return before_entry + steps_per_week_ * law_.integrated_survival(0, to);
}

double OutcomeLaw::find_leaving(Known known, std::int64_t from, std::int64_t to, bool first) const {
  switch (known) {
    case Known::entered: return still_there(from) - still_there(to);
    case Known::aged:
      return (first ? law_.survival_from(weeks_on(from)) : law_.survival(weeks_on(from))) -
             law_.survival(weeks_on(to));
    case Known::found: return law_.integrated_survival(weeks_on(from), weeks_on(to));
    case Known::too_old: break;
  }
  return 0;
}

double OutcomeLaw::leaving(Known known, std::int64_t from, std::int64_t to, bool first) const {
  const auto [entry, is_new] = leaving_.try_emplace({known, from, to, first}, 0.0);
  if (is_new) entry->second = find_leaving(known, from, to, first);
  return entry->second;
}

Stay StayLaw::entered(Luck& luck) const {
  const bool advances = uniform(luck) < advance_;
  const double phase = uniform(luck) * weeks_on(64);
  return {Known::entered, phase + of(advances).draws().draw(luck), advances};
}

Stay StayLaw::aged(std::int64_t age_64ths, Luck& luck) const {
  const double age = weeks_on(age_64ths);
  const double to_advance = advance_ * to_advance_->law().survival_from(age);
  const double to_lost = (1 - advance_) * to_lost_->law().survival_from(age);
  if (to_advance + to_lost < 1e-9) return {Known::too_old, 0, false};
  const bool advances = uniform(luck) * (to_advance + to_lost) < to_advance;
  return {Known::aged, of(advances).draws().draw_at_least(age, luck), advances};
}

Stay StayLaw::found(Luck& luck) const {
  const double to_advance = advance_ * to_advance_->law().mean();
  const double to_lost = (1 - advance_) * to_lost_->law().mean();
  if (to_advance + to_lost == 0) return {Known::found, 0, uniform(luck) < advance_};
  const bool advances = uniform(luck) * (to_advance + to_lost) < to_advance;
  const double stay = of(advances).draws().draw_length_biased(luck);
  return {Known::found, uniform(luck) * stay, advances};
}

double StayLaw::share_advancing(Known known, std::int64_t from, std::int64_t to, bool first) const {
  if (known == Known::too_old) return 0;
  if (to_advance_ == to_lost_ || advance_ == 0 || advance_ == 1) return advance_;
  const double advancing = advance_ * to_advance_->leaving(known, from, to, first);
  const double lost = (1 - advance_) * to_lost_->leaving(known, from, to, first);
  return advancing + lost > 0 ? std::clamp(advancing / (advancing + lost), 0.0, 1.0) : advance_;
}

StayLaw StayLaws::of(const Stage& stage) {
  return {stage.advance, of(stage.weeks_to_advance), of(stage.weeks_to_lost)};
}

const OutcomeLaw& StayLaws::of(const Distribution& weeks) {
  for (const OutcomeLaw& law : laws_) {
    if (law.weeks() == weeks) return law;
  }
  return laws_.emplace_back(weeks, steps_per_week_);
}

}  // namespace attain::testing
