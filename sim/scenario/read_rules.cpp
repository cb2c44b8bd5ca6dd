#include "read_rules.hpp"

#include "read_funnels.hpp"

#include <attain/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace attain::reading {

namespace {

void add_names(const Funnel& funnel, RuleNames& names) {
  for (const Stage& stage : funnel.stages) {
    if (stage.name.empty()) continue;
    names.stages.names.insert("speed." + stage.name);
    names.stages.names.insert("advance." + stage.name);
    for (const Activity& activity : stage.activities)
      names.activities.names.insert("activities." + activity.name);
  }
}

std::string text_of(const Node& value) {
  std::string text = value.text;
  for (const Node& item : value.items) text += (text.empty() ? "" : "/") + text_of(item);
  for (const Entry& entry : value.entries)
    text += fmt::format("{}{} {}", text.empty() ? "" : " ", entry.key.text, text_of(entry.value));
  return text;
}

/// "leads x0.5, speed x2", in the order of the keys' bytes.
std::string keys_of(const Object& rule, std::string_view name) {
  const Node* node = rule.find(name);
  if (node == nullptr) return {};
  std::vector<std::string> parts;
  for (const Entry& entry : node->entries)
    parts.push_back(entry.key.text + ' ' + text_of(entry.value));
  std::sort(parts.begin(), parts.end());
  return fmt::format("{}", fmt::join(parts, ", "));
}

bool has_key(const Node& mapping, std::string_view key) {
  return std::any_of(mapping.entries.begin(), mapping.entries.end(),
                     [key](const Entry& entry) { return entry.key.text == key; });
}

/// `{range: 20% to 40%}` and the like, rather than `{share: 30%, per: territory}`.
bool is_uncertain_chance(const Node& node) {
  return !has_key(node, "share") &&
         (has_key(node, "range") || has_key(node, "mean") || has_key(node, "rate"));
}

/// `key` is where the rule is written, by its name.
void read_chance(const Object& object, const Path& key, UncertainNumbers& numbers, Rule& rule) {
  const Node* node = object.find("chance");
  if (node == nullptr) return;
  const Path path(object.path(), "chance");
  const Path chance_key(key, "chance");
  std::optional<MaybeUncertain> chance;
  if (node->kind == Node::Kind::mapping && !is_uncertain_chance(*node)) {
    const Object parts(*node, Owner::rule_chance, path, object.findings());
    chance = numbers.read(parts, "share", chance_key);
    rule.chance_per_territory = parts.choice("per").has_value();
  } else {
    const Field& field = field_of(Owner::rule, "chance");
    chance = numbers.read({*node, field, Kind::probability, path}, chance_key, object.findings());
  }
  if (chance) std::tie(rule.chance, rule.chance_uncertain) = parts_of(chance);
}

class RuleReader {
 public:
  explicit RuleReader(const RuleContext& context)
      : context_(context), selector_(context.territories, context.findings) {}

  std::optional<Rule> read(const Node& node, const Path& path) {
    Findings& findings = context_.findings;
    const std::size_t errors_before = findings.errors();
    const Object object(node, Owner::rule, path, findings);
    if (!object.is_mapping()) return std::nullopt;
    Rule rule;
    rule.name = object.has("name") ? object.text("name").value_or("") : name_by_content(object);
    const Path root;
    const Path rules_key(root, "rules");
    const Path key(rules_key, rule.name);
    rule.where = read_where(object);
    read_when(object, rule);
    read_chance(object, key, context_.uncertain, rule);
    read_then(object, key, rule);
    refuse_repeated(rule.name, object);
    return findings.errors() == errors_before ? std::optional(std::move(rule)) : std::nullopt;
  }

 private:
  std::vector<Selected> read_where(const Object& rule) {
    const Path path(rule.path(), "where");
    const Node* node = rule.find("where");
    if (node == nullptr) {
      if (rule.has("where")) return {};
      return selector_.select(nullptr, rule.node().spot, rule.path()).value_or(none_);
    }
    const Object where(*node, Owner::rule_where, path, context_.findings,
                       &context_.names.attributes);
    if (!where.is_mapping()) return {};
    const std::size_t errors_before = context_.findings.errors();
    auto selected = selector_.select(&where, node->spot, path);
    return selected && context_.findings.errors() == errors_before ? std::move(*selected) : none_;
  }

  void read_when(const Object& object, Rule& rule) {
    const Node* node = object.find("when");
    if (node == nullptr) return;
    const Path path(object.path(), "when");
    const Object when(*node, Owner::rule_when, path, context_.findings, &context_.names.activities);
    if (when.is_mapping()) rule.when = read_conditions(when, rule.where, context_);
  }

  void read_then(const Object& object, const Path& key, Rule& rule) {
    const Node* node = object.find("then");
    if (node == nullptr) return;
    const Path path(object.path(), "then");
    const Object then(*node, Owner::rule_then, path, context_.findings, &context_.names.stages);
    if (!then.is_mapping()) return;
    if (node->entries.empty()) {
      context_.findings.error(node->spot, path, "'then' is empty: the rule does nothing",
                              "say what it changes, as in 'then: {leads: x0.5}'");
    }
    rule.then = read_effects(then, Path(key, "then"), rule.where, context_);
  }

  void refuse_repeated(const std::string& name, const Object& rule) {
    if (name.empty()) return;
    const auto [earlier, is_new] = spot_of_.try_emplace(name, rule.node().spot);
    if (is_new) return;
    const Spot spot = rule.has("name") ? rule.find("name")->spot : rule.node().spot;
    context_.findings.error(
        spot, rule.path(),
        fmt::format("a second rule is called '{}', the first stands in {}", name,
                    context_.findings.line_text(earlier->second, spot)),
        rule.has("name") ? "give one of them another name"
                         : "a rule without a name is called after what it says; give each a name");
  }

  const RuleContext& context_;
  Selector selector_;
  const std::vector<Selected> none_;
  std::unordered_map<std::string, Spot> spot_of_;
};

}  // namespace

RuleNames names_for_rules(const FunnelDrafts& funnels, const std::vector<Territory>& territories) {
  RuleNames names;
  names.attributes.about = "the name of an attribute";
  names.activities.about = "'activities.' with the name of one";
  names.stages.about = "'speed.' and 'advance.' with the name of a stage";
  bool stages_are_known = !funnels.all().empty();
  for (const FunnelDraft& draft : funnels.all()) {
    stages_are_known = stages_are_known && draft.stages_are_known;
    add_names(draft.funnel, names);
  }
  // Their overrides may name activities of their own.
  for (const Territory& territory : territories) {
    for (const Stream& stream : territory.streams) {
      stages_are_known = stages_are_known && !stream.funnel.stages.empty();
      add_names(stream.funnel, names);
    }
    for (const auto& [name, value] : territory.attributes) names.attributes.names.insert(name);
  }
  names.attributes.are_all_known = !territories.empty();
  names.activities.are_all_known = stages_are_known;
  names.stages.are_all_known = stages_are_known;
  return names;
}

std::string name_by_content(const Object& rule) {
  std::string name = keys_of(rule, "then");
  const std::string where = keys_of(rule, "where");
  const std::string when = keys_of(rule, "when");
  if (!where.empty()) name += " where " + where;
  if (!when.empty()) name += " when " + when;
  if (const Node* chance = rule.find("chance")) name += " chance " + text_of(*chance);
  constexpr std::size_t longest = 80;
  if (name.size() <= longest) return name;
  std::size_t end = longest - 12;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
  return fmt::format("{}... {:08x}", name.substr(0, end), name_hash(name) >> 32);
}

std::vector<Rule> read_rules(const Object& scenario, const RuleContext& context) {
  const Node* list = scenario.list("rules");
  if (list == nullptr) return {};
  const Path path(scenario.path(), "rules");
  RuleReader reader(context);
  std::vector<Rule> rules;
  rules.reserve(list->items.size());
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    const Node& node = list->items[i];
    const std::string_view name = peek_text(node, "name");
    const Path rule_path = name.empty() ? Path(path, i) : Path(path, name);
    if (auto rule = reader.read(node, rule_path)) rules.push_back(std::move(*rule));
  }
  return rules;
}

}  // namespace attain::reading
