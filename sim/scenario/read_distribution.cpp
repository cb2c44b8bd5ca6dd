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
};

const Quantity weeks{Owner::weeks_distribution, Owner::weeks_mean_cv,
                     Owner::weeks_mean,         Owner::weeks_empirical,
                     Distribution::exponential, "mean",
                     Distribution::gamma,       false};
const Quantity amounts{Owner::amount_distribution, Owner::amount_mean_cv,
                       Owner::amount_mean,         Owner::amount_empirical,
                       Distribution::fixed,        "fixed",
                       Distribution::lognormal,    true};

constexpr std::array<std::string_view, 7> forms{"mean",        "gamma", "lognormal", "weibull",
                                                "exponential", "fixed", "empirical"};

/// What goes together with a form that is taken out.
const std::vector<std::string_view> all_keys{"mean",    "cv",         "gamma",     "lognormal",
                                             "weibull", "fixed",      "empirical", "advance",
                                             "lost",    "exponential"};

std::optional<double> read_one(const Slot& slot, const Quantity& quantity, Findings& findings) {
  if (!quantity.is_money) return read_number(slot, findings);
  const std::optional<Money> amount = read_money(slot, findings);
  return amount ? std::optional(amount->units()) : std::nullopt;
}

std::optional<double> read_key(const Object& object, std::string_view name,
                               const Quantity& quantity) {
  if (!quantity.is_money) return object.number(name);
  const std::optional<Money> amount = object.money(name);
  return amount ? std::optional(amount->units()) : std::nullopt;
}

std::optional<Distribution> read_mean_and_cv(const Object& object, const Quantity& quantity,
                                             Factory factory) {
  const std::optional<double> mean = read_key(object, "mean", quantity);
  const std::optional<double> cv = object.number("cv");
  return mean && cv ? std::optional(factory(*mean, *cv)) : std::nullopt;
}

std::optional<Distribution> read_family(const Object& object, std::string_view name,
                                        const Quantity& quantity, Factory factory) {
  const Node* node = object.find(name);
  if (node == nullptr) return std::nullopt;
  const Path path(object.path(), name);
  return read_mean_and_cv(Object(*node, quantity.mean_cv, path, object.findings()), quantity,
                          factory);
}

std::optional<Distribution> read_exponential(const Object& object, const Quantity& quantity) {
  const Node* node = object.find("exponential");
  if (node == nullptr) return std::nullopt;
  const Path path(object.path(), "exponential");
  const std::optional<double> mean =
      read_key(Object(*node, quantity.mean, path, object.findings()), "mean", quantity);
  return mean ? std::optional(Distribution::exponential(*mean)) : std::nullopt;
}

/// The numbers of a list, or nothing if one of them is not sound.
template <typename ReadItem>
std::optional<std::vector<double>> read_list(const Node& list, const Field& field, const Path& path,
                                             Findings& findings, ReadItem read_item) {
  const std::vector<Node>& items = list.items;
  if (!check_count({list, field, field.kind, path}, findings)) return std::nullopt;
  std::vector<double> values;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Path item_path(path, i);
    const std::optional<double> value = read_item(Slot{items[i], field, field.items, item_path});
    if (value) values.push_back(*value);
  }
  if (values.size() != items.size()) return std::nullopt;
  return values;
}

std::optional<std::vector<double>> read_values(const Node& list, const Path& path,
                                               const Quantity& quantity, Findings& findings) {
  return read_list(list, field_of(quantity.empirical, "values"), path, findings,
                   [&](const Slot& slot) { return read_one(slot, quantity, findings); });
}

std::optional<Distribution> read_weighted(const Node& node, const Path& path,
                                          const Quantity& quantity, Findings& findings) {
  const Object object(node, quantity.empirical, path, findings);
  const Node* value_list = object.list("values");
  const Node* weight_list = object.list("weights");
  if (value_list == nullptr) return std::nullopt;
  const Path values_path(path, "values");
  const auto values = read_values(*value_list, values_path, quantity, findings);
  if (!object.has("weights"))
    return values ? std::optional(Distribution::empirical(*values)) : std::nullopt;
  if (weight_list == nullptr) return std::nullopt;
  const Path weights_path(path, "weights");
  const auto weights =
      read_list(*weight_list, field_of(quantity.empirical, "weights"), weights_path, findings,
                [&](const Slot& slot) { return read_number(slot, findings); });
  if (!values || !weights) return std::nullopt;
  if (values->size() != weights->size()) {
    findings.error(
        object.key_spot("weights"), weights_path,
        fmt::format("there are {} weights for {} values", weights->size(), values->size()),
        "give each value one weight");
    return std::nullopt;
  }
  if (std::all_of(weights->begin(), weights->end(), [](double weight) { return weight == 0; })) {
    findings.error(object.key_spot("weights"), weights_path, "all weights are 0",
                   "give at least one value a weight above 0");
    return std::nullopt;
  }
  return Distribution::empirical(*values, *weights);
}

std::optional<Distribution> read_empirical(const Object& object, const Quantity& quantity) {
  const Node* node = object.find("empirical");
  if (node == nullptr) return std::nullopt;
  const Path path(object.path(), "empirical");
  Findings& findings = object.findings();
  if (node->kind != Node::Kind::sequence) return read_weighted(*node, path, quantity, findings);
  const auto values = read_values(*node, path, quantity, findings);
  return values ? std::optional(Distribution::empirical(*values)) : std::nullopt;
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

std::optional<Distribution> read_form(const Object& object, const Quantity& quantity) {
  const std::optional<std::string_view> form = form_of(object);
  if (!form) return std::nullopt;
  if (*form == "gamma") return read_family(object, *form, quantity, Distribution::gamma);
  if (*form == "lognormal") return read_family(object, *form, quantity, Distribution::lognormal);
  if (*form == "weibull") return read_family(object, *form, quantity, Distribution::weibull);
  if (*form == "exponential") return read_exponential(object, quantity);
  if (*form == "empirical") return read_empirical(object, quantity);
  if (object.has("cv")) return read_mean_and_cv(object, quantity, quantity.of_mean_and_cv);
  const std::optional<double> value = read_key(object, *form, quantity);
  if (!value) return std::nullopt;
  return *form == "fixed" ? Distribution::fixed(*value) : quantity.of_mean(*value);
}

std::optional<Distribution> read_bare(const Node& node, const Path& path, const Quantity& quantity,
                                      Findings& findings) {
  if (node.kind != Node::Kind::scalar) {
    const Field& whole =
        quantity.is_money ? field_of(Owner::funnel, "amount") : field_of(Owner::stage, "weeks");
    report_unexpected({node, whole, whole.kind, path}, findings);
    return std::nullopt;
  }
  const Field& field = field_of(quantity.forms, quantity.bare);
  const std::optional<double> value =
      read_one(Slot{node, field, field.kind, path}, quantity, findings);
  return value ? std::optional(quantity.of_mean(*value)) : std::nullopt;
}

std::optional<Distribution> read_outcome(const Object& object, std::string_view outcome) {
  const Node* node = object.find(outcome);
  if (node == nullptr) {
    if (!object.has(outcome)) {
      object.report_missing(outcome, "give the time of both outcomes, 'advance' and 'lost'");
    }
    return std::nullopt;
  }
  const Path path(object.path(), outcome);
  if (node->kind != Node::Kind::mapping) return read_bare(*node, path, weeks, object.findings());
  const Object inner(*node, weeks.forms, path, object.findings());
  for (const std::string_view nested : {"advance", "lost"}) {
    if (!inner.has(nested)) continue;
    object.findings().error(inner.key_spot(nested), path,
                            fmt::format("'{}' stands inside '{}'", nested, outcome),
                            "write {advance: ..., lost: ...} once");
    return std::nullopt;
  }
  return read_form(inner, weeks);
}

}  // namespace

std::optional<Dwell> read_dwell(const Node& node, const Path& path, Findings& findings) {
  if (node.kind != Node::Kind::mapping) {
    const std::optional<Distribution> both = read_bare(node, path, weeks, findings);
    return both ? std::optional(Dwell{*both, *both}) : std::nullopt;
  }
  const Object object(node, weeks.forms, path, findings);
  if (!object.has("advance") && !object.has("lost")) {
    const std::optional<Distribution> both = read_form(object, weeks);
    return both ? std::optional(Dwell{*both, *both}) : std::nullopt;
  }
  for (const std::string_view form :
       {"mean", "cv", "gamma", "lognormal", "weibull", "exponential", "fixed", "empirical"}) {
    if (!object.has(form)) continue;
    object.report_conflict(
        {form, object.has("advance") ? "advance" : "lost",
         "put it under 'advance' and under 'lost', or remove those",
         fmt::format("'{}' stands beside the time of each outcome", form), all_keys},
        path);
    return std::nullopt;
  }
  const std::optional<Distribution> advance = read_outcome(object, "advance");
  const std::optional<Distribution> lost = read_outcome(object, "lost");
  return advance && lost ? std::optional(Dwell{*advance, *lost}) : std::nullopt;
}

std::optional<Distribution> read_weeks(const Node& node, const Path& path, Findings& findings) {
  if (node.kind != Node::Kind::mapping) return read_bare(node, path, weeks, findings);
  const Object object(node, weeks.forms, path, findings);
  for (const std::string_view outcome : {"advance", "lost"}) {
    if (!object.has(outcome)) continue;
    findings.error(object.key_spot(outcome), path,
                   fmt::format("'{}' stands here, and only the time in a stage has it", outcome),
                   "write one distribution, as in {mean: 4}");
    return std::nullopt;
  }
  return read_form(object, weeks);
}

std::optional<Distribution> read_amount(const Node& node, const Path& path, Findings& findings) {
  if (node.kind != Node::Kind::mapping) return read_bare(node, path, amounts, findings);
  return read_form(Object(node, amounts.forms, path, findings), amounts);
}

std::size_t values_of(const Distribution& distribution) {
  const auto* empirical = std::get_if<Distribution::Empirical>(&distribution.family());
  return empirical == nullptr ? 0 : empirical->values.size();
}

}  // namespace attain::reading
