#include "numbers.hpp"
#include "uncertain_numbers.hpp"

#include <fmt/format.h>

#include <cmath>

namespace attain::reading {

namespace {

/// Farther apart than what a cv of 10 makes of the 5 % and 95 % quantiles nobody means.
constexpr double most_times = 1000;
/// Narrower than this a number is known.
constexpr double least_cv = 0.001;
constexpr double most_cv = 10;

bool is_share(const Slot& slot) {
  return slot.kind == Kind::probability || slot.kind == Kind::share;
}

void report(const Slot& slot, Findings& findings, const std::string& message,
            std::string suggestion) {
  findings.error(slot.node.spot, slot.path, fmt::format("'{}' is {}", slot.path.label(), message),
                 std::move(suggestion));
}

std::optional<NumberLaw> read_range(const Slot& slot, std::string_view low_text,
                                    std::string_view high_text, Findings& findings) {
  if (split_range(high_text)) {
    report(slot, findings, fmt::format("{}, not a range of two numbers", slot.node.text),
           "write what 1 case in 20 lies below, 'to', and what 1 in 20 lies above");
    return std::nullopt;
  }
  const std::string unit = unit_of_the_other(low_text, high_text);
  if (!unit.empty()) {
    report(slot, findings, fmt::format("{}, and {} has no unit", slot.node.text, low_text),
           fmt::format("did you mean {}{} to {}?", low_text, unit, high_text));
    return std::nullopt;
  }
  const auto read_end = [&](std::string_view text) {
    Node end = slot.node;
    end.text = text;
    return read_certain({end, slot.field, slot.kind, slot.path}, findings);
  };
  const std::optional<double> low = read_end(low_text);
  const std::optional<double> high = read_end(high_text);
  if (!low || !high || !check_range(*low, *high, is_share(slot), slot, findings))
    return std::nullopt;
  return is_share(slot) ? NumberLaw::logit_normal_between(*low, *high)
                        : NumberLaw::lognormal_between(*low, *high);
}

/// The forms in braces.
class Braces {
 public:
  Braces(const Slot& slot, Findings& findings)
      : slot_(slot), object_(slot.node, Owner::uncertain, slot.path, findings) {}

  std::optional<NumberLaw> read() const {
    if (!has_one_form()) return std::nullopt;
    if (object_.has("range")) return read_range_of_braces();
    return object_.has("mean") ? read_mean() : read_rate();
  }

  [[nodiscard]] bool per_territory() const { return object_.choice("per").has_value(); }

 private:
  [[nodiscard]] bool has_one_form() const {
    std::vector<std::string_view> present;
    for (const std::string_view form : {"range", "mean", "rate"})
      if (object_.has(form)) present.push_back(form);
    if (present.size() > 1) {
      object_.report_conflict({present[1], present[0], "keep one of them", {}, all_keys()},
                              slot_.path);
      return false;
    }
    if (present.empty()) {
      error_at(object_.node().spot, slot_.path,
               fmt::format("'{}' does not say how uncertain it is", slot_.path.label()),
               fmt::format("write one number, or a range, as in {}", example_range()));
      return false;
    }
    return check_keys_beside(present[0]);
  }

  /// Each form has keys of its own.
  [[nodiscard]] bool check_keys_beside(std::string_view form) const {
    for (const auto& [key, owner] :
         {std::pair("cv", "mean"), std::pair("sd", "mean"), std::pair("observed", "rate")}) {
      if (!object_.has(key) || form == owner) continue;
      object_.report_conflict({key,
                               form,
                               fmt::format("'{}' belongs beside '{}'; keep one form", key, owner),
                               {},
                               all_keys()},
                              slot_.path);
      return false;
    }
    return true;
  }

  [[nodiscard]] std::optional<NumberLaw> read_range_of_braces() const {
    const Node* node = object_.find("range");
    if (node == nullptr) return std::nullopt;
    const Path path(slot_.path, "range");
    const Field field = known(slot_.field.range);
    const Slot slot{*node, field, slot_.kind, path};
    const auto ends = node->kind == Node::Kind::scalar ? split_range(node->text) : std::nullopt;
    if (ends) return read_range(slot, ends->first, ends->second, object_.findings());
    report(slot, object_.findings(), shown(*node) + ", not a range",
           fmt::format("write two numbers, as in {}", example_range()));
    return std::nullopt;
  }

  [[nodiscard]] std::optional<NumberLaw> read_mean() const {
    Range range = slot_.field.range;
    if (range.low == 0) range.low_is_allowed = false;
    const std::optional<double> mean = value_of("mean", slot_.kind, known(range));
    if (!object_.has("cv") && !object_.has("sd")) {
      error_at(object_.key_spot("mean"), slot_.path,
               fmt::format("'{}' says a mean, and not how uncertain it is", slot_.path.label()),
               "add 'cv' or 'sd', as in {mean: 4, cv: 20%}, or write the number alone if it is "
               "known");
      return std::nullopt;
    }
    if (object_.has("cv") && object_.has("sd")) {
      object_.report_conflict({"sd", "cv", "keep one of them"}, slot_.path);
      return std::nullopt;
    }
    const bool has_cv = object_.has("cv");
    const Field& cv_field = field_of(Owner::uncertain, "cv");
    const std::optional<double> spread =
        has_cv ? value_of("cv", cv_field.kind, cv_field)
               : value_of("sd", slot_.kind, known({0, slot_.field.range.high, false}));
    if (!mean || !spread) return std::nullopt;
    const double sd = has_cv ? *spread * *mean : *spread;
    return is_share(slot_) ? of_share(*mean, sd, has_cv ? "cv" : "sd")
                           : of_positive(*mean, has_cv ? *spread : sd / *mean);
  }

  [[nodiscard]] std::optional<NumberLaw> of_positive(double mean, double cv) const {
    if (cv >= least_cv && cv <= most_cv) return NumberLaw::lognormal(mean, cv);
    refuse_spread(cv < least_cv, "sd",
                  fmt::format("from {:.4g} to {:.4g}", least_cv * mean, most_cv * mean));
    return std::nullopt;
  }

  /// Nearer to 0 and 100 % than half of what is possible, all draws would be one or the other.
  [[nodiscard]] std::optional<NumberLaw> of_share(double mean, double sd, const char* key) const {
    if (!check_inside("mean", mean)) return std::nullopt;
    const double most = 0.9 * std::sqrt(mean * (1 - mean));
    const double least = least_cv * std::min(mean, 1 - mean);
    if (sd >= least && sd <= most) return NumberLaw::beta(mean, sd);
    const double unit = std::string_view(key) == "cv" ? mean : 1;
    refuse_spread(sd < least, key,
                  fmt::format("from {:.3g} % to {:.3g} %", least / unit * 100, most / unit * 100));
    return std::nullopt;
  }

  void refuse_spread(bool is_small, const char* key, const std::string& range) const {
    const Node& node = *object_.find(key);
    const Path path(slot_.path, key);
    error_at(node.spot, path,
             fmt::format("'{}' is {}, too {} beside a mean of {}", key, shown(node),
                         is_small ? "small" : "large", object_.find("mean")->text),
             is_small ? fmt::format("write the number alone if it is known; {} is read", range)
                      : fmt::format("it may be {}", range));
  }

  [[nodiscard]] std::optional<NumberLaw> read_rate() const {
    if (!is_share(slot_)) {
      error_at(
          object_.key_spot("rate"), slot_.path,
          fmt::format("'{}' is not a share, and only shares have a 'rate'", slot_.path.label()),
          fmt::format("write a range, as in {}, or {{mean: ..., cv: 20%}}", example_range()));
      return std::nullopt;
    }
    const std::optional<double> rate = value_of("rate", slot_.kind, known(slot_.field.range));
    const Field& field = field_of(Owner::uncertain, "observed");
    const std::optional<double> observed = value_of("observed", field.kind, field);
    if (!object_.has("observed")) {
      object_.report_missing("observed",
                             "say in how many cases the rate was observed, as in "
                             "{rate: 24%, observed: 85}");
    }
    if (!rate || !observed || !check_inside("rate", *rate)) return std::nullopt;
    return NumberLaw::beta_observed(*rate, *observed);
  }

  /// What is never or always so is not uncertain, and few cases do not show it.
  [[nodiscard]] bool check_inside(const char* key, double share) const {
    constexpr double least = 1e-6;
    if (share >= least && share <= 1 - least) return true;
    const Node& node = *object_.find(key);
    const Path path(slot_.path, key);
    error_at(node.spot, path,
             fmt::format("'{}' is {}, and a share that is uncertain lies between 0 % and 100 %",
                         key, node.text),
             fmt::format("write {} alone if that is certain, else a share that is not, as in {}",
                         node.text, share < 0.5 ? "2%" : "98%"));
    return false;
  }

  [[nodiscard]] std::optional<double> value_of(std::string_view key, Kind kind,
                                               const Field& field) const {
    const Node* node = object_.find(key);
    if (node == nullptr) return std::nullopt;
    const Path path(slot_.path, key);
    return read_certain({*node, field, kind, path}, object_.findings());
  }

  /// The field of the number itself, of which a part is read.
  [[nodiscard]] Field known(const Range& range) const {
    Field field = slot_.field;
    field.range = range;
    field.if_low = "write a number above 0; what is 0 for certain is written 0 alone";
    return field;
  }

  [[nodiscard]] std::string example_range() const {
    switch (slot_.kind) {
      case Kind::money: return "30k to 50k";
      case Kind::probability:
      case Kind::share:
      case Kind::ratio: return "40% to 60%";
      default: return "3 to 5";
    }
  }

  void error_at(Spot spot, const Path& path, std::string message, std::string suggestion) const {
    object_.findings().error(spot, path, std::move(message), std::move(suggestion));
  }

  static std::vector<std::string_view> all_keys() {
    return {"range", "mean", "cv", "sd", "rate", "observed"};
  }

  const Slot& slot_;
  Object object_;
};

}  // namespace

std::optional<double> read_certain(const Slot& slot, Findings& findings) {
  if (slot.kind != Kind::money) return read_number(slot, findings);
  const std::optional<Money> amount = read_money(slot, findings);
  return amount ? std::optional(amount->units()) : std::nullopt;
}

bool check_range(double low, double high, bool is_share, const Slot& slot, Findings& findings) {
  const std::string& text = slot.node.text;
  if (low == high) {
    report(slot, findings, fmt::format("{}, a range that holds one number", text),
           "write the number alone if it is known, else a wider range");
  } else if (low > high) {
    const auto ends = split_range(text);
    report(slot, findings, fmt::format("{}, a range that ends below its start", text),
           ends && text.find("odds") == std::string::npos
               ? fmt::format("did you mean {} to {}?", ends->second, ends->first)
               : "begin with the smaller one");
  } else if (is_share && (low == 0 || high == 1)) {
    report(slot, findings,
           fmt::format("{}, and the ends of a range of shares are above 0 % and below 100 %", text),
           "write what 1 case in 20 lies below, and 1 in 20 above, as in 2% to 98%");
  } else if (low == 0) {
    report(slot, findings, fmt::format("{}, and a range starts above 0", text),
           "write what 1 case in 20 lies below in place of 0");
  } else if (!is_share && high > most_times * low) {
    report(slot, findings,
           fmt::format("{}, whose ends are more than {} times apart", text, most_times),
           "narrow the range; 1 case in 20 lies below it, and 1 in 20 above");
  } else {
    return true;
  }
  return false;
}

std::optional<MaybeUncertain> UncertainNumbers::read(const Slot& slot, const Path& key,
                                                     Findings& findings) {
  if (slot.node.kind == Node::Kind::mapping) {
    const Braces braces(slot, findings);
    const std::optional<NumberLaw> law = braces.read();
    const bool per_territory = braces.per_territory();
    return law ? std::optional(add(key, *law, per_territory)) : std::nullopt;
  }
  const auto ends =
      slot.node.kind == Node::Kind::scalar ? split_range(slot.node.text) : std::nullopt;
  if (!ends) {
    const std::optional<double> value = read_certain(slot, findings);
    return value ? std::optional(MaybeUncertain{*value, std::nullopt}) : std::nullopt;
  }
  const std::optional<NumberLaw> law = read_range(slot, ends->first, ends->second, findings);
  return law ? std::optional(add(key, *law, false)) : std::nullopt;
}

}  // namespace attain::reading
