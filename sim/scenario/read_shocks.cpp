#include "read_shocks.hpp"

#include "read_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>

namespace attain::reading {

namespace {

/// What a territory has in common with others; empty if it lacks that.
std::string value_of(const Territory& territory, const std::string& attribute) {
  if (attribute == "segment") return territory.segment;
  if (attribute == "region") return territory.region.empty() ? std::string{} : territory.region[0];
  const auto found = territory.attributes.find(attribute);
  return found == territory.attributes.end() ? std::string{} : found->second;
}

/// "Ohio, Texas and 3 more".
std::string some_of(std::vector<std::string> names) {
  constexpr std::size_t most = 8;
  const std::size_t more = names.size() > most ? names.size() - most : 0;
  names.resize(names.size() - more);
  return fmt::format("{}{}", fmt::join(names, ", "),
                     more == 0 ? std::string{} : fmt::format(" and {} more", more));
}

class ShockReader {
 public:
  ShockReader(const std::vector<Territory>& territories, const RuleNames& names,
              UncertainNumbers& numbers)
      : territories_(territories), names_(names), numbers_(numbers) {}

  std::optional<Shock> read(const Node& node, const Path& path, const Path& list_path,
                            Findings& findings) {
    const std::size_t errors_before = findings.errors();
    const Object object(node, Owner::shock, path, findings);
    if (!object.is_mapping()) return std::nullopt;
    Shock shock;
    shock.name = object.text("name").value_or("");
    refuse_repeated(shock.name, object);
    if (const auto knob = read_knob(object, names_)) shock.on = *knob;
    const Path key(list_path, shock.name);
    std::tie(shock.sd, shock.sd_uncertain) = parts_of(numbers_.read(object, "sd", key));
    if (object.choice("per") == 1U) shock.per = Shock::Per::week;
    read_persistence(object, shock);
    read_shared_by(object, shock);
    return findings.errors() == errors_before ? std::optional(std::move(shock)) : std::nullopt;
  }

 private:
  void refuse_repeated(const std::string& name, const Object& shock) {
    if (name.empty()) return;
    const Spot spot = shock.find("name")->spot;
    const auto [earlier, is_new] = spot_of_.try_emplace(name, spot);
    if (is_new) return;
    shock.findings().error(spot, shock.path(),
                           fmt::format("a second shock is called '{}', the first stands in {}",
                                       name, shock.findings().line_text(earlier->second, spot)),
                           "give one of them another name");
  }

  static void read_persistence(const Object& object, Shock& shock) {
    const auto persistence = object.number("persistence");
    if (!persistence) return;
    const Path path(object.path(), "persistence");
    Findings& findings = object.findings();
    if (*persistence == 1) {
      findings.error(object.find("persistence")->spot, path,
                     "'persistence' is 100 %, with which the first week's draw would stay for ever",
                     "write less, as in 95%, or 'per: period' for one draw per period");
    } else if (shock.per != Shock::Per::week && (!object.has("per") || object.find("per"))) {
      findings.error(object.key_spot("persistence"), path,
                     "'persistence' is that from week to week, and the shock is drawn per period",
                     "add 'per: week', or leave the key out");
    }
    shock.persistence = *persistence;
  }

  void read_shared_by(const Object& object, Shock& shock) const {
    const auto by = object.text("shared_by");
    if (!by || *by == "territory") return;
    if (*by == "all") {
      shock.shared_by = Shock::SharedBy::all;
      return;
    }
    shock.shared_by = Shock::SharedBy::attribute;
    shock.attribute = *by;
    std::vector<std::string> lacking;
    for (const Territory& territory : territories_) {
      shock.group.push_back(value_of(territory, *by));
      if (shock.group.back().empty()) lacking.push_back(territory.name);
    }
    if (lacking.empty()) return;
    const Path path(object.path(), "shared_by");
    const Spot spot = object.find("shared_by")->spot;
    Findings& findings = object.findings();
    if (lacking.size() < territories_.size()) {
      findings.error(
          spot, path,
          fmt::format("the shock is shared by '{}', which {} of {} territories lack{}: {}", *by,
                      lacking.size(), territories_.size(), lacking.size() == 1 ? "s" : "",
                      some_of(lacking)),
          fmt::format("give each of them one, or share the shock by 'all'"));
      return;
    }
    findings.error(spot, path,
                   fmt::format("the shock is shared by '{}', which no territory has", *by),
                   findings.name_suggestion(*by, [this] { return what_may_share(); }));
  }

  [[nodiscard]] std::vector<std::string> what_may_share() const {
    std::set<std::string> attributes;
    for (const Territory& territory : territories_)
      for (const auto& [name, value] : territory.attributes) attributes.insert(name);
    std::vector<std::string> all{"all", "territory", "segment", "region"};
    all.insert(all.end(), attributes.begin(), attributes.end());
    return all;
  }

  const std::vector<Territory>& territories_;
  const RuleNames& names_;
  UncertainNumbers& numbers_;
  std::unordered_map<std::string, Spot> spot_of_;
};

}  // namespace

std::vector<Shock> read_shocks(const Object& scenario, const std::vector<Territory>& territories,
                               const RuleNames& names, UncertainNumbers& numbers) {
  const Node* list = scenario.list("shocks");
  if (list == nullptr) return {};
  const Path path(scenario.path(), "shocks");
  ShockReader reader(territories, names, numbers);
  std::vector<Shock> shocks;
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    const Node& node = list->items[i];
    const std::string_view name = peek_text(node, "name");
    const Path shock_path = name.empty() ? Path(path, i) : Path(path, name);
    if (auto shock = reader.read(node, shock_path, path, scenario.findings()))
      shocks.push_back(std::move(*shock));
  }
  return shocks;
}

std::optional<Effort> read_effort(const Object& object) {
  const Node* node = object.find("effort");
  if (node == nullptr) return std::nullopt;
  const Path path(object.path(), "effort");
  const Object terms(*node, Owner::effort, path, object.findings());
  Effort effort;
  effort.bonus_pull = terms.number("bonus_pull").value_or(effort.bonus_pull);
  effort.goal_gradient = terms.number("goal_gradient").value_or(effort.goal_gradient);
  effort.give_up = terms.number("give_up").value_or(effort.give_up);
  effort.give_up_below = terms.number("give_up_below").value_or(effort.give_up_below);
  effort.coast = terms.number("coast").value_or(effort.coast);
  return effort;
}

}  // namespace attain::reading
