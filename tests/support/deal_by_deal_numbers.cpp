#include "support/deal_by_deal_numbers.hpp"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/random/beta_distribution.hpp>
#include <boost/random/lognormal_distribution.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/uniform_int_distribution.hpp>
#include <cmath>

namespace attain::testing {

namespace {

constexpr int stays = 16;

double logit(double p) { return std::log(p / (1 - p)); }
double logistic(double x) { return 1 / (1 + std::exp(-x)); }
double normal_quantile(double p) {
  return boost::math::quantile(boost::math::normal_distribution<>(), p);
}

void set(double& number, const UncertainIndex& index, const std::vector<DrawnNumber>& drawn) {
  if (index) number = drawn[*index].value;
}

void set_stay(Distribution& weeks, const UncertainMoments& uncertain,
              const std::vector<DrawnNumber>& drawn) {
  if (uncertain.mean) weeks = weeks.with_mean(drawn[*uncertain.mean].of_a_stay);
  if (uncertain.cv) weeks = weeks.with_cv(drawn[*uncertain.cv].of_a_stay);
}

void set_amount(Distribution& amount, const UncertainMoments& uncertain,
                const std::vector<DrawnNumber>& drawn) {
  if (uncertain.mean) amount = amount.with_mean(drawn[*uncertain.mean].value);
  if (uncertain.cv) amount = amount.with_cv(drawn[*uncertain.cv].value);
}

void set_stream(Stream& stream, const std::vector<DrawnNumber>& drawn) {
  set(stream.leads_per_week, stream.leads_uncertain, drawn);
  set_amount(stream.funnel.amount, stream.funnel.amount_uncertain, drawn);
  for (Stage& stage : stream.funnel.stages) {
    set(stage.advance, stage.advance_uncertain, drawn);
    set(stage.hours, stage.hours_uncertain, drawn);
    set_stay(stage.weeks_to_advance, stage.weeks_to_advance_uncertain, drawn);
    set_stay(stage.weeks_to_lost, stage.weeks_to_lost_uncertain, drawn);
  }
}

}  // namespace

NumberDraw::NumberDraw(const NumberLaw& law) : family_(law.family()) {
  const double cv = law.sd() / law.mean();
  switch (family_) {
    case NumberLaw::Family::lognormal:
      second_ = std::sqrt(std::log1p(cv * cv));
      first_ = std::log(law.mean()) - second_ * second_ / 2;
      break;
    case NumberLaw::Family::logit_normal:  // Its moments have no closed form; two quantiles have.
      first_ = logit(law.quantile(0.5));
      second_ = (logit(law.quantile(0.95)) - first_) / normal_quantile(0.95);
      break;
    case NumberLaw::Family::beta: {
      const double observed = law.mean() * (1 - law.mean()) / (law.sd() * law.sd()) - 1;
      first_ = law.mean() * observed;
      second_ = (1 - law.mean()) * observed;
    }
  }
  for (int i = 0; i < stays; ++i) {
    const double p = (i + 0.5) / stays;
    const double z = first_ + second_ * normal_quantile(p);
    switch (family_) {
      case NumberLaw::Family::lognormal: of_stays_.push_back(std::exp(z)); break;
      case NumberLaw::Family::logit_normal: of_stays_.push_back(logistic(z)); break;
      case NumberLaw::Family::beta:
        of_stays_.push_back(
            boost::math::quantile(boost::math::beta_distribution<>(first_, second_), p));
    }
  }
}

DrawnNumber NumberDraw::draw(Luck& luck) const {
  namespace random = boost::random;
  const auto stay =
      static_cast<std::size_t>(random::uniform_int_distribution<>(0, stays - 1)(luck));
  DrawnNumber drawn{0, of_stays_[stay]};
  switch (family_) {
    case NumberLaw::Family::lognormal:
      drawn.value = random::lognormal_distribution<>(first_, second_)(luck);
      break;
    case NumberLaw::Family::logit_normal:
      drawn.value = logistic(random::normal_distribution<>(first_, second_)(luck));
      break;
    case NumberLaw::Family::beta: drawn.value = random::beta_distribution<>(first_, second_)(luck);
  }
  return drawn;
}

std::vector<NumberDraw> number_draws(const Scenario& scenario) {
  std::vector<NumberDraw> draws;
  for (const Uncertain& number : scenario.uncertain) draws.emplace_back(number.law);
  return draws;
}

std::vector<std::vector<DrawnNumber>> draw_numbers(const Scenario& scenario,
                                                   const std::vector<NumberDraw>& draws,
                                                   Luck& luck) {
  std::vector<std::vector<DrawnNumber>> drawn(scenario.territories.size());
  for (std::size_t i = 0; i < draws.size(); ++i) {
    const DrawnNumber shared = draws[i].draw(luck);
    for (std::vector<DrawnNumber>& there : drawn)
      there.push_back(scenario.uncertain[i].per_territory ? draws[i].draw(luck) : shared);
  }
  return drawn;
}

Scenario with_numbers(const Scenario& scenario, std::size_t territory,
                      const std::vector<DrawnNumber>& drawn) {
  Scenario made = scenario;
  Territory& here = made.territories[territory];
  for (Stream& stream : here.streams) set_stream(stream, drawn);
  if (here.capacity) {
    set(here.capacity->hours_per_week, here.capacity->hours_uncertain, drawn);
    set(here.capacity->selling_share, here.capacity->share_uncertain, drawn);
    for (OtherTime& other : here.capacity->other_time)
      set(other.hours, other.hours_uncertain, drawn);
  }
  for (Rule& rule : made.rules) {
    set(rule.chance, rule.chance_uncertain, drawn);
    for (Effect& effect : rule.then) set(effect.factor, effect.factor_uncertain, drawn);
  }
  for (Shock& shock : made.shocks) set(shock.sd, shock.sd_uncertain, drawn);
  return made;
}

Scenario at_means(Scenario scenario) {
  std::vector<DrawnNumber> means;
  for (const Uncertain& number : scenario.uncertain)
    means.push_back({number.law.mean(), number.law.mean()});
  for (std::size_t t = 0; t < scenario.territories.size(); ++t) {
    scenario = with_numbers(scenario, t, means);
    Territory& here = scenario.territories[t];
    for (Stream& stream : here.streams) {
      stream.leads_uncertain.reset();
      stream.funnel.amount_uncertain = {};
      for (Stage& stage : stream.funnel.stages) {
        stage.advance_uncertain.reset();
        stage.hours_uncertain.reset();
        stage.weeks_to_advance_uncertain = stage.weeks_to_lost_uncertain = {};
      }
    }
    if (!here.capacity) continue;
    here.capacity->hours_uncertain.reset();
    here.capacity->share_uncertain.reset();
    for (OtherTime& other : here.capacity->other_time) other.hours_uncertain.reset();
  }
  for (Rule& rule : scenario.rules) {
    rule.chance_uncertain.reset();
    for (Effect& effect : rule.then) effect.factor_uncertain.reset();
  }
  for (Shock& shock : scenario.shocks) shock.sd_uncertain.reset();
  scenario.uncertain.clear();
  return scenario;
}

}  // namespace attain::testing
