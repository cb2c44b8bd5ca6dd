#include "read_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace attain::reading {

namespace {

/// In the order of Knob.
constexpr std::array<std::string_view, 4> knobs{"leads", "speed", "advance", "amount"};

}  // namespace

std::string_view name_of(Knob knob) { return knobs[static_cast<std::size_t>(knob)]; }

std::optional<KnobOf> knob_of(std::string_view text) {
  const std::size_t dot = text.find('.');
  const auto* const found = std::find(knobs.begin(), knobs.end(), text.substr(0, dot));
  if (found == knobs.end()) return std::nullopt;
  const auto knob = static_cast<Knob>(found - knobs.begin());
  if (dot == std::string_view::npos) return KnobOf{knob, {}};
  const std::string_view stage = text.substr(dot + 1);
  if (stage.empty() || (knob != Knob::speed && knob != Knob::advance)) return std::nullopt;
  return KnobOf{knob, std::string(stage)};
}

std::optional<KnobOf> read_knob(const Object& object, const RuleNames& names) {
  if (!object.has("affects")) return KnobOf{};
  const auto text = object.text("affects");
  if (!text) return std::nullopt;
  const std::optional<KnobOf> knob = knob_of(*text);
  const std::set<std::string>& known = names.stages.names;
  const bool is_there =
      knob && (knob->stage.empty() || !names.stages.are_all_known || known.contains(*text));
  if (is_there) return knob;
  object.findings().error(
      object.find("affects")->spot, Path(object.path(), "affects"),
      knob ? fmt::format("no funnel has a stage '{}'", knob->stage)
           : fmt::format("'affects' is '{}', not 'leads', 'speed', 'advance' or 'amount'", *text),
      object.findings().name_suggestion(*text, [&known] {
        std::vector<std::string> all{"leads", "speed", "advance", "amount"};
        all.insert(all.end(), known.begin(), known.end());
        return all;
      }));
  return std::nullopt;
}

}  // namespace attain::reading
