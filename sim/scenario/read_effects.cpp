#include "numbers.hpp"
#include "read_funnels.hpp"
#include "read_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace attain::reading {

namespace {

constexpr double most = 100;

std::string_view without_blanks(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

/// `x1.3`, `+10%` or `-20%`; nothing for other text. The factor may be out of range.
std::optional<double> multiplier_of(std::string_view text) {
  for (const std::string_view times : {"x", "X", "×"}) {
    if (!text.starts_with(times)) continue;
    const auto number = parse_number(without_blanks(text.substr(times.size())));
    const bool fits = number && (number->unit == Unit::none || number->unit == Unit::percent);
    return fits ? std::optional(number->value) : std::nullopt;
  }
  if (!text.starts_with('+') && !text.starts_with('-')) return std::nullopt;
  const auto number = parse_number(without_blanks(text.substr(1)));
  if (!number || number->unit != Unit::percent || number->value < 0) return std::nullopt;
  return text.starts_with('+') ? 1 + number->value : 1 - number->value;
}

/// "72 %": no more digits than are of use.
std::string percent(double share) { return fmt::format("{:.3g} %", share * 100); }

double with_odds(double share, double factor) {
  return factor * share / (1 - share + factor * share);
}

/// One entry of `then`, and the streams that it acts on.
class EffectReader {
 public:
  EffectReader(const Entry& entry, const Field& field, const Path& path, const Path& key, KnobOf on,
               const std::vector<Selected>& where, const RuleContext& context)
      : value_(entry.value),
        field_(field),
        path_(path),
        key_(key),
        on_(std::move(on)),
        where_(where),
        context_(context) {}

  std::optional<Effect> read() const {
    if (!on_.stage.empty() && !check_stage_is_there(entry_stage_is_known())) return std::nullopt;
    if (value_.kind == Node::Kind::mapping) return read_braces();
    if (value_.kind != Node::Kind::scalar) return refuse({});
    const std::string_view text = without_blanks(value_.text);
    if (const auto ends = split_range(text)) {
      // 'to 40%' is a share, and none can be uncertain: what it starts from is.
      if (!ends->first.empty() && !text.starts_with("to "))
        return read_range(value_, ends->first, ends->second, false);
    }
    return on_.knob == Knob::advance ? read_odds(text) : read_factor(text);
  }

 private:
  std::optional<Effect> refuse(std::string suggestion) const {
    report_unexpected({value_, field_, field_.kind, path_}, context_.findings,
                      std::move(suggestion));
    return std::nullopt;
  }

  std::optional<Effect> refuse_as(std::string message, std::string suggestion) const {
    context_.findings.error(value_.spot, path_, std::move(message), std::move(suggestion));
    return std::nullopt;
  }

  std::optional<Effect> with_factor(double factor) const {
    if (factor >= 0 && factor <= most) return Effect{on_, factor + 0.0, {}, {}};
    return refuse_as(fmt::format("'{}' is {}, not a factor between x0 and x{}", path_.label(),
                                 value_.text, most),
                     factor < 0 ? "x0 and -100% leave nothing; less than that cannot be left" : "");
  }

  std::optional<Effect> read_factor(std::string_view text) const {
    if (const auto factor = multiplier_of(text)) return with_factor(*factor);
    if (const auto number = parse_number(text)) {
      if (number->unit == Unit::none) return refuse(fmt::format("write x{}", text));
      if (number->unit == Unit::percent && number->value >= 0)
        return refuse(
            fmt::format("write x{:.15g} or +{}, whichever is meant", number->value, text));
    }
    if (text.starts_with("odds ")) {
      return refuse(
          fmt::format("only 'advance' has odds; write {}", without_blanks(text.substr(5))));
    }
    if (text.starts_with("to "))
      return refuse("'to' is for 'advance' of one stage; write by how much it changes");
    return refuse({});
  }

  std::optional<Effect> read_odds(std::string_view text) const {
    if (text.starts_with("odds ")) {
      const auto factor = multiplier_of(without_blanks(text.substr(5)));
      if (factor) return with_factor(*factor);
      const std::string_view number = without_blanks(text.substr(5));
      return refuse(parse_number(number) ? fmt::format("write 'odds x{}'", number) : "");
    }
    if (text.starts_with("to ")) return read_share(without_blanks(text.substr(3)));
    if (const auto factor = multiplier_of(text)) return refuse_bare(text, *factor);
    const auto number = parse_number(text);
    if (number && !on_.stage.empty()) return refuse(fmt::format("did you mean 'to {}'?", text));
    return refuse({});
  }

  /// A rate of 72 % x 1.4 is 101 %: planners mean the rate, and cannot have it.
  std::optional<Effect> refuse_bare(std::string_view text, double factor) const {
    const Stage* const stage = first_stage();
    const double own = stage != nullptr ? stage->advance : 0.5;
    const std::string example =
        factor >= 0 && factor <= most
            ? fmt::format(", with which {} {} {}", stage != nullptr ? "its" : "a rate of",
                          percent(own) + (stage != nullptr ? " become" : " becomes"),
                          percent(with_odds(own, factor)))
            : std::string{};
    return refuse_as(
        fmt::format("'{}' is {}, which does not say whether the rate or the odds are multiplied",
                    path_.label(), value_.text),
        fmt::format("write 'odds {}'{}{}", text, example,
                    on_.stage.empty() ? "; for one stage also its rate, as in "
                                        "'advance.STAGE: to 78%'"
                                      : "; or the rate itself, as in 'to 78%'"));
  }

  std::optional<Effect> read_share(std::string_view text) const {
    if (on_.stage.empty()) {
      return refuse_as(
          fmt::format("'advance' is {}, and that can be said of one stage only", value_.text),
          "name the stage, as in 'advance.STAGE: to 78%', or write a factor, as in 'odds x1.4'");
    }
    if (split_range(text)) {
      return refuse_as(fmt::format("'{}' is {}, and such a share cannot be uncertain",
                                   path_.label(), value_.text),
                       "write one share, as in 'to 78%', or odds, as in 'odds x1.2 to x1.5'");
    }
    Node share = value_;
    share.text = text;
    const Field& field = field_of(Owner::rule_chance, "share");
    const auto to = read_number({share, field, field.kind, path_}, context_.findings);
    if (!to) return std::nullopt;
    if (*to == 1) {
      return refuse_as(
          fmt::format("'{}' is {}, for which no odds are high enough", path_.label(), value_.text),
          "write a share below 100 %, as in 'to 99.9%'");
    }
    return check_own_share() ? std::optional(Effect{on_, 1, {}, *to}) : std::nullopt;
  }

  /// `x1.2 to x1.5`, `+5% to +10%`, of advance `odds x1.2 to x1.5`; `node` is what says so.
  std::optional<Effect> read_range(const Node& node, std::string_view low_text,
                                   std::string_view high_text, bool per_territory) const {
    const bool is_odds = low_text.starts_with("odds ");
    if (is_odds) low_text = without_blanks(low_text.substr(5));
    if (is_odds && high_text.starts_with("odds ")) high_text = without_blanks(high_text.substr(5));
    const auto low = multiplier_of(low_text);
    const auto high = multiplier_of(high_text);
    const bool is_of_advance = on_.knob == Knob::advance;
    if (low && high && is_of_advance && !is_odds) {
      return refuse_as(
          fmt::format("'{}' is {}, which does not say whether the rate or the odds are multiplied",
                      path_.label(), node.text),
          fmt::format("write 'odds {} to {}'", low_text, high_text));
    }
    if (!low || !high || is_odds != is_of_advance) {
      return refuse_as(
          fmt::format("'{}' is {}, not a range of factors", path_.label(), shown(node)),
          is_of_advance ? "write it as 'odds x1.2 to x1.5'"
                        : "write it as 'x1.2 to x1.5' or '+20% to +50%'");
    }
    for (const double end : {*low, *high})
      if (!with_factor(end)) return std::nullopt;
    const Slot slot{node, field_, field_.kind, path_};
    if (!check_range(*low, *high, false, slot, context_.findings)) return std::nullopt;
    const MaybeUncertain factor =
        context_.uncertain.add(key_, NumberLaw::lognormal_between(*low, *high), per_territory);
    return Effect{on_, factor.value, factor.uncertain, {}};
  }

  std::optional<Effect> read_braces() const {
    const Object object(value_, Owner::uncertain, path_, context_.findings);
    for (const std::string_view key : {"mean", "cv", "sd", "rate", "observed"}) {
      if (!object.has(key)) continue;
      context_.findings.error(object.key_spot(key), path_,
                              fmt::format("'{}' says nothing of a factor", key),
                              "write a range, as in {range: x1.2 to x1.5, per: territory}");
      return std::nullopt;
    }
    const auto range = object.text("range");
    const bool per_territory = object.choice("per").has_value();
    const auto ends = range ? split_range(*range) : std::nullopt;
    if (ends) return read_range(*object.find("range"), ends->first, ends->second, per_territory);
    if (object.has("range") && !range) return std::nullopt;
    return refuse("write a factor, or a range, as in {range: x1.2 to x1.5, per: territory}");
  }

  /// Calls `visit` with the stage of each stream that has it, until it returns false.
  template <typename Visit>
  void for_each_stage(Visit visit) const {
    for (const Selected& each : where_) {
      const Territory& territory = context_.territories[each.territory];
      for (const std::size_t stream : each.streams) {
        const std::vector<Stage>& stages = territory.streams[stream].funnel.stages;
        const auto stage = std::find_if(stages.begin(), stages.end(), [this](const Stage& found) {
          return found.name == on_.stage;
        });
        if (stage != stages.end() && !visit(territory, *stage)) return;
      }
    }
  }

  [[nodiscard]] const Stage* first_stage() const {
    const Stage* first = nullptr;
    for_each_stage([&first](const Territory&, const Stage& stage) {
      first = &stage;
      return false;
    });
    return first;
  }

  [[nodiscard]] bool entry_stage_is_known() const {
    return context_.names.stages.are_all_known && !where_.empty();
  }

  bool check_stage_is_there(bool is_known) const {
    if (!is_known || first_stage() != nullptr) return true;
    context_.findings.error(
        value_.spot, path_,
        fmt::format("no stream that the rule acts on has a stage '{}'", on_.stage),
        context_.findings.name_suggestion(on_.stage, [this] { return stages_here(); }));
    return false;
  }

  [[nodiscard]] std::vector<std::string> stages_here() const {
    std::vector<std::string> names;
    for (const Selected& each : where_) {
      for (const std::size_t stream : each.streams) {
        for (std::string& name :
             stage_names(context_.territories[each.territory].streams[stream].funnel)) {
          if (std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(std::move(name));
        }
      }
    }
    return names;
  }

  /// No odds lead away from 0 and 100 %.
  bool check_own_share() const {
    if (!context_.all_is_sound) return true;
    bool is_sound = true;
    for_each_stage([this, &is_sound](const Territory& territory, const Stage& stage) {
      if (stage.advance > 0 && stage.advance < 1) return true;
      is_sound = false;
      context_.findings.error(
          value_.spot, path_,
          fmt::format("'{}' is {}, but in '{}' the stage's own 'advance' is {}", path_.label(),
                      value_.text, territory.name, percent(stage.advance)),
          "no odds lead away from there; leave the territory out of 'where', or give the stage "
          "another rate");
      return false;
    });
    return is_sound;
  }

  const Node& value_;
  const Field& field_;
  const Path& path_;
  const Path& key_;
  KnobOf on_;
  const std::vector<Selected>& where_;
  const RuleContext& context_;
};

}  // namespace

std::vector<Effect> read_effects(const Object& then, const Path& key,
                                 const std::vector<Selected>& where, const RuleContext& context) {
  std::vector<Effect> effects;
  for (const Entry& entry : then.node().entries) {
    const std::optional<KnobOf> on = knob_of(entry.key.text);
    if (!on) continue;
    const std::string_view knob = name_of(on->knob);
    const bool is_usable =
        on->stage.empty() ? then.find(knob) == &entry.value
                          : std::any_of(then.others().begin(), then.others().end(),
                                        [&entry](const Entry* other) { return other == &entry; });
    if (!is_usable) continue;  // Reported: twice, empty or not known.
    const Path path(then.path(), entry.key.text);
    const Path effect_key(key, entry.key.text);
    const EffectReader reader(entry, field_of(Owner::rule_then, knob), path, effect_key, *on, where,
                              context);
    if (const auto effect = reader.read()) effects.push_back(*effect);
  }
  std::sort(effects.begin(), effects.end(), [](const Effect& a, const Effect& b) {
    return std::tie(a.on.knob, a.on.stage) < std::tie(b.on.knob, b.on.stage);
  });
  return effects;
}

}  // namespace attain::reading
