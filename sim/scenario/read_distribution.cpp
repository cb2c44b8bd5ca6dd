#include "read_distribution.hpp"

#include "object.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace attain::reading {

namespace {

using Factory = Distribution (*)(double mean, double cv);

/// What differs between distributions of weeks and of amounts.
struct Quantity {
  Owner forms, mean_cv, mean, empirical;
  Distribution (*of_mean)(double mean);  ///< What a bare number and a mean alone stand for.
  std::string_view bare;                 ///< The form whose range a bare number has.
  Factory of_mean_and_cv;
  bool is_money;
  UncertainNumbers* numbers = nullptr;  ///< None: nothing may be uncertain.

  [[nodiscard]] Quantity with(UncertainNumbers& uncertain) const {
    Quantity quantity = *this;
    quantity.numbers = &uncertain;
    return quantity;
  }
};

const Quantity weeks{Owner::weeks_distribution, Owner::weeks_mean_cv,
                     Owner::weeks_mean,         Owner::weeks_empirical,
                     Distribution::exponential, "mean",
                     Distribution::gamma,       false};
const Quantity amounts{Owner::amount_distribution, Owner::amount_mean_cv,
                       Owner::amount_mean,         Owner::amount_empirical,
                       Distribution::fixed,        "fixed",
                       Distribution::lognormal,    true};

constexpr std::array<std::string_view, 8> forms{"mean",        "gamma", "lognormal", "weibull",
                                                "exponential", "fixed", "empirical", "range"};

/// What goes together with a form that is taken out.
const std::vector<std::string_view> all_keys{"mean",    "cv",          "gamma",     "lognormal",
                                             "weibull", "fixed",       "empirical", "advance",
                                             "lost",    "exponential", "range",     "per"};

using Read = MaybeUncertainDistribution;

std::optional<MaybeUncertain> read_one(const Slot& slot, const Quantity& quantity,
                                       Findings& findings) {
  if (quantity.numbers != nullptr) return quantity.numbers->read(slot, findings);
  const std::optional<double> value = read_certain(slot, findings);
  return value ? std::optional(MaybeUncertain{*value, std::nullopt}) : std::nullopt;
}

std::optional<MaybeUncertain> read_key(const Object& object, std::string_view name,
                                       const Quantity& quantity) {
  const Node* node = object.find(name);
  if (node == nullptr) return std::nullopt;
  const Field& field = field_of(object.owner(), name);
  const Path path(object.path(), name);
  return read_one({*node, field, field.kind, path}, quantity, object.findings());
}

/// The tables of a stay are kept for 16 values of one number.
bool check_one_is_uncertain(const Object& object, const Quantity& quantity,
                            const MaybeUncertain& mean, const MaybeUncertain& cv) {
  if (quantity.is_money || !mean.uncertain || !cv.uncertain) return true;
  object.findings().error(
      object.find("cv")->spot, object.path(),
      fmt::format("mean and cv of '{}' are both uncertain, and of a stay one number may be: it is "
                  "simulated with 16 values of that",
                  object.path().label()),
      "write the one that matters less as a single number, mostly 'cv'");
  return false;
}

std::optional<Read> read_mean_and_cv(const Object& object, const Quantity& quantity,
                                     Factory factory) {
  const std::optional<MaybeUncertain> mean = read_key(object, "mean", quantity);
  const std::optional<MaybeUncertain> cv = read_key(object, "cv", quantity);
  if (!mean || !cv || !check_one_is_uncertain(object, quantity, *mean, *cv)) return std::nullopt;
  return Read{factory(mean->value, cv->value), {mean->uncertain, cv->uncertain}};
}

std::optional<Read> read_family(const Object& object, std::string_view name,
                                const Quantity& quantity, Factory factory) {
  const Node* node = object.find(name);
  if (node == nullptr) return std::nullopt;
  const Path path(object.path(), name);
  return read_mean_and_cv(Object(*node, quantity.mean_cv, path, object.findings()), quantity,
                          factory);
}

std::optional<Read> read_exponential(const Object& object, const Quantity& quantity) {
  const Node* node = object.find("exponential");
  if (node == nullptr) return std::nullopt;
  const Path path(object.path(), "exponential");
  const auto mean =
      read_key(Object(*node, quantity.mean, path, object.findings()), "mean", quantity);
  if (!mean) return std::nullopt;
  return Read{Distribution::exponential(mean->value), {mean->uncertain, std::nullopt}};
}

/// The one form that the object has, or nothing after a report.
std::optional<std::string_view> form_of(const Object& object) {
  std::vector<std::string_view> present;
  for (const std::string_view form : forms) {
    if (object.has(form)) present.push_back(form);
  }
  if (present.size() == 1 && object.has("cv") && present[0] != "mean") {
    object.report_conflict(
        {"cv", present[0], "'cv' belongs beside 'mean', as in {gamma: {mean: 2, cv: 80%}}"},
        Path(object.path(), "cv"));
    return std::nullopt;
  }
  if (present.size() == 1 && object.has("per") && present[0] != "range") {
    object.findings().error(
        object.key_spot("per"), object.path(),
        fmt::format("'per' stands beside '{}', and belongs to an uncertain number", present[0]),
        "put it into the number's own braces, as in {mean: {range: 2 to 3, per: territory}}");
    return std::nullopt;
  }
  if (present.size() == 1) return present[0];
  if (present.empty() && object.has("cv")) {
    object.findings().error(object.key_spot("cv"), object.path(), "'cv' stands here without 'mean'",
                            "add the mean, as in {mean: 2, cv: 80%}");
  } else if (present.empty()) {
    object.findings().error(object.node().spot, object.path(),
                            fmt::format("'{}' says no distribution", object.path().label()),
                            fmt::format("give one of: {}", fmt::join(forms, ", ")));
  } else {
    object.report_conflict({present[1], present[0], "keep one of them",
                            fmt::format("'{}' says two distributions, '{}' and '{}'",
                                        object.path().label(), present[0], present[1]),
                            all_keys},
                           object.path());
  }
  return std::nullopt;
}

std::optional<Read> certain(std::optional<Distribution> distribution) {
  return distribution ? std::optional(Read{std::move(*distribution)}) : std::nullopt;
}

/// What a number stands for that is not one of `forms`: alone, or a range in braces.
std::optional<Read> read_number_alone(const Node& node, const Path& path, const Quantity& quantity,
                                      Findings& findings) {
  const Field& field = field_of(quantity.forms, quantity.bare);
  const auto value = read_one(Slot{node, field, field.kind, path}, quantity, findings);
  if (!value) return std::nullopt;
  return Read{quantity.of_mean(value->value), {value->uncertain, std::nullopt}};
}

std::optional<Read> read_form(const Object& object, const Quantity& quantity) {
  const std::optional<std::string_view> form = form_of(object);
  if (!form) return std::nullopt;
  if (*form == "gamma") return read_family(object, *form, quantity, Distribution::gamma);
  if (*form == "lognormal") return read_family(object, *form, quantity, Distribution::lognormal);
  if (*form == "weibull") return read_family(object, *form, quantity, Distribution::weibull);
  if (*form == "exponential") return read_exponential(object, quantity);
  if (*form == "empirical") return certain(read_empirical(object, quantity.empirical));
  if (*form == "range")
    return read_number_alone(object.node(), object.path(), quantity, object.findings());
  if (object.has("cv")) return read_mean_and_cv(object, quantity, quantity.of_mean_and_cv);
  const std::optional<MaybeUncertain> value = read_key(object, *form, quantity);
  if (!value) return std::nullopt;
  return Read{*form == "fixed" ? Distribution::fixed(value->value) : quantity.of_mean(value->value),
              {value->uncertain, std::nullopt}};
}

std::optional<Read> read_bare(const Node& node, const Path& path, const Quantity& quantity,
                              Findings& findings) {
  if (node.kind == Node::Kind::scalar) return read_number_alone(node, path, quantity, findings);
  const Field& whole =
      quantity.is_money ? field_of(Owner::funnel, "amount") : field_of(Owner::stage, "weeks");
  report_unexpected({node, whole, whole.kind, path}, findings);
  return std::nullopt;
}

std::optional<Read> read_outcome(const Object& object, std::string_view outcome,
                                 const Quantity& quantity) {
  const Node* node = object.find(outcome);
  if (node == nullptr) {
    if (!object.has(outcome)) {
      object.report_missing(outcome, "give the time of both outcomes, 'advance' and 'lost'");
    }
    return std::nullopt;
  }
  const Path path(object.path(), outcome);
  if (node->kind != Node::Kind::mapping) return read_bare(*node, path, quantity, object.findings());
  const Object inner(*node, quantity.forms, path, object.findings());
  for (const std::string_view nested : {"advance", "lost"}) {
    if (!inner.has(nested)) continue;
    object.findings().error(inner.key_spot(nested), path,
                            fmt::format("'{}' stands inside '{}'", nested, outcome),
                            "write {advance: ..., lost: ...} once");
    return std::nullopt;
  }
  return read_form(inner, quantity);
}

std::optional<Dwell> same_for_both(const std::optional<Read>& both) {
  if (!both) return std::nullopt;
  return Dwell{both->distribution, both->distribution, both->uncertain, both->uncertain};
}

std::optional<Distribution> distribution_of(std::optional<Read> read) {
  return read ? std::optional(std::move(read->distribution)) : std::nullopt;
}

}  // namespace

std::optional<Dwell> read_dwell(const Node& node, const Path& path, UncertainNumbers& numbers,
                                Findings& findings) {
  const Quantity quantity = weeks.with(numbers);
  if (node.kind != Node::Kind::mapping)
    return same_for_both(read_bare(node, path, quantity, findings));
  const Object object(node, quantity.forms, path, findings);
  if (!object.has("advance") && !object.has("lost"))
    return same_for_both(read_form(object, quantity));
  for (const std::string_view form : {"mean", "cv", "gamma", "lognormal", "weibull", "exponential",
                                      "fixed", "empirical", "range", "per"}) {
    if (!object.has(form)) continue;
    object.report_conflict(
        {form, object.has("advance") ? "advance" : "lost",
         "put it under 'advance' and under 'lost', or remove those",
         fmt::format("'{}' stands beside the time of each outcome", form), all_keys},
        path);
    return std::nullopt;
  }
  const std::optional<Read> advance = read_outcome(object, "advance", quantity);
  const std::optional<Read> lost = read_outcome(object, "lost", quantity);
  if (!advance || !lost) return std::nullopt;
  return Dwell{advance->distribution, lost->distribution, advance->uncertain, lost->uncertain};
}

std::optional<Distribution> read_weeks(const Node& node, const Path& path, Findings& findings) {
  if (node.kind != Node::Kind::mapping)
    return distribution_of(read_bare(node, path, weeks, findings));
  const Object object(node, weeks.forms, path, findings);
  for (const std::string_view outcome : {"advance", "lost"}) {
    if (!object.has(outcome)) continue;
    findings.error(object.key_spot(outcome), path,
                   fmt::format("'{}' stands here, and only the time in a stage has it", outcome),
                   "write one distribution, as in {mean: 4}");
    return std::nullopt;
  }
  return distribution_of(read_form(object, weeks));
}

namespace {

std::optional<Read> read_amounts(const Node& node, const Path& path, const Quantity& quantity,
                                 Findings& findings) {
  if (node.kind != Node::Kind::mapping) return read_bare(node, path, quantity, findings);
  return read_form(Object(node, quantity.forms, path, findings), quantity);
}

}  // namespace

std::optional<Read> read_amount(const Node& node, const Path& path, UncertainNumbers& numbers,
                                Findings& findings) {
  return read_amounts(node, path, amounts.with(numbers), findings);
}

std::optional<Distribution> read_certain_amount(const Node& node, const Path& path,
                                                Findings& findings) {
  return distribution_of(read_amounts(node, path, amounts, findings));
}

std::size_t values_of(const Distribution& distribution) {
  const auto* empirical = std::get_if<Distribution::Empirical>(&distribution.family());
  return empirical == nullptr ? 0 : empirical->values.size();
}

}  // namespace attain::reading
