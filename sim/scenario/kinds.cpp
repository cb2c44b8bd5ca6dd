#include "fields.hpp"

namespace attain::reading {

std::string_view noun_of(Owner owner) {
  switch (owner) {
    case Owner::none: return "";
    case Owner::scenario: return "a scenario";
    case Owner::calendar: return "the calendar";
    case Owner::run: return "'run'";
    case Owner::targets: return "a stated target";
    case Owner::groups: return "'groups'";
    case Owner::quota_terms: return "a quota with relief";
    case Owner::forecast_call: return "a forecast with its day";
    case Owner::funnel: return "a funnel";
    case Owner::stage: return "a stage";
    case Owner::stage_override: return "a stage of a territory";
    case Owner::activity_counts: return "an activity";
    case Owner::defaults: return "the defaults";
    case Owner::territory: return "a territory";
    case Owner::stream: return "a stream";
    case Owner::open: return "an entry of 'open'";
    case Owner::slip: return "a slip";
    case Owner::history: return "a row of 'history'";
    case Owner::ramp: return "a ramp";
    case Owner::season: return "a seasonality";
    case Owner::rule: return "a rule";
    case Owner::rule_where: return "'where'";
    case Owner::rule_when: return "'when'";
    case Owner::rule_then: return "'then'";
    case Owner::rule_chance: return "'chance'";
    case Owner::shock: return "a shock";
    case Owner::effort: return "'effort'";
    case Owner::uncertain: return "an uncertain number";
    case Owner::weeks_distribution: return "a distribution of weeks";
    case Owner::amount_distribution: return "a distribution of amounts";
    case Owner::weeks_mean_cv:
    case Owner::amount_mean_cv: return "a distribution with mean and cv";
    case Owner::weeks_mean:
    case Owner::amount_mean: return "an exponential distribution";
    case Owner::weeks_empirical:
    case Owner::amount_empirical: return "an empirical distribution";
  }
  return "";
}

std::string_view about(Owner owner) {
  switch (owner) {
    case Owner::scenario: return "The file as a whole.";
    case Owner::targets: return "Of the company, and of a region under `groups: {region: ...}`.";
    case Owner::stage_override: return "Under a territory's `stages`, by the name of the stage.";
    case Owner::activity_counts:
      return "Under the name of an activity, where a name or a number is not enough.";
    case Owner::stream:
      return "A flow of new deals of its own: new business, renewals, government.";
    case Owner::quota_terms:
      return "Under `quota` of a territory or of the defaults, where something is taken off.";
    case Owner::forecast_call: return "Under `forecast`, where it matters when it was called.";
    case Owner::open:
      return "One named deal, or several that are alike: in a `stage`, or with a `due` date on "
             "which it is decided.";
    case Owner::slip: return "Under `slip` of a deal with a `due` date.";
    case Owner::history:
      return "What a territory did in one earlier period. The name of an activity, and a stage's "
             "name with `.left` or `.advanced`, are keys too, with a count.";
    case Owner::ramp:
      return "Under `ramp` of a territory: `start` or `months_in_seat`, and the factors.";
    case Owner::season: return "Under `seasonality`, for all territories.";
    case Owner::rule_where:
      return "Under `where` of a rule. The name of an attribute is a key, too, as in `tier: gold`.";
    case Owner::rule_when:
      return "Under `when` of a rule: a comparison (`<= 2`, `> 80%`, `= 3`) or a range that "
             "includes both ends (`5 to 8`). `week`, `weeks_left` and `period` are those of the "
             "step that begins; all else is the state of the whole territory at the end of the "
             "step before. `activities.` with the name of an activity is a key, too.";
    case Owner::rule_then:
      return "Under `then` of a rule: factors `x1.3`, `+10%` or `-20%`, from x0 to x100. `speed.` "
             "and `advance.` with the name of a stage are keys, too.";
    case Owner::rule_chance: return "Under `chance` of a rule, where a probability is not enough.";
    case Owner::shock: return "An entry of `shocks`.";
    case Owner::effort:
      return "At the top of the file, or under `effort` of a territory. They change the leads of "
             "streams of "
             "the source `own` and the speed of all stages.";
    case Owner::uncertain:
      return "In place of a number that may be uncertain: `range`, or `mean` with `cv` or `sd`, or "
             "`rate` with `observed`.";
    case Owner::weeks_distribution:
      return "A number alone is the mean of an exponential distribution. Otherwise one of these "
             "forms.";
    case Owner::amount_distribution:
      return "A number alone is a fixed amount. Otherwise one of these forms.";
    case Owner::weeks_mean_cv:
    case Owner::amount_mean_cv: return "Under `gamma`, `lognormal` and `weibull`.";
    case Owner::weeks_mean:
    case Owner::amount_mean: return "Under `exponential`.";
    case Owner::weeks_empirical:
    case Owner::amount_empirical: return "Under `empirical`, where values have weights.";
    default: return "";
  }
}

std::string_view noun_of(Kind kind) {
  switch (kind) {
    case Kind::version: return "the version of the format";
    case Kind::text: return "a text";
    case Kind::date: return "a date";
    case Kind::date_or_spread: return "a date or 'spread'";
    case Kind::choice: return "a choice";
    case Kind::flag: return "'true'";
    case Kind::whole_weeks: return "a whole number of weeks";
    case Kind::whole_number:
    case Kind::seed: return "a whole number";
    case Kind::probability: return "a probability";
    case Kind::share: return "a share";
    case Kind::ratio: return "a ratio";
    case Kind::number: return "a number";
    case Kind::weight: return "a weight";
    case Kind::weeks: return "a number of weeks";
    case Kind::hours: return "a number of hours";
    case Kind::condition: return "a comparison or a range";
    case Kind::factor: return "a factor";
    case Kind::odds: return "a factor of odds";
    case Kind::knob: return "something that can be multiplied";
    case Kind::rule_chance: return "a probability";
    case Kind::one_or_list: return "a set of keys with their values, or a list of these";
    case Kind::money:
    case Kind::money_by_period:
    case Kind::forecast: return "an amount of money";
    case Kind::quota:
    case Kind::money_or_none: return "an amount of money or 'none'";
    case Kind::text_or_list: return "a text or a list of texts";
    case Kind::text_map: return "a set of names with a text each";
    case Kind::activity: return "an activity";
    case Kind::weeks_distribution: return "a distribution of weeks";
    case Kind::amount_distribution: return "a distribution of amounts";
    case Kind::empirical: return "a list of values";
    case Kind::uncertain_value: return "a number";
    case Kind::uncertain_range: return "a range";
    case Kind::history: return "a list of earlier periods";
    case Kind::object: return "a set of keys with their values";
    case Kind::list: return "a list";
    case Kind::map: return "a set of names with their values";
  }
  return "";
}

std::string_view unit_of(Kind kind) {
  switch (kind) {
    case Kind::whole_weeks:
    case Kind::weeks: return "weeks";
    case Kind::hours: return "hours a week (`6` or `6h`)";
    case Kind::rule_chance:
    case Kind::probability:
    case Kind::share:
    case Kind::ratio: return "share (`45%` or `0.45`)";
    case Kind::money:
    case Kind::money_or_none:
    case Kind::money_by_period:
    case Kind::quota:
    case Kind::forecast: return "currency (`280000`, `280k` or `1.2M`)";
    case Kind::uncertain_value: return "as the number itself";
    case Kind::uncertain_range: return "two numbers as the number itself";
    case Kind::date: return "year-month-day";
    case Kind::date_or_spread: return "year-month-day, or `spread`";
    default: return "";
  }
}

}  // namespace attain::reading
